/** The superblock of ext4 (fs/ext4/ext4.h, struct ext4_super_block), with the features of Ubuntu's mke2fs.conf. */
import { decodeUtf8, encodeUtf8 } from '../../protocol/bytes.ts';
import { crc32c } from './crc32c.ts';
import {
  DESCRIPTOR_BYTES,
  FIRST_INODE,
  INODE_BYTES,
  inodeCount,
  overheadBlocks,
  type Ext4Geometry,
} from './geometry.ts';

export const SUPERBLOCK_AT = 1024;
export const SUPERBLOCK_BYTES = 1024;
const MAGIC = 0xef53;
const ALL_ONES = 0xffff_ffff;

const COMPATIBLE = { journal: 0x4, extAttr: 0x8, resizeInode: 0x10, dirIndex: 0x20 };
/** filetype, extent, 64bit, flex_bg. */
const INCOMPATIBLE = 0x2 | 0x40 | 0x80 | 0x200;
/** sparse_super, large_file, huge_file, dir_nlink, extra_isize, metadata_csum. */
const READ_ONLY_COMPATIBLE = 0x1 | 0x2 | 0x8 | 0x20 | 0x40 | 0x400;

/** What is told of a file system beside its shape; times in seconds since 1970. */
export interface Ext4Identity {
  readonly uuid: Uint8Array;
  readonly hashSeed: Uint8Array;
  readonly label: string;
  readonly lastMounted: string;
  readonly madeAt: number;
  readonly mountedAt: number;
  readonly writtenAt: number;
  readonly mounts: number;
}

export interface Ext4Superblock extends Ext4Identity {
  readonly geometry: Ext4Geometry;
  readonly freeBlocks: number;
  readonly freeInodes: number;
}

export interface JournalPlace {
  /** The journal's inode's block map and size, kept as a copy. */
  readonly map: Uint8Array;
  readonly bytes: number;
}

const ascii = (text: string, bytes: number): Uint8Array => {
  const field = new Uint8Array(bytes);
  field.set(encodeUtf8(text).subarray(0, bytes));
  return field;
};

export function encodeSuperblock(superblock: Ext4Superblock, group: number, journal?: JournalPlace): Uint8Array {
  const { geometry } = superblock;
  const bytes = new Uint8Array(SUPERBLOCK_BYTES);
  const view = new DataView(bytes.buffer);
  const log = [1024, 2048, 4096].indexOf(geometry.blockBytes);
  const words: readonly (readonly [at: number, value: number])[] = [
    [0x0, inodeCount(geometry)],
    [0x4, geometry.blocks],
    [0x8, geometry.reservedBlocks],
    [0xc, superblock.freeBlocks],
    [0x10, superblock.freeInodes],
    [0x14, geometry.firstBlock],
    [0x18, log],
    [0x1c, log],
    [0x20, geometry.blocksPerGroup],
    [0x24, geometry.blocksPerGroup],
    [0x28, geometry.inodesPerGroup],
    [0x2c, superblock.mountedAt],
    [0x30, superblock.writtenAt],
    [0x40, superblock.madeAt],
    [0x4c, 1],
    [0x54, FIRST_INODE],
    [
      0x5c,
      COMPATIBLE.extAttr |
        COMPATIBLE.resizeInode |
        COMPATIBLE.dirIndex |
        (geometry.journalBlocks > 0 ? COMPATIBLE.journal : 0),
    ],
    [0x60, INCOMPATIBLE],
    [0x64, READ_ONLY_COMPATIBLE],
    [0xe0, geometry.journalBlocks > 0 ? 8 : 0],
    [0x100, 0xc],
    [0x108, superblock.madeAt],
    [0x160, 1],
    [0x248, overheadBlocks(geometry)],
  ];
  for (const [at, value] of words) view.setUint32(at, value, true);
  const halves: readonly (readonly [at: number, value: number])[] = [
    [0x34, superblock.mounts],
    [0x36, 0xffff],
    [0x38, MAGIC],
    [0x3a, 1],
    [0x3c, 1],
    [0x58, INODE_BYTES],
    [0x5a, group],
    [0xce, geometry.spareDescriptorBlocks],
    [0xfe, DESCRIPTOR_BYTES],
    [0x15c, 32],
    [0x15e, 32],
  ];
  for (const [at, value] of halves) view.setUint16(at, value, true);
  bytes.set(superblock.uuid, 0x68);
  bytes.set(ascii(superblock.label, 16), 0x78);
  bytes.set(ascii(superblock.lastMounted, 64), 0x88);
  bytes.set(superblock.hashSeed, 0xec);
  bytes[0xfc] = 1;
  bytes[0x174] = 4;
  bytes[0x175] = 1;
  if (journal !== undefined) {
    bytes[0xfd] = 1;
    bytes.set(journal.map, 0x10c);
    view.setUint32(0x10c + 15 * 4, Math.floor(journal.bytes / 2 ** 32), true);
    view.setUint32(0x10c + 16 * 4, journal.bytes >>> 0, true);
  }
  view.setUint32(0x3fc, crc32c(ALL_ONES, bytes.subarray(0, 0x3fc)), true);
  return bytes;
}

const textOf = (bytes: Uint8Array): string => {
  const end = bytes.indexOf(0);
  return decodeUtf8(end < 0 ? bytes : bytes.subarray(0, end));
};

/** Reads the 1,024 bytes at 1,024 of a device; undefined where they are no superblock of the kind that is written here. */
export function decodeSuperblock(bytes: Uint8Array): Ext4Superblock | undefined {
  if (bytes.length < SUPERBLOCK_BYTES) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const word = (at: number): number => view.getUint32(at, true);
  if (view.getUint16(0x38, true) !== MAGIC || word(0x60) !== INCOMPATIBLE) return undefined;
  if (word(0x3fc) !== crc32c(ALL_ONES, bytes.subarray(0, 0x3fc))) return undefined;
  const blockBytes = 1024 << word(0x18);
  const blocks = word(0x4);
  const firstBlock = word(0x14);
  const blocksPerGroup = word(0x20);
  const groups = Math.ceil((blocks - firstBlock) / blocksPerGroup);
  const inodesPerGroup = word(0x28);
  const geometry: Omit<Ext4Geometry, 'journalBlocks'> = {
    blockBytes,
    blocks,
    firstBlock,
    blocksPerGroup,
    groups,
    inodesPerGroup,
    tableBlocks: Math.ceil((inodesPerGroup * INODE_BYTES) / blockBytes),
    descriptorBlocks: Math.ceil((groups * DESCRIPTOR_BYTES) / blockBytes),
    spareDescriptorBlocks: view.getUint16(0xce, true),
    reservedBlocks: word(0x8),
  };
  return {
    geometry: {
      ...geometry,
      journalBlocks: (word(0x5c) & COMPATIBLE.journal) === 0 ? 0 : word(0x10c + 64) / blockBytes,
    },
    freeBlocks: word(0xc),
    freeInodes: word(0x10),
    uuid: bytes.slice(0x68, 0x78),
    label: textOf(bytes.subarray(0x78, 0x88)),
    lastMounted: textOf(bytes.subarray(0x88, 0xc8)),
    hashSeed: bytes.slice(0xec, 0xfc),
    madeAt: word(0x108),
    mountedAt: word(0x2c),
    writtenAt: word(0x30),
    mounts: view.getUint16(0x34, true),
  };
}
