/** A manager's end: all its services are asked to stop. journald stays: what the others say last is on the disk, too. */
import type { HostSystemd } from '../host-systemd.ts';
import { JOURNALD } from '../journal/journald.ts';
import type { UnitState } from '../units/unit-state.ts';
import { isWanted } from './requirements.ts';

const ends = ({ name }: UnitState): boolean => name.endsWith('.service') && name !== JOURNALD;

export function stopServices(systemd: HostSystemd): void {
  for (const unit of systemd.states().toReversed()) {
    unit.awaiting = [];
    if (ends(unit) && isWanted(unit)) systemd.runner.stop(unit);
  }
}

/** Whether no service runs or is about to. */
export const haveServicesEnded = (systemd: HostSystemd): boolean =>
  systemd.states().every((unit) => !ends(unit) || unit.active === 'inactive' || unit.active === 'failed');
