/** Signals to a unit's processes, and the jobs that are under way. */
import { failed } from '../../../../protocol/errno.ts';
import { freezeUnit } from './freezer.ts';
import type { HostSystemd } from '../host-systemd.ts';
import type { JobView, SystemdCall, SystemdReply } from '../interface.ts';
import { cleanDirectories } from '../services/service-directories.ts';
import { viewUnit } from '../units/unit-view.ts';
import { isSignal } from '../units/unit-name.ts';
import type { UnitState } from '../units/unit-state.ts';

type ControlCall = Extract<SystemdCall, { readonly method: 'kill' | 'freeze' | 'thaw' | 'clean' }>;

/** What is done to a unit's processes and directories without a job. */
export function controlUnit(systemd: HostSystemd, call: ControlCall): SystemdReply {
  switch (call.method) {
    case 'kill':
      return killUnit(systemd, call);
    case 'clean':
      return cleanUnit(systemd, call);
    default:
      return freezeUnit(systemd, systemd.nameOf(call.unit), call.method);
  }
}

/** `systemctl kill`: all processes of the unit, or one of those that systemd knows by what they are. */
function killUnit(
  systemd: HostSystemd,
  { unit: asked, signal: word, whom }: Extract<SystemdCall, { readonly method: 'kill' }>,
): SystemdReply {
  const { kernel } = systemd;
  const name = systemd.nameOf(asked);
  const signal = word.startsWith('SIG') ? word : `SIG${word}`;
  const view = viewUnit(systemd, systemd.state(name));
  const refuse = (message: string): SystemdReply => ({ type: 'error', code: 'invalid', unit: name, message });
  if (view.load === 'not-found') return { type: 'error', code: 'not-found', message: `Unit ${name} not loaded.` };
  if (!isSignal(signal)) return refuse('Signal number out of range.');
  if (whom === 'main' && view.mainPid === 0) return refuse('No main process to kill');
  if (whom === 'control' && view.controlPid === 0) return refuse('No control process to kill');
  const known: readonly (readonly [number, string])[] = [
    ...(whom === 'control' || view.mainPid === 0 ? [] : [[view.mainPid, 'main'] as const]),
    ...(whom === 'main' || view.controlPid === 0 ? [] : [[view.controlPid, 'control'] as const]),
  ];
  const others = whom === 'all' ? kernel.cgroups.processes(view.cgroup) : [];
  const rest = others.filter((pid) => !known.some(([each]) => each === pid)).map((pid) => [pid, 'auxiliary'] as const);
  for (const [pid, kind] of [...known, ...rest]) {
    const command = kernel.process(pid)?.name ?? 'n/a';
    if (!failed(kernel.kill(pid, signal)))
      systemd.say(
        name,
        `${name}: Sent signal ${signal} to ${kind} process ${String(pid)} (${command}) on client request.`,
      );
  }
  return { type: 'done' };
}

/** `systemctl clean`: what a unit that is down has left in its directories. */
function cleanUnit(
  systemd: HostSystemd,
  { unit: asked, what }: Extract<SystemdCall, { readonly method: 'clean' }>,
): SystemdReply {
  const name = systemd.nameOf(asked);
  const { load, file } = systemd.loaded(name);
  const refuse = (message: string): SystemdReply => ({ type: 'error', code: 'invalid', unit: name, message });
  if (load === 'not-found') return { type: 'error', code: 'not-found', message: `Unit ${name} not loaded.` };
  if (!name.endsWith('.service')) return refuse(`Unit '${name}' does not support cleaning.`);
  const { active, job } = systemd.state(name);
  if (active !== 'inactive' || job !== undefined) return refuse('Unit is not inactive or has pending job.');
  const kinds = what.includes('all') ? ['runtime', 'state', 'cache', 'logs', 'configuration'] : what;
  return cleanDirectories(file, systemd.files.root, kinds) ? { type: 'done' } : refuse('No matching resources found.');
}

/** In the order in which their units came. */
export const jobsOf = (systemd: HostSystemd): readonly JobView[] =>
  systemd
    .states()
    .filter((unit) => unit.awaiting.length > 0 || unit.job !== undefined)
    .map((unit, at) => ({ id: at + 1, unit: unit.name, type: typeOf(unit), state: stateOf(unit) }));

const typeOf = ({ job, again }: UnitState): JobView['type'] => (again ? 'restart' : (job ?? 'start'));
const stateOf = ({ awaiting }: UnitState): JobView['state'] => (awaiting.length > 0 ? 'waiting' : 'running');
