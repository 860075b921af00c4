/**
 * The bytes of one file and the room they have on its file system. The bytes are kept in pieces: a file grows without being copied, a piece of zeros is a hole, and a piece equal to the
 * one before it is the same object. So a swap file or what `yes` writes takes next to nothing of the page's memory.
 */
import { EMPTY_BYTES } from '../../../../protocol/bytes.ts';
import { ContentBudget } from './content-budget.ts';
import { Extents, PAGE_BYTES, pagesOf, type Extent } from './extents.ts';

export const PIECE_BYTES = 65_536;
/** Bytes behind this are not kept: the list of pieces would be longer than what is in them. */
const FARTHEST_BYTES = 2 ** 38;

interface Piece {
  /** With room to grow, at most PIECE_BYTES. */
  bytes: Uint8Array;
  /** Written so far; what lies beyond, up to the file's end, is zeros. */
  used: number;
  /** Places in the file that show it; one that has several is copied before it changes. */
  references: number;
}

/** Equal pieces in a row are one run; null is a hole. */
export interface SavedContent {
  readonly length: number;
  readonly runs: readonly (readonly [count: number, bytes: Uint8Array | null])[];
  /** Absent: room for all of its length. */
  readonly extents?: readonly Extent[] | undefined;
}

export class FileContent {
  #pieces: (Piece | undefined)[] = [];
  #length = 0;
  /** Where its room is not one run for all of its length. */
  #extents: Extents | undefined;

  constructor(private budget: ContentBudget) {}

  get length(): number {
    return this.#length;
  }

  get pages(): number {
    return this.#extents?.pages ?? pagesOf(this.#length);
  }

  /** How many of these pages have no room yet. */
  missing(from: number, to: number): number {
    return this.#extents?.missing(from, to) ?? Math.max(0, to - Math.max(from, pagesOf(this.#length)));
  }

  /** Where room for `pages` more, from a page on, ends. */
  reach(from: number, pages: number): number {
    return this.#explicit().reach(from, pages);
  }

  /** Gives pages room, whether or not the file is that long. */
  allocate(from: number, to: number): void {
    this.#extents = this.#explicit();
    this.#extents.add(from, to);
  }

  /** Takes whole pages away; all of the part reads as zeros. */
  punchHole(from: number, to: number): void {
    this.#extents = this.#explicit();
    this.#extents.cut(pagesOf(from), Math.floor(to / PAGE_BYTES));
    this.#clear(from, Math.min(to, this.#length));
  }

  /** SEEK_DATA and SEEK_HOLE: where the next one begins; the end counts as a hole. Undefined where there is none. */
  next(offset: number, kind: 'data' | 'hole'): number | undefined {
    if (offset >= this.#length) return undefined;
    const page = this.#explicit().next(Math.floor(offset / PAGE_BYTES), kind);
    const at = page === undefined ? this.#length : Math.max(offset, page * PAGE_BYTES);
    return at < this.#length ? at : kind === 'data' ? undefined : this.#length;
  }

  #explicit(): Extents {
    return this.#extents ?? new Extents([[0, pagesOf(this.#length)]]);
  }

  /** Its file system is gone: what it holds counts no more, though somebody may have it open. */
  leaveBudget(): void {
    for (const piece of new Set(this.#pieces)) this.budget.held -= piece?.used ?? 0;
    this.budget = new ContentBudget();
  }

  read(offset: number, max: number): Uint8Array {
    const end = Math.min(this.#length, offset + max);
    if (offset >= end) return EMPTY_BYTES;
    const out = new Uint8Array(end - offset);
    for (let at = offset; at < end;) {
      const from = at % PIECE_BYTES;
      const count = Math.min(end - at, PIECE_BYTES - from);
      const bytes = this.#pieces[Math.floor(at / PIECE_BYTES)]?.bytes;
      if (bytes !== undefined) out.set(bytes.subarray(from, from + count), at - offset);
      at += count;
    }
    return out;
  }

  /** Answers how many bytes the budget had room for. */
  write(offset: number, bytes: Uint8Array): number {
    const first = Math.floor(offset / PAGE_BYTES);
    if (first > pagesOf(this.#length)) this.#extents = this.#explicit();
    let done = 0;
    while (done < bytes.length) {
      const at = offset + done;
      const from = at % PIECE_BYTES;
      const room = PIECE_BYTES - from;
      // Nearly every file is one small piece: making a view of it takes longer than writing it.
      const part = done === 0 && bytes.length <= room ? bytes : bytes.subarray(done, done + room);
      if (!this.#put(Math.floor(at / PIECE_BYTES), from, part)) break;
      done += part.length;
      this.#length = Math.max(this.#length, at + part.length);
    }
    if (done > 0) this.#extents?.add(first, pagesOf(offset + done));
    return done;
  }

  /** Longer: with a hole at its end. */
  truncate(size: number): void {
    if (pagesOf(size) > pagesOf(this.#length)) this.#extents = this.#explicit();
    // Room behind the end is given back, also where the length stays.
    if (size <= this.#length) this.#extents?.cut(pagesOf(size), Infinity);
    if (size === 0) this.#extents = undefined;
    const kept = Math.ceil(size / PIECE_BYTES);
    for (let index = kept; index < this.#pieces.length; index += 1) this.#drop(index);
    this.#pieces.length = Math.min(this.#pieces.length, kept);
    const rest = size - (kept - 1) * PIECE_BYTES;
    if ((this.#pieces[kept - 1]?.used ?? 0) > rest) this.#shorten(kept - 1, rest);
    this.#length = size;
  }

  /** Makes zeros of a part. */
  #clear(from: number, to: number): void {
    for (let at = from; at < Math.min(to, this.#pieces.length * PIECE_BYTES);) {
      const index = Math.floor(at / PIECE_BYTES);
      const begin = index * PIECE_BYTES;
      const end = Math.min(to, begin + PIECE_BYTES);
      const used = this.#pieces[index]?.used ?? 0;
      if (at === begin && end >= Math.min(begin + PIECE_BYTES, this.#length)) this.#drop(index);
      else if (used > 0) this.#own(index, used)?.bytes.fill(0, at - begin, Math.min(used, end - begin));
      at = end;
    }
  }

  save(): SavedContent {
    const runs: [number, Uint8Array | null][] = [];
    const saved = new Map<Piece, Uint8Array>();
    for (const piece of this.#pieces) {
      let bytes = piece === undefined ? null : saved.get(piece);
      if (piece !== undefined && bytes === undefined) {
        bytes = piece.bytes.slice(0, piece.used);
        saved.set(piece, bytes);
      }
      const run = runs.at(-1);
      if (run !== undefined && run[1] === bytes) run[0] += 1;
      else runs.push([1, bytes ?? null]);
    }
    const behind = Math.ceil(this.#length / PIECE_BYTES) - this.#pieces.length;
    if (behind > 0) runs.push([behind, null]);
    return { length: this.#length, runs, ...(this.#extents === undefined ? {} : { extents: this.#extents.all }) };
  }

  /** What it takes of the budget is in there already. */
  static load(saved: SavedContent, budget: ContentBudget): FileContent {
    const content = new FileContent(budget);
    const pieces = new Map<Uint8Array, Piece>();
    for (const [at, [count, bytes]] of saved.runs.entries()) {
      if (bytes === null && at === saved.runs.length - 1) break;
      let piece = bytes === null ? undefined : pieces.get(bytes);
      if (bytes !== null && piece === undefined) {
        piece = { bytes: bytes.slice(), used: bytes.length, references: 0 };
        pieces.set(bytes, piece);
      }
      if (piece !== undefined) piece.references += count;
      for (let i = 0; i < count; i += 1) content.#pieces.push(piece);
    }
    content.#length = saved.length;
    if (saved.extents !== undefined) content.#extents = new Extents(saved.extents);
    return content;
  }

  #put(index: number, from: number, part: Uint8Array): boolean {
    if (index * PIECE_BYTES >= FARTHEST_BYTES) return this.budget.refuse();
    const whole = part.length === PIECE_BYTES;
    if (whole && this.#fold(index, part)) return true;
    const piece = this.#own(index, from + part.length);
    if (piece === undefined) return false;
    piece.bytes.set(part, from);
    if (!whole && from + part.length === PIECE_BYTES) this.#fold(index, piece.bytes);
    return true;
  }

  /** Shows a full piece as a hole or as the one before it where it is equal; false where it is like neither. */
  #fold(index: number, bytes: Uint8Array): boolean {
    const before = index > 0 ? this.#pieces[index - 1] : undefined;
    const same = before?.used === PIECE_BYTES && equal(before.bytes, bytes) ? before : undefined;
    if (same === undefined && !isZero(bytes)) return false;
    if (same !== undefined) same.references += 1;
    this.#drop(index);
    this.#place(index, same);
    return true;
  }

  /** The piece for this place alone, with so many bytes at least; undefined where the budget has no room. */
  #own(index: number, size: number): Piece | undefined {
    const piece = this.#pieces[index];
    const used = Math.max(size, piece?.used ?? 0);
    const own = piece?.references === 1 ? piece : undefined;
    const more = used - (own?.used ?? 0);
    if (more > 0 && !this.budget.take(more)) return undefined;
    if (own !== undefined && own.bytes.length >= size) {
      own.used = used;
      return own;
    }
    // Small files are as large as they are; what is appended to again and again doubles.
    const bytes = new Uint8Array(Math.min(PIECE_BYTES, Math.max(used, 2 * (own?.used ?? 0))));
    if (piece !== undefined) bytes.set(piece.bytes.subarray(0, piece.used));
    const made: Piece = { bytes, used, references: 1 };
    if (piece !== undefined && own === undefined) piece.references -= 1;
    this.#place(index, made);
    return made;
  }

  #shorten(index: number, used: number): void {
    const piece = this.#pieces[index];
    if (piece === undefined) return;
    const bytes = piece.bytes.slice(0, used);
    this.#drop(index);
    this.budget.held += used;
    this.#place(index, { bytes, used, references: 1 });
  }

  #place(index: number, piece: Piece | undefined): void {
    while (this.#pieces.length < index) this.#pieces.push(undefined);
    this.#pieces[index] = piece;
  }

  #drop(index: number): void {
    const piece = this.#pieces[index];
    if (piece === undefined) return;
    piece.references -= 1;
    if (piece.references === 0) this.budget.held -= piece.used;
    this.#pieces[index] = undefined;
  }
}

/** What a saved content takes of the budget. */
export function heldBytes({ runs }: SavedContent): number {
  let held = 0;
  for (const bytes of new Set(runs.map(([, each]) => each))) held += bytes?.length ?? 0;
  return held;
}

/** Four bytes at a time where they lie so. */
const wordsOf = (bytes: Uint8Array): ArrayLike<number> =>
  bytes.byteOffset % 4 === 0 && bytes.length % 4 === 0
    ? new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4)
    : bytes;

function equal(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  const [left, right] = a.byteOffset % 4 === b.byteOffset % 4 ? [wordsOf(a), wordsOf(b)] : [a, b];
  for (let i = 0; i < left.length; i += 1) if (left[i] !== right[i]) return false;
  return true;
}

function isZero(bytes: Uint8Array): boolean {
  const words = wordsOf(bytes);
  for (let i = 0; i < words.length; i += 1) if (words[i] !== 0) return false;
  return true;
}
