/** `time` in shells that have no such keyword. */
import type { SyntaxNode } from 'unbash';
import { forEachChild } from 'unbash';
import { parseScript } from './source.ts';

/** The text with each `time` of bash's grammar quoted: a command like any other. */
export function withoutTimeKeyword(text: string): string {
  if (!text.includes('time')) return text;
  const places: number[] = [];
  const visit = (node: SyntaxNode): void => {
    if (node.type === 'Pipeline') for (const { type, pos } of node.prefixes) if (type === 'Time') places.push(pos);
    forEachChild(node, visit);
  };
  visit(parseScript(text));
  let quoted = text;
  for (const at of places.toSorted((a, b) => b - a)) quoted = `${quoted.slice(0, at)}\\${quoted.slice(at)}`;
  return quoted;
}
