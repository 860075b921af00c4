import { concatBytes } from '../../protocol/bytes.ts';
import { failed } from '../../protocol/errno.ts';
import { bytesToText } from '../text.ts';
import { findCommand } from './command-path.ts';
import { commandNames, hostNames, programmedWords } from './programmable-completion.ts';
import type { Op } from './op.ts';
import { wait } from './op.ts';
import { quoteBackslash } from './quote.ts';
import type { Shell } from './shell.ts';

export interface Completion {
  /** Index, in characters of the line before the cursor, where the word begins. */
  readonly from: number;
  readonly candidates: readonly Candidate[];
}
export interface Candidate {
  /** What replaces the word. */
  readonly text: string;
  /** What a list shows. */
  readonly label: string;
  /** Put after it when it is the only one. */
  readonly suffix: string;
}

/** Programs that answer `__complete` the way Cobra's do. */
const COBRA = new Set(['kubectl', 'k', 'docker', 'docker-compose', 'kubeadm', 'crictl', 'helm', 'ctr', 'etcdctl']);

/** What could stand where the cursor is. */
export function* complete(shell: Shell, before: string): Op<Completion> {
  const segment = /(?:^|[;|&(`]|\$\(|&&|\|\||\bdo\b|\bthen\b|!)\s*([^;|&(`]*)$/.exec(before)?.[1] ?? before;
  const words = splitWords(segment);
  const word = words.at(-1) ?? '';
  const from = [...before].length - [...word].length;
  const variable = /\$\{?(\w*)$/.exec(word);
  if (variable !== null) {
    const head =
      word.slice(0, word.length - variable[0].length) +
      variable[0].slice(0, variable[0].length - (variable[1] ?? '').length);
    const names = shell.vars.names().filter((name) => name.startsWith(variable[1] ?? ''));
    return {
      from,
      candidates: names.map((name) => ({ text: head + name, label: name, suffix: head.endsWith('{') ? '}' : ' ' })),
    };
  }
  const commandWords = words.filter(
    (text, at) =>
      at === words.length - 1 ||
      (!/^\w+=/.test(text) && !['sudo', 'time', 'exec', 'command', 'nohup', 'xargs', 'watch'].includes(text)),
  );
  const position = commandWords.length - 1;
  if (position <= 0 && !word.includes('/')) {
    const names = commandNames(shell).filter((name) => name.startsWith(word));
    return { from, candidates: [...new Set(names)].sort().map((name) => ({ text: name, label: name, suffix: ' ' })) };
  }
  const [rawName = ''] = commandWords;
  const name = shell.aliases.get(rawName)?.split(/\s+/)[0] ?? rawName;
  const found =
    (yield* programmed(shell, name, commandWords, segment)) ??
    (COBRA.has(name) ? yield* cobraWords(shell, name, rawName, commandWords) : undefined) ??
    (yield* hostWords(shell, name, commandWords)) ??
    files(shell, word, name === 'cd' || name === 'rmdir' || name === 'pushd');
  return { from, candidates: found };
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
    return options.has('dirnames')
      ? files(shell, word, true)
      : options.has('default') || options.has('bashdefault')
        ? files(shell, word, false)
        : [];
  }
  return found.map((text) => {
    const directory = options.has('filenames') && isDirectory(shell, text);
    const shown = options.has('filenames') ? quoteBackslash(text) + (directory ? '/' : '') : text;
    return { text: shown, label: text, suffix: options.has('nospace') || directory ? '' : ' ' };
  });
}

function isDirectory(shell: Shell, path: string): boolean {
  const stat = shell.process.stat(path.replace(/^~(?=\/|$)/, shell.vars.get('HOME') ?? '~'));
  return !failed(stat) && stat.type === 'directory';
}

function* cobraWords(
  shell: Shell,
  name: string,
  rawName: string,
  words: readonly string[],
): Op<readonly Candidate[] | undefined> {
  const word = words.at(-1) ?? '';
  const answer = yield* askProgram(shell, name, [
    ...(shell.aliases.get(rawName)?.split(/\s+/).slice(1) ?? []),
    ...words.slice(1),
  ]);
  if (answer === undefined) return undefined;
  const equals = /^--[^=]+=/.exec(word)?.[0] ?? '';
  const found = answer.candidates.map((text) => ({
    text: text.startsWith('-') ? text : equals + text,
    label: text,
    suffix: answer.space ? ' ' : '',
  }));
  if (found.length === 0 && answer.files) return undefined;
  return found.sort((a, b) => (a.label < b.label ? -1 : a.label > b.label ? 1 : 0));
}

function* hostWords(shell: Shell, name: string, words: readonly string[]): Op<readonly Candidate[] | undefined> {
  const word = words.at(-1) ?? '';
  const isUnits = name === 'systemctl' || name === 'journalctl' || name === 'service';
  const isHosts = name === 'ssh' || name === 'scp' || name === 'ping';
  const found = isUnits
    ? yield* unitWords(shell, name, words)
    : isHosts
      ? hostNames(shell).filter((host) => host.startsWith(word))
      : [];
  return found.length === 0 ? undefined : found.map((text) => ({ text, label: text, suffix: ' ' }));
}

const UNIT_VERBS = [
  'cat',
  'daemon-reload',
  'disable',
  'enable',
  'is-active',
  'is-enabled',
  'is-failed',
  'list-unit-files',
  'list-units',
  'mask',
  'reload',
  'reset-failed',
  'restart',
  'show',
  'start',
  'status',
  'stop',
  'unmask',
];

/** Verbs of systemctl, and the units that it lists. */
function* unitWords(shell: Shell, name: string, words: readonly string[]): Op<readonly string[]> {
  const word = words.at(-1) ?? '';
  const verb = words.slice(1, -1).find((each) => !each.startsWith('-'));
  const isUnit =
    name === 'journalctl'
      ? words.at(-2) === '-u' || words.at(-2) === '--unit'
      : verb !== undefined || name === 'service';
  if (!isUnit)
    return name === 'systemctl' && !word.startsWith('-') ? UNIT_VERBS.filter((each) => each.startsWith(word)) : [];
  const text = yield* outputOf(shell, ['systemctl', 'list-unit-files', '--no-legend', '--no-pager']);
  const units = (text ?? '').split('\n').map((line) => line.split(/\s+/)[0] ?? '');
  return [...new Set(units)].filter((unit) => /\.\w+$/.test(unit) && unit.startsWith(word)).sort();
}

function splitWords(text: string): string[] {
  const words: string[] = [''];
  let quote = '';
  for (let i = 0; i < text.length; i += 1) {
    const char = text.charAt(i);
    const last = words.length - 1;
    if (char === '\\' && quote !== "'") {
      words[last] = (words[last] ?? '') + char + text.charAt(i + 1);
      i += 1;
    } else if (quote !== '') {
      words[last] = (words[last] ?? '') + char;
      if (char === quote) quote = '';
    } else if (char === '"' || char === "'") {
      quote = char;
      words[last] = (words[last] ?? '') + char;
    } else if (/\s/.test(char) || char === '<' || char === '>') {
      if (words[last] !== '') words.push('');
    } else words[last] = (words[last] ?? '') + char;
  }
  return words;
}

function files(shell: Shell, word: string, directoriesOnly: boolean): Candidate[] {
  const bare = word.replace(/^["']/, '').replace(/\\(.)/g, '$1');
  const slash = bare.lastIndexOf('/');
  const shown = bare.slice(0, slash + 1);
  const home = shell.vars.get('HOME') ?? '/';
  const directory = shown === '' ? '.' : shown.startsWith('~/') ? home + shown.slice(1) : shown;
  const prefix = bare.slice(slash + 1);
  const entries = shell.process.readdir(directory);
  if (failed(entries)) return [];
  const found: Candidate[] = [];
  for (const { name, type } of entries) {
    if (!name.startsWith(prefix) || (name.startsWith('.') && !prefix.startsWith('.'))) continue;
    const stat = type === 'symlink' ? shell.process.stat(`${directory}/${name}`) : undefined;
    const isDirectory = type === 'directory' || (stat !== undefined && !failed(stat) && stat.type === 'directory');
    if (directoriesOnly && !isDirectory) continue;
    const quoted = quoteBackslash(name).replace(/^\\~/, '~');
    found.push({
      text:
        (shown.startsWith('~/') ? shown : shown === '' ? '' : quoteBackslash(shown)) +
        quoted +
        (isDirectory ? '/' : ''),
      label: name + (isDirectory ? '/' : ''),
      suffix: isDirectory ? '' : ' ',
    });
  }
  return found.sort((a, b) => (a.label < b.label ? -1 : 1));
}

/** Runs `program __complete words…` and reads its answer: candidates, then `:directive`. */
function* askProgram(
  shell: Shell,
  name: string,
  words: readonly string[],
): Op<{ readonly candidates: readonly string[]; readonly space: boolean; readonly files: boolean } | undefined> {
  const unquoted = words.map((word) => word.replace(/["']/g, '').replace(/\\(.)/g, '$1'));
  const text = yield* outputOf(shell, [name, '__complete', ...unquoted]);
  if (text === undefined) return undefined;
  const lines = text.split('\n').filter((line) => line !== '');
  const directive = Number(lines.findLast((line) => /^:\d+$/.test(line))?.slice(1) ?? '0');
  if ((directive & 1) !== 0) return undefined;
  const last = unquoted.at(-1) ?? '';
  const wanted = last.startsWith('--') && last.includes('=') ? last.slice(last.indexOf('=') + 1) : last;
  const candidates = lines
    .filter((line) => !/^:\d+$/.test(line))
    .map((line) => line.split('\t')[0] ?? '')
    .filter((candidate) => candidate.startsWith(wanted) || candidate.startsWith(last));
  return { candidates, space: (directive & 2) === 0, files: (directive & 4) === 0 };
}

/** What a program prints, with nothing to read and its messages unseen. */
function* outputOf(shell: Shell, argv: readonly string[]): Op<string | undefined> {
  const { process } = shell;
  const found = findCommand(shell, argv[0] ?? '');
  const pipe = process.pipe();
  if (found.type !== 'found' || failed(pipe)) return undefined;
  const [reader, writer] = pipe;
  const empty = process.open('/dev/null', { read: true, write: true });
  if (failed(empty)) return undefined;
  const pid = process.spawn(found.path, argv, {
    env: shell.vars.exported(),
    fds: [
      [0, empty],
      [1, writer],
      [2, empty],
    ],
  });
  process.close(writer);
  process.close(empty);
  const parts: Uint8Array[] = [];
  while (!failed(pid)) {
    const bytes = yield* wait(process.read(reader, 65_536));
    if (failed(bytes) || bytes.length === 0) break;
    parts.push(bytes);
  }
  process.close(reader);
  if (failed(pid)) return undefined;
  yield* wait(process.wait(pid));
  return bytesToText(concatBytes(parts));
}
