import { decodeUtf8, EMPTY_BYTES } from '../../../../protocol/bytes.ts';
import { LateMap } from '../../../sim/late-map.ts';
import { fail, failed, type Result } from '../../../../protocol/errno.ts';
import type { AllocateOptions, DirectoryEntry, FileStat, FileType } from '../../../../protocol/program.ts';
import { PAGE_BYTES, pagesOf } from '../content/extents.ts';
import { FileContent } from '../content/file-content.ts';
import { treeFileBytes, type FileTreeNode } from '../trees/file-tree.ts';
import type { InodeFs } from './inode-fs.ts';
import type { SavedInode } from './saved-inode.ts';
import type { Access, NodeChange, Vnode } from '../vnode.ts';

export class Inode implements Vnode {
  mode: number;
  uid: number;
  gid: number;
  links: number;
  opens = 0;
  modifiedMs: number;
  accessedMs: number;
  changedMs: number;
  rdev: readonly [number, number] | undefined;
  /** Own content; undefined: the tree's. */
  #content: FileContent | undefined;
  /** Makes the content when somebody first asks for it or for its size. */
  #promise: (() => Uint8Array) | undefined;
  #promisedBytes: number | undefined;
  /** What differs from the tree, and what has been looked at: null is a removed name, a number an inode not yet restored. */
  #children: Map<string, Inode | number | null> | undefined;

  constructor(
    readonly fs: InodeFs,
    readonly inode: number,
    readonly type: FileType,
    readonly origin: { readonly base: FileTreeNode; readonly graftBase: number } | undefined,
    public parent: Inode | undefined,
    public name: string,
  ) {
    const base = origin?.base;
    this.mode = base?.mode ?? 0;
    this.uid = base?.uid ?? 0;
    this.gid = base?.gid ?? 0;
    this.links = base?.type === 'directory' ? 2 + countDirectories(base) : 1;
    this.modifiedMs = this.accessedMs = this.changedMs = base?.mtimeMs ?? 0;
    this.rdev = base?.type === 'whiteout' ? [0, 0] : base?.rdev;
  }

  get size(): number {
    if (this.#promise !== undefined && this.#promisedBytes !== undefined) return this.#promisedBytes;
    this.settle();
    if (this.#content !== undefined) return this.#content.length;
    return this.origin?.base.size ?? 0;
  }

  /** What it takes of its file system. */
  get pages(): number {
    if (this.type !== 'file') return this.fs.storage.pagesOfNew(this.type, this.type === 'symlink' ? this.size : 0);
    return this.#content?.pages ?? pagesOf(this.size);
  }

  /** Hides what lower layers of an overlay have here. */
  get opaque(): boolean {
    return this.origin?.base.opaque === true || this.opaqueMark;
  }
  opaqueMark = false;

  stat(): FileStat {
    return {
      type: this.type,
      device: this.fs.device,
      inode: this.inode,
      mode: this.mode,
      links: this.links,
      uid: this.uid,
      gid: this.gid,
      size: this.type === 'directory' ? this.fs.storage.directoryBytes(() => this.#count(), this.inode) : this.size,
      blocks: this.pages * 8,
      modifiedMs: this.modifiedMs,
      accessedMs: this.accessedMs,
      changedMs: this.changedMs,
      ...(this.rdev === undefined ? {} : { rdev: this.rdev }),
    };
  }

  get access(): Access {
    return this;
  }

  lookup(name: string): Inode | undefined {
    if (this.type !== 'directory') return undefined;
    const known = this.#children?.get(name);
    if (known === null) return undefined;
    if (typeof known === 'number') {
      const child = this.fs.entered(known, this, name);
      if (child === undefined) return undefined;
      child.parent = this;
      child.name = name;
      this.#map().set(name, child);
      return child;
    }
    if (known !== undefined) return known;
    const node = this.origin?.base.children?.get(name);
    if (node === undefined || this.origin === undefined) return undefined;
    const child = this.fs.materialise(this.origin.graftBase, node, this);
    this.#map().set(name, child);
    return child;
  }

  /** The tree's names first, in its order, whether or not they have inodes; then those that were added. */
  list(): readonly DirectoryEntry[] {
    const entries: DirectoryEntry[] = [];
    const graftBase = this.origin?.graftBase ?? 0;
    for (const node of this.origin?.base.children?.values() ?? []) {
      if (this.#untouched(node))
        entries.push({
          name: node.name,
          type: node.type === 'whiteout' ? 'char' : node.type,
          inode: graftBase + node.index,
        });
    }
    for (const name of [...(this.#children?.keys() ?? [])]) {
      const node = this.origin?.base.children?.get(name);
      if (node !== undefined && this.#untouched(node)) continue;
      const child = this.lookup(name);
      if (child !== undefined) entries.push({ name, type: child.type, inode: child.inode });
    }
    return entries;
  }

  /** The name still leads to the tree's node. */
  #untouched(node: FileTreeNode): boolean {
    const child = this.#children?.get(node.name);
    if (child === undefined) return true;
    return (
      child !== null && (typeof child === 'number' ? child : child.inode) === (this.origin?.graftBase ?? 0) + node.index
    );
  }

  isEmpty(): boolean {
    return this.#count() === 0;
  }

  /** Children that have inodes already. */
  knownChildren(): readonly Inode[] {
    return [...(this.#children ?? [])]
      .map(([name, child]) => (typeof child === 'number' ? this.lookup(name) : child))
      .filter((child) => child instanceof Inode);
  }

  read(offset: number, max: number): Result<Uint8Array> {
    if (this.type === 'directory') return fail('EISDIR');
    this.settle();
    if (this.#content !== undefined) return this.#content.read(offset, max);
    const base = this.origin?.base;
    return base === undefined ? EMPTY_BYTES : treeFileBytes(base, offset, max);
  }

  write(offset: number, bytes: Uint8Array): Result<number> {
    const content = this.#own();
    const before = content.pages;
    const [first, last] = [Math.floor(offset / PAGE_BYTES), pagesOf(offset + bytes.length)];
    const more = content.missing(first, last);
    const taken = this.fs.take(more);
    const fitting =
      taken === more ? bytes : bytes.subarray(0, Math.max(0, content.reach(first, taken) * PAGE_BYTES - offset));
    const written = content.write(offset, fitting);
    // What found no room in memory is not on the disk either.
    this.fs.give(taken - (content.pages - before));
    if (written === 0 && bytes.length > 0) return fail('ENOSPC');
    this.#touch();
    return written;
  }

  /** Longer: with a hole at its end. EFBIG beyond what the file system can number. */
  truncate(size: number): Result<void> {
    if (size > this.fs.storage.largestFile) return fail('EFBIG');
    if (size === 0 && this.#promise !== undefined) {
      this.#promise = undefined;
      this.fs.settled(this);
    }
    const before = this.pages;
    if (size === 0) this.own(EMPTY_BYTES);
    else this.#own().truncate(size);
    this.fs.give(before - this.pages);
    this.#touch();
  }

  allocate(offset: number, length: number, { keepSize }: Pick<AllocateOptions, 'keepSize'>): Result<void> {
    const end = offset + length;
    if (end > this.fs.storage.largestFile) return fail('EFBIG');
    const content = this.#own();
    const [first, last] = [Math.floor(offset / PAGE_BYTES), pagesOf(end)];
    const more = content.missing(first, last);
    const taken = this.fs.take(more);
    if (taken < more) {
      this.fs.give(taken);
      return fail('ENOSPC');
    }
    if (keepSize !== true && end > content.length) content.truncate(end);
    content.allocate(first, last);
    this.#touch();
  }

  punchHole(offset: number, length: number): Result<void> {
    const content = this.#own();
    const before = content.pages;
    content.punchHole(offset, offset + length);
    this.fs.give(before - content.pages);
    this.#touch();
  }

  seek(offset: number, kind: 'data' | 'hole'): Result<number> {
    this.settle();
    const end = kind === 'hole' ? this.size : offset;
    const whole = offset < this.size ? end : undefined;
    return (this.#content === undefined ? whole : this.#content.next(offset, kind)) ?? fail('ENXIO');
  }

  target(): string {
    if (this.#content !== undefined) return decodeUtf8(this.#content.read(0, Infinity));
    return this.origin?.base.target ?? '';
  }

  change(change: NodeChange): Result<void> {
    if (change.mode !== undefined) this.mode = change.mode;
    if (change.uid !== undefined) this.uid = change.uid;
    if (change.gid !== undefined) this.gid = change.gid;
    if (change.accessedMs !== undefined) this.accessedMs = change.accessedMs;
    if (change.modifiedMs !== undefined) this.modifiedMs = change.modifiedMs;
    this.touchChange();
  }

  opened(by: 1 | -1): void {
    this.opens += by;
    if (by < 0) this.fs.forgetIfGone(this);
  }

  /** Content that is made on first use, for files that are dear to make and that few read. */
  promise(make: () => Uint8Array, sizeBytes?: number): void {
    this.#promise = make;
    this.#promisedBytes = sizeBytes;
    this.fs.promised(this);
  }

  /** Replaces its content. */
  own(bytes: Uint8Array): FileContent {
    this.free();
    const content = new FileContent(this.fs.host.contents);
    content.write(0, bytes);
    this.#content = content;
    return content;
  }

  /** Gives back the memory of its content. */
  free(): void {
    this.#content?.truncate(0);
  }

  leaveBudget(): void {
    this.#content?.leaveBudget();
  }

  settle(): void {
    const make = this.#promise;
    if (make === undefined) return;
    this.#promise = undefined;
    this.own(make());
    this.fs.settled(this);
  }

  // ---- directories

  enter(name: string, child: Inode): void {
    child.parent = this;
    child.name = name;
    child.markChanged();
    // A new name comes last, whatever stood there before.
    this.#map().delete(name);
    this.#map().set(name, child);
    this.#touchDirectory();
  }

  leave(name: string): void {
    if (this.origin?.base.children?.has(name) === true) this.#map().set(name, null);
    else this.#children?.delete(name);
    this.#touchDirectory();
  }

  /** Bytes of regular files, inodes and pages below and with it. */
  usage(): { bytes: number; inodes: number; pages: number } {
    if (this.type !== 'directory') return { bytes: this.type === 'file' ? this.size : 0, inodes: 1, pages: this.pages };
    let bytes = 0;
    let inodes = 1;
    let { pages } = this;
    for (const { name } of this.list()) {
      const child = this.lookup(name);
      if (child === undefined) continue;
      const below = child.usage();
      bytes += below.bytes;
      inodes += below.inodes;
      pages += below.pages;
    }
    return { bytes, inodes, pages };
  }

  // ---- snapshot

  save(): SavedInode {
    const base = this.origin?.base;
    const entries: [string, number | null][] = [];
    for (const [name, child] of this.#children ?? []) {
      const node = base?.children?.get(name);
      const untouched = node !== undefined && this.#untouched(node);
      if (!untouched) entries.push([name, child instanceof Inode ? child.inode : child]);
    }
    return {
      inode: this.inode,
      type: this.type,
      graftBase: this.origin?.graftBase,
      parent: this.parent?.inode,
      name: this.name,
      mode: this.mode,
      uid: this.uid,
      gid: this.gid,
      links: this.links,
      times: [this.accessedMs, this.modifiedMs, this.changedMs],
      rdev: this.rdev,
      content: this.#content?.save(),
      entries:
        this.type === 'directory' ? [...entries, ...(this.opaqueMark ? ([['', null]] as const) : [])] : undefined,
    };
  }

  load(saved: SavedInode): void {
    this.mode = saved.mode;
    this.uid = saved.uid;
    this.gid = saved.gid;
    this.links = saved.links;
    [this.accessedMs, this.modifiedMs, this.changedMs] = saved.times;
    this.rdev = saved.rdev;
    if (saved.content !== undefined) this.#content = FileContent.load(saved.content, this.fs.host.contents);
    for (const [name, number] of saved.entries ?? []) {
      if (name === '') this.opaqueMark = true;
      else this.#map().set(name, number);
    }
  }

  markChanged(): void {
    this.fs.markChanged(this);
  }

  touchChange(): void {
    this.changedMs = this.fs.host.nowMs();
    this.markChanged();
  }

  #touch(): void {
    this.modifiedMs = this.changedMs = this.fs.host.nowMs();
    this.markChanged();
    if (this.parent !== undefined) this.fs.host.changed(this.parent);
  }

  #touchDirectory(): void {
    this.modifiedMs = this.changedMs = this.fs.host.nowMs();
    this.markChanged();
  }

  #map(): Map<string, Inode | number | null> {
    this.#children ??= new LateMap();
    return this.#children;
  }

  #count(): number {
    let count = 0;
    for (const [name, child] of this.#children ?? []) {
      const inTree = this.origin?.base.children?.has(name) === true;
      if (child === null) count -= 1;
      else if (!inTree) count += 1;
    }
    return count + (this.origin?.base.children?.size ?? 0);
  }

  /** Its own content, copied from the tree where it has none. */
  #own(): FileContent {
    if (this.#content !== undefined) return this.#content;
    const whole = this.read(0, Infinity);
    return this.own(failed(whole) ? EMPTY_BYTES : whole);
  }
}

function countDirectories(node: FileTreeNode): number {
  let count = 0;
  for (const child of node.children?.values() ?? []) if (child.type === 'directory') count += 1;
  return count;
}
