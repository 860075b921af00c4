import type { Shell } from '../shell.ts';
import type { Source } from '../syntax/source.ts';

/** Puts a text's statements on the stack, to be run next. */
export function pushSource(shell: Shell, source: Source, quiet: boolean, until = source.script.commands.length): void {
  shell.stack.push({ type: 'list', source, node: source.script, at: 0, until, quiet });
}

/** The same for what the shell has read as its input: `set -v` shows it. */
export function pushInput(shell: Shell, source: Source, quiet: boolean, until = source.script.commands.length): void {
  shell.stack.push({ type: 'list', source, node: source.script, at: 0, until, quiet, input: true });
}
