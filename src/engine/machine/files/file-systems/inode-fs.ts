/**
 * A file system of inodes: the root disk (ext4) and tmpfs. Shared trees are grafted in and made into inodes only where
 * somebody looks; a snapshot holds only what differs from them.
 * Leaves out: blocks, journals, extended attributes, quotas per user.
 */
import { encodeUtf8, EMPTY_BYTES } from '../../../../protocol/bytes.ts';
import { LateMap } from '../../../sim/late-map.ts';
import { fail, failed, type Result } from '../../../../protocol/errno.ts';
import type { Plain } from '../../../../protocol/plain.ts';
import type { DirectoryEntry } from '../../../../protocol/program.ts';
import { PAGE_BYTES } from '../content/extents.ts';
import { heldBytes } from '../content/file-content.ts';
import type { FileTree, FileTreeNode, FileTreeTable } from '../trees/file-tree.ts';
import { Inode } from './inode.ts';
import type { SavedInode } from './saved-inode.ts';
import { storageKind, type StorageKind } from '../content/storage-kind.ts';
import type { FileSystem, FileSystemHost, FileSystemUsage, NewNode, Vnode } from '../vnode.ts';

export interface InodeFsOptions {
  readonly id: number;
  readonly type: string;
  readonly device: number;
  readonly totalBytes: number;
  readonly totalInodes: number;
  /** The tree at the root. */
  readonly tree?: FileTree | undefined;
  readonly rootMode?: number;
  /** When its root was made, Unix ms; now unless stated. */
  readonly madeMs?: number | undefined;
  /** Of a disk's blocks, where they are not pages. */
  readonly blockBytes?: number;
  /** Kept back for the superuser. */
  readonly reservedBytes?: number;
}

interface Graft {
  readonly base: number;
  readonly tree: FileTree;
}

export interface SavedFs {
  readonly options: Omit<InodeFsOptions, 'tree'>;
  readonly next: number;
  readonly usedBytes: number;
  readonly usedInodes: number;
  readonly grafts: readonly { readonly base: number; readonly tree: string }[];
  readonly inodes: readonly SavedInode[];
}

export class InodeFs implements FileSystem {
  readonly id: number;
  readonly type: string;
  readonly device: number;
  readonly storage: StorageKind;
  readonly root: Inode;
  mounts = 0;
  readonly #grafts: Graft[] = [];
  /** Changed inodes, by number; after a restore also those that nobody has looked at yet. */
  readonly #changed = new LateMap<number, Inode>();
  #saved: Map<number, SavedInode> | undefined;
  /** Files whose content has not been made yet. */
  #promised: Set<Inode> | undefined;
  #next = 2;
  #rootInode: Inode | undefined;
  usedBytes = 0;
  usedInodes = 0;

  constructor(
    private readonly options: InodeFsOptions,
    readonly host: FileSystemHost,
    private readonly trees: FileTreeTable,
    saved?: Plain,
  ) {
    this.id = options.id;
    this.type = options.type;
    this.device = options.device;
    this.storage = storageKind(options.type, options.blockBytes);
    if (saved === undefined) {
      this.root = this.#rootInode =
        options.tree === undefined
          ? this.#fresh({ type: 'directory', mode: options.rootMode ?? 0o755, uid: 0, gid: 0 }, options.madeMs)
          : this.#graftRoot(options.tree);
      if (options.tree === undefined) {
        this.root.links = 2;
        this.usedBytes = this.root.pages * PAGE_BYTES;
      }
      return;
    }
    const state = saved as unknown as SavedFs;
    this.#next = state.next;
    this.usedBytes = state.usedBytes;
    this.usedInodes = state.usedInodes;
    for (const { base, tree } of state.grafts) {
      const found = trees.get(tree);
      if (found === undefined) throw new Error(`a snapshot refers to the file tree ${tree}, which is not there`);
      this.#grafts.push({ base, tree: found });
    }
    this.#saved = new Map(state.inodes.map((inode) => [inode.inode, inode]));
    for (const { content } of state.inodes) if (content !== undefined) host.contents.held += heldBytes(content);
    const root = this.inodeOf(2);
    if (root === undefined) throw new Error('a saved file system has no root');
    this.root = this.#rootInode = root;
  }

  // ---- what FileSystem asks

  create(directory: Vnode, name: string, spec: NewNode): Result<Inode> {
    if (!(directory instanceof Inode)) return fail('EXDEV');
    if (directory.lookup(name) !== undefined) return fail('EEXIST');
    if (directory.links === 0) return fail('ENOENT');
    if (this.usedInodes >= this.options.totalInodes) return fail('ENOSPC');
    const pages = this.storage.pagesOfNew(spec.type, spec.target?.length ?? 0);
    if (this.take(pages) < pages) return fail('ENOSPC');
    const inode = this.#fresh(spec);
    this.#enter(directory, name, inode);
    if (spec.type === 'directory') {
      inode.links = 2;
      directory.links += 1;
    }
    return inode;
  }

  link(directory: Vnode, name: string, node: Vnode): Result<void> {
    if (!(directory instanceof Inode) || !(node instanceof Inode) || node.fs !== this) return fail('EXDEV');
    if (directory.lookup(name) !== undefined) return fail('EEXIST');
    if (node.type === 'directory') return fail('EPERM');
    node.links += 1;
    node.touchChange();
    this.#enter(directory, name, node);
  }

  remove(directory: Vnode, name: string): Result<void> {
    if (!(directory instanceof Inode)) return fail('EXDEV');
    const node = directory.lookup(name);
    if (node === undefined) return fail('ENOENT');
    if (node.type === 'directory') {
      if (!node.isEmpty()) return fail('ENOTEMPTY');
      directory.links -= 1;
      node.links = 0;
    } else node.links -= 1;
    directory.leave(name);
    node.touchChange();
    this.forgetIfGone(node);
    this.host.changed(directory);
  }

  /** Takes a whole subtree away in one step; answers false where there is none. */
  prune(directory: Inode, name: string): boolean {
    const node = directory.lookup(name);
    if (node === undefined) return false;
    const forget = (inode: Inode): void => {
      if (inode.type === 'directory') {
        inode.links = 0;
        for (const child of inode.knownChildren()) forget(child);
      } else inode.links -= 1;
      this.forgetIfGone(inode, false);
    };
    const usage = node.usage();
    if (node.type === 'directory') directory.links -= 1;
    forget(node);
    this.give(usage.pages);
    this.usedInodes -= usage.inodes;
    directory.leave(name);
    this.host.changed(directory);
    return true;
  }

  rename(from: Vnode, name: string, to: Vnode, newName: string): Result<void> {
    if (!(from instanceof Inode) || !(to instanceof Inode) || from.fs !== to.fs) return fail('EXDEV');
    const node = from.lookup(name);
    if (node === undefined) return fail('ENOENT');
    const target = to.lookup(newName);
    if (target === node) return;
    if (node.type === 'directory')
      for (let up: Vnode | undefined = to; up !== undefined; up = up.parent) if (up === node) return fail('EINVAL');
    if (target !== undefined) {
      if (target.type === 'directory' && node.type !== 'directory') return fail('EISDIR');
      if (target.type !== 'directory' && node.type === 'directory') return fail('ENOTDIR');
      const removed = this.remove(to, newName);
      if (failed(removed)) return removed;
    }
    from.leave(name);
    if (node.type === 'directory') {
      from.links -= 1;
      to.links += 1;
    }
    node.markChanged();
    node.touchChange();
    this.#enter(to, newName, node);
    this.host.changed(from);
  }

  usage(): FileSystemUsage {
    const { totalBytes, totalInodes, reservedBytes } = this.options;
    const usedBytes = (): number => {
      this.#settleAll();
      return this.usedBytes;
    };
    return {
      totalBytes,
      reservedBytes,
      // Most callers want the size of the disk only.
      get usedBytes() {
        return usedBytes();
      },
      madeBytes: this.usedBytes,
      inodes: totalInodes,
      usedInodes: this.usedInodes,
    };
  }

  refer(node: Vnode): Plain {
    return node.inode;
  }

  recall(reference: Plain): Inode | undefined {
    return typeof reference === 'number' ? this.inodeOf(reference) : undefined;
  }

  snapshot(): Plain {
    this.#settleAll();
    const { tree: _, ...options } = this.options;
    const inodes: SavedInode[] = [];
    for (const inode of this.#changed.values())
      if (inode.links > 0 || inode.opens > 0 || inode === this.root) inodes.push(inode.save());
    for (const [number, saved] of this.#saved ?? []) if (!this.#changed.has(number)) inodes.push(saved);
    const state: SavedFs = {
      options,
      next: this.#next,
      usedBytes: this.usedBytes,
      usedInodes: this.usedInodes,
      grafts: this.#grafts.map(({ base, tree }) => ({ base, tree: tree.id })),
      inodes: inodes.toSorted((a, b) => a.inode - b.inode),
    };
    return state as unknown as Plain;
  }

  /** Nothing shows it any more. */
  discard(): void {
    for (const inode of this.#changed.values()) inode.leaveBudget();
    for (const { content } of this.#saved?.values() ?? [])
      if (content !== undefined) this.host.contents.held -= heldBytes(content);
  }

  static restore(saved: Plain, host: FileSystemHost, trees: FileTreeTable): InodeFs {
    return new InodeFs((saved as unknown as SavedFs).options, host, trees, saved);
  }

  // ---- what inodes ask

  /** Puts a tree at a new name of a directory. */
  graft(directory: Inode, name: string, tree: FileTree): Result<void> {
    if (directory.lookup(name) !== undefined) return fail('EEXIST');
    const inode = this.#graftRoot(tree);
    this.#enter(directory, name, inode);
    directory.links += 1;
  }

  promised(inode: Inode): void {
    this.#promised ??= new Set();
    this.#promised.add(inode);
  }

  /** The content is there, or is not wanted any more. */
  settled(inode: Inode): void {
    this.#promised?.delete(inode);
    this.usedBytes += inode.pages * PAGE_BYTES;
  }

  #settleAll(): void {
    for (const inode of this.#promised ?? []) inode.settle();
  }

  /** Takes room for so many pages, or for as many as there are; answers how many. */
  take(pages: number): number {
    if (pages === 0) return 0;
    const free = Math.max(0, Math.floor((this.options.totalBytes - this.usedBytes) / PAGE_BYTES));
    const taken = Math.min(pages, free);
    this.usedBytes += taken * PAGE_BYTES;
    return taken;
  }

  give(pages: number): void {
    this.usedBytes -= pages * PAGE_BYTES;
  }

  markChanged(inode: Inode): void {
    this.#changed.set(inode.inode, inode);
    this.#saved?.delete(inode.inode);
  }

  forgetIfGone(inode: Inode, account = true): void {
    if (inode.links > 0 || inode.opens > 0) return;
    if (account) {
      this.give(inode.pages);
      this.usedInodes -= 1;
    }
    inode.free();
    this.#changed.delete(inode.inode);
    this.#saved?.delete(inode.inode);
  }

  /** The inode of a node of a grafted tree, as a child of `parent`. */
  materialise(graftBase: number, node: FileTreeNode, parent: Inode): Inode {
    const saved = this.#saved?.get(graftBase + node.index);
    if (saved !== undefined) return this.#fromSaved(saved, parent, node.name);
    return new Inode(
      this,
      graftBase + node.index,
      node.type === 'whiteout' ? 'char' : node.type,
      { base: node, graftBase },
      parent,
      node.name,
    );
  }

  /** The inode that a restored directory names. */
  entered(number: number, parent: Inode, name: string): Inode | undefined {
    const live = this.#changed.get(number);
    if (live !== undefined) return live;
    const saved = this.#saved?.get(number);
    if (saved !== undefined) return this.#fromSaved(saved, parent, name);
    const graft = this.#grafts.findLast(({ base, tree }) => number >= base && number < base + tree.size);
    const node = graft?.tree.node(number - graft.base);
    return graft === undefined || node === undefined ? undefined : this.materialise(graft.base, node, parent);
  }

  /** Any inode by number: live, saved, or untouched below a graft. */
  inodeOf(number: number): Inode | undefined {
    const live = this.#changed.get(number) ?? (number === 2 ? this.#rootInode : undefined);
    if (live !== undefined) return live;
    const saved = this.#saved?.get(number);
    const graft = this.#grafts.findLast(({ base, tree }) => number >= base && number < base + tree.size);
    const node = graft?.tree.node(number - graft.base);
    if (saved === undefined && (graft === undefined || node === undefined)) return undefined;
    if (graft !== undefined && node !== undefined && node.index > 0) {
      const moved = saved?.parent !== undefined && saved.parent !== graft.base + node.parent;
      const parent = moved ? undefined : this.inodeOf(graft.base + node.parent);
      const child = parent?.lookup(node.name);
      if (child?.inode === number) return child;
    }
    if (saved !== undefined) {
      const parent = saved.parent === undefined || saved.parent === number ? undefined : this.inodeOf(saved.parent);
      const child = parent?.lookup(saved.name);
      return child?.inode === number ? child : this.#fromSaved(saved, parent, saved.name);
    }
    if (graft === undefined || node === undefined) return undefined;
    // An untouched graft's root is entered in a changed directory, which finds it by number.
    return new Inode(this, number, 'directory', { base: node, graftBase: graft.base }, undefined, '');
  }

  // ---- making inodes

  #fromSaved(saved: SavedInode, parent: Inode | undefined, name: string): Inode {
    const graft = saved.graftBase === undefined ? undefined : this.#grafts.find(({ base }) => base === saved.graftBase);
    const base = graft?.tree.node(saved.inode - graft.base);
    const origin = graft !== undefined && base !== undefined ? { base, graftBase: graft.base } : undefined;
    const inode = new Inode(this, saved.inode, saved.type, origin, parent, name);
    inode.load(saved);
    this.markChanged(inode);
    return inode;
  }

  #fresh(spec: NewNode, now = this.host.nowMs()): Inode {
    const number = this.#next;
    this.#next += 1;
    this.usedInodes += 1;
    const inode = new Inode(this, number, spec.type, undefined, undefined, '');
    inode.mode = spec.mode;
    inode.uid = spec.uid;
    inode.gid = spec.gid;
    inode.modifiedMs = inode.accessedMs = inode.changedMs = now;
    inode.own(spec.target === undefined ? EMPTY_BYTES : encodeUtf8(spec.target));
    if (spec.rdev !== undefined) inode.rdev = spec.rdev;
    this.markChanged(inode);
    return inode;
  }

  #graftRoot(tree: FileTree): Inode {
    this.trees.add(tree);
    const base = this.#next;
    this.#next += tree.size;
    this.usedInodes += tree.size;
    this.usedBytes +=
      PAGE_BYTES * (tree.room.filePages + tree.room.directories * this.storage.pagesOfNew('directory', 0));
    this.#grafts.push({ base, tree });
    return new Inode(this, base, 'directory', { base: tree.root, graftBase: base }, undefined, '');
  }

  #enter(directory: Inode, name: string, inode: Inode): void {
    directory.enter(name, inode);
    this.host.changed(directory);
  }
}

export const entryOf = (name: string, node: Vnode): DirectoryEntry => ({ name, type: node.type, inode: node.inode });
