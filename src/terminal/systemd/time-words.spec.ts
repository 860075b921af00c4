import { expect, test } from 'vitest';
import { ago, span, timestampUs } from './time-words.ts';

test.each([
  [0, 'now'],
  [250, '250us ago'],
  [12_500, '12ms ago'],
  [59_900_000, '59s ago'],
  [64_000_000, '1min 4s ago'],
  [299_000_000, '4min 59s ago'],
  [300_000_000, '5min ago'],
  [3_720_000_000, '1h 2min ago'],
  [6 * 3_600_000_000, '6h ago'],
  [26 * 3_600_000_000, '1 day 2h ago'],
  [3 * 86_400_000_000, '3 days ago'],
  [8 * 86_400_000_000, '1 week 1 day ago'],
])('%i µs are %s', (us, words) => {
  expect(ago(us)).toBe(words);
});

test.each([
  [0, '0'],
  [12_000, '12ms'],
  [5_003_000, '5.003s'],
  [60_000_000, '1min'],
  [90_500_000, '1min 30.500s'],
  [3_600_000_000 * 25 + 2_000_000, '1d 1h 2s'],
])('a span of %i µs is %s', (us, words) => {
  expect(span(us)).toBe(words);
});

const NOW = Date.UTC(2026, 2, 2, 12, 30) * 1000;
test.each([
  ['now', NOW],
  ['today', Date.UTC(2026, 2, 2) * 1000],
  ['yesterday', Date.UTC(2026, 2, 1) * 1000],
  ['-5min', NOW - 300_000_000],
  ['1h 30m ago', NOW - 5_400_000_000],
  ['5 minutes ago', NOW - 300_000_000],
  ['12:00', Date.UTC(2026, 2, 2, 12) * 1000],
  ['2026-03-01', Date.UTC(2026, 2, 1) * 1000],
  ['2026-03-01 10:20:30', Date.UTC(2026, 2, 1, 10, 20, 30) * 1000],
  ['soon', undefined],
  ['', undefined],
])('the time %j', (text, us) => {
  expect(timestampUs(text, NOW)).toBe(us);
});
