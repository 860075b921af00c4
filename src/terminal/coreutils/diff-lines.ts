/** Differences of two lists of lines, with runs of changes slid as far down as they go (as GNU diff shows them). */
import { diffArrays } from 'diff';

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
  let a = 0;
  let b = 0;
  for (const part of diffArrays([...left], [...right])) {
    const count = part.value.length;
    if (part.removed) {
      gone.fill(true, a, a + count);
      a += count;
    } else if (part.added) {
      come.fill(true, b, b + count);
      b += count;
    } else {
      a += count;
      b += count;
    }
  }
  slide(left, gone, come);
  slide(right, come, gone);
  return gather(gone, come);
}

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
