import { expect, test } from 'vitest';
import { EventCorrelator } from './event-correlator.ts';

const about = { kind: 'ReplicaSet', namespace: 'default', name: 'web', uid: 'u1' };
const created = (pod: string) => ({
  about,
  type: 'Normal',
  reason: 'SuccessfulCreate',
  message: `Created pod: web-${pod}`,
});
const shown = (correlator: EventCorrelator, pod: string, nowMs: number): string => {
  const result = correlator.correlate(created(pod), nowMs);
  return result === undefined ? 'held back' : `${String(result.count)} × ${result.message}`;
};

test('equal events are counted', () => {
  const correlator = new EventCorrelator();
  expect([1, 2, 3].map((ms) => shown(correlator, 'a', ms))).toEqual([
    '1 × Created pod: web-a',
    '2 × Created pod: web-a',
    '3 × Created pod: web-a',
  ]);
});

test('the tenth similar message begins a combined event, and after 25 about one object the rest is held back', () => {
  const correlator = new EventCorrelator();
  const lines = Array.from({ length: 27 }, (_, pod) => shown(correlator, String(pod), 0));
  expect(lines).toEqual([
    ...Array.from({ length: 9 }, (_, pod) => `1 × Created pod: web-${String(pod)}`),
    ...Array.from(
      { length: 16 },
      (_, at) => `${String(at + 1)} × (combined from similar events): Created pod: web-${String(at + 9)}`,
    ),
    'held back',
    'held back',
  ]);
});

test('after five quiet minutes one more passes, with everything counted; after ten they are no longer combined', () => {
  const correlator = new EventCorrelator();
  for (let pod = 0; pod < 27; pod += 1) correlator.correlate(created(String(pod)), 0);
  expect(shown(correlator, 'x', 300_000)).toBe('19 × (combined from similar events): Created pod: web-x');
  expect(shown(correlator, 'y', 300_001)).toBe('held back');
  expect(shown(correlator, 'z', 900_002)).toBe('1 × Created pod: web-z');
});

test('a restored correlator goes on counting and holding back', () => {
  const correlator = new EventCorrelator();
  for (let pod = 0; pod < 25; pod += 1) {
    const result = correlator.correlate(created(String(pod)), 0);
    if (result !== undefined && result.stored === undefined)
      correlator.written(result.key, { name: `web.${String(pod)}`, namespace: 'default' });
  }
  const restored = new EventCorrelator();
  restored.restore(correlator.snapshot());
  expect(shown(restored, 'x', 0)).toBe('held back');
  expect(restored.correlate(created('y'), 300_000)).toMatchObject({
    count: 18,
    stored: { name: 'web.9', namespace: 'default' },
  });
});
