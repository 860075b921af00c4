/**
 * Which processors the processes of a cgroup may use (cpuset.cpus), and what that leaves for each.
 * Source: Documentation/admin-guide/cgroup-v2.rst, Cpuset; lib/bitmap-str.c for the lists. Leaves out: partitions, memory nodes.
 */
import { fail, type Result } from '../../../../protocol/errno.ts';
import type { Cgroup } from './cgroup-tree.ts';
import { share, type TaskClass } from '../cpu/cpu-classes.ts';

/** `0-2,4` as numbers, ascending; ERANGE beyond the host's processors, EINVAL for what is no list. */
export function parseCpuList(text: string, processors: number): Result<readonly number[]> {
  const found = new Set<number>();
  for (const part of text.split(/[,\s]+/).filter((each) => each !== '')) {
    const match = /^(\d+)(?:-(\d+))?$/.exec(part);
    if (match === null) return fail('EINVAL');
    const first = Number(match[1]);
    const last = Number(match[2] ?? match[1]);
    if (last < first) return fail('EINVAL');
    if (last >= processors) return fail('ERANGE');
    for (let n = first; n <= last; n += 1) found.add(n);
  }
  return [...found].toSorted((a, b) => a - b);
}

/** Ascending numbers as the kernel prints them: `0-2,4`. */
export function formatCpuList(cpus: readonly number[]): string {
  const parts: string[] = [];
  for (let at = 0; at < cpus.length; at += 1) {
    const first = cpus[at] ?? 0;
    while (cpus[at + 1] === (cpus[at] ?? 0) + 1) at += 1;
    const last = cpus[at] ?? 0;
    parts.push(first === last ? String(first) : `${String(first)}-${String(last)}`);
  }
  return parts.join(',');
}

/** As /proc/PID/status prints a mask of fewer than 32 processors. */
export const formatCpuMask = (cpus: readonly number[]): string =>
  cpus.reduce((mask, n) => mask | (1 << n), 0).toString(16);

/** What the group may use in truth: its own list as far as the group above has it, otherwise that one's. */
export function effectiveCpus(group: Cgroup): readonly number[] {
  const above = group.parent === undefined ? undefined : effectiveCpus(group.parent);
  if (group.cpus === undefined) return above ?? [];
  if (above === undefined) return group.cpus;
  const both = group.cpus.filter((n) => above.includes(n));
  return both.length === 0 ? above : both;
}

interface Confined {
  readonly cpus: ReadonlySet<number>;
  readonly classes: readonly TaskClass[];
}

/** Rates where some groups are confined. */
export function shareConfined(classes: readonly TaskClass[], root: Cgroup, processors: number): void {
  divide(classes, root, new Set(Array.from({ length: processors }, (_, n) => n)));
}

/** Those in the narrowest place divide its processors among each other, and the others what is left. */
function divide(classes: readonly TaskClass[], root: Cgroup, free: ReadonlySet<number>): void {
  share(classes, root, free.size);
  const [narrow] = confinements(classes, free)
    .filter(({ cpus }) => cpus.size < free.size)
    .map((each) => ({ ...each, load: loadOf(each.classes) / each.cpus.size }))
    .filter(({ load }) => load > 1 + 1e-9)
    .toSorted((a, b) => b.load - a.load);
  if (narrow === undefined) return;
  divide(narrow.classes, root, narrow.cpus);
  const others = classes.filter((each) => !narrow.classes.includes(each));
  divide(others, root, new Set([...free].filter((n) => !narrow.cpus.has(n))));
}

const loadOf = (classes: readonly TaskClass[]): number =>
  classes.reduce((sum, { rate, tasks }) => sum + rate * tasks.size, 0);

/** Sets of processors, and unions of such, with the classes that may use nothing else. */
function confinements(classes: readonly TaskClass[], free: ReadonlySet<number>): readonly Confined[] {
  const own = classes.map((of) => ({ of, cpus: effectiveCpus(of.group).filter((n) => free.has(n)) }));
  const sets = new Map<string, ReadonlySet<number>>();
  for (const { cpus } of own) {
    for (const known of [new Set<number>(), ...sets.values()]) {
      const union = [...new Set([...known, ...cpus])].toSorted((a, b) => a - b);
      sets.set(union.join(), new Set(union));
    }
  }
  return [...sets.values()].map((cpus) => ({
    cpus,
    classes: own.flatMap(({ of, cpus: needed }) => (needed.every((n) => cpus.has(n)) ? [of] : [])),
  }));
}
