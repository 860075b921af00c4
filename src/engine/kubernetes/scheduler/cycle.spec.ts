import { expect, test } from 'vitest';
import { SeededRandom } from '../../sim/random.ts';
import type { Namespace, Node, Pod, PodSpec, ReplicaSet, Service } from '../apimachinery/types.ts';
import type { Lister } from '../client/interface.ts';
import { SchedulerCache } from './cache.ts';
import { enoughFeasibleNodes, runCycle, type CycleResult } from './cycle.ts';
import { fitErrorMessage, preemptionMessage } from './fit-error.ts';
import { podInfoOf } from './pod-info.ts';
import { planPreemption } from './preemption.ts';
import { defaultProfile } from './profile.ts';

const nothing = <T>(): Lister<T> => ({ get: () => undefined, list: () => [], byIndex: () => [], select: () => [] });
const meta = (name: string): Pod['metadata'] => ({
  name,
  namespace: 'default',
  uid: name,
  resourceVersion: '1',
  creationTimestamp: '2026-03-02T00:00:00Z',
});
type NodeOptions = {
  readonly labels?: Readonly<Record<string, string>>;
  readonly taints?: Node['spec']['taints'] & object;
  readonly unschedulable?: boolean;
  readonly cpu?: string;
  readonly pods?: string;
};

const node = (
  name: string,
  { labels = {}, taints, unschedulable, cpu = '4', pods = '110' }: NodeOptions = {},
): Node => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { ...meta(name), labels: { 'kubernetes.io/hostname': name, ...labels } },
  spec: { ...(taints === undefined ? {} : { taints }), ...(unschedulable === undefined ? {} : { unschedulable }) },
  status: { allocatable: { cpu, memory: '8Gi', pods } },
});
const pod = (name: string, spec: Partial<PodSpec> = {}, labels: Readonly<Record<string, string>> = {}): Pod => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { ...meta(name), labels },
  spec: { containers: [{ name: 'c', image: 'nginx' }], ...spec },
  status: {},
});
const asking = (cpu: string, memory = '64Mi'): Partial<PodSpec> => ({
  containers: [{ name: 'c', image: 'nginx', resources: { requests: { cpu, memory } } }],
});

function cluster(nodes: readonly Node[], placed: readonly (readonly [Pod, string])[] = []): SchedulerCache {
  const cache = new SchedulerCache({
    services: nothing<Service>(),
    replicaSets: nothing<ReplicaSet>(),
    namespaces: nothing<Namespace>(),
  });
  for (const item of nodes) cache.setNode(item);
  for (const [item, where] of placed) cache.place(item, where);
  return cache;
}
const run = (cache: SchedulerCache, incoming: Pod, withVerdicts = true): CycleResult =>
  runCycle(defaultProfile(cache.spread), podInfoOf(incoming), cache, {
    start: 0,
    percentageOfNodesToScore: 0,
    withVerdicts,
    tieBreak: new SeededRandom(1).for('test'),
  });

const GPU = [{ key: 'gpu', value: 'yes', effect: 'NoSchedule' }];
test.for([
  {
    given: 'a cordoned node',
    nodes: [node('a', { unschedulable: true })],
    incoming: pod('p'),
    expected: ['NodeUnschedulable', 'node(s) were unschedulable', false],
  },
  {
    given: 'another node name',
    nodes: [node('a')],
    incoming: pod('p', { nodeName: 'b' }),
    expected: ['NodeName', "node(s) didn't match the requested node name", false],
  },
  {
    given: 'a taint',
    nodes: [node('a', { taints: GPU })],
    incoming: pod('p'),
    expected: ['TaintToleration', 'node(s) had untolerated taint(s)', false],
  },
  {
    given: 'a tolerated taint',
    nodes: [node('a', { taints: GPU })],
    incoming: pod('p', { tolerations: [{ key: 'gpu', operator: 'Exists' }] }),
    expected: undefined,
  },
  {
    given: 'another label',
    nodes: [node('a')],
    incoming: pod('p', { nodeSelector: { disk: 'ssd' } }),
    expected: ['NodeAffinity', "node(s) didn't match Pod's node affinity/selector", false],
  },
  {
    given: 'the wanted label',
    nodes: [node('a', { labels: { disk: 'ssd' } })],
    incoming: pod('p', { nodeSelector: { disk: 'ssd' } }),
    expected: undefined,
  },
  {
    given: 'too little cpu left',
    nodes: [node('a')],
    placed: [[pod('x', asking('3')), 'a']] as const,
    incoming: pod('p', asking('2')),
    expected: ['NodeResourcesFit', 'Insufficient cpu', true],
  },
  {
    given: 'a node that is too small',
    nodes: [node('a')],
    incoming: pod('p', asking('5')),
    expected: ['NodeResourcesFit', 'Insufficient cpu', false],
  },
  {
    given: 'a full node',
    nodes: [node('a', { pods: '1' })],
    placed: [[pod('x'), 'a']] as const,
    incoming: pod('p'),
    expected: ['NodeResourcesFit', 'Too many pods', true],
  },
  {
    given: 'a taken host port',
    nodes: [node('a')],
    expected: ['NodePorts', "node(s) didn't have free ports for the requested pod ports", true],
    placed: [
      [pod('x', { containers: [{ name: 'c', image: 'i', ports: [{ containerPort: 80, hostPort: 80 }] }] }), 'a'],
    ] as const,
    incoming: pod('p', { containers: [{ name: 'c', image: 'i', ports: [{ containerPort: 8080, hostPort: 80 }] }] }),
  },
  {
    given: 'a pod that is to be avoided',
    nodes: [node('a')],
    placed: [[pod('x', {}, { app: 'web' }), 'a']] as const,
    incoming: pod('p', {
      affinity: {
        podAntiAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: [
            { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: { app: 'web' } } },
          ],
        },
      },
    }),
    expected: ['InterPodAffinity', "node(s) didn't match pod anti-affinity rules", true],
  },
  {
    given: 'missing company',
    nodes: [node('a')],
    incoming: pod('p', {
      affinity: {
        podAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: [
            { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: { app: 'web' } } },
          ],
        },
      },
    }),
    expected: ['InterPodAffinity', "node(s) didn't match pod affinity rules", false],
  },
  {
    given: 'a skew over the limit',
    nodes: [node('a'), node('b')],
    placed: [[pod('x', {}, { app: 'web' }), 'a']] as const,
    incoming: pod(
      'p',
      {
        topologySpreadConstraints: [
          {
            maxSkew: 1,
            topologyKey: 'kubernetes.io/hostname',
            whenUnsatisfiable: 'DoNotSchedule',
            labelSelector: { matchLabels: { app: 'web' } },
          },
        ],
      },
      { app: 'web' },
    ),
    expected: ['PodTopologySpread', "node(s) didn't match pod topology spread constraints", true],
  },
])('given $given, node a is answered $expected', ({ nodes, placed, incoming, expected }) => {
  const refusal = run(cluster(nodes, placed ?? []), incoming).refusals.get('a');
  expect(refusal === undefined ? undefined : [refusal.plugin, refusal.reasons.join(), refusal.resolvable]).toEqual(
    expected,
  );
});

test('the emptier node wins, and every plugin says its part', () => {
  const result = run(cluster([node('a'), node('b')], [[pod('x', asking('2')), 'a']]), pod('p', asking('1', '1Gi')));
  expect(result.chosen).toBe('b');
  const verdict = result.verdicts.find((item) => item.node === 'b');
  expect(verdict?.type === 'scored' ? verdict.scores : verdict).toEqual([
    { plugin: 'TaintToleration', score: 100, weight: 3 },
    { plugin: 'NodeResourcesFit', score: 81, weight: 1 },
    { plugin: 'NodeResourcesBalancedAllocation', score: 93, weight: 1 },
  ]);
});

test('reasons are counted and ordered as upstream prints them', () => {
  const cache = cluster(
    [
      node('cp', { taints: [{ key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule' }] }),
      node('a', { pods: '1' }),
      node('b', { pods: '1' }),
    ],
    [
      [pod('x'), 'a'],
      [pod('y'), 'b'],
    ],
  );
  const { refusals } = run(cache, pod('p'));
  expect(fitErrorMessage(3, refusals, preemptionMessage(3, refusals, undefined))).toBe(
    '0/3 nodes are available: 1 node(s) had untolerated taint(s), 2 Too many pods. no new claims to deallocate, preemption: 0/3 nodes are available: 1 Preemption is not helpful for scheduling, 2 No preemption victims found for incoming pod.',
  );
  expect(fitErrorMessage(0, new Map(), '')).toBe('no nodes available to schedule pods');
});

test('preemption ends the least important pod that makes room, and leaves accounts as they were', () => {
  const cache = cluster(
    [node('a', { cpu: '2' }), node('b', { cpu: '2' })],
    [
      [pod('low', { ...asking('2'), priority: 1 }), 'a'],
      [pod('mid', { ...asking('2'), priority: 5 }), 'b'],
    ],
  );
  const incoming = pod('p', { ...asking('1'), priority: 10 });
  const { refusals } = run(cache, incoming);
  const plan = planPreemption(podInfoOf(incoming), refusals, cache, defaultProfile(cache.spread).filters);
  expect([plan?.node, plan?.victims.map((victim) => victim.metadata.name), cache.node('a')?.milliCpu]).toEqual([
    'a',
    ['low'],
    2000,
  ]);
});

test.for([
  [50, 50],
  [99, 99],
  [100, 100],
  [1000, 420],
  [5000, 500],
  [10_000, 500],
])('of %i nodes %i feasible ones are enough', ([total = 0, enough]) => {
  expect(enoughFeasibleNodes(total, 0)).toBe(enough);
});

test('5,000 nodes take pods at more than 2,000 a second', () => {
  const cache = cluster(
    Array.from({ length: 5000 }, (_, at) =>
      node(`n${String(at)}`, { labels: { 'topology.kubernetes.io/zone': `z${String(at % 3)}` } }),
    ),
  );
  const profile = defaultProfile(cache.spread);
  const tieBreak = new SeededRandom(1).for('test');
  let start = 0;
  const place = (count: number, prefix: string): void => {
    for (let at = 0; at < count; at += 1) {
      const incoming = pod(`${prefix}${String(at)}`, asking('100m'), { app: 'web' });
      const result = runCycle(profile, podInfoOf(incoming), cache, {
        start,
        percentageOfNodesToScore: 0,
        withVerdicts: false,
        tieBreak,
      });
      start = result.nextStart;
      if (result.chosen !== undefined) cache.place(incoming, result.chosen);
    }
  };
  place(300, 'warm');
  const before = process.cpuUsage().user;
  place(1000, 'p');
  // Half the goal is asserted, for a busy machine.
  expect(1000 / ((process.cpuUsage().user - before) / 1e6)).toBeGreaterThan(1000);
});
