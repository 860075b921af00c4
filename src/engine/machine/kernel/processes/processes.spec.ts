import { expect, test } from 'vitest';
import { failed } from '../../../../protocol/errno.ts';
import type { Process } from '../../../../protocol/program.ts';
import { exitCode, program, readText, spawn, text, worldOf } from '../kernel.spec-support.ts';

const print = async (process: Process, line: string): Promise<void> => {
  await process.write(1, text(`${line}\n`));
};

test('a program prints, exits with its code and costs virtual time', async () => {
  const world = worldOf([
    program('hello', async (process) => {
      await print(process, `hello ${process.argv.slice(1).join(' ')} from ${process.hostname()}`);
      return 7;
    }),
  ]);
  const { pid, output } = spawn(world, ['/bin/hello', 'a', 'b']);
  await world.run();
  expect(output()).toBe('hello a b from alpha\n');
  expect(exitCode(world, pid)).toBe(7);
  expect(world.simulation.clock.nowUs).toBeGreaterThan(400);
  expect(world.kernel.process(pid)).toBeUndefined();
});

test.for([
  { path: '/bin/none', expected: 'ENOENT' },
  { path: '/etc/passwd', expected: 'EACCES' },
  { path: '/bin', expected: 'EACCES' },
  { path: '/tmp/text', expected: 'ENOEXEC' },
  { path: '/tmp/script', expected: 1 },
])('exec of $path gives $expected', ({ path, expected }) => {
  const world = worldOf([program('sh', async () => 0)]);
  world.files.root.write('/tmp/text', 'echo no\n', { mode: 0o755 });
  world.files.root.write('/tmp/script', '#!/bin/sh -e\n', { mode: 0o755 });
  const result = world.kernel.spawn({ path, argv: [path], env: {} });
  expect(failed(result) ? result.errno : result).toBe(expected);
});

test('a #! script runs its interpreter with the script as argument', async () => {
  const world = worldOf([
    program('sh', async (process) => {
      await print(process, process.argv.join(' '));
      return 0;
    }),
  ]);
  world.files.root.write('/tmp/script', '#!/bin/sh -e\n', { mode: 0o755 });
  const { output } = spawn(world, ['/tmp/script', 'x']);
  await world.run();
  expect(output()).toBe('/bin/sh -e /tmp/script x\n');
});

const yes = program('yes', async (process) => {
  for (;;) {
    const written = await process.write(1, text('y\n'.repeat(1000)));
    if (failed(written)) return 1;
  }
});
const head = program('head', async (process) => {
  const bytes = await process.read(0, 4);
  if (!failed(bytes)) await process.write(1, bytes);
  return 0;
});
const pipeline = program('pipeline', async (process) => {
  const ends = process.pipe();
  if (failed(ends)) return 1;
  const [read, write] = ends;
  const a = process.spawn('/bin/yes', ['yes'], {
    fds: [
      [0, 0],
      [1, write],
      [2, 2],
    ],
  });
  const b = process.spawn('/bin/head', ['head'], {
    fds: [
      [0, read],
      [1, 1],
      [2, 2],
    ],
  });
  process.close(read);
  process.close(write);
  for (const pid of [a, b]) {
    const status = failed(pid) ? pid : await process.wait(pid);
    await print(process, JSON.stringify(status));
  }
  return 0;
});

test('a writer whose reader goes away dies of SIGPIPE', async () => {
  const world = worldOf([yes, head, pipeline]);
  const { output } = spawn(world, ['/bin/pipeline']);
  await world.run();
  expect(output()).toBe('y\ny\n{"pid":2,"type":"killed","signal":"SIGPIPE"}\n{"pid":3,"type":"exited","code":0}\n');
});

test('a full pipe holds its writer until somebody reads', async () => {
  const world = worldOf([yes]);
  const out = world.kernel.streams.create({ readable: { target: 'test', type: 'output' } });
  world.kernel.spawn({
    path: '/bin/yes',
    argv: ['yes'],
    env: {},
    stdio: [{ type: 'null' }, { type: 'stream', stream: out }, { type: 'null' }],
  });
  await world.run();
  expect(world.kernel.streams.available(out)).toBe(65_536);
  expect(world.recorder.events).toEqual([{ type: 'output', payload: { stream: out } }]);
  expect(readText(world.kernel.streams.read(out, 4))).toBe('y\ny\n');
});

test('a forked child may run the program that does its part of the work, as the same executable', async () => {
  const server = program('server', async (process) => {
    const child = process.fork({ word: 'hello' }, { program: 'server-session' });
    return failed(child) ? 1 : Number(JSON.stringify(await process.wait(child)).includes('"code":7'));
  });
  const work = program(
    'server-session',
    async () => 1,
    async (process, state) => {
      const { word } = state as { word: string };
      await print(process, `${word} ${process.argv.join(' ')} ${world.kernel.process(process.pid)?.path ?? ''}`);
      return 7;
    },
  );
  const world = worldOf([server, work]);
  const { pid, output } = spawn(world, ['/bin/server', '-D']);
  await world.run();
  expect([output(), exitCode(world, pid)]).toEqual(['hello /bin/server -D /bin/server\n', 1]);
});

test('fork goes on from a state; orphans are adopted by process 1', async () => {
  const forker = program(
    'forker',
    async (process) => {
      const child = process.fork({ word: 'child' });
      await process.sleep(1000);
      await print(process, `parent of ${JSON.stringify(child)}`);
      return 0;
    },
    async (process, state) => {
      await print(process, `${(state as { word: string }).word} ${String(process.ppid)}`);
      await process.sleep(10_000);
      await print(process, `orphan ${String(process.ppid)}`);
      return 0;
    },
  );
  const world = worldOf([
    forker,
    program('init', async (process) => {
      await process.sleep(1_000_000_000);
      return 0;
    }),
  ]);
  world.kernel.spawn({ path: '/bin/init', argv: ['init'], env: {} });
  const { output } = spawn(world, ['/bin/forker']);
  await world.run(1_000_000);
  expect(output()).toBe('child 2\nparent of 3\norphan 1\n');
});

test('a pid namespace numbers from 1 and dies with its process 1', async () => {
  const shell = program('shell', async (process) => {
    const child = process.spawn('/bin/sleeper', ['sleeper']);
    await print(process, `${String(process.pid)} ${JSON.stringify(child)}`);
    process.sigaction('SIGTERM', 'default');
    await process.sleep(10_000_000);
    return 0;
  });
  const sleeper = program('sleeper', async (process) => {
    await process.sleep(60_000_000);
    return 0;
  });
  const world = worldOf([shell, sleeper]);
  const namespace = world.kernel.namespaces.createPid();
  const { pid, output } = spawn(world, ['/bin/shell'], { namespaces: { pid: namespace } });
  await world.run(1_000_000);
  expect(output()).toBe('1 2\n');
  expect(world.kernel.processes().map(({ pid: host, namespacePids }) => [host, namespacePids])).toEqual([
    [1, [1, 1]],
    [2, [2, 2]],
  ]);
  world.kernel.kill(pid, 'SIGTERM');
  await world.run(1000);
  expect(world.kernel.process(pid)?.state).toBe('sleeping');
  world.kernel.kill(pid, 'SIGKILL');
  await world.run(1000);
  expect(world.kernel.processes()).toEqual([]);
});

test('caught signals interrupt a sleep; ignored ones do not', async () => {
  const world = worldOf([
    program('catcher', async (process) => {
      process.sigaction('SIGUSR1', 'catch');
      process.sigaction('SIGTERM', 'ignore');
      const slept = await process.sleep(10_000_000);
      await print(process, `${failed(slept) ? slept.errno : 'slept'} ${process.takeSignals().join()}`);
      return 0;
    }),
  ]);
  spawn(world, ['/bin/catcher']);
  const { pid, output } = spawn(world, ['/bin/catcher']);
  await world.run(10_000);
  world.kernel.kill(pid, 'SIGTERM');
  await world.run(10_000);
  world.kernel.kill(pid, 'SIGUSR1');
  await world.run(10_000);
  expect(output()).toBe('EINTR SIGUSR1\n');
});

test('many calls that wait at once are each paid for, and each comes back', async () => {
  const many = program('many', async (process) => {
    const sleeps = Array.from({ length: 40 }, (_, i) => process.sleep(1_000 + i));
    await Promise.all([...sleeps, ...sleeps.map(() => process.cpu(5))]);
    return 7;
  });
  const world = worldOf([many]);
  const { pid } = spawn(world, ['/bin/many']);
  await world.run();
  expect(exitCode(world, pid)).toBe(7);
});
