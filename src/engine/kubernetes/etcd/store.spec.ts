import { expect, test } from 'vitest';
import type { JsonObject } from '../../../protocol/plain.ts';
import { COMPACTED, Store } from './store.ts';

const value =
  (text: string) =>
  (revision: number): JsonObject => ({ text, revision });
const removed = (last: JsonObject, revision: number): JsonObject => ({ ...last, revision });
const texts = (range: ReturnType<Store['range']>): unknown =>
  'error' in range
    ? range.error
    : {
        texts: range.entries.map((entry) => entry.value['text']),
        remaining: range.remaining,
        revision: range.revision,
      };

function filled(): Store {
  const store = new Store();
  for (const name of ['b', 'a', 'c']) store.put(`/registry/pods/x/${name}`, value(name), 0);
  store.put('/registry/nodes/n', value('n'), 0);
  return store;
}

test('a write compares the mod revision it was based on', () => {
  const store = filled();
  expect(store.put('/registry/pods/x/a', value('again'), 0)).toBeUndefined();
  const entry = store.get('/registry/pods/x/a');
  expect(entry).toMatchObject({ createRevision: 3, modRevision: 3, version: 1 });
  expect(store.put('/registry/pods/x/a', value('new'), 3)).toMatchObject({
    createRevision: 3,
    modRevision: 6,
    version: 2,
  });
  expect(store.put('/registry/pods/x/a', value('late'), 3)).toBeUndefined();
});

test('ranges run in key order, page with a limit and read the past', () => {
  const store = filled();
  const then = store.revision;
  expect(texts(store.range('/registry/pods/'))).toEqual({ texts: ['a', 'b', 'c'], remaining: 0, revision: 5 });
  expect(texts(store.range('/registry/pods/', { limit: 2 }))).toEqual({ texts: ['a', 'b'], remaining: 1, revision: 5 });
  store.delete('/registry/pods/x/a', removed);
  store.put('/registry/pods/x/b', value('changed'));
  store.put('/registry/pods/x/d', value('d'));
  expect(texts(store.range('/registry/pods/', { atRevision: then }))).toEqual({
    texts: ['a', 'b', 'c'],
    remaining: 0,
    revision: 5,
  });
  expect(texts(store.range('/registry/pods/', { from: '/registry/pods/x/b\u0000', atRevision: then }))).toEqual({
    texts: ['c'],
    remaining: 0,
    revision: 5,
  });
  store.compact(store.revision);
  expect(texts(store.range('/registry/pods/', { atRevision: then }))).toBe(COMPACTED);
});

test('the log answers from a revision, and a snapshot carries it', () => {
  const store = filled();
  store.delete('/registry/pods/x/a', removed);
  const copy = new Store();
  copy.restore(store.snapshot());
  const events = copy.since(3, '/registry/pods/');
  expect('error' in events ? events : events.map((event) => [event.revision, event.key, event.removed])).toEqual([
    [4, '/registry/pods/x/c', undefined],
    [6, '/registry/pods/x/a', { text: 'a', revision: 6 }],
  ]);
  copy.compact(5);
  expect(copy.since(3, '/registry/pods/')).toEqual({ error: COMPACTED });
  expect(texts(copy.range('/registry/pods/'))).toEqual({ texts: ['b', 'c'], remaining: 0, revision: 6 });
});

test('a revoked lease takes its keys with it', () => {
  const store = filled();
  const lease = store.grantLease();
  store.put('/registry/events/x/e', value('e'), 0, lease);
  store.revokeLease(lease, removed);
  expect(store.get('/registry/events/x/e')).toBeUndefined();
});

test('writes among 150,000 keys stay cheap', () => {
  const store = new Store();
  for (let i = 0; i < 150_000; i += 1) store.put(`/registry/pods/ns/${String((i * 7919) % 150_000)}`, value('x'), 0);
  expect(store.size).toBe(150_000);
  expect(store.range('/registry/pods/', { limit: 3 })).toMatchObject({ remaining: 149_997 });
});
