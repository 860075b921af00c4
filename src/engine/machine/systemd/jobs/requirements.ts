/** What a unit cannot do without, cannot be up beside, and stands after (systemd.unit(5)), with what is so by default. */
import type { HostSystemd } from '../host-systemd.ts';
import { deviceUnitOf } from '../mounts/mount-settings.ts';
import { isYes, lastValue, listValue } from '../units/unit-file.ts';
import { expandSpecifiers } from '../units/unit-name.ts';
import type { LoadedUnit } from '../units/unit-loader.ts';
import type { UnitState } from '../units/unit-state.ts';

const SYSINIT = 'sysinit.target';
const BASIC = 'basic.target';

/** Services, sockets, timers and paths come after the initialization of the system and go before it, unless they say otherwise. */
const standsOnSysinit = (name: string, { file }: LoadedUnit): boolean => {
  const defaults = lastValue(file, 'Unit', 'DefaultDependencies');
  return /\.(service|socket|timer|path)$/.test(name) && (defaults === undefined || isYes(defaults));
};

/** What a mount cannot do without by its nature. */
const devicesOf = (name: string, { file }: LoadedUnit): readonly string[] => {
  const device = name.endsWith('.mount') ? deviceUnitOf(file) : undefined;
  return device === undefined ? [] : [device];
};

/** Units whose failure is this one's too. */
export function requirementsOf(systemd: HostSystemd, name: string): readonly string[] {
  const loaded = systemd.loaded(name);
  const initial = standsOnSysinit(name, loaded) && systemd.loaded(SYSINIT).load === 'loaded' ? [SYSINIT] : [];
  return [...loaded.requires, ...listValue(loaded.file, 'Unit', 'BindsTo'), ...devicesOf(name, loaded), ...initial];
}

/** All that is started with it. */
export const pulledBy = (systemd: HostSystemd, name: string): readonly string[] => [
  ...new Set([...systemd.loaded(name).pulls, ...requirementsOf(systemd, name)]),
];

/** Units whose jobs come first; a target stands after all that it pulls in, but for mounts that nobody is to wait for. */
export function standsAfter(systemd: HostSystemd, name: string): readonly string[] {
  const loaded = systemd.loaded(name);
  const needs = name.endsWith('.target') ? loaded.pulls : [];
  const awaited = needs.filter(
    (each) => !each.endsWith('.mount') || listValue(systemd.loaded(each).file, 'Unit', 'Before').includes(name),
  );
  const after = listValue(loaded.file, 'Unit', 'After').map((each) => expandSpecifiers(each, systemd.specifiers(name)));
  const initial = standsOnSysinit(name, loaded) ? [SYSINIT, ...(name.endsWith('.service') ? [BASIC] : [])] : [];
  return [...new Set([...after, ...awaited, ...devicesOf(name, loaded), ...initial])];
}

/** Whether it is up, on its way or waits for its turn. */
export const isWanted = ({ active, awaiting, job }: UnitState): boolean =>
  active === 'active' || active === 'activating' || active === 'reloading' || awaiting.length > 0 || job === 'start';

/** Units that are wanted and exclude this one, or are excluded by it. */
export function conflictsOf(systemd: HostSystemd, name: string): readonly UnitState[] {
  const conflicts = (unit: string): readonly string[] => listValue(systemd.loaded(unit).file, 'Unit', 'Conflicts');
  const own = conflicts(name);
  return systemd
    .states()
    .filter((unit) => isWanted(unit) && (own.includes(unit.name) || conflicts(unit.name).includes(name)));
}

/** Wanted units that cannot do without this one: they are stopped or restarted with it. */
export function dependentsOf(systemd: HostSystemd, name: string): readonly UnitState[] {
  return systemd
    .states()
    .filter(
      (unit) =>
        isWanted(unit) &&
        (requirementsOf(systemd, unit.name).includes(name) ||
          listValue(systemd.loaded(unit.name).file, 'Unit', 'PartOf').includes(name)),
    );
}
