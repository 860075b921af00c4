import { expect, test } from 'vitest';
import { shareParts } from './sharing.ts';

const known = { labels: { app: 'web' }, ports: [{ port: 80 }, { port: 443 }], phase: 'Running' };

test('an equal value becomes the known one', () => {
  expect(shareParts({ ...structuredClone(known), reason: undefined }, known)).toBe(known);
});

test('equal parts are shared, the rest stays as it is', () => {
  const value = { labels: { app: 'web' }, ports: [{ port: 80 }, { port: 8443 }], phase: 'Failed' };
  const shared = shareParts(value, known);
  expect(shared).toEqual({ labels: { app: 'web' }, ports: [{ port: 80 }, { port: 8443 }], phase: 'Failed' });
  expect(shared.labels).toBe(known.labels);
  expect(shared.ports[0]).toBe(known.ports[0]);
  expect(value.labels).not.toBe(known.labels);
});

test.for([
  { given: 'a member less', value: { labels: { app: 'web' } } },
  { given: 'a shorter list', value: { ...known, ports: [{ port: 80 }] } },
  { given: 'a list for a map', value: { ...known, labels: [] } },
  { given: 'null', value: { ...known, labels: null } },
])('$given is kept', ({ value }) => {
  expect(shareParts(value, known)).toEqual(value);
});
