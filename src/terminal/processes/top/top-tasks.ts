/** The tasks of top. */
import type { Process } from '../../../protocol/program.ts';
import { userNameOf } from '../../accounts.ts';
import { fileText } from '../../io.ts';
import type { ProcEntry } from '../process-list.ts';
import { shortName } from '../ps/ps-values.ts';
import type { Usage } from './top-summary.ts';

export const HEADING = '    PID USER      PR  NI    VIRT    RES    SHR S  %CPU  %MEM     TIME+ COMMAND';

export type SortKey = 'cpu' | 'memory' | 'time' | 'pid';
export type TaskRow = { readonly entry: ProcEntry; readonly user: string } & Readonly<Record<SortKey, number>>;

/** Processor shares are those since the frame before, or since the process began. */
export function taskRows(
  process: Process,
  entries: readonly ProcEntry[],
  usage: Usage,
  before: Usage | undefined,
): readonly TaskRow[] {
  const total = Number(/MemTotal:\s+(\d+)/.exec(fileText(process, '/proc/meminfo') ?? '')?.[1] ?? '1') * 1_024;
  return entries.map((entry) => {
    const known = before?.processes.get(entry.pid);
    const since = known === undefined ? entry.startTicks : (before?.atTicks ?? 0);
    const passed = usage.atTicks - since;
    return {
      entry,
      user: shortName(userNameOf(process, entry.uid) ?? String(entry.uid)),
      cpu: passed <= 0 ? 0 : (100 * (entry.ticks - (known ?? 0))) / passed,
      memory: (100 * entry.resident) / total,
      time: entry.ticks,
      pid: entry.pid,
    };
  });
}

export function taskLine({ entry, user, cpu, memory }: TaskRow, commandLine: boolean, branch = ''): string {
  const kib = (bytes: number, width: number): string => {
    const value = Math.round(bytes / 1_024);
    const text = String(value);
    return (text.length > width ? `${(value / 1_024).toFixed(1)}m` : text).padStart(width);
  };
  const seconds = Math.floor(entry.ticks / 100);
  const time = `${String(Math.floor(seconds / 60))}:${String(seconds % 60).padStart(2, '0')}.${String(entry.ticks % 100).padStart(2, '0')}`;
  return [
    String(entry.pid).padStart(7),
    user.padEnd(8),
    String(entry.priority).padStart(3),
    String(entry.nice).padStart(3),
    kib(entry.virtual, 7),
    kib(entry.resident, 6),
    '0'.padStart(6),
    entry.state,
    cpu.toFixed(1).padStart(5),
    memory.toFixed(1).padStart(5),
    time.padStart(9),
    `${branch}${commandLine ? entry.args : entry.name}`,
  ].join(' ');
}
