/**
 * Dates as GNU `date -d` reads them.
 * Models: ISO, US, RFC 2822 and spelt dates, times with meridiem and zone, days of the week, relative items.
 * Leaves out: ordinals beyond `last`, `this` and `next`, military zone letters other than z.
 */
import { daysFromCivil } from '../../../formats/civil-time.ts';
import { civil } from '../../strftime.ts';
import type { Zone } from './zone.ts';
import { zoneOf } from './zone.ts';

/** What the items of a date have said so far. */
interface Reading {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  microsecond: number;
  dated: boolean;
  timed: boolean;
  /** A day of the week and which one of them: 0 the coming one, 1 the one after, -1 the last. */
  weekday: { readonly day: number; readonly ordinal: number } | undefined;
  offsetMinutes: number;
  /** Relative items, added in the end, whatever stood before them. */
  shiftMonths: number;
  shiftDays: number;
  shiftSeconds: number;
}

type Item = readonly [RegExp, (reading: Reading, match: readonly (string | undefined)[]) => boolean];

const MONTHS = 'jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec';
const DAYS = 'sun|mon|tue|wed|thu|fri|sat';
const SECONDS: Readonly<Record<string, number>> = {
  sec: 1,
  second: 1,
  min: 60,
  minute: 60,
  hour: 3_600,
  day: 86_400,
  week: 604_800,
  fortnight: 1_209_600,
};
const DAY_UNITS: ReadonlySet<string> = new Set(['day', 'week', 'fortnight']);
const RELATIVE = '(sec|second|min|minute|hour|day|week|fortnight|month|year)s?\\b';
const ORDINALS: Readonly<Record<string, number>> = { last: -1, this: 0, next: 1 };

/** Unix time in µs; undefined where it is not understood. Fields without a zone are of `zone`. */
export function parseDate(text: string, nowUs: number, zone: Zone = zoneOf(undefined)): number | undefined {
  const named = /^\s*TZ="([^"]*)"\s*/.exec(text);
  if (named !== null) return parseDate(text.slice(named[0].length), nowUs, zoneOf(named[1]));
  const epoch = /^\s*@(-?\d+)(?:\.(\d+))?/.exec(text);
  const startUs = epoch === null ? nowUs : Number(epoch[1]) * 1e6 + Number(`0.${epoch[2] ?? '0'}`) * 1e6;
  const reading = startReading(startUs, epoch === null ? zone.offsetMinutes : 0);
  let rest = text
    .slice(epoch?.[0].length ?? 0)
    .trim()
    .toLowerCase();
  if (epoch !== null) reading.timed = true;
  else if (rest === '') reading.dated = true;
  if (epoch !== null && rest !== '') return undefined;
  while (rest !== '') {
    const length = readItem(reading, rest);
    if (length === 0) return undefined;
    rest = rest.slice(length).trimStart();
  }
  return toUnixUs(reading);
}

function startReading(nowUs: number, offsetMinutes: number): Reading {
  const { year, month, day, hour, minute, second, nanosecond } = civil(nowUs, offsetMinutes);
  return {
    year,
    month,
    day,
    hour,
    minute,
    second,
    microsecond: nanosecond / 1_000,
    dated: false,
    timed: false,
    weekday: undefined,
    offsetMinutes,
    shiftMonths: 0,
    shiftDays: 0,
    shiftSeconds: 0,
  };
}

/** How many characters the next item takes; 0 where there is none. */
function readItem(reading: Reading, text: string): number {
  for (const [pattern, take] of ITEMS) {
    const match = pattern.exec(text);
    if (match !== null && take(reading, match)) return match[0].length;
  }
  return 0;
}

const ITEMS: readonly Item[] = [
  [/^(\d{4})-(\d{1,2})-(\d{1,2})(?:t(?=\d))?/, (r, [, y, m, d]) => setDate(r, y, m, d)],
  [/^(\d{1,2})\/(\d{1,2})(?:\/(\d{4}|\d\d))?/, (r, [, m, d, y]) => setDate(r, y, m, d)],
  [new RegExp(`^(\\d{1,2})[- ]?(${MONTHS})[a-z]*\\.?[- ,]*(\\d{4})?(?!:)`), (r, [, d, m, y]) => setDate(r, y, m, d)],
  [
    new RegExp(`^(${MONTHS})[a-z]*\\.?[- ]*(\\d{1,2})(?!\\d|:)(?:,? +(\\d{4})(?!:))?`),
    (r, [, m, d, y]) => setDate(r, y, m, d),
  ],
  [/^(\d{4})(\d\d)(\d\d)(?!\d)/, (r, [, y, m, d]) => setDate(r, y, m, d)],
  [
    /^(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?\s*([ap]\.?m\.?)?(?:\s*([-+])(\d\d):?(\d\d)?)?/,
    (r, [, h, m, s, fraction, half, sign, zh, zm]) => {
      if (sign !== undefined) r.offsetMinutes = (sign === '-' ? -1 : 1) * (Number(zh) * 60 + Number(zm ?? '0'));
      return setTime(r, h, m, s, half, fraction);
    },
  ],
  [/^(\d{1,2})\s*([ap]\.?m\.?)/, (r, [, h, half]) => setTime(r, h, '0', '0', half)],
  [/^(\d\d)(\d\d)(?!\d)/, (r, [, h, m]) => r.dated && setTime(r, h, m, '0')],
  [
    new RegExp(`^([-+]?)\\s*(\\d+)\\s*${RELATIVE}(\\s+ago\\b)?`),
    (r, [, sign, count, unit = '', ago]) =>
      shift(r, Number(count) * (sign === '-' ? -1 : 1) * (ago === undefined ? 1 : -1), unit),
  ],
  [
    new RegExp(`^(?:(last|this|next)\\s+)?${RELATIVE}(\\s+ago\\b)?`),
    (r, [, ordinal, unit = '', ago]) =>
      shift(r, (ordinal === undefined ? 1 : (ORDINALS[ordinal] ?? 0)) * (ago === undefined ? 1 : -1), unit),
  ],
  [
    new RegExp(`^(?:(last|this|next)\\s+)?(${DAYS})[a-z]*,?`),
    (r, [, ordinal, day = '']) => {
      r.weekday = { day: DAYS.split('|').indexOf(day), ordinal: ordinal === undefined ? 0 : (ORDINALS[ordinal] ?? 0) };
      return true;
    },
  ],
  [/^(now|today)\b/, () => true],
  [/^tomorrow\b/, (r) => shift(r, 1, 'day')],
  [/^yesterday\b/, (r) => shift(r, -1, 'day')],
  [/^(utc|gmt|z)\b/, (r) => setZone(r, 0)],
  [/^(kst|jst)\b/, (r) => setZone(r, 540)],
];

function setDate(r: Reading, year: string | undefined, month = '', day = ''): boolean {
  const named = MONTHS.split('|').indexOf(month) + 1;
  const [m, d] = [named > 0 ? named : Number(month), Number(day)];
  if (m < 1 || m > 12 || d < 1 || d > 31) return false;
  if (year !== undefined) r.year = year.length > 2 ? Number(year) : Number(year) + (Number(year) < 69 ? 2_000 : 1_900);
  [r.month, r.day, r.dated] = [m, d, true];
  return true;
}

function setTime(r: Reading, hour = '', minute = '', second = '0', half?: string, fraction?: string): boolean {
  const h = half === undefined ? Number(hour) : (Number(hour) % 12) + (half.startsWith('p') ? 12 : 0);
  if (h > 23 || Number(minute) > 59 || Number(second) > 60 || (half !== undefined && Number(hour) > 12)) return false;
  [r.hour, r.minute, r.second, r.timed] = [h, Number(minute), Number(second), true];
  r.microsecond = Math.round(Number(`0.${fraction ?? '0'}`) * 1e6);
  return true;
}

function setZone(r: Reading, minutes: number): boolean {
  r.offsetMinutes = minutes;
  return true;
}

function shift(r: Reading, count: number, unit: string): boolean {
  const seconds = count * (SECONDS[unit] ?? 0);
  if (unit === 'month' || unit === 'year') r.shiftMonths += count * (unit === 'year' ? 12 : 1);
  else if (DAY_UNITS.has(unit)) r.shiftDays += seconds / 86_400;
  else r.shiftSeconds += seconds;
  return true;
}

function toUnixUs(r: Reading): number {
  // A date or a day of the week without a time means its midnight.
  if ((r.dated || r.weekday !== undefined) && !r.timed) [r.hour, r.minute, r.second, r.microsecond] = [0, 0, 0, 0];
  const month = r.month + r.shiftMonths;
  const carry = Math.floor((month - 1) / 12);
  let days = daysFromCivil(r.year + carry, month - carry * 12, r.day) + r.shiftDays;
  if (r.weekday !== undefined && !r.dated) days += daysUntil(days, r.weekday);
  const seconds = days * 86_400 + r.hour * 3_600 + r.minute * 60 + r.second + r.shiftSeconds - r.offsetMinutes * 60;
  return seconds * 1e6 + r.microsecond;
}

function daysUntil(days: number, { day, ordinal }: { readonly day: number; readonly ordinal: number }): number {
  const ahead = (day - ((((days + 4) % 7) + 7) % 7) + 7) % 7;
  return ahead + 7 * (ordinal - (ordinal > 0 && ahead !== 0 ? 1 : 0));
}
