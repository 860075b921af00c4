import { failed } from '../../protocol/errno.ts';
import { bytesToText, textToBytes } from '../text.ts';
import type { Shell } from './shell.ts';

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
  if (text.trim() === '' || !addToHistory(shell, text)) return;
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
  shell.history.push(text);
  trimHistory(shell);
  return true;
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
