/**
 * What Tab puts in: names of commands, variables, files, users and hosts as bash does it, and words of programs as the
 * completion files of a distribution do: those of `complete`, of programs that can be asked, of systemd, of --help.
 */
import type { CompletionKind } from '../../readline/event.ts';
import { shellWords } from '../../readline/words.ts';
import { pathnames } from '../expand/glob.ts';
import type { Op } from '../machine/op.ts';
import { quoteBackslash } from '../quote.ts';
import type { Shell } from '../shell.ts';
import { COBRA, cobraWords } from './cobra.ts';
import { fileNames, isDirectory } from './files.ts';
import type { Candidate, Completion } from './interface.ts';
import { plainWords } from './interface.ts';
import { outputOf } from './output-of.ts';
import { actionWords, commandNames, hostNames } from './actions.ts';
import { programmedWords } from './programmable.ts';
import { systemdWords } from './units.ts';
import { typedWords } from './words.ts';

/** After these another command's name stands. */
const CARRIERS = new Set(['sudo', 'time', 'exec', 'command', 'nohup', 'xargs', 'watch', 'builtin', 'nice', 'env']);

/** What could stand where the cursor is, after the text `before`. */
export function* complete(shell: Shell, before: string, kind: CompletionKind, star: boolean): Op<Completion> {
  const { words: all, line, redirected } = typedWords(before);
  const word = all.at(-1) ?? '';
  const from = [...before].length - [...word].length;
  const answer = (candidates: readonly Candidate[]): Completion => ({ from, candidates });
  if (kind === 'glob' || kind === 'pattern') return answer(globbedNames(shell, word, kind === 'glob' || star));
  if (kind !== 'any') return answer(ofKind(shell, kind, word));
  const variable = variableNames(shell, word);
  if (variable !== undefined) return answer(variable);
  if (redirected) return answer(fileNames(shell, word, false));
  const words = all.filter((text, at) => at === all.length - 1 || !(/^\w+=/.test(text) || CARRIERS.has(text)));
  if (words.length === 1) return answer(firstWord(shell, word));
  const [typedName = ''] = words;
  const name = shell.aliases.get(typedName)?.split(/\s+/)[0] ?? typedName;
  const found =
    (yield* programmed(shell, name, words, line)) ??
    (COBRA.has(name) ? yield* cobraWords(shell, name, typedName, words) : undefined) ??
    (yield* knownWords(shell, name.slice(name.lastIndexOf('/') + 1), words)) ??
    fileNames(shell, word, DIRECTORY_COMMANDS.has(name));
  return answer(found);
}

const DIRECTORY_COMMANDS = new Set(['cd', 'rmdir', 'pushd', 'mkdir']);

function ofKind(
  shell: Shell,
  kind: Exclude<CompletionKind, 'any' | 'glob' | 'pattern'>,
  word: string,
): readonly Candidate[] {
  const starting = (names: readonly string[]): readonly Candidate[] =>
    plainWords([...new Set(names.filter((name) => name.startsWith(word)))].sort());
  switch (kind) {
    case 'history':
      return historyWords(shell, word);
    case 'filename':
      return fileNames(shell, word, false);
    case 'command':
      return starting(commandNames(shell));
    case 'hostname':
      return starting(hostNames(shell));
    case 'username':
      if (word.includes('/')) return [];
      return word.startsWith('~') ? fileNames(shell, word, false) : starting(actionWords(shell, ['user'], ''));
    case 'variable':
      return starting(shell.vars.names());
  }
}

const GLOB = { extglob: true, dotglob: false, globstar: false, nocaseglob: false, skipdots: true };

/** Names that the word stands for as a pattern; `star`: as one that ends in `*`. Without a sign of one it stands for nothing. */
function globbedNames(shell: Shell, word: string, star: boolean): readonly Candidate[] {
  const pattern = star ? `${word}*` : word;
  if (!/[*?[]/.test(pattern)) return [];
  return plainWords(pathnames(shell.process, pattern, GLOB).map(quoteBackslash));
}

/** Words of the lines of the history, the last ones first. */
function historyWords(shell: Shell, word: string): readonly Candidate[] {
  const words = shell.history.toReversed().flatMap((line) => shellWords(line));
  return plainWords([...new Set(words.filter((each) => each.startsWith(word) && each !== word))]);
}

/** `$NA`, `${NA` and the same within double quotes. */
function variableNames(shell: Shell, word: string): readonly Candidate[] | undefined {
  const [sign, name = ''] = /\$\{?(\w*)$/.exec(word) ?? [];
  if (sign === undefined || word.startsWith("'")) return undefined;
  const head = word.slice(0, word.length - name.length);
  const quote = word.startsWith('"') ? '"' : '';
  const names = shell.vars.names().filter((each) => each.startsWith(name));
  return names.map((each) => {
    const isFolder = !sign.startsWith('${') && isDirectory(shell, shell.vars.get(each) ?? '');
    const end = sign.startsWith('${') ? '}' : isFolder ? '/' : `${quote} `;
    return { text: head + each, label: sign.slice(0, sign.length - name.length) + each, suffix: end };
  });
}

/** A command; a path where there is a slash. */
function firstWord(shell: Shell, word: string): readonly Candidate[] {
  if (/[/~]/.test(word)) return fileNames(shell, word, false);
  const names = [...new Set(commandNames(shell).filter((name) => name.startsWith(word)))].sort();
  return names.length > 0 ? plainWords(names) : fileNames(shell, word, true);
}

/** What `complete` has defined; undefined where it has not, or where a function of a program that can be asked itself had nothing. */
function* programmed(
  shell: Shell,
  name: string,
  words: readonly string[],
  line: string,
): Op<readonly Candidate[] | undefined> {
  const [command = ''] = words;
  const asked = COBRA.has(name);
  const { completions } = shell;
  const spec =
    completions.get(command) ??
    completions.get(command.slice(command.lastIndexOf('/') + 1)) ??
    (asked ? undefined : completions.get('-D'));
  if (spec === undefined) return undefined;
  const { words: found, options } = yield* programmedWords(shell, spec, words, line);
  const word = words.at(-1) ?? '';
  if (found.length === 0) {
    if (asked) return undefined;
    if (options.has('dirnames')) return fileNames(shell, word, true);
    return options.has('default') || options.has('bashdefault') ? fileNames(shell, word, false) : [];
  }
  const isFiles =
    options.has('filenames') || spec.actions.some((action) => action === 'file' || action === 'directory');
  return found.map((text) => {
    const directory = isFiles && isDirectory(shell, text);
    const shown = isFiles ? quoteBackslash(text) + (directory ? '/' : '') : text;
    const label = isFiles ? text.slice(text.lastIndexOf('/') + 1) + (directory ? '/' : '') : text;
    return { text: shown, label, suffix: options.has('nospace') || directory ? '' : ' ' };
  });
}

/** Which names a command takes, where these are no files. */
const TAKES: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(['which', 'type', 'hash', 'man'].map((name) => [name, ['command']])),
  ...Object.fromEntries(
    ['unset', 'export', 'declare', 'readonly', 'printenv', 'local'].map((name) => [name, ['variable']]),
  ),
  ...Object.fromEntries(
    ['su', 'id', 'passwd', 'userdel', 'usermod', 'chage', 'groups'].map((name) => [name, ['user']]),
  ),
  groupdel: ['group'],
  groupmod: ['group'],
  alias: ['alias'],
  unalias: ['alias'],
  trap: ['signal'],
  shopt: ['shopt'],
  help: ['helptopic'],
};
const JOB_COMMANDS = new Set(['fg', 'bg', 'jobs', 'disown', 'wait', 'kill']);
const HOST_COMMANDS = new Set([
  'ssh',
  'scp',
  'sftp',
  'ping',
  'ssh-copy-id',
  'rsync',
  'traceroute',
  'nc',
  'dig',
  'nslookup',
  'host',
]);
/** Their options are read from `--help`, as a distribution's completion does for them. */
const HELPED =
  `awk base64 bc cat chroot cp csplit cut date df diff du env expand fmt fold gperf grep head irb ld less ln ls m4 md5sum
mkdir mkfifo mknod mv netstat nl od paste pr readelf rm rmdir sed seq sha1sum sha256sum sha512sum shar sort split strip
sum tac tail tee touch tr uname unexpand uniq wc who curl tar find ps free mount umount chmod chown`.split(/\s+/);

function* knownWords(shell: Shell, name: string, words: readonly string[]): Op<readonly Candidate[] | undefined> {
  const word = words.at(-1) ?? '';
  const units = yield* systemdWords(shell, name, words);
  if (units !== undefined) return units.map((text) => ({ text, label: text, suffix: text.endsWith('=') ? '' : ' ' }));
  if (word.startsWith('--') && HELPED.includes(name)) return yield* helpedOptions(shell, name, word);
  const some = (found: readonly string[]): readonly Candidate[] | undefined =>
    found.length === 0 ? undefined : plainWords(found);
  if (name === 'kill' && word.startsWith('-'))
    return some(
      actionWords(shell, ['signal'], '')
        .map((signal) => `-${signal.replace(/^SIG/, '')}`)
        .filter((each) => each.startsWith(word)),
    );
  if (JOB_COMMANDS.has(name) && word.startsWith('%'))
    return some(shell.jobs.shown.map(({ id }) => `%${String(id)}`).filter((each) => each.startsWith(word)));
  if (HOST_COMMANDS.has(name) && !word.startsWith('-') && !/[/:]/.test(word)) return some(hostWords(shell, word));
  const actions = TAKES[name];
  return actions === undefined ? undefined : some([...new Set(actionWords(shell, actions, word))].sort());
}

/** `host`, and `user@host`. */
function hostWords(shell: Shell, word: string): readonly string[] {
  const head = word.slice(0, word.indexOf('@') + 1);
  return hostNames(shell)
    .map((host) => head + host)
    .filter((host) => host.startsWith(word));
}

function* helpedOptions(shell: Shell, name: string, word: string): Op<readonly Candidate[] | undefined> {
  const text = yield* outputOf(shell, [name, '--help']);
  const options = [...new Set((text ?? '').match(/(?<![\w-])--[a-z][\w-]*=?/g) ?? [])]
    .filter((option) => option.startsWith(word))
    .sort();
  if (options.length === 0) return undefined;
  return options.map((option) => ({ text: option, label: option, suffix: option.endsWith('=') ? '' : ' ' }));
}
