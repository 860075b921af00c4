import type { Op } from '../machine/op.ts';
import type { Shell } from '../shell.ts';
import { readLetters } from './letters.ts';
import { fault, print } from './message.ts';

/** The mask that new files are made with. */
export function* umask(shell: Shell, args: readonly string[]): Op<number> {
  const letters = yield* readLetters(shell, 'umask', args, 'Sp');
  if (typeof letters === 'number') return letters;
  const symbolic = letters.has('S');
  const [mode] = letters.operands;
  if (mode === undefined) {
    const mask = shell.process.umask();
    const text = symbolic ? symbolicMask(mask) : mask.toString(8).padStart(4, '0');
    return yield* print(shell, 'umask', `${letters.has('p') ? (symbolic ? 'umask -S ' : 'umask ') : ''}${text}\n`);
  }
  const mask = /^\d/.test(mode) ? octal(mode) : symbolicMode(mode, ~shell.process.umask() & 0o777);
  if (typeof mask === 'string') return yield* fault(shell, `umask: ${mask}`);
  shell.process.umask(mask);
  return symbolic ? yield* print(shell, 'umask', `${symbolicMask(mask)}\n`) : 0;
}

const octal = (text: string): number | string =>
  /^[0-7]+$/.test(text) && Number.parseInt(text, 8) <= 0o7777
    ? Number.parseInt(text, 8) & 0o777
    : `${text}: octal number out of range`;

const WHO: Readonly<Record<string, number>> = { u: 0o700, g: 0o070, o: 0o007, a: 0o777 };
const PERMISSIONS: Readonly<Record<string, number>> = { r: 0o444, w: 0o222, x: 0o111 };

/** `u=rwx,g-w`: the mask that allows this, or what is wrong with it. */
function symbolicMode(text: string, allowed: number): number | string {
  let bits = allowed;
  let rest = text;
  for (;;) {
    const [head, who = '', operator = '', letters = ''] = /^([agou]*)(.?)([rwx]*)/su.exec(rest) ?? [''];
    if (!['+', '-', '='].includes(operator))
      return `\`${operator === '' ? '\0' : operator}': invalid symbolic mode operator`;
    rest = rest.slice(head.length);
    if (rest !== '' && !rest.startsWith(',')) return `\`${rest.charAt(0)}': invalid symbolic mode character`;
    const whom = [...who].reduce((mask, letter) => mask | (WHO[letter] ?? 0), 0) || 0o777;
    const value = [...letters].reduce((mask, letter) => mask | (PERMISSIONS[letter] ?? 0), 0) & whom;
    if (operator === '+') bits |= value;
    else if (operator === '-') bits &= ~value;
    else bits = (bits & ~whom) | value;
    if (rest === '') return ~bits & 0o777;
    rest = rest.slice(1);
  }
}

function symbolicMask(mask: number): string {
  const part = (shift: number): string =>
    ['r', 'w', 'x'].filter((_, at) => ((mask >> shift) & (4 >> at)) === 0).join('');
  return `u=${part(6)},g=${part(3)},o=${part(0)}`;
}
