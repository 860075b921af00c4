/**
 * ssh_config(5): what the command line, ~/.ssh/config and /etc/ssh/ssh_config say about a host; the first value holds.
 * Leaves out: Match exec, final and localnetwork (refused), tokens other than %h %n %p %r %u %d %%.
 */
import { accountOf, userNameOf } from '../../accounts.ts';
import { failed } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import { filesMatching, matchesList } from '../openssh/config-include.ts';
import { configText } from '../openssh/config-text.ts';
import { matchHolds } from './config-match.ts';
import { wrongClientValue } from './ssh-setting-values.ts';

/** Keywords that act. */
const HONOURED =
  'hostname user port identityfile identitiesonly stricthostkeychecking userknownhostsfile globalknownhostsfile hashknownhosts batchmode passwordauthentication pubkeyauthentication preferredauthentications numberofpasswordprompts connecttimeout loglevel requesttty remotecommand setenv sendenv checkhostip connectionattempts localforward proxyjump clearallforwardings exitonforwardfailure localcommand tag permitlocalcommand hostkeyalias visualhostkey escapechar gatewayports sessiontype stdinnull ciphers macs kexalgorithms hostkeyalgorithms kbdinteractiveauthentication serveraliveinterval serveralivecountmax nohostauthenticationforlocalhost ignoreunknown';
/** Keywords that ssh has and that change nothing that is modelled. */
const WITHOUT_EFFECT =
  'compression controlpath controlpersist enablesshkeysign enableescapecommandline obscurekeystroketiming channeltimeout canonicaldomains canonicalizefallbacklocal canonicalizemaxdots canonicalizepermittedcnames syslogfacility proxyusefdpass permitremoteopen streamlocalbindmask gssapikexalgorithms forwardx11 forwardx11timeout forwardx11trusted gssapiauthentication gssapidelegatecredentials hostbasedauthentication ipqos pubkeyacceptedalgorithms pubkeyacceptedkeytypes rekeylimit streamlocalbindunlink tcpkeepalive updatehostkeys xauthlocation warnweakcrypto protocol cipher fallbacktorsh globalknownhostsfile2 rhostsauthentication userknownhostsfile2 useroaming usersh useprivilegedport afstokenpassing kerberosauthentication kerberostgtpassing rsaauthentication rhostsrsaauthentication compressionlevel casignaturealgorithms';
/** Keywords whose absence a person would notice. */
const NOT_SIMULATED =
  'bindaddress bindinterface certificatefile dynamicforward knownhostscommand proxycommand remoteforward securitykeyprovider tunneldevice pkcs11provider hostbasedacceptedalgorithms hostbasedkeytypes forkafterauthentication';
/** Keywords of which only what ssh does without them is modelled. */
const DEFAULTS: ReadonlyMap<string, readonly string[]> = new Map([
  ['addkeystoagent', ['no']],
  ['addressfamily', ['any', 'inet']],
  ['controlmaster', ['no', 'false']],
  ['requiredrsasize', ['1024']],
  ['revokedhostkeys', ['none']],
  ['verifyhostkeydns', ['no', 'false']],
  ['gssapikeyexchange', ['no', 'false']],
  ['logverbose', ['none']],
  ['fingerprinthash', ['sha256']],
  ['forwardagent', ['no', 'false']],
  ['identityagent', ['ssh_auth_sock']],
  ['tunnel', ['no', 'false']],
  ['canonicalizehostname', ['no', 'false', 'none']],
]);
/** Older names of keywords. */
const OLDER: Readonly<Record<string, string>> = { challengeresponseauthentication: 'kbdinteractiveauthentication' };
const NAMES = {
  honoured: new Set(HONOURED.split(' ')),
  without: new Set(WITHOUT_EFFECT.split(' ')),
  absent: new Set(NOT_SIMULATED.split(' ')),
};

/** Collects settings; a keyword's first value holds. */
export class SshConfig {
  readonly #values = new Map<string, string[]>();
  readonly problems: string[] = [];
  /** What was read and applied, as -v tells it. */
  readonly steps: string[] = [];

  constructor(
    private readonly process: Process,
    private readonly host: string,
  ) {}

  /** `Keyword=value` or `Keyword value`, as -o has it. */
  option(text: string): void {
    const [, keyword = '', value = ''] = /^\s*([^\s=]+)\s*=?\s*(.*?)\s*$/.exec(text) ?? [];
    const directive = /^(host|match)$/i.test(keyword);
    if (this.#isIgnored(keyword.toLowerCase())) return;
    const wrong = directive
      ? 'Host directive not supported as a command-line option'
      : mistakeIn(keyword, unquoted(value), COMMAND_LINE);
    if (wrong === undefined) this.#set(keyword, value);
    else this.problems.push(wrong);
  }

  #set(keyword: string, value: string): void {
    const name = OLDER[keyword.toLowerCase()] ?? keyword.toLowerCase();
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
    if (!NAMES.honoured.has(name)) return;
    const held = this.#values.get(name);
    const many = name === 'identityfile' || name === 'sendenv' || name === 'setenv' || name === 'localforward';
    if (held === undefined) this.#values.set(name, [unquoted(value)]);
    else if (many) held.push(unquoted(value));
  }

  /** Sets what the command line says by a letter of its own. */
  set(name: string, value: string | undefined): void {
    if (value !== undefined) this.#set(name, value);
  }

  /** A file of the user's, which nobody else may write to. */
  userFile(path: string): void {
    const stat = this.process.stat(path);
    const own = this.process.credentials().uid;
    if (!failed(stat) && ((stat.uid !== 0 && stat.uid !== own) || (stat.mode & 0o22) !== 0))
      this.problems.push(`Bad owner or permissions on ${path}`);
    else this.file(path);
  }

  /** Answers whether it is there. */
  file(path: string): boolean {
    const text = configText(this.process, path);
    if (text === undefined) return false;
    this.steps.push(`Reading configuration data ${path}`);
    const bad = this.#lines(path, text);
    if (bad > 0) this.problems.push(`${path}: terminating, ${String(bad)} bad configuration options`);
    return true;
  }

  /** Answers how many lines are wrong; those for other hosts are read as well. */
  #lines(path: string, text: string): number {
    let bad = 0;
    let applies = true;
    for (const [at, line] of text.split('\n').entries()) {
      const [, keyword = '', value = ''] = /^\s*([^#\s=]+)\s*=?\s*(.*?)\s*$/.exec(line) ?? [];
      if (keyword === '') continue;
      const name = keyword.toLowerCase();
      if (this.#isIgnored(name)) continue;
      const wrong = mistakeIn(keyword, unquoted(value), { file: path, line: at + 1 });
      if (wrong !== undefined) {
        this.problems.push(wrong);
        bad += 1;
      } else if (name === 'host') applies = this.#hostApplies(value, `${path} line ${String(at + 1)}`);
      else if (name === 'match') {
        const holds = this.#matchHolds(value);
        applies = holds === true;
        if (typeof holds === 'boolean') continue;
        this.problems.push(`${holds.problem}\n${path} line ${String(at + 1)}: Bad Match condition`);
        bad += 1;
      } else if (name === 'include') {
        if (applies) this.#include(this.#includePath(path, value), `${path} line ${String(at + 1)}`);
      } else if (applies) this.#set(keyword, value);
    }
    return bad;
  }

  /** IgnoreUnknown. */
  #isIgnored(name: string): boolean {
    const patterns = this.value('ignoreunknown');
    return patterns !== undefined && !isKnown(name) && matchesList(name, patterns.toLowerCase().split(','));
  }

  #include(pattern: string, place: string): void {
    const found = filesMatching(this.process, pattern);
    if (found.length === 0) this.steps.push(`${place}: include ${pattern} matched no files`);
    for (const each of found) this.file(each);
  }

  #hostApplies(value: string, place: string): boolean {
    const patterns = value.split(/\s+/).map(unquoted);
    if (!matchesList(this.host, patterns)) return false;
    const pattern = patterns.find((each) => !each.startsWith('!') && matchesList(this.host, [each]));
    this.steps.push(`${place}: Applying options for ${pattern ?? ''}`);
    return true;
  }

  #matchHolds(value: string): ReturnType<typeof matchHolds> {
    const own = userNameOf(this.process, this.process.credentials().uid) ?? '';
    return matchHolds(value.split(/[\s=]+/).map(unquoted), {
      host: this.value('hostname')?.replace(/%h/g, this.host) ?? this.host,
      originalHost: this.host,
      user: this.value('user') ?? own,
      localUser: own,
      tag: this.value('tag') ?? '',
    });
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
      .replace(/%([%hnprud])/g, (all, letter: string) =>
        letter === '%' ? '%' : letter === 'd' ? home : (tokens[letter] ?? all),
      );
  }
}

interface Position {
  readonly file: string;
  readonly line: number;
}
const COMMAND_LINE: Position = { file: 'command-line', line: 0 };

const isKnown = (name: string): boolean =>
  NAMES.honoured.has(name) ||
  NAMES.without.has(name) ||
  NAMES.absent.has(name) ||
  DEFAULTS.has(name) ||
  OLDER[name] !== undefined ||
  name === 'host' ||
  name === 'match' ||
  name === 'include';

/** What ssh says of a keyword that it does not know or of a value that it does not take. */
function mistakeIn(keyword: string, value: string, { file, line }: Position): string | undefined {
  const name = keyword.toLowerCase();
  if (!isKnown(name)) return `${file}: line ${String(line)}: Bad configuration option: ${name}`;
  const wrong = wrongClientValue(keyword, value);
  return wrong === undefined ? undefined : `${file} line ${String(line)}: ${wrong}`;
}

const unquoted = (text: string): string => text.replace(/^"(.*)"$/, '$1');

/** The home that /etc/passwd has for the user: ssh does not ask $HOME. */
export function homeOf(process: Process): string {
  const { uid } = process.credentials();
  return accountOf(process, userNameOf(process, uid) ?? '')?.home ?? process.env['HOME'] ?? '/';
}
