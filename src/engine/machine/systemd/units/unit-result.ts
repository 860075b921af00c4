import type { HostSystemd } from '../host-systemd.ts';
import type { UnitView } from '../interface.ts';

/** What systemd says when a unit of any kind has ended. Source: unit_log_result of core/unit.c. */
export function tellResult(systemd: HostSystemd, name: string, result: UnitView['result']): void {
  if (result === 'success') systemd.say(name, `${name}: Deactivated successfully.`);
  else if (result === 'exec-condition') systemd.say(name, `${name}: Skipped due to 'exec-condition'.`);
  else systemd.say(name, `${name}: Failed with result '${result}'.`, 4);
}
