/** Reads an ext4 file system back from a device, as far as `encodeExt4` writes it. */
import { typeOfMode } from '../../protocol/file-type.ts';
import { decodeUtf8 } from '../../protocol/bytes.ts';
import type { FileType } from '../../protocol/program.ts';
import { DESCRIPTOR_BYTES, INODE_BYTES, type Ext4Geometry } from './geometry.ts';
import { decodeSuperblock, SUPERBLOCK_AT, SUPERBLOCK_BYTES, type Ext4Superblock } from './superblock.ts';
import { ENTRY_TYPES, type DataRange, type Ext4Node } from './tree.ts';

export type ReadBytes = (offset: number, bytes: number) => Uint8Array;

export const readSuperblock = (read: ReadBytes): Ext4Superblock | undefined =>
  decodeSuperblock(read(SUPERBLOCK_AT, SUPERBLOCK_BYTES));

const ROOT_INODE = 2;
const EXTENT_MAGIC = 0xf30a;

/** What hangs below the root, parents first; undefined where the superblock or the tree is damaged. */
export function decodeExt4(
  read: ReadBytes,
): { readonly superblock: Ext4Superblock; readonly nodes: readonly Ext4Node[] } | undefined {
  const superblock = readSuperblock(read);
  if (superblock === undefined) return undefined;
  const device = new Device(superblock.geometry, read);
  const nodes: Ext4Node[] = [];
  const seen = new Set<number>();
  const visit = (inode: number, parent: number): boolean => {
    if (seen.has(inode)) return true;
    seen.add(inode);
    const node = device.node(inode, parent);
    if (node === undefined) return false;
    nodes.push(node);
    return (node.entries ?? []).every(([, child]) => visit(child, inode));
  };
  return visit(ROOT_INODE, ROOT_INODE) ? { superblock, nodes } : undefined;
}

interface Run {
  readonly logical: number;
  readonly block: number;
  readonly count: number;
}

class Device {
  constructor(
    private readonly geometry: Ext4Geometry,
    private readonly read: ReadBytes,
  ) {}

  node(inode: number, parent: number): Ext4Node | undefined {
    const bytes = this.#inode(inode);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    const word = (at: number): number => view.getUint32(at, true);
    const half = (at: number): number => view.getUint16(at, true);
    const mode = half(0);
    const type = typeOfMode(mode);
    if (type === undefined) return undefined;
    const size = word(4) + word(0x6c) * 2 ** 32;
    const time = (at: number, extra: number): number =>
      ((word(at) | 0) + (word(extra) & 3) * 2 ** 32) * 1000 + Math.floor((word(extra) >>> 2) / 1_000_000);
    const common = {
      inode,
      type,
      mode: mode & 0o7777,
      uid: half(2) + half(0x78) * 65_536,
      gid: half(0x18) + half(0x7a) * 65_536,
      links: half(0x1a),
      times: [time(0x8, 0x8c), time(0x10, 0x88), time(0xc, 0x84)] as const,
      size,
      parent,
    };
    const map = bytes.subarray(0x28, 0x28 + 60);
    if (type === 'symlink' && size < 60) return { ...common, target: decodeUtf8(map.subarray(0, size)) };
    if (type === 'char' || type === 'block') {
      const rdev = word(0x28 + 4);
      return { ...common, rdev: [(rdev >> 8) & 0xfff, (rdev & 0xff) | ((rdev >>> 12) & 0xfff00)] };
    }
    if (type === 'fifo' || type === 'socket') return common;
    const runs = this.#runs(map);
    if (runs === undefined) return undefined;
    const content = (offset: number, count: number): Uint8Array => this.#content(runs, offset, count);
    if (type === 'symlink') return { ...common, target: decodeUtf8(content(0, size)) };
    if (type === 'directory') return { ...common, entries: this.#entries(content(0, size)) };
    const { blockBytes } = this.geometry;
    const data = runs.map(({ logical, count }): DataRange => [logical * blockBytes, (logical + count) * blockBytes]);
    return { ...common, data, read: content };
  }

  #inode(inode: number): Uint8Array {
    const { inodesPerGroup, firstBlock, blockBytes } = this.geometry;
    const group = Math.floor((inode - 1) / inodesPerGroup);
    const descriptor = this.read((firstBlock + 1) * blockBytes + group * DESCRIPTOR_BYTES, DESCRIPTOR_BYTES);
    const padded = new Uint8Array(DESCRIPTOR_BYTES);
    padded.set(descriptor);
    const table = new DataView(padded.buffer).getUint32(8, true);
    const bytes = new Uint8Array(INODE_BYTES);
    bytes.set(this.read(table * blockBytes + ((inode - 1) % inodesPerGroup) * INODE_BYTES, INODE_BYTES));
    return bytes;
  }

  /** The runs of an extent tree; undefined where a node is none. */
  #runs(node: Uint8Array): readonly Run[] | undefined {
    if (node.length < 12) return undefined;
    const view = new DataView(node.buffer, node.byteOffset, node.length);
    if (view.getUint16(0, true) !== EXTENT_MAGIC) return undefined;
    const entries = Math.min(view.getUint16(2, true), Math.floor((node.length - 12) / 12));
    const isLeaf = view.getUint16(6, true) === 0;
    const runs: Run[] = [];
    for (let at = 12; at < 12 + entries * 12; at += 12) {
      if (isLeaf) {
        runs.push({
          logical: view.getUint32(at, true),
          count: view.getUint16(at + 4, true),
          block: view.getUint32(at + 8, true),
        });
        continue;
      }
      const { blockBytes } = this.geometry;
      const below = this.#runs(this.read(view.getUint32(at + 4, true) * blockBytes, blockBytes));
      if (below === undefined) return undefined;
      runs.push(...below);
    }
    return runs;
  }

  #content(runs: readonly Run[], offset: number, count: number): Uint8Array {
    const { blockBytes } = this.geometry;
    const bytes = new Uint8Array(count);
    for (const { logical, block, count: blocks } of runs) {
      const from = Math.max(offset, logical * blockBytes);
      const to = Math.min(offset + count, (logical + blocks) * blockBytes);
      if (from < to) bytes.set(this.read(block * blockBytes + from - logical * blockBytes, to - from), from - offset);
    }
    return bytes;
  }

  #entries(bytes: Uint8Array): readonly (readonly [string, number, FileType])[] {
    const { blockBytes } = this.geometry;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    const found: (readonly [string, number, FileType])[] = [];
    for (let block = 0; block < bytes.length; block += blockBytes)
      for (let at = block; at < block + blockBytes - 12;) {
        const inode = view.getUint32(at, true);
        const length = view.getUint16(at + 4, true);
        if (length < 8) break;
        const name = decodeUtf8(bytes.subarray(at + 8, at + 8 + (bytes[at + 6] ?? 0)));
        const type = ENTRY_TYPES[bytes[at + 7] ?? 0];
        if (inode !== 0 && type !== undefined && name !== '.' && name !== '..') found.push([name, inode, type]);
        at += length;
      }
    return found;
  }
}
