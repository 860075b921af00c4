/** Processes as /proc shows them. */
import { failed } from '../../protocol/errno.ts';
import type { Process } from '../../protocol/program.ts';
import { fileText } from '../io.ts';

export interface ProcEntry {
  readonly pid: number;
  readonly ppid: number;
  readonly state: string;
  readonly name: string;
  /** The command line, `[name]` where there is none. */
  readonly args: string;
  readonly uid: number;
  readonly gid: number;
  /** Processor time in hundredths of a second. */
  readonly ticks: number;
  /** The part of it outside the kernel. */
  readonly userTicks: number;
  /** That of children which have ended and been waited for. */
  readonly childTicks: number;
  readonly startTicks: number;
  /** Bytes. */
  readonly virtual: number;
  readonly resident: number;
  readonly nice: number;
  readonly priority: number;
  readonly threads: number;
  readonly tty: number;
  readonly group: number;
  readonly session: number;
  readonly foreground: number;
  /** The one that it ran on last. */
  readonly processor: number;
  /** PF_* of the kernel's sched.h. */
  readonly flags: number;
  readonly minorFaults: number;
  readonly majorFaults: number;
  /** Addresses of the program's text and of the bottom of its stack; 0 for who may not know them. */
  readonly startCode: number;
  readonly endCode: number;
  readonly startStack: number;
}

/** Every process that /proc shows, by pid. */
export function readProcesses(process: Process): ProcEntry[] {
  const entries = process.readdir('/proc');
  if (failed(entries)) return [];
  return entries
    .filter(({ name }) => /^\d+$/.test(name))
    .flatMap(({ name }) => readProcess(process, Number(name)) ?? [])
    .sort((a, b) => a.pid - b.pid);
}

/** One process; undefined where /proc does not show it. */
export function readProcess(process: Process, pid: number): ProcEntry | undefined {
  const directory = `/proc/${String(pid)}`;
  const match = /^\d+ \((.*)\) (\S) (.*)$/s.exec((fileText(process, `${directory}/stat`) ?? '').trim());
  if (match === null) return undefined;
  // Fields of stat from the fourth on (proc(5)).
  const f = (match[3] ?? '').split(' ').map(Number);
  const [, name = '', state = 'S'] = match;
  const line = (fileText(process, `${directory}/cmdline`) ?? '').replace(/\0$/, '').replace(/\0/g, ' ');
  const status = fileText(process, `${directory}/status`) ?? '';
  const identity = (label: string): number => Number(new RegExp(`^${label}:\\s+\\d+\\s+(\\d+)`, 'm').exec(status)?.[1]);
  return {
    pid,
    ppid: f[0] ?? 0,
    group: f[1] ?? 0,
    session: f[2] ?? 0,
    tty: f[3] ?? 0,
    foreground: f[4] ?? 0,
    state,
    name,
    args: line === '' ? `[${name}]${state === 'Z' ? ' <defunct>' : ''}` : line,
    uid: identity('Uid') || 0,
    gid: identity('Gid') || 0,
    ticks: (f[10] ?? 0) + (f[11] ?? 0),
    userTicks: f[10] ?? 0,
    childTicks: (f[12] ?? 0) + (f[13] ?? 0),
    priority: f[14] ?? 20,
    nice: f[15] ?? 0,
    threads: f[16] ?? 1,
    startTicks: f[18] ?? 0,
    virtual: f[19] ?? 0,
    resident: (f[20] ?? 0) * 4_096,
    processor: f[35] ?? 0,
    flags: f[5] ?? 0,
    minorFaults: f[6] ?? 0,
    majorFaults: f[8] ?? 0,
    startCode: f[22] ?? 0,
    endCode: f[23] ?? 0,
    startStack: f[24] ?? 0,
  };
}

/** `pts/0`, `tty1`; `?` for none. */
export function ttyName(tty: number): string {
  if (tty === 0) return '?';
  return tty >> 8 === 136 ? `pts/${String(tty & 255)}` : `tty${String(tty & 255)}`;
}
