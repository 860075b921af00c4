/** `set -v` and `set -o history`: lines of the input, shown and kept when they are read. */
import type { CompoundList, Script, Statement, SyntaxNode } from 'unbash';
import { forEachChild } from 'unbash';
import { addToHistory } from '../prompt/history.ts';
import { joinCommandLines } from '../prompt/history-line.ts';
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

/** Whether a statement is the first that is read with the last line of the text. */
export function readsToEnd({ text }: Source, { commands }: CompoundList | Script, at: number): boolean {
  const [before, statement] = [commands[at - 1], commands[at]];
  if (statement === undefined || endOfLines(text, statement) < text.length) return false;
  return before === undefined || endOfLines(text, before) < text.length;
}

/** Keeps the lines of a statement in the list of the history, where no statement of theirs has been read before. */
export function rememberLines(
  shell: Shell,
  { text }: Source,
  { commands }: CompoundList | Script,
  at: number,
  statement: Statement,
): void {
  const before = commands[at - 1];
  const from = before === undefined ? 0 : endOfLines(text, before);
  if (statement.pos < from) return;
  const lines = text.slice(
    from,
    endOfLines(text, commands.findLast(({ pos }) => pos < endOfLines(text, statement)) ?? statement),
  );
  const kept = lines.replace(/\n+$/, '').replace(/^(?:\s*\n)+/, '');
  if (kept.trim() !== '') shell.remembered = addToHistory(shell, joinCommandLines(kept));
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
