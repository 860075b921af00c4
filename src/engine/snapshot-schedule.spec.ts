import { expect, test } from 'vitest';
import { SnapshotSchedule } from './snapshot-schedule.ts';

/** A schedule whose last snapshot was taken at 0 and took `costMs`. */
function scheduleAfter(costMs = 10): SnapshotSchedule {
  const schedule = new SnapshotSchedule();
  schedule.taken(0, costMs);
  return schedule;
}

test('little work waits for the age of the snapshot', () => {
  const schedule = scheduleAfter();
  schedule.worked(250);
  expect([1000, 20_000, 20_001].map((now) => schedule.isDue(now))).toEqual([false, false, true]);
});

test('more work than may be done again when the sandbox is opened is due at once, and counted anew afterwards', () => {
  const schedule = scheduleAfter();
  schedule.worked(200);
  schedule.worked(51);
  expect(schedule.isDue(3000)).toBe(true);
  schedule.taken(3010, 10);
  schedule.worked(250);
  expect(schedule.isDue(4000)).toBe(false);
});

test('a snapshot that takes long is taken after four times as much work', () => {
  const schedule = scheduleAfter(500);
  schedule.worked(2000);
  expect(schedule.isDue(3000)).toBe(false);
  schedule.worked(1);
  expect(schedule.isDue(3000)).toBe(true);
});

test('it waits for a pause in the typing, but not for ever', () => {
  const schedule = scheduleAfter();
  schedule.worked(1000);
  const typing = (nowMs: number): boolean => {
    schedule.acted(nowMs);
    return schedule.isDue(nowMs + 400);
  };
  expect([1000, 11_000, 20_900, 21_100].map(typing)).toEqual([false, false, false, true]);
  expect(scheduleAfter().isDue(20_501)).toBe(true);
});

test('one that could not be taken is tried again a second later', () => {
  const schedule = scheduleAfter();
  schedule.worked(1000);
  expect(schedule.isDue(5000)).toBe(true);
  schedule.refused(5000);
  expect([5500, 5999, 6000].map((now) => schedule.isDue(now))).toEqual([false, false, true]);
});

test('the first one waits until nobody does anything for three seconds, later ones for half a second', () => {
  const schedule = new SnapshotSchedule();
  schedule.missing(1000);
  schedule.worked(1);
  expect([1001, 4000, 4001].map((now) => schedule.isDue(now))).toEqual([false, false, true]);
  schedule.acted(4001);
  expect([7001, 7002].map((now) => schedule.isDue(now))).toEqual([false, true]);
  schedule.taken(7002, 10);
  schedule.worked(251);
  schedule.acted(8000);
  expect([8500, 8501].map((now) => schedule.isDue(now))).toEqual([false, true]);
});
