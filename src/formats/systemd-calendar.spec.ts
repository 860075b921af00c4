/** Expected times: systemd.time(7) and what systemd-analyze calendar says of each event. */
import { expect, test } from 'vitest';
import { nextCalendarUs, parseCalendar } from './systemd-calendar.ts';
import { systemdSpanUs } from './systemd-span.ts';

/** A Monday. */
const NOW = Date.UTC(2026, 2, 2, 12, 30, 20) * 1000;

test.each([
  ['minutely', '2026-03-02T12:31:00.000Z'],
  ['hourly', '2026-03-02T13:00:00.000Z'],
  ['daily', '2026-03-03T00:00:00.000Z'],
  ['weekly', '2026-03-09T00:00:00.000Z'],
  ['monthly', '2026-04-01T00:00:00.000Z'],
  ['quarterly', '2026-04-01T00:00:00.000Z'],
  ['yearly', '2027-01-01T00:00:00.000Z'],
  ['*:0/15', '2026-03-02T12:45:00.000Z'],
  ['*:*:0/10', '2026-03-02T12:30:30.000Z'],
  ['12:30:20', '2026-03-03T12:30:20.000Z'],
  ['Mon..Fri 18:00', '2026-03-02T18:00:00.000Z'],
  ['Sat,Sun 08:05:40', '2026-03-07T08:05:40.000Z'],
  ['Fri..Mon 6:00', '2026-03-06T06:00:00.000Z'],
  ['Sunday', '2026-03-08T00:00:00.000Z'],
  ['*-*-1..7 4:00 UTC', '2026-03-03T04:00:00.000Z'],
  ['2-29', '2028-02-29T00:00:00.000Z'],
  ['2026-03-02 12:31', '2026-03-02T12:31:00.000Z'],
  ['2025-01-01', undefined],
  ['*-02-30', undefined],
])('after Mon 2026-03-02 12:30:20, %s is next at %s', (text, expected) => {
  const event = parseCalendar(text);
  const next = event === undefined ? NaN : nextCalendarUs(event, NOW);
  expect(next === undefined ? undefined : new Date(next / 1000).toISOString()).toBe(expected);
});

test.each(['', 'often', 'Mon Tue', '25:00', '12', '*:*:*:*', '1-2-3-4', '*-13-01', '10:00 CET', '*:0/0', '*-*~3'])(
  '%j is no calendar event',
  (text) => {
    expect(parseCalendar(text)).toBeUndefined();
  },
);

test.each([
  ['90', 90_000_000],
  ['1min 30s', 90_000_000],
  ['1h30m', 5_400_000_000],
  ['500ms', 500_000],
  ['2 weeks', 1_209_600_000_000],
  ['3days', 259_200_000_000],
  ['1month', 2_629_800_000_000],
  ['infinity', Infinity],
  ['soon', undefined],
  ['', undefined],
])('the span %j', (text, us) => {
  expect(systemdSpanUs(text)).toBe(us);
});
