import { expect, test } from 'vitest';
import { isFailure } from '../apimachinery/status.ts';
import type { Deployment, Draft } from '../apimachinery/types.ts';
import { world } from './world.spec-support.ts';

const SECOND = 1_000_000;

const deployment = (replicas: number, image = 'nginx:1.27'): Draft<Deployment> => ({
  metadata: { name: 'web', namespace: 'default', labels: { app: 'web' } },
  spec: {
    replicas,
    selector: { matchLabels: { app: 'web' } },
    template: {
      metadata: { labels: { app: 'web' } },
      spec: { containers: [{ name: 'nginx', image, ports: [{ containerPort: 80 }] }] },
    },
  },
});

test('a deployment gets its replica set, pods, conditions and events', () => {
  const { client, advance, events, podNames } = world(2);
  advance(SECOND);
  client.create('deployments.apps', deployment(3));
  advance(2 * SECOND);
  const got = client.get('deployments.apps', 'web', 'default');
  if (isFailure(got)) throw new Error(got.message);
  const { conditions = [], ...counts } = got.status ?? {};
  expect(counts).toEqual({
    observedGeneration: 1,
    replicas: 3,
    updatedReplicas: 3,
    readyReplicas: 3,
    availableReplicas: 3,
    terminatingReplicas: 0,
  });
  expect(conditions.map(({ type, status, reason }) => [type, status, reason])).toEqual([
    ['Available', 'True', 'MinimumReplicasAvailable'],
    ['Progressing', 'True', 'NewReplicaSetAvailable'],
  ]);
  expect(got.metadata.annotations).toEqual({ 'deployment.kubernetes.io/revision': '1' });
  const [set] = podNames('web-').map((name) => name.replace(/-[^-]*$/, ''));
  expect(podNames('web-')).toHaveLength(3);
  expect(events('web')).toEqual([`Scaled up replica set ${set ?? ''} from 0 to 3`]);
});

test('a new image is rolled out, and the old replica set is kept empty', () => {
  const { client, advance, events } = world(2);
  client.create('deployments.apps', deployment(3));
  advance(2 * SECOND);
  client.patch('deployments.apps', { name: 'web', namespace: 'default' }, 'strategic', {
    spec: { template: { spec: { containers: [{ name: 'nginx', image: 'nginx:1.28' }] } } },
  });
  advance(5 * SECOND);
  const sets = client.list('replicasets.apps', { namespace: 'default' });
  if (isFailure(sets)) throw new Error(sets.message);
  expect(
    sets.items.map((set) => [
      set.spec.replicas,
      set.status?.readyReplicas ?? 0,
      set.metadata.annotations?.['deployment.kubernetes.io/revision'],
    ]),
  ).toEqual([
    [0, 0, '1'],
    [3, 3, '2'],
  ]);
  expect(events('web').map((text) => text.replace(/set \S+/, 'set'))).toEqual([
    'Scaled up replica set from 0 to 3',
    'Scaled up replica set from 0 to 1',
    'Scaled down replica set from 3 to 2',
    'Scaled up replica set from 1 to 2',
    'Scaled down replica set from 2 to 1',
    'Scaled up replica set from 2 to 3',
    'Scaled down replica set from 1 to 0',
  ]);
});

test('a service gets endpoints and a slice of its ready pods, and then there is quiet', () => {
  const { client, advance, simulation } = world(1);
  client.create('deployments.apps', deployment(2));
  client.create('services', {
    metadata: { name: 'web', namespace: 'default' },
    spec: { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 80 }] },
  });
  advance(3 * SECOND);
  const { ran } = simulation.loop;
  advance(SECOND);
  expect(simulation.loop.ran - ran).toBeLessThan(5);
  const endpoints = client.get('endpoints', 'web', 'default');
  const slices = client.list('endpointslices.discovery.k8s.io', {
    namespace: 'default',
    labelSelector: 'kubernetes.io/service-name=web',
  });
  if (isFailure(endpoints) || isFailure(slices)) throw new Error('missing');
  expect(endpoints.subsets?.map(({ addresses = [], ports }) => [addresses.length, ports])).toEqual([
    [2, [{ port: 80, protocol: 'TCP' }]],
  ]);
  expect(
    slices.items.map(({ endpoints: list, ports }) => [(list ?? []).map((item) => item.conditions?.ready), ports]),
  ).toEqual([[[true, true], [{ name: '', port: 80, protocol: 'TCP' }]]]);
});

test('deleting a deployment takes its replica sets and pods with it', () => {
  const { client, advance, podNames } = world(1);
  client.create('deployments.apps', deployment(2));
  advance(2 * SECOND);
  client.delete('deployments.apps', { name: 'web', namespace: 'default' });
  advance(2 * SECOND);
  const sets = client.list('replicasets.apps', { namespace: 'default' });
  expect(isFailure(sets) ? [] : sets.items).toEqual([]);
  expect(podNames('web-')).toEqual([]);
});

test('a job runs to its completions; a failing one meets its limit', () => {
  const { client, advance, events } = world(1);
  const template = { spec: { restartPolicy: 'Never' as const, containers: [{ name: 'c', image: 'busybox' }] } };
  client.create('jobs.batch', {
    metadata: { name: 'ok', namespace: 'default' },
    spec: { completions: 3, parallelism: 2, template },
  });
  client.create('jobs.batch', {
    metadata: { name: 'bad', namespace: 'default' },
    spec: { backoffLimit: 1, template: { metadata: { annotations: { fails: '1' } }, ...template } },
  });
  advance(60 * SECOND);
  const ok = client.get('jobs.batch', 'ok', 'default');
  const bad = client.get('jobs.batch', 'bad', 'default');
  if (isFailure(ok) || isFailure(bad)) throw new Error('missing');
  expect([ok.status?.succeeded, ok.status?.conditions?.map(({ type }) => type)]).toEqual([
    3,
    ['SuccessCriteriaMet', 'Complete'],
  ]);
  expect([bad.status?.failed, bad.status?.conditions?.map(({ type, reason }) => [type, reason])]).toEqual([
    2,
    [
      ['FailureTarget', 'BackoffLimitExceeded'],
      ['Failed', 'BackoffLimitExceeded'],
    ],
  ]);
  expect(events('ok').at(-1)).toBe('Job completed');
});

test('the pod past the limit is told why', () => {
  const { client, advance, events, podNames } = world(2, { maxPods: 2 });
  client.create('deployments.apps', deployment(5));
  advance(5 * SECOND);
  const pending = podNames('web-').flatMap((name) => events(name).filter((text) => text.startsWith('0/')));
  expect(pending).toEqual([
    '0/2 nodes are available: 2 Too many pods. no new claims to deallocate, preemption: 0/2 nodes are available: 2 No preemption victims found for incoming pod.',
  ]);
});

test('a namespace is emptied and goes', () => {
  const { client, advance } = world(1);
  client.create('namespaces', { metadata: { name: 'team' } });
  advance(SECOND);
  client.create('deployments.apps', { ...deployment(2), metadata: { name: 'web', namespace: 'team' } });
  advance(2 * SECOND);
  client.delete('namespaces', { name: 'team' });
  advance(20 * SECOND);
  expect(isFailure(client.get('namespaces', 'team'))).toBe(true);
  const pods = client.list('pods', { namespace: 'team' });
  expect(isFailure(pods) ? undefined : pods.items).toEqual([]);
});

test('every node gets a range of its own', () => {
  const { client, advance } = world(3);
  advance(SECOND);
  const nodes = client.list('nodes');
  expect(isFailure(nodes) ? [] : nodes.items.map((node) => node.spec.podCIDR)).toEqual([
    '10.244.0.0/24',
    '10.244.1.0/24',
    '10.244.2.0/24',
  ]);
});
