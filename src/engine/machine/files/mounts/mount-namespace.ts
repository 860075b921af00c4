import type { LaterMounts } from './later-mounts.ts';
import { LateMap } from '../../../sim/late-map.ts';
import type { FileSystem, Vnode } from '../vnode.ts';

/** A file system (or a part of one) attached to a directory of another mount; it belongs to one namespace. */
export interface Mount {
  readonly id: number;
  readonly parent: Mount | undefined;
  /** Directory or file of the parent mount that it covers. */
  readonly at: Vnode | undefined;
  readonly fs: FileSystem;
  readonly root: Vnode;
  readonly type: string;
  readonly source: string;
  options: readonly string[];
  /** What is mounted over its nodes, by their numbers. */
  covered?: Map<number, Mount> | undefined;
}

/** A node as seen through a mount. */
export interface Place {
  readonly mount: Mount;
  readonly node: Vnode;
}

export const isReadOnly = (mount: Mount): boolean => mount.options.includes('ro');

const byAge = (a: Mount, b: Mount): number => a.id - b.id;

function isBelow(node: Vnode, top: Vnode): boolean {
  for (let at: Vnode | undefined = node; at !== undefined; at = at.parent) if (at.inode === top.inode) return true;
  return false;
}

export class MountNamespace {
  readonly #mounts: Mount[] = [];
  #rootPlace: Place | undefined;
  /** Mounts that exist for everybody who looks, and are made then. */
  #later: LaterMounts | undefined;
  constructor(
    readonly id: number,
    readonly root: Mount,
  ) {
    this.add(root);
  }

  /** Oldest first. */
  get mounts(): readonly Mount[] {
    while (this.#later !== undefined) this.#enter(this.#later, this.#later.names[0] ?? '');
    return this.#mounts;
  }

  get later(): LaterMounts | undefined {
    return this.#later;
  }

  /** Those that have been made already. */
  get made(): readonly Mount[] {
    return this.#mounts;
  }

  /** Leaves mounts to be made when a path leads to them. */
  postpone(later: LaterMounts): void {
    if (later.names.length > 0) this.#later = later;
  }

  get rootPlace(): Place {
    this.#rootPlace ??= this.cross({ mount: this.root, node: this.root.root });
    return this.#rootPlace;
  }

  add(mount: Mount): void {
    this.#mounts.push(mount);
    const before = this.#mounts.at(-2);
    if (before !== undefined && before.id > mount.id) this.#mounts.sort(byAge);
    mount.fs.mounts += 1;
    this.#rootPlace = undefined;
    const { parent, at } = mount;
    if (parent === undefined || at === undefined) return;
    if (parent.covered === undefined) parent.covered = new LateMap([[at.inode, mount]]);
    else parent.covered.set(at.inode, mount);
  }

  remove(mount: Mount): void {
    this.#mounts.splice(this.#mounts.indexOf(mount), 1);
    mount.fs.mounts -= 1;
    this.#rootPlace = undefined;
    if (mount.at !== undefined) mount.parent?.covered?.delete(mount.at.inode);
  }

  /** Goes on to what is mounted over a place. */
  cross(place: Place): Place {
    const over = this.over(place.mount, place.node);
    return over === undefined ? place : { mount: over, node: over.root };
  }

  /** What is mounted over a node, and over that, and so on: the last. */
  over(mount: Mount, node: Vnode): Mount | undefined {
    if (this.#later !== undefined) this.#cameTo(mount, node, this.#later);
    let top = mount.covered?.get(node.inode);
    while (top !== undefined) {
      const further = top.covered?.get(top.root.inode);
      if (further === undefined) return top;
      top = further;
    }
    return undefined;
  }

  /** Something is mounted on this very place. */
  isCovered(place: Place): boolean {
    if (this.#later !== undefined) this.#cameTo(place.mount, place.node, this.#later);
    return place.mount.covered?.has(place.node.inode) === true;
  }

  #cameTo(mount: Mount, node: Vnode, later: LaterMounts): void {
    if (mount === this.root && node.parent === mount.root && later.names.includes(node.name))
      this.#enter(later, node.name);
  }

  #enter(later: LaterMounts, name: string): void {
    const names = later.names.filter((each) => each !== name);
    this.#later = names.length === 0 ? undefined : { ...later, names };
    later.make(this, later, name);
  }

  /** Mounts on this one's nodes, and on theirs, oldest first. */
  below(mount: Mount): Mount[] {
    const found: Mount[] = [];
    if (this.mounts.length > 1) this.#collect(mount, undefined, found);
    return found.sort(byAge);
  }

  /** Those of them on a node or below it. */
  belowNode(mount: Mount, node: Vnode): Mount[] {
    const found: Mount[] = [];
    // Nothing can be below a file; a host has hundreds of mounts to look through.
    if (node.type !== 'directory') this.#collectOn(mount, mount.covered?.get(node.inode), found);
    else if (this.mounts.length > 1) this.#collect(mount, node, found);
    return found.sort(byAge);
  }

  #collectOn(mount: Mount, on: Mount | undefined, found: Mount[]): void {
    if (on === undefined || on === mount) return;
    found.push(on);
    this.#collect(on, undefined, found);
  }

  #collect(mount: Mount, node: Vnode | undefined, found: Mount[]): void {
    for (const each of mount.covered?.values() ?? []) {
      if (node !== undefined && !(each.at !== undefined && isBelow(each.at, node))) continue;
      found.push(each);
      this.#collect(each, undefined, found);
    }
  }

  /** The path of a place from a root (the namespace's by default); undefined where it is not below. */
  pathOf(place: Place, root: Place = this.rootPlace): string | undefined {
    const names: string[] = [];
    let { mount, node } = place;
    for (;;) {
      if (mount === root.mount && node === root.node) break;
      if (node.inode === mount.root.inode) {
        if (mount.parent === undefined || mount.at === undefined) {
          if (root.mount === mount) break;
          return names.length === 0 && root.mount.root === mount.root ? '/' : undefined;
        }
        node = mount.at;
        mount = mount.parent;
        continue;
      }
      names.unshift(node.name);
      if (node.parent === undefined) return undefined;
      node = node.parent;
    }
    return `/${names.join('/')}`;
  }
}
