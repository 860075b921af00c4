import { fail, failed, type Result } from '../../../../protocol/errno.ts';
import type { Plain } from '../../../../protocol/plain.ts';
import { CONTAINER_DEVICES, HOST_DEVICES, PRIVILEGED_DEVICES } from '../trees/device-trees.ts';
import type { FileTree } from '../trees/file-tree.ts';
import type { HostFiles } from '../host-files.ts';
import type { InodeFs } from '../file-systems/inode-fs.ts';
import type { MountRequest } from '../interface.ts';
import type { Mount, MountNamespace, Place } from './mount-namespace.ts';
import type { FileSystem, Vnode } from '../vnode.ts';
import { walk, type Walker } from '../walk.ts';

/** What a mount will show. */
export interface MountSource {
  readonly fs: FileSystem;
  readonly root: Vnode;
  readonly type: string;
  readonly options: readonly string[];
  /** Mounts below the source of a recursive bind. */
  readonly from?: { readonly namespace: MountNamespace; readonly place: Place };
}

/** Half of the memory where nobody says how much. */
const tmpfsBytes = (size: string | undefined, memoryBytes: number): number =>
  parseSize(size ?? '50%', memoryBytes) ?? memoryBytes / 2;

/** Finds or makes the file system of a mount request; source paths are the walker's. ENODEV for a type that is not there. */
export function mountFileSystem(
  files: HostFiles,
  request: MountRequest,
  walker: Walker,
  scope: { readonly pidNamespace?: number; readonly networkNamespace?: number; readonly cgroup?: string },
): Result<MountSource> {
  const { type, options } = request;
  const bind = type === 'bind' || options.includes('bind') || options.includes('rbind');
  if (bind) return bindSource(request, walker);
  if (type === 'overlay') return overlaySource(files, request, walker);
  const fs = isStorage(type) ? storageOf(files, request) : files.systems.synthetic(type, parametersOf(type, scope));
  return fs === undefined
    ? (files.block?.source(request, walker) ?? fail('ENODEV'))
    : { fs, root: shownRoot(fs, request), type, options: mountOptions(request) };
}

/** The directory of a file system that a mount shows. */
export const shownRoot = ({ root }: FileSystem, { subtree }: MountRequest): Vnode =>
  subtree === undefined ? root : (root.lookup(subtree) ?? root);

/** What the runtimes put into a container's /dev. */
const CONTAINER_TREES: ReadonlyMap<string, FileTree> = new Map([
  ['container', CONTAINER_DEVICES],
  ['privileged', PRIVILEGED_DEVICES],
]);

const STORAGE = new Set(['tmpfs', 'mqueue', 'devtmpfs', 'ramfs', 'debugfs', 'tracefs', 'bpf']);
/** Each mount of such a type has inodes of its own. */
export const isStorage = (type: string): boolean => STORAGE.has(type);

const valueOf = (options: readonly string[], name: string): string | undefined =>
  options.find((option) => option.startsWith(`${name}=`))?.slice(name.length + 1);

/** Makes the file system of such a mount. */
export function storageOf(
  files: HostFiles,
  { type, options }: MountRequest,
  reserved?: { readonly id: number; readonly madeMs: number },
): InodeFs {
  const devices = type === 'devtmpfs' ? HOST_DEVICES : CONTAINER_TREES.get(valueOf(options, 'devices') ?? '');
  const fs = files.systems.inodes(
    {
      type,
      // A message queue's file system has no blocks of its own.
      totalBytes: type === 'mqueue' ? 0 : tmpfsBytes(valueOf(options, 'size'), files.options.memoryBytes),
      rootMode: parseInt(valueOf(options, 'mode') ?? (type === 'tmpfs' ? '1777' : '755'), 8),
      ...(devices === undefined ? {} : { tree: devices }),
    },
    reserved,
  );
  const [uid, gid] = [valueOf(options, 'uid'), valueOf(options, 'gid')];
  if (uid !== undefined || gid !== undefined) fs.root.change({ uid: Number(uid ?? 0), gid: Number(gid ?? 0) });
  return fs;
}

/** What a file system without storage shows to the caller of mount(2). */
export function parametersOf(
  type: string,
  scope: { readonly pidNamespace?: number; readonly networkNamespace?: number; readonly cgroup?: string },
): { readonly [key: string]: Plain } {
  if (type === 'proc') return scope.pidNamespace === undefined ? {} : { pid: scope.pidNamespace };
  if (type === 'sysfs') return scope.networkNamespace === undefined ? {} : { net: scope.networkNamespace };
  if (type === 'cgroup2') return scope.cgroup === undefined ? {} : { root: scope.cgroup };
  return {};
}

/** The options that a mount of a whole file system shows. */
export const mountOptions = ({ options }: MountRequest): readonly string[] =>
  withMode(
    options.some((option) => option.startsWith('devices='))
      ? options.filter((option) => !option.startsWith('devices='))
      : options,
  );

/** Attaches what `mountFileSystem` answered. */
export function placeMount(
  files: HostFiles,
  namespace: MountNamespace,
  source: MountSource,
  target: Place,
  request: MountRequest,
): Result<void> {
  if ((source.root.type === 'directory') !== (target.node.type === 'directory')) return fail('ENOTDIR');
  const mount: Mount = {
    id: files.nextMountId(),
    parent: target.mount,
    at: target.node,
    fs: source.fs,
    root: source.root,
    type: source.type,
    source: source.from === undefined ? request.source : source.from.place.mount.source,
    options: source.options,
  };
  namespace.add(mount);
  if (source.from === undefined || !request.options.includes('rbind')) return;
  const { place, namespace: origin } = source.from;
  const copies = new Map<Mount, Mount>([[place.mount, mount]]);
  for (const below of origin.belowNode(place.mount, place.node)) {
    const parent = below.parent === undefined ? undefined : copies.get(below.parent);
    if (parent === undefined || below.at === undefined || below.id >= mount.id) continue;
    const copy: Mount = { ...below, id: files.nextMountId(), parent, covered: undefined };
    copies.set(below, copy);
    namespace.add(copy);
  }
}

function bindSource({ source, options }: MountRequest, walker: Walker): Result<MountSource> {
  const place = walk(walker, source);
  if (failed(place)) return place;
  const own = options.filter(
    (option) => !['bind', 'rbind', 'private', 'rprivate', 'slave', 'rslave', 'shared', 'rshared'].includes(option),
  );
  const inherited = place.mount.options.filter((option) => option !== 'ro' && option !== 'rw');
  return {
    fs: place.mount.fs,
    root: place.node,
    type: place.mount.type,
    options: [
      own.includes('ro') ? 'ro' : 'rw',
      ...(own.some((option) => option !== 'ro' && option !== 'rw')
        ? own.filter((option) => option !== 'ro' && option !== 'rw')
        : inherited),
    ],
    from: { namespace: walker.namespace, place },
  };
}

function overlaySource(files: HostFiles, { options }: MountRequest, walker: Walker): Result<MountSource> {
  const lowers: Vnode[] = [];
  for (const path of (valueOf(options, 'lowerdir') ?? '').split(':').filter((each) => each !== '')) {
    const place = walk(walker, path);
    if (failed(place)) return place;
    lowers.push(place.node);
  }
  const upperPath = valueOf(options, 'upperdir');
  const upper = upperPath === undefined ? undefined : walk(walker, upperPath);
  if (failed(upper)) return upper;
  if (lowers.length === 0) return fail('EINVAL');
  const fs = files.systems.overlay(upper?.node, lowers);
  return { fs, root: fs.root, type: 'overlay', options: withMode(upper === undefined ? ['ro', ...options] : options) };
}

/** `rw` stands first where nothing else is said. */
const withMode = (options: readonly string[]): readonly string[] =>
  options.includes('ro') || options.includes('rw') ? options : ['rw', ...options];

/** Bytes of `64m`, `813128k`, `1g`, `50%` of memory. */
export function parseSize(text: string, memoryBytes: number): number | undefined {
  const match = /^(\d+)([kKmMgG%]?)$/.exec(text);
  if (match === null) return undefined;
  const unit = (match[2] ?? '').toLowerCase();
  const number = Number(match[1]);
  if (unit === '%') return Math.floor((number / 100) * memoryBytes);
  return number * (unit === 'k' ? 1024 : unit === 'm' ? 1_048_576 : unit === 'g' ? 1_073_741_824 : 1);
}
