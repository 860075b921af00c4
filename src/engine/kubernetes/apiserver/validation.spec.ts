import { expect, test } from 'vitest';
import { httpLab } from './http/http-lab.spec-support.ts';
import type { JsonObject } from '../../../protocol/plain.ts';

const template = { metadata: { labels: { app: 'w' } }, spec: { containers: [{ name: 'c', image: 'nginx:1' }] } };
const deployment = (spec: JsonObject): JsonObject => ({
  metadata: { name: 'w' },
  spec: { selector: { matchLabels: { app: 'w' } }, template, ...spec },
});
const textOf = (reply: { readonly chunks: readonly unknown[] }): unknown =>
  (reply.chunks[0] as { message?: string }).message;

test.for<[string, string, JsonObject, string]>([
  [
    'a selector that does not fit',
    '/apis/apps/v1/namespaces/default/deployments',
    deployment({ selector: { matchLabels: { app: 'x' } } }),
    'Deployment.apps "w" is invalid: spec.template.metadata.labels: Invalid value: {"app":"w"}: `selector` does not match template `labels`',
  ],
  [
    'no selector',
    '/apis/apps/v1/namespaces/default/deployments',
    { metadata: { name: 'w' }, spec: { template } },
    'Deployment.apps "w" is invalid: spec.selector: Required value',
  ],
  [
    'negative replicas',
    '/apis/apps/v1/namespaces/default/deployments',
    deployment({ replicas: -1 }),
    'Deployment.apps "w" is invalid: spec.replicas: Invalid value: -1: must be greater than or equal to 0',
  ],
  [
    'a job that restarts always',
    '/apis/batch/v1/namespaces/default/jobs',
    { metadata: { name: 'j' }, spec: { template } },
    'Job.batch "j" is invalid: spec.template.spec.restartPolicy: Required value: valid values: "OnFailure", "Never"',
  ],
  [
    'a service without ports',
    '/api/v1/namespaces/default/services',
    { metadata: { name: 's' }, spec: { selector: { a: 'b' } } },
    'Service "s" is invalid: spec.ports: Required value',
  ],
  [
    'a node port out of range',
    '/api/v1/namespaces/default/services',
    { metadata: { name: 's' }, spec: { type: 'NodePort', ports: [{ port: 80, nodePort: 80 }] } },
    'Service "s" is invalid: spec.ports[0].nodePort: Invalid value: 80: provided port is not in the valid range. The range of valid ports is 30000-32767',
  ],
  [
    'a bad config key',
    '/api/v1/namespaces/default/configmaps',
    { metadata: { name: 'm' }, data: { 'a b': '1' } },
    "ConfigMap \"m\" is invalid: data[a b]: Invalid value: \"a b\": a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')",
  ],
  [
    'an unknown service account',
    '/api/v1/namespaces/default/pods',
    { metadata: { name: 'p' }, spec: { serviceAccountName: 'x', containers: [{ name: 'c', image: 'i' }] } },
    'pods "p" is forbidden: error looking up service account default/x: serviceaccount "x" not found',
  ],
  [
    'a missing namespace',
    '/api/v1/namespaces/nope/configmaps',
    { metadata: { name: 'm' } },
    'namespaces "nope" not found',
  ],
  [
    'a bad amount',
    '/api/v1/namespaces/default/pods',
    {
      metadata: { name: 'p' },
      spec: { containers: [{ name: 'c', image: 'i', resources: { requests: { cpu: 'x' } } }] },
    },
    'Pod in version "v1" cannot be handled as a Pod: quantities must match the regular expression \'^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$\'',
  ],
])('%s is refused', ([, path, object, expected]) => {
  expect(textOf(httpLab().send('POST', path, object))).toBe(expected);
});

test('what an update may not change is refused', () => {
  const lab = httpLab();
  lab.send('POST', '/apis/apps/v1/namespaces/default/deployments', deployment({}));
  const merge = { 'content-type': 'application/merge-patch+json' };
  const selector = lab.send(
    'PATCH',
    '/apis/apps/v1/namespaces/default/deployments/w',
    { spec: { selector: { matchLabels: { b: 'c' } }, template: { metadata: { labels: { b: 'c' } } } } },
    merge,
  );
  expect(textOf(selector)).toBe(
    'Deployment.apps "w" is invalid: spec.selector: Invalid value: {"matchLabels":{"app":"w","b":"c"}}: field is immutable',
  );
  lab.send('POST', '/api/v1/namespaces/default/pods', {
    metadata: { name: 'p' },
    spec: { containers: [{ name: 'c', image: 'i' }] },
  });
  expect(
    lab.send(
      'PATCH',
      '/api/v1/namespaces/default/pods/p',
      { spec: { containers: [{ name: 'c', image: 'j' }] } },
      { 'content-type': 'application/strategic-merge-patch+json' },
    ).head?.status,
  ).toBe(200);
  const pod = textOf(lab.send('PATCH', '/api/v1/namespaces/default/pods/p', { spec: { hostname: 'h' } }, merge));
  expect(String(pod).split('\n')[0]).toBe(
    'Pod "p" is invalid: spec: Forbidden: pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)',
  );
});

test('a namespace on its way out keeps its finalizer and takes nothing new', () => {
  const lab = httpLab();
  lab.send('POST', '/api/v1/namespaces', { metadata: { name: 'team' } });
  expect(lab.send('DELETE', '/api/v1/namespaces/team').chunks[0]).toMatchObject({
    kind: 'Namespace',
    status: { phase: 'Terminating' },
  });
  expect(textOf(lab.send('POST', '/api/v1/namespaces/team/configmaps', { metadata: { name: 'm' } }))).toBe(
    'configmaps "m" is forbidden: unable to create new content in namespace team because it is being terminated',
  );
  const finalized = lab.send('PUT', '/api/v1/namespaces/team/finalize', {
    metadata: { name: 'team' },
    spec: { finalizers: [] },
  });
  expect(finalized.head?.status).toBe(200);
  expect(textOf(lab.send('GET', '/api/v1/namespaces/team'))).toBe('namespaces "team" not found');
});
