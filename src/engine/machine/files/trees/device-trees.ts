/** What /dev holds: on the host (devtmpfs) and in containers (a tmpfs with the OCI default devices). */
import { FileTree, type FileTreeEntry } from './file-tree.ts';

const character = (path: string, major: number, minor: number, mode = 0o666, gid = 0): FileTreeEntry => ({
  path,
  type: 'char',
  rdev: [major, minor],
  mode,
  gid,
});
const link = (path: string, target: string): FileTreeEntry => ({ path, type: 'symlink', target });

const COMMON: readonly FileTreeEntry[] = [
  character('null', 1, 3),
  character('zero', 1, 5),
  character('full', 1, 7),
  character('random', 1, 8),
  character('urandom', 1, 9),
  character('tty', 5, 0, 0o666, 5),
  link('fd', '/proc/self/fd'),
  link('stdin', '/proc/self/fd/0'),
  link('stdout', '/proc/self/fd/1'),
  link('stderr', '/proc/self/fd/2'),
  link('core', '/proc/kcore'),
  { path: 'shm', type: 'directory', mode: 0o1777 },
  { path: 'pts', type: 'directory' },
  { path: 'mqueue', type: 'directory', mode: 0o1777 },
];

export const CONTAINER_DEVICES = new FileTree('devices/container', [...COMMON, link('ptmx', 'pts/ptmx')]);

/** Devices of the machine itself. */
const MACHINE: readonly FileTreeEntry[] = [
  character('kmsg', 1, 11, 0o644),
  character('fuse', 10, 229, 0o666),
  { path: 'net', type: 'directory' },
  character('net/tun', 10, 200),
  ...Array.from({ length: 7 }, (_, n) => character(`tty${String(n)}`, 4, n, 0o620, 5)),
  { path: 'sda', type: 'block', rdev: [8, 0], mode: 0o660, gid: 6 },
  { path: 'sda1', type: 'block', rdev: [8, 1], mode: 0o660, gid: 6 },
  { path: 'loop0', type: 'block', rdev: [7, 0], mode: 0o660, gid: 6 },
];

/** What udev links to the root's partition: its file system's UUID and its own; the machines are clones of one disk. */
const ROOT_LINKS: readonly FileTreeEntry[] = [
  { path: 'disk', type: 'directory' },
  { path: 'disk/by-uuid', type: 'directory' },
  { path: 'disk/by-partuuid', type: 'directory' },
  link('disk/by-uuid/b0d2a5f4-9c1e-4f0b-8f58-3a7f5f1f6c22', '../../sda1'),
  link('disk/by-partuuid/6a1c3b6e-2d54-4f7a-9d0c-58f1c6c3a9e1', '../../sda1'),
];

export const HOST_DEVICES = new FileTree('devices/host', [
  ...COMMON,
  character('ptmx', 5, 2, 0o666, 5),
  character('console', 5, 1, 0o600),
  ...MACHINE,
  ...ROOT_LINKS,
  link('log', '/run/systemd/journal/dev-log'),
]);

/** A privileged container's: all of the machine's beside those of its own. */
export const PRIVILEGED_DEVICES = new FileTree('devices/privileged', [...COMMON, ...MACHINE, link('ptmx', 'pts/ptmx')]);

/** Which device a device file leads to. */
export type DeviceName = 'null' | 'zero' | 'full' | 'random' | 'tty' | 'ptmx' | 'console' | 'kmsg' | 'pts' | 'unknown';

export function deviceName([major, minor]: readonly [number, number]): DeviceName {
  if (major === 136) return 'pts';
  switch (`${String(major)}:${String(minor)}`) {
    case '1:3':
      return 'null';
    case '1:5':
      return 'zero';
    case '1:7':
      return 'full';
    case '1:8':
    case '1:9':
      return 'random';
    case '1:11':
      return 'kmsg';
    case '5:0':
      return 'tty';
    case '5:1':
      return 'console';
    case '5:2':
      return 'ptmx';
    default:
      return 'unknown';
  }
}
