import { failed } from '../../../protocol/errno.ts';
import { bytesToText, textToBytes } from '../../text.ts';
import { matches } from '../expand/pattern.ts';
import type { Shell } from '../shell.ts';

export const historyFile = (shell: Shell): string =>
  shell.vars.get('HISTFILE') ?? `${shell.vars.get('HOME') ?? ''}/.bash_history`;

/** Lines kept from earlier sessions. */
export function loadHistory(shell: Shell): void {
  shell.history.push(...(readHistory(shell, historyFile(shell)) ?? []));
  trimHistory(shell);
  shell.historySaved = shell.historyDropped + shell.history.length;
}

/** Adds a line as HISTCONTROL says and keeps it at once, so that a closed tab loses nothing. */
export function remember(shell: Shell, line: string): void {
  const text = line.replace(/\n+$/, '');
  shell.remembered = text.trim() !== '' && addToHistory(shell, text);
  if (!shell.remembered) return;
  const file = historyFile(shell);
  if (file === '') return;
  shell.process.writeFile(file, textToBytes(`${text}\n`), { append: true, mode: 0o600 });
  shell.historySaved = shell.historyDropped + shell.history.length;
}

/** Adds to the list alone; false where HISTCONTROL says no. */
export function addToHistory(shell: Shell, text: string): boolean {
  const control = (shell.vars.get('HISTCONTROL') ?? '').split(':');
  if ((control.includes('ignorespace') || control.includes('ignoreboth')) && text.startsWith(' ')) return false;
  if ((control.includes('ignoredups') || control.includes('ignoreboth')) && shell.history.at(-1) === text) return false;
  if (ignored(shell, text)) return false;
  if (control.includes('erasedups')) {
    const others = shell.history.filter((line) => line !== text);
    shell.history.splice(0, shell.history.length, ...others);
  }
  shell.history.push(text);
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
  shell.interactive && shell.remembered ? shell.history.slice(0, -1) : shell.history;

/** `history -s` and `history -p` leave no line of their own. */
export function forgetOwnLine(shell: Shell): void {
  if (!shell.interactive || !shell.remembered) return;
  shell.history.pop();
  shell.remembered = false;
}

/** Keeps as many lines as HISTSIZE says; the numbers of the others stay as they are. */
export function trimHistory(shell: Shell): void {
  const text = shell.vars.get('HISTSIZE') ?? '500';
  const over = shell.history.length - Number(text);
  if (!/^\d+$/.test(text) || over <= 0) return;
  shell.history.splice(0, over);
  shell.historyDropped += over;
}

/** Lines of a history file. */
export function readHistory(shell: Shell, file: string): readonly string[] | undefined {
  const bytes = shell.process.readFile(file);
  return failed(bytes)
    ? undefined
    : bytesToText(bytes)
        .split('\n')
        .filter((line) => line !== '');
}
