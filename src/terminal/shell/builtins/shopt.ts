/** shopt: options of bash's own. */
import { setExtendedDebugging } from '../options/extended-debugging.ts';
import type { Op } from '../machine/op.ts';
import type { Shell } from '../shell.ts';
import type { Letters } from './letters.ts';
import { readLetters } from './letters.ts';
import { fault, print } from './message.ts';
import { OPTIONS, SHOPTS } from './option-names.ts';

export function* shopt(shell: Shell, args: readonly string[]): Op<number> {
  const letters = yield* readLetters(shell, 'shopt', args, 'psuoq');
  if (typeof letters === 'number') return letters;
  if (letters.has('s') && letters.has('u'))
    return yield* fault(shell, 'shopt: cannot set and unset shell options simultaneously');
  const change = letters.has('s') ? 's' : letters.has('u') ? 'u' : undefined;
  const { operands: names } = letters;
  if (names.length > 0 && change !== undefined) return yield* set(shell, letters, change === 's');
  return names.length > 0 ? yield* show(shell, letters) : yield* list(shell, letters, change);
}

/** What the names are of: `-o` means the options of `set`. */
const tableOf = (shell: Shell, letters: Letters): readonly [names: readonly string[], state: Set<string>] =>
  letters.has('o') ? [OPTIONS, shell.options] : [SHOPTS, shell.shopts];

function* set(shell: Shell, letters: Letters, on: boolean): Op<number> {
  const [table, state] = tableOf(shell, letters);
  let status = 0;
  for (const name of letters.operands) {
    if (!table.includes(name)) status = yield* refuse(shell, letters, name);
    else if (on && UNSIMULATED.has(name))
      status = yield* fault(shell, `shopt: drydock: 'shopt -s ${name}' is not simulated`);
    else if (on) state.add(name);
    else state.delete(name);
    if (name === 'extdebug' && !letters.has('o')) setExtendedDebugging(shell, on);
  }
  return status;
}

function* show(shell: Shell, letters: Letters): Op<number> {
  const [table, state] = tableOf(shell, letters);
  let status = 0;
  for (const name of letters.operands) {
    if (!table.includes(name)) {
      status = yield* refuse(shell, letters, name);
      continue;
    }
    if (!state.has(name)) status = 1;
    if (!letters.has('q')) yield* print(shell, 'shopt', row(letters, name, state.has(name)));
  }
  return status;
}

function* list(shell: Shell, letters: Letters, only: 's' | 'u' | undefined): Op<number> {
  if (letters.has('q')) return 0;
  const [table, state] = tableOf(shell, letters);
  const shown = table.filter((name) => only === undefined || state.has(name) === (only === 's'));
  return yield* print(shell, 'shopt', shown.map((name) => row(letters, name, state.has(name))).join(''));
}

function row(letters: Letters, name: string, on: boolean): string {
  if (!letters.has('p')) return `${name.padEnd(15)}\t${on ? 'on' : 'off'}\n`;
  return letters.has('o') ? `set ${on ? '-' : '+'}o ${name}\n` : `shopt ${on ? '-s' : '-u'} ${name}\n`;
}

const refuse = (shell: Shell, letters: Letters, name: string): Op<number> =>
  fault(shell, `shopt: ${name}: invalid ${letters.has('o') ? '' : 'shell '}option name`);

/** Options that would change what scripts do and that nothing here acts on. */
const UNSIMULATED = new Set([
  'restricted_shell',
  'compat31',
  'compat32',
  'compat40',
  'compat41',
  'compat42',
  'compat43',
  'compat44',
]);
