/**
 * vmstat (procps 4.0).
 * Models: the default view and -w, with a delay and a count; processor shares since boot, then since the row before.
 * Leaves out: disks and interrupts, of which the machine counts none, and the other views.
 */
import type { Process } from '../../protocol/program.ts';
import { command } from '../coreutils/command.ts';
import { fileText } from '../io.ts';

const TITLES = `procs -----------memory---------- ---swap-- -----io---- -system-- -------cpu-------
 r  b   swpd   free   buff  cache   si   so    bi    bo   in   cs us sy id wa st gu`;
const WIDE_TITLES = `--procs-- -----------------------memory---------------------- ---swap-- -----io---- -system-- ----------cpu----------
   r    b         swpd         free         buff        cache   si   so    bi    bo   in   cs  us  sy  id  wa  st  gu`;

export const vmstat = command(
  { name: 'vmstat', short: 'anmsdDp:S:twyf', absent: [...'amsdDpStf'], usage: '[options] [delay [count]]' },
  async ({ io, options, operands, process }) => {
    const [delay, count = delay === undefined ? '1' : 'Infinity'] = operands;
    const bad = [delay, count].find((text) => text !== undefined && !/^(?:\d+|Infinity)$/.test(text));
    if (bad !== undefined) {
      await io.warn(`failed to parse argument: '${bad}': Invalid argument`);
      return 1;
    }
    const wide = options.has('w');
    io.line(wide ? WIDE_TITLES : TITLES);
    let before: readonly number[] = [];
    for (let row = 1; ; row += 1) {
      const counters = processorTicks(process);
      io.line(
        rowOf(
          process,
          counters.map((ticks, at) => ticks - (before[at] ?? 0)),
          wide,
        ),
      );
      await io.flush();
      before = counters;
      if (row >= Number(count) || io.broken) return await io.end(0);
      await process.sleepUntil(process.time().realtimeUs + Number(delay ?? '1') * 1e6);
    }
  },
);

/** user, nice, system, idle, iowait of all processors. */
const processorTicks = (process: Process): readonly number[] =>
  (/^cpu\s+(.*)$/m.exec(fileText(process, '/proc/stat') ?? '')?.[1] ?? '').split(' ').slice(0, 5).map(Number);

function rowOf(process: Process, spent: readonly number[], wide: boolean): string {
  const memory = fileText(process, '/proc/meminfo') ?? '';
  const of = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(memory)?.[1] ?? '0');
  const stat = fileText(process, '/proc/stat') ?? '';
  const count = (name: string): number => Number(new RegExp(`^${name} (\\d+)`, 'm').exec(stat)?.[1] ?? '0');
  const [user = 0, nice = 0, system = 0, idle = 0, wait = 0] = spent;
  const total = Math.max(1, user + nice + system + idle + wait);
  const percents = [user + nice, system, idle, wait, 0, 0].map((ticks) => Math.round((100 * ticks) / total));
  const cache = of('Cached') + of('SReclaimable');
  const cells: readonly (readonly [number, number, number])[] = [
    [count('procs_running'), 2, 4],
    [count('procs_blocked'), 2, 4],
    [of('SwapTotal') - of('SwapFree'), 6, 12],
    [of('MemFree'), 6, 12],
    [of('Buffers'), 6, 12],
    [cache, 6, 12],
    ...([4, 4, 5, 5, 4, 4] as const).map((width) => [0, width, width] as const),
    ...percents.map((percent) => [percent, 2, 3] as const),
  ];
  return cells.map(([value, narrow, broad]) => String(value).padStart(wide ? broad : narrow)).join(' ');
}
