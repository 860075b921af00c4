import type { Shell } from '../shell.ts';

/** Options of `set` that are also letters. */
export const OPTION_LETTERS: Readonly<Record<string, string>> = {
  a: 'allexport',
  b: 'notify',
  e: 'errexit',
  f: 'noglob',
  h: 'hashall',
  k: 'keyword',
  m: 'monitor',
  n: 'noexec',
  p: 'privileged',
  r: 'restricted',
  t: 'onecmd',
  u: 'nounset',
  v: 'verbose',
  x: 'xtrace',
  B: 'braceexpand',
  C: 'noclobber',
  E: 'errtrace',
  H: 'histexpand',
  P: 'physical',
  T: 'functrace',
};

/** `$-`. */
export function optionLetters(shell: Shell): string {
  const { options, interactive, commandString } = shell;
  const on = Object.entries(OPTION_LETTERS)
    .filter(([, name]) => options.has(name))
    .map(([letter]) => (letter === 'B' && interactive ? 'iB' : letter))
    .join('');
  const fromInput = !commandString && !interactive && shell.shellName === shell.arg0;
  return on + (commandString && shell.personality !== 'dash' ? 'c' : '') + (fromInput ? 's' : '');
}
