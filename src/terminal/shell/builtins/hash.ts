/** hash: where the shell remembers its commands to be. */
import { failed } from '../../../protocol/errno.ts';
import { tableOrder } from '../variables/assoc-order.ts';
import { findCommand } from '../commands/command-path.ts';
import type { Op } from '../machine/op.ts';
import { quoteIfNeeded } from '../quote.ts';
import { HASH_BUCKETS } from '../variables/own-tables.ts';
import type { Shell } from '../shell.ts';
import type { Builtin } from './builtin.ts';
import { readLetters } from './letters.ts';
import { fault, print, usage } from './message.ts';

export const hash: Builtin = function* (shell, args) {
  const letters = yield* readLetters(shell, 'hash', args, 'dlp:rt');
  if (typeof letters === 'number') return letters;
  const { operands: names } = letters;
  const path = letters.valueOf('p');
  if (letters.has('r')) shell.hashed.clear();
  const needing = ['t', 'd'].find((letter) => letters.has(letter));
  if (needing !== undefined && names.length === 0) {
    yield* shell.complain(`hash: -${needing}: option requires an argument`);
    return 1;
  }
  if (names.length === 0 && path !== undefined) return yield* usage(shell, 'hash');
  if (letters.has('t')) return yield* show(shell, names, letters.has('l'));
  if (names.length === 0) return letters.has('r') ? 0 : yield* list(shell, letters.has('l'));
  let status = 0;
  for (const name of names) {
    if (letters.has('d')) {
      if (!shell.hashed.delete(name)) status = yield* fault(shell, `hash: ${name}: not found`);
    } else if (path !== undefined) status = yield* remember(shell, name, path);
    else status = (yield* look(shell, name)) || status;
  }
  return status;
};

function* list(shell: Shell, reusable: boolean): Op<number> {
  if (shell.hashed.size === 0) return yield* print(shell, 'hash', reusable ? '' : 'hash: hash table empty\n');
  const rows = tableOrder([...shell.hashed], HASH_BUCKETS).map(([name, path]) =>
    reusable ? reusableLine(name, path) : `${String(shell.hashHits.get(name) ?? 0).padStart(4)}\t${path}\n`,
  );
  return yield* print(shell, 'hash', (reusable ? '' : 'hits\tcommand\n') + rows.join(''));
}

const reusableLine = (name: string, path: string): string =>
  `builtin hash -p ${quoteIfNeeded(path)} ${quoteIfNeeded(name)}\n`;

function* show(shell: Shell, names: readonly string[], reusable: boolean): Op<number> {
  let status = 0;
  for (const name of names) {
    const known = shell.hashed.get(name);
    if (known === undefined) {
      status = yield* fault(shell, `hash: ${name}: not found`);
      continue;
    }
    shell.hashHits.set(name, (shell.hashHits.get(name) ?? 0) + 1);
    yield* print(
      shell,
      'hash',
      reusable ? reusableLine(name, known) : `${names.length > 1 ? `${name}\t` : ''}${known}\n`,
    );
  }
  return status;
}

function* remember(shell: Shell, name: string, path: string): Op<number> {
  const stat = shell.process.stat(path);
  if (!failed(stat) && stat.type === 'directory') return yield* fault(shell, `hash: ${path}: Is a directory`);
  remembered(shell, name, path);
  return 0;
}

function* look(shell: Shell, name: string): Op<number> {
  // Builtins and functions have no place, and it is no fault to ask for one.
  if (name.includes('/') || shell.functions.has(name) || shell.builtins.has(name)) return 0;
  shell.hashed.delete(name);
  const found = findCommand(shell, name);
  if (found.type !== 'found') return yield* fault(shell, `hash: ${name}: not found`);
  remembered(shell, name, found.path);
  return 0;
}

function remembered(shell: Shell, name: string, path: string): void {
  shell.hashed.set(name, path);
  shell.hashHits.delete(name);
}
