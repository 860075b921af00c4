/**
 * Calendar events as OnCalendar= writes them: `Mon..Fri *-*-1..7 18:00:00`, `*:0/15`, `daily` (systemd.time(7)). Times are UTC.
 * Leaves out: time zones but UTC, fractions of seconds, days counted from the end of a month (`~`).
 */
import { civilFromUnix, daysFromCivil } from './civil-time.ts';

export interface CalendarEvent {
  /** Of each part the values that match, ascending; a year has none where any matches. */
  readonly weekdays: readonly number[];
  readonly years: readonly number[] | undefined;
  readonly months: readonly number[];
  readonly days: readonly number[];
  readonly hours: readonly number[];
  readonly minutes: readonly number[];
  readonly seconds: readonly number[];
}

const SHORTHANDS: Readonly<Record<string, string>> = {
  minutely: '*-*-* *:*:00',
  hourly: '*-*-* *:00:00',
  daily: '*-*-* 00:00:00',
  monthly: '*-*-01 00:00:00',
  weekly: 'Mon *-*-* 00:00:00',
  yearly: '*-01-01 00:00:00',
  annually: '*-01-01 00:00:00',
  quarterly: '*-01,04,07,10-01 00:00:00',
  semiannually: '*-01,07-01 00:00:00',
  'semi-annually': '*-01,07-01 00:00:00',
  biannually: '*-01,07-01 00:00:00',
  'bi-annually': '*-01,07-01 00:00:00',
};
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const WEEKDAY_NAMES = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const FIRST_YEAR = 1970;
/** systemd looks no further. */
const LAST_YEAR = 2199;
const DAY = 86_400;

/** The words of a text with what is left out filled in; nothing is checked. */
export function calendarWords(text: string): {
  readonly days: string;
  readonly date: readonly string[];
  readonly time: readonly string[];
  readonly isUtc: boolean;
  readonly rest: readonly string[];
} {
  const words = (SHORTHANDS[text.trim().toLowerCase()] ?? text).trim().split(/\s+/);
  const isUtc = words.at(-1) === 'UTC';
  if (isUtc) words.pop();
  const days = /^[a-z]/i.test(words[0] ?? '') ? (words.shift() ?? '') : 'sun..sat';
  const date = words[0]?.includes(':') === false ? (words.shift() ?? '') : '*-*-*';
  const time = words.shift() ?? '00:00:00';
  return { days, date: date.split('-'), time: time.split(':'), isUtc, rest: words };
}

/** The event that a text means; undefined where it means none. */
export function parseCalendar(text: string): CalendarEvent | undefined {
  const { days: weekdayText, date: dateParts, time: timeParts, rest } = calendarWords(text);
  const weekdays = parseWeekdays(weekdayText);
  const [year = '', month = '', day = ''] = dateParts.length === 2 ? ['*', ...dateParts] : dateParts;
  const [hour = '', minute = '', second = '00'] = timeParts;
  const parsed = {
    weekdays,
    years: parsePart(year, FIRST_YEAR, LAST_YEAR),
    months: parsePart(month, 1, 12),
    days: parsePart(day, 1, 31),
    hours: parsePart(hour, 0, 23),
    minutes: parsePart(minute, 0, 59),
    seconds: parsePart(second, 0, 59),
  };
  const { years, months, days, hours, minutes, seconds } = parsed;
  const isWhole = rest.length === 0 && dateParts.length <= 3 && timeParts.length >= 2 && timeParts.length <= 3;
  if (!isWhole || !weekdays || !years || !months || !days || !hours || !minutes || !seconds) return undefined;
  return { weekdays, years: year === '*' ? undefined : years, months, days, hours, minutes, seconds };
}

/** The first Unix second after `after` (µs) that the event names, in µs; undefined where there is none. */
export function nextCalendarUs(event: CalendarEvent, after: number): number | undefined {
  const start = Math.floor(after / 1_000_000) + 1;
  const firstDay = Math.floor(start / DAY);
  const lastDay = daysFromCivil(LAST_YEAR, 12, 31);
  for (let day = firstDay; day <= lastDay; day += 1) {
    if (!isOnDay(event, day)) continue;
    const second = firstSecond(event, day === firstDay ? start - day * DAY : 0);
    if (second !== undefined) return (day * DAY + second) * 1_000_000;
  }
  return undefined;
}

function isOnDay(event: CalendarEvent, days: number): boolean {
  const { year, month, day, weekday } = civilFromUnix(days * DAY);
  return (
    event.weekdays.includes(weekday) &&
    (event.years === undefined || event.years.includes(year)) &&
    event.months.includes(month) &&
    event.days.includes(day)
  );
}

/** The first second of the day from `from` on at which the event stands. */
function firstSecond({ hours, minutes, seconds }: CalendarEvent, from: number): number | undefined {
  for (const hour of hours) {
    if (hour * 3600 + 3599 < from) continue;
    for (const minute of minutes) {
      if (hour * 3600 + minute * 60 + 59 < from) continue;
      const second = seconds.find((each) => hour * 3600 + minute * 60 + each >= from);
      if (second !== undefined) return hour * 3600 + minute * 60 + second;
    }
  }
  return undefined;
}

/** `*`, `1,3`, `8..18`, `0/15`, `*` with a step; undefined where it is none of them. */
function parsePart(text: string, least: number, most: number): readonly number[] | undefined {
  const values = new Set<number>();
  for (const piece of text.split(',')) {
    const match = /^(?:\*|(\d+)(?:\.\.(\d+))?)(?:\/(\d+))?$/.exec(piece);
    if (match === null) return undefined;
    const [, from, to, step] = match;
    const first = from === undefined ? least : Number(from);
    const repeats = from === undefined || step !== undefined;
    const last = to === undefined ? (repeats ? most : first) : Number(to);
    const by = step === undefined ? 1 : Number(step);
    if (first < least || last > most || first > last || by === 0) return undefined;
    for (let value = first; value <= last; value += by) values.add(value);
  }
  return [...values].toSorted((a, b) => a - b);
}

function parseWeekdays(text: string): readonly number[] | undefined {
  const found = new Set<number>();
  for (const piece of text.toLowerCase().split(',')) {
    const [from = '', to = from, ...more] = piece.split('..');
    const [first, last] = [weekday(from), weekday(to)];
    if (first === undefined || last === undefined || more.length > 0) return undefined;
    for (let day = first; ; day = (day + 1) % 7) {
      found.add(day);
      if (day === last) break;
    }
  }
  return [...found].toSorted((a, b) => a - b);
}

function weekday(name: string): number | undefined {
  const at = Math.max(WEEKDAYS.indexOf(name), WEEKDAY_NAMES.indexOf(name));
  return at === -1 ? undefined : at;
}
