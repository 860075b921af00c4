/** `systemctl freeze` and `thaw`: the control group's freezer (systemd.resource-control(5), cgroup.freeze). */
import { failed } from '../../../../protocol/errno.ts';
import type { HostSystemd } from '../host-systemd.ts';
import type { SystemdReply } from '../interface.ts';
import { cgroupPath } from '../units/unit-cgroup.ts';
import type { UnitState } from '../units/unit-state.ts';
import { viewUnit } from '../units/unit-view.ts';

export function freezeUnit(systemd: HostSystemd, name: string, action: 'freeze' | 'thaw'): SystemdReply {
  const unit = systemd.state(name);
  const { active, cgroup, load } = viewUnit(systemd, unit);
  const refuse = (code: 'not-found' | 'invalid', message: string): SystemdReply => ({ type: 'error', code, message });
  if (load === 'not-found') return refuse('not-found', `Unit ${name} not loaded.`);
  if (!/\.(service|scope|slice)$/.test(name)) return refuse('invalid', `Unit '${name}' does not support freezing.`);
  if (active !== 'active') return refuse('invalid', 'Unit is inactive.');
  const isFrozen = action === 'freeze';
  if (failed(systemd.kernel.cgroups.write(cgroup, 'cgroup.freeze', isFrozen ? '1' : '0')))
    return refuse('invalid', `Unit '${name}' does not support freezing.`);
  unit.isFrozen = isFrozen;
  return { type: 'done' };
}

/** A job finds the unit's processes running. */
export function thawForJob(systemd: HostSystemd, unit: UnitState): void {
  if (!unit.isFrozen) return;
  unit.isFrozen = false;
  systemd.kernel.cgroups.write(cgroupPath(systemd, unit.name), 'cgroup.freeze', '0');
}
