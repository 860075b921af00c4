/** Names of files as words of a command: quoted as the word began, `~` and variables before a slash followed. */
import { failed } from '../../../protocol/errno.ts';
import { fileText } from '../../io.ts';
import { quoteBackslash } from '../quote.ts';
import type { Shell } from '../shell.ts';
import type { Candidate } from './interface.ts';

/** A word in parts: what stays as it was typed, the quote that is open, and the path meant. */
interface PathWord {
  readonly kept: string;
  readonly quote: string;
  readonly path: string;
}

/** `--file=`, `PATH=/bin:` and their like stay; what follows is the path. */
function readWord(word: string): PathWord {
  const [, kept = '', typed = ''] = /^((?:(?:\\.|[^"'\\])*[=:])?)([\s\S]*)$/.exec(word) ?? [];
  const quote = /^["']/.exec(typed)?.[0] ?? '';
  const inner = typed.slice(quote.length);
  return { kept, quote, path: quote === "'" ? inner : inner.replace(/\\(.)/g, '$1') };
}

function written(text: string, quote: string): string {
  if (quote === "'") return text.replace(/'/g, `'\\''`);
  return quote === '"' ? text.replace(/[$`"\\]/g, '\\$&') : quoteBackslash(text);
}

/** Where a path as it was typed leads: `~`, `~user` and `$NAME` at its beginning are followed. */
function followed(shell: Shell, path: string): string {
  const user = /^~([^/]*)(?=\/)/.exec(path);
  if (user !== null) {
    const home = homeDirectory(shell, user[1] ?? '');
    return home === undefined ? path : home + path.slice(user[0].length);
  }
  return path.replace(/^\$(\w+)(?=\/)/, (mark, name: string) => shell.vars.get(name) ?? mark);
}

/** Where `~` or `~user` leads. */
export function homeDirectory(shell: Shell, user: string): string | undefined {
  if (user === '') return shell.vars.get('HOME');
  const rows = (fileText(shell.process, '/etc/passwd') ?? '').split('\n').map((line) => line.split(':'));
  return rows.find(([name]) => name === user)?.[5];
}

export function fileNames(shell: Shell, word: string, directoriesOnly: boolean): readonly Candidate[] {
  const { kept, quote, path } = readWord(word);
  if (/^~[^/]*$/.test(path) && quote === '') return userHomes(shell, kept, path.slice(1));
  const slash = path.lastIndexOf('/');
  const head = path.slice(0, slash + 1);
  const prefix = path.slice(slash + 1);
  const directory = head === '' ? '.' : followed(shell, head);
  const entries = shell.process.readdir(directory);
  if (failed(entries)) return [];
  const begins = beginningOf(shell);
  // Readline shows hidden files where nothing has been typed yet.
  const hidden = prefix === '' && shell.readline.variables.get('match-hidden-files') !== 'off';
  const found = [...entries.map(({ name }) => name), ...(prefix.startsWith('.') ? ['.', '..'] : [])]
    .filter((name) => begins(name, prefix) && (!name.startsWith('.') || hidden || prefix.startsWith('.')))
    .map((name) => ({ name, isDirectory: isDirectory(shell, `${directory}/${name}`) }))
    .filter(({ isDirectory: folder }) => folder || !directoriesOnly)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const mark = shell.readline.variables.get('mark-directories') === 'off' ? '' : '/';
  const shown = quote === '' ? keepSigns(head) : written(head, quote);
  return found.map(({ name, isDirectory: folder }) => ({
    text: kept + quote + shown + written(name, quote) + (folder ? mark : ''),
    label: name + (folder ? mark : ''),
    suffix: folder ? '' : `${quote} `,
  }));
}

/** Whether a name begins with what was typed, letter case and `-` and `_` told apart or not. */
function beginningOf(shell: Shell): (name: string, prefix: string) => boolean {
  const { variables } = shell.readline;
  const isOn = (name: string): boolean => variables.get(name) === 'on';
  const mapped = (text: string): string => (isOn('completion-map-case') ? text.replace(/-/g, '_') : text);
  const plain = (text: string): string => (isOn('completion-ignore-case') ? mapped(text.toLowerCase()) : text);
  return (name, prefix) => plain(name).startsWith(plain(prefix));
}

/** A directory as it was typed: its `~` and `$NAME` are not quoted. */
function keepSigns(head: string): string {
  const sign = /^(?:~[^/]*|\$\w+)(?=\/)/.exec(head)?.[0] ?? '';
  return sign + (head === sign ? '' : quoteBackslash(head.slice(sign.length)));
}

export function isDirectory(shell: Shell, path: string): boolean {
  const stat = shell.process.stat(followed(shell, path));
  return !failed(stat) && stat.type === 'directory';
}

function userHomes(shell: Shell, kept: string, prefix: string): readonly Candidate[] {
  return (fileText(shell.process, '/etc/passwd') ?? '')
    .split('\n')
    .map((line) => line.split(':')[0] ?? '')
    .filter((name) => name !== '' && name.startsWith(prefix))
    .sort()
    .map((name) => ({ text: `${kept}~${name}/`, label: `~${name}/`, suffix: '' }));
}
