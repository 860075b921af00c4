/** enable: puts builtins away and takes them out again. */
import { SPECIAL_BUILTINS } from '../syntax/keywords.ts';
import type { Op } from '../machine/op.ts';
import type { Shell } from '../shell.ts';
import type { Builtin } from './builtin.ts';
import type { Letters } from './letters.ts';
import { readLetters } from './letters.ts';
import { fault, print } from './message.ts';

export const enable: Builtin = function* (shell, args) {
  const letters = yield* readLetters(shell, 'enable', args, 'adf:nps');
  if (typeof letters === 'number') return letters;
  const { operands: names } = letters;
  const object = letters.valueOf('f');
  // No host here has shared objects with builtins in them.
  if (object !== undefined)
    return yield* fault(
      shell,
      `enable: cannot open shared object ${object}: ${object}: cannot open shared object file: No such file or directory`,
    );
  if (names.length === 0 || letters.has('p')) return yield* list(shell, letters);
  let status = 0;
  for (const name of names) {
    if (!shell.builtins.has(name)) status = yield* fault(shell, `enable: ${name}: not a shell builtin`);
    else if (letters.has('d')) status = yield* fault(shell, `enable: ${name}: not dynamically loaded`);
    else if (letters.has('n')) shell.disabled.add(name);
    else shell.disabled.delete(name);
  }
  return status;
};

function* list(shell: Shell, letters: Letters): Op<number> {
  const off = (name: string): boolean => shell.disabled.has(name);
  const shown = [...shell.builtins.keys()]
    .filter((name) => !letters.has('s') || SPECIAL_BUILTINS.has(name))
    .filter((name) => letters.has('a') || off(name) === letters.has('n'))
    .sort();
  return yield* print(shell, 'enable', shown.map((name) => `enable ${off(name) ? '-n ' : ''}${name}\n`).join(''));
}
