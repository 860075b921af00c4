/** ssh -Q: the algorithms of OpenSSH 9.6 by kind. */

const CURVES = ['ecdsa-sha2-nistp256', 'ecdsa-sha2-nistp384', 'ecdsa-sha2-nistp521'];
const PLAIN_KEYS = [
  'ssh-ed25519',
  'sk-ssh-ed25519@openssh.com',
  ...CURVES,
  'sk-ecdsa-sha2-nistp256@openssh.com',
  'ssh-dss',
  'ssh-rsa',
];
const certificate = (name: string): string => `${name.replace('@openssh.com', '')}-cert-v01@openssh.com`;
const AUTHENTICATED = ['aes128-gcm@openssh.com', 'aes256-gcm@openssh.com', 'chacha20-poly1305@openssh.com'];
const HMAC = ['hmac-sha1', 'hmac-sha1-96', 'hmac-sha2-256', 'hmac-sha2-512', 'hmac-md5', 'hmac-md5-96'];
const UMAC = ['umac-64', 'umac-128'];
const RSA_SIGNATURES = ['rsa-sha2-256', 'rsa-sha2-512'];
const WEB_SIGNATURE = 'webauthn-sk-ecdsa-sha2-nistp256@openssh.com';

const withCertificates = (names: readonly string[]): readonly string[] =>
  names.flatMap((name) => [name, certificate(name)]);
/** The security key's way to sign for a web page stands behind the curve's own name. */
const withWebSignature = (names: readonly string[], after: string): readonly string[] =>
  names.flatMap((name) => (name === after ? [name, WEB_SIGNATURE] : [name]));

const ANSWERS: Readonly<Record<string, readonly string[]>> = {
  cipher: [
    '3des-cbc',
    ...['cbc', 'ctr'].flatMap((mode) => [128, 192, 256].map((bits) => `aes${String(bits)}-${mode}`)),
    ...AUTHENTICATED,
  ],
  'cipher-auth': AUTHENTICATED,
  compression: ['none', 'zlib@openssh.com', 'zlib'],
  kex: [
    ...['group1-sha1', 'group14-sha1', 'group14-sha256', 'group16-sha512', 'group18-sha512'].map(
      (name) => `diffie-hellman-${name}`,
    ),
    'diffie-hellman-group-exchange-sha1',
    'diffie-hellman-group-exchange-sha256',
    ...['256', '384', '521'].map((bits) => `ecdh-sha2-nistp${bits}`),
    'curve25519-sha256',
    'curve25519-sha256@libssh.org',
    'sntrup761x25519-sha512@openssh.com',
  ],
  'kex-gss': [
    'gex-sha1',
    'group1-sha1',
    'group14-sha1',
    'group14-sha256',
    'group16-sha512',
    'nistp256-sha256',
    'curve25519-sha256',
  ].map((name) => `gss-${name}-`),
  key: withCertificates(PLAIN_KEYS),
  'key-cert': PLAIN_KEYS.map(certificate),
  'key-plain': PLAIN_KEYS,
  'key-sig': withWebSignature(
    withCertificates([...PLAIN_KEYS, ...RSA_SIGNATURES]),
    certificate('sk-ecdsa-sha2-nistp256@openssh.com'),
  ),
  mac: [
    ...HMAC,
    ...UMAC.map((name) => `${name}@openssh.com`),
    ...[...HMAC, ...UMAC].map((name) => `${name}-etm@openssh.com`),
  ],
  'protocol-version': ['2'],
  sig: withWebSignature([...PLAIN_KEYS, ...RSA_SIGNATURES], 'sk-ecdsa-sha2-nistp256@openssh.com'),
};

/** Settings that name algorithms are asked for by their own names as well. */
const KEYWORDS: Readonly<Record<string, string>> = {
  ciphers: 'cipher',
  macs: 'mac',
  kexalgorithms: 'kex',
  pubkeyacceptedalgorithms: 'key-sig',
  hostkeyalgorithms: 'key-sig',
  hostbasedkeytypes: 'key-sig',
  hostbasedacceptedalgorithms: 'key-sig',
};

/** The lines of an answer; undefined for a question that there is not. */
export const answerQuery = (query: string): readonly string[] | undefined => {
  const name = query.toLowerCase();
  if (name === 'help') return Object.keys(ANSWERS);
  return ANSWERS[KEYWORDS[name] ?? name];
};
