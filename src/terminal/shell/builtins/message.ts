import type { Op } from '../op.ts';
import type { Shell } from '../shell.ts';

/** A builtin's complaint and the status it ends with. */
export function* fault(shell: Shell, text: string, status = 1): Op<number> {
  yield* shell.complain(text);
  return status;
}

/** An option that a builtin does not have: bash's two lines. */
export function* invalidOption(shell: Shell, name: string, option: string, usage: string): Op<number> {
  yield* shell.complain(`${name}: ${option}: invalid option`);
  yield* shell.write(2, `${name}: usage: ${usage}\n`);
  return 2;
}

/** Writes a builtin's output; a closed descriptor is an error of the builtin. */
export function* print(shell: Shell, name: string, text: string): Op<number> {
  if (yield* shell.write(1, text)) return 0;
  yield* shell.complain(
    `${name}: write error: ${shell.process.descriptors().includes(1) ? 'Broken pipe' : 'Bad file descriptor'}`,
  );
  return 1;
}

export const isName = (text: string): boolean => /^[A-Za-z_]\w*$/.test(text);
