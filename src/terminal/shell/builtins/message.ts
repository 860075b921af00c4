import { failed, strerror } from '../../../protocol/errno.ts';
import { textToBytes } from '../../text.ts';
import { wait, type Op } from '../machine/op.ts';
import type { Shell } from '../shell.ts';
import { synopsisOf } from './synopsis.ts';

/** A builtin's complaint and the status it ends with. */
export function* fault(shell: Shell, text: string, status = 1): Op<number> {
  yield* shell.complain(text);
  return status;
}

/** What stands before a message of ash's builtins: in a script also the line, counted from 0 in the text of `-c`. */
export function ashBuiltin(shell: Shell, name: string): string {
  if (shell.interactive) return `${name}: `;
  return `${name}: line ${String(shell.commandString ? Math.max(0, shell.line - 1) : shell.line)}: `;
}

/** What a builtin takes: the line after a complaint about its options, or alone. */
export function* usage(shell: Shell, name: string): Op<number> {
  yield* shell.write(2, `${name}: usage: ${synopsisOf(name)}\n`);
  return 2;
}

/** An option that a builtin does not have: bash says it in two lines. */
export function* invalidOption(shell: Shell, name: string, option: string): Op<number> {
  if (shell.personality === 'dash') return yield* fault(shell, `${name}: Illegal option ${option}`, 2);
  if (shell.personality === 'ash') return yield* fault(shell, `${ashBuiltin(shell, name)}illegal option ${option}`, 2);
  yield* shell.complain(`${name}: ${option}: invalid option`);
  return yield* usage(shell, name);
}

/** One number at most: bash drops the rest of the command line. */
export function* tooMany(shell: Shell, name: string): Op<number> {
  shell.unwind = { type: shell.subshellDepth > 0 ? 'exit' : 'line' };
  return yield* fault(shell, `${name}: too many arguments`);
}

/** Writes a builtin's output; where that fails the builtin says why. */
export function* print(shell: Shell, name: string, text: string): Op<number> {
  const written = text === '' ? 0 : yield* wait(shell.process.write(1, textToBytes(text)));
  if (!failed(written)) return 0;
  yield* shell.complain(`${name}: write error: ${strerror(written)}`);
  return 1;
}

export const isName = (text: string): boolean => /^[A-Za-z_]\w*$/.test(text);
