/** Times as systemd words and reads them. Source: systemd.time(7), systemd src/basic/time-util.c. */
import { daysFromCivil } from '../../formats/civil-time.ts';
import { systemdSpanUs } from '../../formats/systemd-span.ts';

const SECOND = 1_000_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;
const MONTH = 2_629_800 * SECOND;
const YEAR = 31_557_600 * SECOND;

const whole = (us: number, unit: number): string => String(Math.floor(us / unit));
const counted = (us: number, unit: number, name: string): string =>
  `${whole(us, unit)} ${name}${Math.floor(us / unit) === 1 ? '' : 's'}`;

/** How long ago something was: `1min 4s ago`, `now`. */
export const ago = (us: number): string => (us > 0 ? `${distance(us)} ago` : 'now');

/** How long there is left until then: `1min 4s`; how long ago it was where it is over. */
export const left = (us: number): string => (us > 0 ? distance(us) : ago(-us));

function distance(us: number): string {
  if (us >= YEAR) return `${counted(us, YEAR, 'year')} ${counted(us % YEAR, MONTH, 'month')}`;
  if (us >= MONTH) return `${counted(us, MONTH, 'month')} ${counted(us % MONTH, DAY, 'day')}`;
  if (us >= WEEK) return `${counted(us, WEEK, 'week')} ${counted(us % WEEK, DAY, 'day')}`;
  if (us >= 2 * DAY) return `${whole(us, DAY)} days`;
  if (us >= 25 * HOUR) return `1 day ${whole(us - DAY, HOUR)}h`;
  if (us >= 6 * HOUR) return `${whole(us, HOUR)}h`;
  if (us >= HOUR) return `${whole(us, HOUR)}h ${whole(us % HOUR, MINUTE)}min`;
  if (us >= 5 * MINUTE) return `${whole(us, MINUTE)}min`;
  if (us >= MINUTE) return `${whole(us, MINUTE)}min ${whole(us % MINUTE, SECOND)}s`;
  if (us >= SECOND) return `${whole(us, SECOND)}s`;
  if (us >= 1000) return `${whole(us, 1000)}ms`;
  return `${String(us)}us`;
}

const PARTS = [
  [DAY, 'd'],
  [HOUR, 'h'],
  [MINUTE, 'min'],
] as const;

/** A span to the millisecond: `1min 30.500s`, `5.003s`, `12ms`. */
export function span(us: number): string {
  const words: string[] = [];
  let rest = us;
  for (const [unit, name] of PARTS) {
    if (rest < unit) continue;
    words.push(`${whole(rest, unit)}${name}`);
    rest %= unit;
  }
  const ms = Math.floor(rest / 1000);
  if (ms >= 1000) words.push(ms % 1000 === 0 ? `${String(ms / 1000)}s` : `${(ms / 1000).toFixed(3)}s`);
  else if (ms > 0) words.push(`${String(ms)}ms`);
  return words.length === 0 ? '0' : words.join(' ');
}

/** Unix µs of `2026-03-02 10:00`, `10:00`, `today`, `-5min`, `1h ago`; undefined where it is no time. Times are UTC. */
export function timestampUs(text: string, nowUs: number): number | undefined {
  const midnight = nowUs - (nowUs % DAY);
  const words: Readonly<Record<string, number>> = {
    now: nowUs,
    today: midnight,
    yesterday: midnight - DAY,
    tomorrow: midnight + DAY,
  };
  const named = words[text];
  if (named !== undefined) return named;
  const relative = /^([-+])(.+)$/.exec(text) ?? /^()(.+) ago$/.exec(text);
  if (relative !== null) {
    const us = systemdSpanUs(relative[2] ?? '');
    return us === undefined ? undefined : nowUs + (relative[1] === '+' ? us : -us);
  }
  if (/^@\d+(\.\d+)?$/.test(text)) return Number(text.slice(1)) * SECOND;
  const full = /^(?:(\d{4})-(\d\d)-(\d\d))?(?:(?:^|[ T])(\d\d):(\d\d)(?::(\d\d(?:\.\d+)?))?)?(?: UTC)?$/.exec(text);
  if (full === null || text.trim() === '') return undefined;
  const [, year, month, day, hour = '0', minute = '0', second = '0'] = full;
  const date = year === undefined ? midnight : daysFromCivil(Number(year), Number(month), Number(day)) * DAY;
  return date + Number(hour) * HOUR + Number(minute) * MINUTE + Number(second) * SECOND;
}
