/** Who is logged in: the terminals whose session leader is a shell; there is no utmp beside them. */
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
}

/** By pid of the leader. */
export function loginSessions(process: Process): readonly LoginSession[] {
  const all = readProcesses(process);
  const uptime = Number((fileText(process, '/proc/uptime') ?? '0').split(' ')[0]);
  return all
    .filter((entry) => entry.tty !== 0 && entry.session === entry.pid)
    .map((leader) => ({
      user: userNameOf(process, leader.uid) ?? String(leader.uid),
      tty: ttyName(leader.tty),
      startedUs: process.time().realtimeUs - (uptime - leader.startTicks / 100) * 1e6,
      from: /(?:^|\0)SSH_CONNECTION=(\S+)/.exec(fileText(process, `/proc/${String(leader.pid)}/environ`) ?? '')?.[1],
      leader,
      foreground: all.find((entry) => entry.group === leader.foreground && entry.tty === leader.tty) ?? leader,
    }));
}
