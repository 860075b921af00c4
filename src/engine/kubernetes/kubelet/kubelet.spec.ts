import { expect, test } from 'vitest';
import { decodeUtf8 } from '../../../protocol/bytes.ts';
import { decodePlain, encodePlain } from '../../sim/plain-codec.ts';
import { isFailure } from '../apimachinery/status.ts';
import type { Draft, Pod, PodSpec } from '../apimachinery/types.ts';
import { nodeWorld, type NodeWorld } from './node.spec-support.ts';

const SECOND = 1_000_000;

const pod = (name: string, spec: PodSpec, labels: Readonly<Record<string, string>> = {}): Draft<Pod> => ({
  metadata: { name, namespace: 'default', labels },
  spec,
});
const nginx: PodSpec['containers'][number] = { name: 'nginx', image: 'nginx:1.27', ports: [{ containerPort: 80 }] };

function get({ client }: NodeWorld, name: string): Pod {
  const answer = client.get('pods', name, 'default');
  if (isFailure(answer)) throw new Error(answer.message);
  return answer;
}
const conditions = (of: Pod): readonly string[] =>
  (of.status.conditions ?? []).map(({ type, status }) => `${type}=${status}`);

test('nodes register, are Ready and renew their leases', () => {
  const world = nodeWorld(1);
  world.advance(30 * SECOND);
  const node = world.client.get('nodes', 'worker-1');
  const lease = world.client.get('leases.coordination.k8s.io', 'worker-1', 'kube-node-lease');
  if (isFailure(node) || isFailure(lease)) throw new Error('missing');
  expect(node.status.conditions?.map(({ type, status, reason }) => [type, status, reason])).toEqual([
    ['MemoryPressure', 'False', 'KubeletHasSufficientMemory'],
    ['DiskPressure', 'False', 'KubeletHasNoDiskPressure'],
    ['PIDPressure', 'False', 'KubeletHasSufficientPID'],
    ['Ready', 'True', 'KubeletReady'],
  ]);
  expect([node.status.allocatable?.['pods'], node.spec.podCIDR, node.spec.taints]).toEqual([
    '110',
    '10.244.0.0/24',
    undefined,
  ]);
  expect(lease.spec?.holderIdentity).toBe('worker-1');
});

test('a pod is pulled, started, probed, logged and taken down', () => {
  const world = nodeWorld(1);
  world.advance(2 * SECOND);
  const readinessProbe = { httpGet: { path: '/', port: 80 }, periodSeconds: 5 };
  world.client.create('pods', pod('web', { containers: [{ ...nginx, readinessProbe }] }));
  world.advance(30 * SECOND);
  const running = get(world, 'web');
  expect(
    world
      .events('web')
      .map((text) => text.replace(/in \S+ \(\S+ including/, 'in T (T including').replace(/size: \d+/, 'size: N')),
  ).toEqual([
    'Successfully assigned default/web to worker-1',
    'Pulling image "nginx:1.27"',
    'Successfully pulled image "nginx:1.27" in T (T including waiting). Image size: N bytes.',
    'Container created',
    'Container started',
  ]);
  expect([
    running.status.phase,
    running.status.podIP,
    running.status.containerStatuses?.map((status) => [
      status.ready,
      status.restartCount,
      Object.keys(status.state ?? {}),
    ]),
  ]).toEqual(['Running', '10.244.1.2', [[true, 0, ['running']]]]);
  expect(conditions(running)).toEqual([
    'PodReadyToStartContainers=True',
    'Initialized=True',
    'Ready=True',
    'ContainersReady=True',
    'PodScheduled=True',
  ]);
  const log = world.kubelets[0]?.api.containerLog('default', 'web', 'nginx', { tailLines: 1 });
  expect(log !== undefined && 'bytes' in log ? decodeUtf8(log.bytes) : log).toContain('kube-probe/1.36');
  world.client.delete('pods', { name: 'web', namespace: 'default' });
  world.advance(35 * SECOND);
  expect(isFailure(world.client.get('pods', 'web', 'default'))).toBe(true);
  expect([world.runtimes[0]?.containers('k8s.io'), world.runtimes[0]?.sandboxes()]).toEqual([[], []]);
});

test('an unknown image backs off with its reasons', () => {
  const world = nodeWorld(1);
  world.advance(2 * SECOND);
  world.client.create('pods', pod('bad', { containers: [{ name: 'c', image: 'nginx:no-such-tag' }] }));
  world.advance(8 * SECOND);
  expect(get(world, 'bad').status.containerStatuses?.[0]?.state?.waiting).toEqual({
    reason: 'ImagePullBackOff',
    message:
      'Back-off pulling image "nginx:no-such-tag": ErrImagePull: rpc error: code = NotFound desc = failed to pull and unpack image "docker.io/library/nginx:no-such-tag": failed to resolve reference "docker.io/library/nginx:no-such-tag": docker.io/library/nginx:no-such-tag: not found',
  });
});

test('a failing command goes into CrashLoopBackOff with growing delays', () => {
  const world = nodeWorld(1);
  world.advance(2 * SECOND);
  world.client.create(
    'pods',
    pod('crash', { containers: [{ name: 'c', image: 'nginx:1.27', command: ['/no/such'] }] }),
  );
  world.advance(20 * SECOND);
  const { metadata, status: podStatus } = get(world, 'crash');
  const [status] = podStatus.containerStatuses ?? [];
  expect([
    status?.state?.waiting,
    status?.lastState?.terminated?.reason,
    status?.lastState?.terminated?.exitCode,
  ]).toEqual([
    {
      reason: 'CrashLoopBackOff',
      message: `back-off 20s restarting failed container=c pod=crash_default(${metadata.uid})`,
    },
    'StartError',
    128,
  ]);
});

test('a missing ConfigMap keeps a container from being created until it is there', () => {
  const world = nodeWorld(1);
  world.advance(2 * SECOND);
  world.client.create(
    'pods',
    pod('env', {
      containers: [{ ...nginx, env: [{ name: 'A', valueFrom: { configMapKeyRef: { name: 'settings', key: 'a' } } }] }],
    }),
  );
  world.advance(10 * SECOND);
  expect(get(world, 'env').status.containerStatuses?.[0]?.state?.waiting).toEqual({
    reason: 'CreateContainerConfigError',
    message: 'configmap "settings" not found',
  });
  world.client.create('configmaps', { metadata: { name: 'settings', namespace: 'default' }, data: { a: '1' } });
  world.advance(15 * SECOND);
  expect(get(world, 'env').status.phase).toBe('Running');
});

test('a ConfigMap volume follows its object', () => {
  const world = nodeWorld(1);
  world.client.create('configmaps', {
    metadata: { name: 'site', namespace: 'default' },
    data: { 'index.html': 'one' },
  });
  world.advance(2 * SECOND);
  world.client.create(
    'pods',
    pod('web', {
      volumes: [{ name: 'site', configMap: { name: 'site' } }],
      containers: [{ ...nginx, volumeMounts: [{ name: 'site', mountPath: '/usr/share/nginx/html' }] }],
    }),
  );
  world.advance(10 * SECOND);
  const path = `/var/lib/kubelet/pods/${get(world, 'web').metadata.uid}/volumes/kubernetes.io~configmap/site/index.html`;
  const files = world.hosts[0]?.files.root;
  expect(files?.readText(path)).toBe('one');
  world.client.patch('configmaps', { name: 'site', namespace: 'default' }, 'merge', { data: { 'index.html': 'two' } });
  world.advance(70 * SECOND);
  expect(files?.readText(path)).toBe('two');
});

test('a static pod runs and is mirrored', () => {
  const world = nodeWorld(1);
  const manifest =
    'apiVersion: v1\nkind: Pod\nmetadata:\n  name: static\nspec:\n  hostNetwork: true\n  containers:\n  - name: nginx\n    image: nginx:1.27\n';
  world.hosts[0]?.files.root.write('/etc/kubernetes/manifests/static.yaml', manifest, { parents: true });
  world.advance(15 * SECOND);
  const mirror = get(world, 'static-worker-1');
  expect([
    mirror.status.phase,
    mirror.status.podIP,
    mirror.metadata.annotations?.['kubernetes.io/config.source'],
  ]).toEqual(['Running', '192.168.56.11', 'file']);
  world.hosts[0]?.files.root.remove('/etc/kubernetes/manifests/static.yaml');
  world.advance(40 * SECOND);
  expect(isFailure(world.client.get('pods', 'static-worker-1', 'default'))).toBe(true);
});

test('a kubelet goes on from its saved state', () => {
  const world = nodeWorld(1);
  world.advance(2 * SECOND);
  world.client.create(
    'pods',
    pod('web', { containers: [{ ...nginx, livenessProbe: { httpGet: { path: '/', port: 80 } } }] }),
  );
  world.advance(8 * SECOND);
  const [kubelet] = world.kubelets;
  const saved = encodePlain(kubelet?.snapshot());
  kubelet?.restore(decodePlain(saved));
  expect(encodePlain(kubelet?.snapshot())).toBe(saved);
  world.advance(60 * SECOND);
  const after = get(world, 'web');
  expect([after.status.phase, after.status.containerStatuses?.[0]?.restartCount]).toEqual(['Running', 0]);
  world.client.delete('pods', { name: 'web', namespace: 'default' });
  world.advance(35 * SECOND);
  expect(isFailure(world.client.get('pods', 'web', 'default'))).toBe(true);
});

test('a kubelet that comes back takes over what runs and what has ended meanwhile', () => {
  const world = nodeWorld(1);
  world.advance(2 * SECOND);
  world.client.create('pods', pod('web', { containers: [nginx] }));
  world.client.create('pods', pod('other', { containers: [nginx] }));
  world.advance(10 * SECOND);
  const id = get(world, 'other').status.containerStatuses?.[0]?.containerID?.replace('containerd://', '') ?? '';
  world.kubelets[0]?.stop();
  world.runtimes[0]?.kill(id, 'SIGKILL');
  world.advance(5 * SECOND);
  world.kubelets[0]?.start();
  world.advance(20 * SECOND);
  const seen = ['web', 'other']
    .map((name) => get(world, name).status.containerStatuses?.[0])
    .map((status) => [status?.ready, status?.restartCount, status?.lastState?.terminated?.exitCode]);
  expect(seen).toEqual([
    [true, 0, undefined],
    [true, 1, 137],
  ]);
});

test('a failing liveness probe restarts its container', () => {
  const world = nodeWorld(1);
  world.advance(2 * SECOND);
  world.client.create(
    'pods',
    pod('web', {
      containers: [{ ...nginx, livenessProbe: { httpGet: { path: '/missing', port: 80 }, periodSeconds: 5 } }],
    }),
  );
  world.advance(30 * SECOND);
  const status = get(world, 'web').status.containerStatuses?.[0];
  expect([(status?.restartCount ?? 0) > 0, status?.lastState?.terminated?.reason]).toEqual([true, 'Completed']);
  const events = world.events('web');
  expect(events).toContain('Liveness probe failed: HTTP probe failed with statuscode: 404');
  expect(events).toContain('Container nginx failed liveness probe, will be restarted');
});

test('a deployment runs on several nodes and is reached by its daemon set', () => {
  const world = nodeWorld(3);
  world.advance(2 * SECOND);
  world.client.create('daemonsets.apps', {
    metadata: { name: 'agent', namespace: 'default' },
    spec: {
      selector: { matchLabels: { app: 'agent' } },
      template: { metadata: { labels: { app: 'agent' } }, spec: { containers: [nginx] } },
    },
  });
  world.advance(20 * SECOND);
  const set = world.client.get('daemonsets.apps', 'agent', 'default');
  expect(isFailure(set) ? set : set.status).toEqual({
    currentNumberScheduled: 3,
    desiredNumberScheduled: 3,
    numberAvailable: 3,
    numberMisscheduled: 0,
    numberReady: 3,
    observedGeneration: 1,
    updatedNumberScheduled: 3,
  });
});
