import { expect, test } from 'vitest';
import { barLine, dotRows, rateText } from './report.ts';

test.each([
  [612, 0.000006, '97.3 MB/s'],
  [615, 2, '308 B/s'],
  [3_000_000, 0.25, '11.4 MB/s'],
  [3_000_000, 300, '9.77 KB/s'],
  [100, 0, '191 MB/s'],
])('%d bytes in %d s are %s', (bytes, seconds, rate) => {
  expect(rateText(bytes, seconds)).toBe(rate);
});

const full = ' ..........'.repeat(5);
test.each([
  { bytes: 612, seconds: 0.000006, rows: [`     0K${' '.repeat(55)}100% 97.3M=0s`] },
  {
    bytes: 120_000,
    seconds: 4,
    rows: [
      `     0K${full} 42% 29.3K 2s`,
      `    50K${full} 85% 29.3K 1s`,
      `   100K .......... .......   ${' '.repeat(33)}100% 29.3K=4.0s`,
    ],
  },
])('dots of $bytes bytes', ({ bytes, seconds, rows }) => {
  expect(dotRows(bytes, seconds).split('\n')).toEqual(rows);
});

test.each([
  ['index.html', 615, 0.0001, 'index.html          100%[===================>]     615  --.-KB/s    in 0s     '],
  ['big', 3_000_000, 0.27, 'big                 100%[===================>]   2.86M  10.6MB/s    in 0.3s   '],
])('the bar of %s', (name, bytes, seconds, line) => {
  expect(barLine(name, bytes, seconds)).toBe(line);
});
