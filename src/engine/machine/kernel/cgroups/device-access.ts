/** The device controller: which device files the processes of a group may open (a BPF program on the group, in cgroup v2). */
import type { Cgroup } from './cgroup-tree.ts';

/** Every group on the way up has to allow it. */
export function mayOpenDevice(
  group: Cgroup,
  type: 'char' | 'block',
  [major, minor]: readonly [number, number],
): boolean {
  const letter = type === 'char' ? 'c' : 'b';
  for (let at: Cgroup | undefined = group; at !== undefined; at = at.parent) {
    const { devices } = at;
    if (devices === undefined) continue;
    if (
      !devices.includes(`${letter} ${String(major)}:${String(minor)}`) &&
      !devices.includes(`${letter} ${String(major)}:*`)
    )
      return false;
  }
  return true;
}
