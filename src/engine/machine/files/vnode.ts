/** What every file system offers to path walking: nodes, and changes to directories. Checks of permission come before. */
import { failed, type Result } from '../../../protocol/errno.ts';
import type { Plain } from '../../../protocol/plain.ts';
import type { AllocateOptions, DirectoryEntry, FileStat, FileType } from '../../../protocol/program.ts';
import type { ContentBudget } from './content/content-budget.ts';

export interface NodeChange {
  readonly mode?: number;
  readonly uid?: number;
  readonly gid?: number;
  readonly accessedMs?: number;
  readonly modifiedMs?: number;
}

export interface NewNode {
  readonly type: FileType;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Target of a symbolic link. */
  readonly target?: string | undefined;
  readonly rdev?: readonly [number, number] | undefined;
}

export type Access = Pick<FileStat, 'type' | 'mode' | 'uid' | 'gid'>;

export interface Vnode {
  readonly fs: FileSystem;
  readonly inode: number;
  readonly type: FileType;
  /** Directory that holds it (the last one, for files with several names); undefined at the root. */
  readonly parent: Vnode | undefined;
  readonly name: string;
  stat(): FileStat;
  /** What permission depends on; as in `stat`, and without making one. */
  readonly access: Access;
  lookup(name: string): Vnode | undefined;
  list(): readonly DirectoryEntry[];
  /** Up to `max` bytes from `offset`. */
  read(offset: number, max: number): Result<Uint8Array>;
  write(offset: number, bytes: Uint8Array): Result<number>;
  truncate(size: number): Result<void>;
  /** Gives a part of the file room, longer than it is where that is needed: fallocate(2). */
  allocate(offset: number, length: number, options: Pick<AllocateOptions, 'keepSize'>): Result<void>;
  /** Takes the whole pages of a part away; all of it reads as zeros from now on. */
  punchHole(offset: number, length: number): Result<void>;
  /** SEEK_DATA and SEEK_HOLE of lseek(2). */
  seek(offset: number, kind: 'data' | 'hole'): Result<number>;
  /** Target of a symbolic link. A link that leads nowhere by path (/proc/PID/exe) answers `jump` as well. */
  target(): string;
  change(change: NodeChange): Result<void>;
  /** Counts open descriptions, so that a removed file lives as long as somebody has it open. */
  opened(by: 1 | -1): void;
}

export interface FileSystem {
  readonly id: number;
  readonly type: string;
  /** st_dev. */
  readonly device: number;
  readonly root: Vnode;
  /** How many mounts show it; without any it is forgotten. */
  mounts: number;
  create(directory: Vnode, name: string, spec: NewNode): Result<Vnode>;
  link(directory: Vnode, name: string, node: Vnode): Result<void>;
  /** Removes an entry; a directory has to be empty. */
  remove(directory: Vnode, name: string): Result<void>;
  rename(from: Vnode, name: string, to: Vnode, newName: string): Result<void>;
  usage(): FileSystemUsage;
  /** A node as data, and back. */
  refer(node: Vnode): Plain;
  recall(reference: Plain): Vnode | undefined;
  snapshot(): Plain;
}

export interface FileSystemUsage {
  readonly totalBytes: number;
  readonly usedBytes: number;
  /** Of what is free, kept back for the superuser. */
  readonly reservedBytes?: number | undefined;
  /** Without files whose content nobody has asked for yet, and found without making it. */
  readonly madeBytes: number;
  readonly inodes: number;
  readonly usedInodes: number;
}
/** Of what has no size. */
export const NO_USAGE: FileSystemUsage = { totalBytes: 0, usedBytes: 0, madeBytes: 0, inodes: 0, usedInodes: 0 };

/** Time and news that file systems need. */
export interface FileSystemHost {
  readonly nowMs: () => number;
  readonly contents: ContentBudget;
  /** Something in this directory has changed. */
  readonly changed: (directory: Vnode) => void;
}

/** Names a node across mounts: device files, sockets, fifos and mount points are found by it. */
export const nodeKey = (node: Vnode): string => `${String(node.fs.id)}:${String(node.inode)}`;

/** Writes all of it, or says why not; what found room stays. */
export function writeWhole(node: Vnode, offset: number, bytes: Uint8Array): Result<void> {
  for (let done = 0; done < bytes.length;) {
    const written = node.write(offset + done, done === 0 ? bytes : bytes.subarray(done));
    if (failed(written)) return written;
    done += written;
  }
}
