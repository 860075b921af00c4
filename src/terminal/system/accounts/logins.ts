/** groups, who, users, w, last and lastlog. Who is logged in comes from the running sessions; there is no utmp beside them. */
import { accountOf, groupNameOf } from '../../accounts.ts';
import { command, usageError } from '../../coreutils/command.ts';
import { fileText } from '../../io.ts';
import { readProcesses } from '../../processes/process-list.ts';
import { procpsCommand, type ProcpsSpec } from '../../processes/procps-command.ts';
import { uptimeLine } from '../../processes/uptime-line.ts';
import { strftime } from '../../strftime.ts';
import { readRows } from './account-files.ts';
import { loginSessions, type LoginSession } from './login-sessions.ts';
import { notSimulated } from '../plain-program.ts';

const MINUTE_SECONDS = 60;
const HOUR_SECONDS = 3600;

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

export const who = command(
  {
    name: 'who',
    short: 'abdHlmpqrsTtuw',
    absent: [...'dlpt'],
    long: { all: 'a', boot: 'b', heading: 'H', count: 'q', runlevel: 'r', short: 's', users: 'u', mesg: 'T' },
    usage: '[OPTION]... [ FILE | ARG1 ARG2 ]',
  },
  async (call) => {
    const { io, options, operands, process } = call;
    if (operands[2] !== undefined) return await usageError(call, `extra operand '${operands[2]}'`);
    const isMine = options.has('m') || operands.length === 2;
    const own = process.ttyName(0);
    const found = loginSessions(process).filter(({ tty }) => !isMine || own === `/dev/${tty}`);
    if (options.has('q')) {
      io.line(found.map(({ user }) => user).join(' '));
      io.line(`# users=${String(found.length)}`);
      return await io.end(0);
    }
    const all = options.has('a');
    const idle = all || options.has('u');
    if (options.has('H'))
      io.line(
        `NAME     ${all || options.has('T') ? '  ' : ''}LINE         TIME             ${idle ? 'IDLE          PID ' : ''}COMMENT`,
      );
    const gap = all || options.has('T') || options.has('w') ? '  ' : '';
    const booted = strftime('%Y-%m-%d %H:%M', process.time().realtimeUs - process.time().monotonicUs);
    if (all || options.has('b')) io.line(`         ${gap}system boot  ${booted}`);
    if (all || options.has('r')) io.line(`         ${gap}run-level 5  ${booted}`);
    if (all || !(options.has('b') || options.has('r')))
      for (const session of found) io.line(whoLine(session, gap, idle));
    return await io.end(0);
  },
);

/** Since the last key: `.` within the last minute, `old` before the last day (coreutils who.c idle_string). */
function idleText(seconds: number): string {
  if (seconds < MINUTE_SECONDS) return '  .  ';
  if (seconds >= 24 * HOUR_SECONDS) return ' old ';
  return strftime('%H:%M', seconds * 1e6);
}

function whoLine(session: LoginSession, gap: string, idle: boolean): string {
  const { user, tty, startedUs, from, leader } = session;
  const mark = gap === '' ? ' ' : session.open ? ' + ' : ' - ';
  const activity = idle ? ` ${idleText(session.idleSeconds)} ${String(leader.pid).padStart(11)}` : '';
  const origin = from === undefined ? '' : ` (${from})`;
  return `${user.padEnd(8)}${mark}${tty.padEnd(12)} ${strftime('%Y-%m-%d %H:%M', startedUs)}${activity}${origin}`;
}

export const users = command({ name: 'users', short: '' }, async ({ io, process }) => {
  const found = loginSessions(process).map(({ user }) => user);
  if (found.length > 0) io.line(found.sort().join(' '));
  return await io.end(0);
});

const W: ProcpsSpec = {
  name: 'w',
  short: 'hsufoipV',
  absent: [...'op'],
  // Addresses are shown as they are anyway (-i), and times are those of all processes of a terminal (-u).
  long: { 'no-header': 'h', short: 's', from: 'f', 'no-current': 'u', 'old-style': 'o', 'ip-addr': 'i', pids: 'p' },
  usage: '[options] [user]',
};

const HOUR_US = 3_600_000_000;

/** procps print_time_ival7 without its first blank. */
function idleInterval(seconds: number): string {
  const pair = (most: number, least: number): string => `${String(most).padStart(2)}:${String(least).padStart(2, '0')}`;
  if (seconds >= 48 * HOUR_SECONDS) return `${String(Math.floor(seconds / (24 * HOUR_SECONDS))).padStart(2)}days`;
  const [hours, minutes] = [Math.floor(seconds / HOUR_SECONDS), Math.floor(seconds / MINUTE_SECONDS)];
  if (hours > 0) return `${pair(hours, minutes % 60)}m`;
  return seconds > MINUTE_SECONDS ? `${pair(minutes, seconds % 60)} ` : `${String(seconds).padStart(2)}.00s`;
}

/** The hour today, the weekday and its hour this week, else the date (procps w.c print_logintime). */
function loginTime(startedUs: number, nowUs: number): string {
  const isToday = strftime('%F', startedUs) === strftime('%F', nowUs);
  if (isToday || nowUs - startedUs <= 12 * HOUR_US) return strftime('%H:%M', startedUs).padEnd(7);
  return strftime(nowUs - startedUs > 6 * 24 * HOUR_US ? '%d%b%y' : '%a%H', startedUs).padEnd(7);
}

export const w = procpsCommand(W, async ({ io, options, operands, process }) => {
  const found = loginSessions(process).filter(({ user }) => operands[0] === undefined || operands[0] === user);
  const all = readProcesses(process);
  const short = options.has('s');
  const showsFrom = !options.has('f');
  if (!options.has('h')) {
    io.line(uptimeLine(process));
    io.line(
      `USER     TTY      ${showsFrom ? 'FROM             ' : ''}${short ? ' IDLE WHAT' : `${showsFrom ? '' : '  '}LOGIN@   IDLE   JCPU   PCPU WHAT`}`,
    );
  }
  for (const { user, tty, startedUs, from, leader, foreground, idleSeconds } of found) {
    const seconds = (ticks: number): string => `${(ticks / 100).toFixed(2)}s`.padStart(6);
    const origin = showsFrom ? `${(from ?? '-').slice(0, 16).padEnd(16)} ` : '';
    const times = short ? '' : `${showsFrom ? '' : '  '}${loginTime(startedUs, process.time().realtimeUs)} `;
    const terminal = all.filter((entry) => entry.tty === leader.tty).reduce((sum, { ticks }) => sum + ticks, 0);
    const spent = short ? '' : `${seconds(terminal)} ${seconds(foreground.ticks)} `;
    io.line(
      `${user.slice(0, 8).padEnd(8)} ${tty.padEnd(8)} ${origin}${times}${idleInterval(idleSeconds)} ${spent}${foreground.args}`,
    );
  }
  return await io.end(0);
});

const KERNEL = /^Linux version (\S+)/;

/** Logins that have ended are not kept, as wtmp would keep them: last shows those that go on, and the boot. */
export const last = command(
  {
    name: 'last',
    calls: 'short',
    short: 'n:aF0123456789iRwx',
    long: { limit: 'n', fulltimes: 'F', hostlast: 'a', ip: 'i', nohostname: 'R', fullnames: 'w', system: 'x' },
    absent: [...'ix'],
    usage: '[options] [<username>...] [<tty>...]',
  },
  async (call) => {
    const { io, options, operands, process } = call;
    const { realtimeUs, monotonicUs } = process.time();
    const format = options.has('F') ? '%a %b %e %H:%M:%S %Y' : '%a %b %e %H:%M';
    const digits = options.order
      .map(([letter]) => letter)
      .filter((letter) => /\d/.test(letter))
      .join('');
    const limit = Number(options.value('n') ?? (digits === '' ? 'Infinity' : digits));
    const row = (user: string, line: string, from: string, time: string, end: string): string => {
      const origin = options.has('R') ? '' : options.has('a') ? '' : `${from.slice(0, 16).padEnd(16)} `;
      const tail = options.has('a') ? `     ${from}` : '';
      return `${user.slice(0, 8).padEnd(8)} ${line.padEnd(12)} ${origin}${time} ${end}${tail}`;
    };
    const wanted = (...names: readonly string[]): boolean =>
      operands.length === 0 || operands.some((operand) => names.includes(operand));
    const rows = loginSessions(process)
      .toSorted((a, b) => b.startedUs - a.startedUs)
      .filter(({ user, tty }) => wanted(user, tty))
      .map(({ user, tty, from, startedUs }) =>
        row(user, tty, from ?? '', strftime(format, startedUs), '  still logged in'),
      );
    const booted = realtimeUs - monotonicUs;
    const release = KERNEL.exec(fileText(process, '/proc/version') ?? '')?.[1] ?? '';
    if (wanted('reboot')) rows.push(row('reboot', 'system boot', release, strftime(format, booted), '  still running'));
    for (const line of rows.slice(0, limit)) io.line(line);
    io.line('');
    io.line(`wtmp begins ${strftime('%a %b %e %H:%M:%S %Y', booted)}`);
    return await io.end(0);
  },
);

export const lastlog = command(
  {
    name: 'lastlog',
    calls: 'short',
    short: 'u:b:t:CS',
    long: { user: 'u', before: 'b', time: 't' },
    usage: '[options]',
  },
  async ({ io, options, process }) => {
    const missing = ['b', 't', 'C', 'S'].find((letter) => options.has(letter));
    if (missing !== undefined) return await notSimulated(io, `lastlog -${missing}`);
    const sessions = loginSessions(process);
    const wanted = options.value('u');
    if (wanted !== undefined && accountOf(process, wanted) === undefined) {
      await io.warn(`Unknown user or range: ${wanted}`);
      return 3;
    }
    io.line('Username         Port     From                                       Latest');
    for (const [name = ''] of readRows(process, '/etc/passwd')) {
      if (wanted !== undefined && wanted !== name) continue;
      const latest = sessions.filter(({ user }) => user === name).at(-1);
      if (latest === undefined) io.line(`${name.padEnd(16)} ${' '.repeat(51)}**Never logged in**`);
      else
        io.line(
          `${name.padEnd(16)} ${latest.tty.padEnd(8)} ${(latest.from ?? '').padEnd(42)} ${strftime('%a %b %e %H:%M:%S +0000 %Y', latest.startedUs)}`,
        );
    }
    return await io.end(0);
  },
);
