/**
 * sshd_config(5): the settings that sshd honours here, with Ubuntu's defaults.
 * Leaves out: Match blocks, which are refused by name.
 */
import type { Process } from '../../../protocol/program.ts';
import { filesMatching } from '../openssh/config-include.ts';
import { configText } from '../openssh/config-text.ts';
import { seconds, settingNamed, sshdSettings, wrongSetting, type Setting } from './sshd-settings.ts';

export interface SshdConfig {
  readonly ports: readonly number[];
  /** ListenAddress: where it listens, each with a port of its own or on all of them. */
  readonly addresses: readonly { readonly ip: string; readonly port?: number }[];
  /** ForceCommand: what runs whatever the client asks for. */
  readonly forceCommand: string | undefined;
  readonly permitRootLogin: 'yes' | 'no' | 'prohibit-password' | 'forced-commands-only';
  readonly passwordAuthentication: boolean;
  readonly pubkeyAuthentication: boolean;
  readonly permitEmptyPasswords: boolean;
  readonly strictModes: boolean;
  /** Whether clients may have connections made from here (yes, all or local). */
  readonly allowTcpForwarding: boolean;
  readonly maxAuthTries: number;
  readonly authorizedKeysFiles: readonly string[];
  readonly hostKeys: readonly string[];
  readonly allowUsers: readonly string[];
  readonly denyUsers: readonly string[];
  readonly allowGroups: readonly string[];
  readonly denyGroups: readonly string[];
  readonly banner: string | undefined;
  readonly subsystems: readonly (readonly [name: string, command: string])[];
}

/** Values of each setting in the order they came. */
export type Settings = Map<string, string[]>;

/** The configuration of a file and what it includes, or what sshd says of its mistakes. */
export function readSshdConfig(process: Process, path: string): SshdConfig | { readonly problems: readonly string[] } {
  const read = readSettings(process, path);
  return 'problems' in read ? read : configOf(read);
}

/** The values that a file and what it includes give, without defaults. */
export function readSettings(process: Process, path: string): Settings | { readonly problems: readonly string[] } {
  const reader = new Reader(process);
  if (configText(process, path) === undefined) return { problems: [`${path}: No such file or directory`] };
  reader.file(path);
  return reader.problems.length > 0 ? { problems: reader.problems } : reader.settings;
}

class Reader {
  readonly settings: Settings = new Map();
  readonly problems: string[] = [];
  /** Nothing is read after a value that cannot be understood. */
  #fatal = false;

  constructor(private readonly process: Process) {}

  file(path: string): void {
    const before = this.problems.length;
    for (const [at, line] of (configText(this.process, path) ?? '').split('\n').entries()) {
      this.#line(line, path, at + 1);
      if (this.#fatal) return;
    }
    const bad = this.problems.length - before;
    if (bad > 0) this.#stop(`${path}: terminating, ${String(bad)} bad configuration options`);
  }

  #line(line: string, path: string, number: number): void {
    const [, keyword = '', rest = ''] = /^\s*([^#\s=]+)\s*=?\s*(.*?)\s*$/.exec(line) ?? [];
    if (keyword === '') return;
    const where = `${path} line ${String(number)}`;
    const words = wordsOf(rest);
    const name = keyword.toLowerCase();
    const setting = settingNamed(keyword);
    if (name === 'match') this.#stop(`drydock: ${where}: 'Match' in sshd_config is not simulated`);
    else if (name !== 'include' && setting === undefined)
      this.problems.push(`${path}: line ${String(number)}: Bad configuration option: ${keyword}`);
    else if (words.length === 0) this.problems.push(`${where}: no argument after keyword "${keyword}"`);
    else if (setting === undefined)
      for (const pattern of words)
        for (const included of filesMatching(this.process, pattern.startsWith('/') ? pattern : `/etc/ssh/${pattern}`))
          this.file(included);
    else this.#set(setting, keyword, words, where);
  }

  #set(setting: Setting, keyword: string, words: readonly string[], where: string): void {
    const wrong = wrongSetting(setting, keyword, words);
    if (wrong !== undefined) this.#stop(`${where}: ${wrong}`);
    else if (isAbsent(setting, words))
      this.#stop(`drydock: ${where}: '${keyword} ${words.join(' ')}' is not simulated`);
    else if (words.length > 1 && !takesMore(setting))
      this.problems.push(`${where}: keyword ${keyword} extra arguments at end of line`);
    else this.settings.set(setting.name, [...(this.settings.get(setting.name) ?? []), words.join(' ')]);
  }

  #stop(problem: string): void {
    this.problems.push(problem);
    this.#fatal = true;
  }
}

/** Settings of which only what sshd does without them is modelled, so that another value would be believed and not kept. */
const DEFAULT_ONLY: ReadonlySet<string> = new Set([
  'authenticationmethods',
  'authorizedkeyscommand',
  'authorizedprincipalscommand',
  'authorizedprincipalsfile',
  'chrootdirectory',
  'hostbasedauthentication',
  'hostkeyagent',
  'permitopen',
  'permittty',
  'permittunnel',
  'revokedkeys',
  'setenv',
  'trustedusercakeys',
]);

const isAbsent = ({ name, otherwise }: Setting, words: readonly string[]): boolean =>
  DEFAULT_ONLY.has(name) && words.join(' ').toLowerCase() !== otherwise;

/** `address`, `address:port` or `[address]:port`. */
function listenAddress(text: string): { readonly ip: string; readonly port?: number } {
  const [, ip = text, port] = /^\[?([\d.]+)\]?(?::(\d+))?$/.exec(text) ?? [];
  return port === undefined ? { ip } : { ip, port: Number(port) };
}

/** Settings that take several words on a line. */
const takesMore = ({ name, kind }: Setting): boolean =>
  kind === '+' || (kind === '*' && !['port', 'hostkey'].includes(name));

/** The words of a line, up to a comment. */
const wordsOf = (rest: string): readonly string[] =>
  (rest.replace(/(^|\s+)#.*$/, '').match(/"[^"]*"|\S+/g) ?? []).map((word) => word.replace(/^"(.*)"$/, '$1'));

/** What `sshd -T` shows: every setting with its value or its default. */
export function shownSettings(settings: Settings): readonly string[] {
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

function configOf(settings: Settings): SshdConfig {
  /** The first value of a setting holds. */
  const first = (name: string): string | undefined => settings.get(name)?.[0];
  const words = (name: string): readonly string[] => (settings.get(name) ?? []).flatMap((value) => value.split(/\s+/));
  const flag = (name: string, otherwise: boolean): boolean =>
    first(name)?.toLowerCase() === 'yes' || (first(name) === undefined && otherwise);
  const root = first('permitrootlogin')?.toLowerCase() ?? 'prohibit-password';
  return {
    ports: settings.has('port') ? words('port').map(Number) : [22],
    addresses: settings.has('listenaddress') ? words('listenaddress').map(listenAddress) : [{ ip: '0.0.0.0' }],
    forceCommand: first('forcecommand') === 'none' ? undefined : first('forcecommand'),
    permitRootLogin: root === 'yes' || root === 'no' || root === 'forced-commands-only' ? root : 'prohibit-password',
    passwordAuthentication: flag('passwordauthentication', true),
    pubkeyAuthentication: flag('pubkeyauthentication', true),
    permitEmptyPasswords: flag('permitemptypasswords', false),
    allowTcpForwarding:
      !flag('disableforwarding', false) && !/^(no|remote)$/i.test(first('allowtcpforwarding') ?? 'yes'),
    strictModes: flag('strictmodes', true),
    maxAuthTries: Number(first('maxauthtries') ?? '6'),
    authorizedKeysFiles: (first('authorizedkeysfile') ?? '.ssh/authorized_keys .ssh/authorized_keys2').split(/\s+/),
    hostKeys: settings.has('hostkey')
      ? words('hostkey')
      : ['rsa', 'ecdsa', 'ed25519'].map((type) => `/etc/ssh/ssh_host_${type}_key`),
    allowUsers: words('allowusers'),
    denyUsers: words('denyusers'),
    allowGroups: words('allowgroups'),
    denyGroups: words('denygroups'),
    banner: first('banner') === 'none' ? undefined : first('banner'),
    subsystems: (settings.get('subsystem') ?? []).map((value) => {
      const [name = '', ...command] = value.split(/\s+/);
      return [name, command.join(' ')] as const;
    }),
  };
}
