import { expect, test } from 'vitest';
import { failed, type Result } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import { program, spawn, text, worldOf, type World } from '../kernel/kernel.spec-support.ts';
import { decodePlain, encodePlain } from '../../sim/plain-codec.ts';
import { FileTree } from './trees/file-tree.ts';

const LAYER = new FileTree('layer/base', [
  { path: 'etc/conf', type: 'file', text: 'base\n' },
  { path: 'etc/old', type: 'file', text: 'old\n' },
  { path: 'data/one', type: 'file', text: '1' },
  { path: 'data/two', type: 'file', text: '2' },
  { path: 'big', type: 'file', size: 50_000_000 },
]);
const UPPER_LAYER = new FileTree('layer/second', [
  { path: 'etc/old', type: 'whiteout' },
  { path: 'data', type: 'directory', opaque: true },
  { path: 'data/three', type: 'file', text: '3' },
]);

function overlaid(): World {
  const world = worldOf([]);
  const { root } = world.files;
  root.graft('/lib/l1', LAYER);
  root.graft('/lib/l2', UPPER_LAYER);
  for (const name of ['upper', 'work', 'merged']) root.mkdirp(`/lib/${name}`);
  world.files.mount({
    type: 'overlay',
    source: 'overlay',
    target: '/lib/merged',
    options: ['lowerdir=/lib/l2:/lib/l1', 'upperdir=/lib/upper', 'workdir=/lib/work'],
  });
  return world;
}
const names = (world: World, path: string): string[] | string => {
  const entries = world.files.root.list(path);
  return failed(entries) ? entries.errno : entries.map(({ name }) => name).toSorted();
};
const plain = (result: Result<unknown>): unknown => (failed(result) ? result.errno : result);

test('an overlay merges layers, hides what is whited out or opaque, and copies up on writing', () => {
  const world = overlaid();
  const { root } = world.files;
  expect(names(world, '/lib/merged')).toEqual(['big', 'data', 'etc']);
  expect(names(world, '/lib/merged/data')).toEqual(['three']);
  expect(names(world, '/lib/merged/etc')).toEqual(['conf']);
  root.write('/lib/merged/etc/conf', 'more\n', { append: true });
  expect(root.readText('/lib/merged/etc/conf')).toBe('base\nmore\n');
  expect(root.readText('/lib/upper/etc/conf')).toBe('base\nmore\n');
  expect(root.readText('/lib/l1/etc/conf')).toBe('base\n');
  root.remove('/lib/merged/data/three');
  expect(names(world, '/lib/merged/data')).toEqual([]);
  expect(plain(root.lstat('/lib/upper/data/three'))).toMatchObject({ type: 'char', rdev: [0, 0] });
  root.remove('/lib/merged/data');
  root.mkdirp('/lib/merged/data');
  expect(names(world, '/lib/merged/data')).toEqual([]);
  expect(plain(root.rename('/lib/merged/etc', '/lib/merged/etc2'))).toBe('EXDEV');
  expect(plain(root.rename('/lib/merged/etc/conf', '/lib/merged/conf'))).toBeUndefined();
  expect(names(world, '/lib/merged')).toEqual(['big', 'conf', 'data', 'etc']);
});

test('a grafted layer costs nothing until it is read, and a snapshot refers to it', () => {
  const world = overlaid();
  const before = encodePlain(world.kernel.snapshot()).length;
  for (let n = 0; n < 100; n += 1) world.files.root.graft(`/lib/more/${String(n)}`, LAYER);
  expect(encodePlain(world.kernel.snapshot()).length - before).toBeLessThan(100 * 800);
  expect(world.files.diskUsage().usedBytes).toBeGreaterThan(5_000_000_000);
  const big = world.files.root.stat('/lib/merged/big');
  expect(failed(big) ? big : big.size).toBe(50_000_000);
});

test('files, overlays and mounts come back from a snapshot', () => {
  const world = overlaid();
  const { root } = world.files;
  root.write('/lib/merged/etc/new', 'new', { mode: 0o600, uid: 5 });
  root.remove('/lib/merged/etc/conf');
  root.write('/run/state', 'x');
  root.rename('/lib/l1/big', '/tmp/big');
  const saved = decodePlain(encodePlain(world.kernel.snapshot()));
  const copy = overlaid();
  copy.kernel.restore(saved);
  expect(copy.files.mounts()).toEqual(world.files.mounts());
  for (const path of ['/lib/merged', '/lib/merged/etc', '/lib/upper/etc', '/run', '/tmp', '/lib/l1'])
    expect(names(copy, path)).toEqual(names(world, path));
  expect(copy.files.root.stat('/lib/merged/etc/new')).toEqual(root.stat('/lib/merged/etc/new'));
  expect(copy.files.root.stat('/tmp/big')).toEqual(root.stat('/tmp/big'));
  expect(encodePlain(copy.kernel.snapshot())).toBe(encodePlain(world.kernel.snapshot()));
});

/** Runs calls as a user and answers what each gave. */
async function asUser(uid: number, act: (process: Process) => Record<string, Result<unknown>>): Promise<unknown> {
  const actor = program('actor', async (process) => {
    const results = Object.fromEntries(
      Object.entries(act(process)).map(([name, value]) => [
        name,
        failed(value) ? value.errno : value === undefined ? 'ok' : value,
      ]),
    );
    await process.write(1, text(JSON.stringify(results)));
    return 0;
  });
  const world = worldOf([actor], {
    entries: [
      { path: 'secret', type: 'directory', mode: 0o700 },
      { path: 'secret/x', type: 'file', text: '' },
      { path: 'shared', type: 'directory', mode: 0o1777 },
      { path: 'shared/roots', type: 'file', text: 'r', mode: 0o644 },
      { path: 'mine', type: 'directory', mode: 0o755, uid: 1000 },
      { path: 'script', type: 'file', text: '#!/bin/actor\n', mode: 0o644 },
    ],
  });
  const { output } = spawn(world, ['/bin/actor'], {
    credentials: { uid, gid: uid, groups: [uid], capabilities: uid === 0 ? 'all' : [] },
  });
  await world.run();
  return JSON.parse(output());
}

test('permissions hold for a user and not for root', async () => {
  const calls = (process: Process): Record<string, Result<unknown>> => ({
    search: process.stat('/secret/x'),
    list: process.readdir('/secret'),
    write: process.writeFile('/shared/roots', text('no')),
    remove: process.unlink('/shared/roots'),
    create: process.writeFile('/mine/a', text('yes')),
    chown: process.chown('/mine', 7, 7),
    chmod: process.chmod('/shared/roots', 0o777),
    execute: process.access('/script', { execute: true }),
    setuid: process.setCredentials({ uid: 0, gid: 0, groups: [], capabilities: 'all' }),
    kill: process.kill(1, 'SIGTERM'),
    mount: process.mount('tmpfs', '/mnt', 'tmpfs', []),
  });
  expect(await asUser(1000, calls)).toEqual({
    search: 'EACCES',
    list: 'EACCES',
    write: 'EACCES',
    remove: 'EPERM',
    create: 'ok',
    chown: 'EPERM',
    chmod: 'EPERM',
    execute: 'EACCES',
    setuid: 'EPERM',
    kill: 'ok',
    mount: 'EPERM',
  });
  expect(await asUser(0, calls)).toMatchObject({
    write: 'ok',
    remove: 'ok',
    create: 'ok',
    chown: 'ok',
    chmod: 'ENOENT',
    execute: 'EACCES',
    mount: 'ENOENT',
  });
});

test.for([
  {
    given: 'a loop of links',
    act: (p: Process) => p.symlink('/tmp/b', '/tmp/a') ?? p.symlink('/tmp/a', '/tmp/b') ?? p.stat('/tmp/a'),
    expected: 'ELOOP',
  },
  {
    given: 'a link to a file, followed',
    act: (p: Process) => p.symlink('../etc/passwd', '/tmp/l') ?? p.realpath('/tmp/l'),
    expected: '/etc/passwd',
  },
  { given: 'a file as directory', act: (p: Process) => p.stat('/etc/passwd/x'), expected: 'ENOTDIR' },
  { given: 'a directory that is not empty', act: (p: Process) => p.rmdir('/etc'), expected: 'ENOTEMPTY' },
  {
    given: 'an exclusive create',
    act: (p: Process) => p.open('/etc/passwd', { write: true, create: true, exclusive: true }),
    expected: 'EEXIST',
  },
  {
    given: 'a directory into itself',
    act: (p: Process) => p.mkdir('/tmp/d') ?? p.rename('/tmp/d', '/tmp/d/e'),
    expected: 'EINVAL',
  },
  { given: 'across file systems', act: (p: Process) => p.rename('/etc/passwd', '/run/passwd'), expected: 'EXDEV' },
  {
    given: 'the umask',
    act: (p: Process) => {
      p.umask(0o077);
      p.writeFile('/tmp/m', text(''));
      const s = p.stat('/tmp/m');
      return failed(s) ? s : s.mode;
    },
    expected: 0o600,
  },
  {
    given: 'a hard link',
    act: (p: Process) => {
      p.link('/etc/passwd', '/etc/pw');
      const s = p.stat('/etc/pw');
      return failed(s) ? s : s.links;
    },
    expected: 2,
  },
  {
    given: 'the time of a link itself',
    act: (p: Process) => {
      p.symlink('../etc/passwd', '/tmp/l');
      p.utimes('/tmp/l', 1_000, 2_000);
      p.utimes('/tmp/l', 3_000, 4_000, { noFollow: true });
      return [p.stat('/tmp/l'), p.lstat('/tmp/l')].map((s) => (failed(s) ? s.errno : s.modifiedMs)).join(' ');
    },
    expected: '2000 4000',
  },
  { given: 'proc shows the caller', act: (p: Process) => p.readlink('/proc/self/exe'), expected: '/bin/actor' },
  {
    given: 'proc shows mounts',
    act: (p: Process) => {
      const b = p.readFile('/proc/mounts');
      return failed(b) ? b : b.length > 200;
    },
    expected: true,
  },
  {
    given: 'a mounted tmpfs',
    act: (p: Process) =>
      p.mkdir('/m') ?? p.mount('tmpfs', '/m', 'tmpfs', ['size=4k']) ?? p.writeFile('/m/x', new Uint8Array(5000)),
    expected: 'ENOSPC',
  },
  {
    given: 'a busy mount point',
    act: (p: Process) => p.mkdir('/m') ?? p.mount('tmpfs', '/m', 'tmpfs', []) ?? p.rmdir('/m'),
    expected: 'EBUSY',
  },
  {
    given: 'an unknown file system',
    act: (p: Process) => p.mkdir('/m') ?? p.mount('x', '/m', 'zfs', []),
    expected: 'ENODEV',
  },
  { given: 'a sysctl', act: (p: Process) => p.writeFile('/proc/sys/vm/swappiness', text('10\n')), expected: 'ok' },
])('$given gives $expected', async ({ act, expected }) => {
  expect(await asUser(0, (process) => ({ it: act(process) }))).toEqual({ it: expected });
});

test('a container namespace shows its own root, proc, dev and a bind of the host', async () => {
  const world = worldOf([
    program('peek', async (process) => {
      const entries = process.readdir('/');
      const procs = process.readdir('/proc');
      const fd = process.open('/dev/null', { write: true });
      const shown = {
        root: failed(entries) ? entries.errno : entries.map(({ name }) => name),
        pids: failed(procs) ? [] : procs.map(({ name }) => name).filter((name) => /^\d+$/.test(name)),
        cwd: process.cwd(),
        null: fd,
        volume: process.writeFile('/volume/x', text('v')),
        ro: process.writeFile('/ro/x', text('v')),
      };
      await process.write(1, text(JSON.stringify(shown)));
      return 0;
    }),
  ]);
  const tree = new FileTree('peek', [{ path: 'bin/peek', type: 'file', text: '\x7fELFpeek\n', mode: 0o755 }]);
  const { files, kernel } = world;
  files.root.graft('/lib/c', tree);
  files.root.mkdirp('/srv/volume');
  const pid = kernel.namespaces.createPid();
  const mnt = files.createNamespace({
    root: '/lib/c',
    pidNamespace: pid,
    mounts: [
      { type: 'proc', source: 'proc', target: '/proc', options: ['nosuid'] },
      { type: 'tmpfs', source: 'tmpfs', target: '/dev', options: ['mode=755', 'devices=container'] },
      { type: 'bind', source: '/srv/volume', target: '/volume', options: ['rbind', 'rw'] },
      { type: 'bind', source: '/srv/volume', target: '/ro', options: ['rbind', 'ro'] },
    ],
  });
  if (failed(mnt)) throw new Error(mnt.errno);
  const { output } = spawn(world, ['/bin/peek'], { namespaces: { mnt, pid } });
  await world.run();
  expect(JSON.parse(output())).toEqual({
    root: ['bin', 'proc', 'dev', 'volume', 'ro'],
    pids: ['1'],
    cwd: '/',
    null: 3,
    ro: { errno: 'EROFS' },
  });
  expect(files.root.readText('/srv/volume/x')).toBe('v');
});

test('a watched directory tells once per instant', async () => {
  const world = worldOf([]);
  world.files.root.mkdirp('/etc/manifests');
  world.files.watch('/etc/manifests', { target: 'test', type: 'manifests' });
  world.files.root.write('/etc/manifests/a', '1');
  world.files.root.write('/etc/manifests/b', '2');
  await world.run();
  expect(world.recorder.events).toEqual([{ type: 'manifests', payload: { path: '/etc/manifests' } }]);
});

test('a read-only root gets its mount points and is read-only then', () => {
  const { files } = worldOf([]);
  files.root.graft('/lib/c', LAYER);
  const mnt = files.createNamespace({
    root: '/lib/c',
    readOnlyRoot: true,
    mounts: [{ type: 'tmpfs', source: 'tmpfs', target: '/run/x', options: [] }],
  });
  if (failed(mnt)) throw new Error(mnt.errno);
  const view = files.view(mnt);
  expect([plain(view.write('/new', '')), plain(view.write('/run/x/new', ''))]).toEqual(['EROFS', undefined]);
});
