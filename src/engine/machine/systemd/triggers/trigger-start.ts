/** What timers and paths look at before they begin to wait (systemd src/core/unit.c: unit_test_trigger_loaded). */
import type { HostSystemd } from '../host-systemd.ts';
import type { UnitState } from '../units/unit-state.ts';

/** Whether the unit can wait for `triggered`; says why not. */
export function mayBeginToWait(systemd: HostSystemd, unit: UnitState, triggered: string): boolean {
  const { load, text } = systemd.loaded(unit.name);
  if (load !== 'loaded') {
    systemd.setState(unit, 'inactive', 'dead');
    return false;
  }
  unit.text ??= text;
  if (systemd.loaded(triggered).load === 'loaded') return true;
  systemd.say(unit.name, `${unit.name}: Refusing to start, unit ${triggered} to trigger not loaded.`, 3);
  systemd.say(unit.name, `Failed to start ${systemd.title(unit.name)}.`, 3);
  unit.jobFailure = 'refused';
  systemd.setState(unit, unit.active, unit.sub);
  return false;
}
