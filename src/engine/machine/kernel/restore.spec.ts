import { expect, test } from 'vitest';
import { failed } from '../../../protocol/errno.ts';
import type { Program } from '../../../protocol/program.ts';
import { decodePlain, encodePlain } from '../../sim/plain-codec.ts';
import type { ReactiveProgram } from './reactive/reactive.ts';
import { program, readText, spawn, text, worldOf, type World } from './kernel.spec-support.ts';

const ticker = program('date', async (process) => {
  await process.write(1, text(`${String(Math.floor(process.time().realtimeUs / 1_000_000))}\n`));
  return 0;
});
/** `while true; do date; sleep 1; done` as a shell would do it, without a checkpoint. */
const loop = program('loop', async (process) => {
  for (;;) {
    const pid = process.spawn('/bin/date', ['date']);
    if (failed(pid)) return 1;
    await process.wait(pid);
    await process.sleep(1_000_000);
  }
});
const upper = program('upper', async (process) => {
  let lines = 0;
  for (;;) {
    const bytes = await process.read(0);
    if (failed(bytes) || bytes.length === 0) break;
    lines += 1;
    await process.write(1, text(`${String(lines)}:${readText(bytes)}`));
  }
  return 0;
});
const producer = program(
  'producer',
  async (process) => {
    for (let n = 0; n < 1000; n += 1) {
      process.checkpoint({ n });
      await process.write(1, text(`line ${String(n)}\n`));
      await process.sleep(700_000);
    }
    return 0;
  },
  async (process, state) => {
    for (let { n } = state as { n: number }; n < 1000; n += 1) {
      process.checkpoint({ n });
      await process.write(1, text(`line ${String(n)}\n`));
      await process.sleep(700_000);
    }
    return 0;
  },
);
const pipeline = program('pipeline', async (process) => {
  const ends = process.pipe();
  if (failed(ends)) return 1;
  process.spawn('/bin/producer', ['producer'], {
    fds: [
      [0, 0],
      [1, ends[1]],
      [2, 2],
    ],
  });
  const reader = process.spawn('/bin/upper', ['upper'], {
    fds: [
      [0, ends[0]],
      [1, 1],
      [2, 2],
    ],
  });
  process.close(ends[0]);
  process.close(ends[1]);
  if (!failed(reader)) await process.wait(reader);
  return 0;
});
/** Two of them take turns. */
const locker = program('locker', async (process) => {
  const fd = process.open('/tmp/lock', { read: true, create: true });
  if (failed(fd)) return 1;
  for (;;) {
    await process.lock(fd, 'exclusive');
    process.writeFile('/tmp/turns', text(`${String(process.pid)} `), { append: true });
    await process.sleep(900_000);
    process.unlock(fd);
    await process.sleep(1_000);
  }
});
const lazy: Program = {
  name: 'lazy',
  run: async (process) => lazyLoop(process, 0),
  resume: async (process, state) => lazyLoop(process, Number(state)),
};
async function lazyLoop(process: Parameters<Program['run']>[0], from: number): Promise<number> {
  for (let n = from; ; n += 1) {
    process.checkpointLazily(() => n);
    await process.sleep(333_000);
    process.writeFile('/tmp/count', text(String(n)));
  }
}
const server: ReactiveProgram = {
  name: 'server',
  start(context) {
    context.state = { ticks: 0 };
    context.timer('tick', 250_000);
  },
  onTimer(context) {
    context.state = { ticks: Number(context.state['ticks']) + 1 };
    context.writeFile('/tmp/ticks', `${JSON.stringify(context.state['ticks'])} `, { append: true });
    context.timer('tick', 250_000);
  },
};

const make = (): World => worldOf([ticker, loop, upper, producer, pipeline, lazy, locker], { reactive: [server] });

async function start(world: World): Promise<void> {
  for (const name of ['loop', 'pipeline', 'lazy', 'server', 'locker', 'locker']) spawn(world, [`/bin/${name}`]);
  await world.run(5_300_000);
}

const outputs = (world: World): string[] => [1, 2, 3, 4].map((stream) => readText(world.kernel.streams.read(stream)));

test('a restored host goes on as the one that was saved: same trace, same output', async () => {
  const original = make();
  await start(original);
  const saved = encodePlain({
    loop: original.simulation.loop.snapshot(),
    random: original.simulation.random.snapshot(),
    trace: original.simulation.trace.snapshot(),
    kernel: original.kernel.snapshot(),
  });
  await original.run(60_000_000);

  const copy = make();
  const state = decodePlain(saved) as { loop: string; random: string; trace: string; kernel: string };
  copy.simulation.loop.restore(state.loop);
  copy.simulation.random.restore(state.random);
  copy.simulation.trace.restore(state.trace);
  copy.kernel.restore(state.kernel);
  await copy.run(60_000_000);

  expect(copy.kernel.stuckPrograms()).toEqual([]);
  expect(outputs(copy)).toEqual(outputs(original));
  expect(copy.files.root.readText('/tmp/turns')).toBe(original.files.root.readText('/tmp/turns'));
  expect(copy.files.root.readText('/tmp/ticks')).toBe(original.files.root.readText('/tmp/ticks'));
  expect(copy.files.root.readText('/tmp/count')).toBe(original.files.root.readText('/tmp/count'));
  expect({ hash: copy.simulation.trace.hash, ran: copy.simulation.loop.ran }).toEqual({
    hash: original.simulation.trace.hash,
    ran: original.simulation.loop.ran,
  });
});

test('a journal over its bound is reported until the next checkpoint', async () => {
  const world = worldOf([
    program('chatty', async (process) => {
      for (let n = 0; n < 5000; n += 1) process.umask();
      await process.sleep(1_000_000);
      process.checkpoint(1);
      await process.sleep(1_000_000);
      return 0;
    }),
  ]);
  const { pid } = spawn(world, ['/bin/chatty']);
  await world.run(500_000);
  expect(world.kernel.unsaveable()).toEqual([pid]);
  await world.run(1_000_000);
  expect(world.kernel.unsaveable()).toEqual([]);
});
