import { expect, test } from 'vitest';
import { decodeUtf8, encodeUtf8 } from '../../../../protocol/bytes.ts';
import type { Container, Pod, PodSpec, Service } from '../../apimachinery/types.ts';
import { selectLog } from '../node/container-log.ts';
import { formatGoDuration, nextBackoffUs } from './back-off.ts';
import { containerResources, oomScoreAdjust, podCgroup, qosClass } from './cgroup-names.ts';
import { resolvConf } from './container-spec.ts';
import { expand, resolveEnv, resourceValue, serviceVariables, type EnvSources } from './env.ts';
import { podPhase, podStatus } from './status.ts';
import { newContainerWork, newPodWork, type ContainerWork, type PodWork } from './work-state.ts';

const podOf = (spec: Partial<PodSpec>): Pod => ({
  apiVersion: 'v1',
  kind: 'Pod',
  spec: { containers: [{ name: 'c', image: 'nginx' }], ...spec },
  status: {},
  metadata: {
    name: 'p',
    namespace: 'default',
    uid: 'aaaa-bbbb',
    resourceVersion: '1',
    creationTimestamp: '',
    labels: { app: 'web' },
  },
});
const withResources = (resources: Container['resources'] & object): PodSpec => ({
  containers: [{ name: 'c', image: 'i', resources }],
});

test.for([
  {
    given: 'nothing asked for',
    spec: { containers: [{ name: 'c', image: 'i' }] },
    qos: 'BestEffort',
    path: '/kubepods.slice/kubepods-besteffort.slice/kubepods-besteffort-podaaaa_bbbb.slice',
  },
  {
    given: 'a request',
    spec: withResources({ requests: { cpu: '100m' } }),
    qos: 'Burstable',
    path: '/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-podaaaa_bbbb.slice',
  },
  {
    given: 'limits alone',
    spec: withResources({ limits: { cpu: '1', memory: '1Gi' } }),
    qos: 'Guaranteed',
    path: '/kubepods.slice/kubepods-podaaaa_bbbb.slice',
  },
] as const)('given $given, a pod is $qos and has its cgroup', ({ spec, qos, path }) => {
  expect([qosClass(spec), podCgroup('aaaa-bbbb', qosClass(spec))]).toEqual([qos, path]);
});

test('limits become quota and shares', () => {
  const container = {
    name: 'c',
    image: 'i',
    resources: { requests: { cpu: '250m', memory: '64Mi' }, limits: { cpu: '500m', memory: '128Mi' } },
  };
  expect(containerResources(container, 'Burstable', 8 * 1024 ** 3)).toEqual({
    cpuShares: 256,
    cpuQuotaUs: 50_000,
    cpuPeriodUs: 100_000,
    memoryLimitBytes: 134_217_728,
    memoryRequestBytes: 67_108_864,
    oomScoreAdj: 993,
  });
  expect([
    oomScoreAdjust('Guaranteed', 0, 1),
    oomScoreAdjust('BestEffort', 0, 1),
    oomScoreAdjust('Burstable', 0, 100),
  ]).toEqual([-997, 1000, 999]);
});

const sources: EnvSources = {
  configMap: (name) =>
    name === 'settings'
      ? { apiVersion: 'v1', kind: 'ConfigMap', metadata: podOf({}).metadata, data: { a: '1', b: '2' } }
      : undefined,
  secret: () => undefined,
  services: [],
  hostIp: '10.0.0.1',
  podIps: ['10.244.1.2'],
  nodeAllocatable: { cpu: '4', memory: '8Gi' },
};
test.for<{ readonly given: string; readonly container: Partial<Container>; readonly expected: unknown }>([
  {
    given: 'values that refer to others',
    container: {
      env: [
        { name: 'A', value: 'x' },
        { name: 'B', value: '$(A)-$(NONE)-$$(A)' },
      ],
    },
    expected: [
      ['A', 'x'],
      ['B', 'x-$(NONE)-$(A)'],
    ],
  },
  {
    given: 'a whole ConfigMap with a prefix',
    container: { envFrom: [{ prefix: 'P_', configMapRef: { name: 'settings' } }] },
    expected: [
      ['P_a', '1'],
      ['P_b', '2'],
    ],
  },
  {
    given: 'a missing ConfigMap',
    container: { envFrom: [{ configMapRef: { name: 'none' } }] },
    expected: 'configmap "none" not found',
  },
  {
    given: 'a missing key',
    container: { env: [{ name: 'A', valueFrom: { configMapKeyRef: { name: 'settings', key: 'z' } } }] },
    expected: "couldn't find key z in ConfigMap default/settings",
  },
  {
    given: 'an optional missing secret',
    container: { env: [{ name: 'A', valueFrom: { secretKeyRef: { name: 's', key: 'k', optional: true } } }] },
    expected: [],
  },
  {
    given: 'fields of the pod',
    container: {
      env: [
        { name: 'N', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
        { name: 'L', valueFrom: { fieldRef: { fieldPath: "metadata.labels['app']" } } },
      ],
    },
    expected: [
      ['N', 'p'],
      ['L', 'web'],
    ],
  },
])('given $given, the environment is $expected', ({ container, expected }) => {
  const result = resolveEnv({ name: 'c', image: 'i', ...container }, podOf({}), sources);
  expect('error' in result ? result.error : result.env).toEqual(expected);
});

test('services become variables as docker links were', () => {
  const service: Service = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { ...podOf({}).metadata, name: 'my-db' },
    spec: { clusterIP: '10.96.0.7', ports: [{ name: 'sql', port: 5432 }] },
  };
  expect(serviceVariables([service], true)).toEqual([
    ['MY_DB_SERVICE_HOST', '10.96.0.7'],
    ['MY_DB_SERVICE_PORT', '5432'],
    ['MY_DB_SERVICE_PORT_SQL', '5432'],
    ['MY_DB_PORT', 'tcp://10.96.0.7:5432'],
    ['MY_DB_PORT_5432_TCP', 'tcp://10.96.0.7:5432'],
    ['MY_DB_PORT_5432_TCP_PROTO', 'tcp'],
    ['MY_DB_PORT_5432_TCP_PORT', '5432'],
    ['MY_DB_PORT_5432_TCP_ADDR', '10.96.0.7'],
  ]);
  expect(serviceVariables([service], false)).toEqual([]);
});

test('a resource without a limit is what the node has', () => {
  expect([
    resourceValue({ name: 'c', image: 'i' }, 'limits.memory', '1Mi', sources.nodeAllocatable),
    resourceValue({ name: 'c', image: 'i' }, 'requests.cpu', undefined, {}),
  ]).toEqual(['8192', '0']);
  expect(expand('$(', () => '')).toBe('$(');
});

test.for<[string, Partial<PodSpec>, string]>([
  [
    'of a cluster',
    {},
    'search default.svc.cluster.local svc.cluster.local cluster.local\nnameserver 10.96.0.10\noptions ndots:5\n',
  ],
  ['of the host', { dnsPolicy: 'Default' }, 'search lab\nnameserver 1.1.1.1\n'],
  [
    'of its own',
    { dnsPolicy: 'None', dnsConfig: { nameservers: ['9.9.9.9'], options: [{ name: 'ndots', value: '2' }] } },
    'nameserver 9.9.9.9\noptions ndots:2\n',
  ],
])('a pod with the DNS %s gets its resolv.conf', ([, spec, expected]) => {
  const host = spec.dnsPolicy === 'Default' ? 'search lab\nnameserver 1.1.1.1\n' : '';
  expect(resolvConf(podOf(spec), { servers: ['10.96.0.10'], domain: 'cluster.local' }, host)).toBe(expected);
});

function workOf(...containers: readonly Partial<ContainerWork>[]): PodWork {
  const made = containers.map((item, at) => ({ ...newContainerWork(`c${String(at)}`, item.kind ?? 'app'), ...item }));
  return newPodWork({ uid: 'u', namespace: 'default', name: 'p', isStatic: false }, '2026-03-02T00:00:00Z', made);
}
const ok = { step: 'exited', exitCode: 0 } as const;
const bad = { step: 'exited', exitCode: 1 } as const;
test.for<{
  readonly given: string;
  readonly policy: 'Always' | 'OnFailure' | 'Never';
  readonly work: PodWork;
  readonly phase: string;
}>([
  { given: 'nothing started', policy: 'Always', work: workOf({}), phase: 'Pending' },
  { given: 'one of two running', policy: 'Always', work: workOf({ step: 'running' }, {}), phase: 'Pending' },
  { given: 'all running', policy: 'Always', work: workOf({ step: 'running' }), phase: 'Running' },
  { given: 'a crash that restarts', policy: 'Always', work: workOf(bad), phase: 'Running' },
  {
    given: 'a waiting restart',
    policy: 'Always',
    work: workOf({ last: { terminated: { exitCode: 1 } } }),
    phase: 'Running',
  },
  { given: 'success for good', policy: 'Never', work: workOf(ok, ok), phase: 'Succeeded' },
  { given: 'failure for good', policy: 'Never', work: workOf(ok, bad), phase: 'Failed' },
  { given: 'failure to be retried', policy: 'OnFailure', work: workOf(bad), phase: 'Running' },
  { given: 'a failed init container', policy: 'Never', work: workOf({ kind: 'init', ...bad }, {}), phase: 'Failed' },
  {
    given: 'an init container at work',
    policy: 'Always',
    work: workOf({ kind: 'init', step: 'running' }, {}),
    phase: 'Pending',
  },
])('given $given under $policy, the phase is $phase', ({ policy, work, phase }) => {
  expect(podPhase(podOf({ restartPolicy: policy }), work)).toBe(phase);
});

test('the status of a pod that waits for its init container', () => {
  const pod = podOf({
    initContainers: [{ name: 'c0', image: 'busybox' }],
    containers: [{ name: 'c1', image: 'nginx' }],
  });
  const status = podStatus(pod, workOf({ kind: 'init', step: 'running', startedMs: 1_772_409_600_000 }, {}), {
    hostIp: '10.0.0.1',
    nowMs: 1_772_409_600_000,
  });
  expect(status.conditions?.map(({ type, status: value, reason, message }) => [type, value, reason, message])).toEqual([
    ['PodReadyToStartContainers', 'False', undefined, undefined],
    ['Initialized', 'False', 'ContainersNotInitialized', 'containers with incomplete status: [c0]'],
    ['Ready', 'False', 'ContainersNotReady', 'containers with unready status: [c1]'],
    ['ContainersReady', 'False', 'ContainersNotReady', 'containers with unready status: [c1]'],
    ['PodScheduled', 'True', undefined, undefined],
  ]);
  expect([status.initContainerStatuses?.[0]?.state, status.containerStatuses?.[0]?.state]).toEqual([
    { running: { startedAt: '2026-03-02T00:00:00Z' } },
    { waiting: { reason: 'PodInitializing' } },
  ]);
});

test('back-off doubles from ten seconds to five minutes', () => {
  const lengths: string[] = [];
  for (let us = nextBackoffUs(0); lengths.length < 7; us = nextBackoffUs(us)) lengths.push(formatGoDuration(us));
  expect(lengths).toEqual(['10s', '20s', '40s', '1m20s', '2m40s', '5m0s', '5m0s']);
  expect([formatGoDuration(1_234_567), formatGoDuration(308_000), formatGoDuration(0)]).toEqual([
    '1.234567s',
    '308ms',
    '0s',
  ]);
});

const LOG = encodeUtf8(
  '2026-03-02T00:00:01.5Z stdout F one\n2026-03-02T00:00:02Z stderr F two\n2026-03-02T00:00:03Z stdout P thr\n2026-03-02T00:00:03Z stdout F ee\n2026-03-02T00:00:04Z std',
);
test.for([
  ['everything', {}, 'one\ntwo\nthree\n'],
  ['the last line', { tailLines: 1 }, 'three\n'],
  ['nothing', { tailLines: 0 }, ''],
  ['times', { timestamps: true, tailLines: 1 }, '2026-03-02T00:00:03Z three\n'],
  ['what came since', { sinceTime: '2026-03-02T00:00:02Z' }, 'two\nthree\n'],
  ['five bytes', { limitBytes: 5 }, 'one\nt'],
  ['one stream', { stream: 'Stderr' }, 'two\n'],
] as const)('a log shows %s', ([, options, expected]) => {
  expect(decodeUtf8(selectLog(LOG, options, 0))).toBe(expected);
});
