import { RegexBound } from '../../posix-regex/steps.ts';
import { Abort } from './abort.ts';
import { BraceBound } from '../expand/brace.ts';
import type { Shell } from '../shell.ts';

/** Characters of one value: a longer one would stop the whole simulation while it is copied. */
export const TEXT_BOUND = 16_777_216;

/** What bash says where it finds no memory. At a prompt the shell stays, since it is the simulator that has none. */
export const tooLong = (shell: Shell, length: number): Abort =>
  new Abort(
    `xrealloc: cannot allocate ${String(length)} bytes (drydock bound: ${String(TEXT_BOUND)} characters of one value)`,
    shell.interactive ? 'line' : 'exit',
    2,
  );

/** What bash says where a command met a bound of the simulator; undefined for any other error. */
export function boundMet(shell: Shell, error: unknown): Abort | undefined {
  if (error instanceof RegexBound || error instanceof BraceBound)
    return new Abort(error.message, shell.interactive ? 'line' : 'exit', 2);
  // The engine's own limit, met by a command that makes a text in one go.
  const isTextLimit = error instanceof RangeError && error.message === 'Invalid string length';
  return isTextLimit ? tooLong(shell, TEXT_BOUND) : undefined;
}
