import { expect, test } from 'vitest';
import { failed } from '../../../../protocol/errno.ts';
import { worldOf, type World } from '../../kernel/kernel.spec-support.ts';
import { FileTree } from '../trees/file-tree.ts';
import type { MountRequest } from '../interface.ts';

const ROOT = new FileTree('layer/container', [
  { path: 'dev', type: 'directory' },
  { path: 'proc', type: 'directory' },
  { path: 'sys', type: 'directory' },
  { path: 'etc/hosts', type: 'file', text: 'image\n' },
]);
const request = (type: string, target: string, options: readonly string[] = ['nosuid']): MountRequest => ({
  type,
  source: type,
  target,
  options,
});
const MOUNTS: readonly MountRequest[] = [
  request('proc', '/proc'),
  { ...request('proc', '/proc/sys', ['ro']), subtree: 'sys' },
  request('tmpfs', '/dev', ['nosuid', 'mode=755', 'devices=container']),
  request('mqueue', '/dev/mqueue'),
  request('sysfs', '/sys', ['nosuid', 'ro']),
  { type: 'bind', source: '/etc/hostname', target: '/etc/hosts', options: ['rbind', 'rw'] },
  request('tmpfs', '/dev/shm', ['mode=1777']),
];

function container(look: (world: World, mnt: number) => void = () => undefined): { world: World; mnt: number } {
  const world = worldOf([]);
  world.files.root.graft('/lib/root', ROOT);
  const mnt = world.files.createNamespace({ root: '/lib/root', mounts: MOUNTS, pidNamespace: 77 });
  if (failed(mnt)) throw new Error(mnt.errno);
  look(world, mnt);
  return { world, mnt };
}
const EXPECTED = [
  'ext4 /',
  'proc /proc nosuid',
  'proc /proc/sys rw',
  'tmpfs /dev nosuid',
  'mqueue /dev/mqueue nosuid',
  'sysfs /sys nosuid',
  'ext4 /etc/hosts rw',
  'tmpfs /dev/shm rw',
];
const described = ({ world, mnt }: { world: World; mnt: number }): readonly string[] =>
  world.files.mounts(mnt).map(({ type, target, options }) => {
    const shown = options.find((option) => option === 'nosuid') ?? 'rw';
    return target === '/' ? `${type} /` : `${type} ${target} ${shown}`;
  });

test.for([
  { order: 'nobody', paths: [] },
  { order: 'by age', paths: ['/proc/1', '/dev/null', '/sys/class'] },
  { order: 'the youngest first', paths: ['/sys/class', '/dev/mqueue', '/proc'] },
])('a namespace shows the same mounts and numbers, looked into by $order', ({ paths }) => {
  const untouched = container();
  const looked = container(({ files }, mnt) => {
    for (const path of paths) files.view(mnt).exists(path);
  });
  expect(described(looked)).toEqual(EXPECTED);
  expect(looked.world.files.mounts(looked.mnt)).toEqual(untouched.world.files.mounts(untouched.mnt));
});

test('a subtree shows one directory of its file system, with options of its own', () => {
  const { world, mnt } = container();
  const view = world.files.view(mnt);
  const names = (path: string): readonly string[] => {
    const entries = view.list(path);
    return failed(entries) ? [] : entries.map(({ name }) => name);
  };
  expect(names('/proc/sys')).toEqual(['fs', 'kernel', 'user', 'vm']);
  expect(world.files.mounts(mnt).find(({ target }) => target === '/proc/sys')?.options).toEqual(['ro', 'relatime']);
});

test('a snapshot does not depend on who has looked', () => {
  const state = ({ world }: { world: World }): unknown => world.files.snapshot();
  const looked = container(({ files }, mnt) => {
    files.view(mnt).list('/dev');
    files.view(mnt).list('/sys');
  });
  expect(state(looked)).toEqual(state(container()));
});

test('what is made late was made when the container started', () => {
  const { world, mnt } = container();
  const started = world.simulation.clock.unixMs;
  world.simulation.clock.advanceTo(world.simulation.clock.nowUs + 5_000_000);
  const stat = world.files.view(mnt).stat('/dev/mqueue');
  expect(failed(stat) ? stat : stat.modifiedMs).toBe(started);
});

test('a namespace that goes before anybody looked leaves nothing behind', () => {
  const { world, mnt } = container();
  const before = worldOf([]);
  before.files.root.graft('/lib/root', ROOT);
  world.files.removeNamespace(mnt);
  const numbers = ({ files }: World): readonly number[] => files.systems.snapshot().systems.map(({ id }) => id);
  expect(numbers(world)).toEqual(numbers(before));
});
