import type { FileSystem, Vnode } from './vnode.ts';

/** A file system (or a part of one) attached to a directory of another mount. */
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
  readonly mounts: Mount[] = [];
  /** What is mounted over the nodes of a mount, by their numbers. */
  readonly #covered = new Map<Mount, Map<number, Mount>>();
  #rootPlace: Place | undefined;
  constructor(
    readonly id: number,
    readonly root: Mount,
  ) {
    this.mounts.push(root);
  }

  get rootPlace(): Place {
    this.#rootPlace ??= this.cross({ mount: this.root, node: this.root.root });
    return this.#rootPlace;
  }

  add(mount: Mount): void {
    this.mounts.push(mount);
    this.#rootPlace = undefined;
    const { parent, at } = mount;
    if (parent === undefined || at === undefined) return;
    const covered = this.#covered.get(parent);
    if (covered === undefined) this.#covered.set(parent, new Map([[at.inode, mount]]));
    else covered.set(at.inode, mount);
  }

  remove(mount: Mount): void {
    this.mounts.splice(this.mounts.indexOf(mount), 1);
    this.#rootPlace = undefined;
    const { parent, at } = mount;
    if (parent === undefined || at === undefined) return;
    const covered = this.#covered.get(parent);
    covered?.delete(at.inode);
    if (covered?.size === 0) this.#covered.delete(parent);
  }

  /** Goes on to what is mounted over a place. */
  cross(place: Place): Place {
    let at = place;
    for (;;) {
      const over = this.#covered.get(at.mount)?.get(at.node.inode);
      if (over === undefined) return at;
      at = { mount: over, node: over.root };
    }
  }

  /** Something is mounted on this very place. */
  isCovered(place: Place): boolean {
    return this.#covered.get(place.mount)?.has(place.node.inode) === true;
  }

  /** Mounts on this one's nodes, and on theirs, oldest first. */
  below(mount: Mount): Mount[] {
    const found: Mount[] = [];
    this.#collect(mount, undefined, found);
    return found.sort(byAge);
  }

  /** Those of them on a node or below it. */
  belowNode(mount: Mount, node: Vnode): Mount[] {
    const found: Mount[] = [];
    this.#collect(mount, node, found);
    return found.sort(byAge);
  }

  #collect(mount: Mount, node: Vnode | undefined, found: Mount[]): void {
    for (const each of this.#covered.get(mount)?.values() ?? []) {
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
