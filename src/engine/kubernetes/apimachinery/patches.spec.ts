import { expect, test } from 'vitest';
import type { JsonObject, JsonValue } from '../../../protocol/plain.ts';
import { mergeKey, typeOf } from '../schema/index.ts';
import { applyMergePatch, createMergePatch } from './json-merge-patch.ts';
import { applyJsonPatch } from './json-patch.ts';
import { createThreeWayPatch, createTwoWayPatch } from './strategic-diff.ts';
import { applyStrategicPatch } from './strategic-merge-patch.ts';

const SCHEMA = { typeOf, mergeKey };
const container = (name: string, extra: JsonObject = {}): JsonObject => ({ name, image: 'i', ...extra });
const pod = (...containers: JsonObject[]): JsonObject => ({ spec: { containers } });

test.for([
  {
    given: 'a change by merge key',
    original: pod(container('a'), container('b')),
    patch: pod({ name: 'b', image: 'j' }),
    expected: pod(container('a'), { name: 'b', image: 'j' }),
  },
  {
    given: 'an addition',
    original: pod(container('a')),
    patch: pod(container('b')),
    expected: pod(container('a'), container('b')),
  },
  {
    given: 'a deletion',
    original: pod(container('a'), container('b')),
    patch: { spec: { containers: [{ $patch: 'delete', name: 'a' }] } },
    expected: pod(container('b')),
  },
  {
    given: 'a replacement',
    original: pod(container('a')),
    patch: { spec: { containers: [{ $patch: 'replace' }, container('z')] } },
    expected: pod(container('z')),
  },
  {
    given: 'an order',
    original: pod(container('a'), container('b')),
    patch: { spec: { '$setElementOrder/containers': [{ name: 'b' }, { name: 'a' }], containers: [container('b')] } },
    expected: pod(container('b'), container('a')),
  },
  {
    given: 'plain values',
    original: { metadata: { finalizers: ['a', 'b'] } },
    patch: { metadata: { '$deleteFromPrimitiveList/finalizers': ['a'], finalizers: ['c'] } },
    expected: { metadata: { finalizers: ['b', 'c'] } },
  },
  {
    given: 'a null',
    original: { metadata: { labels: { a: '1', b: '2' } } },
    patch: { metadata: { labels: { a: null } } },
    expected: { metadata: { labels: { b: '2' } } },
  },
])('a strategic patch with $given', ({ original, patch, expected }) => {
  expect(applyStrategicPatch(original as JsonObject, patch as JsonObject, 'V1Pod', SCHEMA)).toEqual({
    value: expected,
  });
});

test('a two-way patch turns the original into the modified object', () => {
  const original = pod(container('a', { env: [{ name: 'X', value: '1' }] }), container('b'));
  const modified = pod(
    container('a', {
      env: [
        { name: 'X', value: '2' },
        { name: 'Y', value: '3' },
      ],
    }),
    container('c'),
  );
  const patch = createTwoWayPatch(original, modified, 'V1Pod', SCHEMA);
  expect(applyStrategicPatch(original, patch, 'V1Pod', SCHEMA)).toEqual({ value: modified });
  expect(createTwoWayPatch(original, original, 'V1Pod', SCHEMA)).toEqual({});
});

test('a three-way patch keeps what others set and drops what was applied before', () => {
  const last = pod(container('a', { args: ['x'] }));
  const live = pod(container('a', { args: ['x'], imagePullPolicy: 'Always' }));
  const next = pod({ name: 'a', image: 'j' });
  expect(createThreeWayPatch(last, next, live, 'V1Pod', SCHEMA)).toEqual({
    spec: { '$setElementOrder/containers': [{ name: 'a' }], containers: [{ name: 'a', args: null, image: 'j' }] },
  });
});

test.for<[string, JsonValue[], unknown]>([
  ['add to a list', [{ op: 'add', path: '/list/-', value: 3 }], { value: { list: [1, 2, 3], map: { 'a/b': 1 } } }],
  ['replace', [{ op: 'replace', path: '/map/a~1b', value: 2 }], { value: { list: [1, 2], map: { 'a/b': 2 } } }],
  ['remove', [{ op: 'remove', path: '/list/0' }], { value: { list: [2], map: { 'a/b': 1 } } }],
  [
    'test that fails',
    [{ op: 'test', path: '/list/0', value: 9 }],
    { error: 'testing value /list/0 failed: test failed' },
  ],
  [
    'remove nothing',
    [{ op: 'remove', path: '/nope' }],
    { error: 'remove operation does not apply: doc is missing path: /nope: missing value' },
  ],
])('a JSON patch: %s', ([, operations, expected]) => {
  expect(applyJsonPatch({ list: [1, 2], map: { 'a/b': 1 } }, operations)).toEqual(expected);
});

test('merge patches are made and applied', () => {
  const a = { x: { y: 1, z: [1] }, gone: true };
  const b = { x: { y: 2, z: [1] } };
  const patch = createMergePatch(a, b);
  expect(patch).toEqual({ x: { y: 2 }, gone: null });
  expect(applyMergePatch(a, patch)).toEqual(b);
});
