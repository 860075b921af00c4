import { runMachine } from './machine.ts';
import type { Op } from './op.ts';
import { pushSource } from './push-source.ts';
import type { Shell } from '../shell.ts';

/** Runs a text to its end in the midst of a builtin; `$?` is its status. */
export function* runNested(shell: Shell, text: string): Op<void> {
  yield* runApart(shell, () => {
    pushSource(shell, shell.addSource(text, shell.line, shell.at?.source.file), true);
  });
}

/** Runs the traps of the signals that came while a builtin reads, which goes on afterwards. */
export function* runTrapsInside(shell: Shell): Op<void> {
  const { at } = shell;
  yield* runApart(shell, () => undefined);
  shell.at = at;
}

function* runApart(shell: Shell, begin: () => void): Op<void> {
  const outer = shell.stack;
  const { unwind } = shell;
  shell.stack = [];
  begin();
  shell.nested += 1;
  yield* runMachine(shell);
  shell.nested -= 1;
  shell.stack = outer;
  // What the text itself asked for (`exit`) goes on.
  if (unwind !== undefined) shell.unwind = unwind;
  else if (shell.exited) shell.unwind = { type: 'exit' };
}
