import { expect, test } from 'vitest';
import type { JsonObject } from '../../../../protocol/plain.ts';
import { STORED_ONLY } from '../../resources/stored-only.ts';
import { typeOf } from '../../schema/index.ts';
import { httpLab } from './http-lab.spec-support.ts';
import { storedOnlyWarnings } from './stored-only-fields.ts';

const pod = (spec: JsonObject): JsonObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web' },
  spec: { containers: [{ name: 'c', image: 'nginx' }], ...spec },
});

test.for([
  { given: 'nothing unusual', model: 'V1Pod', written: pod({}), expected: [] },
  {
    given: 'a field without any effect',
    model: 'V1Pod',
    written: pod({ runtimeClassName: 'gvisor' }),
    expected: ['drydock: spec.runtimeClassName is stored, nothing acts on it yet'],
  },
  {
    given: 'the value that describes what happens anyway',
    model: 'V1Pod',
    written: pod({ hostUsers: true, os: { name: 'linux' }, imagePullSecrets: [] }),
    expected: [],
  },
  {
    given: 'another value of such a field',
    model: 'V1Pod',
    written: pod({ hostUsers: false, os: { name: 'windows' } }),
    expected: [
      'drydock: spec.hostUsers: false is stored, nothing acts on it yet',
      'drydock: spec.os is stored, nothing acts on it yet',
    ],
  },
  {
    given: 'fields inside lists of a template',
    model: 'V1Deployment',
    written: { spec: { template: pod({ containers: [{ ports: [{ containerPort: 80 }, { hostPort: 81 }] }] }) } },
    expected: [
      'drydock: spec.template.spec.containers[0].ports[1].hostPort is kept free by the scheduler, the node opens no port for it yet',
    ],
  },
  { given: 'a patch that removes one', model: 'V1Pod', written: { spec: { runtimeClassName: null } }, expected: [] },
  { given: 'a status', model: 'V1Job', written: { status: { failedIndexes: '1' } }, expected: [] },
])('given $given, warns of $expected', ({ model, written, expected }) => {
  expect(storedOnlyWarnings(model, written)).toEqual(expected);
});

test('each field of the table is one of its model', () => {
  const strangers = Object.entries(STORED_ONLY).flatMap(([model, fields]) =>
    [...fields.keys()].filter((name) => typeOf(model)?.fields.has(name) !== true).map((name) => `${model}.${name}`),
  );
  expect(strangers).toEqual([]);
});

test('a write is answered with the warning, a change of something else is not', () => {
  const lab = httpLab();
  const pods = '/api/v1/namespaces/default/pods';
  const merge = { 'content-type': 'application/merge-patch+json' };
  const warning = '299 - "drydock: spec.runtimeClassName is stored, nothing acts on it yet"';
  const created = lab.send('POST', pods, pod({ runtimeClassName: 'gvisor' }));
  const labelled = lab.send('PATCH', `${pods}/web`, { metadata: { labels: { a: 'b' } } }, merge);
  const read = lab.send('GET', `${pods}/web`);
  expect([created, labelled, read].map(({ head }) => [head?.status, head?.headers['warning']])).toEqual([
    [201, warning],
    [200, undefined],
    [200, undefined],
  ]);
});
