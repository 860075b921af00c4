import { groupStart, GROUPS_PER_FLEX, hasSuperblock, type Ext4Geometry } from './geometry.ts';

export interface GroupTables {
  readonly blockBitmap: number;
  readonly inodeBitmap: number;
  readonly table: number;
}

/** Which blocks are taken, one bit each; begins with the file system's own tables, gathered per 16 groups (flex_bg). */
export class BlockMap {
  readonly #bits: Uint8Array;
  readonly #tables: GroupTables[] = [];
  /** The lowest block that may be free, from the first. */
  #next = 0;
  free: number;

  constructor(private readonly geometry: Ext4Geometry) {
    const { blocks, firstBlock, groups, blocksPerGroup, descriptorBlocks, spareDescriptorBlocks, tableBlocks } =
      geometry;
    this.#bits = new Uint8Array((groups * blocksPerGroup) / 8);
    this.free = blocks - firstBlock;
    for (let at = blocks - firstBlock; at < groups * blocksPerGroup; at += 1) this.#set(at);
    for (let group = 0; group < groups; group += 1)
      if (hasSuperblock(group)) this.#take(group * blocksPerGroup, 1 + descriptorBlocks + spareDescriptorBlocks);
    for (let flex = 0; flex < groups; flex += GROUPS_PER_FLEX) {
      const count = Math.min(GROUPS_PER_FLEX, groups - flex);
      const from = flex * blocksPerGroup;
      const several = (each: number): number[] => Array.from({ length: count }, () => this.#run(from, each));
      const blockBitmaps = several(1);
      const inodeBitmaps = several(1);
      const tables = several(tableBlocks);
      for (let at = 0; at < count; at += 1)
        this.#tables.push({
          blockBitmap: firstBlock + (blockBitmaps[at] ?? 0),
          inodeBitmap: firstBlock + (inodeBitmaps[at] ?? 0),
          table: firstBlock + (tables[at] ?? 0),
        });
    }
  }

  tables(group: number): GroupTables {
    return this.#tables[group] ?? { blockBitmap: 0, inodeBitmap: 0, table: 0 };
  }

  /** Takes up to so many free blocks in a row, the lowest; undefined where none is left. */
  allocate(most: number): { readonly block: number; readonly count: number } | undefined {
    const end = this.geometry.blocks - this.geometry.firstBlock;
    let at = this.#next;
    while (at < end && this.#isSet(at)) at += 1;
    this.#next = at;
    if (at >= end) return undefined;
    let count = 0;
    // An extent is no longer than 32,768 blocks.
    while (count < Math.min(most, 32_768) && at + count < end && !this.#isSet(at + count)) count += 1;
    this.#take(at, count);
    this.#next = at + count;
    return { block: this.geometry.firstBlock + at, count };
  }

  bitmap(group: number): Uint8Array {
    const { blocksPerGroup, blockBytes } = this.geometry;
    const bytes = new Uint8Array(blockBytes);
    bytes.set(this.#bits.subarray((group * blocksPerGroup) / 8, ((group + 1) * blocksPerGroup) / 8));
    return bytes;
  }

  freeIn(group: number): number {
    const { blocksPerGroup, blocks } = this.geometry;
    const count = Math.min(blocksPerGroup, blocks - groupStart(this.geometry, group));
    let free = 0;
    for (let at = 0; at < count; at += 1) if (!this.#isSet(group * blocksPerGroup + at)) free += 1;
    return free;
  }

  /** So many blocks in a row from a place on. */
  #run(from: number, count: number): number {
    for (let at = from; ; at += 1) {
      let length = 0;
      while (length < count && !this.#isSet(at + length)) length += 1;
      if (length === count) {
        this.#take(at, count);
        return at;
      }
      at += length;
    }
  }

  #take(from: number, count: number): void {
    for (let at = from; at < from + count; at += 1) this.#set(at);
    this.free -= count;
  }

  #set(at: number): void {
    this.#bits[at >> 3] = (this.#bits[at >> 3] ?? 0) | (1 << (at & 7));
  }

  #isSet(at: number): boolean {
    return ((this.#bits[at >> 3] ?? 255) & (1 << (at & 7))) !== 0;
  }
}
