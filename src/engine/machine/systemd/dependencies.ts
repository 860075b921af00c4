/** Which units a start, stop or restart pulls along, and in which order (systemd.unit(5): Wants=, Requires=, After=, PartOf=). */
import type { HostSystemd } from './host-systemd.ts';
import { listValue } from './unit-file.ts';
import { wantedBy, type LoadedUnit } from './unit-loader.ts';
import type { UnitState } from './unit-state.ts';

/** Starts what the unit wants, then the unit itself as soon as those that it stands after are up. */
export function startWithDependencies(systemd: HostSystemd, name: string, seen = new Set<string>()): void {
  if (seen.has(name)) return;
  seen.add(name);
  const unit = systemd.state(name);
  if (unit.active === 'active' && !name.endsWith('.target')) {
    systemd.setState(unit, 'active', unit.sub);
    return;
  }
  const loaded = systemd.loaded(name);
  const needs = wantedBy(systemd.files.root, name, loaded);
  for (const dependency of needs)
    if (systemd.loaded(dependency).load === 'loaded' && systemd.state(dependency).active === 'inactive')
      startWithDependencies(systemd, dependency, seen);
  unit.awaiting = standsAfter(systemd, name, loaded).filter((each) => systemd.has(each) && isBusy(systemd, each));
  if (unit.awaiting.length === 0) begin(systemd, unit);
}

/** Units whose jobs come first; a target stands after all that it pulls in. */
export function standsAfter(systemd: HostSystemd, name: string, loaded: LoadedUnit): readonly string[] {
  const needs = name.endsWith('.target') ? wantedBy(systemd.files.root, name, loaded) : [];
  return [...new Set([...listValue(loaded.file, 'Unit', 'After'), ...needs])];
}

/** A unit's job has ended: those that waited for it may go on. */
export function letWaitingStart(systemd: HostSystemd, ended: UnitState): void {
  for (const unit of systemd.states()) {
    if (!unit.awaiting.includes(ended.name)) continue;
    unit.awaiting = unit.awaiting.filter((name) => name !== ended.name);
    if (unit.awaiting.length === 0) begin(systemd, unit);
  }
}

/** Running units that cannot do without this one: they are stopped or restarted with it. */
export function dependentsOf(systemd: HostSystemd, name: string): readonly UnitState[] {
  return [...systemd.states()].filter((unit) => {
    if (unit.active !== 'active' && unit.active !== 'activating') return false;
    const { file } = systemd.loaded(unit.name);
    return ['Requires', 'BindsTo', 'PartOf'].some((key) => listValue(file, 'Unit', key).includes(name));
  });
}

function isBusy(systemd: HostSystemd, name: string): boolean {
  const { active, sub, awaiting } = systemd.state(name);
  return awaiting.length > 0 || active === 'deactivating' || (active === 'activating' && sub !== 'auto-restart');
}

function begin(systemd: HostSystemd, unit: UnitState): void {
  const { file } = systemd.loaded(unit.name);
  const required = [...listValue(file, 'Unit', 'Requires'), ...listValue(file, 'Unit', 'BindsTo')];
  const broken = required.some((name) => systemd.state(name).active !== 'active');
  if (!broken) {
    systemd.startAlone(unit);
    return;
  }
  systemd.say(unit.name, `Dependency failed for ${systemd.title(unit.name)}.`, 4);
  systemd.say(unit.name, `${unit.name}: Job ${unit.name}/start failed with result 'dependency'.`, 5);
  unit.jobFailure = 'dependency';
  systemd.setState(unit, unit.active, unit.sub);
}
