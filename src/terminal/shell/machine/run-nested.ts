import { runMachine } from './machine.ts';
import type { Op } from './op.ts';
import { pushSource } from './push-source.ts';
import type { Shell } from '../shell.ts';

/** Runs a text to its end in the midst of a builtin; `$?` is its status. */
export function* runNested(shell: Shell, text: string): Op<void> {
  const outer = shell.stack;
  const { unwind } = shell;
  shell.stack = [];
  pushSource(shell, shell.addSource(text, shell.line, shell.at?.source.file), true);
  yield* runMachine(shell);
  shell.stack = outer;
  // What the text itself asked for (`exit`) goes on.
  if (unwind !== undefined) shell.unwind = unwind;
  else if (shell.exited) shell.unwind = { type: 'exit' };
}
