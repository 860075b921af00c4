/** `systemctl is-system-running`: the state of the whole (systemctl-is-system-running.c). */
import type { Process } from '../../../../protocol/program.ts';
import type { Invocation } from '../../../coreutils/command.ts';
import { ask } from '../../client.ts';

export type SystemState = 'offline' | 'starting' | 'maintenance' | 'degraded' | 'running';

const MAINTENANCE = ['rescue.target', 'emergency.target'];

/** `maintenance` in rescue and emergency mode, `degraded` where a unit has failed. */
export async function systemState(process: Process): Promise<SystemState> {
  const reply = await ask(process, { method: 'list', all: false });
  if (reply.type !== 'units') return 'offline';
  if (reply.units.some(({ name }) => MAINTENANCE.includes(name))) return 'maintenance';
  if (reply.units.some(({ active }) => active === 'failed')) return 'degraded';
  return reply.units.some(({ active, sub }) => active === 'activating' && sub !== 'auto-restart')
    ? 'starting'
    : 'running';
}

export async function isSystemRunning({ io, options, process }: Invocation): Promise<number> {
  const state = await systemState(process);
  if (!options.has('q')) io.line(state);
  return await io.end(state === 'running' ? 0 : 1);
}
