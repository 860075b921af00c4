/** Processes as /proc shows them. */
import { failed } from '../../protocol/errno.ts';
import type { Process } from '../../protocol/program.ts';
import { fileText } from '../io.ts';

export interface ProcEntry {
  readonly pid: number;
  readonly ppid: number;
  readonly state: string;
  readonly name: string;
  readonly args: string;
  readonly uid: number;
  readonly ticks: number;
  readonly startTicks: number;
  readonly virtual: number;
  readonly resident: number;
  readonly nice: number;
  readonly tty: number;
  readonly group: number;
  readonly session: number;
  readonly foreground: number;
}

/** Every process that /proc shows, by pid. */
export function readProcesses(process: Process): ProcEntry[] {
  const entries = process.readdir('/proc');
  if (failed(entries)) return [];
  const found: ProcEntry[] = [];
  for (const { name } of entries) {
    if (!/^\d+$/.test(name)) continue;
    const stat = fileText(process, `/proc/${name}/stat`);
    const match = stat === undefined ? null : /^\d+ \((.*)\) (\S) (.*)$/s.exec(stat.trim());
    if (match === null) continue;
    const f = (match[3] ?? '').split(' ').map(Number);
    const command = (fileText(process, `/proc/${name}/cmdline`) ?? '').replace(/\0$/, '').replace(/\0/g, ' ');
    const uid = Number(/^Uid:\s+(\d+)/m.exec(fileText(process, `/proc/${name}/status`) ?? '')?.[1] ?? '0');
    found.push({
      pid: Number(name),
      ppid: f[0] ?? 0,
      group: f[1] ?? 0,
      session: f[2] ?? 0,
      tty: f[3] ?? 0,
      foreground: f[4] ?? 0,
      state: match[2] ?? 'S',
      name: match[1] ?? '',
      args: command === '' ? `[${match[1] ?? ''}]` : command,
      uid,
      ticks: (f[10] ?? 0) + (f[11] ?? 0),
      nice: f[15] ?? 0,
      startTicks: f[18] ?? 0,
      virtual: f[19] ?? 0,
      resident: (f[20] ?? 0) * 4_096,
    });
  }
  return found.sort((a, b) => a.pid - b.pid);
}
