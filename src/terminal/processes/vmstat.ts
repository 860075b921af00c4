/**
 * vmstat (procps 4.0).
 * Models: the default view, -a -s -f, with -n -S -t -w -y, a delay and a count; rates since boot, then since the row before.
 * What is swapped in or out is how the swap in use has changed: what went both ways between two rows is not seen.
 * Leaves out: blocks, interrupts and context switches, which the machine does not count (a dash, and a word about it), and
 * the views of disks, partitions and slabs.
 */
import type { Process } from '../../protocol/program.ts';
import { fileText } from '../io.ts';
import { strftime } from '../strftime.ts';
import type { Invocation } from '../coreutils/command.ts';
import { procpsCommand, procpsUsage, wholeArgument, type ProcpsSpec } from './procps-command.ts';

const SPEC: ProcpsSpec = {
  name: 'vmstat',
  // Titles come once anyway (-n).
  short: 'anmsdDp:S:twyfhV',
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
  absent: [...'mdDp'],
  helpOption: '-h',
  usage: '[options] [delay [count]]',
  section: 8,
};

const SCALES: Readonly<Record<string, readonly [bytes: number, letter: string]>> = {
  k: [1_000, 'k'],
  K: [1_024, 'K'],
  m: [1_000_000, 'm'],
  M: [1_048_576, 'M'],
};

function titles(options: Invocation['options']): string {
  const [memory, wide] = [options.has('a'), options.has('w')];
  const stamp = options.has('t');
  const [third, fourth] = memory ? ['inact', 'active'] : ['buff', 'cache'];
  if (wide)
    return `--procs-- -----------------------memory---------------------- ---swap-- -----io---- -system-- ----------cpu----------${stamp ? ' -----timestamp-----' : ''}
   r    b         swpd         free ${third.padStart(12)} ${fourth.padStart(12)}   si   so    bi    bo   in   cs  us  sy  id  wa  st  gu${stamp ? ' '.repeat(17) + 'UTC' : ''}`;
  return `procs -----------memory---------- ---swap-- -----io---- -system-- -------cpu-------${stamp ? ' -----timestamp-----' : ''}
 r  b   swpd   free ${third.padStart(6)} ${fourth.padStart(6)}   si   so    bi    bo   in   cs us sy id wa st gu${stamp ? ' '.repeat(17) + 'UTC' : ''}`;
}

export const vmstat = procpsCommand(SPEC, async (call) => {
  const { io, options, operands, process } = call;
  const scale = options.has('S') ? SCALES[options.value('S')?.charAt(0) ?? ''] : SCALES['K'];
  if (scale === undefined) {
    await io.warn('-S requires k, K, m or M (default is KiB)');
    return 1;
  }
  const [delay, count] = operands;
  const bad = [delay, count].find((text) => text !== undefined && wholeArgument(text) === undefined);
  if (bad !== undefined) {
    await io.warn(`failed to parse argument: '${bad}'`);
    return 1;
  }
  if (delay !== undefined && Number(delay) < 1) {
    await io.warn('delay must be positive integer');
    return 1;
  }
  if (operands.length > 2) return await procpsUsage(io, SPEC);
  if (options.has('f')) {
    io.line(`${String(statCount(process, 'processes')).padStart(13)} forks`);
    return await io.end(0);
  }
  if (options.has('s')) return await statistics(call, scale);
  io.line(titles(options));
  const booted = process.time().realtimeUs - process.time().monotonicUs;
  let before: Counters = { ticks: [], swappedKib: 0, atUs: booted };
  const rest = async (): Promise<void> => {
    before = readCounters(process);
    await process.sleepUntil(process.time().realtimeUs + Number(delay ?? '1') * 1e6);
  };
  if (options.has('y') && delay !== undefined) await rest();
  const rows = count === undefined ? (delay === undefined ? 1 : Infinity) : Number(count);
  for (let row = 1; ; row += 1) {
    const counters = readCounters(process);
    io.line(rowOf(call, before, counters, scale[0]));
    await io.flush();
    if (row === 1) await io.raw("drydock: 'vmstat' bi, bo, in and cs are not simulated\n");
    if (row >= rows || io.broken) return await io.end(0);
    await rest();
  }
});

/** -s: a counter a line. */
async function statistics({ io, process }: Invocation, [bytes, letter]: readonly [number, string]): Promise<number> {
  const of = (name: string): number => memoryOf(process, name);
  const size = (kib: number, what: string): readonly [string, string] => [
    String(Math.floor((kib * 1_024) / bytes)),
    `${letter} ${what}`,
  ];
  const all = allTicks(process);
  const tick = (at: number, what: string): readonly [string, string] => [String(all[at] ?? 0), what];
  const rows: readonly (readonly [string, string])[] = [
    size(of('MemTotal'), 'total memory'),
    size(Math.max(0, of('MemTotal') - of('MemAvailable')), 'used memory'),
    size(of('Active'), 'active memory'),
    size(of('Inactive'), 'inactive memory'),
    size(of('MemFree'), 'free memory'),
    size(of('Buffers'), 'buffer memory'),
    size(of('Cached') + of('SReclaimable'), 'swap cache'),
    size(of('SwapTotal'), 'total swap'),
    size(of('SwapTotal') - of('SwapFree'), 'used swap'),
    size(of('SwapFree'), 'free swap'),
    tick(0, 'non-nice user cpu ticks'),
    tick(1, 'nice user cpu ticks'),
    tick(2, 'system cpu ticks'),
    tick(3, 'idle cpu ticks'),
    tick(4, 'IO-wait cpu ticks'),
    tick(5, 'IRQ cpu ticks'),
    tick(6, 'softirq cpu ticks'),
    tick(7, 'stolen cpu ticks'),
    tick(8, 'non-nice guest cpu ticks'),
    tick(9, 'nice guest cpu ticks'),
    [NOT_COUNTED, 'K paged in'],
    [NOT_COUNTED, 'K paged out'],
    [NOT_COUNTED, 'pages swapped in'],
    [NOT_COUNTED, 'pages swapped out'],
    [NOT_COUNTED, 'interrupts'],
    [NOT_COUNTED, 'CPU context switches'],
    [String(statCount(process, 'btime')), 'boot time'],
    [String(statCount(process, 'processes')), 'forks'],
  ];
  for (const [value, what] of rows) io.line(`${value.padStart(13)} ${what}`);
  await io.flush();
  await io.raw("drydock: 'vmstat -s' pages, interrupts and context switches are not simulated\n");
  return await io.end(0);
}

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

/** What /proc/stat counts of all processors: user, nice, system, idle, iowait, irq, softirq, steal, guest, guest nice. */
const allTicks = (process: Process): readonly number[] =>
  (/^cpu\s+(.*)$/m.exec(fileText(process, '/proc/stat') ?? '')?.[1] ?? '').split(' ').map(Number);
const processorTicks = (process: Process): readonly number[] => allTicks(process).slice(0, 5);

const statCount = (process: Process, name: string): number =>
  Number(new RegExp(`^${name} (\\d+)`, 'm').exec(fileText(process, '/proc/stat') ?? '')?.[1] ?? '0');

function rowOf({ process, options }: Invocation, before: Counters, now: Counters, bytes: number): string {
  const of = (name: string): number => Math.floor((memoryOf(process, name) * 1_024) / bytes);
  const count = (name: string): number => statCount(process, name);
  const spent = now.ticks.map((ticks, at) => ticks - (before.ticks[at] ?? 0));
  const swappedOut = (now.swappedKib - before.swappedKib) / Math.max(1, (now.atUs - before.atUs) / 1e6);
  const [user = 0, nice = 0, system = 0, idle = 0, wait = 0] = spent;
  const total = Math.max(1, user + nice + system + idle + wait);
  const percents = [user + nice, system, idle, wait, 0, 0].map((ticks) => Math.round((100 * ticks) / total));
  const wide = options.has('w');
  const memory = options.has('a') ? [of('Inactive'), of('Active')] : [of('Buffers'), of('Cached') + of('SReclaimable')];
  const cells: readonly (readonly [number | typeof NOT_COUNTED, number, number])[] = [
    [count('procs_running'), 2, 4],
    [count('procs_blocked'), 2, 4],
    [Math.floor((now.swappedKib * 1_024) / bytes), 6, 12],
    [of('MemFree'), 6, 12],
    ...memory.map((value) => [value, 6, 12] as const),
    [Math.round(Math.max(0, -swappedOut)), 4, 4],
    [Math.round(Math.max(0, swappedOut)), 4, 4],
    ...([5, 5, 4, 4] as const).map((width) => [NOT_COUNTED, width, width] as const),
    ...percents.map((percent) => [percent, 2, 3] as const),
  ];
  const stamp = options.has('t') ? ` ${strftime('%Y-%m-%d %H:%M:%S', process.time().realtimeUs)}` : '';
  return cells.map(([value, narrow, broad]) => String(value).padStart(wide ? broad : narrow)).join(' ') + stamp;
}
