/**
 * Which controllers a group has, and which it hands on to its children (cgroup.subtree_control).
 * Models: top-down enabling, no internal processes. Leaves out: threaded groups. Source: Documentation/admin-guide/cgroup-v2.rst.
 */
import { fail, type SysFailure } from '../../../../protocol/errno.ts';
import type { Cgroup } from './cgroup-tree.ts';

export const CONTROLLERS = ['cpuset', 'cpu', 'io', 'memory', 'hugetlb', 'pids', 'rdma', 'misc'] as const;
const FILE = 'cgroup.subtree_control';
/** Groups have this one without any controller. */
const ALWAYS_THERE = new Set(['cpu.stat']);

/** What a group's children get. */
export function controllersBelow(group: Cgroup): readonly string[] {
  if (group.parent === undefined) return (group.settings.get(FILE) ?? CONTROLLERS.join(' ')).split(' ');
  return (group.settings.get(FILE) ?? '').split(' ').filter((name) => name !== '');
}

/** What a group itself has: what its parent hands on. */
export const controllersOf = (group: Cgroup): readonly string[] =>
  group.parent === undefined ? CONTROLLERS : controllersBelow(group.parent);

/** Whether an interface file exists in a group. */
export function hasFile(group: Cgroup, file: string): boolean {
  const controller = file.slice(0, file.indexOf('.'));
  return controller === 'cgroup' || ALWAYS_THERE.has(file) || controllersOf(group).includes(controller);
}

/** Hands on everything, as systemd and runc do for the groups that they make. */
export function delegateAll(group: Cgroup): void {
  if (group.parent !== undefined) group.settings.set(FILE, CONTROLLERS.join(' '));
}

/** `+memory -cpu`: EINVAL for no controller, ENOENT for one the group lacks, EBUSY where processes or children are in the way. */
export function changeSubtree(group: Cgroup, text: string): SysFailure | undefined {
  const below = new Set(controllersBelow(group));
  for (const word of text.split(/\s+/).filter((each) => each !== '')) {
    const [sign, name] = [word.charAt(0), word.slice(1)];
    if ((sign !== '+' && sign !== '-') || !CONTROLLERS.some((each) => each === name)) return fail('EINVAL');
    if (sign === '+' && !controllersOf(group).includes(name)) return fail('ENOENT');
    if (sign === '-' && [...group.children.values()].some((child) => controllersBelow(child).includes(name)))
      return fail('EBUSY');
    if (sign === '+') below.add(name);
    else below.delete(name);
  }
  if (below.size > 0 && group.parent !== undefined && group.pids.size > 0) return fail('EBUSY');
  group.settings.set(FILE, CONTROLLERS.filter((name) => below.has(name)).join(' '));
  return undefined;
}

/** Whether processes may be put into a group: not where it hands controllers on, but for the root. */
export const takesProcesses = (group: Cgroup): boolean =>
  group.parent === undefined || controllersBelow(group).length === 0;
