/**
 * overlayfs: one directory tree out of a writable upper and read-only lower directories.
 * Models: merged directories, whiteouts (character device 0:0), opaque directories, copy-up, EXDEV for renamed lower
 * directories (redirect_dir=off). Leaves out: metacopy, xattrs; changes below a mounted lower directory are undefined, as
 * in the kernel. Source: Documentation/filesystems/overlayfs.rst.
 */

import { fail, failed, type Result } from '../../../../protocol/errno.ts';
import { LateMap } from '../../../sim/late-map.ts';
import type { Plain } from '../../../../protocol/plain.ts';
import type { AllocateOptions, DirectoryEntry, FileStat, FileType } from '../../../../protocol/program.ts';
import { fnv1a32 } from '../../../sim/hash.ts';
import { Inode } from './inode.ts';
import { InodeFs } from './inode-fs.ts';
import type { Access, FileSystem, FileSystemHost, FileSystemUsage, NewNode, NodeChange, Vnode } from '../vnode.ts';
import { NO_USAGE, writeWhole } from '../vnode.ts';

const isWhiteout = (node: Vnode): boolean => {
  if (node.type !== 'char') return false;
  const { rdev } = node.stat();
  return rdev?.[0] === 0 && rdev[1] === 0;
};
const isOpaque = (node: Vnode): boolean => node instanceof Inode && node.opaque;

class OverlayNode implements Vnode {
  /** Names that have been looked at; few nodes are directories with any. */
  #children: Map<string, OverlayNode> | undefined;
  gone = false;
  constructor(
    readonly fs: OverlayFs,
    readonly inode: number,
    readonly type: FileType,
    public parent: OverlayNode | undefined,
    public name: string,
    public upper: Vnode | undefined,
    readonly lowers: readonly Vnode[],
  ) {}

  /** The node that gives content and attributes. */
  get top(): Vnode {
    const top = this.upper ?? this.lowers[0];
    if (top === undefined) throw new Error('an overlay node without layers');
    return top;
  }

  stat(): FileStat {
    const stat = this.top.stat();
    return { ...stat, device: this.fs.device, inode: this.inode, ...(this.type === 'directory' ? { links: 1 } : {}) };
  }

  get access(): Access {
    return this.top.access;
  }

  lookup(name: string): OverlayNode | undefined {
    if (this.type !== 'directory') return undefined;
    const up = this.upper?.lookup(name);
    const cached = this.#children?.get(name);
    if (cached !== undefined && cached.upper === up) return cached;
    this.#children?.delete(name);
    if (up !== undefined && isWhiteout(up)) return undefined;
    const lowers =
      up !== undefined && (up.type !== 'directory' || isOpaque(up)) ? [] : this.lowersOf(name, up !== undefined);
    const top = up ?? lowers[0];
    if (top === undefined) return undefined;
    const inode = top.type === 'directory' ? this.fs.directoryNumber(this, name) : top.inode;
    const node = new OverlayNode(this.fs, inode, top.type, this, name, up, lowers);
    this.keep(name, node);
    return node;
  }

  keep(name: string, child: OverlayNode): void {
    this.#children ??= new LateMap();
    this.#children.set(name, child);
  }

  lose(name: string): void {
    this.#children?.delete(name);
  }

  /** What the lower directories have under a name; only directories where they merge into one above. */
  lowersOf(name: string, merging: boolean): Vnode[] {
    const found: Vnode[] = [];
    for (const lower of this.lowers) {
      const node = lower.lookup(name);
      if (node === undefined) continue;
      if (isWhiteout(node)) break;
      if (node.type !== 'directory') {
        if (!merging && found.length === 0) found.push(node);
        break;
      }
      found.push(node);
      if (isOpaque(node)) break;
    }
    return found;
  }

  list(): readonly DirectoryEntry[] {
    const entries = new Map<string, DirectoryEntry>();
    for (const layer of this.upper === undefined ? this.lowers : [this.upper, ...this.lowers]) {
      for (const { name } of layer.list()) {
        if (entries.has(name)) continue;
        const node = this.lookup(name);
        if (node !== undefined) entries.set(name, { name, type: node.type, inode: node.inode });
      }
    }
    return [...entries.values()];
  }

  read(offset: number, max: number): Result<Uint8Array> {
    return this.top.read(offset, max);
  }

  write(offset: number, bytes: Uint8Array): Result<number> {
    const upper = this.copyUp();
    return failed(upper) ? upper : upper.write(offset, bytes);
  }

  truncate(size: number): Result<void> {
    const upper = this.copyUp(size > 0);
    return failed(upper) ? upper : upper.truncate(size);
  }

  allocate(offset: number, length: number, options: AllocateOptions): Result<void> {
    const upper = this.copyUp();
    return failed(upper) ? upper : upper.allocate(offset, length, options);
  }

  punchHole(offset: number, length: number): Result<void> {
    const upper = this.copyUp();
    return failed(upper) ? upper : upper.punchHole(offset, length);
  }

  seek(offset: number, kind: 'data' | 'hole'): Result<number> {
    return this.top.seek(offset, kind);
  }

  target(): string {
    return this.top.target();
  }

  change(change: NodeChange): Result<void> {
    const upper = this.copyUp();
    return failed(upper) ? upper : upper.change(change);
  }

  opened(by: 1 | -1): void {
    this.upper?.opened(by);
    this.#opens += by;
  }
  #opens = 0;

  /** Makes the node one of the upper directory: attributes, times and content are taken along. */
  copyUp(content = true): Result<Vnode> {
    if (this.upper !== undefined) return this.upper;
    if (this.parent === undefined) return fail('EROFS');
    const directory = this.parent.copyUp();
    if (failed(directory)) return directory;
    const from = this.top;
    const stat = from.stat();
    const copy = directory.fs.create(directory, this.name, {
      type: this.type,
      mode: stat.mode,
      uid: stat.uid,
      gid: stat.gid,
      ...(this.type === 'symlink' ? { target: from.target() } : {}),
      ...(stat.rdev === undefined ? {} : { rdev: stat.rdev }),
    });
    if (failed(copy)) return copy;
    if (this.type === 'file' && content) {
      const bytes = from.read(0, Infinity);
      const written = failed(bytes) ? bytes : writeWhole(copy, 0, bytes);
      if (failed(written)) return written;
    }
    copy.change({ modifiedMs: stat.modifiedMs, accessedMs: stat.accessedMs });
    for (let i = 0; i < this.#opens; i += 1) copy.opened(1);
    this.upper = copy;
    return copy;
  }
}

interface SavedOverlay {
  readonly id: number;
  readonly device: number;
  readonly upper: Plain;
  readonly lowers: readonly Plain[];
}

export interface OverlayHost extends FileSystemHost {
  readonly refer: (node: Vnode) => Plain;
  readonly recall: (reference: Plain) => Vnode | undefined;
}

export class OverlayFs implements FileSystem {
  readonly type = 'overlay';
  readonly root: OverlayNode;
  mounts = 0;
  constructor(
    readonly id: number,
    readonly device: number,
    private readonly host: OverlayHost,
    readonly upper: Vnode | undefined,
    readonly lowers: readonly Vnode[],
  ) {
    this.root = new OverlayNode(
      this,
      1,
      'directory',
      undefined,
      '',
      upper,
      upper !== undefined && isOpaque(upper) ? [] : lowers,
    );
  }

  create(directory: Vnode, name: string, spec: NewNode): Result<Vnode> {
    const parent = this.#writable(directory);
    if (failed(parent)) return parent;
    if (parent.node.lookup(name) !== undefined) return fail('EEXIST');
    this.#dropWhiteout(parent.upper, name);
    const made = parent.upper.fs.create(parent.upper, name, spec);
    if (failed(made)) return made;
    if (spec.type === 'directory' && made instanceof Inode && parent.node.lowersOf(name, true).length > 0)
      made.opaqueMark = true;
    this.host.changed(directory);
    return parent.node.lookup(name) ?? fail('EIO');
  }

  link(directory: Vnode, name: string, node: Vnode): Result<void> {
    const parent = this.#writable(directory);
    if (failed(parent)) return parent;
    if (!(node instanceof OverlayNode) || node.fs !== this) return fail('EXDEV');
    if (parent.node.lookup(name) !== undefined) return fail('EEXIST');
    const from = node.copyUp();
    if (failed(from)) return from;
    this.#dropWhiteout(parent.upper, name);
    return parent.upper.fs.link(parent.upper, name, from);
  }

  remove(directory: Vnode, name: string): Result<void> {
    const parent = this.#writable(directory);
    if (failed(parent)) return parent;
    const node = parent.node.lookup(name);
    if (node === undefined) return fail('ENOENT');
    if (node.type === 'directory' && node.list().length > 0) return fail('ENOTEMPTY');
    if (node.upper !== undefined) {
      // A directory may still hold whiteouts that nobody sees.
      if (node.upper.fs instanceof InodeFs && parent.upper instanceof Inode && node.type === 'directory')
        node.upper.fs.prune(parent.upper, name);
      else {
        const removed = parent.upper.fs.remove(parent.upper, name);
        if (failed(removed)) return removed;
      }
    }
    node.gone = true;
    parent.node.lose(name);
    const white = this.#whiteOut(parent, name);
    this.host.changed(directory);
    return white;
  }

  rename(from: Vnode, name: string, to: Vnode, newName: string): Result<void> {
    const source = this.#writable(from);
    const target = this.#writable(to);
    if (failed(source)) return source;
    if (failed(target)) return target;
    const node = source.node.lookup(name);
    if (node === undefined) return fail('ENOENT');
    if (node.type === 'directory' && node.lowers.length > 0) return fail('EXDEV');
    const existing = target.node.lookup(newName);
    if (existing === node) return;
    if (existing !== undefined) {
      if (existing.type === 'directory' && node.type !== 'directory') return fail('EISDIR');
      if (existing.type !== 'directory' && node.type === 'directory') return fail('ENOTDIR');
      const removed = this.remove(to, newName);
      if (failed(removed)) return removed;
    }
    const up = node.copyUp();
    if (failed(up)) return up;
    this.#dropWhiteout(target.upper, newName);
    const moved = source.upper.fs.rename(source.upper, name, target.upper, newName);
    if (failed(moved)) return moved;
    source.node.lose(name);
    target.node.keep(newName, node);
    node.parent = target.node;
    node.name = newName;
    if (node.type === 'directory' && up instanceof Inode && target.node.lowersOf(newName, true).length > 0)
      up.opaqueMark = true;
    this.host.changed(from);
    this.host.changed(to);
    return this.#whiteOut(source, name);
  }

  usage(): FileSystemUsage {
    return (this.upper ?? this.lowers[0])?.fs.usage() ?? NO_USAGE;
  }

  /** Inode numbers of merged directories depend on their paths only, so that a restored overlay shows the same. */
  directoryNumber(parent: OverlayNode, name: string): number {
    return fnv1a32(name, (parent.inode ^ Math.imul(this.id, 0x9e3779b1)) >>> 0);
  }

  refer(node: Vnode): Plain {
    if (!(node instanceof OverlayNode)) return undefined;
    if (node.gone) return node.upper === undefined ? undefined : { detached: this.host.refer(node.upper) };
    const names: string[] = [];
    for (let at = node; at.parent !== undefined; at = at.parent) names.unshift(at.name);
    return { names };
  }

  recall(reference: Plain): Vnode | undefined {
    const { names, detached } = reference as { names?: readonly string[]; detached?: Plain };
    if (detached !== undefined) {
      const upper = this.host.recall(detached);
      if (upper === undefined) return undefined;
      const node = new OverlayNode(this, upper.inode, upper.type, undefined, '', upper, []);
      node.gone = true;
      return node;
    }
    let node: OverlayNode | undefined = this.root;
    for (const name of names ?? []) node = node?.lookup(name);
    return node;
  }

  snapshot(): Plain {
    const state: SavedOverlay = {
      id: this.id,
      device: this.device,
      upper: this.upper === undefined ? undefined : this.host.refer(this.upper),
      lowers: this.lowers.map((lower) => this.host.refer(lower)),
    };
    return state as unknown as Plain;
  }

  static restore(saved: Plain, host: OverlayHost): OverlayFs {
    const { id, device, upper, lowers } = saved as unknown as SavedOverlay;
    const recalled = lowers.map((lower) => host.recall(lower));
    return new OverlayFs(
      id,
      device,
      host,
      upper === undefined ? undefined : host.recall(upper),
      recalled.filter((node) => node !== undefined),
    );
  }

  #writable(directory: Vnode): Result<{ readonly node: OverlayNode; readonly upper: Vnode }> {
    if (!(directory instanceof OverlayNode) || directory.fs !== this) return fail('EXDEV');
    if (directory.gone) return fail('ENOENT');
    const upper = directory.copyUp();
    return failed(upper) ? upper : { node: directory, upper };
  }

  #dropWhiteout(upper: Vnode, name: string): void {
    const node = upper.lookup(name);
    if (node !== undefined && isWhiteout(node)) upper.fs.remove(upper, name);
  }

  #whiteOut(parent: { readonly node: OverlayNode; readonly upper: Vnode }, name: string): Result<void> {
    if (isOpaque(parent.upper) || parent.node.lowersOf(name, false).length === 0) return;
    const made = parent.upper.fs.create(parent.upper, name, { type: 'char', mode: 0, uid: 0, gid: 0, rdev: [0, 0] });
    return failed(made) ? made : undefined;
  }
}
