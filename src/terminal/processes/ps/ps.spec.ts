import { expect, test } from 'vitest';
import type { ProcEntry } from '../process-list.ts';
import { forestOf } from './ps-forest.ts';
import { parsePs } from './ps-options.ts';

const isUser = (name: string): boolean => name === 'root';
const parsed = (line: string): unknown => {
  const options = parsePs(line.split(' ').slice(1), isUser);
  if ('complaint' in options) return options.complaint;
  const { listed, sysv, bsd, format, sort, forest, headers } = options;
  return {
    listed: listed.map(({ by, text }) => `${by} ${text}`),
    letters: `-${[...sysv].join('')} ${[...bsd].join('')}`,
    format,
    sort,
    forest,
    headers,
  };
};
const standard = { listed: [], letters: '- ', format: [], sort: undefined, forest: 'none', headers: true };

test.for([
  { line: 'ps aux', expected: { ...standard, letters: '- aux' } },
  { line: 'ps -aux', expected: { ...standard, letters: '- aux' } },
  { line: 'ps -u root', expected: { ...standard, listed: ['user root'] } },
  { line: 'ps axjf', expected: { ...standard, letters: '- axjf', forest: 'bsd' } },
  { line: 'ps -ef --forest', expected: { ...standard, letters: '-ef ', forest: 'gnu' } },
  {
    line: 'ps -eo pid,comm= --sort=-pid',
    expected: { ...standard, letters: '-e ', format: ['pid,comm='], sort: '-pid' },
  },
  { line: 'ps hp 1', expected: { ...standard, letters: '- h', listed: ['pid 1'], headers: false } },
  { line: 'ps 1 2,3', expected: { ...standard, listed: ['pid 1', 'pid 2,3'] } },
  { line: 'ps --ppid 2 -C sh', expected: { ...standard, listed: ['ppid 2', 'name sh'] } },
  { line: 'ps -Q', expected: 'unsupported SysV option' },
  { line: 'ps y', expected: 'unsupported option (BSD syntax)' },
  { line: 'ps --bogus', expected: 'unknown gnu long option' },
])('$line', ({ line, expected }) => {
  expect(parsed(line)).toEqual(expected);
});

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
