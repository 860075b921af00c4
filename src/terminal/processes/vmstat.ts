/**
 * vmstat (procps 4.0).
 * Models: the default view and -w, with a delay and a count; rates since boot, then since the row before. What is swapped
 * in or out is how the swap in use has changed: what went both ways between two rows is not seen.
 * Leaves out: blocks, interrupts and context switches, which the machine does not count (a dash, and a word about it), and
 * the other views.
 */
import type { Process } from '../../protocol/program.ts';
import { command } from '../coreutils/command.ts';
import { fileText } from '../io.ts';

const TITLES = `procs -----------memory---------- ---swap-- -----io---- -system-- -------cpu-------
 r  b   swpd   free   buff  cache   si   so    bi    bo   in   cs us sy id wa st gu`;
const WIDE_TITLES = `--procs-- -----------------------memory---------------------- ---swap-- -----io---- -system-- ----------cpu----------
   r    b         swpd         free         buff        cache   si   so    bi    bo   in   cs  us  sy  id  wa  st  gu`;

export const vmstat = command(
  {
    name: 'vmstat',
    // Titles come once anyway (-n).
    short: 'anmsdDp:S:twyf',
    long: {
      active: 'a',
      forks: 'f',
      slabs: 'm',
      'one-header': 'n',
      stats: 's',
      disk: 'd',
      'disk-sum': 'D',
      partition: 'p',
      unit: 'S',
      wide: 'w',
      timestamp: 't',
      'no-first': 'y',
    },
    absent: [...'amsdDpStfy'],
    helpOption: '-h',
    usage: '[options] [delay [count]]',
  },
  async ({ io, options, operands, process }) => {
    const [delay, count = delay === undefined ? '1' : 'Infinity'] = operands;
    const bad = [delay, count].find((text) => text !== undefined && !/^(?:\d+|Infinity)$/.test(text));
    if (bad !== undefined) {
      await io.warn(`failed to parse argument: '${bad}': Invalid argument`);
      return 1;
    }
    const wide = options.has('w');
    io.line(wide ? WIDE_TITLES : TITLES);
    let before: Counters = { ticks: [], swappedKib: 0, atUs: process.time().realtimeUs - process.time().monotonicUs };
    for (let row = 1; ; row += 1) {
      const counters = readCounters(process);
      io.line(rowOf(process, before, counters, wide));
      await io.flush();
      if (row === 1) await io.raw("drydock: 'vmstat' bi, bo, in and cs are not simulated\n");
      before = counters;
      if (row >= Number(count) || io.broken) return await io.end(0);
      await process.sleepUntil(process.time().realtimeUs + Number(delay ?? '1') * 1e6);
    }
  },
);

interface Counters {
  readonly ticks: readonly number[];
  readonly swappedKib: number;
  readonly atUs: number;
}

const readCounters = (process: Process): Counters => ({
  ticks: processorTicks(process),
  swappedKib: memoryOf(process, 'SwapTotal') - memoryOf(process, 'SwapFree'),
  atUs: process.time().realtimeUs,
});

/** A row of /proc/meminfo in KiB. */
const memoryOf = (process: Process, name: string): number =>
  Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(fileText(process, '/proc/meminfo') ?? '')?.[1] ?? '0');

const NOT_COUNTED = '-';

/** user, nice, system, idle, iowait of all processors. */
const processorTicks = (process: Process): readonly number[] =>
  (/^cpu\s+(.*)$/m.exec(fileText(process, '/proc/stat') ?? '')?.[1] ?? '').split(' ').slice(0, 5).map(Number);

function rowOf(process: Process, before: Counters, now: Counters, wide: boolean): string {
  const of = (name: string): number => memoryOf(process, name);
  const stat = fileText(process, '/proc/stat') ?? '';
  const count = (name: string): number => Number(new RegExp(`^${name} (\\d+)`, 'm').exec(stat)?.[1] ?? '0');
  const spent = now.ticks.map((ticks, at) => ticks - (before.ticks[at] ?? 0));
  const swappedOut = (now.swappedKib - before.swappedKib) / Math.max(1, (now.atUs - before.atUs) / 1e6);
  const [user = 0, nice = 0, system = 0, idle = 0, wait = 0] = spent;
  const total = Math.max(1, user + nice + system + idle + wait);
  const percents = [user + nice, system, idle, wait, 0, 0].map((ticks) => Math.round((100 * ticks) / total));
  const cache = of('Cached') + of('SReclaimable');
  const cells: readonly (readonly [number | typeof NOT_COUNTED, number, number])[] = [
    [count('procs_running'), 2, 4],
    [count('procs_blocked'), 2, 4],
    [now.swappedKib, 6, 12],
    [of('MemFree'), 6, 12],
    [of('Buffers'), 6, 12],
    [cache, 6, 12],
    [Math.round(Math.max(0, -swappedOut)), 4, 4],
    [Math.round(Math.max(0, swappedOut)), 4, 4],
    ...([5, 5, 4, 4] as const).map((width) => [NOT_COUNTED, width, width] as const),
    ...percents.map((percent) => [percent, 2, 3] as const),
  ];
  return cells.map(([value, narrow, broad]) => String(value).padStart(wide ? broad : narrow)).join(' ');
}
