/**
 * A whole ext4 file system as the blocks of a device, as mke2fs and the kernel leave them after a clean unmount: e2fsck finds
 * nothing to mend in it.
 * Leaves out: hashed directories (entries stand in a row), extended attributes, what the journal held before.
 */
import { encodeUtf8 } from '../../protocol/bytes.ts';
import { BlockMap } from './block-map.ts';
import { crc32c, crc32cOfNumber } from './crc32c.ts';
import { directoryBlocks } from './directory.ts';
import {
  DESCRIPTOR_BYTES,
  FIRST_INODE,
  groupStart,
  hasSuperblock,
  INODE_BYTES,
  inodeCount,
  type Ext4Geometry,
} from './geometry.ts';
import { encodeInode, extentMap, type ExtentRun, type InodeMap } from './inode.ts';
import { encodeSuperblock, SUPERBLOCK_AT, type Ext4Identity } from './superblock.ts';
import type { Ext4Node } from './tree.ts';

export type WriteBytes = (offset: number, bytes: Uint8Array) => void;

export interface Ext4Counts {
  readonly freeBlocks: number;
  readonly freeInodes: number;
}

const RESIZE_INODE = 7;
const JOURNAL_INODE = 8;
const ROOT_INODE = 2;
const LOST_AND_FOUND = 11;

/** Writes everything; undefined where the nodes do not find room (nothing useful has been written then). */
export function encodeExt4(
  geometry: Ext4Geometry,
  identity: Ext4Identity,
  nodes: readonly Ext4Node[],
  write: WriteBytes,
): Ext4Counts | undefined {
  const { blockBytes } = geometry;
  const seed = crc32c(0xffff_ffff, identity.uuid);
  const map = new BlockMap(geometry);
  const put = (block: number, bytes: Uint8Array): void => {
    write(block * blockBytes, bytes);
  };
  const inodes = new Map<number, Uint8Array>();
  const add = (node: Ext4Node, at: InodeMap): void => {
    inodes.set(node.inode, encodeInode(node, at, seed));
  };
  const place = (node: Ext4Node): boolean => {
    const at = placeNode(node, map, geometry, seed, put);
    if (at !== undefined) add(node, at);
    return at !== undefined;
  };
  const first = nodes.filter(({ inode }) => inode === ROOT_INODE || inode === LOST_AND_FOUND);
  if (!first.every(place)) return undefined;
  const resize = resizeMap(geometry, map, put);
  if (resize !== undefined) add(ownNode(RESIZE_INODE, resize.size, identity.madeAt), resize.map);
  const journal = journalMap(geometry, map, identity, put);
  if (journal !== undefined) add(ownNode(JOURNAL_INODE, journal.size, identity.madeAt), journal.map);
  if (!nodes.filter((node) => !first.includes(node)).every(place)) return undefined;
  const reserved = new Set([...inodes.keys(), ...Array.from({ length: FIRST_INODE - 1 }, (_, at) => at + 1)]);
  // Own inodes that hold nothing are there, with their times only.
  for (const inode of reserved) if (!inodes.has(inode)) inodes.set(inode, emptyInode(inode, identity.madeAt, seed));
  const counts = { freeBlocks: map.free, freeInodes: inodeCount(geometry) - reserved.size };
  const descriptors = writeGroups({ geometry, map, inodes, nodes, seed, put });
  for (let group = 0; group < geometry.groups; group += 1) {
    if (!hasSuperblock(group)) continue;
    const superblock = encodeSuperblock({ ...identity, geometry, ...counts }, group, journal?.place);
    const start = groupStart(geometry, group);
    write(group === 0 ? SUPERBLOCK_AT : start * blockBytes, superblock);
    put(start + 1, descriptors);
  }
  return counts;
}

const ownNode = (inode: number, size: number, madeAt: number): Ext4Node => ({
  inode,
  type: 'file',
  mode: 0o600,
  uid: 0,
  gid: 0,
  links: 1,
  times: [madeAt * 1000, madeAt * 1000, madeAt * 1000],
  size,
});

const emptyInode = (inode: number, madeAt: number, seed: number): Uint8Array =>
  encodeInode(
    { ...ownNode(inode, 0, madeAt), links: 0 },
    { block: new Uint8Array(60), blocks: 0, flags: 0, empty: true },
    seed,
  );

/** Gives a node's content blocks and writes it. */
function placeNode(
  node: Ext4Node,
  map: BlockMap,
  { blockBytes }: Ext4Geometry,
  seed: number,
  put: (block: number, bytes: Uint8Array) => void,
): InodeMap | undefined {
  const runs: ExtentRun[] = [];
  const take = (logical: number, blocks: number, bytes: (from: number, count: number) => Uint8Array): boolean => {
    for (let done = 0; done < blocks;) {
      const run = map.allocate(blocks - done);
      if (run === undefined) return false;
      const content = bytes(logical + done, run.count);
      if (content.length > 0) put(run.block, content);
      runs.push({ logical: logical + done, block: run.block, count: run.count });
      done += run.count;
    }
    return true;
  };
  if (node.type === 'directory') {
    const blocks = directoryBlocks(node, blockBytes, seed);
    const whole = (from: number, count: number): Uint8Array => {
      const bytes = new Uint8Array(count * blockBytes);
      for (let at = 0; at < count; at += 1) bytes.set(blocks[from + at] ?? [], at * blockBytes);
      return bytes;
    };
    if (!take(0, blocks.length, whole)) return undefined;
  } else if (node.type === 'file') {
    for (const [from, to] of node.data ?? []) {
      const start = Math.floor(from / blockBytes);
      const end = Math.ceil(to / blockBytes);
      const content = (at: number, count: number): Uint8Array => {
        const read = node.read?.(at * blockBytes, count * blockBytes) ?? new Uint8Array(0);
        if (read.length === count * blockBytes) return read;
        const padded = new Uint8Array(count * blockBytes);
        padded.set(read);
        return padded;
      };
      if (!take(start, end - start, content)) return undefined;
    }
  } else if (node.type === 'symlink') {
    const target = encodeUtf8(node.target ?? '');
    if (target.length < 60) {
      const block = new Uint8Array(60);
      block.set(target);
      return { block, blocks: 0, flags: 0 };
    }
    const padded = new Uint8Array(blockBytes);
    padded.set(target);
    if (!take(0, 1, () => padded)) return undefined;
  } else {
    const block = new Uint8Array(60);
    const [major, minor] = node.rdev ?? [0, 0];
    if (node.rdev !== undefined)
      new DataView(block.buffer).setUint32(4, (minor & 0xff) | (major << 8) | ((minor & ~0xff) << 12), true);
    return { block, blocks: 0, flags: 0 };
  }
  return extentMap(node.inode, runs, blockBytes, seed, map, put);
}

/** The inode that keeps the spare descriptor blocks: each is a block of numbers of its copies. */
function resizeMap(
  geometry: Ext4Geometry,
  map: BlockMap,
  put: (block: number, bytes: Uint8Array) => void,
): { readonly size: number; readonly map: InodeMap } | undefined {
  const { blockBytes, spareDescriptorBlocks, descriptorBlocks, firstBlock, groups, blocksPerGroup } = geometry;
  const run = map.allocate(1);
  if (spareDescriptorBlocks <= 0 || run === undefined) return undefined;
  const perBlock = blockBytes / 4;
  const backups: number[] = [];
  for (let group = 1; group < groups; group += 1) if (hasSuperblock(group)) backups.push(group);
  const double = new DataView(new ArrayBuffer(blockBytes));
  for (let spare = 0; spare < spareDescriptorBlocks; spare += 1) {
    const block = firstBlock + 1 + descriptorBlocks + spare;
    double.setUint32(((descriptorBlocks + spare) % perBlock) * 4, block, true);
    const copies = new DataView(new ArrayBuffer(blockBytes));
    backups.forEach((group, at) => {
      copies.setUint32(at * 4, group * blocksPerGroup + block, true);
    });
    put(block, new Uint8Array(copies.buffer));
  }
  put(run.block, new Uint8Array(double.buffer));
  const block = new Uint8Array(60);
  new DataView(block.buffer).setUint32(13 * 4, run.block, true);
  return {
    size: (perBlock * perBlock + perBlock + 12) * blockBytes,
    map: { block, blocks: (1 + spareDescriptorBlocks * (1 + backups.length)) * (blockBytes / 512), flags: 0 },
  };
}

function journalMap(
  geometry: Ext4Geometry,
  map: BlockMap,
  { uuid }: Ext4Identity,
  put: (block: number, bytes: Uint8Array) => void,
): { readonly size: number; readonly map: InodeMap; readonly place: { map: Uint8Array; bytes: number } } | undefined {
  const { blockBytes, journalBlocks } = geometry;
  if (journalBlocks === 0) return undefined;
  const runs: ExtentRun[] = [];
  for (let done = 0; done < journalBlocks;) {
    const run = map.allocate(journalBlocks - done);
    if (run === undefined) return undefined;
    runs.push({ logical: done, block: run.block, count: run.count });
    done += run.count;
  }
  const header = new Uint8Array(blockBytes);
  const view = new DataView(header.buffer);
  // struct journal_superblock_s; the journal's numbers have their big end first.
  for (const [at, value] of [
    [0, 0xc03b3998],
    [4, 4],
    [12, blockBytes],
    [16, journalBlocks],
    [20, 1],
    [24, 1],
    [64, 1],
  ] as const)
    view.setUint32(at, value, false);
  header.set(uuid, 48);
  put(runs[0]?.block ?? 0, header);
  const size = journalBlocks * blockBytes;
  const at = extentMap(JOURNAL_INODE, runs, blockBytes, 0, map, put);
  return at === undefined ? undefined : { size, map: at, place: { map: at.block, bytes: size } };
}

interface Groups {
  readonly geometry: Ext4Geometry;
  readonly map: BlockMap;
  readonly inodes: ReadonlyMap<number, Uint8Array>;
  readonly nodes: readonly Ext4Node[];
  readonly seed: number;
  readonly put: (block: number, bytes: Uint8Array) => void;
}

/** Bitmaps and inode tables of each group; answers the descriptors. */
function writeGroups({ geometry, map, inodes, nodes, seed, put }: Groups): Uint8Array {
  const { groups, inodesPerGroup, blockBytes, descriptorBlocks } = geometry;
  const all = new Uint8Array(descriptorBlocks * blockBytes);
  for (let group = 0; group < groups; group += 1) {
    const { blockBitmap, inodeBitmap, table } = map.tables(group);
    const first = group * inodesPerGroup + 1;
    const bits = new Uint8Array(blockBytes).fill(255, inodesPerGroup >> 3);
    let highest = 0;
    let used = 0;
    const rows = new Uint8Array(geometry.tableBlocks * blockBytes);
    for (const [inode, bytes] of inodes) {
      const at = inode - first;
      if (at < 0 || at >= inodesPerGroup) continue;
      rows.set(bytes, at * INODE_BYTES);
      bits[at >> 3] = (bits[at >> 3] ?? 0) | (1 << (at & 7));
      used += 1;
      highest = Math.max(highest, at + 1);
    }
    const directories = nodes.filter(
      ({ inode, type }) => type === 'directory' && inode >= first && inode < first + inodesPerGroup,
    ).length;
    const blockBits = map.bitmap(group);
    put(blockBitmap, blockBits);
    put(inodeBitmap, bits);
    put(table, rows);
    const entry = all.subarray(group * DESCRIPTOR_BYTES, (group + 1) * DESCRIPTOR_BYTES);
    const view = new DataView(entry.buffer, entry.byteOffset, DESCRIPTOR_BYTES);
    view.setUint32(0, blockBitmap, true);
    view.setUint32(4, inodeBitmap, true);
    view.setUint32(8, table, true);
    view.setUint16(12, map.freeIn(group), true);
    view.setUint16(14, inodesPerGroup - used, true);
    view.setUint16(16, directories, true);
    view.setUint16(18, 4, true);
    const blockSum = crc32c(seed, blockBits.subarray(0, geometry.blocksPerGroup >> 3));
    const inodeSum = crc32c(seed, bits.subarray(0, inodesPerGroup >> 3));
    view.setUint16(24, blockSum & 0xffff, true);
    view.setUint16(26, inodeSum & 0xffff, true);
    view.setUint16(28, inodesPerGroup - highest, true);
    view.setUint16(56, blockSum >>> 16, true);
    view.setUint16(58, inodeSum >>> 16, true);
    view.setUint16(30, crc32c(crc32cOfNumber(seed, group), entry) & 0xffff, true);
  }
  return all;
}
