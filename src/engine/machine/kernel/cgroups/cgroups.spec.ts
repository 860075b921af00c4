import { expect, test } from 'vitest';
import { failed } from '../../../../protocol/errno.ts';
import { exitCode, program, spawn, text, worldOf } from '../kernel.spec-support.ts';

const spin = program('spin', async (process) => {
  for (;;) await process.cpu(10_000);
});
const eater = program('eater', async (process) => {
  for (let mib = 1; mib <= 100; mib += 1) {
    process.memory(mib * 1_048_576);
    await process.sleep(1000);
  }
  return 0;
});
const forker = program('forker', async (process) => {
  let made = 0;
  for (;;) {
    const pid = process.spawn('/bin/sleeper', ['sleeper']);
    if (failed(pid)) {
      await process.write(1, text(`${String(made)} ${pid.errno}\n`));
      return 0;
    }
    made += 1;
  }
});
/** Takes as many GiB as it is told, and keeps them. */
const hog = program('hog', async (process) => {
  process.memory(Number(process.argv[1]) * 1_073_741_824);
  await process.sleep(1_000_000_000);
  return 0;
});
const sleeper = program('sleeper', async (process) => {
  await process.sleep(1_000_000);
  return 0;
});

test.for([
  { given: 'two equal groups on one core', weights: ['100', '100'], quotas: ['max', 'max'], seconds: [5, 5] },
  { given: 'weights 300 and 100', weights: ['300', '100'], quotas: ['max', 'max'], seconds: [7.5, 2.5] },
  { given: 'a quota of a fifth', weights: ['100', '100'], quotas: ['20000 100000', 'max'], seconds: [2, 8] },
])('CPU time is shared: $given', async ({ weights, quotas, seconds }) => {
  const world = worldOf([spin], { processors: 1 });
  for (const [index, weight] of weights.entries()) {
    const path = `/g${String(index)}`;
    world.kernel.cgroups.create(path);
    world.kernel.cgroups.write(path, 'cpu.weight', weight);
    world.kernel.cgroups.write(path, 'cpu.max', quotas[index] ?? 'max');
    spawn(world, ['/bin/spin'], { cgroup: path });
  }
  await world.run(10_000_000);
  const used = [0, 1].map((index) => {
    const stat = world.kernel.cgroups.stat(`/g${String(index)}`);
    return failed(stat) ? -1 : Math.round(stat.cpuUsageUs / 100_000) / 10;
  });
  expect(used).toEqual(seconds);
});

test('memory.max ends the process that weighs most with 137', async () => {
  const world = worldOf([eater, sleeper]);
  // The host's process 1, which is never chosen.
  spawn(world, ['/bin/sleeper']);
  world.kernel.cgroups.create('/box');
  world.kernel.cgroups.write('/box', 'memory.max', '20M');
  world.kernel.cgroups.watchOom('/box', { target: 'test', type: 'oom' });
  const { pid } = spawn(world, ['/bin/eater'], { cgroup: '/box' });
  await world.run(200_000);
  expect(exitCode(world, pid)).toBe(137);
  expect(world.recorder.events.filter(({ type }) => type !== 'output')).toEqual([
    { type: 'oom', payload: { path: '/box', pid } },
    { type: 'exit', payload: { pid, exitCode: 137, signal: 'SIGKILL', oomKilled: true } },
  ]);
  expect(world.kernel.cgroups.read('/box', 'memory.events')).toBe(
    'low 0\nhigh 0\nmax 1\noom 1\noom_kill 1\noom_group_kill 0\n',
  );
  expect(world.kernel.cgroups.stat('/box')).toMatchObject({ memoryBytes: 0, pids: 0, memoryLimitBytes: 20_971_520 });
});

test('a process for which there is no memory at all ends before it begins, and its end is told', async () => {
  const world = worldOf([sleeper]);
  spawn(world, ['/bin/sleeper']);
  world.kernel.cgroups.create('/box');
  world.kernel.cgroups.write('/box', 'memory.max', '4K');
  const { pid } = spawn(world, ['/bin/sleeper'], { cgroup: '/box' });
  await world.run(200_000);
  expect(exitCode(world, pid)).toBe(137);
  expect(world.kernel.cgroups.stat('/box')).toMatchObject({ memoryBytes: 0, pids: 0 });
});

test('a host without memory and swap ends the process that weighs most', async () => {
  const world = worldOf([hog, sleeper]);
  const GIB = 1_073_741_824;
  const small = spawn(world, ['/bin/hog', '1']).pid;
  await world.run(10_000);
  expect(world.kernel.tables.swapOn('/swap.img', 2 * GIB)).toBeUndefined();
  const large = spawn(world, ['/bin/hog', '8']).pid;
  await world.run(100_000);
  // Kernel, hogs and their programs do not fit into 7.75 GiB: the rest is in the swap, which therefore has to stay.
  const { swapFreeBytes, swapTotalBytes, freeBytes } = world.kernel.memory();
  expect(freeBytes).toBe(0);
  expect(swapTotalBytes - swapFreeBytes).toBe(world.kernel.swaps()[0]?.usedBytes);
  expect(swapTotalBytes - swapFreeBytes).toBeGreaterThan(GIB);
  expect(world.kernel.tables.swapOff('/swap.img')).toEqual({ errno: 'ENOMEM' });
  const third = spawn(world, ['/bin/hog', '3']).pid;
  await world.run(100_000);
  expect([small, large, third].map((pid) => world.kernel.process(pid)?.state === undefined)).toEqual([
    false,
    true,
    false,
  ]);
  expect(
    world.kernel
      .messages()
      .slice(-3)
      .map(({ text: line }) => line.replace(/\d{5,}kB/g, 'NkB')),
  ).toEqual([
    'hog invoked oom-killer: gfp_mask=0x140cca(GFP_HIGHUSER_MOVABLE|__GFP_COMP), order=0, oom_score_adj=0',
    `oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),cpuset=/,mems_allowed=0,global_oom,task_memcg=/,task=hog,pid=${String(large)},uid=0`,
    `Out of memory: Killed process ${String(large)} (hog) total-vm:NkB, anon-rss:NkB, file-rss:0kB, shmem-rss:0kB, UID:0 pgtables:0kB oom_score_adj:0`,
  ]);
});

test('pids.max makes fork fail', async () => {
  const world = worldOf([forker, sleeper]);
  world.kernel.cgroups.create('/box');
  world.kernel.cgroups.write('/box', 'pids.max', '5');
  const { output } = spawn(world, ['/bin/forker'], { cgroup: '/box' });
  await world.run();
  expect(output()).toBe('4 EAGAIN\n');
  expect(world.kernel.cgroups.read('/box', 'pids.events')).toBe('max 1\n');
});

test('a frozen group does nothing until it is thawed', async () => {
  const world = worldOf([spin]);
  world.kernel.cgroups.create('/box');
  const { pid } = spawn(world, ['/bin/spin'], { cgroup: '/box' });
  await world.run(1_000_000);
  world.kernel.cgroups.write('/box', 'cgroup.freeze', '1');
  const before = world.kernel.process(pid)?.cpuUserUs;
  world.simulation.loop.schedule(1_000_000, 'test', 'later');
  await world.run(1_000_000);
  expect(world.kernel.process(pid)?.cpuUserUs).toBe(before);
  world.kernel.cgroups.write('/box', 'cgroup.freeze', '0');
  await world.run(1_000_000);
  expect(world.kernel.process(pid)?.cpuUserUs).toBeGreaterThan((before ?? 0) + 600_000);
});
