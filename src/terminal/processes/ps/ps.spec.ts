import { expect, test } from 'vitest';
import type { ProcEntry } from '../process-list.ts';
import { forestOf } from './ps-forest.ts';
import { controlUnits } from './ps-units.ts';

const entry = (pid: number, ppid: number): ProcEntry => ({
  pid,
  ppid,
  state: 'S',
  name: `p${String(pid)}`,
  args: `p${String(pid)}`,
  uid: 0,
  gid: 0,
  ticks: 0,
  startTicks: 0,
  virtual: 0,
  resident: 0,
  nice: 0,
  priority: 20,
  threads: 1,
  tty: 0,
  group: pid,
  session: pid,
  foreground: -1,
  processor: 0,
  userTicks: 0,
  childTicks: 0,
  flags: 0,
  minorFaults: 0,
  majorFaults: 0,
  startCode: 0,
  endCode: 0,
  startStack: 0,
});
const FAMILY = [entry(1, 0), entry(2, 1), entry(3, 2), entry(4, 2), entry(5, 3), entry(6, 1), entry(9, 8)];

test.for([
  {
    style: 'gnu' as const,
    expected: ['p9', 'p1', 'p2', ' \\_ p3', ' |   \\_ p5', ' \\_ p4', 'p6'],
  },
  { style: 'sysv' as const, expected: ['p9', 'p1', '  p2', '    p3', '      p5', '    p4', '  p6'] },
])('a forest in $style style', ({ style, expected }) => {
  expect(forestOf(FAMILY, style).map(({ entry: { args }, branch }) => `${branch}${args}`)).toEqual(expected);
});

test.for([
  {
    cgroup: '0::/system.slice/ssh.service\n',
    expected: { unit: 'ssh.service', slice: 'system.slice' },
  },
  {
    cgroup: '0::/user.slice/user-1000.slice/session-3.scope\n',
    expected: { unit: 'session-3.scope', slice: 'user-1000.slice', session: '3', owner: '1000' },
  },
  {
    cgroup: '0::/user.slice/user-0.slice/user@0.service/app.slice/gpg.service\n',
    expected: { unit: 'user@0.service', userUnit: 'gpg.service', slice: 'user-0.slice', owner: '0' },
  },
  { cgroup: '0::/\n', expected: { slice: '-.slice' } },
])('the units of $cgroup', ({ cgroup, expected }) => {
  expect(controlUnits(cgroup)).toEqual(expected);
});
