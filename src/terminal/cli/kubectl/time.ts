/** Times as the API writes them and as kubectl shows them. */
import { civilFromUnix, daysFromCivil } from '../../../formats/civil-time.ts';
import { humanDuration } from '../../../formats/duration.ts';

/** Unix ms of an RFC 3339 time in UTC; undefined if it is none. */
export function parseTime(text: string): number | undefined {
  const found = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d+))?Z$/.exec(text);
  if (found === null) return undefined;
  const [, year = '', month = '', day = '', hour = '', minute = '', second = '', fraction = ''] = found;
  const ms = Number(`0.${fraction === '' ? '0' : fraction}`) * 1000;
  const days = daysFromCivil(Number(year), Number(month), Number(day));
  return ((days * 24 + Number(hour)) * 60 + Number(minute)) * 60_000 + Number(second) * 1000 + ms;
}

/** The age of a timestamp; `<unknown>` where there is none. */
export function ageOf(timestamp: string, nowMs: number): string {
  const at = parseTime(timestamp);
  return at === undefined ? '<unknown>' : humanDuration(nowMs - at);
}

const DAYS = ['Thu', 'Fri', 'Sat', 'Sun', 'Mon', 'Tue', 'Wed'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `Mon, 02 Mar 2026 00:00:00 +0000`, as describe shows times. */
export function rfc1123(timestamp: string): string {
  const at = parseTime(timestamp);
  if (at === undefined) return '';
  const days = Math.floor(at / 86_400_000);
  const [date = '', clock = ''] = timestamp.split('T');
  const [year = '', month = '', day = ''] = date.split('-');
  return `${DAYS[((days % 7) + 7) % 7] ?? ''}, ${day} ${MONTHS[Number(month) - 1] ?? ''} ${year} ${clock.slice(0, 8)} +0000`;
}

/** RFC 3339 in whole seconds. */
export function rfc3339(ms: number): string {
  const { year, month, day, hour, minute, second } = civilFromUnix(Math.floor(ms / 1000));
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${String(year)}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(second)}Z`;
}
