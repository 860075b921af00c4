/**
 * What components (container runtime, kubelet, docker engine, systemd) may ask of a host's files. All of it acts as the
 * host's root and answers at once; processes have their own calls, with permission checks.
 */
import type { DirectoryEntry, FileStat, FileType } from '../../../protocol/program.ts';
import type { Result } from '../../../protocol/errno.ts';
import type { Notify } from '../../sim/notify.ts';
import type { FileTree } from './trees/file-tree.ts';
import type { FileSystemUsage } from './vnode.ts';

export { FileTree, FileTreeTable } from './trees/file-tree.ts';
export type { FileTreeEntry, FileTreeNode } from './trees/file-tree.ts';

/** Inode number of a mount namespace, as /proc/PID/ns/mnt shows it. */
export type MountNamespaceId = number;

export interface WriteOptions {
  readonly mode?: number;
  readonly uid?: number;
  readonly gid?: number;
  readonly append?: boolean;
  /** Also makes missing parent directories. */
  readonly parents?: boolean;
}

/** Of content that is made later. */
export interface LazyOptions extends WriteOptions {
  /** Where it is known before: asking for the size makes nothing then. */
  readonly sizeBytes?: number;
}

/** The files that one mount namespace shows, below a root. Paths are absolute; links are followed. */
export interface FileView {
  read(path: string): Result<Uint8Array>;
  /** UTF-8 text of a file. */
  readText(path: string): Result<string>;
  write(path: string, content: Uint8Array | string, options?: WriteOptions): Result<void>;
  /** As write, for content that is dear to make: it is made when somebody first reads the file or asks for its size. */
  writeLazily(path: string, make: () => string, options?: LazyOptions): Result<void>;
  /** Writes a new file beside and renames it over the path, as careful writers do. */
  replace(path: string, content: Uint8Array | string, options?: WriteOptions): Result<void>;
  exists(path: string): boolean;
  stat(path: string): Result<FileStat>;
  lstat(path: string): Result<FileStat>;
  /** What is there; unlike stat it does not ask for the size, which lazy content would have to be made for. */
  typeOf(path: string): Result<FileType>;
  list(path: string): Result<readonly DirectoryEntry[]>;
  /** Makes the directory and its parents; one that exists is fine. */
  mkdirp(path: string, options?: Pick<WriteOptions, 'mode' | 'uid' | 'gid'>): Result<void>;
  symlink(target: string, path: string): Result<void>;
  readlink(path: string): Result<string>;
  /** The path with every link resolved, as seen in this view. */
  realpath(path: string): Result<string>;
  rename(from: string, to: string): Result<void>;
  chmod(path: string, mode: number): Result<void>;
  /** Follows a link at the end, unless told otherwise (lchown). */
  chown(path: string, uid: number, gid: number, follow?: boolean): Result<void>;
  mknod(
    path: string,
    type: 'fifo' | 'char' | 'block' | 'socket',
    mode: number,
    rdev?: readonly [number, number],
  ): Result<void>;
  /** Removes a file or, with `recursive`, a directory with all below it; what is missing is fine with `recursive`. */
  remove(path: string, options?: { readonly recursive?: boolean }): Result<void>;
  /** Bytes of regular files below a path, as du counts them. */
  usage(path: string): { readonly bytes: number; readonly inodes: number };
  /** Puts a shared tree at a directory that does not exist yet, in constant time. */
  graft(path: string, tree: FileTree): Result<void>;
}

/** What mount(2) gets; types: ext4, tmpfs, proc, sysfs, devtmpfs, devpts, mqueue, cgroup2, overlay, bind, nfs4 as far as modelled. */
export interface MountRequest {
  readonly type: string;
  /** Device, directory of a bind mount, `overlay`, `tmpfs` … For bind mounts a path in the host's namespace. */
  readonly source: string;
  readonly target: string;
  /** `ro`, `rw`, `nosuid`, `noexec`, `nodev`, `rbind`, `private`, `lowerdir=a:b`, `upperdir=`, `workdir=`, `size=64m`, `mode=755`; `devices=container` fills a tmpfs with the default devices … */
  readonly options: readonly string[];
  /** Shows only this directory of a proc (as a bind mount of it does). */
  readonly subtree?: string;
}

export interface MountView {
  readonly id: number;
  readonly parent: number;
  readonly type: string;
  readonly source: string;
  readonly target: string;
  readonly options: readonly string[];
}

/** A container's mount namespace in one step, without copying the host's mounts (runc: unshare, bind, pivot_root). */
export interface NewMountNamespace {
  /** The directory of the host's namespace that becomes `/`; usually where an overlay is mounted. */
  readonly root: string;
  readonly readOnlyRoot?: boolean;
  /** In order; targets are absolute in the new namespace and are made where they are missing. */
  readonly mounts: readonly MountRequest[];
  /** Pid namespace that a proc mount shows and cgroup that a cgroup2 mount shows as its root. */
  readonly pidNamespace?: number;
  readonly cgroup?: string;
  readonly networkNamespace?: number;
}

export interface Files {
  /** The host's own namespace. */
  readonly hostNamespace: MountNamespaceId;
  /** The host's own view. */
  readonly root: FileView;
  /** Another namespace's view; below `root` where given. */
  view(namespace: MountNamespaceId, root?: string): FileView;
  mount(request: MountRequest, namespace?: MountNamespaceId): Result<void>;
  umount(target: string, namespace?: MountNamespaceId): Result<void>;
  /** Whether a file system is mounted right there in the host's own namespace. */
  isMountPoint(target: string): boolean;
  mounts(namespace?: MountNamespaceId): readonly MountView[];
  createNamespace(spec: NewMountNamespace): Result<MountNamespaceId>;
  /** Drops a namespace and its mounts; those of processes that are still in it go with the last of them. */
  removeNamespace(namespace: MountNamespaceId): void;
  /**
   * Tells once after something in the directory (of the host's namespace) has changed: created, written, renamed, removed.
   * Changes at one instant are told together: `{...payload, path}`. Stays until `unwatch`.
   */
  watch(path: string, notify: Notify): number;
  unwatch(watch: number): void;
  /** Bytes and inodes of the root disk. */
  diskUsage(): FileSystemUsage;
}
