/** What control groups use, as systemd-cgtop reads it. Source: systemd src/cgtop/cgtop.c. */
import { failed } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import { fileText } from '../../io.ts';

const ROOT = '/sys/fs/cgroup';
export type Order = 'path' | 'tasks' | 'cpu' | 'memory' | 'io';

export interface GroupUsage {
  /** Without a slash in front; the root is `/`. */
  readonly path: string;
  readonly tasks: number | undefined;
  readonly cpuUs: number;
  /** Of one processor, since the reading before; undefined where nothing was used. */
  readonly cpuShare: number | undefined;
  readonly memoryBytes: number | undefined;
}

export interface Reading {
  readonly atUs: number;
  readonly groups: readonly GroupUsage[];
}

/** Reads all groups below one, down to a depth; shares are of the time since the reading before. */
export function readGroups(process: Process, below: string, depth: number, before: Reading | undefined): Reading {
  const atUs = process.time().monotonicUs;
  const earlier = new Map(before?.groups.map((group) => [group.path, group.cpuUs]));
  const groups = [...pathsBelow(process, below, depth)].map((path): GroupUsage => {
    const cpuUs = cpuTime(process, path);
    const last = earlier.get(path);
    const cpuShare =
      before === undefined || last === undefined || cpuUs <= last ? undefined : (cpuUs - last) / (atUs - before.atUs);
    return { path, tasks: tasks(process, path), cpuUs, cpuShare, memoryBytes: memory(process, path) };
  });
  return { atUs, groups };
}

function* pathsBelow(process: Process, path: string, depth: number): Generator<string> {
  yield path;
  if (depth <= 0) return;
  const entries = process.readdir(directory(path));
  if (failed(entries)) return;
  for (const { name, type } of entries)
    if (type === 'directory') yield* pathsBelow(process, path === '/' ? name : `${path}/${name}`, depth - 1);
}

const directory = (path: string): string => (path === '/' ? ROOT : `${ROOT}/${path}`);
const numberIn = (process: Process, path: string): number | undefined => {
  const text = fileText(process, path);
  return text === undefined ? undefined : Number(text.trim());
};

/** The root group has no counter: all tasks there are. */
function tasks(process: Process, path: string): number | undefined {
  const count =
    path === '/'
      ? Number(/\/(\d+) \d+$/m.exec(fileText(process, '/proc/loadavg') ?? '')?.[1] ?? '0')
      : numberIn(process, `${directory(path)}/pids.current`);
  return count === 0 ? undefined : count;
}

function memory(process: Process, path: string): number | undefined {
  if (path !== '/') return numberIn(process, `${directory(path)}/memory.current`);
  const info = fileText(process, '/proc/meminfo') ?? '';
  const kibibytes = (name: string): number => Number(new RegExp(`^${name}: +(\\d+)`, 'm').exec(info)?.[1] ?? '0');
  return (kibibytes('MemTotal') - kibibytes('MemAvailable')) * 1024;
}

const cpuTime = (process: Process, path: string): number =>
  Number(/^usage_usec (\d+)$/m.exec(fileText(process, `${directory(path)}/cpu.stat`) ?? '')?.[1] ?? '0');

/** A group stands before those below it; otherwise by what is asked for, then by path. */
export function sortGroups(groups: readonly GroupUsage[], order: Order, byTime: boolean): readonly GroupUsage[] {
  const value = (group: GroupUsage): number => {
    switch (order) {
      case 'tasks':
        return group.tasks ?? -1;
      case 'cpu':
        return byTime ? group.cpuUs : (group.cpuShare ?? -1);
      case 'memory':
        return group.memoryBytes ?? -1;
      case 'path':
      case 'io':
        return 0;
    }
  };
  const contains = (a: GroupUsage, b: GroupUsage): boolean => a.path === '/' || b.path.startsWith(`${a.path}/`);
  return groups.toSorted((a, b) => {
    if (contains(a, b)) return -1;
    if (contains(b, a)) return 1;
    return value(b) - value(a) || (a.path < b.path ? -1 : 1);
  });
}
