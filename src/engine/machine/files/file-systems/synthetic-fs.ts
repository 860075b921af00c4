/** File systems without storage: proc, sysfs, cgroup2, devpts. Entries are made when somebody looks. */
import { decodeUtf8, EMPTY_BYTES, encodeUtf8 } from '../../../../protocol/bytes.ts';
import { fail, failed, type Result } from '../../../../protocol/errno.ts';
import type { Plain } from '../../../../protocol/plain.ts';
import type { DirectoryEntry, FileStat, FileType } from '../../../../protocol/program.ts';
import { fnv1a32 } from '../../../sim/hash.ts';
import {
  NO_USAGE,
  type Access,
  type FileSystem,
  type FileSystemUsage,
  type NewNode,
  type NodeChange,
  type Vnode,
} from '../vnode.ts';

export interface SyntheticEntry {
  readonly type: FileType;
  readonly mode?: number;
  readonly uid?: number;
  readonly gid?: number;
  readonly rdev?: readonly [number, number];
  /** Unix ms, where it keeps times of its own. */
  readonly accessedMs?: number;
  readonly modifiedMs?: number;
  readonly change?: (change: NodeChange) => void;
  /** Directories. */
  readonly list?: () => readonly { readonly name: string; readonly type: FileType }[];
  readonly lookup?: (name: string) => SyntheticEntry | undefined;
  readonly make?: (name: string) => Result<void>;
  readonly drop?: (name: string) => Result<void>;
  /** Files. */
  readonly read?: () => Result<string | Uint8Array>;
  readonly write?: (text: string) => Result<void>;
  /** Symbolic links. */
  readonly target?: () => string;
  /** A link that leads to an object rather than a path. */
  readonly magic?: Magic;
}

/** Makes the root entry of a proc, sysfs, cgroup2 or devpts from what the mount was given. */
export type SyntheticFactory = (parameters: { readonly [key: string]: Plain }) => SyntheticEntry;

/** /proc/PID/{fd/N,cwd,root,exe,ns/…}. */
export type Magic = { readonly pid: number } & (
  { readonly fd: number } | { readonly place: 'cwd' | 'root' | 'exe' | 'namespace' }
);

export class SyntheticNode implements Vnode {
  readonly type: FileType;
  constructor(
    readonly fs: SyntheticFs,
    readonly entry: SyntheticEntry,
    readonly parent: SyntheticNode | undefined,
    readonly name: string,
    readonly inode: number,
  ) {
    this.type = entry.type;
  }

  stat(): FileStat {
    const { entry, fs } = this;
    const now = fs.nowMs();
    const mode =
      entry.mode ??
      (entry.type === 'directory'
        ? 0o555
        : entry.type === 'symlink'
          ? 0o777
          : entry.write === undefined
            ? 0o444
            : 0o644);
    return {
      type: entry.type,
      device: fs.device,
      inode: this.inode,
      mode,
      links: entry.type === 'directory' ? 2 : 1,
      uid: entry.uid ?? 0,
      gid: entry.gid ?? 0,
      size: 0,
      blocks: 0,
      modifiedMs: entry.modifiedMs ?? now,
      accessedMs: entry.accessedMs ?? now,
      changedMs: entry.modifiedMs ?? now,
      ...(entry.rdev === undefined ? {} : { rdev: entry.rdev }),
    };
  }

  get access(): Access {
    return this.stat();
  }

  lookup(name: string): SyntheticNode | undefined {
    const entry = this.entry.lookup?.(name);
    return entry === undefined ? undefined : new SyntheticNode(this.fs, entry, this, name, fnv1a32(name, this.inode));
  }

  list(): readonly DirectoryEntry[] {
    return (this.entry.list?.() ?? []).map(({ name, type }) => ({ name, type, inode: fnv1a32(name, this.inode) }));
  }

  read(offset: number, max: number): Result<Uint8Array> {
    const content = this.entry.read?.();
    if (content === undefined) return this.type === 'directory' ? fail('EISDIR') : fail('EACCES');
    if (failed(content)) return content;
    const bytes = typeof content === 'string' ? encodeUtf8(content) : content;
    return offset >= bytes.length ? EMPTY_BYTES : bytes.slice(offset, Math.min(bytes.length, offset + max));
  }

  write(_offset: number, bytes: Uint8Array): Result<number> {
    const written = this.entry.write?.(decodeUtf8(bytes));
    if (this.entry.write === undefined) return fail('EACCES');
    return failed(written) ? written : bytes.length;
  }

  truncate(): Result<void> {
    return this.entry.write === undefined ? fail('EACCES') : undefined;
  }

  allocate(): Result<void> {
    return fail('EOPNOTSUPP');
  }

  punchHole(): Result<void> {
    return fail('EOPNOTSUPP');
  }

  seek(): Result<number> {
    return fail('EINVAL');
  }

  target(): string {
    return this.entry.target?.() ?? '';
  }

  change(change: NodeChange): Result<void> {
    if (this.entry.change === undefined) return fail('EPERM');
    this.entry.change(change);
    return undefined;
  }

  opened(): void {
    // Entries have no state of their own.
  }
}

export class SyntheticFs implements FileSystem {
  mounts = 0;
  #root: SyntheticNode | undefined;
  constructor(
    readonly id: number,
    readonly type: string,
    readonly device: number,
    private readonly make: SyntheticFactory,
    readonly nowMs: () => number,
    /** What `root` was made from, for a snapshot. */
    readonly parameters: { readonly [key: string]: Plain },
  ) {}

  get root(): SyntheticNode {
    this.#root ??= new SyntheticNode(this, this.make(this.parameters), undefined, '', 1);
    return this.#root;
  }

  create(directory: Vnode, name: string, spec: NewNode): Result<Vnode> {
    if (!(directory instanceof SyntheticNode)) return fail('EXDEV');
    if (spec.type !== 'directory' || directory.entry.make === undefined)
      return fail(this.type === 'proc' ? 'ENOENT' : 'EPERM');
    const made = directory.entry.make(name);
    if (failed(made)) return made;
    return directory.lookup(name) ?? fail('EIO');
  }

  link(): Result<void> {
    return fail('EPERM');
  }

  remove(directory: Vnode, name: string): Result<void> {
    if (!(directory instanceof SyntheticNode) || directory.entry.drop === undefined) return fail('EPERM');
    return directory.entry.drop(name);
  }

  rename(): Result<void> {
    return fail('EPERM');
  }

  usage(): FileSystemUsage {
    return NO_USAGE;
  }

  refer(node: Vnode): Plain {
    const names: string[] = [];
    for (let at = node; at.parent !== undefined; at = at.parent) names.unshift(at.name);
    return names;
  }

  recall(reference: Plain): Vnode | undefined {
    let node: SyntheticNode | undefined = this.root;
    for (const name of reference as readonly string[]) node = node?.lookup(name);
    return node;
  }

  snapshot(): Plain {
    return { id: this.id, type: this.type, device: this.device, parameters: this.parameters };
  }
}

/** A directory of fixed names. */
export function directoryOf(entries: Readonly<Record<string, SyntheticEntry>>): SyntheticEntry {
  return {
    type: 'directory',
    list: () => Object.entries(entries).map(([name, { type }]) => ({ name, type })),
    lookup: (name) => (Object.hasOwn(entries, name) ? entries[name] : undefined),
  };
}

/** A read-only file whose text is made on reading. */
export const textFile = (read: () => string): SyntheticEntry => ({ type: 'file', read });
