/** When a schedule of five fields is due: what cron daemons and CronJobs have in common. Times are UTC. */
import { civilFromUnix } from './civil-time.ts';

export interface CronSchedule {
  readonly minutes: ReadonlySet<number>;
  readonly hours: ReadonlySet<number>;
  readonly days: ReadonlySet<number>;
  readonly months: ReadonlySet<number>;
  /** 0 is Sunday. */
  readonly weekdays: ReadonlySet<number>;
  /** `*` in one of the two day fields lets the other decide alone; where both are restricted, either is enough. */
  readonly anyDay: boolean;
  readonly anyWeekday: boolean;
}

export const CRON_MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
export const CRON_WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
/** Names for whole schedules. */
export const CRON_NAMED: Readonly<Record<string, string>> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
};

/** A schedule that fires never (30 February) is given up after so many days; the 29th may be eight years away. */
const HORIZON_DAYS = 3_000;
const DAY = 86_400;

/** Whether the schedule fires in the minute of this time, Unix seconds. */
export function isScheduled(schedule: CronSchedule, unixSeconds: number): boolean {
  const { minute, hour, day, month, weekday } = civilFromUnix(unixSeconds);
  return (
    schedule.minutes.has(minute) &&
    schedule.hours.has(hour) &&
    schedule.months.has(month) &&
    dayFits(schedule, day, weekday)
  );
}

/** The first minute after this time at which the schedule fires, Unix seconds; undefined where there is none. */
export function nextScheduled(schedule: CronSchedule, afterUnixSeconds: number): number | undefined {
  let at = (Math.floor(afterUnixSeconds / 60) + 1) * 60;
  const end = at + HORIZON_DAYS * DAY;
  while (at < end) {
    const { minute, hour, day, month, weekday } = civilFromUnix(at);
    if (!schedule.months.has(month) || !dayFits(schedule, day, weekday)) at += DAY - hour * 3600 - minute * 60;
    else if (!schedule.hours.has(hour)) at += 3600 - minute * 60;
    else if (!schedule.minutes.has(minute)) at += 60;
    else return at;
  }
  return undefined;
}

function dayFits(schedule: CronSchedule, day: number, weekday: number): boolean {
  const [byDay, byWeekday] = [schedule.days.has(day), schedule.weekdays.has(weekday)];
  return schedule.anyDay || schedule.anyWeekday ? byDay && byWeekday : byDay || byWeekday;
}
