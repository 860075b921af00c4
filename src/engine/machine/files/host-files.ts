/** The files of one host: its file systems and mount namespaces, and the view that components have of them. */
import { fail, failed, type Result } from '../../../protocol/errno.ts';
import type { BlockLayer } from './block-layer.ts';
import type { Plain } from '../../../protocol/plain.ts';
import type { EventLoop } from '../../sim/event-loop.ts';
import type { Notify } from '../../sim/notify.ts';
import type { FileTree, FileTreeTable } from './trees/file-tree.ts';
import { ComponentView } from './component-view.ts';
import { DirectoryWatches, type SavedWatches } from './directory-watches.ts';
import { FileSystems, type SavedFileSystems } from './file-systems/file-systems.ts';
import type { Files, FileView, MountRequest, MountView, NewMountNamespace } from './interface.ts';
import { claimsOf, countLater, makeMounts, postponeMounts, type LaterMounts } from './mounts/later-mounts.ts';
import { isReadOnly, MountNamespace, type Mount, type Place } from './mounts/mount-namespace.ts';
import { mountFileSystem, placeMount } from './mounts/mounting.ts';
import { ROOT } from './permissions.ts';
import { NO_USAGE, type FileSystem } from './vnode.ts';
import { shownOptions } from './mounts/shown-options.ts';
import { walk, type Walker } from './walk.ts';

export interface HostFilesOptions {
  readonly host: string;
  /** The kernel's component name: gets `files.changed`. */
  readonly target: string;
  readonly loop: EventLoop;
  readonly trees: FileTreeTable;
  readonly rootTree: FileTree;
  readonly diskBytes: number;
  readonly memoryBytes: number;
  readonly hostNamespace: number;
  readonly allocateNamespace: () => number;
}

interface SavedMount {
  readonly id: number;
  readonly parent: number | undefined;
  readonly at: Plain;
  readonly root: Plain;
  readonly type: string;
  readonly source: string;
  readonly options: readonly string[];
}

interface SavedFiles extends SavedWatches {
  readonly systems: SavedFileSystems;
  readonly namespaces: readonly { readonly id: number; readonly mounts: readonly SavedMount[] }[];
  readonly nextMount: number;
}

export class HostFiles implements Files {
  readonly hostNamespace: number;
  readonly systems: FileSystems;
  readonly watches: DirectoryWatches;
  readonly #namespaces = new Map<number, MountNamespace>();
  #nextMount = 22;
  /** The walker asked for last: calls come in runs. */
  #lastWalker: Walker | undefined;
  readonly root: FileView;
  /** Absent until somebody asks for a device. */
  block: BlockLayer | undefined;
  readonly makeLater: LaterMounts['make'] = (namespace, later, name) => {
    makeMounts(this, namespace, later, name);
  };

  constructor(readonly options: HostFilesOptions) {
    this.hostNamespace = options.hostNamespace;
    this.systems = new FileSystems(options, (directory) => {
      this.watches.changed(directory);
    });
    this.watches = new DirectoryWatches(options, (path) => {
      const place = walk(this.walkerOf(this.hostNamespace), path);
      return failed(place) ? undefined : place.node;
    });
    this.root = this.view(this.hostNamespace);
  }

  /** Makes the root disk and the usual mounts of a booting Ubuntu host. */
  format(): void {
    const disk = this.systems.inodes({ type: 'ext4', totalBytes: this.options.diskBytes, tree: this.options.rootTree });
    const root: Mount = {
      id: this.nextMountId(),
      parent: undefined,
      at: undefined,
      fs: disk,
      root: disk.root,
      type: 'ext4',
      source: '/dev/sda1',
      options: ['rw', 'relatime'],
    };
    this.#namespaces.set(this.hostNamespace, new MountNamespace(this.hostNamespace, root));
    this.mountForBoot();
  }

  /** Everything but the disk is gone: memory file systems with their content, what was mounted since the boot. */
  forgetMounts(): void {
    const namespace = this.#namespaces.get(this.hostNamespace);
    if (namespace === undefined) return;
    for (const mount of namespace.below(namespace.rootPlace.mount).toReversed()) {
      namespace.remove(mount);
      this.#forgetUnmounted(mount.fs);
    }
    this.block?.forget();
    // systemd-tmpfiles empties it at each boot.
    const temporary = this.root.list('/tmp');
    for (const { name } of failed(temporary) ? [] : temporary) this.root.remove(`/tmp/${name}`, { recursive: true });
  }

  /** The file systems that a booting Ubuntu mounts over its disk. */
  mountForBoot(): void {
    const kibibytes = (share: number): string =>
      `${String(Math.floor((share * this.options.memoryBytes) / 4096) * 4)}k`;
    const mounts: readonly (readonly [type: string, source: string, target: string, options: string])[] = [
      ['sysfs', 'sysfs', '/sys', 'rw,nosuid,nodev,noexec,relatime'],
      ['proc', 'proc', '/proc', 'rw,nosuid,nodev,noexec,relatime'],
      ['devtmpfs', 'udev', '/dev', `rw,nosuid,relatime,size=${kibibytes(0.49)},mode=755`],
      ['devpts', 'devpts', '/dev/pts', 'rw,nosuid,noexec,relatime,gid=5,mode=620,ptmxmode=000'],
      ['tmpfs', 'tmpfs', '/run', `rw,nosuid,nodev,noexec,relatime,size=${kibibytes(0.1)},mode=755`],
      ['tmpfs', 'tmpfs', '/dev/shm', 'rw,nosuid,nodev,mode=1777'],
      ['tmpfs', 'tmpfs', '/run/lock', 'rw,nosuid,nodev,noexec,relatime,size=5120k,mode=1777'],
      ['cgroup2', 'cgroup2', '/sys/fs/cgroup', 'rw,nosuid,nodev,noexec,relatime,nsdelegate,memory_recursiveprot'],
    ];
    for (const [type, source, target, options] of mounts) {
      this.root.mkdirp(target);
      this.mount({ type, source, target, options: options.split(',') });
    }
  }

  view(namespace: number, root?: string): FileView {
    return new ComponentView(this, () => this.walkerOf(namespace, root));
  }

  namespace(id: number): MountNamespace | undefined {
    return this.#namespaces.get(id);
  }

  /** A walker with root's rights from a namespace's root, or a directory of it. */
  walkerOf(namespace: number, root?: string): Walker {
    const found = this.#namespaces.get(namespace) ?? this.#namespaces.get(this.hostNamespace);
    if (found === undefined) throw new Error(`the files of ${this.options.host} are not formatted`);
    const top = found.rootPlace;
    if (root === undefined && this.#lastWalker?.root === top) return this.#lastWalker;
    const whole: Walker = { namespace: found, root: top, cwd: top, credentials: ROOT };
    if (root === undefined) {
      this.#lastWalker = whole;
      return whole;
    }
    const place = walk(whole, root);
    return failed(place) ? whole : { ...whole, root: place, cwd: place };
  }

  mount(request: MountRequest, namespace = this.hostNamespace): Result<void> {
    return this.mountAs(request, this.walkerOf(namespace), {});
  }

  /** mount(2) for a caller. */
  mountAs(
    request: MountRequest,
    walker: Walker,
    scope: { readonly pidNamespace?: number; readonly networkNamespace?: number; readonly cgroup?: string },
  ): Result<void> {
    const target = walk(walker, request.target);
    if (failed(target)) return target;
    if (request.options.includes('remount')) {
      if (target.node.inode !== target.mount.root.inode) return fail('EINVAL');
      target.mount.options = request.options.filter((option) => option !== 'remount' && option !== 'bind');
      return undefined;
    }
    const source = mountFileSystem(this, request, walker, scope);
    if (failed(source)) return source;
    return placeMount(this, walker.namespace, source, target, request);
  }

  isMountPoint(target: string): boolean {
    const place = walk(this.walkerOf(this.hostNamespace), target);
    return !failed(place) && place.node === place.mount.root && place.mount.parent !== undefined;
  }

  umount(target: string, namespace = this.hostNamespace): Result<void> {
    return this.umountAs(target, this.walkerOf(namespace), false);
  }

  umountAs(target: string, walker: Walker, lazy: boolean): Result<void> {
    const place = walk(walker, target);
    if (failed(place)) return place;
    const { mount } = place;
    if (place.node.inode !== mount.root.inode || mount.parent === undefined) return fail('EINVAL');
    const below = walker.namespace.below(mount);
    if ((below.length > 0 || this.block?.holds(mount) === true) && !lazy) return fail('EBUSY');
    for (const each of [...below, mount].toReversed()) {
      walker.namespace.remove(each);
      this.#forgetUnmounted(each.fs);
    }
  }

  mounts(namespace = this.hostNamespace): readonly MountView[] {
    const found = this.#namespaces.get(namespace);
    return found === undefined ? [] : this.mountsOf(found, found.rootPlace);
  }

  mountsOf(namespace: MountNamespace, root: Place): readonly MountView[] {
    const views: MountView[] = [];
    for (const mount of namespace.mounts) {
      const target = mount === root.mount ? '/' : namespace.pathOf({ mount, node: mount.root }, root);
      if (target === undefined) continue;
      views.push({
        id: mount.id,
        parent: mount.parent?.id ?? 1,
        type: mount.type,
        source: mount.source,
        target,
        options: shownOptions(mount.type, mount.options, this.options.memoryBytes),
      });
    }
    return views;
  }

  createNamespace(spec: NewMountNamespace): Result<number> {
    const host = this.walkerOf(this.hostNamespace);
    const root = walk(host, spec.root);
    if (failed(root)) return root;
    if (root.node.type !== 'directory') return fail('ENOTDIR');
    const id = this.options.allocateNamespace();
    const options = [...root.mount.options];
    const top: Mount = {
      id: this.nextMountId(),
      parent: undefined,
      at: undefined,
      fs: root.mount.fs,
      root: root.node,
      type: root.mount.type,
      source: root.mount.source,
      options,
    };
    const namespace = new MountNamespace(id, top);
    const walker: Walker = { namespace, root: namespace.rootPlace, cwd: namespace.rootPlace, credentials: ROOT };
    const view = new ComponentView(this, () => walker);
    const later = countLater(spec.mounts, root.node);
    const postponed = postponeMounts(this, namespace, spec.mounts.slice(0, later), spec);
    if (failed(postponed)) return postponed;
    for (const request of spec.mounts.slice(later)) {
      const source = mountFileSystem(this, request, host, spec);
      if (failed(source)) return source;
      const made = this.#mountPoint(view, walker, request.target, source.root.type === 'directory');
      if (failed(made)) return made;
      const placed = placeMount(this, namespace, source, made, request);
      if (failed(placed)) return placed;
    }
    // Remounted read-only when every mount point is there, as runc does.
    if (spec.readOnlyRoot === true && options.includes('rw')) options[options.indexOf('rw')] = 'ro';
    // Mount points are made first, as runc does.
    if (spec.readOnlyRoot === true) top.options = top.options.map((option) => (option === 'rw' ? 'ro' : option));
    this.#namespaces.set(id, namespace);
    return id;
  }

  /** The place to mount over; runc makes it where it is missing. */
  #mountPoint(view: ComponentView, walker: Walker, target: string, directory: boolean): Result<Place> {
    const there = walk(walker, target);
    if (!failed(there)) return there;
    const made = directory ? view.mkdirp(target) : view.write(target, '', { parents: true });
    return failed(made) ? made : walk(walker, target);
  }

  removeNamespace(id: number): void {
    const namespace = this.#namespaces.get(id);
    if (namespace === undefined || id === this.hostNamespace) return;
    this.#namespaces.delete(id);
    for (const { fs } of namespace.made) {
      fs.mounts -= 1;
      this.#forgetUnmounted(fs);
    }
    for (const fs of claimsOf(namespace.later)) {
      fs.mounts -= 1;
      this.#forgetUnmounted(fs);
    }
  }

  /** unshare(CLONE_NEWNS): a copy of a namespace's mounts. */
  copyNamespace(from: MountNamespace): MountNamespace {
    const copies = new Map<Mount, Mount>();
    const copy = (mount: Mount): Mount => {
      const made: Mount = {
        ...mount,
        id: this.nextMountId(),
        parent: mount.parent === undefined ? undefined : copies.get(mount.parent),
        covered: undefined,
      };
      copies.set(mount, made);
      return made;
    };
    const namespace = new MountNamespace(this.options.allocateNamespace(), copy(from.root));
    for (const mount of from.mounts) if (mount !== from.root) namespace.add(copy(mount));
    this.#namespaces.set(namespace.id, namespace);
    return namespace;
  }

  nextMountId(): number {
    this.#nextMount += 1;
    return this.#nextMount;
  }

  watch(path: string, notify: Notify): number {
    return this.watches.add(path, notify);
  }

  unwatch(id: number): void {
    this.watches.remove(id);
  }

  diskUsage(): ReturnType<Files['diskUsage']> {
    const root = this.#namespaces.get(this.hostNamespace)?.root;
    return root?.fs.usage() ?? NO_USAGE;
  }

  /** Forgets file systems that nothing shows any more. */
  #forgetUnmounted(fs: FileSystem): void {
    if (fs.mounts > 0) return;
    this.block?.unmounted(fs);
    this.systems.forget(fs);
  }

  isWritable(place: Place): boolean {
    return !isReadOnly(place.mount);
  }

  // ---- snapshot

  refer(place: Place): Plain {
    return { mount: place.mount.id, node: this.systems.refer(place.node) };
  }

  recall(reference: Plain): Place | undefined {
    const { mount: id, node } = reference as { mount: number; node: Plain };
    const found = this.systems.recall(node);
    if (found === undefined) return undefined;
    for (const namespace of this.#namespaces.values())
      for (const mount of namespace.mounts) if (mount.id === id) return { mount, node: found };
    return undefined;
  }

  snapshot(): Plain {
    const { systems } = this;
    // Makes what is still to be made, so that a snapshot does not depend on who has looked.
    const namespaces = [...this.#namespaces.values()].map(({ id, mounts }) => ({
      id,
      mounts: mounts.map((mount) => ({
        id: mount.id,
        parent: mount.parent?.id,
        at: mount.at === undefined ? undefined : systems.refer(mount.at),
        root: systems.refer(mount.root),
        type: mount.type,
        source: mount.source,
        options: mount.options,
      })),
    }));
    const state: SavedFiles = {
      systems: systems.snapshot(),
      namespaces,
      nextMount: this.#nextMount,
      ...this.watches.snapshot(),
    };
    return state as unknown as Plain;
  }

  restore(saved: Plain): void {
    const state = saved as unknown as SavedFiles;
    this.systems.restore(state.systems);
    this.#namespaces.clear();
    this.#lastWalker = undefined;
    this.#nextMount = state.nextMount;
    this.watches.restore(state);
    for (const { id, mounts } of state.namespaces) {
      const made = new Map<number, Mount>();
      let namespace: MountNamespace | undefined;
      for (const each of mounts) {
        const root = this.systems.recall(each.root);
        const at = each.at === undefined ? undefined : this.systems.recall(each.at);
        if (root === undefined) throw new Error(`a saved mount of ${this.options.host} (${each.type}) has no root`);
        const mount: Mount = {
          ...each,
          fs: root.fs,
          root,
          at,
          parent: each.parent === undefined ? undefined : made.get(each.parent),
        };
        made.set(each.id, mount);
        if (namespace === undefined) namespace = new MountNamespace(id, mount);
        else namespace.add(mount);
      }
      if (namespace !== undefined) this.#namespaces.set(id, namespace);
    }
  }
}
