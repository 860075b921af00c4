/** The trees of ps: order and drawing (procps ps/display.c show_tree). */
import type { ProcEntry } from '../process-list.ts';

/** `top` draws them by a mark before the last branch. */
export type ForestStyle = 'bsd' | 'gnu' | 'sysv' | 'top';
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
    const branch = branchOf(marks, style);
    leaves.push({ entry, branch });
    const below = children.get(entry.pid) ?? [];
    for (const [index, child] of below.entries()) {
      const isLast = index === below.length - 1;
      if (entry.pid === 1 && style !== 'sysv' && style !== 'top') show(child, above, above);
      else show(child, [...above, isLast ? 'last' : 'more'], [...above, isLast ? 'blank' : 'line']);
    }
  };
  const roots = entries.filter(({ ppid }) => !known.has(ppid));
  // Trees are looked for from the end, so that kernel threads come before init.
  for (const root of style === 'top' ? roots : roots.toReversed()) show(root, [], []);
  return leaves;
}

function branchOf(marks: readonly Mark[], style: ForestStyle): string {
  if (style === 'sysv') return '  '.repeat(marks.length);
  if (style === 'top') return marks.length === 0 ? '' : `${'    '.repeat(marks.length - 1)} \`- `;
  return marks.map((mark) => DRAWN[mark]).join('');
}
