import type { Shell } from './shell.ts';
import type { Source } from './source.ts';

/** Puts a text's statements on the stack, to be run next. */
export function pushSource(shell: Shell, source: Source, quiet: boolean, until = source.script.commands.length): void {
  shell.stack.push({ type: 'list', source, node: source.script, at: 0, until, quiet });
}
