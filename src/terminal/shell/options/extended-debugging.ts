/** What debuggers ask a shell for: `shopt -s extdebug`. */
import { callStack, inFunction } from '../machine/call-stack.ts';
import type { Shell } from '../shell.ts';

export function setExtendedDebugging(shell: Shell, on: boolean): void {
  for (const option of ['functrace', 'errtrace']) {
    if (on) shell.options.add(option);
    else shell.options.delete(option);
  }
  if (on) shell.outermostArguments ??= shell.positional;
}

/** Arguments of the calls that the shell is in, from the innermost outwards. */
function callArguments(shell: Shell): readonly (readonly string[])[] {
  // Asked for outside of functions, the two arrays begin without extdebug too.
  if (!inFunction(shell) && !shell.shopts.has('extdebug')) shell.outermostArguments ??= shell.positional;
  const outermost = shell.outermostArguments === undefined ? [] : [shell.outermostArguments];
  return [...callStack(shell).flatMap(({ called }) => (called === undefined ? [] : [called])), ...outermost];
}

/** BASH_ARGC: how many arguments each call has. */
export const argumentCounts = (shell: Shell): readonly string[] =>
  callArguments(shell).map(({ length }) => String(length));

/** BASH_ARGV: all of them as a stack, the last argument of the innermost call on top. */
export const argumentStack = (shell: Shell): readonly string[] =>
  callArguments(shell).flatMap((args) => args.toReversed());
