/** `systemctl is-system-running`: the state of the whole (systemctl-is-system-running.c). */
import type { Invocation } from '../../../coreutils/command.ts';
import { askManager, type Caller } from '../../client.ts';

export type SystemState = 'offline' | 'starting' | 'maintenance' | 'degraded' | 'running';

const MAINTENANCE = ['rescue.target', 'emergency.target'];

/** `maintenance` in rescue and emergency mode, `degraded` where a unit has failed. */
export async function systemState(caller: Caller): Promise<SystemState> {
  const reply = await askManager(caller, { method: 'list', all: false });
  if (reply.type !== 'units') return 'offline';
  if (reply.units.some(({ name }) => MAINTENANCE.includes(name))) return 'maintenance';
  if (reply.units.some(({ active }) => active === 'failed')) return 'degraded';
  return reply.units.some(({ active, sub }) => active === 'activating' && sub !== 'auto-restart')
    ? 'starting'
    : 'running';
}

export async function isSystemRunning(call: Invocation): Promise<number> {
  const state = await systemState(call);
  if (!call.options.has('q')) call.io.line(state);
  return await call.io.end(state === 'running' ? 0 : 1);
}
