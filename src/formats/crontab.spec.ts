import { expect, test } from 'vitest';
import { isDue, nextRun, parseCrontab } from './crontab.ts';

/** 2026-03-02 00:00:30 UTC, a Monday. */
const START = 1_772_409_630;
const at = (text: string): string | undefined => {
  const [job] = parseCrontab(`${text} x`, false).jobs;
  const next = job === undefined ? undefined : nextRun(job, START);
  return next === undefined ? undefined : new Date(next * 1000).toISOString().slice(0, 16);
};

test.for([
  ['* * * * *', '2026-03-02T00:01'],
  ['*/15 * * * *', '2026-03-02T00:15'],
  ['0 3 * * *', '2026-03-02T03:00'],
  ['30 0 * * 0', '2026-03-08T00:30'],
  ['0 0 1 jan *', '2027-01-01T00:00'],
  ['0 0 13 * fri', '2026-03-06T00:00'],
  ['0 0 29 2 *', '2028-02-29T00:00'],
  ['5-20/5 2,4 * * 7', '2026-03-08T02:05'],
  ['@hourly', '2026-03-02T01:00'],
  ['0 0 31 2 *', undefined],
  ['@reboot', undefined],
] as const)('%s runs next at %s', ([text, expected]) => {
  expect(at(text)).toBe(expected);
});

test('a system crontab names users, settings hold for what stands below', () => {
  const { jobs } = parseCrontab('A=1\n17 * * * * root cd / && x\nB = "2 3"\n@daily  nobody y\n', true);
  expect(jobs.map(({ user, command, env }) => ({ user, command, env }))).toEqual([
    { user: 'root', command: 'cd / && x', env: { A: '1' } },
    { user: 'nobody', command: 'y', env: { A: '1', B: '2 3' } },
  ]);
});

test.for([
  ['60 * * * * x', 'bad minute'],
  ['* 24 * * * x', 'bad hour'],
  ['* * 0 * * x', 'bad day-of-month'],
  ['* * * foo * x', 'bad month'],
  ['* * * * 8 x', 'bad day-of-week'],
  ['hello', 'bad minute'],
  ['* * * * *', 'bad command'],
  ['@never x', 'bad time specifier'],
] as const)('%s is refused: %s', ([line, text]) => {
  expect(parseCrontab(`\n${line}\n`, false)).toEqual({ jobs: [], problems: [{ line: 2, text }] });
});

test('a job is due in its minute alone', () => {
  const [job] = parseCrontab('0 0 2 3 * x', false).jobs;
  expect([START, START + 60].map((time) => job !== undefined && isDue(job, time))).toEqual([true, false]);
});
