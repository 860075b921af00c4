import type { HereDoc, Statement, SyntaxNode } from 'unbash';
import { forEachChild } from 'unbash';
import type { Op } from '../machine/op.ts';
import type { Shell } from '../shell.ts';
import type { Source } from './source.ts';
import { lineOf } from './source.ts';

/** Warns of here-documents that end with the input, before the statements of the last line run: they can only stand in these. */
export function* warnOfOpenDocuments(shell: Shell, source: Source, statements: readonly Statement[]): Op<void> {
  const open = statements.flatMap(openDocuments);
  if (open.length === 0) return;
  const last = lineOf(source, source.text.replace(/\n$/, '').length);
  shell.at = { source, pos: source.text.replace(/\n$/, '').length };
  for (const [at, { body, delimiter }] of open.entries()) {
    const line = at === 0 ? lineOf(source, body.pos) - 1 : last;
    yield* shell.complain(
      `warning: here-document at line ${String(line)} delimited by end-of-file (wanted \`${delimiter?.value ?? ''}')`,
    );
  }
}

function openDocuments(node: SyntaxNode): readonly HereDoc[] {
  if (node.type === 'HereDoc') return node.closing === undefined ? [node] : [];
  const found: HereDoc[] = [];
  forEachChild(node, (child) => {
    found.push(...openDocuments(child));
  });
  return found;
}
