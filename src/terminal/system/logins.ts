/** groups, who, users, w and vmstat. Sessions are the terminals whose leader is a shell; there is no utmp beside them. */
import { accountOf, groupNameOf, userNameOf } from '../accounts.ts';
import type { Process } from '../../protocol/program.ts';
import { command } from '../coreutils/command.ts';
import { fileText } from '../io.ts';
import { readProcesses, type ProcEntry } from '../programs/process-list.ts';
import { strftime } from '../strftime.ts';
import { notSimulated } from './plain-program.ts';

export const groups = command({ name: 'groups', short: '' }, async (call) => {
  const { io, process } = call;
  let status = 0;
  const named = (ids: readonly number[]): string =>
    [...new Set(ids)].map((gid) => groupNameOf(process, gid) ?? String(gid)).join(' ');
  if (call.operands.length === 0) {
    const { gid, groups: more } = process.credentials();
    io.line(named([gid, ...more]));
  }
  for (const user of call.operands) {
    const account = accountOf(process, user);
    if (account === undefined) {
      await io.warn(`\u2018${user}\u2019: no such user`);
      status = 1;
    } else io.line(`${user} : ${named([account.gid, ...account.groups])}`);
  }
  return await io.end(status);
});

interface Session {
  readonly user: string;
  readonly tty: string;
  readonly startedUs: number;
  readonly leader: ProcEntry;
  readonly foreground: ProcEntry;
}

function sessions(process: Process): readonly Session[] {
  const all = readProcesses(process);
  const uptime = Number((fileText(process, '/proc/uptime') ?? '0').split(' ')[0]);
  return all
    .filter((entry) => entry.tty !== 0 && entry.session === entry.pid)
    .map((leader) => ({
      user: userNameOf(process, leader.uid) ?? String(leader.uid),
      tty: leader.tty >> 8 === 136 ? `pts/${String(leader.tty & 255)}` : `tty${String(leader.tty & 255)}`,
      startedUs: process.time().realtimeUs - (uptime - leader.startTicks / 100) * 1e6,
      leader,
      foreground: all.find((entry) => entry.group === leader.foreground && entry.tty === leader.tty) ?? leader,
    }));
}

export const who = command(
  {
    name: 'who',
    short: 'abdHlmpqrsTtu',
    long: { all: 'a', boot: 'b', heading: 'H', count: 'q', runlevel: 'r' },
    usage: '[OPTION]... [ FILE | ARG1 ARG2 ]',
  },
  async (call) => {
    const { io, options, process } = call;
    const missing = options.order.find(([letter]) => !'bHqs'.includes(letter));
    if (missing !== undefined) return await notSimulated(io, `who -${missing[0]}`);
    const found = sessions(process);
    if (options.has('q')) {
      io.line(found.map(({ user }) => user).join(' '));
      io.line(`# users=${String(found.length)}`);
      return await io.end(0);
    }
    if (options.has('H')) io.line('NAME     LINE         TIME             COMMENT');
    if (options.has('b'))
      io.line(
        `         system boot  ${strftime('%Y-%m-%d %H:%M', process.time().realtimeUs - process.time().monotonicUs)}`,
      );
    else
      for (const { user, tty, startedUs } of found)
        io.line(`${user.padEnd(8)} ${tty.padEnd(12)} ${strftime('%Y-%m-%d %H:%M', startedUs)}`);
    return await io.end(0);
  },
);

export const users = command({ name: 'users', short: '' }, async ({ io, process }) => {
  const found = sessions(process).map(({ user }) => user);
  if (found.length > 0) io.line(found.sort().join(' '));
  return await io.end(0);
});

export const w = command(
  { name: 'w', short: 'hsufoip', long: { 'no-header': 'h', short: 's' }, usage: '[options]' },
  async ({ io, options, process }) => {
    const found = sessions(process);
    const now = process.time().realtimeUs;
    if (!options.has('h')) {
      const up = Math.floor(Number((fileText(process, '/proc/uptime') ?? '0').split(' ')[0]));
      const [hours, minutes] = [Math.floor(up / 3_600) % 24, Math.floor(up / 60) % 60];
      const days = Math.floor(up / 86_400);
      const load = (fileText(process, '/proc/loadavg') ?? '').split(' ').slice(0, 3).join(', ');
      io.line(
        ` ${strftime('%H:%M:%S', now)} up ${days > 0 ? `${String(days)} day${days > 1 ? 's' : ''}, ` : ''}${hours > 0 ? `${String(hours).padStart(2)}:${String(minutes).padStart(2, '0')}` : `${String(minutes)} min`},  ${String(found.length)} user${found.length === 1 ? '' : 's'},  load average: ${load}`,
      );
      io.line('USER     TTY      FROM             LOGIN@   IDLE   JCPU   PCPU WHAT');
    }
    for (const { user, tty, startedUs, leader, foreground } of found) {
      const seconds = (ticks: number): string => `${(ticks / 100).toFixed(2)}s`;
      io.line(
        `${user.padEnd(8)} ${tty.padEnd(8)} ${'-'.padEnd(16)} ${strftime('%H:%M', startedUs).padEnd(7)}  0.00s ${seconds(leader.ticks).padStart(6)} ${seconds(foreground.ticks).padStart(6)} ${foreground.args}`,
      );
    }
    return await io.end(0);
  },
);

export const vmstat = command(
  { name: 'vmstat', short: 'anmsdDp:S:twy', usage: '[options] [delay [count]]' },
  async (call) => {
    const { io, process, options } = call;
    const missing = options.order.find(([letter]) => letter !== 'w' && letter !== 'n');
    if (missing !== undefined || call.operands.length > 0)
      return await notSimulated(io, `vmstat ${missing === undefined ? 'with a delay' : `-${missing[0]}`}`);
    const memory = fileText(process, '/proc/meminfo') ?? '';
    const of = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(memory)?.[1] ?? '0');
    const stat = fileText(process, '/proc/stat') ?? '';
    const [user = 0, nice = 0, system = 0, idle = 0, wait = 0] = (/^cpu\s+(.*)$/m.exec(stat)?.[1] ?? '')
      .split(' ')
      .map(Number);
    const total = Math.max(1, user + nice + system + idle + wait);
    const percent = (ticks: number): string => String(Math.round((100 * ticks) / total)).padStart(2);
    const count = (name: string): string => new RegExp(`^${name} (\\d+)`, 'm').exec(stat)?.[1] ?? '0';
    io.line('procs -----------memory---------- ---swap-- -----io---- -system-- -------cpu-------');
    io.line(' r  b   swpd   free   buff  cache   si   so    bi    bo   in   cs us sy id wa st gu');
    io.line(
      `${count('procs_running').padStart(2)} ${count('procs_blocked').padStart(2)} ${String(of('SwapTotal') - of('SwapFree')).padStart(6)} ${String(of('MemFree')).padStart(6)} ${String(of('Buffers')).padStart(6)} ${String(of('Cached') + of('SReclaimable')).padStart(6)}    0    0     0     0    0    0 ${percent(user + nice)} ${percent(system)} ${percent(idle)} ${percent(wait)}  0  0`,
    );
    return await io.end(0);
  },
);
