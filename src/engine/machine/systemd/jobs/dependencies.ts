/** Which units a start, stop or restart pulls along, and in which order (systemd.unit(5): Wants=, Requires=, After=, Conflicts=). */
import type { HostSystemd } from '../host-systemd.ts';
import { startOnFailure } from './on-failure.ts';
import { conflictsOf, isWanted, pulledBy, requirementsOf, standsAfter } from './requirements.ts';
import type { UnitState } from '../units/unit-state.ts';

/** Starts what the unit wants, then the unit itself as soon as those that it stands after are up. */
export function startWithDependencies(systemd: HostSystemd, name: string, seen = new Set<string>()): void {
  if (seen.has(name)) return;
  seen.add(name);
  const unit = systemd.state(name);
  if (unit.active === 'active' && !name.endsWith('.target')) {
    systemd.setState(unit, 'active', unit.sub);
    return;
  }
  for (const conflict of conflictsOf(systemd, name)) systemd.stop(conflict.name);
  for (const dependency of pulledBy(systemd, name))
    if (systemd.loaded(dependency).load === 'loaded' && !isWanted(systemd.state(dependency)))
      startWithDependencies(systemd, dependency, seen);
  unit.awaiting = standsAfter(systemd, name).filter((each) => systemd.has(each) && isBusy(systemd, each));
  if (unit.awaiting.length === 0) begin(systemd, unit);
}

/** A unit's job has ended: those that waited for it may go on. */
export function letWaitingStart(systemd: HostSystemd, ended: UnitState): void {
  for (const unit of systemd.states()) {
    if (!unit.awaiting.includes(ended.name)) continue;
    unit.awaiting = unit.awaiting.filter((name) => name !== ended.name);
    if (unit.awaiting.length === 0) begin(systemd, unit);
  }
}

function isBusy(systemd: HostSystemd, name: string): boolean {
  const { active, sub, awaiting, job } = systemd.state(name);
  return (
    awaiting.length > 0 ||
    job === 'start' ||
    active === 'deactivating' ||
    (active === 'activating' && sub !== 'auto-restart')
  );
}

function begin(systemd: HostSystemd, unit: UnitState): void {
  const isBroken = requirementsOf(systemd, unit.name).some((name) => !isWanted(systemd.state(name)));
  if (isBroken) failStart(systemd, unit, 'dependency');
  else systemd.startAlone(unit);
}

/** A start is given up before it has begun; what needs the unit fails with it. */
export function failStart(systemd: HostSystemd, unit: UnitState, result: 'dependency' | 'timeout'): void {
  const { name } = unit;
  if (result === 'dependency') systemd.say(name, `Dependency failed for ${systemd.title(name)}.`, 4);
  else systemd.say(name, `Timed out waiting for device ${systemd.title(name)}.`, 3);
  Object.assign(unit, { awaiting: [], job: undefined, jobFailure: 'dependency' });
  for (const other of systemd.states())
    if (other.awaiting.includes(name) && requirementsOf(systemd, other.name).includes(name))
      failStart(systemd, other, 'dependency');
  systemd.say(name, `${name}: Job ${name}/start failed with result '${result}'.`, 5);
  startOnFailure(systemd, name);
  systemd.setState(unit, unit.active, unit.sub);
}
