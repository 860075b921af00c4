/** The mounts of a container's own namespace, in runc's order. */
import { failed } from '../../../protocol/errno.ts';
import type { FileType } from '../../../protocol/program.ts';
import type { FileView, MountRequest } from '../files/interface.ts';
import type { ContainerSpec, MountSpec, RuntimeFailure } from './interface.ts';
import { goError } from './rootfs.ts';

const BASE: readonly MountRequest[] = [
  { type: 'proc', source: 'proc', target: '/proc', options: ['nosuid', 'noexec', 'nodev'] },
  {
    type: 'tmpfs',
    source: 'tmpfs',
    target: '/dev',
    options: ['nosuid', 'strictatime', 'mode=755', 'size=65536k', 'devices=container'],
  },
  {
    type: 'devpts',
    source: 'devpts',
    target: '/dev/pts',
    options: ['nosuid', 'noexec', 'newinstance', 'ptmxmode=0666', 'mode=0620', 'gid=5'],
  },
  { type: 'mqueue', source: 'mqueue', target: '/dev/mqueue', options: ['nosuid', 'noexec', 'nodev'] },
  { type: 'sysfs', source: 'sysfs', target: '/sys', options: ['nosuid', 'noexec', 'nodev', 'ro'] },
  {
    type: 'cgroup2',
    source: 'cgroup',
    target: '/sys/fs/cgroup',
    options: ['nosuid', 'noexec', 'nodev', 'relatime', 'ro'],
  },
];
/** `readonlyPaths` of the runtime specification. */
const READ_ONLY_PATHS: readonly MountRequest[] = ['bus', 'fs', 'irq', 'sys', 'sysrq-trigger'].map((subtree) => ({
  type: 'proc',
  source: 'proc',
  target: `/proc/${subtree}`,
  options: ['ro', 'nosuid', 'nodev', 'noexec', 'relatime'],
  subtree,
}));
const emptyOver = (target: string): MountRequest => ({
  type: 'tmpfs',
  source: 'tmpfs',
  target,
  options: ['ro', 'relatime'],
});
const nullOver = (target: string): MountRequest => ({
  type: 'tmpfs',
  source: 'tmpfs',
  target,
  options: ['nosuid', 'strictatime', 'mode=755', 'size=65536k', 'devices=container'],
  subtree: 'null',
});
/** `maskedPaths`, as far as /proc and /sys have them here: a directory becomes an empty one, a file /dev/null. */
const MASKED_PATHS: readonly MountRequest[] = [
  emptyOver('/proc/acpi'),
  nullOver('/proc/kcore'),
  nullOver('/proc/keys'),
  emptyOver('/sys/firmware'),
];
const BASE_CONFINED: readonly MountRequest[] = [...BASE, ...READ_ONLY_PATHS, ...MASKED_PATHS];
/** A privileged container has the host's devices, and nothing is read-only or masked. */
const BASE_PRIVILEGED: readonly MountRequest[] = BASE.map((mount) => ({
  ...mount,
  options: mount.options.map((option) =>
    option === 'ro' ? 'rw' : option === 'devices=container' ? 'devices=privileged' : option,
  ),
}));
const SHM: MountRequest = {
  type: 'tmpfs',
  source: 'shm',
  target: '/dev/shm',
  options: ['nosuid', 'noexec', 'nodev', 'mode=1777', 'size=65536k'],
};

/** All mounts; bind sources must exist by then (see `prepareSources`). `more` are those that the runtime adds of its own. */
export function planMounts(spec: ContainerSpec, more: readonly MountSpec[]): readonly MountRequest[] {
  const base = spec.privileged === true ? BASE_PRIVILEGED : BASE_CONFINED;
  const own = [...more, ...spec.mounts]
    .map((mount) => ({ request: requestOf(mount), depth: depth(mount.target) }))
    .sort((a, b) => a.depth - b.depth)
    .map(({ request }) => request);
  return own.some(({ target }) => target === '/dev/shm') ? [...base, ...own] : [...base, SHM, ...own];
}

function depth(path: string): number {
  let count = 0;
  for (let at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1)) count += 1;
  return count;
}

function requestOf(mount: MountSpec): MountRequest {
  if (mount.type === 'tmpfs') {
    const options = [...(mount.options ?? ['nosuid', 'nodev', 'noexec'])];
    if (mount.sizeBytes !== undefined) options.push(`size=${String(mount.sizeBytes)}`);
    if (mount.mode !== undefined) options.push(`mode=${mount.mode.toString(8)}`);
    if (mount.readonly === true) options.push('ro');
    return { type: 'tmpfs', source: 'tmpfs', target: mount.target, options };
  }
  const options = [
    'rbind',
    mount.readonly === true ? 'ro' : 'rw',
    mount.propagation === undefined ? 'rprivate' : mount.propagation,
  ];
  return { type: 'bind', source: mount.source, target: mount.target, options };
}

/** Makes missing sources where the owner wants that, and fills fresh volumes from the image. */
export function prepareSources(root: FileView, spec: ContainerSpec, merged: string): RuntimeFailure | undefined {
  for (const mount of spec.mounts) {
    if (mount.type === 'tmpfs') continue;
    const kind = root.typeOf(mount.source);
    if (failed(kind)) {
      if (mount.createSource !== true) {
        return {
          failure: 'mount',
          message: `error mounting "${mount.source}" to rootfs at "${mount.target}": stat ${mount.source}: no such file or directory`,
        };
      }
      const made = root.mkdirp(mount.source);
      if (failed(made))
        return {
          failure: 'mount',
          message: `error while creating mount source path '${mount.source}': mkdir ${mount.source}: ${goError(made)}`,
        };
    }
    const clash = typeClash(root, mount, failed(kind) ? 'directory' : kind, merged);
    if (clash !== undefined) return clash;
    if (mount.copyUp === true) copyUp(root, `${merged}${mount.target}`, mount.source);
  }
  return undefined;
}

function typeClash(root: FileView, mount: MountSpec, source: FileType, merged: string): RuntimeFailure | undefined {
  const target = root.typeOf(`${merged}${mount.target}`);
  if (failed(target)) return undefined;
  if ((source === 'directory') === (target === 'directory')) return undefined;
  return {
    failure: 'mount',
    message: `error mounting "${mount.source}" to rootfs at "${mount.target}": create mountpoint for ${mount.target} mount: cannot create subdirectories in "${merged}${mount.target}": not a directory: Are you trying to mount a directory onto a file (or vice-versa)? Check if the specified host path exists and is the expected type`,
  };
}

/** An empty volume takes what the image has at its place, with owners and modes. */
function copyUp(root: FileView, from: string, to: string): void {
  const held = root.list(to);
  if (failed(held) || held.length > 0) return;
  copyDirectory(root, from, to);
}

function copyDirectory(root: FileView, from: string, to: string): void {
  const about = root.stat(from);
  const entries = root.list(from);
  if (failed(about) || failed(entries)) return;
  root.mkdirp(to);
  root.chmod(to, about.mode);
  root.chown(to, about.uid, about.gid);
  for (const { name, type } of entries) {
    const source = `${from}/${name}`;
    const target = `${to}/${name}`;
    if (type === 'directory') copyDirectory(root, source, target);
    else if (type === 'symlink') {
      const points = root.readlink(source);
      if (!failed(points)) root.symlink(points, target);
    } else if (type === 'file') {
      const bytes = root.read(source);
      const stat = root.stat(source);
      if (!failed(bytes) && !failed(stat)) root.write(target, bytes, { mode: stat.mode, uid: stat.uid, gid: stat.gid });
    }
  }
}
