import { expect, test } from 'vitest';
import { isFailure } from '../apimachinery/status.ts';
import { apiOnly } from './api-only.spec-support.ts';

const configMap = (name: string, data: Record<string, string> = {}) => ({
  metadata: { name, namespace: 'default' },
  data,
});
const message = (answer: unknown): unknown => (isFailure(answer) ? `${answer.reason}: ${answer.message}` : answer);

test('an object is created, read, replaced, patched and deleted', () => {
  const { client } = apiOnly();
  const created = client.create('configmaps', configMap('a', { k: 'v' }));
  if (isFailure(created)) throw new Error(created.message);
  expect(created).toMatchObject({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'a', namespace: 'default' },
    data: { k: 'v' },
  });
  expect(client.get('configmaps', 'a', 'default')).toBe(created);
  const replaced = client.update('configmaps', { ...created, data: { k: 'w' } });
  expect(replaced).toMatchObject({ data: { k: 'w' }, metadata: { uid: created.metadata.uid } });
  expect(message(client.update('configmaps', { ...created, data: {} }))).toBe(
    'Conflict: Operation cannot be fulfilled on configmaps "a": the object has been modified; please apply your changes to the latest version and try again',
  );
  expect(
    client.patch('configmaps', { name: 'a', namespace: 'default' }, 'merge', { data: { l: 'm', k: null } }),
  ).toMatchObject({ data: { l: 'm' } });
  expect(client.delete('configmaps', { name: 'a', namespace: 'default' })).toEqual({
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Success',
    details: { name: 'a', kind: 'configmaps', uid: created.metadata.uid },
  });
  expect(message(client.get('configmaps', 'a', 'default'))).toBe('NotFound: configmaps "a" not found');
});

test('an informer sees what happens, and relists after a broken connection', () => {
  const world = apiOnly();
  const informers = world.informers();
  const seen: string[] = [];
  informers.informer('configmaps').addHandler((event) => seen.push(`${event.type} ${event.key}`));
  world.client.create('configmaps', configMap('a'));
  informers.start();
  world.advance(10_000);
  world.client.create('configmaps', configMap('b'));
  world.client.delete('configmaps', { name: 'a', namespace: 'default' });
  world.advance(10_000);
  world.fault.broken = 'dial tcp 10.0.0.10:6443: connect: connection refused';
  world.client.create('configmaps', configMap('refused'));
  const direct = world.server.request(world.client.user, {
    verb: 'create',
    resource: 'configmaps',
    namespace: 'default',
    object: { metadata: { name: 'c' } },
    options: {},
  });
  expect(isFailure(direct)).toBe(false);
  world.advance(100_000);
  delete world.fault.broken;
  world.advance(60_000_000);
  expect(seen).toEqual(['added default/a', 'added default/b', 'deleted default/a', 'added default/c']);
  expect(world.server.watches.count).toBe(1);
});
