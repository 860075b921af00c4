/** `systemctl isolate`: one unit with all that it pulls in stays or starts, the rest stops (systemd.unit(5): AllowIsolate=). */
import type { HostSystemd } from '../host-systemd.ts';
import type { SystemdReply } from '../interface.ts';
import { isYes, lastValue } from '../units/unit-file.ts';
import { isWanted, pulledBy } from './requirements.ts';

export function isolate(systemd: HostSystemd, name: string): SystemdReply {
  const { load, file } = systemd.loaded(name);
  const refuse = (code: 'not-found' | 'masked' | 'invalid', message: string): SystemdReply => ({
    type: 'error',
    code,
    unit: name,
    message,
  });
  if (load === 'not-found') return refuse('not-found', `Unit ${name} not found.`);
  if (load === 'masked') return refuse('masked', `Unit ${name} is masked.`);
  if (!isYes(lastValue(file, 'Unit', 'AllowIsolate')))
    return refuse('invalid', 'Operation refused, unit may not be isolated.');
  const kept = pulledIn(systemd, name);
  for (const unit of systemd.states()) {
    const isOurs = /\.(service|timer|socket|path|target)$/.test(unit.name);
    const stays = kept.has(unit.name) || isYes(lastValue(systemd.loaded(unit.name).file, 'Unit', 'IgnoreOnIsolate'));
    if (isOurs && !stays && isWanted(unit)) systemd.stop(unit.name);
  }
  systemd.start(name);
  return { type: 'done' };
}

/** The unit and everything that it wants or requires, however far. */
function pulledIn(systemd: HostSystemd, name: string, seen = new Set<string>()): ReadonlySet<string> {
  if (seen.has(name)) return seen;
  seen.add(name);
  for (const each of pulledBy(systemd, name)) pulledIn(systemd, each, seen);
  return seen;
}
