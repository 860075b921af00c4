/**
 * ssh_config(5): what the command line, ~/.ssh/config and /etc/ssh/ssh_config say about a host; the first value holds.
 * Leaves out: Match (refused), tokens other than %h %p %r %u %d %%.
 */
import { accountOf, userNameOf } from '../accounts.ts';
import type { Process } from '../../protocol/program.ts';
import { fileText } from '../io.ts';
import { filesMatching, matchesList } from './config-include.ts';

/** Keywords that act. */
const HONOURED =
  'hostname user port identityfile identitiesonly stricthostkeychecking userknownhostsfile globalknownhostsfile hashknownhosts batchmode passwordauthentication pubkeyauthentication preferredauthentications numberofpasswordprompts connecttimeout loglevel requesttty remotecommand setenv sendenv checkhostip connectionattempts localforward proxyjump clearallforwardings exitonforwardfailure';
/** Keywords that ssh has and that change nothing that is modelled. */
const WITHOUT_EFFECT =
  'ciphers compression controlpath controlpersist enablesshkeysign escapechar forwardx11 forwardx11timeout forwardx11trusted gssapiauthentication gssapidelegatecredentials hostbasedauthentication hostkeyalgorithms ipqos kbdinteractiveauthentication challengeresponseauthentication kexalgorithms macs nohostauthenticationforlocalhost permitlocalcommand pubkeyacceptedalgorithms pubkeyacceptedkeytypes rekeylimit serveralivecountmax serveraliveinterval streamlocalbindunlink tcpkeepalive updatehostkeys verifyhostkeydns xauthlocation warnweakcrypto casignaturealgorithms';
/** Keywords whose absence a person would notice. */
const NOT_SIMULATED =
  'bindaddress bindinterface canonicalizehostname certificatefile dynamicforward knownhostscommand localcommand match proxycommand remoteforward securitykeyprovider tunnel tunneldevice hostkeyalias';
/** Keywords of which only what ssh does without them is modelled. */
const DEFAULTS: ReadonlyMap<string, readonly string[]> = new Map([
  ['addkeystoagent', ['no']],
  ['addressfamily', ['any', 'inet']],
  ['controlmaster', ['no', 'false']],
  ['fingerprinthash', ['sha256']],
  ['forwardagent', ['no', 'false']],
  ['identityagent', ['ssh_auth_sock']],
  ['visualhostkey', ['no', 'false']],
]);
const NAMES = {
  honoured: new Set(HONOURED.split(' ')),
  without: new Set(WITHOUT_EFFECT.split(' ')),
  absent: new Set(NOT_SIMULATED.split(' ')),
};

/** Collects settings; a keyword's first value holds. */
export class SshConfig {
  readonly #values = new Map<string, string[]>();
  readonly problems: string[] = [];

  constructor(
    private readonly process: Process,
    private readonly host: string,
  ) {}

  /** `Keyword=value` or `Keyword value`, as -o has it. */
  option(text: string, where = 'command-line: line 0'): void {
    const [, keyword = '', value = ''] = /^\s*([^\s=]+)\s*=?\s*(.*?)\s*$/.exec(text) ?? [];
    this.#set(keyword, value, where);
  }

  #set(keyword: string, value: string, where: string): void {
    const name = keyword.toLowerCase();
    if (NAMES.absent.has(name)) {
      if (value !== 'none') this.problems.push(`drydock: 'ssh -o ${keyword}' is not simulated`);
      return;
    }
    const modelled = DEFAULTS.get(name);
    if (modelled !== undefined) {
      if (!modelled.includes(unquoted(value).toLowerCase()))
        this.problems.push(`drydock: 'ssh -o ${keyword}=${value}' is not simulated`);
      return;
    }
    if (!NAMES.honoured.has(name)) {
      if (!NAMES.without.has(name)) this.problems.push(`${where}: Bad configuration option: ${name}`);
      return;
    }
    const held = this.#values.get(name);
    const many = name === 'identityfile' || name === 'sendenv' || name === 'setenv' || name === 'localforward';
    if (held === undefined) this.#values.set(name, [unquoted(value)]);
    else if (many) held.push(unquoted(value));
  }

  /** Sets what the command line says by a letter of its own. */
  set(name: string, value: string | undefined): void {
    if (value !== undefined) this.#set(name, value, 'command-line: line 0');
  }

  file(path: string): void {
    const text = fileText(this.process, path);
    if (text === undefined) return;
    let applies = true;
    for (const [at, line] of text.split('\n').entries()) {
      const [, keyword = '', value = ''] = /^\s*([^#\s=]+)\s*=?\s*(.*?)\s*$/.exec(line) ?? [];
      if (keyword === '') continue;
      const name = keyword.toLowerCase();
      if (name === 'host') applies = matchesList(this.host, value.split(/\s+/).map(unquoted));
      else if (name === 'include') {
        for (const each of filesMatching(this.process, this.#includePath(path, value))) if (applies) this.file(each);
      } else if (applies) this.#set(keyword, value, `${path}: line ${String(at + 1)}`);
    }
  }

  #includePath(from: string, value: string): string {
    if (value.startsWith('/')) return value;
    if (value.startsWith('~')) return this.expand(value);
    return `${from.slice(0, from.lastIndexOf('/'))}/${value}`;
  }

  value(name: string): string | undefined {
    return this.#values.get(name)?.[0];
  }
  values(name: string): readonly string[] {
    return this.#values.get(name) ?? [];
  }
  flag(name: string, otherwise: boolean): boolean {
    const value = this.value(name)?.toLowerCase();
    return value === undefined ? otherwise : value === 'yes' || value === 'true';
  }

  /** `~` and the tokens of a path. */
  expand(path: string, tokens: Readonly<Record<string, string>> = {}): string {
    const home = homeOf(this.process);
    return path
      .replace(/^~(?=\/|$)/, home)
      .replace(/%([%hprud])/g, (all, letter: string) =>
        letter === '%' ? '%' : letter === 'd' ? home : (tokens[letter] ?? all),
      );
  }
}

const unquoted = (text: string): string => text.replace(/^"(.*)"$/, '$1');

/** The home that /etc/passwd has for the user: ssh does not ask $HOME. */
export function homeOf(process: Process): string {
  const { uid } = process.credentials();
  return accountOf(process, userNameOf(process, uid) ?? '')?.home ?? process.env['HOME'] ?? '/';
}
