import { expect, test } from 'vitest';
import type { JsonObject } from '../../../protocol/plain.ts';
import { httpLab } from './http/http-lab.spec-support.ts';

const DEPLOYMENTS = '/apis/apps/v1/namespaces/default/deployments';
const deployment = (replicas: number, image: string): JsonObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', labels: { app: 'web' } },
  spec: {
    replicas,
    selector: { matchLabels: { app: 'web' } },
    template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'c', image }] } },
  },
});
const apply = { 'content-type': 'application/apply-patch+yaml' };

test('a manager applies, conflicts with another and takes over by force', () => {
  const lab = httpLab();
  expect(
    lab.send('PATCH', `${DEPLOYMENTS}/web?fieldManager=kubectl&force=false`, deployment(2, 'nginx:1'), apply).head
      ?.status,
  ).toBe(201);
  lab.send(
    'PATCH',
    `${DEPLOYMENTS}/web/scale?fieldManager=kubectl-scale`,
    { spec: { replicas: 5 } },
    { 'content-type': 'application/merge-patch+json' },
  );
  const refused = lab.send('PATCH', `${DEPLOYMENTS}/web?fieldManager=kubectl`, deployment(3, 'nginx:2'), apply)
    .chunks[0] as { code: number; message: string };
  expect(refused).toMatchObject({
    code: 409,
    message: 'Apply failed with 1 conflict: conflict with "kubectl-scale" using apps/v1: .spec.replicas',
  });
  const forced = lab.send(
    'PATCH',
    `${DEPLOYMENTS}/web?fieldManager=kubectl&force=true`,
    deployment(3, 'nginx:2'),
    apply,
  ).chunks[0];
  expect(forced).toMatchObject({
    spec: { replicas: 3, template: { spec: { containers: [{ image: 'nginx:2', imagePullPolicy: 'IfNotPresent' }] } } },
  });
  const {
    metadata: { managedFields },
  } = forced as unknown as { metadata: { managedFields: { manager: string }[] } };
  expect(managedFields.map(({ manager }) => manager)).toEqual(['kubectl']);
});

test('a field that its manager no longer applies goes', () => {
  const lab = httpLab();
  const map = (data: JsonObject): JsonObject => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'm' },
    data,
  });
  const path = '/api/v1/namespaces/default/configmaps/m?fieldManager=me';
  lab.send('PATCH', path, map({ a: '1', b: '2' }), apply);
  lab.send(
    'PATCH',
    '/api/v1/namespaces/default/configmaps/m?fieldManager=you',
    { data: { c: '3' } },
    { 'content-type': 'application/merge-patch+json' },
  );
  expect((lab.send('PATCH', path, map({ a: '1' }), apply).chunks[0] as { data: unknown }).data).toEqual({
    a: '1',
    c: '3',
  });
});

test('a dry run answers what would be and stores nothing', () => {
  const lab = httpLab();
  const dry = lab.send('POST', `${DEPLOYMENTS}?dryRun=All`, deployment(2, 'nginx:1'));
  expect(dry.chunks[0]).toMatchObject({ spec: { revisionHistoryLimit: 10 } });
  expect(lab.send('GET', `${DEPLOYMENTS}/web`).chunks[0]).toMatchObject({
    code: 404,
    message: 'deployments.apps "web" not found',
  });
});
