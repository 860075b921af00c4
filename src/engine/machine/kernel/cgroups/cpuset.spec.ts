import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { failed } from '../../../../protocol/errno.ts';
import { CgroupTree } from './cgroup-tree.ts';
import type { TaskClass } from '../cpu/cpu-classes.ts';
import { effectiveCpus, formatCpuList, formatCpuMask, parseCpuList, shareConfined } from './cpuset.ts';
import { program, spawn, worldOf } from '../kernel.spec-support.ts';

test.for([
  ['0-1,3', '0-1,3', 'b'],
  ['3,1 0,1', '0-1,3', 'b'],
  ['', '', '0'],
  ['2', '2', '4'],
  ['0-3', '0-3', 'f'],
  ['4', 'ERANGE', ''],
  ['2-1', 'EINVAL', ''],
  ['a', 'EINVAL', ''],
  ['-1', 'EINVAL', ''],
] as const)('the list %j is %s', ([text, list, mask]) => {
  const cpus = parseCpuList(text, 4);
  if (failed(cpus)) expect(cpus.errno).toBe(list);
  else expect([formatCpuList(cpus), formatCpuMask(cpus)]).toEqual([list, mask]);
});

const spin = program('spin', async (process) => {
  for (;;) await process.cpu(10_000);
});

test.for([
  { given: 'two groups on one processor', sets: ['0', '0'], weights: ['100', '100'], tasks: [1, 1], seconds: [5, 5] },
  { given: 'each on its own', sets: ['0', '1'], weights: ['100', '100'], tasks: [1, 1], seconds: [10, 10] },
  { given: 'by weight on one', sets: ['1', '1'], weights: ['300', '100'], tasks: [1, 1], seconds: [7.5, 2.5] },
  { given: 'many tasks on two', sets: ['0-1', ''], weights: ['100', '100'], tasks: [4, 2], seconds: [20, 20] },
  { given: 'one that may go aside', sets: ['0', '0-1'], weights: ['100', '100'], tasks: [2, 1], seconds: [10, 10] },
  { given: 'nothing said', sets: ['', ''], weights: ['100', '100'], tasks: [1, 1], seconds: [10, 10] },
])('CPU time is shared: $given', async ({ sets, weights, tasks, seconds }) => {
  const world = worldOf([spin], { processors: 4 });
  for (const [index, set] of sets.entries()) {
    const path = `/g${String(index)}`;
    world.kernel.cgroups.create(path);
    world.kernel.cgroups.write(path, 'cpu.weight', weights[index] ?? '');
    expect(world.kernel.cgroups.write(path, 'cpuset.cpus', set)).toBeUndefined();
    for (let n = 0; n < (tasks[index] ?? 0); n += 1) spawn(world, ['/bin/spin'], { cgroup: path });
  }
  await world.run(10_000_000);
  const used = sets.map((_, index) => {
    const stat = world.kernel.cgroups.stat(`/g${String(index)}`);
    return failed(stat) ? -1 : Math.round(stat.cpuUsageUs / 100_000) / 10;
  });
  expect(used).toEqual(seconds);
});

describe('a group below another', () => {
  test.for([
    ['0-2', '2-3', '2'],
    ['0-1', '2-3', '0-1'],
    ['', '1', '1'],
    ['1', '', '1'],
    ['', '', '0-3'],
  ] as const)('above %j, own %j: %s', ([above, own, effective]) => {
    const { kernel } = worldOf([], { processors: 4 });
    kernel.cgroups.create('/a/b');
    kernel.cgroups.write('/a', 'cpuset.cpus', above);
    kernel.cgroups.write('/a/b', 'cpuset.cpus', own);
    expect(kernel.cgroups.read('/a/b', 'cpuset.cpus.effective')).toBe(`${effective}\n`);
    expect(kernel.cgroups.read('/a/b', 'cpuset.cpus')).toBe(own === '' ? '' : `${own}\n`);
  });
});

test('nobody gets more than one processor, and no set gives more than it has', () => {
  const group = fc.record({
    cpus: fc.uniqueArray(fc.integer({ min: 0, max: 3 }), { maxLength: 4 }),
    tasks: fc.integer({ min: 1, max: 5 }),
    weight: fc.integer({ min: 1, max: 1000 }),
  });
  fc.assert(
    fc.property(fc.array(group, { minLength: 1, maxLength: 5 }), (groups) => {
      const tree = new CgroupTree(4);
      const classes = groups.map(({ cpus, tasks, weight }, index): TaskClass => {
        const made = tree.create(`/g${String(index)}`);
        made.weight = weight;
        made.cpus = cpus.length === 0 ? undefined : cpus.toSorted();
        const pids = Array.from({ length: tasks }, (_, pid) => [pid, { pid, endsAtUs: 1, paidUntilUs: 0 }] as const);
        const of = { group: made, weight: 1024, tasks: new Map(), rate: 0, servedUs: 0, first: undefined };
        return { ...of, tasks: new Map(pids.map(([pid, task]) => [pid, { ...task, class: of }])) };
      });
      shareConfined(classes, tree.root, 4);
      for (const { rate } of classes) expect(rate).toBeLessThanOrEqual(1 + 1e-9);
      for (let mask = 1; mask < 16; mask += 1) {
        const inside = (n: number): boolean => (mask & (1 << n)) !== 0;
        const within = classes.filter(({ group: of }) => effectiveCpus(of).every(inside));
        const used = within.reduce((sum, { rate, tasks }) => sum + rate * tasks.size, 0);
        expect(used).toBeLessThanOrEqual([0, 1, 2, 3].filter(inside).length + 1e-9);
      }
    }),
  );
});
