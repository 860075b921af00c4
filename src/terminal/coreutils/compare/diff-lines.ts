/** Differences of two lists of lines, with runs of changes slid as far down as they go (as GNU diff shows them). */

/** Lines `from`…`to` of the left were replaced by `other`…`otherTo` of the right (ends excluded). */
export interface Change {
  readonly from: number;
  readonly to: number;
  readonly other: number;
  readonly otherTo: number;
}

export function compareLines(left: readonly string[], right: readonly string[]): readonly Change[] {
  const gone = new Array<boolean>(left.length).fill(false);
  const come = new Array<boolean>(right.length).fill(false);
  markChanges(left, right, gone, come);
  slide(left, gone, come);
  slide(right, come, gone);
  return gather(gone, come);
}

/** Edits beyond which the rest of both lists counts as replaced: the memory of the search grows with their square. */
const MAX_EDITS = 2000;

/** Marks the lines of a shortest edit script (Myers 1986, greedy, with the furthest points of every step kept). */
function markChanges(left: readonly string[], right: readonly string[], gone: boolean[], come: boolean[]): void {
  let start = 0;
  while (start < left.length && start < right.length && left[start] === right[start]) start += 1;
  let [leftEnd, rightEnd] = [left.length, right.length];
  while (leftEnd > start && rightEnd > start && left[leftEnd - 1] === right[rightEnd - 1]) {
    leftEnd -= 1;
    rightEnd -= 1;
  }
  const steps = search(left.slice(start, leftEnd), right.slice(start, rightEnd));
  if (steps === undefined) {
    gone.fill(true, start, leftEnd);
    come.fill(true, start, rightEnd);
    return;
  }
  let [x, y] = [leftEnd - start, rightEnd - start];
  for (let edits = steps.length - 1; edits > 0; edits -= 1) {
    const before = steps[edits - 1] ?? [];
    const diagonal = x - y;
    const isInsertion =
      diagonal === -edits || (diagonal !== edits && at(before, diagonal - 1) < at(before, diagonal + 1));
    const fromX = at(before, isInsertion ? diagonal + 1 : diagonal - 1);
    const fromY = fromX - (isInsertion ? diagonal + 1 : diagonal - 1);
    if (isInsertion) come[start + fromY] = true;
    else gone[start + fromX] = true;
    [x, y] = [fromX, fromY];
  }
}

/** Furthest points on each diagonal after 0, 1, 2 … edits, diagonals folded as 0, -1, 1, -2, 2 …; undefined beyond the bound. */
function search(left: readonly string[], right: readonly string[]): readonly (readonly number[])[] | undefined {
  const steps: number[][] = [];
  for (let edits = 0; edits <= Math.min(MAX_EDITS, left.length + right.length); edits += 1) {
    const before = steps[edits - 1] ?? [];
    const points: number[] = new Array<number>(2 * edits + 1).fill(-1);
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      const isInsertion =
        diagonal === -edits || (diagonal !== edits && at(before, diagonal - 1) < at(before, diagonal + 1));
      let x = edits === 0 ? 0 : isInsertion ? at(before, diagonal + 1) : at(before, diagonal - 1) + 1;
      while (x < left.length && x - diagonal < right.length && left[x] === right[x - diagonal]) x += 1;
      points[folded(diagonal)] = x;
      if (x >= left.length && x - diagonal >= right.length) return [...steps, points];
    }
    steps.push(points);
  }
  return undefined;
}

const folded = (diagonal: number): number => (diagonal < 0 ? -2 * diagonal - 1 : 2 * diagonal);
const at = (points: readonly number[], diagonal: number): number => points[folded(diagonal)] ?? -1;

/** Moves each run of changes towards the end while the line it leaves equals the line it takes, unless that would cross a change of the other side. */
function slide(lines: readonly string[], changed: boolean[], others: readonly boolean[]): void {
  let at = 0;
  let other = 0;
  while (at < lines.length) {
    while (at < lines.length && changed[at] !== true) {
      while (others[other] === true) other += 1;
      at += 1;
      other += 1;
    }
    if (at >= lines.length) return;
    let start = at;
    while (changed[at] === true) at += 1;
    let paired = others[other] === true;
    while (!paired && at < lines.length && lines[start] === lines[at]) {
      changed[start] = false;
      changed[at] = true;
      start += 1;
      at += 1;
      other += 1;
      while (changed[at] === true) at += 1;
      paired = others[other] === true;
    }
    while (others[other] === true) other += 1;
  }
}

function gather(gone: readonly boolean[], come: readonly boolean[]): readonly Change[] {
  const changes: Change[] = [];
  let a = 0;
  let b = 0;
  while (a < gone.length || b < come.length) {
    if (gone[a] !== true && come[b] !== true) {
      a += 1;
      b += 1;
      continue;
    }
    const [from, other] = [a, b];
    while (gone[a] === true) a += 1;
    while (come[b] === true) b += 1;
    changes.push({ from, to: a, other, otherTo: b });
  }
  return changes;
}
