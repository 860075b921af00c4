/** Dates as web servers write them in headers and logs. */
import { civilFromUnix } from '../../../sim/clock.ts';

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const two = (value: number): string => String(value).padStart(2, '0');

/** `Mon, 02 Mar 2026 00:00:00 GMT`. */
export function httpDate(unixMs: number): string {
  const { weekday, day, month, year, hour, minute, second } = civilFromUnix(Math.floor(unixMs / 1000));
  return `${DAYS[weekday] ?? ''}, ${two(day)} ${MONTHS[month - 1] ?? ''} ${String(year)} ${two(hour)}:${two(minute)}:${two(second)} GMT`;
}
/** `02/Mar/2026:00:00:00 +0000`. */
export function logDate(unixMs: number): string {
  const { day, month, year, hour, minute, second } = civilFromUnix(Math.floor(unixMs / 1000));
  return `${two(day)}/${MONTHS[month - 1] ?? ''}/${String(year)}:${two(hour)}:${two(minute)}:${two(second)} +0000`;
}
