/** The line that uptime, w and top share (procps library/uptime.c). */
import type { Process } from '../../protocol/program.ts';
import { fileText } from '../io.ts';
import { strftime } from '../strftime.ts';
import { loginSessions } from '../system/accounts/login-sessions.ts';

/** Seconds since boot. */
export const uptimeSeconds = (process: Process): number =>
  Number((fileText(process, '/proc/uptime') ?? '0').split(' ')[0]);

const procpsCount = (users: number): string => `${String(users)} user${users > 1 ? 's' : ''}`;

/** ` 10:10:26 up  6:48,  0 user,  load average: 3.71, 5.98, 5.18`. */
export function uptimeLine(process: Process, countOf: (users: number) => string = procpsCount): string {
  const up = Math.floor(uptimeSeconds(process));
  const [days, hours, minutes] = [Math.floor(up / 86_400), Math.floor(up / 3_600) % 24, Math.floor(up / 60) % 60];
  const load = (fileText(process, '/proc/loadavg') ?? '0.00 0.00 0.00').split(' ').slice(0, 3).join(', ');
  const day = days > 0 ? `${String(days)} day${days > 1 ? 's' : ''}, ` : '';
  const clock =
    hours > 0 ? `${String(hours).padStart(2)}:${String(minutes).padStart(2, '0')}` : `${String(minutes)} min`;
  const people = countOf(loginSessions(process).length);
  return ` ${strftime('%H:%M:%S', process.time().realtimeUs)} up ${day}${clock},  ${people},  load average: ${load}`;
}

/** `up 2 days, 6 hours, 48 minutes`. */
export function prettyUptime(process: Process): string {
  const up = Math.floor(uptimeSeconds(process));
  const parts = [
    [Math.floor(up / 604_800), 'week'],
    [Math.floor(up / 86_400) % 7, 'day'],
    [Math.floor(up / 3_600) % 24, 'hour'],
    [Math.floor(up / 60) % 60, 'minute'],
  ] as const;
  const shown = parts.filter(([count, unit]) => count > 0 || (unit === 'minute' && up < 60));
  return `up ${shown.map(([count, unit]) => `${String(count)} ${unit}${count === 1 ? '' : 's'}`).join(', ')}`;
}
