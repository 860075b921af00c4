import { expect, test } from 'vitest';
import { formatGoDuration, humanDuration, parseGoDuration } from './duration.ts';
import {
  addQuantities,
  canonicalQuantity,
  compareQuantities,
  parseQuantity,
  quantityMilliValue,
  quantityValue,
  type Quantity,
} from './quantity.ts';
import { DESCRIBE_TABLE, formatTable, TabWriter, KUBECTL_TABLE } from './table.ts';

test.for([
  ['100m', '100m'],
  ['0.1', '100m'],
  ['1000m', '1'],
  ['1.5', '1500m'],
  ['1024Mi', '1Gi'],
  ['1.5Gi', '1536Mi'],
  ['1e3', '1e3'],
  ['1E', '1E'],
  ['1000k', '1M'],
  ['0', '0'],
  ['0Gi', '0'],
  ['500Ki', '500Ki'],
  ['1000Ki', '1000Ki'],
  ['0.5Mi', '512Ki'],
  ['512', '512'],
  ['1.2345678901', '1234567891n'],
  ['-1.5Gi', '-1536Mi'],
  ['100Mi', '100Mi'],
  ['0.0001Ki', '102400u'],
  ['1.1Ki', '1126400m'],
  ['12e6', '12e6'],
])('the amount %s is written %s', ([given, expected]) => {
  expect(canonicalQuantity(given ?? '')).toBe(expected);
});

test.for(['', 'abc', '1.5.2', '1foo', '1 Gi', '1KK', '.'])('%j is no amount', (text) => {
  expect(parseQuantity(text).ok).toBe(false);
});

const amount = (text: string): Quantity => {
  const result = parseQuantity(text);
  return result.ok ? result.quantity : { nano: 0n, format: 'DecimalSI' };
};

test('amounts add, compare and round up', () => {
  expect(canonicalQuantity('100m') + canonicalQuantity('1Gi')).toBe('100m1Gi');
  expect(quantityMilliValue(addQuantities(amount('100m'), amount('1')))).toBe(1100);
  expect(quantityMilliValue(amount('1500u'))).toBe(2);
  expect(quantityValue(amount('1.5Gi'))).toBe(1610612736);
  expect(compareQuantities(amount('1Gi'), amount('1G'))).toBe(1);
});

test.for([
  [-5000, '<invalid>'],
  [0, '0s'],
  [119_000, '119s'],
  [120_000, '2m'],
  [150_000, '2m30s'],
  [599_000, '9m59s'],
  [600_000, '10m'],
  [179 * 60_000, '179m'],
  [180 * 60_000, '3h'],
  [185 * 60_000, '3h5m'],
  [8 * 3600_000, '8h'],
  [47 * 3600_000, '47h'],
  [48 * 3600_000, '2d'],
  [51 * 3600_000, '2d3h'],
  [8 * 86_400_000, '8d'],
  [729 * 86_400_000, '729d'],
  [730 * 86_400_000, '2y'],
  [731 * 86_400_000, '2y1d'],
  [3000 * 86_400_000, '8y'],
] as const)('an age of %d ms is %s', ([ms, expected]) => {
  expect(humanDuration(ms)).toBe(expected);
});

test.for([
  ['1h30m', 5_400_000_000_000n],
  ['1.5s', 1_500_000_000n],
  ['-10ms', -10_000_000n],
  ['0', 0n],
  ['1us', 1000n],
] as const)('the duration %s is %d ns', ([text, ns]) => {
  expect(parseGoDuration(text)).toEqual({ ok: true, ns });
});

test.for([
  ['abc', 'time: invalid duration "abc"'],
  ['5', 'time: missing unit in duration "5"'],
  ['5x', 'time: unknown unit "x" in duration "5x"'],
  ['', 'time: invalid duration ""'],
] as const)('%j is no duration', ([text, message]) => {
  expect(parseGoDuration(text)).toEqual({ ok: false, message });
});

test('durations are written as Go writes them', () => {
  expect([0, 0.5, 1500, 60_000, 3_600_000, 5_400_250, -1000].map(formatGoDuration)).toEqual([
    '0s',
    '500µs',
    '1.5s',
    '1m0s',
    '1h0m0s',
    '1h30m0.25s',
    '-1s',
  ]);
});

test('columns are as wide as their widest cell, with padding, and the last is not padded', () => {
  expect(
    formatTable([
      ['NAME', 'READY', 'AGE'],
      ['web-1', '1/1', '5s'],
    ]),
  ).toBe('NAME    READY   AGE\nweb-1   1/1     5s\n');
});

test('a column ends where a line has no cell in it', () => {
  expect(formatTable([['Name:', 'web'], ['Labels'], ['A:', 'b']], DESCRIBE_TABLE)).toBe('Name:  web\nLabels\nA:  b\n');
});

test('widths of an earlier flush are kept', () => {
  const writer = new TabWriter(KUBECTL_TABLE);
  writer.write('NAME-OF-A-POD\tREADY\n');
  expect(writer.flush()).toBe('NAME-OF-A-POD   READY\n');
  writer.write('a\t1/1\n');
  expect(writer.flush()).toBe('a               1/1\n');
});
