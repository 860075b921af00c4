/**
 * ext4 on a block device: what is on it becomes inodes when it is mounted, and bytes of the device again at sync(2) and at the
 * last unmount.
 * Leaves out: writing back in between, a journal that is replayed, blocks smaller than 4 KiB while it is mounted (room is
 * counted in 4 KiB then), growing, a reserve for the superuser that others do not get.
 */
import { decodeExt4, readSuperblock } from '../../../../formats/ext4/decode.ts';
import { encodeExt4 } from '../../../../formats/ext4/encode.ts';
import { inodeCount, overheadBlocks } from '../../../../formats/ext4/geometry.ts';
import type { Ext4Node } from '../../../../formats/ext4/tree.ts';
import { encodeUtf8 } from '../../../../protocol/bytes.ts';
import { failed } from '../../../../protocol/errno.ts';
import type { Plain } from '../../../../protocol/plain.ts';
import { PAGE_BYTES } from '../../files/content/extents.ts';
import { PIECE_BYTES, type SavedContent } from '../../files/content/file-content.ts';
import type { FileSystems } from '../../files/file-systems/file-systems.ts';
import type { InodeFs, SavedFs } from '../../files/file-systems/inode-fs.ts';
import type { SavedInode } from '../../files/file-systems/saved-inode.ts';
import { writeWhole, type Vnode } from '../../files/vnode.ts';

/** What a mounted file system adds to its superblock. */
export interface MountedSuperblock {
  readonly mountedAt: number;
  readonly writtenAt: number;
  readonly lastMounted: string;
  /** It has been mounted once more. */
  readonly counts: boolean;
}

const readerOf =
  (device: Vnode) =>
  (offset: number, bytes: number): Uint8Array => {
    const read = device.read(offset, bytes);
    return failed(read) ? new Uint8Array(0) : read;
  };

const isZero = (bytes: Uint8Array): boolean => bytes.every((byte) => byte === 0);

/** Pieces of a file as they are kept; null is a run of zeros. */
function contentOf(node: Ext4Node): SavedContent {
  const runs: [number, Uint8Array | null][] = [];
  const pieces = Math.ceil(node.size / PIECE_BYTES);
  const add = (count: number, bytes: Uint8Array | null): void => {
    const last = runs.at(-1);
    if (last !== undefined && last[1] === null && bytes === null) last[0] += count;
    else if (count > 0) runs.push([count, bytes]);
  };
  const extents: (readonly [number, number])[] = [];
  let next = 0;
  for (const [from, to] of node.data ?? []) {
    const [first, end] = [Math.floor(from / PAGE_BYTES), Math.ceil(to / PAGE_BYTES)];
    const before = extents.at(-1);
    if (before !== undefined && before[1] >= first) extents[extents.length - 1] = [before[0], Math.max(before[1], end)];
    else extents.push([first, end]);
    const piece = Math.max(next, Math.floor(from / PIECE_BYTES));
    add(piece - next, null);
    next = piece;
    for (; next < pieces && next * PIECE_BYTES < to; next += 1) {
      const bytes = node.read?.(next * PIECE_BYTES, Math.min(PIECE_BYTES, node.size - next * PIECE_BYTES));
      add(1, bytes === undefined || isZero(bytes) ? null : bytes);
    }
  }
  add(pieces - next, null);
  return { length: node.size, runs, extents };
}

function savedInode(node: Ext4Node, names: ReadonlyMap<number, string>): SavedInode {
  const target = node.target === undefined ? undefined : encodeUtf8(node.target);
  return {
    inode: node.inode,
    type: node.type,
    graftBase: undefined,
    parent: node.parent,
    name: names.get(node.inode) ?? '',
    mode: node.mode,
    uid: node.uid,
    gid: node.gid,
    links: node.links,
    times: node.times,
    rdev: node.rdev,
    content:
      node.type === 'file'
        ? contentOf(node)
        : target === undefined
          ? undefined
          : { length: target.length, runs: [[1, target]] },
    entries: node.entries?.map(([name, inode]) => [name, inode] as const),
  };
}

/** The file system of a device as inodes; undefined where there is none on it. */
export function mountExt4(systems: FileSystems, device: Vnode, number: number): InodeFs | undefined {
  const found = decodeExt4(readerOf(device));
  if (found === undefined) return undefined;
  const { geometry, freeBlocks, freeInodes } = found.superblock;
  const overhead = overheadBlocks(geometry);
  const names = new Map(found.nodes.flatMap(({ entries }) => entries ?? []).map(([name, inode]) => [inode, name]));
  return systems.adopt((id): Plain => {
    const state: SavedFs = {
      options: {
        id,
        type: 'ext4',
        device: number,
        totalBytes: (geometry.blocks - overhead) * geometry.blockBytes,
        totalInodes: inodeCount(geometry),
        blockBytes: geometry.blockBytes,
        reservedBytes: geometry.reservedBlocks * geometry.blockBytes,
      },
      next: Math.max(12, ...found.nodes.map(({ inode }) => inode + 1)),
      usedBytes: (geometry.blocks - overhead - freeBlocks) * geometry.blockBytes,
      usedInodes: inodeCount(geometry) - freeInodes,
      grafts: [],
      inodes: found.nodes.map((node) => savedInode(node, names)),
    };
    return state as unknown as Plain;
  });
}

/** Everything below the root, by inode; numbers that the device has no room for are given anew. */
function nodesOf(fs: InodeFs, inodes: number): readonly Ext4Node[] {
  const found = new Map<number, { readonly node: Vnode; readonly parent: number }>();
  const visit = (node: Vnode, parent: number): void => {
    if (found.has(node.inode)) return;
    found.set(node.inode, { node, parent });
    if (node.type !== 'directory') return;
    for (const { name } of node.list()) {
      const child = node.lookup(name);
      if (child !== undefined) visit(child, node.inode);
    }
  };
  visit(fs.root, fs.root.inode);
  const numbers = new Map<number, number>();
  let free = 12;
  for (const inode of found.keys()) {
    if (inode > inodes) while (found.has(free) || [...numbers.values()].includes(free)) free += 1;
    numbers.set(inode, inode > inodes ? free : inode);
  }
  const numberOf = (inode: number): number => numbers.get(inode) ?? inode;
  return [...found.values()]
    .map(({ node, parent }) => nodeOf(node, parent, numberOf))
    .toSorted((a, b) => a.inode - b.inode);
}

function nodeOf(node: Vnode, parent: number, numberOf: (inode: number) => number): Ext4Node {
  const stat = node.stat();
  const common = {
    inode: numberOf(node.inode),
    type: node.type,
    mode: stat.mode & 0o7777,
    uid: stat.uid,
    gid: stat.gid,
    links: stat.links,
    times: [stat.accessedMs, stat.modifiedMs, stat.changedMs] as const,
    size: stat.size,
    parent: numberOf(parent),
  };
  switch (node.type) {
    case 'directory':
      return { ...common, entries: node.list().map(({ name, inode, type }) => [name, numberOf(inode), type] as const) };
    case 'symlink':
      return { ...common, target: node.target() };
    case 'file':
      return { ...common, data: dataOf(node, stat.size), read: readerOf(node) };
    default:
      return { ...common, rdev: stat.rdev };
  }
}

function dataOf(node: Vnode, size: number): readonly (readonly [number, number])[] {
  const data: (readonly [number, number])[] = [];
  for (let at = 0; at < size;) {
    const from = node.seek(at, 'data');
    if (failed(from)) break;
    const to = node.seek(from, 'hole');
    if (failed(to) || to <= from) break;
    data.push([from, to]);
    at = to;
  }
  return data;
}

/** Bytes that are looked at and written together. */
const CHUNK_BYTES = 4096;

/** Writes what differs from what is there, and gives it room; false where the device takes no more. */
export function writeDifference(device: Vnode, offset: number, bytes: Uint8Array): boolean {
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) {
    const chunk = bytes.subarray(at, at + CHUNK_BYTES);
    const there = device.read(offset + at, chunk.length);
    if (!failed(there) && there.length === chunk.length && there.every((byte, index) => byte === chunk[index]))
      continue;
    if (failed(writeWhole(device, offset + at, chunk))) return false;
  }
  return true;
}

/** Puts what a mounted file system holds on its device; answers why that failed. */
export function writeBackExt4(fs: InodeFs, device: Vnode, mounted: MountedSuperblock): string | undefined {
  const superblock = readSuperblock(readerOf(device));
  if (superblock === undefined) return 'unable to read superblock';
  let isWritten = true;
  const counts = encodeExt4(
    superblock.geometry,
    {
      ...superblock,
      mountedAt: mounted.mountedAt,
      writtenAt: mounted.writtenAt,
      lastMounted: mounted.lastMounted,
      mounts: superblock.mounts + (mounted.counts ? 1 : 0),
    },
    nodesOf(fs, inodeCount(superblock.geometry)),
    (offset, bytes) => {
      isWritten = writeDifference(device, offset, bytes) && isWritten;
    },
  );
  if (counts === undefined) return 'no room for directories and block maps';
  return isWritten ? undefined : 'lost page write due to I/O error';
}
