/**
 * Which algorithms two ends of a connection agree on (RFC 4253, 7.1): of each kind the client's first that the server has, too.
 * Models: the lists of both sides and what is said where they share nothing. Leaves out: the cryptography itself.
 */
const CURVES = ['ecdsa-sha2-nistp256', 'ecdsa-sha2-nistp384', 'ecdsa-sha2-nistp521'];

/** What both ends offer where nothing is configured. */
const DEFAULTS = {
  kex: [
    'sntrup761x25519-sha512@openssh.com',
    'curve25519-sha256',
    'curve25519-sha256@libssh.org',
    ...['256', '384', '521'].map((bits) => `ecdh-sha2-nistp${bits}`),
    'diffie-hellman-group-exchange-sha256',
    'diffie-hellman-group16-sha512',
    'diffie-hellman-group18-sha512',
    'diffie-hellman-group14-sha256',
  ],
  hostKey: ['ssh-ed25519', ...CURVES, 'rsa-sha2-512', 'rsa-sha2-256'],
  cipher: [
    'chacha20-poly1305@openssh.com',
    ...[128, 192, 256].map((bits) => `aes${String(bits)}-ctr`),
    'aes128-gcm@openssh.com',
    'aes256-gcm@openssh.com',
  ],
  mac: [
    'umac-64-etm@openssh.com',
    'umac-128-etm@openssh.com',
    'hmac-sha2-256-etm@openssh.com',
    'hmac-sha2-512-etm@openssh.com',
    'hmac-sha1-etm@openssh.com',
    'umac-64@openssh.com',
    'umac-128@openssh.com',
    'hmac-sha2-256',
    'hmac-sha2-512',
    'hmac-sha1',
  ],
};

type Kind = keyof typeof DEFAULTS;
export type Offer = Readonly<Record<Kind, readonly string[]>>;

const KINDS: readonly (readonly [kind: Kind, called: string])[] = [
  ['kex', 'key exchange method'],
  ['hostKey', 'host key type'],
  ['cipher', 'cipher'],
  ['mac', 'MAC'],
];

/** What a side offers, from its settings: a list, or one that `+` adds to the usual, `-` takes from it, `^` puts before it. */
export function offerOf(settings: Readonly<Partial<Record<Kind, string>>>): Offer {
  return Object.fromEntries(
    KINDS.map(([kind]) => [kind, assembled(settings[kind], DEFAULTS[kind])]),
  ) as unknown as Offer;
}

function assembled(value: string | undefined, usual: readonly string[]): readonly string[] {
  if (value === undefined) return usual;
  const names = value.replace(/^[+^-]/, '').split(',');
  const rest = usual.filter((each) => !names.includes(each));
  switch (value.charAt(0)) {
    case '+':
      return [...usual, ...names.filter((each) => !usual.includes(each))];
    case '-':
      return rest;
    case '^':
      return [...names, ...rest];
    default:
      return names;
  }
}

/** What is agreed on, or the end of the sentence that says why nothing is. */
export function negotiate(client: Offer, server: Offer): Readonly<Record<Kind, string>> | { readonly problem: string } {
  const agreed: Partial<Record<Kind, string>> = {};
  for (const [kind, called] of KINDS) {
    const found = client[kind].find((each) => server[kind].includes(each));
    // Ciphers that authenticate need no MAC.
    if (found === undefined && kind === 'mac' && hasOwnMac(agreed.cipher ?? '')) agreed.mac = '<implicit>';
    else if (found === undefined)
      return { problem: `no matching ${called} found. Their offer: ${server[kind].join(',')}` };
    else agreed[kind] = kind === 'mac' && hasOwnMac(agreed.cipher ?? '') ? '<implicit>' : found;
  }
  return { kex: '', hostKey: '', cipher: '', mac: '', ...agreed };
}

const hasOwnMac = (cipher: string): boolean => cipher.includes('-gcm') || cipher.startsWith('chacha20');

/** The key's own name: RSA signs in two ways. */
export const keyAlgorithmOf = (name: string): string => (name.startsWith('rsa-sha2-') ? 'ssh-rsa' : name);

/** An offer with those of its host key algorithms that there are keys for. */
export const offerWithKeys = (offer: Offer, algorithms: readonly string[]): Offer => ({
  ...offer,
  hostKey: offer.hostKey.filter((name) => algorithms.includes(keyAlgorithmOf(name))),
});
