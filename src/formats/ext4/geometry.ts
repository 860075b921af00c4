/** How mke2fs (e2fsprogs 1.47) divides a device: block size, groups, inode tables, journal, what is kept back. */

export interface Ext4Geometry {
  readonly blockBytes: number;
  readonly blocks: number;
  /** The block of the superblock: 1 where a block is 1 KiB. */
  readonly firstBlock: number;
  readonly blocksPerGroup: number;
  readonly groups: number;
  readonly inodesPerGroup: number;
  /** Of each group's inode table. */
  readonly tableBlocks: number;
  readonly descriptorBlocks: number;
  /** Blocks kept for more descriptors, should the file system grow. */
  readonly spareDescriptorBlocks: number;
  readonly journalBlocks: number;
  /** For the superuser. */
  readonly reservedBlocks: number;
}

export const INODE_BYTES = 256;
export const DESCRIPTOR_BYTES = 64;
/** Inodes up to this one are the file system's own; lost+found is the first that is not. */
export const FIRST_INODE = 11;
export const GROUPS_PER_FLEX = 16;

const MEBIBYTE = 1_048_576;
const ceilDiv = (a: number, b: number): number => Math.ceil(a / b);

/** Wishes of the caller of mke2fs; the size decides the rest. */
export interface GeometryOptions {
  readonly blockBytes?: number | undefined;
  readonly inodes?: number | undefined;
  readonly bytesPerInode?: number | undefined;
  readonly reservedPercent?: number | undefined;
  readonly journal?: boolean;
}

/** Undefined where there is no room for a file system. */
export function planGeometry(deviceBytes: number, options: GeometryOptions = {}): Ext4Geometry | undefined {
  const usage = deviceBytes < 3 * MEBIBYTE ? 'floppy' : deviceBytes < 512 * MEBIBYTE ? 'small' : 'default';
  const blockBytes = options.blockBytes ?? (usage === 'default' ? 4096 : 1024);
  const ratio = options.bytesPerInode ?? (usage === 'floppy' ? 8192 : usage === 'small' ? 4096 : 16_384);
  const firstBlock = blockBytes === 1024 ? 1 : 0;
  const blocksPerGroup = blockBytes * 8;
  let blocks = Math.floor(deviceBytes / blockBytes);
  if (blocks < 64) return undefined;
  const wantedInodes = options.inodes ?? Math.floor((blocks * blockBytes) / ratio);
  for (;;) {
    const groups = ceilDiv(blocks - firstBlock, blocksPerGroup);
    const descriptorBlocks = ceilDiv(groups * DESCRIPTOR_BYTES, blockBytes);
    const spareDescriptorBlocks = spareFor(blocks, firstBlock, blocksPerGroup, blockBytes, descriptorBlocks);
    const perBlock = blockBytes / INODE_BYTES;
    const asked = Math.min(blocksPerGroup, Math.max(16, ceilDiv(Math.max(wantedInodes, FIRST_INODE + 1), groups)));
    const inodesPerGroup = Math.max(16, Math.floor((ceilDiv(asked, perBlock) * perBlock) / 8) * 8);
    const tableBlocks = ceilDiv(inodesPerGroup, perBlock);
    // A last group that would hold little more than its own description is left away.
    const rest = (blocks - firstBlock) % blocksPerGroup;
    const needs = (hasSuperblock(groups - 1) ? 1 + descriptorBlocks + spareDescriptorBlocks : 0) + 2 + tableBlocks;
    if (rest !== 0 && rest < needs + 50) {
      if (groups === 1) return undefined;
      blocks -= rest;
      continue;
    }
    return {
      blockBytes,
      blocks,
      firstBlock,
      blocksPerGroup,
      groups,
      inodesPerGroup,
      tableBlocks,
      descriptorBlocks,
      spareDescriptorBlocks,
      journalBlocks: options.journal === false ? 0 : journalBlocksFor(blocks),
      reservedBlocks: Math.floor((blocks * (options.reservedPercent ?? 5)) / 100),
    };
  }
}

/** Room for descriptors of a file system a thousand times as large, as far as one block of numbers reaches. */
function spareFor(
  blocks: number,
  firstBlock: number,
  blocksPerGroup: number,
  blockBytes: number,
  descriptorBlocks: number,
): number {
  const most = Math.min(blocks * 1024, 0xffff_ffff);
  const groups = ceilDiv(most - firstBlock, blocksPerGroup);
  return Math.min(ceilDiv(groups, blockBytes / DESCRIPTOR_BYTES) - descriptorBlocks, blockBytes / 4);
}

const JOURNALS = [
  [2048, 0],
  [32_768, 1024],
  [262_144, 4096],
  [524_288, 8192],
  [4_194_304, 16_384],
  [8_388_608, 32_768],
  [16_777_216, 65_536],
  [33_554_432, 131_072],
] as const;

const journalBlocksFor = (blocks: number): number => JOURNALS.find(([below]) => blocks < below)?.[1] ?? 262_144;

/** Whether a group holds a copy of the superblock: 0, 1 and the powers of 3, 5 and 7. */
export function hasSuperblock(group: number): boolean {
  if (group <= 1) return true;
  return [3, 5, 7].some((base) => {
    let power = base;
    while (power < group) power *= base;
    return power === group;
  });
}

export const groupStart = ({ firstBlock, blocksPerGroup }: Ext4Geometry, group: number): number =>
  firstBlock + group * blocksPerGroup;

export const inodeCount = ({ groups, inodesPerGroup }: Ext4Geometry): number => groups * inodesPerGroup;

/** Blocks that hold the file system's own tables: what df leaves out of its size. */
export function overheadBlocks(geometry: Ext4Geometry): number {
  const { groups, tableBlocks, descriptorBlocks, spareDescriptorBlocks, journalBlocks, firstBlock } = geometry;
  let supers = 0;
  for (let group = 0; group < groups; group += 1) if (hasSuperblock(group)) supers += 1;
  return (
    firstBlock + supers * (1 + descriptorBlocks + spareDescriptorBlocks) + groups * (2 + tableBlocks) + journalBlocks
  );
}
