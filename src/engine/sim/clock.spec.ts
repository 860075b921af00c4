import { expect, test } from 'vitest';
import { civilFromUnix, formatRfc3339, formatRfc3339Micro, parseRfc3339 } from './clock.ts';
import { exp, log, pow } from './math.ts';

test.for([
  { ms: 0, text: '1970-01-01T00:00:00Z' },
  { ms: 1_772_409_600_000, text: '2026-03-02T00:00:00Z' },
  { ms: 951_782_400_000, text: '2000-02-29T00:00:00Z' },
  { ms: -1000, text: '1969-12-31T23:59:59Z' },
])('$ms is written $text and read back', ({ ms, text }) => {
  expect([formatRfc3339(ms), parseRfc3339(text)]).toEqual([text, ms]);
});

test.for([
  ['2026-03-02T09:00:00+09:00', 1_772_409_600_000],
  ['2026-03-02T00:00:00.25Z', 1_772_409_600_250],
  ['2026-03-02', undefined],
] as const)('%s is read as %s', ([text, ms]) => {
  expect(parseRfc3339(text)).toBe(ms);
});

test('calendar fields and micro times', () => {
  expect(civilFromUnix(1_772_409_600)).toEqual({
    year: 2026,
    month: 3,
    day: 2,
    hour: 0,
    minute: 0,
    second: 0,
    weekday: 1,
    yearDay: 61,
  });
  expect(formatRfc3339Micro(1_772_409_600_000_042)).toBe('2026-03-02T00:00:00.000042Z');
});

test('exact mathematics agrees with the platform to a few units in the last place', () => {
  for (const x of [0.1, 1, 2.5, 10, 123.456]) {
    expect(Math.abs(log(x) / Math.log(x) - 1) || 0).toBeLessThan(1e-14);
    expect(Math.abs(exp(x) / Math.exp(x) - 1)).toBeLessThan(1e-13);
    expect(Math.abs(pow(x, 2.5) / x ** 2.5 - 1)).toBeLessThan(1e-13);
  }
  expect([pow(2, 10), pow(2, -1), exp(0), log(1)]).toEqual([1024, 0.5, 1, 0]);
});
