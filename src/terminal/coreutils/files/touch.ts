import { civilFromUnix, daysFromCivil } from '../../../formats/civil-time.ts';
import { failed, strerror, type SysFailure } from '../../../protocol/errno.ts';
import type { Invocation } from '../command.ts';
import { command, usageError } from '../command.ts';
import { parseDate } from '../date/parse-date.ts';
import { quoteName } from '../quoting.ts';

export const touch = command(
  {
    name: 'touch',
    short: 'acmft:r:d:h',
    long: { 'no-create': 'c', reference: 'r', date: 'd', time: 'time:', 'no-dereference': 'h' },
  },
  async (call) => {
    const { io } = call;
    const when = await wantedTime(call);
    if (when === undefined) return 1;
    if (call.operands.length === 0) return await usageError(call, 'missing file operand');
    let status = 0;
    for (const path of call.operands) {
      const problem = touchOne(call, path, when === 'now' ? undefined : when);
      if (problem === undefined) continue;
      await io.warn(problem);
      status = 1;
    }
    return status;
  },
);

/** Sets the times of one file, making it where it is missing; answers what stands in the way. */
function touchOne({ process, options, flavour }: Invocation, path: string, ms: number | undefined): string | undefined {
  const noFollow = options.has('h');
  const notTouched = (failure: SysFailure): string =>
    `${flavour === 'busybox' ? path : `cannot touch ${quoteName(path)}`}: ${strerror(failure)}`;
  const stat = noFollow ? process.lstat(path) : process.stat(path);
  if (failed(stat)) {
    if (options.has('c')) return undefined;
    if (noFollow) return `setting times of ${quoteName(path)}: ${strerror(stat)}`;
    const fd = process.open(path, { write: true, create: true }, 0o666);
    if (failed(fd)) return notTouched(fd);
    process.close(fd);
    if (ms === undefined) return undefined;
  }
  const time = ms ?? process.time().realtimeUs / 1_000;
  const old = failed(stat) ? { accessedMs: time, modifiedMs: time } : stat;
  const accessed = options.has('m') && !options.has('a') ? old.accessedMs : time;
  const modified = options.has('a') && !options.has('m') ? old.modifiedMs : time;
  const done = process.utimes(path, accessed, modified, { noFollow });
  return failed(done) ? notTouched(done) : undefined;
}

/** The time that the options name in ms, or `now`; undefined after a complaint. */
async function wantedTime(call: Invocation): Promise<number | 'now' | undefined> {
  const { process, io, options } = call;
  const [reference, date, stamp] = [options.value('r'), options.value('d'), options.value('t')];
  if (reference !== undefined) {
    const found = process.stat(reference);
    if (!failed(found)) return found.modifiedMs;
    await io.warn(`failed to get attributes of ${quoteName(reference)}: ${strerror(found)}`);
    return undefined;
  }
  const { realtimeUs } = process.time();
  const parsed =
    date !== undefined
      ? parseDate(date, realtimeUs)
      : stamp !== undefined
        ? parseStamp(stamp, realtimeUs)
        : ('now' as const);
  if (parsed === 'now') return parsed;
  if (parsed !== undefined) return parsed / 1_000;
  await io.warn(`invalid date format \u2018${date ?? stamp ?? ''}\u2019`);
  return undefined;
}

/** `[[CC]YY]MMDDhhmm[.ss]` of -t, in µs. */
function parseStamp(text: string, nowUs: number): number | undefined {
  const match = /^(\d\d)?(\d\d)?(\d\d)(\d\d)(\d\d)(\d\d)(?:\.(\d\d))?$/.exec(text);
  if (match === null) return undefined;
  const [first, second, month, day, hour, minute, seconds] = match
    .slice(1)
    .map((digits: string | undefined) => (digits === undefined ? undefined : Number(digits)));
  if (month === undefined || day === undefined || hour === undefined || minute === undefined) return undefined;
  if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59) return undefined;
  const days = daysFromCivil(stampYear(first, second, nowUs), month, day);
  return (days * 86_400 + hour * 3_600 + minute * 60 + (seconds ?? 0)) * 1e6;
}

/** The year of a stamp's two optional pairs: with one pair alone the century is POSIX's guess. */
function stampYear(first: number | undefined, second: number | undefined, nowUs: number): number {
  if (first === undefined) return civilFromUnix(Math.floor(nowUs / 1e6)).year;
  if (second !== undefined) return first * 100 + second;
  return first + (first < 69 ? 2_000 : 1_900);
}
