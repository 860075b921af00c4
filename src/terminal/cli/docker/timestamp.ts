/** Moments as `--since` and `--until` take them (moby api/types/time GetTimestamp): durations before now, dates, Unix times. */
import { parseRfc3339 } from '../../../formats/civil-time.ts';
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
