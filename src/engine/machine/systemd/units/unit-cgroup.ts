/** The control group of a unit and the limits that its settings give it (systemd.resource-control(5)). */
import type { Cgroups } from '../../kernel/interface.ts';
import { lastValue, type UnitFile } from './unit-file.ts';

interface Limits {
  readonly cgroups: Cgroups;
  readonly memoryBytes: number;
  sysctl(name: string): string | undefined;
}

/** `/user.slice/user-0.slice` of user-0.slice: each dash is a level. */
export function slicePath(slice: string): string {
  if (slice === '-.slice') return '/';
  const parts = slice.replace(/\.slice$/, '').split('-');
  return parts.map((_, at) => `/${parts.slice(0, at + 1).join('-')}.slice`).join('');
}

export function cgroupPath(unit: string, file: UnitFile): string {
  if (unit.endsWith('.slice')) return slicePath(unit);
  const slice = lastValue(file, sectionOf(unit), 'Slice');
  return unit === 'init.scope' && slice === undefined ? '/init.scope' : `${slicePath(slice ?? 'system.slice')}/${unit}`;
}

/** `Service` of a.service. */
const sectionOf = (unit: string): string => {
  const type = unit.slice(unit.lastIndexOf('.') + 1);
  return `${type.slice(0, 1).toUpperCase()}${type.slice(1)}`;
};

/** DefaultTasksMax= is this share of kernel.threads-max. */
const TASKS_PERCENT = 15;

/** Settings with the file that they are written to and what a percentage is a share of. */
const LIMITS: readonly (readonly [setting: string, file: string, whole: 'memory' | 'tasks' | undefined])[] = [
  ['MemoryMin', 'memory.min', 'memory'],
  ['MemoryLow', 'memory.low', 'memory'],
  ['MemoryHigh', 'memory.high', 'memory'],
  ['MemoryMax', 'memory.max', 'memory'],
  ['MemorySwapMax', 'memory.swap.max', 'memory'],
  ['CPUWeight', 'cpu.weight', undefined],
  ['IOWeight', 'io.weight', undefined],
  ['TasksMax', 'pids.max', 'tasks'],
];

export const isResourceSetting = (name: string): boolean =>
  name === 'CPUQuota' || LIMITS.some(([setting]) => setting === name);

/** Makes the unit's cgroup with its limits and answers where it is. */
export function prepareCgroup(unit: string, file: UnitFile, kernel: Limits): string {
  const path = cgroupPath(unit, file);
  kernel.cgroups.create(path);
  applyLimits(unit, file, kernel);
  return path;
}

/** Writes what the settings say; those that are not there get their defaults. */
export function applyLimits(unit: string, file: UnitFile, kernel: Limits): void {
  const path = cgroupPath(unit, file);
  const section = sectionOf(unit);
  const wholes = { memory: kernel.memoryBytes, tasks: Number(kernel.sysctl('kernel.threads-max')) };
  if (section !== 'Slice')
    kernel.cgroups.write(path, 'pids.max', String(Math.floor((wholes.tasks * TASKS_PERCENT) / 100)));
  for (const [setting, name, whole] of LIMITS) {
    const value = lastValue(file, section, setting);
    const share = whole === undefined ? undefined : /^(\d+)%$/.exec(value ?? '')?.[1];
    if (share !== undefined && whole !== undefined)
      kernel.cgroups.write(path, name, String(Math.floor((wholes[whole] * Number(share)) / 100)));
    else if (value !== undefined) kernel.cgroups.write(path, name, value === 'infinity' ? 'max' : value);
  }
  const quota = /^(\d+)%$/.exec(lastValue(file, section, 'CPUQuota') ?? '');
  if (quota !== null) kernel.cgroups.write(path, 'cpu.max', `${String(Number(quota[1]) * 1000)} 100000`);
}
