/**
 * The settings of sshd_config(5) as OpenSSH 9.6 reads and shows them: kind of value, and the default where there is one,
 * in the order of `sshd -T`.
 */
import { isListOf } from '../ssh/ssh-setting-values.ts';

const CURVES = 'ecdsa-sha2-nistp256,ecdsa-sha2-nistp384,ecdsa-sha2-nistp521';
const SECURITY_KEYS = 'sk-ssh-ed25519@openssh.com,sk-ecdsa-sha2-nistp256@openssh.com';
const PLAIN_KEYS = `ssh-ed25519,${CURVES},${SECURITY_KEYS},rsa-sha2-512,rsa-sha2-256`;
const certificate = (name: string): string => `${name.replace('@openssh.com', '')}-cert-v01@openssh.com`;
const KEYS = `${PLAIN_KEYS.split(',').map(certificate).join(',')},${PLAIN_KEYS}`;

/**
 * `NAME KIND [DEFAULT]`. Kinds: `?` yes or no, `#` a number, `t` a time, `w` a word, `+` words, `*` words that add up
 * and are shown one a line; others are the words that a value may be, with bars between them.
 */
const SETTINGS = `
port * 22
addressfamily any|inet|inet6 any
listenaddress *
usepam ? no
logingracetime t 120
x11displayoffset # 10
maxauthtries # 6
maxsessions # 10
clientaliveinterval t 0
clientalivecountmax # 3
requiredrsasize # 1024
streamlocalbindmask w 0177
unusedconnectiontimeout t none
permitrootlogin yes|no|prohibit-password|without-password|forced-commands-only without-password
ignorerhosts yes|no|shosts-only yes
ignoreuserknownhosts ? no
hostbasedauthentication ? no
hostbasedusesnamefrompacketonly ? no
pubkeyauthentication ? yes
kerberosauthentication ? no
kerberosorlocalpasswd ? yes
kerberosticketcleanup ? yes
gssapiauthentication ? no
gssapicleanupcredentials ? yes
gssapikeyexchange ? no
gssapistrictacceptorcheck ? yes
gssapistorecredentialsonrekey ? no
gssapikexalgorithms w gss-group14-sha256-,gss-group16-sha512-,gss-nistp256-sha256-,gss-curve25519-sha256-,gss-group14-sha1-,gss-gex-sha1-
passwordauthentication ? yes
kbdinteractiveauthentication ? yes
printmotd ? yes
printlastlog ? yes
x11forwarding ? no
x11uselocalhost ? yes
permittty ? yes
permituserrc ? yes
strictmodes ? yes
tcpkeepalive ? yes
permitemptypasswords ? no
compression yes|no|delayed yes
gatewayports yes|no|clientspecified no
usedns ? no
allowtcpforwarding yes|no|all|local|remote yes
allowagentforwarding ? yes
disableforwarding ? no
allowstreamlocalforwarding yes|no|all|local|remote yes
streamlocalbindunlink ? no
fingerprinthash md5|sha256 SHA256
exposeauthinfo ? no
pidfile w /run/sshd.pid
modulifile w /etc/ssh/moduli
xauthlocation w /usr/bin/xauth
ciphers w chacha20-poly1305@openssh.com,aes128-ctr,aes192-ctr,aes256-ctr,aes128-gcm@openssh.com,aes256-gcm@openssh.com
macs w umac-64-etm@openssh.com,umac-128-etm@openssh.com,hmac-sha2-256-etm@openssh.com,hmac-sha2-512-etm@openssh.com,hmac-sha1-etm@openssh.com,umac-64@openssh.com,umac-128@openssh.com,hmac-sha2-256,hmac-sha2-512,hmac-sha1
banner w none
forcecommand + none
chrootdirectory w none
trustedusercakeys w none
revokedkeys w none
securitykeyprovider w internal
authorizedprincipalsfile w none
versionaddendum + none
authorizedkeyscommand + none
authorizedkeyscommanduser w none
authorizedprincipalscommand + none
authorizedprincipalscommanduser w none
hostkeyagent w none
kexalgorithms w sntrup761x25519-sha512@openssh.com,curve25519-sha256,curve25519-sha256@libssh.org,ecdh-sha2-nistp256,ecdh-sha2-nistp384,ecdh-sha2-nistp521,diffie-hellman-group-exchange-sha256,diffie-hellman-group16-sha512,diffie-hellman-group18-sha512,diffie-hellman-group14-sha256
casignaturealgorithms w ssh-ed25519,${CURVES},${SECURITY_KEYS},rsa-sha2-512,rsa-sha2-256
hostbasedacceptedalgorithms w ${KEYS}
hostkeyalgorithms w ${KEYS}
pubkeyacceptedalgorithms w ${KEYS}
loglevel quiet|fatal|error|info|verbose|debug|debug1|debug2|debug3 INFO
syslogfacility daemon|user|auth|authpriv|local0|local1|local2|local3|local4|local5|local6|local7 AUTH
authorizedkeysfile + .ssh/authorized_keys .ssh/authorized_keys2
hostkey * /etc/ssh/ssh_host_rsa_key /etc/ssh/ssh_host_ecdsa_key /etc/ssh/ssh_host_ed25519_key
allowusers *
denyusers *
allowgroups *
denygroups *
acceptenv *
setenv *
authenticationmethods + any
subsystem +
maxstartups w 10:30:100
persourcemaxstartups w none
persourcenetblocksize w 32:128
permittunnel yes|no|point-to-point|ethernet no
ipqos + lowdelay throughput
rekeylimit + 0 0
permitopen + any
permitlisten + any
permituserenvironment w no
pubkeyauthoptions w none
`;

/** Older names of settings. */
const OLDER: Readonly<Record<string, string>> = {
  challengeresponseauthentication: 'kbdinteractiveauthentication',
  pubkeyacceptedkeytypes: 'pubkeyacceptedalgorithms',
  dsaauthentication: 'pubkeyauthentication',
  keepalive: 'tcpkeepalive',
};

export interface Setting {
  readonly name: string;
  readonly kind: string;
  readonly otherwise: string;
}

export const sshdSettings: readonly Setting[] = SETTINGS.trim()
  .split('\n')
  .map((line) => {
    const [name = '', kind = '', ...rest] = line.split(' ');
    return { name, kind, otherwise: rest.join(' ') };
  });

/** Settings that `sshd -T` does not show. */
const HIDDEN: readonly Setting[] = ['channeltimeout', 'debianbanner', 'hostcertificate', 'logverbose', 'rdomain'].map(
  (name) => ({ name, kind: name === 'debianbanner' ? '?' : 'w', otherwise: 'none' }),
);

export function settingNamed(keyword: string): Setting | undefined {
  const name = keyword.toLowerCase();
  return [...sshdSettings, ...HIDDEN].find((setting) => setting.name === (OLDER[name] ?? name));
}

export const seconds = (text: string): number | undefined => {
  if (!/^(\d+[smhdw]?)+$/i.test(text)) return undefined;
  const units: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400, w: 604_800 };
  return [...text.toLowerCase().matchAll(/(\d+)([smhdw]?)/g)].reduce(
    (sum, [, count, unit = '']) => sum + Number(count) * (units[unit] ?? 1),
    0,
  );
};

const ENVIRONMENT_NAME = /^[A-Za-z_*?][A-Za-z0-9_*?]*$/;

/** What is wrong with a value, `%` for the place; undefined where nothing is. */
export function wrongSetting({ name, kind }: Setting, keyword: string, words: readonly string[]): string | undefined {
  const [value = ''] = words;
  if (kind === '?') return /^(yes|no)$/i.test(value) ? undefined : `%: unsupported option "${value}".`;
  if (kind === 't') return value === 'none' || seconds(value) !== undefined ? undefined : '%: invalid time value.';
  if (kind === '#') {
    if (!/^-?\d+$/.test(value)) return `%: ${keyword} integer value invalid.`;
    return Number(value) < 0 ? `%: ${keyword} integer value too small.` : undefined;
  }
  if (kind.includes('|'))
    return kind.split('|').includes(value.toLowerCase()) ? undefined : `%: ${unknownWord(name, value)}`;
  return MISTAKES[name]?.(words, keyword);
}

const isPort = (text: string): boolean => /^\d+$/.test(text) && Number(text) > 0 && Number(text) < 65_536;
const absolute = ([value = '']: readonly string[], keyword: string): string | undefined =>
  value === 'none' || value.startsWith('/') ? undefined : `%: ${keyword} must be an absolute path`;

const MISTAKES: Readonly<Record<string, (words: readonly string[], keyword: string) => string | undefined>> = {
  port: ([value = '']) => (isPort(value) ? undefined : '%: Badly formatted port number.'),
  subsystem: (words) => (words.length < 2 ? '%: Missing subsystem command.' : undefined),
  maxstartups: ([value = '']) => (/^\d+(:\d+:\d+)?$/.test(value) ? undefined : '%: Invalid MaxStartups spec.'),
  acceptenv: (words) =>
    words.every((word) => ENVIRONMENT_NAME.test(word)) ? undefined : '%: Invalid environment name.',
  setenv: (words) => (words.every((word) => /^[^=]+=/.test(word)) ? undefined : '%: Invalid environment.'),
  authorizedkeyscommand: absolute,
  authorizedprincipalscommand: absolute,
  permitopen: (words) =>
    words.join() === 'any' || words.join() === 'none' || words.every((word) => /:(\d+|\*)$/.test(word))
      ? undefined
      : '%: PermitOpen bad port number',
  authenticationmethods: wrongMethods,
  ciphers: ([value = '']) => (isListOf('cipher', value) ? undefined : `%: Bad SSH2 cipher spec '${value}'.`),
  macs: ([value = '']) => (isListOf('mac', value) ? undefined : `%: Bad SSH2 mac spec '${value}'.`),
  hostkeyalgorithms: ([value = '']) => (isListOf('key-sig', value) ? undefined : `%: Bad key types '${value}'.`),
  pubkeyacceptedalgorithms: ([value = '']) => (isListOf('key-sig', value) ? undefined : `%: Bad key types '${value}'.`),
  kexalgorithms: ([value = '']) => {
    const unknown = value
      .replace(/^[+^-]/, '')
      .split(',')
      .find((each) => !isListOf('kex', each));
    return unknown === undefined
      ? undefined
      : `Unsupported KEX algorithm "${unknown}"\n%: Bad SSH2 KexAlgorithms '${value}'.`;
  },
};

const METHODS = [
  'none',
  'publickey',
  'gssapi-with-mic',
  'gssapi-keyex',
  'password',
  'keyboard-interactive',
  'hostbased',
];

function wrongMethods(lists: readonly string[]): string | undefined {
  if (lists.includes('any'))
    return lists.length === 1 ? undefined : '%: "any" must appear alone in AuthenticationMethods';
  const unknown = lists.flatMap((list) => list.split(',')).find((each) => !METHODS.includes(each.replace(/:.*$/, '')));
  return unknown === undefined
    ? undefined
    : `Unknown authentication method "${unknown}" in list\n%: invalid AuthenticationMethods method list.`;
}

function unknownWord(name: string, value: string): string {
  if (name === 'loglevel') return `unsupported log level '${value}'`;
  if (name === 'syslogfacility') return `unsupported log facility '${value}'`;
  if (name === 'permittunnel') return `bad PermitTunnel argument ${value}`;
  if (name === 'fingerprinthash') return `Invalid FingerprintHash algorithm "${value}".`;
  return `unsupported option "${value}".`;
}
