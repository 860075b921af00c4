import { Abort } from '../machine/abort.ts';
import { evaluate } from '../expand/arithmetic.ts';
import { expandArithmetic } from '../expand/word.ts';
import type { Op } from '../machine/op.ts';
import type { Shell } from '../shell.ts';

/** The value of an expression that is a command or part of one: a wrong one fails the command and no more. */
export function* arithmeticCommand(shell: Shell, text: string, where: string): Op<bigint | undefined> {
  try {
    return evaluate(shell, yield* expandArithmetic(shell, text), where);
  } catch (error) {
    return yield* toldFault(shell, error);
  }
}

/** The same of an expression whose expansions are done, as `let` gets it. */
export function* expandedArithmetic(shell: Shell, text: string, where: string): Op<bigint | undefined> {
  try {
    return evaluate(shell, text, where);
  } catch (error) {
    return yield* toldFault(shell, error);
  }
}

function* toldFault(shell: Shell, error: unknown): Op<undefined> {
  if (!(error instanceof Abort) || error.reach === 'exit') throw error;
  if (error.message !== '') yield* shell.complain(error.message);
}
