/** Crontabs (crontab(5) of Debian's cron): lines of five fields and a command, settings, @names. Times are UTC. */
import {
  CRON_MONTHS,
  CRON_NAMED,
  CRON_WEEKDAYS,
  type CronSchedule,
  isScheduled,
  nextScheduled,
} from './cron-schedule.ts';

export interface CronJob extends CronSchedule {
  /** Once when the daemon starts, and at no other time. */
  readonly atReboot: boolean;
  /** Of system crontabs. */
  readonly user: string | undefined;
  readonly command: string;
  /** Settings that stood above it. */
  readonly env: Readonly<Record<string, string>>;
}

export interface Crontab {
  readonly jobs: readonly CronJob[];
  /** `bad minute` with the line's number from 1. */
  readonly problems: readonly { readonly line: number; readonly text: string }[];
}

const FIELDS = [
  { name: 'minute', from: 0, to: 59, words: [] },
  { name: 'hour', from: 0, to: 23, words: [] },
  { name: 'day-of-month', from: 1, to: 31, words: [] },
  { name: 'month', from: 1, to: 12, words: CRON_MONTHS },
  { name: 'day-of-week', from: 0, to: 7, words: CRON_WEEKDAYS },
] as const;

/** Reads a crontab; a system's (`/etc/crontab`, `/etc/cron.d`) names the user before the command. */
export function parseCrontab(text: string, system: boolean): Crontab {
  const jobs: CronJob[] = [];
  const problems: { readonly line: number; readonly text: string }[] = [];
  let env: Readonly<Record<string, string>> = {};
  for (const [at, raw] of text.split('\n').entries()) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    const setting = /^([A-Za-z_]\w*)\s*=\s*(.*)$/.exec(line);
    if (setting !== null) {
      env = { ...env, [setting[1] ?? '']: (setting[2] ?? '').replace(/^(["'])(.*)\1$/, '$2') };
      continue;
    }
    const job = parseLine(line, system, env);
    if (typeof job === 'string') problems.push({ line: at + 1, text: job });
    else jobs.push(job);
  }
  return { jobs, problems };
}

function parseLine(line: string, system: boolean, env: CronJob['env']): CronJob | string {
  const [first = ''] = line.split(/\s+/);
  const atReboot = first === '@reboot';
  if (first.startsWith('@') && !atReboot && CRON_NAMED[first] === undefined) return 'bad time specifier';
  const expanded = first.startsWith('@')
    ? `${atReboot ? '* * * * *' : (CRON_NAMED[first] ?? '')}${line.slice(first.length)}`
    : line;
  const [, times = '', rest = ''] = /^((?:\S+\s+){5})(.*)$/.exec(expanded) ?? [];
  const texts = times.trim().split(/\s+/);
  const sets: ReadonlySet<number>[] = [];
  for (const [at, field] of FIELDS.entries()) {
    const set = parseField((times === '' ? expanded.split(/\s+/) : texts)[at] ?? '', field);
    if (set === undefined) return `bad ${field.name}`;
    sets.push(set);
  }
  const [, user, command = rest] = system ? (/^(\S+)\s+(.+)$/.exec(rest) ?? [undefined, undefined, '']) : [];
  if (command === '') return 'bad command';
  const [minutes = EMPTY, hours = EMPTY, days = EMPTY, months = EMPTY, weekdays = EMPTY] = sets;
  return {
    minutes,
    hours,
    days,
    months,
    weekdays,
    anyDay: texts[2]?.startsWith('*') === true,
    anyWeekday: texts[4]?.startsWith('*') === true,
    atReboot,
    user,
    command,
    env,
  };
}
const EMPTY: ReadonlySet<number> = new Set<number>();

/** A field's numbers: `*`, `5`, `1-5`, `mon`, with a step after a slash, parted by commas. */
function parseField(text: string, { from, to, words }: (typeof FIELDS)[number]): ReadonlySet<number> | undefined {
  const set = new Set<number>();
  const number = (word: string): number => {
    const named = words.findIndex((each) => each === word.toLowerCase());
    return named >= 0 ? named + (to === 12 ? 1 : 0) : /^\d+$/.test(word) ? Number(word) : Number.NaN;
  };
  for (const part of text.split(',')) {
    const match = /^(\*|\w+)(?:-(\w+))?(?:\/(\d+))?$/.exec(part);
    if (match === null) return undefined;
    const [, start = '', end, step = '1'] = match;
    const low = start === '*' ? from : number(start);
    const high = end === undefined ? (start === '*' ? to : match[3] === undefined ? low : to) : number(end);
    if (!(low >= from && high <= to && low <= high && Number(step) > 0)) return undefined;
    for (let value = low; value <= high; value += Number(step)) set.add(to === 7 && value === 7 ? 0 : value);
  }
  return set;
}

/** Whether a job is due in the minute of this time, Unix seconds. */
export const isDue = (job: CronJob, unixSeconds: number): boolean => !job.atReboot && isScheduled(job, unixSeconds);

/** The first minute after this time at which a job is due, Unix seconds; undefined where there is none. */
export const nextRun = (job: CronJob, afterUnixSeconds: number): number | undefined =>
  job.atReboot ? undefined : nextScheduled(job, afterUnixSeconds);
