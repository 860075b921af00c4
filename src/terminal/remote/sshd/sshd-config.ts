/**
 * sshd_config(5): the settings that sshd honours here, with Ubuntu's defaults, and what Match blocks change for one connection.
 * Leaves out: the settings that sshd-keywords.ts lists, of which anything but the default is refused by name.
 */
import { criteriaHold, type MatchSubject } from './sshd-match.ts';
import type { Directive } from './sshd-reader.ts';
import { seconds, sshdSettings, type Setting } from './sshd-settings.ts';

export interface SshdConfig {
  readonly ports: readonly number[];
  /** ListenAddress: where it listens, each with a port of its own or on all of them. */
  readonly addresses: readonly { readonly ip: string; readonly port?: number }[];
  /** ForceCommand: what runs whatever the client asks for. */
  readonly forceCommand: string | undefined;
  readonly permitRootLogin: 'yes' | 'no' | 'prohibit-password' | 'forced-commands-only';
  readonly passwordAuthentication: boolean;
  readonly kbdInteractiveAuthentication: boolean;
  readonly pubkeyAuthentication: boolean;
  /** AuthenticationMethods: lists of methods, one of which has to be gone through; empty for any method alone. */
  readonly authenticationMethods: readonly (readonly string[])[];
  readonly usePam: boolean;
  readonly permitEmptyPasswords: boolean;
  readonly strictModes: boolean;
  /** Whether clients may have connections made from here (yes, all or local). */
  readonly allowTcpForwarding: boolean;
  /** PermitOpen: `host:port`, either of which may be `*`; undefined for any. */
  readonly permitOpen: readonly string[] | undefined;
  readonly permitTty: boolean;
  readonly permitUserRc: boolean;
  /** PermitUserEnvironment: which names; empty for none. */
  readonly permitUserEnvironment: readonly string[];
  readonly acceptEnv: readonly string[];
  readonly setEnv: readonly (readonly [name: string, value: string])[];
  readonly printMotd: boolean;
  readonly chrootDirectory: string | undefined;
  readonly maxAuthTries: number;
  readonly maxSessions: number;
  /** 0 for no limit. */
  readonly loginGraceSeconds: number;
  /** ClientAliveInterval; 0 for none. */
  readonly clientAliveSeconds: number;
  readonly clientAliveCountMax: number;
  readonly logLevel: 'quiet' | 'error' | 'info' | 'verbose';
  readonly revokedKeys: string | undefined;
  readonly authorizedKeysFiles: readonly string[];
  readonly hostKeys: readonly string[];
  /** Ciphers, MACs, KexAlgorithms and HostKeyAlgorithms, as far as they are set. */
  readonly algorithms: Readonly<Partial<Record<'kex' | 'hostKey' | 'cipher' | 'mac', string>>>;
  readonly allowUsers: readonly string[];
  readonly denyUsers: readonly string[];
  readonly allowGroups: readonly string[];
  readonly denyGroups: readonly string[];
  readonly banner: string | undefined;
  readonly subsystems: readonly (readonly [name: string, command: string])[];
}

/** Values of each setting in the order they came. */
type Settings = ReadonlyMap<string, readonly string[]>;

/** What holds for a connection: what its Match blocks say stands above the rest. */
export const configFor = (directives: readonly Directive[], subject: MatchSubject = {}): SshdConfig =>
  configOf(settingsFor(directives, subject));

function settingsFor(directives: readonly Directive[], subject: MatchSubject): Settings {
  const [common, matched] = [new Map<string, string[]>(), new Map<string, string[]>()];
  for (const { name, value, under } of directives) {
    if (!under.every((criteria) => criteriaHold(criteria, subject))) continue;
    const into = under.length === 0 ? common : matched;
    into.set(name, [...(into.get(name) ?? []), value]);
  }
  const subsystems = [...(matched.get('subsystem') ?? []), ...(common.get('subsystem') ?? [])];
  return new Map([...common, ...matched, ...(subsystems.length === 0 ? [] : [['subsystem', subsystems] as const])]);
}

/** `address`, `address:port` or `[address]:port`. */
function listenAddress(text: string): { readonly ip: string; readonly port?: number } {
  const [, ip = text, port] = /^\[?([\d.]+)\]?(?::(\d+))?$/.exec(text) ?? [];
  return port === undefined ? { ip } : { ip, port: Number(port) };
}

/** What `sshd -T` shows: every setting with its value or its default. */
export function shownSettings(directives: readonly Directive[], subject: MatchSubject): readonly string[] {
  const settings = settingsFor(directives, subject);
  const values = (name: string, otherwise: string): readonly string[] => settings.get(name) ?? [otherwise];
  const ports = values('port', '22');
  return sshdSettings.flatMap((setting): readonly string[] => {
    const { name, kind, otherwise } = setting;
    const given = settings.get(name);
    if (name === 'listenaddress')
      return (given ?? ['[::]', '0.0.0.0']).flatMap((address) => ports.map((port) => `${name} ${address}:${port}`));
    if (name === 'subsystem') return (given ?? []).map((value) => `${name} ${value}`);
    if (kind === '*')
      return (given ?? [otherwise])
        .flatMap((value) => value.split(' '))
        .flatMap((each) => (each === '' ? [] : [`${name} ${each}`]));
    return [`${name} ${given?.[0] === undefined ? otherwise : shownValue(setting, given[0])}`];
  });
}

function shownValue({ name, kind }: Setting, value: string): string {
  if (name === 'maxstartups' && !value.includes(':')) return `${value}:30:${value}`;
  if (name === 'permitrootlogin' && /^prohibit-password$/i.test(value)) return 'without-password';
  if (kind === 't') return String(seconds(value) ?? value);
  if (name === 'loglevel' || name === 'syslogfacility' || name === 'fingerprinthash') return value.toUpperCase();
  return kind === '?' || kind.includes('|') ? value.toLowerCase() : value;
}

const LEVELS: Readonly<Record<string, SshdConfig['logLevel']>> = {
  quiet: 'quiet',
  fatal: 'quiet',
  error: 'error',
  verbose: 'verbose',
};

function configOf(settings: Settings): SshdConfig {
  /** The first value of a setting holds. */
  const first = (name: string): string | undefined => settings.get(name)?.[0];
  const named = (name: string): string | undefined => (first(name)?.toLowerCase() === 'none' ? undefined : first(name));
  const words = (name: string): readonly string[] => (settings.get(name) ?? []).flatMap((value) => value.split(/\s+/));
  const flag = (name: string, otherwise: boolean): boolean =>
    first(name)?.toLowerCase() === 'yes' || (first(name) === undefined && otherwise);
  const root = first('permitrootlogin')?.toLowerCase() ?? 'prohibit-password';
  const methods = first('authenticationmethods');
  const open = first('permitopen');
  const forwarding = first('allowtcpforwarding') ?? 'yes';
  return {
    ports: settings.has('port') ? words('port').map(Number) : [22],
    addresses: settings.has('listenaddress') ? words('listenaddress').map(listenAddress) : [{ ip: '0.0.0.0' }],
    forceCommand: named('forcecommand'),
    permitRootLogin: root === 'yes' || root === 'no' || root === 'forced-commands-only' ? root : 'prohibit-password',
    passwordAuthentication: flag('passwordauthentication', true),
    kbdInteractiveAuthentication: flag('kbdinteractiveauthentication', true),
    pubkeyAuthentication: flag('pubkeyauthentication', true),
    authenticationMethods:
      methods === undefined || methods.toLowerCase() === 'any' ? [] : methods.split(/\s+/).map(methodNames),
    usePam: flag('usepam', false),
    permitEmptyPasswords: flag('permitemptypasswords', false),
    allowTcpForwarding: !flag('disableforwarding', false) && !/^(no|remote)$/i.test(forwarding),
    permitOpen: open === undefined || open === 'any' ? undefined : open.split(/\s+/),
    permitTty: flag('permittty', true),
    permitUserRc: flag('permituserrc', true),
    permitUserEnvironment: userEnvironment(first('permituserenvironment')),
    acceptEnv: words('acceptenv'),
    setEnv: (first('setenv') ?? '').split(/\s+/).flatMap(assignment),
    printMotd: flag('printmotd', true),
    chrootDirectory: named('chrootdirectory'),
    strictModes: flag('strictmodes', true),
    maxAuthTries: Number(first('maxauthtries') ?? '6'),
    maxSessions: Number(first('maxsessions') ?? '10'),
    loginGraceSeconds: seconds(first('logingracetime') ?? '120') ?? 0,
    clientAliveSeconds: seconds(first('clientaliveinterval') ?? '0') ?? 0,
    clientAliveCountMax: Number(first('clientalivecountmax') ?? '3'),
    logLevel: LEVELS[first('loglevel')?.toLowerCase() ?? ''] ?? 'info',
    revokedKeys: named('revokedkeys'),
    authorizedKeysFiles: (named('authorizedkeysfile') ?? '.ssh/authorized_keys .ssh/authorized_keys2').split(/\s+/),
    hostKeys: settings.has('hostkey')
      ? words('hostkey')
      : ['rsa', 'ecdsa', 'ed25519'].map((type) => `/etc/ssh/ssh_host_${type}_key`),
    algorithms: Object.fromEntries(
      [
        ['kex', first('kexalgorithms')],
        ['hostKey', first('hostkeyalgorithms')],
        ['cipher', first('ciphers')],
        ['mac', first('macs')],
      ].filter(([, value]) => value !== undefined),
    ) as SshdConfig['algorithms'],
    allowUsers: words('allowusers'),
    denyUsers: words('denyusers'),
    allowGroups: words('allowgroups'),
    denyGroups: words('denygroups'),
    banner: named('banner'),
    subsystems: (settings.get('subsystem') ?? []).map((value) => {
      const [name = '', ...command] = value.split(/\s+/);
      return [name, command.join(' ')] as const;
    }),
  };
}

/** The methods of a list, without what says which device is to ask. */
const methodNames = (list: string): readonly string[] => list.split(',').map((each) => each.replace(/:.*$/, ''));

const assignment = (text: string): readonly (readonly [string, string])[] =>
  text.includes('=') ? [[text.slice(0, text.indexOf('=')), text.slice(text.indexOf('=') + 1)]] : [];

/** yes, no, or the patterns of names. */
function userEnvironment(value = 'no'): readonly string[] {
  if (/^no$/i.test(value)) return [];
  return /^yes$/i.test(value) ? ['*'] : value.split(',');
}
