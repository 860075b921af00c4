import { failed } from '../../protocol/errno.ts';
import { bytesToText, textToBytes } from '../text.ts';
import type { Shell } from './shell.ts';

export const historyFile = (shell: Shell): string =>
  shell.vars.get('HISTFILE') ?? `${shell.vars.get('HOME') ?? ''}/.bash_history`;

/** Lines kept from earlier sessions. */
export function loadHistory(shell: Shell): void {
  const bytes = shell.process.readFile(historyFile(shell));
  if (!failed(bytes))
    shell.history.push(
      ...bytesToText(bytes)
        .split('\n')
        .filter((line) => line !== '')
        .slice(-Number(shell.vars.get('HISTSIZE') ?? '500')),
    );
}

/** Adds a line as HISTCONTROL says and keeps it at once, so that a closed tab loses nothing. */
export function remember(shell: Shell, line: string): void {
  const text = line.replace(/\n+$/, '');
  if (text.trim() === '') return;
  const control = (shell.vars.get('HISTCONTROL') ?? '').split(':');
  if ((control.includes('ignorespace') || control.includes('ignoreboth')) && text.startsWith(' ')) return;
  if ((control.includes('ignoredups') || control.includes('ignoreboth')) && shell.history.at(-1) === text) return;
  shell.history.push(text);
  const limit = Number(shell.vars.get('HISTSIZE') ?? '500');
  if (shell.history.length > limit) shell.history.splice(0, shell.history.length - limit);
  const file = historyFile(shell);
  if (file !== '') shell.process.writeFile(file, textToBytes(`${text}\n`), { append: true, mode: 0o600 });
}

/** `!!`, `!n`, `!-n`, `!text`, `!$`, `^a^b`: the line with events put in; undefined where one is not found. */
export function expandHistory(
  shell: Shell,
  line: string,
): { readonly text: string; readonly changed: boolean } | { readonly missing: string } {
  const quick = /^\^([^^]*)\^([^^]*)\^?$/.exec(line);
  const last = shell.history.at(-1) ?? '';
  if (quick !== null) {
    const [, from = '', to = ''] = quick;
    return last.includes(from)
      ? { text: last.replace(from, () => to), changed: true }
      : { missing: `:s${line}: substitution failed` };
  }
  if (!line.includes('!')) return { text: line, changed: false };
  let missing: string | undefined;
  let single = false;
  const text = line.replace(
    /\\!|'|!(?:(!)|(-?\d+)|(\$)|(\*)|([A-Za-z_./][^\s:;|&"']*))/g,
    (whole, twice?: string, number?: string, dollar?: string, star?: string, prefix?: string) => {
      if (whole === "'") single = !single;
      if (single || whole === '\\!' || whole === "'") return whole;
      const found =
        twice !== undefined
          ? shell.history.at(-1)
          : number !== undefined
            ? number.startsWith('-')
              ? shell.history.at(Number(number))
              : shell.history[Number(number) - 1]
            : dollar !== undefined
              ? last.split(/\s+/).at(-1)
              : star !== undefined
                ? last.split(/\s+/).slice(1).join(' ')
                : shell.history.findLast((entry) => entry.startsWith(prefix ?? ''));
      if (found === undefined) missing ??= whole;
      return found ?? whole;
    },
  );
  return missing === undefined ? { text, changed: text !== line } : { missing: `${missing}: event not found` };
}
