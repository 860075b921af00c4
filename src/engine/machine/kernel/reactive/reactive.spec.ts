import { expect, test } from 'vitest';
import { program, spawn, text, readText, worldOf } from '../kernel.spec-support.ts';
import type { ReactiveProgram } from './reactive.ts';
import { failed } from '../../../../protocol/errno.ts';

const pause: ReactiveProgram = {
  name: 'pause',
  memoryBytes: 700_000,
  start(context) {
    context.catchSignals(['SIGTERM']);
    context.print(`pid ${String(context.pid)}\n`);
  },
  onSignal(context, signal) {
    context.print(`${signal}\n`);
    context.exit(0);
  },
};
const entry: ReactiveProgram = {
  name: 'entry',
  start(context) {
    const replaced = context.exec?.(context.argv[1] ?? '', context.argv.slice(1));
    if (replaced !== undefined && failed(replaced)) context.exit(127);
  },
};
const echo: ReactiveProgram = {
  name: 'echo',
  start(context) {
    context.readInput();
  },
  onInput(context, bytes) {
    if (bytes === undefined) context.exit(0);
    else context.print(bytes);
  },
};
const burner: ReactiveProgram = {
  name: 'burner',
  start(context) {
    context.forkWorker('worker', ['burner: worker']);
    context.burn(2_000_000, 'done');
  },
  onBurnt(context, tag) {
    context.print(`${tag} ${String(context.time().monotonicUs >= 2_000_000)}`);
    context.exit(0);
  },
};
const hello = program('hello', async (process) => {
  await process.write(1, text(`hello ${String(process.pid)}\n`));
  return 4;
});

test('a reactive program meets its signals; as process 1 too', async () => {
  const world = worldOf([], { reactive: [pause] });
  const namespace = world.kernel.namespaces.createPid();
  const { pid, output } = spawn(world, ['/bin/pause'], { namespaces: { pid: namespace } });
  await world.run(10_000);
  world.kernel.kill(pid, 'SIGTERM');
  await world.run();
  expect(output()).toBe('pid 1\nSIGTERM\n');
  expect(world.recorder.events.at(-1)).toEqual({ type: 'exit', payload: { pid, exitCode: 0, oomKilled: false } });
});

test('an entrypoint hands its process over to a program', async () => {
  const world = worldOf([hello], { reactive: [entry] });
  const { pid, output } = spawn(world, ['/bin/entry', 'hello']);
  await world.run();
  expect(output()).toBe(`hello ${String(pid)}\n`);
  expect(world.recorder.events.at(-1)).toMatchObject({ payload: { exitCode: 4 } });
});

test('standard input comes as events, CPU work under contention too; workers go with their server', async () => {
  const world = worldOf([], { reactive: [echo, burner] });
  const input = world.kernel.streams.create({ writable: { target: 'test', type: 'room' } });
  const out = world.kernel.streams.create({ readable: { target: 'test', type: 'output' } });
  world.kernel.spawn({
    path: '/bin/echo',
    argv: ['echo'],
    env: {},
    stdio: [{ type: 'stream', stream: input }, { type: 'stream', stream: out }, { type: 'null' }],
  });
  const other = spawn(world, ['/bin/burner']);
  await world.run(10_000);
  expect(world.kernel.processes().map(({ name }) => name)).toEqual(['echo', 'burner', 'worker']);
  world.kernel.streams.write(input, text('abc'));
  await world.run(10_000);
  world.kernel.streams.closeWriter(input);
  await world.run();
  expect(readText(world.kernel.streams.read(out))).toBe('abc');
  expect(other.output()).toBe('done true');
  expect(world.kernel.processes()).toEqual([]);
});

test('a thousand of them start in little time', async () => {
  const world = worldOf([], { reactive: [pause] });
  for (let n = 0; n < 1000; n += 1) {
    const path = `/pods/${String(n)}`;
    world.kernel.cgroups.create(path);
    world.kernel.spawn({
      path: '/bin/pause',
      argv: ['pause'],
      env: {},
      cgroup: path,
      namespaces: { pid: world.kernel.namespaces.createPid() },
    });
  }
  await world.run();
  expect(world.kernel.processes().filter(({ name }) => name === 'pause')).toHaveLength(1000);
});

test('a mistake in a reactive program ends its process, and nothing else', async () => {
  const broken: ReactiveProgram = {
    name: 'broken',
    start() {
      throw new Error('no such thing');
    },
  };
  const world = worldOf([], { reactive: [broken, pause] });
  const other = spawn(world, ['/bin/pause']);
  const { pid, output } = spawn(world, ['/bin/broken']);
  await world.run(10_000);
  expect(output()).toBe('drydock: broken crashed: no such thing\n');
  expect(world.recorder.events.at(-1)).toEqual({ type: 'exit', payload: { pid, exitCode: 134, oomKilled: false } });
  expect(other.output()).toContain('pid');
});
