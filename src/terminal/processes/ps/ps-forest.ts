/** The trees of ps: order and drawing (procps ps/display.c show_tree). */
import type { ProcEntry } from '../process-list.ts';

export type ForestStyle = 'bsd' | 'gnu' | 'sysv';
export interface Leaf {
  readonly entry: ProcEntry;
  /** What stands before the command. */
  readonly branch: string;
}

type Mark = 'last' | 'more' | 'line' | 'blank';
const DRAWN: Readonly<Record<Mark, string>> = { last: ' \\_ ', more: ' \\_ ', line: ' |  ', blank: '    ' };

/** Processes below their parents. Children of process 1 stand at its level, but for -H. */
export function forestOf(entries: readonly ProcEntry[], style: ForestStyle): readonly Leaf[] {
  const children = new Map<number, ProcEntry[]>();
  const known = new Set(entries.map(({ pid }) => pid));
  for (const entry of entries) children.set(entry.ppid, [...(children.get(entry.ppid) ?? []), entry]);
  const leaves: Leaf[] = [];
  const show = (entry: ProcEntry, marks: readonly Mark[], above: readonly Mark[]): void => {
    const branch = marks.map((mark) => (style === 'sysv' ? '  ' : DRAWN[mark])).join('');
    leaves.push({ entry, branch });
    const below = children.get(entry.pid) ?? [];
    for (const [index, child] of below.entries()) {
      const isLast = index === below.length - 1;
      if (entry.pid === 1 && style !== 'sysv') show(child, above, above);
      else show(child, [...above, isLast ? 'last' : 'more'], [...above, isLast ? 'blank' : 'line']);
    }
  };
  // Trees are looked for from the end, so that kernel threads come before init.
  for (const root of entries.filter(({ ppid }) => !known.has(ppid)).toReversed()) show(root, [], []);
  return leaves;
}
