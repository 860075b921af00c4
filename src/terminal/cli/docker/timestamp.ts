/** Moments as `--since` and `--until` take them (moby api/types/time GetTimestamp): durations before now, dates, Unix times. */
import { civilFromUnix, parseRfc3339 } from '../../../formats/civil-time.ts';
import { parseGoDuration } from '../../../formats/duration.ts';

/** `seconds` or `seconds.nanoseconds` as the daemon reads them. Hosts run in UTC, so dates without a zone are of it. */
export function timestamp(value: string, nowUnixUs: number): { readonly text: string } | { readonly error: string } {
  const duration = value === '0' ? undefined : parseGoDuration(value);
  if (duration?.ok === true) return { text: String(Math.floor((nowUnixUs - Number(duration.ns / 1000n)) / 1_000_000)) };
  const date = wholeDate(value);
  const unixMs = date === undefined ? undefined : parseRfc3339(date);
  if (unixMs !== undefined) {
    const nanos = (/\.(\d+)/.exec(value)?.[1] ?? '').padEnd(9, '0').slice(0, 9);
    return { text: `${String(Math.floor(unixMs / 1000))}.${nanos}` };
  }
  if (value.includes('-'))
    return {
      error: `parsing time ${JSON.stringify(value)} as "2006-01-02": cannot parse ${JSON.stringify(value)} as "2006"`,
    };
  if (!/^\d+(\.\d+)?$/.test(value))
    return { error: `failed to parse value as time or duration: ${JSON.stringify(value)}` };
  return { text: value };
}

const DATE = /^(\d{4}-\d\d-\d\d)(?:T(\d\d)(?::(\d\d)(?::(\d\d)(\.\d+)?)?)?)?([zZ]|[+-]\d\d:\d\d)?$/;

/** The same with everything that may be left out. */
function wholeDate(value: string): string | undefined {
  const match = DATE.exec(value);
  if (match === null) return undefined;
  const [, day = '', hour = '00', minute = '00', second = '00', , zone = 'Z'] = match;
  return `${day}T${hour}:${minute}:${second}${zone.toUpperCase()}`;
}

/** Go's Time.String() of whole seconds: `2026-03-02 00:00:00 +0000 UTC`. */
export function civilText(unixSeconds: number): string {
  const { year, month, day, hour, minute, second } = civilFromUnix(unixSeconds);
  const two = (part: number): string => String(part).padStart(2, '0');
  return `${String(year)}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)}:${two(second)} +0000 UTC`;
}

/** Whole seconds as RFC 3339. */
export const rfc3339 = (unixSeconds: number): string =>
  civilText(unixSeconds).replace(' ', 'T').replace(' +0000 UTC', 'Z');

/** Go's Time.String() of an RFC 3339 moment of UTC, with the fraction it has. */
export const momentText = (moment: string): string => moment.replace('T', ' ').replace(/Z$/, ' +0000 UTC');
