/**
 * Who is logged in: the terminals whose session leader was begun by the machine itself or by sshd, as their login programs do.
 * Terminals of others (script, a container's) are no logins; there is no utmp beside the processes.
 */
import { failed } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import { userNameOf } from '../../accounts.ts';
import { fileText } from '../../io.ts';
import { readProcesses, ttyName, type ProcEntry } from '../../processes/process-list.ts';

export interface LoginSession {
  readonly user: string;
  readonly tty: string;
  readonly startedUs: number;
  /** Address that the login came from; undefined at the machine itself. */
  readonly from: string | undefined;
  readonly leader: ProcEntry;
  readonly foreground: ProcEntry;
  /** Seconds since its terminal was last read from. */
  readonly idleSeconds: number;
  /** Whether others may write to its terminal (mesg). */
  readonly open: boolean;
}

const GROUP_WRITE = 0o020;

/** By pid of the leader. */
export function loginSessions(process: Process): readonly LoginSession[] {
  const all = readProcesses(process);
  const nowUs = process.time().realtimeUs;
  const isLoginProgram = (pid: number): boolean =>
    pid === 1 || all.some((entry) => entry.pid === pid && entry.name.startsWith('sshd'));
  const uptime = Number((fileText(process, '/proc/uptime') ?? '0').split(' ')[0]);
  return all
    .filter((entry) => entry.tty !== 0 && entry.session === entry.pid && isLoginProgram(entry.ppid))
    .map((leader) => ({
      ...terminalState(process, ttyName(leader.tty), nowUs),
      user: userNameOf(process, leader.uid) ?? String(leader.uid),
      tty: ttyName(leader.tty),
      startedUs: nowUs - (uptime - leader.startTicks / 100) * 1e6,
      from: /(?:^|\0)SSH_CONNECTION=(\S+)/.exec(fileText(process, `/proc/${String(leader.pid)}/environ`) ?? '')?.[1],
      leader,
      foreground: all.find((entry) => entry.group === leader.foreground && entry.tty === leader.tty) ?? leader,
    }));
}

function terminalState(process: Process, tty: string, nowUs: number): Pick<LoginSession, 'idleSeconds' | 'open'> {
  const stat = process.stat(`/dev/${tty}`);
  if (failed(stat)) return { idleSeconds: 0, open: false };
  return {
    idleSeconds: Math.max(0, Math.floor((nowUs / 1000 - stat.accessedMs) / 1000)),
    open: (stat.mode & GROUP_WRITE) !== 0,
  };
}
