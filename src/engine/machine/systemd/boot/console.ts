/**
 * What stands at the machine itself, where its screen and keyboard are: a login, or, where the boot has come to emergency or
 * rescue mode, the shell of that mode (emergency.service, rescue.service), or neither as long as the boot waits.
 */
import type { HostSystemd } from '../host-systemd.ts';
import { cgroupPath } from '../units/unit-cgroup.ts';

export type Console =
  | { readonly kind: 'login' }
  | { readonly kind: 'maintenance'; readonly argv: readonly [string, string]; readonly cgroup: string }
  /** Which job everybody waits for. */
  | { readonly kind: 'waiting'; readonly job: string };

/** Their main process only waits: a shell runs wherever somebody sits down at the machine. */
export const MAINTENANCE_UNITS = ['emergency.service', 'rescue.service'] as const;

export const isMaintenance = (unit: string): boolean => MAINTENANCE_UNITS.some((each) => each === unit);

export function consoleOf(systemd: HostSystemd): Console {
  for (const name of MAINTENANCE_UNITS) {
    if (!systemd.has(name) || systemd.state(name).active !== 'active') continue;
    return {
      kind: 'maintenance',
      argv: ['/usr/lib/systemd/systemd-sulogin-shell', name.replace('.service', '')],
      cgroup: cgroupPath(systemd, name),
    };
  }
  const initial = 'sysinit.target';
  if (!systemd.has(initial) || systemd.state(initial).awaiting.length === 0) return { kind: 'login' };
  const device = systemd.states().find(({ name, job }) => name.endsWith('.device') && job === 'start');
  return { kind: 'waiting', job: `${device?.name ?? initial}/start` };
}

/** A mode begins: whoever has logged in at the machine is hung up, as his terminal is now the mode's. */
export function takeConsoles(systemd: HostSystemd): void {
  for (const { service, tty, leader } of systemd.sessions.all())
    if (service === 'login' && tty !== undefined) systemd.kernel.kill(leader, 'SIGHUP');
}

/** A mode is over: its shells are hung up and the terminals are free for a login. */
export function leaveConsoles(systemd: HostSystemd, unit: string): void {
  for (const pid of systemd.kernel.cgroups.processes(cgroupPath(systemd, unit))) systemd.kernel.kill(pid, 'SIGHUP');
}
