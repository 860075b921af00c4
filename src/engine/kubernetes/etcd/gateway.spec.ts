import { beforeEach, expect, test } from 'vitest';
import { encodeBase64, encodeUtf8 } from '../../../protocol/bytes.ts';
import type { JsonObject } from '../../../protocol/plain.ts';
import { answerGateway } from './gateway.ts';
import { Store } from './store.ts';

const MEMBER = {
  clusterId: 'ff',
  memberId: '10',
  name: 'cp',
  version: '3.6.8',
  clientUrl: 'https://10.0.0.1:2379',
  peerUrl: 'https://10.0.0.1:2380',
};
const b64 = (text: string): string => encodeBase64(encodeUtf8(text));
const header = (revision: number): JsonObject => ({
  cluster_id: '255',
  member_id: '16',
  revision: String(revision),
  raft_term: '2',
});
const row = (key: string, revision: number): JsonObject => ({
  key: b64(key),
  create_revision: String(revision),
  mod_revision: String(revision),
  version: '1',
});

let store: Store;
beforeEach(() => {
  store = new Store();
  for (const name of ['a', 'b']) store.put(`/registry/pods/${name}`, () => ({ kind: 'Pod', metadata: { name } }));
  store.put('mine', () => ({ bytes: b64('text') }));
});
const ask = (path: string, request: JsonObject = {}): unknown => answerGateway(store, MEMBER, path, request);
const PODS = { key: b64('/registry/pods/'), range_end: b64('/registry/pods0') };

test.for([
  {
    given: 'keys only',
    request: { ...PODS, keys_only: true },
    body: { header: header(4), kvs: [row('/registry/pods/a', 2), row('/registry/pods/b', 3)], count: '2' },
  },
  {
    given: 'a limit and an order',
    request: { ...PODS, keys_only: true, limit: '1', sort_order: 'DESCEND' },
    body: { header: header(4), kvs: [row('/registry/pods/b', 3)], more: true, count: '2' },
  },
  { given: 'a count', request: { ...PODS, count_only: true }, body: { header: header(4), count: '2' } },
  {
    given: 'text that was put',
    request: { key: b64('mine') },
    body: { header: header(4), kvs: [{ ...row('mine', 4), value: b64('text') }], count: '1' },
  },
  { given: 'a key that is not there', request: { key: b64('none') }, body: { header: header(4), count: '0' } },
])('a range for $given', ({ request, body }) => {
  expect(ask('/v3/kv/range', request)).toEqual({ status: 200, body });
});

test('values of Kubernetes objects and writes past the API server are refused by name', () => {
  expect(ask('/v3/kv/range', PODS)).toMatchObject({ status: 501, body: { code: 12 } });
  expect(ask('/v3/kv/put', { key: b64('/registry/pods/c'), value: b64('x') })).toMatchObject({ status: 501 });
  expect(store.revision).toBe(4);
});

test('put and deleterange write; a watcher of the API server sees the last state with the new revision', () => {
  expect(ask('/v3/kv/put', { key: b64('mine'), value: b64('new'), prev_kv: true })).toEqual({
    status: 200,
    body: { header: header(5), prev_kv: { ...row('mine', 4), value: b64('text') } },
  });
  const seen: unknown[] = [];
  store.subscribe(({ key, removed }) => seen.push([key, removed]));
  expect(ask('/v3/kv/deleterange', { key: b64('/registry/pods/a') })).toEqual({
    status: 200,
    body: { header: header(6), deleted: '1' },
  });
  expect(seen).toEqual([['/registry/pods/a', { kind: 'Pod', metadata: { name: 'a', resourceVersion: '6' } }]]);
});

test.for([
  [
    '/v3/kv/range',
    {},
    { error: 'etcdserver: key is not provided', code: 3, message: 'etcdserver: key is not provided' },
  ],
  ['/health', {}, { health: 'true', reason: '' }],
  ['/version', {}, { etcdserver: '3.6.8', etcdcluster: '3.6.8', storage: '3.6.0' }],
  [
    '/v3/cluster/member/list',
    {},
    {
      header: header(4),
      members: [{ ID: '16', name: 'cp', peerURLs: [MEMBER.peerUrl], clientURLs: [MEMBER.clientUrl] }],
    },
  ],
] as const)('%s', ([path, request, body]) => {
  expect(ask(path, request)).toMatchObject({ body });
});
