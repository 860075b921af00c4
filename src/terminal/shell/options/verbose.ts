/** `set -v`: lines of the input, shown when they are read. */
import type { CompoundList, Script, Statement, SyntaxNode } from 'unbash';
import { forEachChild } from 'unbash';
import type { Op } from '../machine/op.ts';
import type { Shell } from '../shell.ts';
import type { Source } from '../syntax/source.ts';

/** Shows what bash has to read before it runs a statement: whole lines, here-documents too. Without one: what is left. */
export function* showLines(
  shell: Shell,
  { text }: Source,
  { commands }: CompoundList | Script,
  at: number,
  statement: Statement | undefined,
): Op<void> {
  const before = commands[at - 1];
  const from = before === undefined ? 0 : endOfLines(text, before);
  const lines = text.slice(from, statement === undefined ? text.length : endOfLines(text, statement));
  yield* shell.write(2, lines.replace(/([^\n])$/, '$1\n'));
}

/** Where the last line of a node ends. */
function endOfLines(text: string, node: SyntaxNode): number {
  const newline = text.indexOf('\n', lastPlace(node) - 1);
  return newline < 0 ? text.length : newline + 1;
}

function lastPlace(node: SyntaxNode): number {
  let last = node.end;
  forEachChild(node, (child) => {
    last = Math.max(last, lastPlace(child));
  });
  return last;
}
