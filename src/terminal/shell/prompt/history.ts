import { failed } from '../../../protocol/errno.ts';
import { bytesToText, textToBytes } from '../../text.ts';
import { matches } from '../expand/pattern.ts';
import type { Shell } from '../shell.ts';

export const historyFile = (shell: Shell): string =>
  shell.vars.get('HISTFILE') ?? `${shell.vars.get('HOME') ?? ''}/.bash_history`;

/** Lines kept from earlier sessions. */
export function loadHistory(shell: Shell): void {
  appendHistory(shell, readHistory(shell, historyFile(shell)) ?? []);
  trimHistory(shell);
  shell.historySaved = shell.historyDropped + shell.history.length;
}

/** A line of the history, and when it was entered, where that is known (s since 1970). */
export interface HistoryEntry {
  readonly text: string;
  readonly seconds?: number;
}

/** Adds lines at the end; those of no known time count as entered now. */
export function appendHistory(shell: Shell, entries: readonly HistoryEntry[]): void {
  const now = Math.floor(shell.process.time().realtimeUs / 1e6);
  for (const { text, seconds = now } of entries) {
    shell.history.push(text);
    shell.historyTimes.push(seconds);
  }
}

export function removeHistory(shell: Shell, at: number, count: number): void {
  shell.history.splice(at, count);
  shell.historyTimes.splice(at, count);
}

/** Lines as a history file has them: each after its time where HISTTIMEFORMAT is set. */
export const historyLines = (shell: Shell, from: number): string =>
  shell.history
    .map((line, at) =>
      shell.vars.get('HISTTIMEFORMAT') === undefined
        ? `${line}\n`
        : `#${String(shell.historyTimes[at] ?? 0)}\n${line}\n`,
    )
    .slice(from)
    .join('');

/** Adds a line as HISTCONTROL says and keeps it at once, so that a closed tab loses nothing. */
export function remember(shell: Shell, line: string): void {
  const text = line.replace(/\n+$/, '');
  shell.remembered = text.trim() !== '' && addToHistory(shell, text);
  if (!shell.remembered) return;
  const file = historyFile(shell);
  if (file === '') return;
  shell.process.writeFile(file, textToBytes(historyLines(shell, shell.history.length - 1)), {
    append: true,
    mode: 0o600,
  });
  shell.historySaved = shell.historyDropped + shell.history.length;
}

/** Adds to the list alone; false where HISTCONTROL says no. */
export function addToHistory(shell: Shell, text: string): boolean {
  const control = (shell.vars.get('HISTCONTROL') ?? '').split(':');
  if ((control.includes('ignorespace') || control.includes('ignoreboth')) && text.startsWith(' ')) return false;
  if ((control.includes('ignoredups') || control.includes('ignoreboth')) && shell.history.at(-1) === text) return false;
  if (ignored(shell, text)) return false;
  if (control.includes('erasedups')) {
    for (let at = shell.history.length - 1; at >= 0; at -= 1)
      if (shell.history[at] === text) removeHistory(shell, at, 1);
  }
  appendHistory(shell, [{ text }]);
  trimHistory(shell);
  return true;
}

/** HISTIGNORE: patterns between colons; `&` is the line before. */
function ignored(shell: Shell, text: string): boolean {
  const patterns = shell.vars.get('HISTIGNORE') ?? '';
  if (patterns === '') return false;
  const options = { extglob: shell.shopts.has('extglob') };
  return patterns.split(/(?<!\\):/).some((pattern) =>
    matches(
      pattern.replace(/\\&|&/g, (mark) => (mark === '&' ? (shell.history.at(-1) ?? '') : '&')),
      text,
      options,
    ),
  );
}

/** The lines before the one that runs, where that was kept. */
export const earlierLines = (shell: Shell): readonly string[] =>
  shell.remembered ? shell.history.slice(0, -1) : shell.history;

/** `history -s` and `history -p` leave no line of their own. */
export function forgetOwnLine(shell: Shell): void {
  if (!shell.remembered) return;
  removeHistory(shell, shell.history.length - 1, 1);
  shell.remembered = false;
}

/** Keeps as many lines as HISTSIZE says; the numbers of the others stay as they are. */
export function trimHistory(shell: Shell): void {
  const text = shell.vars.get('HISTSIZE') ?? '500';
  const over = shell.history.length - Number(text);
  if (!/^\d+$/.test(text) || over <= 0) return;
  removeHistory(shell, 0, over);
  shell.historyDropped += over;
}

/** HISTFILESIZE: the file keeps so many of its last lines. */
export function trimHistoryFile(shell: Shell): void {
  const size = shell.vars.get('HISTFILESIZE') ?? '';
  const file = shell.vars.get('HISTFILE') ?? '';
  if (!/^\d+$/.test(size) || file === '') return;
  const bytes = shell.process.readFile(file);
  if (failed(bytes)) return;
  const lines = bytesToText(bytes).split(/(?<=\n)/);
  const over = lines.length - Number(size);
  if (over > 0) shell.process.writeFile(file, textToBytes(lines.slice(over).join('')), { mode: 0o600 });
}

/** Lines of a history file; `#` and digits before one are its time. */
export function readHistory(shell: Shell, file: string): readonly HistoryEntry[] | undefined {
  const bytes = shell.process.readFile(file);
  if (failed(bytes)) return undefined;
  const entries: HistoryEntry[] = [];
  let seconds: number | undefined;
  for (const line of bytesToText(bytes).split('\n')) {
    if (/^#\d/.test(line)) seconds = Number.parseInt(line.slice(1), 10);
    else if (line !== '') {
      entries.push(seconds === undefined ? { text: line } : { text: line, seconds });
      seconds = undefined;
    }
  }
  return entries;
}
