import type { FileType } from './program.ts';

/** S_IFMT of each type: what stands above the permission bits of a mode (inode(7)). */
export const TYPE_BITS: Readonly<Record<FileType, number>> = {
  fifo: 0o010000,
  char: 0o020000,
  directory: 0o040000,
  block: 0o060000,
  file: 0o100000,
  symlink: 0o120000,
  socket: 0o140000,
};

/** The type that a mode names; undefined where it names none. */
export const typeOfMode = (mode: number): FileType | undefined =>
  (Object.keys(TYPE_BITS) as FileType[]).find((each) => TYPE_BITS[each] === (mode & 0o170000));
