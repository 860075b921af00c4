/** Cron schedules (github.com/robfig/cron/v3's standard parser): five fields, names, steps, @-words; UTC. */
import {
  CRON_MONTHS,
  CRON_NAMED,
  CRON_WEEKDAYS,
  type CronSchedule,
  nextScheduled,
} from '../../../../formats/cron-schedule.ts';

/** The schedule, or undefined where the text is none. */
export function parseSchedule(text: string): CronSchedule | undefined {
  const fields = (CRON_NAMED[text.trim()] ?? text).trim().split(/\s+/);
  if (fields.length !== 5) return undefined;
  const [minute = '', hour = '', day = '', month = '', weekday = ''] = fields;
  const minutes = field(minute, 0, 59);
  const hours = field(hour, 0, 23);
  const days = field(day, 1, 31);
  const months = field(month, 1, 12, CRON_MONTHS);
  const weekdays = field(weekday, 0, 6, CRON_WEEKDAYS);
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
export function nextTime(schedule: CronSchedule, afterMs: number): number | undefined {
  const next = nextScheduled(schedule, Math.floor(afterMs / 1000));
  return next === undefined ? undefined : next * 1000;
}
