import { expect, test } from 'vitest';
import { formatRfc3339 } from '../../sim/clock.ts';
import { isFailure } from '../apimachinery/status.ts';
import { world } from './world.spec-support.ts';

const SECOND = 1_000_000;
const template = { metadata: { labels: { app: 'db' } }, spec: { containers: [{ name: 'c', image: 'redis:7' }] } };

test('a stateful set starts its pods in order under stable names', () => {
  const { client, advance, podNames, events } = world(2);
  client.create('statefulsets.apps', {
    metadata: { name: 'db', namespace: 'default' },
    spec: { replicas: 3, serviceName: 'db', selector: { matchLabels: { app: 'db' } }, template },
  });
  advance(3 * SECOND);
  expect(podNames('db-')).toEqual(['db-0', 'db-1', 'db-2']);
  const set = client.get('statefulsets.apps', 'db', 'default');
  if (isFailure(set)) throw new Error(set.message);
  expect([
    set.status?.readyReplicas,
    set.status?.updatedReplicas,
    set.status?.currentRevision === set.status?.updateRevision,
  ]).toEqual([3, 3, true]);
  expect(events('db')).toEqual([0, 1, 2].map((n) => `create Pod db-${String(n)} in StatefulSet db successful`));
  const pod = client.get('pods', 'db-1', 'default');
  expect(
    isFailure(pod)
      ? pod
      : [pod.spec.hostname, pod.spec.subdomain, pod.metadata.labels?.['statefulset.kubernetes.io/pod-name']],
  ).toEqual(['db-1', 'db', 'db-1']);
});

test('a stateful set is updated from the last pod on and shrinks from the end', () => {
  const { client, advance, podNames } = world(2);
  client.create('statefulsets.apps', {
    metadata: { name: 'db', namespace: 'default' },
    spec: { replicas: 2, serviceName: 'db', selector: { matchLabels: { app: 'db' } }, template },
  });
  advance(3 * SECOND);
  client.patch('statefulsets.apps', { name: 'db', namespace: 'default' }, 'strategic', {
    spec: { template: { spec: { containers: [{ name: 'c', image: 'redis:8' }] } } },
  });
  advance(5 * SECOND);
  const images = podNames('db-')
    .map((name) => client.get('pods', name, 'default'))
    .map((pod) => (isFailure(pod) ? '' : pod.spec.containers[0]?.image));
  expect(images).toEqual(['redis:8', 'redis:8']);
  client.patch('statefulsets.apps', { name: 'db', namespace: 'default' }, 'merge', { spec: { replicas: 1 } });
  advance(3 * SECOND);
  expect(podNames('db-')).toEqual(['db-0']);
});

test('a cron job starts a job each minute and keeps three of them', () => {
  const { client, advance } = world(1);
  const job = {
    spec: { template: { spec: { restartPolicy: 'Never' as const, containers: [{ name: 'c', image: 'busybox' }] } } },
  };
  client.create('cronjobs.batch', {
    metadata: { name: 'tick', namespace: 'default' },
    spec: { schedule: '* * * * *', jobTemplate: job },
  });
  advance(310 * SECOND);
  const jobs = client.list('jobs.batch', { namespace: 'default' });
  const cron = client.get('cronjobs.batch', 'tick', 'default');
  if (isFailure(jobs) || isFailure(cron)) throw new Error('missing');
  expect(jobs.items.map(({ metadata, status }) => [metadata.name, status?.succeeded])).toEqual(
    [3, 4, 5].map((n) => [`tick-${String(29_540_160 + n)}`, 1]),
  );
  expect(cron.status?.lastScheduleTime).toBe('2026-03-02T00:05:00Z');
});

test('a finished job goes when its time to live is over', () => {
  const { client, advance } = world(1);
  client.create('jobs.batch', {
    metadata: { name: 'once', namespace: 'default' },
    spec: {
      ttlSecondsAfterFinished: 30,
      template: { spec: { restartPolicy: 'Never', containers: [{ name: 'c', image: 'busybox' }] } },
    },
  });
  advance(20 * SECOND);
  expect(isFailure(client.get('jobs.batch', 'once', 'default'))).toBe(false);
  advance(30 * SECOND);
  expect(isFailure(client.get('jobs.batch', 'once', 'default'))).toBe(true);
});

test('an orphaned pod that matches is adopted, and one whose label changes is let go', () => {
  const { client, advance, podNames } = world(1);
  client.create('pods', {
    metadata: { name: 'mine', namespace: 'default', labels: { app: 'db' } },
    spec: template.spec,
  });
  client.create('replicasets.apps', {
    metadata: { name: 'db', namespace: 'default' },
    spec: { replicas: 2, selector: { matchLabels: { app: 'db' } }, template },
  });
  advance(2 * SECOND);
  expect(podNames('')).toHaveLength(2);
  client.patch('pods', { name: 'mine', namespace: 'default' }, 'merge', { metadata: { labels: { app: 'debug' } } });
  advance(2 * SECOND);
  const mine = client.get('pods', 'mine', 'default');
  expect([isFailure(mine) ? mine : mine.metadata.ownerReferences, podNames('').length]).toEqual([undefined, 3]);
});

test('a node without a heartbeat turns Unknown, is tainted and loses its pods after five minutes', () => {
  const { client, advance, simulation } = world(1);
  client.create('pods', { metadata: { name: 'p', namespace: 'default' }, spec: template.spec });
  advance(2 * SECOND);
  const old = formatRfc3339(simulation.clock.unixMs);
  client.patchStatus(
    'nodes',
    { name: 'worker-1' },
    { status: { conditions: [{ type: 'Ready', status: 'True', reason: 'KubeletReady', lastHeartbeatTime: old }] } },
  );
  advance(60 * SECOND);
  const node = client.get('nodes', 'worker-1');
  if (isFailure(node)) throw new Error(node.message);
  expect(node.status.conditions?.find(({ type }) => type === 'Ready')).toMatchObject({
    status: 'Unknown',
    reason: 'NodeStatusUnknown',
    message: 'Kubelet stopped posting node status.',
  });
  expect(node.spec.taints?.map(({ key, effect }) => `${key}:${effect}`)).toEqual([
    'node.kubernetes.io/unreachable:NoSchedule',
    'node.kubernetes.io/unreachable:NoExecute',
  ]);
  expect(isFailure(client.get('pods', 'p', 'default'))).toBe(false);
  advance(300 * SECOND);
  expect(isFailure(client.get('pods', 'p', 'default'))).toBe(true);
});

test('orphan propagation leaves the pods, foreground waits for them', () => {
  const { client, advance, podNames } = world(1);
  client.create('replicasets.apps', {
    metadata: { name: 'a', namespace: 'default' },
    spec: { replicas: 2, selector: { matchLabels: { app: 'db' } }, template },
  });
  advance(2 * SECOND);
  client.delete('replicasets.apps', { name: 'a', namespace: 'default' }, { propagationPolicy: 'Orphan' });
  advance(2 * SECOND);
  expect([isFailure(client.get('replicasets.apps', 'a', 'default')), podNames('a-').length]).toEqual([true, 2]);
  client.create('replicasets.apps', {
    metadata: { name: 'b', namespace: 'default' },
    spec: { replicas: 2, selector: { matchLabels: { app: 'db' } }, template },
  });
  advance(2 * SECOND);
  client.delete('replicasets.apps', { name: 'b', namespace: 'default' }, { propagationPolicy: 'Foreground' });
  advance(2 * SECOND);
  expect([isFailure(client.get('replicasets.apps', 'b', 'default')), podNames('').length]).toEqual([true, 0]);
});
