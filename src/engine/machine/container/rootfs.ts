/**
 * Where layers and writable directories lie on the host's disk, and the overlay mounts made of them.
 * Models: docker's overlay2 directories with their init layer, containerd's numbered snapshots.
 * Leaves out: overlay2's short links.
 */
import { failed, strerror, type Result } from '../../../protocol/errno.ts';
import type { Plain } from '../../../protocol/plain.ts';
import { FileTree } from '../files/trees/file-tree.ts';
import type { Files } from '../files/interface.ts';
import type { Image, Layer } from './image.ts';
import type { RuntimeNamespace } from './interface.ts';
import { directory, file, link } from './layer-files.ts';

export interface ContainerRootfs {
  readonly lower: readonly string[];
  readonly upper: string;
  readonly work: string;
  /** Where the overlay is mounted while the container runs. */
  readonly merged: string;
  /** What removal deletes. */
  readonly base: string;
}

const OVERLAY2 = '/var/lib/docker/overlay2';
const SNAPSHOTS = '/var/lib/containerd/io.containerd.snapshotter.v1.overlayfs/snapshots';

/** Mount points that dockerd puts between image and writable layer, so that `docker diff` does not show them. */
const DOCKER_INIT_LAYER = new FileTree('docker-init', [
  file('.dockerenv', '', { mode: 0o755 }),
  directory('dev/pts'),
  directory('dev/shm'),
  file('dev/console', '', { mode: 0o755 }),
  directory('proc'),
  directory('sys'),
  file('etc/hosts', '', { mode: 0o755 }),
  file('etc/hostname', '', { mode: 0o755 }),
  file('etc/resolv.conf', '', { mode: 0o755 }),
  link('etc/mtab', '/proc/mounts'),
]);

export class RootfsStore {
  /** Directory of each unpacked layer, by chain of namespace and diff id. */
  #placed = new Map<string, string>();
  #nextSnapshot = 1;

  constructor(private readonly files: Files) {}

  /** Unpacks an image's layers where they are not yet; constant time per layer. */
  unpack(namespace: RuntimeNamespace, image: Image): readonly string[] {
    return image.layers.map((layer) => this.#place(namespace, layer));
  }

  #place(namespace: RuntimeNamespace, layer: Layer): string {
    const id = layer.record.diffId;
    const key = `${namespace}/${id}`;
    const known = this.#placed.get(key);
    if (known !== undefined) return known;
    const path = namespace === 'moby' ? `${OVERLAY2}/${id.slice(7)}/diff` : `${SNAPSHOTS}/${this.#snapshotNumber()}/fs`;
    this.files.root.graft(path, layer.tree);
    this.#placed.set(key, path);
    return path;
  }

  #snapshotNumber(): string {
    const number = this.#nextSnapshot;
    this.#nextSnapshot += 1;
    return String(number);
  }

  /** Takes layers off the disk that nothing uses any more. */
  release(namespace: RuntimeNamespace, diffIds: readonly string[]): void {
    for (const id of diffIds) {
      const path = this.#placed.get(`${namespace}/${id}`);
      if (path === undefined) continue;
      this.files.root.remove(path.slice(0, path.lastIndexOf('/')), { recursive: true });
      this.#placed.delete(`${namespace}/${id}`);
    }
  }

  /** The writable layer of a new container. */
  prepare(namespace: RuntimeNamespace, containerId: string, image: Image): ContainerRootfs {
    const layers = this.unpack(namespace, image).toReversed();
    if (namespace === 'moby') {
      const base = `${OVERLAY2}/${containerId}`;
      const init = this.#initLayer();
      const rootfs = {
        lower: [init, ...layers],
        upper: `${base}/diff`,
        work: `${base}/work`,
        merged: `${base}/merged`,
        base,
      };
      this.#mkdirs(rootfs);
      this.files.root.mkdirp(rootfs.merged);
      return rootfs;
    }
    const base = `${SNAPSHOTS}/${this.#snapshotNumber()}`;
    const merged = `/run/containerd/io.containerd.runtime.v2.task/k8s.io/${containerId}/rootfs`;
    const rootfs = { lower: layers, upper: `${base}/fs`, work: `${base}/work`, merged, base };
    this.#mkdirs(rootfs);
    return rootfs;
  }

  #mkdirs({ upper, work }: ContainerRootfs): void {
    this.files.root.mkdirp(upper);
    this.files.root.mkdirp(work);
  }

  #initLayer(): string {
    const known = this.#placed.get('moby/init');
    if (known !== undefined) return known;
    const path = `${OVERLAY2}/docker-init/diff`;
    this.files.root.graft(path, DOCKER_INIT_LAYER);
    this.#placed.set('moby/init', path);
    return path;
  }

  mount(rootfs: ContainerRootfs): Result<void> {
    const made = this.files.root.mkdirp(rootfs.merged);
    if (failed(made)) return made;
    return this.files.mount({
      type: 'overlay',
      source: 'overlay',
      target: rootfs.merged,
      options: [
        'rw',
        'relatime',
        `lowerdir=${rootfs.lower.join(':')}`,
        `upperdir=${rootfs.upper}`,
        `workdir=${rootfs.work}`,
      ],
    });
  }

  unmount(rootfs: ContainerRootfs): void {
    this.files.umount(rootfs.merged);
  }

  remove(rootfs: ContainerRootfs): void {
    this.files.root.remove(rootfs.base, { recursive: true });
    if (!rootfs.merged.startsWith(rootfs.base)) {
      this.files.root.remove(rootfs.merged.slice(0, rootfs.merged.lastIndexOf('/')), { recursive: true });
    }
  }

  /** Trees that a snapshot of the files refers to and that no image brings. */
  static readonly trees: readonly FileTree[] = [DOCKER_INIT_LAYER];

  snapshot(): Plain {
    return { placed: [...this.#placed], nextSnapshot: this.#nextSnapshot };
  }
  restore(state: Plain): void {
    const { placed, nextSnapshot } = state as unknown as { placed: [string, string][]; nextSnapshot: number };
    this.#placed = new Map(placed);
    this.#nextSnapshot = nextSnapshot;
  }
}

/** `no such file or directory`: strerror in Go's spelling. */
export const goError = (result: Parameters<typeof strerror>[0]): string => strerror(result).toLowerCase();
