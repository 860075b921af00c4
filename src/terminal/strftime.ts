/** Dates in UTC, which is the zone hosts run in; zone arithmetic is by a fixed offset in minutes. */
import { type CivilTime as CalendarTime, civilFromUnix, daysFromCivil } from '../formats/civil-time.ts';

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

export interface CivilTime extends CalendarTime {
  readonly nanosecond: number;
}

/** Calendar fields of a Unix time in µs (proleptic Gregorian). */
export function civil(unixUs: number, offsetMinutes = 0): CivilTime {
  const shifted = unixUs + offsetMinutes * 60_000_000;
  const seconds = Math.floor(shifted / 1e6);
  return { ...civilFromUnix(seconds), nanosecond: Math.round(shifted - seconds * 1e6) * 1_000 };
}

/** strftime(3) with GNU's `-`, `_` and `0` flags and `%N`. */
export function strftime(format: string, unixUs: number, offsetMinutes = 0): string {
  const t = civil(unixUs, offsetMinutes);
  const seconds = Math.floor(unixUs / 1e6);
  return format.replace(/%([-_0^]?)(\d*)(:?[A-Za-z%+])/g, (whole, flag: string, width: string, code: string) => {
    const number = (n: number, size: number, fill = '0'): string =>
      flag === '-'
        ? String(n)
        : String(n).padStart(width === '' ? size : Number(width), flag === '_' ? ' ' : flag === '0' ? '0' : fill);
    const text = (value: string): string => (flag === '^' ? value.toUpperCase() : value);
    const hour12 = t.hour % 12 === 0 ? 12 : t.hour % 12;
    switch (code) {
      case 'Y':
        return number(t.year, 4);
      case 'C':
        return number(Math.floor(t.year / 100), 2);
      case 'y':
        return number(t.year % 100, 2);
      case 'm':
        return number(t.month, 2);
      case 'd':
        return number(t.day, 2);
      case 'e':
        return number(t.day, 2, ' ');
      case 'H':
        return number(t.hour, 2);
      case 'k':
        return number(t.hour, 2, ' ');
      case 'I':
        return number(hour12, 2);
      case 'l':
        return number(hour12, 2, ' ');
      case 'M':
        return number(t.minute, 2);
      case 'S':
        return number(t.second, 2);
      case 'N':
        return String(t.nanosecond)
          .padStart(9, '0')
          .slice(0, width === '' ? 9 : Number(width));
      case 's':
        return String(seconds);
      case 'j':
        return number(t.yearDay, 3);
      case 'u':
        return String(t.weekday === 0 ? 7 : t.weekday);
      case 'w':
        return String(t.weekday);
      case 'a':
        return text((DAYS[t.weekday] ?? '').slice(0, 3));
      case 'A':
        return text(DAYS[t.weekday] ?? '');
      case 'b':
      case 'h':
        return text((MONTHS[t.month - 1] ?? '').slice(0, 3));
      case 'B':
        return text(MONTHS[t.month - 1] ?? '');
      case 'p':
        return t.hour < 12 ? 'AM' : 'PM';
      case 'P':
        return t.hour < 12 ? 'am' : 'pm';
      case 'Z':
        return 'UTC';
      case 'z':
        return offsetText(offsetMinutes, '');
      case ':z':
        return offsetText(offsetMinutes, ':');
      case 'n':
        return '\n';
      case 't':
        return '\t';
      case '%':
        return '%';
      case 'F':
        return strftime('%Y-%m-%d', unixUs, offsetMinutes);
      case 'T':
        return strftime('%H:%M:%S', unixUs, offsetMinutes);
      case 'R':
        return strftime('%H:%M', unixUs, offsetMinutes);
      case 'D':
      case 'x':
        return strftime('%m/%d/%y', unixUs, offsetMinutes);
      case 'X':
        return strftime('%H:%M:%S', unixUs, offsetMinutes);
      case 'r':
        return strftime('%I:%M:%S %p', unixUs, offsetMinutes);
      case 'c':
        return strftime('%a %b %e %H:%M:%S %Y', unixUs, offsetMinutes);
      case '+':
        return strftime('%a %b %e %H:%M:%S %Z %Y', unixUs, offsetMinutes);
      case 'V':
      case 'G':
        return isoWeek(t, code === 'G');
      case 'U':
        return number(Math.floor((t.yearDay + 6 - t.weekday) / 7), 2);
      case 'W':
        return number(Math.floor((t.yearDay + 6 - ((t.weekday + 6) % 7)) / 7), 2);
      default:
        return whole;
    }
  });
}

function offsetText(minutes: number, colon: string): string {
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${String(Math.floor(size / 60)).padStart(2, '0')}${colon}${String(size % 60).padStart(2, '0')}`;
}

function isoWeek(t: CivilTime, yearOnly: boolean): string {
  const day = daysFromCivil(t.year, t.month, t.day);
  const thursday = day - ((t.weekday + 6) % 7) + 3;
  const { year } = civilFromUnix(86_400 * thursday);
  return yearOnly ? String(year) : String(Math.floor((thursday - daysFromCivil(year, 1, 1)) / 7) + 1).padStart(2, '0');
}
