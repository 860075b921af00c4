/** The control group of a unit and the limits that its settings give it (systemd.resource-control(5)). */
import type { Kernel } from '../../kernel/interface.ts';
import type { HostSystemd } from '../host-systemd.ts';
import { lastValue } from './unit-file.ts';
import { expandSpecifiers } from './unit-name.ts';

/** `/user.slice/user-0.slice` of user-0.slice: each dash is a level; nothing of the root. */
function slicePath(slice: string): string {
  if (slice === '-.slice') return '';
  const parts = slice.replace(/\.slice$/, '').split('-');
  return parts.map((_, at) => `/${parts.slice(0, at + 1).join('-')}.slice`).join('');
}

export function cgroupPath(systemd: HostSystemd, unit: string): string {
  const { cgroup, slice: usual } = systemd.scope;
  if (unit.endsWith('.slice')) return `${cgroup}${slicePath(unit)}` || '/';
  const written = lastValue(systemd.loaded(unit).file, sectionOf(unit), 'Slice');
  if (unit === 'init.scope' && written === undefined) return `${cgroup}/init.scope`;
  const slice = written === undefined ? usual : expandSpecifiers(written, systemd.specifiers(unit));
  return `${cgroup}${slicePath(slice)}/${unit}`;
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
export function prepareCgroup(systemd: HostSystemd, unit: string): string {
  const path = cgroupPath(systemd, unit);
  systemd.kernel.cgroups.create(path);
  applyLimits(systemd, unit);
  return path;
}

/** Writes what the settings say; those that are not there get their defaults. */
export function applyLimits(systemd: HostSystemd, unit: string): void {
  const { kernel } = systemd;
  const { file } = systemd.loaded(unit);
  const path = cgroupPath(systemd, unit);
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

/** A control group and those below it go, from the leaves on. */
export function removeGroups(kernel: Kernel, path: string): void {
  for (const child of kernel.cgroups.children(path)) removeGroups(kernel, `${path}/${child}`);
  kernel.cgroups.remove(path);
}
