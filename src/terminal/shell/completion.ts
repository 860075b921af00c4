import { concatBytes } from '../../protocol/bytes.ts';
import { failed } from '../../protocol/errno.ts';
import { bytesToText } from '../text.ts';
import { findCommand } from './command-path.ts';
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
  if (COBRA.has(name) && position > 0) {
    const answer = yield* askProgram(shell, name, [
      ...(shell.aliases.get(rawName)?.split(/\s+/).slice(1) ?? []),
      ...commandWords.slice(1),
    ]);
    if (answer !== undefined) {
      const equals = /^--[^=]+=/.exec(word)?.[0] ?? '';
      const found = answer.candidates.map((text) => ({
        text: text.startsWith('-') ? text : equals + text,
        label: text,
        suffix: answer.space ? ' ' : '',
      }));
      if (found.length > 0 || !answer.files) return { from, candidates: found };
    }
  }
  if (name === 'ssh' || name === 'scp' || name === 'ping') {
    const hosts = hostNames(shell).filter((host) => host.startsWith(word));
    if (hosts.length > 0) return { from, candidates: hosts.map((host) => ({ text: host, label: host, suffix: ' ' })) };
  }
  return { from, candidates: files(shell, word, name === 'cd' || name === 'rmdir' || name === 'pushd') };
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

function commandNames(shell: Shell): string[] {
  const names = [
    ...shell.builtins.keys(),
    ...shell.functions.keys(),
    ...shell.aliases.keys(),
    'if',
    'then',
    'else',
    'for',
    'while',
    'until',
    'do',
    'done',
    'case',
    'esac',
    'function',
    'select',
    'time',
    'fi',
    'elif',
  ];
  for (const directory of (shell.vars.get('PATH') ?? '').split(':')) {
    const entries = shell.process.readdir(directory);
    if (!failed(entries)) names.push(...entries.filter(({ type }) => type !== 'directory').map(({ name }) => name));
  }
  return names;
}

function hostNames(shell: Shell): string[] {
  const bytes = shell.process.readFile('/etc/hosts');
  if (failed(bytes)) return [];
  return [
    ...new Set(
      bytesToText(bytes)
        .split('\n')
        .flatMap((line) => line.replace(/#.*/, '').trim().split(/\s+/).slice(1))
        .filter((name) => name !== ''),
    ),
  ].sort();
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
  const { process } = shell;
  const found = findCommand(shell, name);
  const pipe = process.pipe();
  if (found.type !== 'found' || failed(pipe)) return undefined;
  const [reader, writer] = pipe;
  const empty = process.open('/dev/null', { read: true, write: true });
  if (failed(empty)) return undefined;
  const unquoted = words.map((word) => word.replace(/["']/g, '').replace(/\\(.)/g, '$1'));
  const pid = process.spawn(found.path, [name, '__complete', ...unquoted], {
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
  const lines = bytesToText(concatBytes(parts))
    .split('\n')
    .filter((line) => line !== '');
  const directive = Number(lines.findLast((line) => /^:\d+$/.test(line))?.slice(1) ?? '0');
  if ((directive & 1) !== 0) return undefined;
  const last = unquoted.at(-1) ?? '';
  const wanted = last.startsWith('--') && last.includes('=') ? last.slice(last.indexOf('=') + 1) : last;
  const candidates = lines
    .filter((line) => !/^:\d+$/.test(line))
    .map((line) => line.split('\t')[0] ?? '')
    .filter((text) => text.startsWith(wanted) || text.startsWith(last));
  return { candidates, space: (directive & 2) === 0, files: (directive & 4) === 0 };
}
