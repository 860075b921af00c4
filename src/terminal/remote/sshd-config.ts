/**
 * sshd_config(5): the settings that sshd honours here, with Ubuntu's defaults.
 * Leaves out: Match blocks, which are refused by name.
 */
import type { Process } from '../../protocol/program.ts';
import { fileText } from '../io.ts';
import { filesMatching } from './config-include.ts';

export interface SshdConfig {
  readonly ports: readonly number[];
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

/** Settings that exist and change nothing that is modelled. */
const WITHOUT_EFFECT = new Set(
  'acceptenv addressfamily allowagentforwarding allowstreamlocalforwarding challengeresponseauthentication chrootdirectory ciphers clientalivecountmax clientaliveinterval compression exposeauthinfo fingerprinthash gatewayports gssapiauthentication gssapicleanupcredentials gssapikeyexchange gssapistrictacceptorcheck hostbasedacceptedalgorithms hostkeyalgorithms ignorerhosts ignoreuserknownhosts ipqos kbdinteractiveauthentication kerberosauthentication kexalgorithms listenaddress logingracetime loglevel macs maxsessions maxstartups permitlisten permitopen permittty permittunnel permituserenvironment permituserrc pidfile printlastlog printmotd pubkeyacceptedalgorithms pubkeyacceptedkeytypes rekeylimit revokedkeys syslogfacility tcpkeepalive trustedusercakeys usedns usepam versionaddendum x11displayoffset x11forwarding x11uselocalhost'.split(
    ' ',
  ),
);
const HONOURED = new Set(
  'port permitrootlogin allowtcpforwarding passwordauthentication pubkeyauthentication permitemptypasswords strictmodes maxauthtries authorizedkeysfile hostkey allowusers denyusers allowgroups denygroups banner subsystem'.split(
    ' ',
  ),
);
const YES_NO = new Set('passwordauthentication pubkeyauthentication permitemptypasswords strictmodes'.split(' '));
const ROOT_LOGIN = ['yes', 'no', 'prohibit-password', 'without-password', 'forced-commands-only'];

/** Values of each setting in the order they came. */
type Settings = Map<string, string[]>;

/** The configuration of a file and what it includes, or what sshd says of its mistakes. */
export function readSshdConfig(process: Process, path: string): SshdConfig | { readonly problems: readonly string[] } {
  const settings: Settings = new Map();
  const problems: string[] = [];
  if (fileText(process, path) === undefined) return { problems: [`${path}: No such file or directory`] };
  readInto(process, path, settings, problems);
  if (problems.length > 0) return { problems };
  return configOf(settings);
}

function readInto(process: Process, path: string, settings: Settings, problems: string[]): void {
  let bad = 0;
  for (const [at, line] of (fileText(process, path) ?? '').split('\n').entries()) {
    const [, keyword = '', rest = ''] = /^\s*([^#\s=]+)\s*=?\s*(.*?)\s*$/.exec(line) ?? [];
    if (keyword === '') continue;
    const name = keyword.toLowerCase();
    const where = `${path} line ${String(at + 1)}`;
    if (name === 'include') {
      for (const included of filesMatching(process, rest.startsWith('/') ? rest : `/etc/ssh/${rest}`))
        readInto(process, included, settings, problems);
    } else if (name === 'match') problems.push(`drydock: ${where}: 'Match' in sshd_config is not simulated`);
    else if (HONOURED.has(name)) {
      const problem = problemOf(name, keyword, rest, where);
      if (problem === undefined) settings.set(name, [...(settings.get(name) ?? []), unquoted(rest)]);
      else problems.push(problem);
    } else if (!WITHOUT_EFFECT.has(name)) {
      problems.push(`${path}: line ${String(at + 1)}: Bad configuration option: ${keyword}`);
      bad += 1;
    }
  }
  if (bad > 0) problems.push(`${path}: terminating, ${String(bad)} bad configuration options`);
}

const unquoted = (text: string): string => text.replace(/\s+#.*$/, '').replace(/^"(.*)"$/, '$1');

function problemOf(name: string, keyword: string, rest: string, where: string): string | undefined {
  const value = unquoted(rest);
  if (value === '')
    return `${where}: ${name === 'permitrootlogin' || YES_NO.has(name) ? 'missing argument' : `no argument after keyword "${keyword}"`}.`;
  if (YES_NO.has(name) && !/^(yes|no)$/i.test(value)) return `${where}: unsupported option "${value}".`;
  if (name === 'allowtcpforwarding' && !/^(yes|no|all|local|remote)$/i.test(value))
    return `${where}: unsupported option "${value}".`;
  if (name === 'permitrootlogin' && !ROOT_LOGIN.includes(value.toLowerCase()))
    return `${where}: unsupported option "${value}".`;
  if (name === 'port' && !(Number(value) > 0 && Number(value) < 65_536))
    return `${where}: Badly formatted port number.`;
  return undefined;
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
    permitRootLogin: root === 'yes' || root === 'no' || root === 'forced-commands-only' ? root : 'prohibit-password',
    passwordAuthentication: flag('passwordauthentication', true),
    pubkeyAuthentication: flag('pubkeyauthentication', true),
    permitEmptyPasswords: flag('permitemptypasswords', false),
    allowTcpForwarding: !/^(no|remote)$/i.test(first('allowtcpforwarding') ?? 'yes'),
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
