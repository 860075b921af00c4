/**
 * Loop devices (drivers/block/loop.c) and what is mounted from them.
 * Models: /dev/loop0 and further over files of any file system, offset and size limit, read-only and autoclear, a busy device
 * that goes when it is unmounted; /sys/block/loopN and /proc/partitions; ext4.
 * Leaves out: partitions on a loop device, direct I/O, other block sizes, file systems other than ext4.
 */
import { fail, failed, type Result } from '../../../../protocol/errno.ts';
import type { Plain } from '../../../../protocol/plain.ts';
import { directoryOf, type SyntheticEntry } from '../../files/file-systems/synthetic-fs.ts';
import { InodeFs } from '../../files/file-systems/inode-fs.ts';
import type { MountRequest } from '../../files/interface.ts';
import type { Mount, Place } from '../../files/mounts/mount-namespace.ts';
import type { MountSource } from '../../files/mounts/mounting.ts';
import type { FileSystem, Vnode } from '../../files/vnode.ts';
import { walk, type Walker } from '../../files/walk.ts';
import type { HostKernel } from '../host-kernel.ts';
import { LOG_LEVEL } from '../message-log.ts';
import { mountExt4, writeBackExt4 } from './ext4-volume.ts';
import type { BlockLayer } from '../../files/block-layer.ts';
import { LoopNode } from './loop-node.ts';

const LOOP_MAJOR = 7;
const SECTOR_BYTES = 512;
/** The devices that are there before somebody asks for more. */
const FIRST_DEVICES = 1;

type Caller = Parameters<BlockLayer['request']>[0];

interface Loop {
  readonly place: Place;
  readonly offset: number;
  readonly sizeLimit: number;
  /** Of the device, bytes. */
  readonly bytes: number;
  readonly readOnly: boolean;
  /** It is freed with its last user. */
  readonly autoclear: boolean;
  readonly volume?: Volume | undefined;
}

interface Volume {
  readonly fs: number;
  readonly mountedAt: number;
  readonly lastMounted: string;
  /** The superblock counts this mount already. */
  readonly counted: boolean;
}

interface SavedLoop extends Omit<Loop, 'place'> {
  readonly number: number;
  readonly place: Plain;
}

export class LoopDevices implements BlockLayer {
  readonly #loops = new Map<number, Loop>();
  readonly #mounted = new Map<number, InodeFs>();

  constructor(
    private readonly kernel: HostKernel,
    saved?: Plain,
  ) {
    for (const { number, place: reference, ...loop } of (saved ?? []) as unknown as readonly SavedLoop[]) {
      const place = kernel.files.recall(reference);
      if (place === undefined) continue;
      place.node.opened(1);
      this.#loops.set(number, { ...loop, place });
      const fs = loop.volume === undefined ? undefined : kernel.files.systems.find(loop.volume.fs);
      if (fs instanceof InodeFs) this.#mounted.set(number, fs);
    }
  }

  behind(node: Vnode): Vnode {
    const [major, minor] = node.type === 'block' ? (node.stat().rdev ?? [0, 0]) : [0, 0];
    const loop = major === LOOP_MAJOR ? this.#loops.get(minor) : undefined;
    return loop === undefined ? node : this.#content(node, loop, loop.readOnly);
  }

  /** A device's part of its file, which may be a loop device itself. */
  #content(device: Vnode, { place, offset, bytes }: Loop, readOnly: boolean): Vnode {
    return new LoopNode(device, this.behind(place.node), offset, bytes, readOnly);
  }

  source(request: MountRequest, walker: Walker): Result<MountSource> {
    const { type, options, target } = request;
    if (type !== 'ext4') return fail('ENODEV');
    const place = walk(walker, request.source);
    if (failed(place)) return place;
    const { node } = place;
    if (node.type !== 'block') return fail('ENODEV');
    const [major, minor] = node.stat().rdev ?? [0, 0];
    const shown = (fs: FileSystem): MountSource => ({
      fs,
      root: fs.root,
      type,
      options: options.includes('ro') || options.includes('rw') ? options : ['rw', ...options],
    });
    const { files, tables, simulation } = this.kernel;
    const disk = files.namespace(files.hostNamespace)?.root.fs;
    if (major === 8) return minor === 1 && disk !== undefined ? shown(disk) : fail('EBUSY');
    const loop = major === LOOP_MAJOR ? this.#loops.get(minor) : undefined;
    if (loop === undefined) return fail(major === LOOP_MAJOR ? 'EINVAL' : 'ENXIO');
    const known = this.#mounted.get(minor);
    if (known !== undefined) return shown(known);
    if (loop.readOnly && !options.includes('ro')) return fail('EROFS');
    const fs = mountExt4(files.systems, this.behind(node), LOOP_MAJOR * 256 + minor);
    if (fs === undefined) {
      tables.log(`EXT4-fs (loop${String(minor)}): VFS: Can't find ext4 filesystem`, LOG_LEVEL.error);
      return fail('EINVAL');
    }
    const mode = options.includes('ro') ? 'ro' : 'r/w';
    tables.log(`EXT4-fs (loop${String(minor)}): mounted filesystem ${mode} with ordered data mode. Quota mode: none.`);
    this.#mounted.set(minor, fs);
    const mountedAt = Math.floor(simulation.clock.unixMs / 1000);
    this.#loops.set(minor, { ...loop, volume: { fs: fs.id, mountedAt, lastMounted: target, counted: false } });
    return shown(fs);
  }

  unmounted(fs: FileSystem): void {
    for (const [number, mounted] of this.#mounted) {
      if (mounted !== fs) continue;
      this.#writeBack(number);
      this.#mounted.delete(number);
      const loop = this.#loops.get(number);
      this.kernel.tables.log(`EXT4-fs (loop${String(number)}): unmounting filesystem.`);
      if (loop?.autoclear === true) this.#release(number);
      else if (loop !== undefined) this.#loops.set(number, { ...loop, volume: undefined });
    }
  }

  holds(mount: Mount): boolean {
    return [...this.#loops.values()].some(({ place }) => place.mount.fs === mount.fs);
  }

  sync(): void {
    for (const number of this.#mounted.keys()) this.#writeBack(number);
  }

  #writeBack(number: number): void {
    const loop = this.#loops.get(number);
    const fs = this.#mounted.get(number);
    if (loop?.volume === undefined || fs === undefined || loop.readOnly) return;
    const { place, volume } = loop;
    const { simulation, tables } = this.kernel;
    const device = this.#content(place.node, loop, false);
    const problem = writeBackExt4(fs, device, {
      mountedAt: volume.mountedAt,
      lastMounted: volume.lastMounted,
      writtenAt: Math.floor(simulation.clock.unixMs / 1000),
      counts: !volume.counted,
    });
    if (problem !== undefined) tables.log(`EXT4-fs error (device loop${String(number)}): ${problem}`, LOG_LEVEL.error);
    this.#loops.set(number, { ...loop, volume: { ...volume, counted: true } });
  }

  request(caller: Caller, op: string, args: { readonly [key: string]: Plain }): Result<Plain> {
    if (op === 'list') return [...this.#loops.keys()].toSorted((a, b) => a - b).map((number) => this.#told(number));
    if (!caller.isAdmin) return fail('EACCES');
    const number = Number(args['number']);
    switch (op) {
      case 'free':
        return this.#free();
      case 'attach':
        return this.#attach(caller, number, args);
      case 'detach': {
        const loop = this.#loops.get(number);
        if (loop === undefined) return fail('ENXIO');
        // While somebody uses it, it only ceases to outlive that.
        if (this.#mounted.has(number)) this.#loops.set(number, { ...loop, autoclear: true });
        else this.#release(number);
        return undefined;
      }
      case 'resize': {
        const loop = this.#loops.get(number);
        if (loop === undefined) return fail('ENXIO');
        this.#loops.set(number, {
          ...loop,
          bytes: capacity(this.behind(loop.place.node), loop.offset, loop.sizeLimit),
        });
        return undefined;
      }
      default:
        return fail('ENOSYS');
    }
  }

  #free(): number {
    let number = 0;
    while (this.#loops.has(number)) number += 1;
    const path = `/dev/loop${String(number)}`;
    const { root } = this.kernel.files;
    if (number >= FIRST_DEVICES && !root.exists(path)) {
      root.mknod(path, 'block', 0o660, [LOOP_MAJOR, number]);
      root.chown(path, 0, 6);
    }
    return number;
  }

  #attach({ walk: find }: Caller, number: number, args: { readonly [key: string]: Plain }): Result<Plain> {
    if (this.#loops.has(number)) return fail('EBUSY');
    const place = find(String(args['path']));
    if (failed(place)) return place;
    const node = this.behind(place.node);
    if (node.type !== 'file' && node.type !== 'block') return fail('EINVAL');
    const offset = Number(args['offset'] ?? 0);
    const sizeLimit = Number(args['sizeLimit'] ?? 0);
    place.node.opened(1);
    this.#loops.set(number, {
      place: { mount: place.mount, node: place.node },
      offset,
      sizeLimit,
      bytes: capacity(node, offset, sizeLimit),
      readOnly: args['readOnly'] === true || place.mount.options.includes('ro'),
      autoclear: args['autoclear'] === true,
    });
    const sectors = Math.floor(capacity(node, offset, sizeLimit) / SECTOR_BYTES);
    this.kernel.tables.log(`loop${String(number)}: detected capacity change from 0 to ${String(sectors)}`);
    return undefined;
  }

  #release(number: number): void {
    this.#loops.get(number)?.place.node.opened(-1);
    this.#loops.delete(number);
  }

  /** The path of the file as it is called now. */
  #pathOf({ place }: Loop): string {
    const { files } = this.kernel;
    const namespace = files.namespace(files.hostNamespace);
    const path = namespace?.pathOf(place) ?? `/${place.node.name}`;
    return place.node.stat().links === 0 ? `${path} (deleted)` : path;
  }

  #told(number: number): Plain {
    const loop = this.#loops.get(number);
    if (loop === undefined) return {};
    const { offset, sizeLimit, bytes, readOnly, autoclear, place } = loop;
    const { inode, device } = place.node.stat();
    return { number, path: this.#pathOf(loop), offset, sizeLimit, bytes, readOnly, autoclear, inode, device };
  }

  partitions(): string {
    return [...this.#loops]
      .filter(([, { bytes }]) => bytes > 0)
      .map(
        ([number, { bytes }]) =>
          `   7 ${String(number).padStart(8)} ${String(Math.floor(bytes / 1024)).padStart(10)} loop${String(number)}\n`,
      )
      .join('');
  }

  names(): readonly string[] {
    return [...this.#loops.keys()].map((number) => `loop${String(number)}`);
  }

  sys(name: string): SyntheticEntry | undefined {
    const number = /^loop(\d+)$/.exec(name)?.[1];
    const loop = number === undefined ? undefined : this.#loops.get(Number(number));
    if (loop === undefined) return undefined;
    const text = (value: string | number): SyntheticEntry => ({ type: 'file', read: () => `${String(value)}\n` });
    const sectors = Math.floor(loop.bytes / SECTOR_BYTES);
    return directoryOf({
      size: text(sectors),
      ro: text(loop.readOnly ? 1 : 0),
      removable: text(0),
      loop: directoryOf({
        autoclear: text(loop.autoclear ? 1 : 0),
        backing_file: { type: 'file', read: () => `${this.#pathOf(loop)}\n` },
        dio: text(0),
        offset: text(loop.offset),
        partscan: text(0),
        sizelimit: text(loop.sizeLimit),
      }),
    });
  }

  snapshot(): Plain {
    if (this.#loops.size === 0) return undefined;
    const saved = [...this.#loops].map(([number, { place, ...loop }]): SavedLoop => {
      return { ...loop, number, place: this.kernel.files.refer(place) };
    });
    return saved as unknown as Plain;
  }

  forget(): void {
    for (const number of [...this.#loops.keys()]) this.#release(number);
    this.#mounted.clear();
  }
}

/** Whole sectors between the offset and the end of the file, or as many as are wanted. */
function capacity(node: Vnode, offset: number, sizeLimit: number): number {
  const left = Math.max(0, node.stat().size - offset);
  const bytes = sizeLimit > 0 ? Math.min(sizeLimit, left) : left;
  return Math.floor(bytes / SECTOR_BYTES) * SECTOR_BYTES;
}
