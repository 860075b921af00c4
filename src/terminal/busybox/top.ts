/**
 * top (busybox procps/top.c).
 * Models: memory, processors and load, processes by the time they took since the last look, -b, -n, -d, the keys q and ^C.
 * Leaves out: threads, -m, the other keys.
 */
import { failed } from '../../protocol/errno.ts';
import type { Process } from '../../protocol/program.ts';
import { userNameOf } from '../accounts.ts';
import { command } from '../coreutils/command.ts';
import { fileText, type Io } from '../io.ts';
import { readProcesses, type ProcEntry } from '../processes/process-list.ts';
import { shortKilobytes } from './human-readable.ts';

/** Between the two looks of the first screen, so that it has something to show. */
const FIRST_LOOK_US = 100_000;

interface Look {
  readonly processes: readonly ProcEntry[];
  /** user, nice, system, idle, iowait, irq, softirq: ticks since boot. */
  readonly cpu: readonly number[];
}

const look = (process: Process): Look => ({
  processes: readProcesses(process),
  cpu: (/^cpu +(.*)$/m.exec(fileText(process, '/proc/stat') ?? '')?.[1] ?? '').split(' ').slice(0, 7).map(Number),
});

export const top = command(
  { name: 'top', short: 'd:n:bmH', absent: ['m', 'H'], usage: '[-b] [-n COUNT] [-d SECONDS]' },
  async ({ process, io, options }) => {
    const size = process.windowSize(1);
    const isScreen = !options.has('b') && !failed(size);
    const columns = failed(size) ? 79 : size.columns;
    const seconds = Number(options.value('d') ?? '5') || 5;
    const count = Number(options.value('n') ?? (isScreen ? 'Infinity' : options.has('b') ? 'Infinity' : '1'));
    const rows = isScreen ? size.rows : Infinity;
    let before = look(process);
    await process.sleep(FIRST_LOOK_US);
    for (let round = 1; ; round += 1) {
      const now = look(process);
      if (isScreen) io.out('\x1b[H\x1b[J');
      show(process, io, { before, now, columns, rows, inverse: isScreen });
      if (!(await io.flush()) || round >= count) return await io.end(0);
      before = now;
      await process.sleep(seconds * 1e6);
    }
  },
);

interface Screen {
  readonly before: Look;
  readonly now: Look;
  readonly columns: number;
  readonly rows: number;
  readonly inverse: boolean;
}

function show(process: Process, io: Io, { before, now, columns, rows, inverse }: Screen): void {
  const cpu = now.cpu.map((ticks, at) => ticks - (before.cpu[at] ?? 0));
  const passed = Math.max(
    1,
    cpu.reduce((sum, ticks) => sum + ticks, 0),
  );
  for (const line of header(process, cpu, passed)) io.line(line.slice(0, 79));
  const title = '  PID  PPID USER     STAT   VSZ %VSZ CPU %CPU COMMAND'.slice(0, columns);
  io.line(inverse ? `\x1b[7m${title}\x1b[0m` : title);
  const earlier = new Map(before.processes.map(({ pid, ticks }) => [pid, ticks]));
  const total = memory(process)('MemTotal');
  const shown = now.processes
    .map((entry) => ({ entry, ticks: entry.ticks - (earlier.get(entry.pid) ?? entry.ticks) }))
    .toSorted((a, b) => b.ticks - a.ticks || b.entry.virtual - a.entry.virtual || b.entry.pid - a.entry.pid);
  for (const { entry, ticks } of shown.slice(0, rows - 5)) {
    const { pid, ppid, uid, state, virtual, args, nice, processor } = entry;
    const mark = nice < 0 ? `${state}<` : nice > 0 ? `${state}N` : state;
    const kilobytes = virtual / 1_024;
    const cells = [
      `${String(pid).padStart(5)}${String(ppid).padStart(6)} ${(userNameOf(process, uid) ?? String(uid)).slice(0, 8).padEnd(8)}`,
      ` ${mark.padEnd(4)}${shortKilobytes(Math.round(kilobytes)).padStart(6)}`,
      `${String(Math.round((kilobytes * 100) / Math.max(1, total))).padStart(4)}%`,
      `${String(processor).padStart(4)}${String(Math.round((ticks * 100) / passed)).padStart(4)}% `,
    ];
    io.line(`${cells.join('')}${args}`.slice(0, columns));
  }
}

const memory = (process: Process): ((name: string) => number) => {
  const info = fileText(process, '/proc/meminfo') ?? '';
  return (name) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(info)?.[1] ?? '0');
};

function header(process: Process, cpu: readonly number[], passed: number): readonly string[] {
  const of = memory(process);
  const percent = (at: number): string => `${String(Math.floor(((cpu[at] ?? 0) * 100) / passed)).padStart(4)}% `;
  const load = (fileText(process, '/proc/loadavg') ?? '').trim();
  return [
    `Mem: ${String(of('MemTotal') - of('MemFree'))}K used, ${String(of('MemFree'))}K free, ${String(of('Shmem'))}K shrd, ${String(of('Buffers'))}K buff, ${String(of('Cached'))}K cached`,
    `CPU:${percent(0)}usr${percent(2)}sys${percent(1)}nic${percent(3)}idle${percent(4)}io${percent(5)}irq${percent(6)}sirq`,
    `Load average: ${load}`,
  ];
}
