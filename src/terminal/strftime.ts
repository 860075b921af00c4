/** Dates as programs print them; zone arithmetic is by a fixed offset in minutes. */
import { type CivilTime as CalendarTime, civilFromUnix, daysFromCivil } from '../formats/civil-time.ts';

export const DAY_NAMES = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
export const MONTH_NAMES = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

export interface CivilTime extends CalendarTime {
  readonly nanosecond: number;
}

/** Calendar fields of a Unix time in µs (proleptic Gregorian). */
export function civil(unixUs: number, offsetMinutes = 0): CivilTime {
  const shifted = unixUs + offsetMinutes * 60_000_000;
  const seconds = Math.floor(shifted / 1e6);
  return { ...civilFromUnix(seconds), nanosecond: Math.round(shifted - seconds * 1e6) * 1_000 };
}

interface Moment extends CivilTime {
  readonly unixSeconds: number;
  readonly offsetMinutes: number;
  readonly zone: string;
}

/** strftime(3) with GNU's flags (`-` `_` `0` `^` `#`), widths and `%N`. */
export function strftime(format: string, unixUs: number, offsetMinutes = 0, zone = 'UTC'): string {
  const moment = { ...civil(unixUs, offsetMinutes), unixSeconds: Math.floor(unixUs / 1e6), offsetMinutes, zone };
  return expand(format, moment);
}

function expand(format: string, moment: Moment): string {
  return format.replace(/%([-_0^#]*)(\d*)(:{0,3}[A-Za-z%+])/g, (whole, flags: string, width: string, code: string) => {
    const size = width === '' ? undefined : Number(width);
    const number = NUMBERS[code];
    if (number !== undefined) return padNumber(number[0](moment), number[1], number[2] ?? '0', flags, size);
    if (code === 'N') return fraction(moment.nanosecond, flags, size);
    const text = TEXTS[code]?.(moment) ?? (COMPOSED[code] === undefined ? undefined : expand(COMPOSED[code], moment));
    return text === undefined ? whole : padText(text, code, flags, size);
  });
}

const hour12 = ({ hour }: Moment): number => (hour % 12 === 0 ? 12 : hour % 12);

/** Fields that are numbers: their value, their width and what fills it. */
const NUMBERS: Readonly<Record<string, readonly [(t: Moment) => number, number, string?]>> = {
  Y: [(t) => t.year, 4],
  C: [(t) => Math.floor(t.year / 100), 2],
  y: [(t) => t.year % 100, 2],
  G: [(t) => isoWeek(t).year, 4],
  g: [(t) => isoWeek(t).year % 100, 2],
  m: [(t) => t.month, 2],
  d: [(t) => t.day, 2],
  e: [(t) => t.day, 2, ' '],
  H: [(t) => t.hour, 2],
  k: [(t) => t.hour, 2, ' '],
  I: [hour12, 2],
  l: [hour12, 2, ' '],
  M: [(t) => t.minute, 2],
  S: [(t) => t.second, 2],
  s: [(t) => t.unixSeconds, 1],
  j: [(t) => t.yearDay, 3],
  u: [(t) => (t.weekday === 0 ? 7 : t.weekday), 1],
  w: [(t) => t.weekday, 1],
  V: [(t) => isoWeek(t).week, 2],
  U: [(t) => Math.floor((t.yearDay + 6 - t.weekday) / 7), 2],
  W: [(t) => Math.floor((t.yearDay + 6 - ((t.weekday + 6) % 7)) / 7), 2],
};

const TEXTS: Readonly<Record<string, (t: Moment) => string>> = {
  a: (t) => (DAY_NAMES[t.weekday] ?? '').slice(0, 3),
  A: (t) => DAY_NAMES[t.weekday] ?? '',
  b: (t) => (MONTH_NAMES[t.month - 1] ?? '').slice(0, 3),
  h: (t) => (MONTH_NAMES[t.month - 1] ?? '').slice(0, 3),
  B: (t) => MONTH_NAMES[t.month - 1] ?? '',
  p: (t) => (t.hour < 12 ? 'AM' : 'PM'),
  P: (t) => (t.hour < 12 ? 'am' : 'pm'),
  Z: (t) => t.zone,
  z: (t) => offsetText(t.offsetMinutes, ''),
  ':z': (t) => offsetText(t.offsetMinutes, ':'),
  '::z': (t) => `${offsetText(t.offsetMinutes, ':')}:00`,
  n: () => '\n',
  t: () => '\t',
  '%': () => '%',
};

const COMPOSED: Readonly<Record<string, string>> = {
  F: '%Y-%m-%d',
  T: '%H:%M:%S',
  X: '%H:%M:%S',
  R: '%H:%M',
  D: '%m/%d/%y',
  x: '%m/%d/%y',
  r: '%I:%M:%S %p',
  c: '%a %b %e %H:%M:%S %Y',
  '+': '%a %b %e %H:%M:%S %Z %Y',
};

function padNumber(value: number, width: number, fill: string, flags: string, asked: number | undefined): string {
  if (flags.includes('-')) return String(value);
  return String(value).padStart(asked ?? width, flags.includes('_') ? ' ' : flags.includes('0') ? '0' : fill);
}

function padText(text: string, code: string, flags: string, width: number | undefined): string {
  const lower = flags.includes('#') && (code === 'Z' || code === 'p');
  const cased = lower ? text.toLowerCase() : /[\^#]/.test(flags) ? text.toUpperCase() : text;
  return width === undefined ? cased : cased.padStart(width, flags.includes('0') ? '0' : ' ');
}

function fraction(nanosecond: number, flags: string, width: number | undefined): string {
  const digits = String(nanosecond)
    .padStart(9, '0')
    .slice(0, width ?? 9);
  return flags.includes('-') ? digits.replace(/0+$/, '') || '0' : digits;
}

function offsetText(minutes: number, colon: string): string {
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${String(Math.floor(size / 60)).padStart(2, '0')}${colon}${String(size % 60).padStart(2, '0')}`;
}

/** ISO 8601: a week belongs to the year of its Thursday. */
function isoWeek(t: CivilTime): { readonly year: number; readonly week: number } {
  const thursday = daysFromCivil(t.year, t.month, t.day) - ((t.weekday + 6) % 7) + 3;
  const { year } = civilFromUnix(86_400 * thursday);
  return { year, week: Math.floor((thursday - daysFromCivil(year, 1, 1)) / 7) + 1 };
}
