/**
 * Mounts that every container gets and few look into (/proc, /dev, /sys): their numbers are given when the namespace is
 * made, the mounts themselves when a path first leads to them. Nobody can tell the difference.
 */
import { fail, failed, type Result } from '../../../../protocol/errno.ts';
import type { HostFiles } from '../host-files.ts';
import type { MountRequest, NewMountNamespace } from '../interface.ts';
import type { MountNamespace } from './mount-namespace.ts';
import { isStorage, mountOptions, parametersOf, shownRoot, storageOf } from './mounting.ts';
import { ROOT } from '../permissions.ts';
import type { FileSystem, Vnode } from '../vnode.ts';
import { walk } from '../walk.ts';

export interface LaterMounts {
  /** Top-level directories that nobody has come to. */
  readonly names: readonly string[];
  readonly requests: readonly MountRequest[];
  /** For each request its file system, or the number of one that is to be made. */
  readonly systems: readonly (FileSystem | number)[];
  /** Numbers of mounts, in order. */
  readonly firstMount: number;
  /** When mount(2) was called, Unix ms. */
  readonly madeMs: number;
  readonly make: (namespace: MountNamespace, later: LaterMounts, name: string) => void;
}

/** The mount points that are there as soon as the mount above is. */
const PREPARED = new Set([
  '/proc',
  '/proc/bus',
  '/proc/fs',
  '/proc/irq',
  '/proc/sys',
  '/proc/sysrq-trigger',
  '/proc/acpi',
  '/proc/kcore',
  '/proc/keys',
  '/dev',
  '/dev/pts',
  '/dev/mqueue',
  '/dev/shm',
  '/sys',
  '/sys/firmware',
  '/sys/fs/cgroup',
]);

function topName(target: string): string {
  const end = target.indexOf('/', 1);
  return target.slice(1, end < 0 ? target.length : end);
}

/**
 * How many of the first requests can wait until somebody comes to them. Their directories below the root are made at
 * once where they are missing.
 */
export function countLater(requests: readonly MountRequest[], root: Vnode): number {
  let count = 0;
  const tops = new Set<string>();
  for (const { type, target, options } of requests) {
    const top = topName(target);
    if (!PREPARED.has(target) || type === 'bind' || options.includes('bind') || options.includes('rbind')) break;
    const isTop = target === `/${top}`;
    if (isTop ? tops.has(top) || !hasDirectory(root, top) : !tops.has(top)) break;
    tops.add(top);
    count += 1;
  }
  return count;
}

function hasDirectory(root: Vnode, name: string): boolean {
  const there = root.lookup(name) ?? root.fs.create(root, name, { type: 'directory', mode: 0o755, uid: 0, gid: 0 });
  return !failed(there) && there.type === 'directory';
}

/** Gives numbers to mounts that are made later. ENODEV for a type that is not there. */
export function postponeMounts(
  files: HostFiles,
  namespace: MountNamespace,
  requests: readonly MountRequest[],
  spec: NewMountNamespace,
): Result<void> {
  const systems: (FileSystem | number)[] = [];
  const names: string[] = [];
  /** One of each type shows them all. */
  const shared = new Map<string, FileSystem>();
  const firstMount = files.nextMountId();
  for (const [index, request] of requests.entries()) {
    if (index > 0) files.nextMountId();
    const top = topName(request.target);
    if (!names.includes(top)) names.push(top);
    if (isStorage(request.type)) systems.push(files.systems.reserve());
    else {
      const fs = shared.get(request.type) ?? files.systems.synthetic(request.type, parametersOf(request.type, spec));
      if (fs === undefined) return fail('ENODEV');
      shared.set(request.type, fs);
      fs.mounts += 1;
      systems.push(fs);
    }
  }
  namespace.postpone({
    names,
    requests,
    systems,
    firstMount,
    madeMs: files.options.loop.clock.unixMs,
    make: files.makeLater,
  });
}

/** Somebody came to one of the directories. */
export function makeMounts(files: HostFiles, namespace: MountNamespace, later: LaterMounts, name: string): void {
  const walker = { namespace, root: namespace.rootPlace, cwd: namespace.rootPlace, credentials: ROOT };
  for (const [index, request] of later.requests.entries()) {
    const system = later.systems[index];
    if (topName(request.target) !== name || system === undefined) continue;
    const fs = typeof system === 'number' ? storageOf(files, request, { id: system, madeMs: later.madeMs }) : system;
    const target = walk(walker, request.target);
    if (failed(target)) throw new Error(`the mount point ${request.target} of a container is not there`);
    // The namespace's claim passes to the mount.
    if (typeof system !== 'number') fs.mounts -= 1;
    namespace.add({
      id: later.firstMount + index,
      parent: target.mount,
      at: target.node,
      fs,
      root: shownRoot(fs, request),
      type: request.type,
      source: request.source,
      options: mountOptions(request),
    });
  }
}

/** The file systems that wait for their mounts. */
export function claimsOf(later: LaterMounts | undefined): readonly FileSystem[] {
  if (later === undefined) return [];
  return later.systems.filter((system, index): system is FileSystem => {
    const request = later.requests[index];
    return typeof system !== 'number' && request !== undefined && later.names.includes(topName(request.target));
  });
}
