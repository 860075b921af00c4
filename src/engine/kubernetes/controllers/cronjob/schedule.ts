/** Cron schedules (github.com/robfig/cron/v3's standard parser): five fields, names, steps, @-words; UTC. */
import { civilFromUnix } from '../../../sim/clock.ts';

export interface Schedule {
  readonly minutes: ReadonlySet<number>;
  readonly hours: ReadonlySet<number>;
  readonly days: ReadonlySet<number>;
  readonly months: ReadonlySet<number>;
  readonly weekdays: ReadonlySet<number>;
  /** `*` in one of the two day fields lets the other decide alone. */
  readonly anyDay: boolean;
  readonly anyWeekday: boolean;
}

const WORDS: Readonly<Record<string, string>> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
};
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
/** A schedule that fires never (30 February) is given up after so many days. */
const MAX_DAYS = 366 * 5;

/** The schedule, or undefined where the text is none. */
export function parseSchedule(text: string): Schedule | undefined {
  const fields = (WORDS[text.trim()] ?? text).trim().split(/\s+/);
  if (fields.length !== 5) return undefined;
  const [minute = '', hour = '', day = '', month = '', weekday = ''] = fields;
  const minutes = field(minute, 0, 59);
  const hours = field(hour, 0, 23);
  const days = field(day, 1, 31);
  const months = field(month, 1, 12, MONTHS);
  const weekdays = field(weekday, 0, 6, WEEKDAYS);
  if (
    minutes === undefined ||
    hours === undefined ||
    days === undefined ||
    months === undefined ||
    weekdays === undefined
  )
    return undefined;
  return { minutes, hours, days, months, weekdays, anyDay: /^[*?]/.test(day), anyWeekday: /^[*?]/.test(weekday) };
}

function field(text: string, min: number, max: number, names: readonly string[] = []): Set<number> | undefined {
  const values = new Set<number>();
  const number = (word: string): number => {
    const named = names.indexOf(word.toLowerCase());
    return named >= 0 ? named + (min === 1 ? 1 : 0) : /^\d+$/.test(word) ? Number(word) : NaN;
  };
  for (const part of text.split(',')) {
    const [range = '', stepText] = part.split('/');
    const [fromText = '', toText] = range.split('-');
    const any = fromText === '*' || fromText === '?';
    const from = any ? min : number(fromText);
    const to =
      any || (stepText !== undefined && toText === undefined) ? max : toText === undefined ? from : number(toText);
    const step = stepText === undefined ? 1 : number(stepText);
    if (!(from >= min && to <= max && from <= to && step >= 1)) return undefined;
    for (let value = from; value <= to; value += step) values.add(value);
  }
  return values;
}

/** The first time after `afterMs` (Unix) at which the schedule fires. */
export function nextTime(schedule: Schedule, afterMs: number): number | undefined {
  let at = (Math.floor(afterMs / 60_000) + 1) * 60;
  const end = at + MAX_DAYS * 86_400;
  while (at < end) {
    const civil = civilFromUnix(at);
    if (!schedule.months.has(civil.month) || !dayMatches(schedule, civil.day, civil.weekday))
      at += 86_400 - civil.hour * 3600 - civil.minute * 60;
    else if (!schedule.hours.has(civil.hour)) at += 3600 - civil.minute * 60;
    else if (!schedule.minutes.has(civil.minute)) at += 60;
    else return at * 1000;
  }
  return undefined;
}

function dayMatches(schedule: Schedule, day: number, weekday: number): boolean {
  const byDay = schedule.days.has(day);
  const byWeekday = schedule.weekdays.has(weekday);
  return schedule.anyDay || schedule.anyWeekday ? byDay && byWeekday : byDay || byWeekday;
}
