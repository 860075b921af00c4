/** `systemctl show` without a unit: the manager itself, of its properties those that Drydock knows (systemd src/core/dbus-manager.c). */
import { strftime } from '../../../strftime.ts';
import type { Invocation } from '../../../coreutils/command.ts';
import { askManager, sayUnreachable } from '../../client.ts';
import { SYSTEMD_PACKAGE } from '../../release.ts';
import { printProperties } from './print-properties.ts';
import { systemState } from './system-state.ts';

/** Of the system's manager, as the engine reads units. */
const UNIT_PATH =
  '/etc/systemd/system.control /run/systemd/system.control /run/systemd/transient /etc/systemd/system /run/systemd/system /run/systemd/generator /usr/lib/systemd/system';

export async function showManager(call: Invocation): Promise<number> {
  const { io, process } = call;
  const listed = await askManager(call, { method: 'list', all: true });
  if (listed.type === 'unreachable') return await sayUnreachable(io, listed);
  const jobs = await askManager(call, { method: 'list-jobs' });
  const environment = await askManager(call, { method: 'show-environment' });
  const units = listed.type === 'units' ? listed.units : [];
  const { realtimeUs, monotonicUs } = process.time();
  const variables = environment.type === 'environment' ? environment.variables : [];
  printProperties(call, {
    Version: SYSTEMD_PACKAGE,
    Architecture: 'x86-64',
    KernelTimestamp: strftime('%a %Y-%m-%d %H:%M:%S UTC', realtimeUs - monotonicUs),
    KernelTimestampMonotonic: '0',
    NNames: String(units.length),
    NFailedUnits: String(units.filter(({ active }) => active === 'failed').length),
    NJobs: String(jobs.type === 'jobs' ? jobs.jobs.length : 0),
    Environment: variables.map(([name, value]) => `${name}=${value}`).join(' '),
    ...(call.options.has('user') ? {} : { UnitPath: UNIT_PATH }),
    DefaultStandardOutput: 'journal',
    DefaultStandardError: 'inherit',
    DefaultTimeoutStartUSec: '1min 30s',
    DefaultTimeoutStopUSec: '1min 30s',
    DefaultRestartUSec: '100ms',
    DefaultStartLimitIntervalUSec: '10s',
    DefaultStartLimitBurst: '5',
    SystemState: await systemState(call),
  });
  return await io.end(0);
}
