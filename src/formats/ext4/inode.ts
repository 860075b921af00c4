/** Inodes with their extent trees (fs/ext4/ext4.h, ext4_extents.h). */
import type { BlockMap } from './block-map.ts';
import { crc32c, crc32cOfNumber } from './crc32c.ts';
import { INODE_BYTES } from './geometry.ts';
import { TYPE_BITS } from '../../protocol/file-type.ts';
import type { Ext4Node } from './tree.ts';

export interface ExtentRun {
  /** In the file, and on the device, in blocks. */
  readonly logical: number;
  readonly block: number;
  readonly count: number;
}

/** Where an inode's content is. */
export interface InodeMap {
  /** The 60 bytes of i_block. */
  readonly block: Uint8Array;
  /** In units of 512 bytes. */
  readonly blocks: number;
  readonly flags: number;
  /** Size of a directory, which its blocks decide. */
  readonly bytes?: number;
  /** Holds nothing. */
  readonly empty?: boolean;
}

const EXTENTS_FLAG = 0x8_0000;
const EXTENT_MAGIC = 0xf30a;

function extentHeader(view: DataView, entries: number, most: number, depth: number): void {
  view.setUint16(0, EXTENT_MAGIC, true);
  view.setUint16(2, entries, true);
  view.setUint16(4, most, true);
  view.setUint16(6, depth, true);
}

/** The tree over a file's runs; blocks that its inner nodes take are allocated and written. Undefined without room. */
export function extentMap(
  inode: number,
  runs: readonly ExtentRun[],
  blockBytes: number,
  seed: number,
  map: BlockMap,
  put: (block: number, bytes: Uint8Array) => void,
): InodeMap | undefined {
  let blocks = runs.reduce((sum, { count }) => sum + count, 0);
  const bytes = blocks * blockBytes;
  let entries: readonly Uint8Array[] = runs.map(({ logical, block, count }) => {
    const entry = new Uint8Array(12);
    const view = new DataView(entry.buffer);
    view.setUint32(0, logical, true);
    view.setUint16(4, count, true);
    view.setUint32(8, block, true);
    return entry;
  });
  let depth = 0;
  const most = Math.floor((blockBytes - 12) / 12);
  while (entries.length > 4) {
    const above: Uint8Array[] = [];
    for (let at = 0; at < entries.length; at += most) {
      const part = entries.slice(at, at + most);
      const run = map.allocate(1);
      if (run === undefined) return undefined;
      const node = new Uint8Array(blockBytes);
      const view = new DataView(node.buffer);
      extentHeader(view, part.length, most, depth);
      part.forEach((entry, index) => {
        node.set(entry, 12 + index * 12);
      });
      const tail = 12 + most * 12;
      const start = crc32cOfNumber(crc32cOfNumber(seed, inode), 0);
      view.setUint32(tail, crc32c(start, node.subarray(0, tail)), true);
      put(run.block, node);
      const index = new Uint8Array(12);
      index.set(part[0]?.subarray(0, 4) ?? []);
      new DataView(index.buffer).setUint32(4, run.block, true);
      above.push(index);
      blocks += 1;
    }
    entries = above;
    depth += 1;
  }
  const block = new Uint8Array(60);
  extentHeader(new DataView(block.buffer), entries.length, 4, depth);
  entries.forEach((entry, at) => {
    block.set(entry, 12 + at * 12);
  });
  return { block, blocks: blocks * (blockBytes / 512), flags: EXTENTS_FLAG, bytes };
}

/** Seconds, and the part that holds nanoseconds and what seconds beyond 2038 need. */
function timeWords(ms: number): readonly [seconds: number, extra: number] {
  const seconds = Math.floor(ms / 1000);
  return [seconds >>> 0, (((ms - seconds * 1000) * 1_000_000) << 2) | (Math.floor(seconds / 2 ** 32) & 3)];
}

export function encodeInode(node: Ext4Node, map: InodeMap, seed: number): Uint8Array {
  const bytes = new Uint8Array(INODE_BYTES);
  const view = new DataView(bytes.buffer);
  const half = (at: number, value: number): void => {
    view.setUint16(at, value & 0xffff, true);
  };
  const word = (at: number, value: number): void => {
    view.setUint32(at, value >>> 0, true);
  };
  const size =
    node.type === 'directory' ? (map.bytes ?? 0) : node.type === 'file' || node.type === 'symlink' ? node.size : 0;
  half(0, map.empty === true ? 0 : TYPE_BITS[node.type] | node.mode);
  half(2, node.uid);
  word(4, size % 2 ** 32);
  half(0x18, node.gid);
  half(0x1a, node.links);
  word(0x1c, map.blocks);
  word(0x20, map.flags);
  bytes.set(map.block, 0x28);
  word(0x6c, Math.floor(size / 2 ** 32));
  half(0x78, node.uid >>> 16);
  half(0x7a, node.gid >>> 16);
  half(0x80, map.empty === true ? 0 : 32);
  const [accessed, modified, changed] = node.times.map(timeWords);
  for (const [at, extra, time] of [
    [0x8, 0x8c, accessed],
    [0xc, 0x84, changed],
    [0x10, 0x88, modified],
  ] as const) {
    word(at, time?.[0] ?? 0);
    if (map.empty !== true) word(extra, time?.[1] ?? 0);
  }
  if (map.empty !== true) word(0x90, changed?.[0] ?? 0);
  const sum = crc32c(crc32cOfNumber(crc32cOfNumber(seed, node.inode), 0), bytes);
  half(0x7c, sum);
  if (map.empty !== true) half(0x82, sum >>> 16);
  return bytes;
}
