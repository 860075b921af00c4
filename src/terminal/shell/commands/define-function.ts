import type { Function as FunctionNode } from 'unbash';
import { expandString } from '../expand/word.ts';
import { SPECIAL_BUILTINS } from '../syntax/keywords.ts';
import type { Op } from '../machine/op.ts';
import { isPosix } from '../options/posix-mode.ts';
import { functionText } from '../print/command.ts';
import type { Shell } from '../shell.ts';
import type { Source } from '../syntax/source.ts';
import { addressOf } from '../syntax/source.ts';

export function* defineFunction(shell: Shell, source: Source, node: FunctionNode): Op<void> {
  const name = yield* expandString(shell, node.name);
  const old = shell.functions.get(name);
  const refused = shell.personality === 'bash' && isPosix(shell) ? refusedFunction(name) : undefined;
  if (refused !== undefined) {
    yield* shell.complain(refused);
    shell.status = 2;
    if (!shell.interactive) shell.unwind = { type: 'exit' };
    return;
  }
  if (shell.readonlyFunctions.has(name)) {
    yield* shell.complain(`${name}: readonly function`);
    shell.status = 1;
    return;
  }
  keepFunction(shell, name, source, node, { exported: old?.exported ?? false, traced: old?.traced ?? false });
  shell.status = 0;
}

/** The function is there from now on, whoever has said what it is. */
export function keepFunction(
  shell: Shell,
  name: string,
  source: Source,
  node: FunctionNode,
  marks: { readonly exported: boolean; readonly traced: boolean },
): void {
  shell.sources.set(source.id, source);
  shell.functions.set(name, {
    source,
    node: addressOf(source, node.body),
    pos: node.pos,
    text: functionText(name, node.body, source.text),
    ...marks,
  });
}

/** Why POSIX has no function of that name. */
function refusedFunction(name: string): string | undefined {
  if (SPECIAL_BUILTINS.has(name)) return `\`${name}': is a special builtin`;
  return /^[A-Za-z_]\w*$/.test(name) ? undefined : `\`${name}': not a valid identifier`;
}
