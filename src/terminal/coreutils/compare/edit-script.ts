/**
 * A short edit script by divide and conquer (Myers 1986, section 4b): the middle of an optimal path is searched from both
 * ends at once. Beyond a bound of cost the furthest point reached so far is taken for the middle.
 */

export interface Sequences {
  readonly left: readonly number[];
  readonly right: readonly number[];
  /** What is called for each element that goes and each that comes. */
  readonly remove: (at: number) => void;
  readonly insert: (at: number) => void;
  /** Never gives up on the shortest script. */
  readonly minimal: boolean;
}

interface Box {
  readonly x: number;
  readonly xEnd: number;
  readonly y: number;
  readonly yEnd: number;
  readonly minimal: boolean;
}

interface Middle {
  readonly x: number;
  readonly y: number;
  readonly lowMinimal: boolean;
  readonly highMinimal: boolean;
}

/** Steps from both ends that are always taken before the search gives up. */
const LEAST_BOUND = 4_096;

export function editScript(given: Sequences): void {
  const { left, right } = given;
  const diagonals = left.length + right.length + 3;
  let bound = 1;
  for (let rest = diagonals; rest !== 0; rest >>= 2) bound <<= 1;
  const search = new MiddleSearch(given, Math.max(LEAST_BOUND, bound));
  compareBox(given, search, { x: 0, xEnd: left.length, y: 0, yEnd: right.length, minimal: given.minimal });
}

function compareBox(given: Sequences, search: MiddleSearch, box: Box): void {
  const { left, right } = given;
  let { x, xEnd, y, yEnd } = box;
  while (x < xEnd && y < yEnd && left[x] === right[y]) {
    x += 1;
    y += 1;
  }
  while (x < xEnd && y < yEnd && left[xEnd - 1] === right[yEnd - 1]) {
    xEnd -= 1;
    yEnd -= 1;
  }
  if (x === xEnd) for (; y < yEnd; y += 1) given.insert(y);
  else if (y === yEnd) for (; x < xEnd; x += 1) given.remove(x);
  else {
    const middle = search.find({ x, xEnd, y, yEnd, minimal: box.minimal });
    compareBox(given, search, { x, xEnd: middle.x, y, yEnd: middle.y, minimal: middle.lowMinimal });
    compareBox(given, search, { x: middle.x, xEnd, y: middle.y, yEnd, minimal: middle.highMinimal });
  }
}

/** The points reached on each diagonal x - y, from the beginning forwards and from the end backwards. */
class MiddleSearch {
  readonly #forward: Int32Array;
  readonly #backward: Int32Array;
  /** Where diagonal 0 stands in both. */
  readonly #zero: number;

  constructor(
    private readonly given: Sequences,
    private readonly bound: number,
  ) {
    const { left, right } = given;
    this.#forward = new Int32Array(left.length + right.length + 3);
    this.#backward = new Int32Array(left.length + right.length + 3);
    this.#zero = right.length + 1;
  }

  find(box: Box): Middle {
    const [least, greatest] = [box.x - box.yEnd, box.xEnd - box.y];
    const ahead: Span = { from: box.x - box.y, to: box.x - box.y };
    const back: Span = { from: box.xEnd - box.yEnd, to: box.xEnd - box.yEnd };
    const isOdd = ((ahead.from - back.from) & 1) !== 0;
    this.#forward[this.#zero + ahead.from] = box.x;
    this.#backward[this.#zero + back.from] = box.xEnd;
    for (let cost = 1; ; cost += 1) {
      this.#widen(this.#forward, ahead, [least, greatest], -1);
      const met = this.#stepForward(box, ahead, isOdd ? back : undefined);
      if (met !== undefined) return met;
      this.#widen(this.#backward, back, [least, greatest], 0x7fff_ffff);
      const crossed = this.#stepBackward(box, back, isOdd ? undefined : ahead);
      if (crossed !== undefined) return crossed;
      if (!box.minimal && cost >= this.bound) return this.#furthest(box, ahead, back);
    }
  }

  /** One diagonal more on both sides, or one less where the box ends. */
  #widen(points: Int32Array, span: Span, [least, greatest]: readonly [number, number], none: number): void {
    if (span.from > least) {
      span.from -= 1;
      points[this.#zero + span.from - 1] = none;
    } else span.from += 1;
    if (span.to < greatest) {
      span.to += 1;
      points[this.#zero + span.to + 1] = none;
    } else span.to -= 1;
  }

  #stepForward({ xEnd, yEnd }: Box, { from, to }: Span, against: Span | undefined): Middle | undefined {
    const { left, right } = this.given;
    const points = this.#forward;
    for (let diagonal = to; diagonal >= from; diagonal -= 2) {
      const at = this.#zero + diagonal;
      const [low, high] = [points[at - 1] ?? 0, points[at + 1] ?? 0];
      let x = low < high ? high : low + 1;
      while (x < xEnd && x - diagonal < yEnd && left[x] === right[x - diagonal]) x += 1;
      points[at] = x;
      if (against !== undefined && against.from <= diagonal && diagonal <= against.to && (this.#backward[at] ?? 0) <= x)
        return { x, y: x - diagonal, lowMinimal: true, highMinimal: true };
    }
    return undefined;
  }

  #stepBackward({ x: xStart, y: yStart }: Box, { from, to }: Span, against: Span | undefined): Middle | undefined {
    const { left, right } = this.given;
    const points = this.#backward;
    for (let diagonal = to; diagonal >= from; diagonal -= 2) {
      const at = this.#zero + diagonal;
      const [low, high] = [points[at - 1] ?? 0, points[at + 1] ?? 0];
      let x = low < high ? low : high - 1;
      while (xStart < x && yStart < x - diagonal && left[x - 1] === right[x - diagonal - 1]) x -= 1;
      points[at] = x;
      if (against !== undefined && against.from <= diagonal && diagonal <= against.to && x <= (this.#forward[at] ?? 0))
        return { x, y: x - diagonal, lowMinimal: true, highMinimal: true };
    }
    return undefined;
  }

  /** The point with most behind it, of both directions. */
  #furthest(box: Box, ahead: Span, back: Span): Middle {
    let forward = { x: 0, sum: -1 };
    for (let diagonal = ahead.to; diagonal >= ahead.from; diagonal -= 2) {
      const reached = Math.min(this.#forward[this.#zero + diagonal] ?? 0, box.xEnd);
      const x = Math.min(reached, box.yEnd + diagonal);
      if (forward.sum < 2 * x - diagonal) forward = { x, sum: 2 * x - diagonal };
    }
    let backward = { x: 0, sum: Infinity };
    for (let diagonal = back.to; diagonal >= back.from; diagonal -= 2) {
      const reached = Math.max(box.x, this.#backward[this.#zero + diagonal] ?? 0);
      const x = Math.max(reached, box.y + diagonal);
      if (2 * x - diagonal < backward.sum) backward = { x, sum: 2 * x - diagonal };
    }
    return box.xEnd + box.yEnd - backward.sum < forward.sum - (box.x + box.y)
      ? { x: forward.x, y: forward.sum - forward.x, lowMinimal: true, highMinimal: false }
      : { x: backward.x, y: backward.sum - backward.x, lowMinimal: false, highMinimal: true };
  }
}

/** Diagonals from … to, every other one of them in use. */
interface Span {
  from: number;
  to: number;
}
