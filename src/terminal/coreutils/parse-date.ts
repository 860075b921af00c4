import { daysFromCivil } from '../../formats/civil-time.ts';
import { civil } from '../strftime.ts';

const UNITS: Readonly<Record<string, number>> = {
  sec: 1,
  second: 1,
  min: 60,
  minute: 60,
  hour: 3_600,
  day: 86_400,
  week: 604_800,
  fortnight: 1_209_600,
};
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** A date as GNU date -d reads the usual ones; Unix time in µs, undefined where it is not understood. */
export function parseDate(text: string, nowUs: number): number | undefined {
  const epoch = /^@(-?\d+)(?:\.(\d+))?$/.exec(text.trim());
  if (epoch !== null) return Number(epoch[1]) * 1e6 + Number(`0.${epoch[2] ?? '0'}`) * 1e6;
  const now = civil(nowUs);
  let { year, month, day, hour, minute, second } = now;
  let shift = 0;
  let zone = 0;
  let rest = text.trim().toLowerCase();
  let timed = false;
  let dated = false;
  const take = (pattern: RegExp): RegExpExecArray | null => {
    const match = pattern.exec(rest);
    if (match !== null) rest = rest.slice(match[0].length).trim();
    return match;
  };
  while (rest !== '') {
    let match: RegExpExecArray | null;
    if ((match = take(/^(\d{4})-(\d{1,2})-(\d{1,2})t?/)) !== null) {
      [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
      dated = true;
    } else if ((match = take(/^(\d{4})(\d{2})(\d{2})\b/)) !== null) {
      [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
      dated = true;
    } else if ((match = take(/^(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?\s*(am|pm)?/)) !== null) {
      [hour, minute, second] = [
        (Number(match[1]) % (match[4] === undefined ? 24 : 12)) + (match[4] === 'pm' ? 12 : 0),
        Number(match[2]),
        Number(match[3] ?? '0'),
      ];
      timed = true;
    } else if (
      (match = take(
        /^(?:(\d{1,2})\s+)?(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?(?:\s+(\d{1,2})(?!:|\d))?(?:,?\s+(\d{4}))?/,
      )) !== null
    ) {
      month = MONTHS.indexOf(match[2] ?? '') + 1;
      day = Number(match[1] ?? match[3] ?? '1');
      if (match[4] !== undefined) year = Number(match[4]);
      dated = true;
    } else if (
      (match = take(/^([-+]?)\s*(\d+)?\s*(sec|second|min|minute|hour|day|week|fortnight|month|year)s?(\s+ago)?\b/)) !==
      null
    ) {
      const count = Number(match[2] ?? '1') * (match[1] === '-' ? -1 : 1) * (match[4] === undefined ? 1 : -1);
      const unit = match[3] ?? '';
      if (unit === 'month') month += count;
      else if (unit === 'year') year += count;
      else shift += count * (UNITS[unit] ?? 0);
      dated ||= unit === 'day' || unit === 'week';
      timed = true;
    } else if (take(/^(now|today)\b/) !== null) timed = true;
    else if (take(/^tomorrow\b/) !== null) {
      shift += 86_400;
      timed = true;
    } else if (take(/^yesterday\b/) !== null) {
      shift -= 86_400;
      timed = true;
    } else if (take(/^(last|next)\s+(day|week|month|year)\b/) !== null) {
      return undefined;
    } else if (take(/^(utc|gmt|z)\b/) !== null) zone = 0;
    else if ((match = take(/^([-+])(\d{2}):?(\d{2})/)) !== null)
      zone = (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3]));
    else if (take(/^(mon|tue|wed|thu|fri|sat|sun)[a-z]*,?/) === null) return undefined;
  }
  if (dated && !timed) [hour, minute, second] = [0, 0, 0];
  const carry = Math.floor((month - 1) / 12);
  const days = daysFromCivil(year + carry, month - carry * 12, day);
  return (
    (days * 86_400 + hour * 3_600 + minute * 60 + second + shift - zone * 60) * 1e6 +
    (timed && !dated && shift !== 0 ? now.nanosecond / 1_000 : 0)
  );
}
