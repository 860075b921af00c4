/**
 * Which pages of a file have room on its file system: a file of 1 GiB that was made longer by truncate(2) has none, one that
 * fallocate(2) made has all. Apart from what the bytes are: zeros that were written have room as other bytes have.
 */

/** Room is given in pages, as ext4's blocks and tmpfs's pages are, bytes. */
export const PAGE_BYTES = 4096;

export const pagesOf = (bytes: number): number => Math.ceil(bytes / PAGE_BYTES);

/** From a page to the one behind the last. */
export type Extent = readonly [from: number, to: number];

export class Extents {
  /** Ascending, with holes between them. */
  #all: readonly Extent[];

  constructor(extents: readonly Extent[]) {
    this.#all = extents.filter(([from, to]) => from < to);
  }

  get pages(): number {
    return this.#all.reduce((sum, [from, to]) => sum + to - from, 0);
  }

  get all(): readonly Extent[] {
    return this.#all;
  }

  /** Pages from `from` up to `to` without room. */
  missing(from: number, to: number): number {
    const there = this.#all.reduce((sum, [begin, end]) => sum + overlap(begin, end, from, to), 0);
    return Math.max(0, to - from - there);
  }

  /** Where the room for `pages` more, from a page on, ends. */
  reach(from: number, pages: number): number {
    let at = from;
    let left = pages;
    for (const [begin, end] of this.#all) {
      if (end <= at) continue;
      const gap = Math.max(0, begin - at);
      if (gap > left) return at + left;
      left -= gap;
      at = end;
    }
    return at + left;
  }

  add(from: number, to: number): void {
    if (from >= to) return;
    const before = this.#all.filter(([, end]) => end < from);
    const after = this.#all.filter(([begin]) => begin > to);
    const touched = this.#all.slice(before.length, this.#all.length - after.length);
    const first = Math.min(from, touched[0]?.[0] ?? from);
    const last = Math.max(to, touched.at(-1)?.[1] ?? to);
    this.#all = [...before, [first, last], ...after];
  }

  /** Gives room back. */
  cut(from: number, to: number): void {
    if (from >= to) return;
    this.#all = this.#all
      .flatMap(([begin, end]): Extent[] => [
        [begin, Math.min(end, Math.max(begin, from))],
        [Math.max(begin, Math.min(end, to)), end],
      ])
      .filter(([begin, end]) => begin < end);
  }

  /** The first page from here on that has room (or has none, for a hole). */
  next(page: number, kind: 'data' | 'hole'): number | undefined {
    const around = this.#all.find(([begin, end]) => begin <= page && page < end);
    if (kind === 'hole') return around === undefined ? page : around[1];
    return around === undefined ? this.#all.find(([begin]) => begin > page)?.[0] : page;
  }
}

const overlap = (begin: number, end: number, from: number, to: number): number =>
  Math.max(0, Math.min(end, to) - Math.max(begin, from));
