/** The events that a host's systemd gets: of its services' processes, timers, sockets, paths, sessions and scopes. */
import type { Plain } from '../../../../protocol/plain.ts';
import type { Pid } from '../../../../protocol/program.ts';
import type { ProcessExit } from '../../kernel/interface.ts';
import type { HostSystemd } from '../host-systemd.ts';
import { JOURNALD } from '../journal/journald.ts';
import { writeSyslog } from '../journal/rsyslog.ts';
import { tellCannotRun, type CannotRun } from '../services/service-process.ts';
import { isMaintenance, leaveConsoles, takeConsoles } from '../boot/console.ts';
import { scopeEmptied } from '../units/transient-units.ts';

export function handleEvent(systemd: HostSystemd, type: string, payload: Plain): void {
  const data = payload as {
    readonly unit: string;
    readonly stream: number;
    readonly socket: number;
    readonly id: string;
    readonly pid: number;
    readonly uid: number;
    readonly path: string;
    readonly signal: string;
  };
  // What belonged to a connection may be over and gone.
  if (type.startsWith('service.') && data.unit !== undefined && !systemd.has(data.unit)) return;
  if (type.startsWith('user.')) {
    userChanged(systemd, type, data);
    return;
  }
  const other = OTHERS[type];
  if (other !== undefined) {
    other(systemd, data);
    return;
  }
  switch (type) {
    case 'service.exited':
      processExited(systemd, data.unit, payload as unknown as ProcessExit);
      return;
    // Of a unit whose main process is systemd's own.
    case 'service.start':
      takeConsoles(systemd);
      return;
    case 'device.timed-out':
      systemd.runners.devices.timedOut(systemd.state(data.unit));
      return;
    case 'service.restart':
      systemd.runner.restartNow(systemd.state(data.unit));
      return;
    case 'service.timed-out':
      systemd.runner.timedOut(systemd.state(data.unit));
      return;
    case 'service.emptied':
      systemd.runner.emptied(systemd.state(data.unit));
      return;
    case 'service.cannot-run':
      // Scheduled by service-process.ts with exactly these members.
      tellCannotRun(systemd, payload as unknown as CannotRun);
      return;
    case 'timer.elapsed':
      systemd.triggers.timers.elapsed(systemd.state(data.unit));
      return;
    case 'socket.incoming':
      systemd.triggers.sockets.incoming(systemd.state(data.unit), data.socket);
      return;
    case 'path.changed':
      systemd.triggers.paths.look(systemd.state(data.unit));
      return;
    case 'session.empty':
      systemd.sessions.empty(data.id);
      return;
    case 'scope.empty':
      scopeEmptied(systemd, data.unit, data.path);
      return;
    case 'service.output':
      systemd.output.read(data.stream);
      return;
    case 'process.exited':
      systemd.users.exited(data.pid);
      return;
    default:
      throw new Error(`systemd has no event ${type}`);
  }
}

type Handler = (systemd: HostSystemd, data: { readonly pid: Pid; readonly signal: string }) => void;

const OTHERS: Readonly<Record<string, Handler>> = {
  'journal.wanted': (systemd) => {
    systemd.start(JOURNALD);
  },
  'syslog.write': writeSyslog,
  'process.signal': processSignalled,
};

/** What happens to the manager and the slice of a user who has gone. */
function userChanged(
  systemd: HostSystemd,
  type: string,
  { pid, uid }: { readonly pid: Pid; readonly uid: number },
): void {
  if (type === 'user.leaves') systemd.users.leave(pid);
  else if (type === 'user.idle') systemd.sessions.userIdle(uid);
  else if (type === 'user.stopped') systemd.sessions.managerStopped(uid);
  else systemd.sessions.userGone(uid);
}

/** A user's manager leaves in its own way; a daemon of systemd's own ends as it is asked to, and process 1 never does. */
function processSignalled(systemd: HostSystemd, { pid, signal }: { readonly pid: Pid; readonly signal: string }): void {
  if (systemd.users.has(pid)) systemd.users.signalled(pid);
  else if (pid !== systemd.pid && (signal === 'SIGTERM' || signal === 'SIGINT')) systemd.kernel.exitComponent(pid, 0);
}

/** A process that systemd has started for a unit. */
function processExited(systemd: HostSystemd, unit: string, exit: ProcessExit): void {
  if (isMaintenance(unit)) leaveConsoles(systemd, unit);
  if (unit.endsWith('.mount')) systemd.runners.mounts.exited(systemd.state(unit), exit);
  else systemd.runner.exited(systemd.state(unit), exit);
}
