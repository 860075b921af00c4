/** Differences of two lists of lines, those that GNU diff finds. */
import { confusingLines } from './confusing-lines.ts';
import { editScript } from './edit-script.ts';
import { shiftBoundaries } from './shift-boundaries.ts';

/** Lines `from`…`to` of the left were replaced by `other`…`otherTo` of the right (ends excluded). */
export interface Change {
  readonly from: number;
  readonly to: number;
  readonly other: number;
  readonly otherTo: number;
}

export interface CompareOptions {
  /** What lines are compared by. */
  readonly key: (line: string) => string;
  /** How many lines of the common beginning and end take part. */
  readonly horizon: number;
  /** Seeks the shortest list of changes, whatever it costs. */
  readonly minimal: boolean;
}

export function compareLines(
  left: readonly string[],
  right: readonly string[],
  { key, horizon, minimal }: CompareOptions,
): readonly Change[] {
  const { start, end } = commonEnds(left, right, horizon);
  const classOf = classes(key);
  const ours = left.slice(start, left.length - end).map(classOf);
  const theirs = right.slice(start, right.length - end).map(classOf);
  const gone = minimal ? ours.map(() => false) : [...confusingLines(ours, theirs)];
  const come = minimal ? theirs.map(() => false) : [...confusingLines(theirs, ours)];
  markChanges(ours, theirs, { gone, come, minimal });
  shiftBoundaries(ours, gone, come);
  shiftBoundaries(theirs, come, gone);
  return gather(gone, come, start);
}

/** Lines that are the same at the beginning and at the end, less the horizon. */
function commonEnds(
  left: readonly string[],
  right: readonly string[],
  horizon: number,
): { readonly start: number; readonly end: number } {
  const shorter = Math.min(left.length, right.length);
  let start = 0;
  while (start < shorter && left[start] === right[start]) start += 1;
  start = Math.max(0, start - horizon);
  let end = 0;
  while (end < shorter - start && left.at(-1 - end) === right.at(-1 - end)) end += 1;
  return { start, end: Math.max(0, end - horizon) };
}

/** Equal keys get equal numbers. */
function classes(key: (line: string) => string): (line: string) => number {
  const known = new Map<string, number>();
  return (line) => {
    const text = key(line);
    const found = known.get(text) ?? known.size;
    known.set(text, found);
    return found;
  };
}

interface Marks {
  /** Lines that go and come; those that are marked from the start are no longer compared. */
  readonly gone: boolean[];
  readonly come: boolean[];
  readonly minimal: boolean;
}

function markChanges(ours: readonly number[], theirs: readonly number[], { gone, come, minimal }: Marks): void {
  const kept = (marks: readonly boolean[]): readonly number[] => marks.flatMap((mark, at) => (mark ? [] : [at]));
  const [lefts, rights] = [kept(gone), kept(come)];
  editScript({
    left: lefts.map((at) => ours[at] ?? -1),
    right: rights.map((at) => theirs[at] ?? -1),
    remove: (at) => {
      gone[lefts[at] ?? 0] = true;
    },
    insert: (at) => {
      come[rights[at] ?? 0] = true;
    },
    minimal,
  });
}

function gather(gone: readonly boolean[], come: readonly boolean[], start: number): readonly Change[] {
  const changes: Change[] = [];
  let [a, b] = [0, 0];
  while (a < gone.length || b < come.length) {
    if (gone[a] !== true && come[b] !== true) {
      a += 1;
      b += 1;
      continue;
    }
    const [from, other] = [a, b];
    while (gone[a] === true) a += 1;
    while (come[b] === true) b += 1;
    changes.push({ from: from + start, to: a + start, other: other + start, otherTo: b + start });
  }
  return changes;
}
