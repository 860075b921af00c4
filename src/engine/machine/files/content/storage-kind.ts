/** In what file systems on a disk (ext4) and in memory (tmpfs and its relatives) differ. */
import type { FileType } from '../../../../protocol/program.ts';
import { PAGE_BYTES } from './extents.ts';

export interface StorageKind {
  /** The longest file that can be, bytes. */
  readonly largestFile: number;
  /** st_size of a directory. */
  directoryBytes(entries: () => number, inode: number): number;
  /** What a new node takes at once; the target of a short link stands in its inode. */
  pagesOfNew(type: FileType, targetBytes: number): number;
}

const disk = (blockBytes: number): StorageKind => ({
  largestFile: 16 * 2 ** 40 - PAGE_BYTES,
  // lost+found (inode 11 of what mke2fs makes) has room beforehand, so that e2fsck needs none.
  directoryBytes: (_, inode) => (inode === 11 ? Math.min(16_384, 12 * blockBytes) : blockBytes),
  pagesOfNew: (type, targetBytes) => (type === 'directory' || (type === 'symlink' && targetBytes >= 60) ? 1 : 0),
});
const DISK = disk(PAGE_BYTES);

const memory = (entryBytes: number): StorageKind => ({
  largestFile: Number.MAX_SAFE_INTEGER,
  directoryBytes: (entries) => entryBytes * (entries() + 2),
  pagesOfNew: (type, targetBytes) => (type === 'symlink' && targetBytes >= 128 ? 1 : 0),
});
const SHMEM = memory(20);
const MEMORY = memory(0);

export function storageKind(type: string, blockBytes?: number): StorageKind {
  if (type === 'ext4') return blockBytes === undefined ? DISK : disk(blockBytes);
  return type === 'tmpfs' || type === 'devtmpfs' ? SHMEM : MEMORY;
}
