import { failed } from '../../../../protocol/errno.ts';
import type { HostSystemd } from '../host-systemd.ts';
import type { UnitView } from '../interface.ts';
import { isPreset } from './presets.ts';
import { standsAfter } from '../jobs/requirements.ts';
import { mountSettings } from '../mounts/mount-settings.ts';
import { observedUnit, type ObservedUnit } from './observed-units.ts';
import { connectionsOf } from '../sockets/socket-connections.ts';
import { cgroupPath } from './unit-cgroup.ts';
import { lastValue, listValue } from './unit-file.ts';
import { enablement, loadUnit } from './unit-loader.ts';
import { unescapePath } from './unit-name.ts';
import type { UnitState } from './unit-state.ts';

/** Everything that `systemctl show` and `status` tell. */
export function viewUnit(systemd: HostSystemd, unit: UnitState): UnitView {
  const loaded = systemd.loaded(unit.name);
  const { file } = loaded;
  const seen = observedUnit(systemd, unit.name);
  const cgroup = seen?.cgroup ?? cgroupPath(systemd, unit.name);
  const stat = systemd.kernel.cgroups.stat(cgroup);
  const pids = systemd.kernel.cgroups.processes(cgroup);
  const path = loaded.path ?? seen?.path;
  const source = lastValue(file, 'Unit', 'SourcePath');
  const mount = unit.name.endsWith('.mount') ? mountOf(systemd, unit) : undefined;
  return {
    name: unit.name,
    description: systemd.description(unit.name) ?? seen?.description ?? unit.name,
    load: seen === undefined ? loaded.load : 'loaded',
    ...stateOf(unit, seen),
    enabled: path === seen?.path ? '' : enablement(systemd.unitFiles, unit.name, loaded),
    preset: isPreset(systemd.unitFiles, unit.name) ? 'enabled' : 'disabled',
    ...(path === undefined ? {} : { path }),
    ...(source === undefined ? {} : { source }),
    dropIns: loaded.dropIns,
    mainPid: Math.max(0, unit.mainPid),
    controlPid: Math.max(0, unit.controlPid),
    ...(unit.statusText === undefined ? {} : { statusText: unit.statusText }),
    commands: unit.commands,
    result: unit.result,
    cgroup,
    sinceUnixUs: unit.sinceUnixUs,
    ...(unit.active === 'active' || unit.activeUntilUnixUs <= unit.activeFromUnixUs
      ? {}
      : { durationUs: unit.activeUntilUnixUs - unit.activeFromUnixUs }),
    startingUnixUs: unit.inactiveUntilUnixUs,
    activeUnixUs: unit.activeFromUnixUs,
    after: standsAfter(systemd, unit.name),
    invocation: unit.invocation,
    restarts: unit.restarts,
    needsReload: unit.text !== undefined && loadUnit(systemd.unitFiles, unit.name).text !== unit.text,
    isFrozen: unit.isFrozen,
    tasks: failed(stat) ? 0 : stat.pids,
    ...(failed(stat) || stat.pidsLimit === undefined ? {} : { tasksLimit: stat.pidsLimit }),
    memoryBytes: failed(stat) ? 0 : stat.memoryBytes,
    ...(failed(stat) || stat.memoryLimitBytes === undefined ? {} : { memoryLimitBytes: stat.memoryLimitBytes }),
    memoryPeakBytes: failed(stat) ? 0 : stat.memoryPeakBytes,
    cpuUs: failed(stat) ? 0 : stat.cpuUsageUs,
    processes: pids.map((pid) => ({ pid, command: systemd.kernel.process(pid)?.argv.join(' ') ?? '' })),
    documentation: listValue(file, 'Unit', 'Documentation'),
    ...(unit.name.endsWith('.timer') ? { timer: timerOf(unit) } : {}),
    ...(unit.name.endsWith('.socket') ? { socket: socketOf(systemd, unit) } : {}),
    ...(unit.name.endsWith('.path') ? { watches: systemd.triggers.paths.settings(unit.name).watches } : {}),
    ...(mount === undefined ? {} : { mount }),
    triggers: triggeredBy(systemd, unit),
    triggeredBy: systemd.triggers.startersOf(unit).map(({ name }) => name),
  };
}

/** What is seen counts: others mount and unmount, too. */
function stateOf({ name, active, sub }: UnitState, seen: ObservedUnit | undefined): Pick<UnitView, 'active' | 'sub'> {
  const isBetween = active === 'activating' || active === 'deactivating';
  if (seen !== undefined && !isBetween) return { active: 'active', sub: seen.sub };
  return name.endsWith('.mount') && active === 'active' ? { active: 'inactive', sub: 'dead' } : { active, sub };
}

function mountOf(systemd: HostSystemd, { name }: UnitState): UnitView['mount'] {
  const where = unescapePath(name.replace(/\.mount$/, ''));
  const seen = systemd.files.mounts().findLast(({ target }) => target === where);
  const { what } = mountSettings(systemd.loaded(name).file);
  return seen === undefined && what === '' ? undefined : { what: seen?.source ?? what, where };
}

function triggeredBy(systemd: HostSystemd, unit: UnitState): readonly string[] {
  const triggered = systemd.triggers.of(unit.name)?.triggered(unit.name);
  return triggered === undefined ? connectionsOf(systemd, unit).map(({ name }) => name) : [triggered];
}

function socketOf(systemd: HostSystemd, unit: UnitState): NonNullable<UnitView['socket']> {
  const { addresses, accepts } = systemd.triggers.sockets.settings(unit.name);
  return {
    listens: addresses.map(({ kind, text }) => ({ kind, address: text })),
    accepts,
    accepted: unit.accepted,
    connected: connectionsOf(systemd, unit).length,
    refused: unit.refused,
  };
}

function timerOf(unit: UnitState): NonNullable<UnitView['timer']> {
  const { nextElapseUnixUs, lastTriggerUnixUs } = unit;
  return {
    ...(nextElapseUnixUs === undefined ? {} : { nextUnixUs: nextElapseUnixUs }),
    ...(lastTriggerUnixUs === 0 ? {} : { lastUnixUs: lastTriggerUnixUs }),
  };
}
