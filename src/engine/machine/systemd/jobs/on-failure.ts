import type { HostSystemd } from '../host-systemd.ts';
import { listValue } from '../units/unit-file.ts';

/** What a unit's failure starts (systemd.unit(5): OnFailure=). */
export function startOnFailure(systemd: HostSystemd, name: string): void {
  const units = listValue(systemd.loaded(name).file, 'Unit', 'OnFailure');
  if (units.length === 0) return;
  systemd.say(name, `${name}: Triggering OnFailure= dependencies.`);
  for (const unit of units) systemd.start(unit);
}
