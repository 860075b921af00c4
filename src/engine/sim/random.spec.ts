import { expect, test } from 'vitest';
import { SeededRandom } from './random.ts';

test('a draw depends on seed, key and own counter, never on what others drew', () => {
  const one = new SeededRandom(7);
  const two = new SeededRandom(7);
  two.for('noise').hex(64);
  expect(two.for('kubelet', 'worker-1').uuid()).toBe(one.for('kubelet', 'worker-1').uuid());
  expect(two.for('kubelet', 'worker-2').hex(16)).not.toBe(one.for('kubelet', 'worker-1').hex(16));
  expect(new SeededRandom(8).for('kubelet', 'worker-1').uuid()).not.toBe(
    new SeededRandom(7).for('kubelet', 'worker-1').uuid(),
  );
});

test('streams have the shapes that their users print', () => {
  const stream = new SeededRandom(1).for('shape');
  expect(stream.uuid()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(stream.safeString(5)).toMatch(/^[bcdfghjklmnpqrstvwxz2456789]{5}$/);
  expect(stream.hex(12)).toMatch(/^[0-9a-f]{12}$/);
  const draws = Array.from({ length: 10_000 }, () => stream.below(10));
  const counts = draws.reduce<number[]>(
    (sum, value) => sum.with(value, (sum[value] ?? 0) + 1),
    Array.from({ length: 10 }, () => 0),
  );
  for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(150);
});

test('a restored generator draws what the saved one would have drawn', () => {
  const one = new SeededRandom(3);
  one.for('a').hex(8);
  const two = new SeededRandom(3);
  two.restore(one.snapshot());
  expect(two.for('a').uuid()).toBe(one.for('a').uuid());
});
