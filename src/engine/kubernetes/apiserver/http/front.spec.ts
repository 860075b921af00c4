import { expect, test } from 'vitest';
import type { JsonObject } from '../../../../protocol/plain.ts';
import { httpLab } from './http-lab.spec-support.ts';

const TABLE = {
  accept:
    'application/json;as=Table;v=v1;g=meta.k8s.io,application/json;as=Table;v=v1beta1;g=meta.k8s.io,application/json',
};
const pod = (name: string, spec: JsonObject = {}): JsonObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name },
  spec: { containers: [{ name: 'c', image: 'nginx' }], ...spec },
});
const message = (value: unknown): unknown => (value as { message?: string }).message;

test('a pod is created with every default and shown as a table', () => {
  const lab = httpLab();
  const created = lab.send(
    'POST',
    '/api/v1/namespaces/default/pods?fieldManager=kubectl-create&fieldValidation=Strict',
    pod('web'),
  );
  expect(created.head?.status).toBe(201);
  expect(created.chunks[0]).toMatchObject({
    metadata: { name: 'web', namespace: 'default', generation: 1 },
    spec: {
      containers: [
        {
          name: 'c',
          image: 'nginx',
          imagePullPolicy: 'Always',
          resources: {},
          terminationMessagePath: '/dev/termination-log',
          terminationMessagePolicy: 'File',
          volumeMounts: [{ mountPath: '/var/run/secrets/kubernetes.io/serviceaccount', readOnly: true }],
        },
      ],
      dnsPolicy: 'ClusterFirst',
      enableServiceLinks: true,
      preemptionPolicy: 'PreemptLowerPriority',
      priority: 0,
      restartPolicy: 'Always',
      schedulerName: 'default-scheduler',
      securityContext: {},
      serviceAccount: 'default',
      serviceAccountName: 'default',
      terminationGracePeriodSeconds: 30,
      tolerations: [{ key: 'node.kubernetes.io/not-ready' }, { key: 'node.kubernetes.io/unreachable' }],
    },
    status: { phase: 'Pending', qosClass: 'BestEffort' },
  });
  lab.advance(5_000_000);
  const table = lab.send('GET', '/api/v1/namespaces/default/pods?limit=500', undefined, TABLE).chunks[0] as {
    rows: { cells: unknown[] }[];
    columnDefinitions: { name: string }[];
  };
  expect(table.columnDefinitions.map(({ name }) => name)).toEqual([
    'Name',
    'Ready',
    'Status',
    'Restarts',
    'Age',
    'IP',
    'Node',
    'Nominated Node',
    'Readiness Gates',
  ]);
  expect(table.rows.map(({ cells }) => cells)).toEqual([
    ['web', '0/1', 'Pending', '0', '5s', '<none>', '<none>', '<none>', '<none>'],
  ]);
});

test.for([
  [
    'an unknown field',
    { spec: { containers: [{ name: 'c', image: 'n', foo: 1 }], bar: 2 } },
    'Pod in version "v1" cannot be handled as a Pod: strict decoding error: unknown field "spec.containers[0].foo", unknown field "spec.bar"',
  ],
  [
    'a wrong type',
    { spec: { containers: [{ name: 'c', image: 'n', env: [{ name: 'A', value: 1 }] }] } },
    'Pod in version "v1" cannot be handled as a Pod: json: cannot unmarshal number into Go struct field EnvVar.spec.containers.env.value of type string',
  ],
  [
    'nothing in the spec',
    { metadata: { name: 'Web' }, spec: { restartPolicy: 'Sometimes' } },
    'Pod "Web" is invalid: [metadata.name: Invalid value: "Web": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, \'-\' or \'.\', and must start and end with an alphanumeric character (e.g. \'example.com\', regex used for validation is \'[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\'), spec.containers: Required value, spec.restartPolicy: Unsupported value: "Sometimes": supported values: "Always", "OnFailure", "Never"]',
  ],
] as const)("%s is refused with the server's text", ([, body, expected]) => {
  const lab = httpLab();
  const reply = lab.send('POST', '/api/v1/namespaces/default/pods?fieldValidation=Strict', {
    ...pod('web'),
    ...body,
  });
  expect(message(reply.chunks[0])).toBe(expected);
});

test('a watch shows what is there, what changes and what goes', () => {
  const lab = httpLab();
  lab.send('POST', '/api/v1/namespaces/default/pods', pod('a'));
  const watch = lab.send('GET', '/api/v1/namespaces/default/pods?watch=true');
  lab.send(
    'PATCH',
    '/api/v1/namespaces/default/pods/a',
    { metadata: { labels: { x: 'y' } } },
    { 'content-type': 'application/strategic-merge-patch+json' },
  );
  lab.advance(10_000);
  lab.send('DELETE', '/api/v1/namespaces/default/pods/a', { propagationPolicy: 'Background' });
  lab.advance(10_000);
  expect(watch.chunks.map((event) => (event as { type: string }).type)).toEqual(['ADDED', 'MODIFIED', 'DELETED']);
  expect(watch.ended).toBe(false);
  lab.front.abort(watch.exchange);
  expect(lab.server.watches.count).toBe(0);
});

test('lists are paged by limit and continue', () => {
  const lab = httpLab();
  for (const name of ['a', 'b', 'c']) lab.send('POST', '/api/v1/namespaces/default/configmaps', { metadata: { name } });
  const page = (suffix: string): { names: string[]; next: string } => {
    const { items, metadata } = lab.send('GET', `/api/v1/namespaces/default/configmaps?limit=2${suffix}`)
      .chunks[0] as unknown as { items: { metadata: { name: string } }[]; metadata: { continue?: string } };
    return { names: items.map((item) => item.metadata.name), next: metadata.continue ?? '' };
  };
  const one = page('');
  expect(one.names).toEqual(['a', 'b']);
  expect(page(`&continue=${one.next}`)).toEqual({ names: ['c'], next: '' });
});

test('a deployment is scaled through its subresource, a service gets an address and a port', () => {
  const lab = httpLab();
  const template = { metadata: { labels: { app: 'w' } }, spec: { containers: [{ name: 'c', image: 'nginx:1' }] } };
  lab.send('POST', '/apis/apps/v1/namespaces/default/deployments', {
    metadata: { name: 'w' },
    spec: { selector: { matchLabels: { app: 'w' } }, template },
  });
  const scaled = lab.send(
    'PATCH',
    '/apis/apps/v1/namespaces/default/deployments/w/scale',
    { spec: { replicas: 3 } },
    { 'content-type': 'application/merge-patch+json' },
  );
  expect(scaled.chunks[0]).toMatchObject({
    kind: 'Scale',
    spec: { replicas: 3 },
    status: { replicas: 0, selector: 'app=w' },
  });
  expect(lab.send('GET', '/apis/apps/v1/namespaces/default/deployments/w').chunks[0]).toMatchObject({
    metadata: { generation: 2 },
    spec: { replicas: 3, strategy: { type: 'RollingUpdate' } },
  });
  const service = lab.send('POST', '/api/v1/namespaces/default/services', {
    metadata: { name: 'w' },
    spec: { type: 'NodePort', ports: [{ port: 80 }] },
  }).chunks[0] as unknown as { spec: { clusterIP: string; ports: { nodePort: number }[] } };
  expect(service.spec.clusterIP).toMatch(/^10\.\d+\.\d+\.\d+$/);
  expect(service.spec.ports[0]?.nodePort).toBeGreaterThanOrEqual(30_000);
});

test('discovery, health, OpenAPI and the refusal of a stranger', async () => {
  const lab = httpLab();
  expect(lab.send('GET', '/healthz').text).toBe('ok');
  const core = lab.send('GET', '/api', undefined, {
    accept: 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json',
  });
  expect(core.head?.headers['content-type']).toBe(
    'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList',
  );
  expect(lab.send('GET', '/apis/apps/v1').chunks[0]).toMatchObject({
    kind: 'APIResourceList',
    groupVersion: 'apps/v1',
  });
  const document = lab.send('GET', '/openapi/v3/apis/apps/v1');
  await lab.simulation.hop.whenReleased();
  lab.advance(1000);
  expect((document.chunks[0] as { paths: object }).paths).toHaveProperty(
    '/apis/apps/v1/namespaces/{namespace}/deployments',
  );
  const denied = lab.server.request(
    { name: 'jane', groups: ['system:authenticated'] },
    { verb: 'list', resource: 'pods', options: { namespace: 'default' } },
  );
  expect(message(denied)).toBe(
    'pods is forbidden: User "jane" cannot list resource "pods" in API group "" in the namespace "default"',
  );
  expect(lab.send('GET', '/api/v1/pods', undefined, { authorization: 'Bearer nonsense' }).chunks[0]).toMatchObject({
    code: 401,
    message: 'Unauthorized',
  });
});

test('logs and exec go to the kubelet of the pod', () => {
  const lab = httpLab();
  lab.send('POST', '/api/v1/namespaces/default/pods', pod('a', { nodeName: 'worker-1' }));
  lab.send('GET', '/api/v1/namespaces/default/pods/a/log?follow=true');
  lab.send('GET', '/api/v1/namespaces/default/pods/a/exec?command=ls&command=-l&stdin=true&stdout=true');
  expect(lab.passed).toEqual([
    'worker-1 /containerLogs/default/a/c?follow=true',
    'worker-1 /exec/default/a/c?command=ls&command=-l&input=true&output=true',
  ]);
  expect(message(lab.send('GET', '/api/v1/namespaces/default/pods/a/log?container=x').chunks[0])).toBe(
    'container x is not valid for pod a',
  );
});

test.for([
  { client: 'curl/8.5.0', query: '', lines: 13 },
  { client: 'kubectl/v1.36.1', query: '?pretty=true', lines: 13 },
  { client: 'curl/8.5.0', query: '?pretty=false', lines: undefined },
  { client: 'kubectl/v1.36.1', query: '', lines: undefined },
])('$client $query is answered for its reader', ({ client, query, lines }) => {
  const target = `/api/v1/namespaces/default/pods/none${query}`;
  const { text } = httpLab().send('GET', target, undefined, { 'user-agent': client });
  expect(text === '' ? undefined : text.split('\n').length).toBe(lines);
  const keys = ['kind', 'apiVersion', 'metadata', 'status', 'message', 'reason', 'details', 'code'];
  if (text !== '') expect(Object.keys(JSON.parse(text) as object)).toEqual(keys);
});
