/** Calendar events as systemd itself writes them: `Mon..Fri *-*-* 09,17:00:00`. Source: systemd src/shared/calendarspec.c. */
import { calendarWords, parseCalendar, type CalendarEvent } from './systemd-calendar.ts';

/** The normal form of a text; undefined where it means no event. */
export function calendarText(text: string): string | undefined {
  const event = parseCalendar(text);
  if (event === undefined) return undefined;
  const { date, time, isUtc } = calendarWords(text);
  const [year = '*', month = '*', day = '*'] = date.length === 2 ? ['*', ...date] : date;
  const [hour = '0', minute = '0', second = '0'] = time;
  const days = [component(year, 4), component(month, 2), component(day, 2)].join('-');
  const moments = [hour, minute, second].map((part) => component(part, 2)).join(':');
  return [weekdaysText(event), days, moments, isUtc ? 'UTC' : ''].filter((word) => word !== '').join(' ');
}

/** `0/15` is `00/15`; `*` with a step begins at the least value. */
function component(text: string, width: number): string {
  const pad = (digits: string): string => String(Number(digits)).padStart(width, '0');
  const least = width === 2 ? '00' : '1970';
  return text
    .split(',')
    .map((piece) => (/^\*\/\d+$/.test(piece) ? piece.replace('*', least) : piece))
    .map((piece) =>
      piece.replace(/^(\d+)(?:\.\.(\d+))?/, (_, from: string, to?: string) =>
        to === undefined ? pad(from) : `${pad(from)}..${pad(to)}`,
      ),
    )
    .toSorted((a, b) => (a < b ? -1 : 1))
    .join(',');
}

const NAMES = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** Three days or more in a row are a range. */
function weekdaysText({ weekdays }: CalendarEvent): string {
  if (weekdays.length === 7) return '';
  const days = weekdays.map((day) => (day + 6) % 7).toSorted((a, b) => a - b);
  const runs: (readonly [number, number])[] = [];
  for (const day of days) {
    const last = runs.at(-1);
    if (last !== undefined && last[1] === day - 1) runs[runs.length - 1] = [last[0], day];
    else runs.push([day, day]);
  }
  return runs
    .map(([from, to]) => {
      const [first = '', last = ''] = [NAMES[from], NAMES[to]];
      return from === to ? first : `${first}${to - from > 1 ? '..' : ','}${last}`;
    })
    .join(',');
}
