import type { FileType } from '../../protocol/program.ts';

/** A part of a file that has room on the disk, in bytes; `to` is behind its last one. */
export type DataRange = readonly [from: number, to: number];

/** An inode of the file system: what is written and what is read back. */
export interface Ext4Node {
  readonly inode: number;
  readonly type: FileType;
  /** Permission bits. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly links: number;
  /** Milliseconds since 1970. */
  readonly times: readonly [accessed: number, modified: number, changed: number];
  readonly size: number;
  readonly rdev?: readonly [number, number] | undefined;
  readonly target?: string | undefined;
  /** Of a file. */
  readonly data?: readonly DataRange[];
  readonly read?: (offset: number, bytes: number) => Uint8Array;
  /** Of a directory, without . and .. */
  readonly entries?: readonly (readonly [name: string, inode: number, type: FileType])[];
  readonly parent?: number;
}

/** The file types of directory entries, by number. */
export const ENTRY_TYPES: readonly (FileType | undefined)[] = [
  undefined,
  'file',
  'directory',
  'char',
  'block',
  'fifo',
  'socket',
  'symlink',
];
