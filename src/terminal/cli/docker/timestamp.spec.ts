import { expect, test } from 'vitest';
import { timestamp } from './timestamp.ts';

/** 2026-03-02T00:00:05.25Z */
const NOW_US = 1_772_409_605_250_000;

test.for([
  ['1m', { text: '1772409545' }],
  ['1h30m', { text: '1772404205' }],
  ['0s', { text: '1772409605' }],
  ['-10s', { text: '1772409615' }],
  ['2026-03-02', { text: '1772409600.000000000' }],
  ['2026-03-02T00', { text: '1772409600.000000000' }],
  ['2026-03-02T00:00:05', { text: '1772409605.000000000' }],
  ['2026-03-02T00:00:05.5Z', { text: '1772409605.500000000' }],
  ['2026-03-02T09:00:00+09:00', { text: '1772409600.000000000' }],
  ['1772409600', { text: '1772409600' }],
  ['0', { text: '0' }],
  ['1772409600.5', { text: '1772409600.5' }],
  ['yesterday', { error: 'failed to parse value as time or duration: "yesterday"' }],
  ['last-week', { error: 'parsing time "last-week" as "2006-01-02": cannot parse "last-week" as "2006"' }],
] as const)('%s', ([given, expected]) => {
  expect(timestamp(given, NOW_US)).toEqual(expected);
});
