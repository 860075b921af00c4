/** Containers at rest: nobody can tell whether their processes began when they were started or when somebody looked. */
import { describe, expect, test } from 'vitest';
import { macrotask } from '../node/macrotask.ts';
import { decodeUtf8 } from '../protocol/bytes.ts';
import type { JsonObject, JsonValue } from '../protocol/plain.ts';
import type { Topology } from '../protocol/host.ts';
import { programs } from '../terminal/program-table.ts';
import { topologyOf } from './assembly/topologies.ts';
import { createSandbox, type DrydockSandbox } from './sandbox.ts';
import { drive } from './sim/drive.ts';
import { decodePlain, encodePlain } from './sim/plain-codec.ts';

const SECOND_US = 1_000_000;
const host = { macrotask };

function named(name: string): Topology {
  const topology = topologyOf(name);
  if (topology === undefined) throw new Error(`no topology ${name}`);
  return topology;
}

class World {
  #scripts = 0;
  constructor(
    readonly sandbox: DrydockSandbox,
    readonly betweenEvents: (() => void) | undefined,
  ) {}

  /** @param look somebody looks into every host after each event */
  static async boot(topology: string, look = false): Promise<World> {
    const sandbox = createSandbox({ topology: named(topology), seed: 5, programs });
    await sandbox.boot(host);
    const lookEverywhere = (): void => {
      for (const { kernel } of sandbox.hosts.values()) kernel.resting?.();
    };
    return new World(sandbox, look ? lookEverywhere : undefined);
  }

  async advance(seconds: number): Promise<void> {
    const { simulation } = this.sandbox;
    const untilUs = simulation.clock.nowUs + seconds * SECOND_US;
    if (this.betweenEvents === undefined) await drive(simulation, host, { untilUs });
    for (let ran = -1; this.betweenEvents !== undefined && ran !== simulation.loop.ran;) {
      ran = simulation.loop.ran;
      await drive(simulation, host, { untilUs, untilRan: ran + 1 });
      this.betweenEvents();
    }
    simulation.clock.advanceTo(untilUs);
  }

  async request(method: string, target: string, object?: JsonValue): Promise<JsonValue> {
    let answer: JsonValue = null;
    this.sandbox
      .handle('kubernetes', {
        method,
        target,
        headers: { accept: 'application/json', 'content-type': 'application/json' },
        ...(object === undefined ? {} : { body: { object } }),
      })
      .listen((event) => {
        if (event.type === 'chunk' && 'object' in event.chunk) answer = event.chunk.object;
      });
    await this.advance(1);
    return answer;
  }

  async run(on: string, script: string): Promise<string> {
    let text = '';
    let ended = false;
    this.#scripts += 1;
    const id = `spec-${String(this.#scripts)}`;
    const started = this.sandbox.scripts.start(id, on, ['bash', '-c', script], {
      output: (_, bytes) => (text += decodeUtf8(bytes)),
      ended: () => (ended = true),
    });
    if ('error' in started) throw new Error(started.error);
    started.closeInput();
    await drive(this.sandbox.simulation, host, { stop: () => ended });
    return text;
  }

  /** Of all hosts, without looking. */
  processes(name: string): number {
    return [...this.sandbox.hosts.values()]
      .flatMap(({ kernel }) => [...kernel.records.values()])
      .filter((record) => record.name === name).length;
  }
}

function deployment(name: string, replicas: number, container: JsonObject): JsonObject {
  const labels = { app: name };
  const spec = { containers: [{ name: 'c', ...container }] };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name },
    spec: { replicas, selector: { matchLabels: labels }, template: { metadata: { labels }, spec } },
  };
}

const DEPLOYMENTS = '/apis/apps/v1/namespaces/default/deployments';
const LISTS = ['/api/v1/pods', '/api/v1/events', '/api/v1/nodes', '/apis/apps/v1/replicasets', '/api/v1/endpoints'];

/** What a host shows of its containers to whoever looks. */
const LOOK = [
  'ps -eo pid,ppid,user,lstart,args --no-headers | grep -v "bash -c\\|ps -eo\\|grep -v"',
  'cat /var/log/pods/*/*/*.log',
  'ls -l --full-time /var/log/pods/*/*/',
  'cd /sys/fs/cgroup/kubepods.slice',
  'for f in cgroup.procs memory.current pids.current cpu.stat; do grep -r "" --include=$f . | sort; done',
  'for p in $(pgrep -f "nginx: master|httpd-foreground|redis-server"); do',
  '  cut -d" " -f4- /proc/$p/mountinfo | sort; cat /proc/$p/root/etc/hosts /proc/$p/status',
  '  nsenter -t $p -n ss -ltnH; nsenter -t $p -n ip -br addr; ls -lR --full-time /proc/$p/root/run /proc/$p/root/var/cache',
  'done',
  'ls /run/containerd/io.containerd.runtime.v2.task/k8s.io /run/netns',
  'df --output=used,iused / | tail -1',
].join('\n');

describe('looked at all the time, or at the end', () => {
  test('the API says the same, and then every host shows the same', async () => {
    const shown: { readonly lists: JsonValue[]; readonly looks: string[] }[] = [];
    const made: number[] = [];
    for (const look of [true, false]) {
      const world = await World.boot('scale-3', look);
      await world.request('POST', DEPLOYMENTS, deployment('web', 20, { image: 'nginx' }));
      const limited = { image: 'httpd', resources: { limits: { memory: '128Mi', cpu: '1' } } };
      await world.request('POST', DEPLOYMENTS, deployment('limited', 3, limited));
      await world.request('POST', DEPLOYMENTS, deployment('store', 2, { image: 'redis' }));
      await world.advance(40);
      const lists: JsonValue[] = [];
      for (const target of LISTS) lists.push(await world.request('GET', target));
      made.push(world.processes('nginx') + world.processes('httpd') + world.processes('redis-server'));
      const looks: string[] = [];
      for (const on of world.sandbox.hosts.keys()) looks.push(await world.run(on, LOOK));
      shown.push({ lists, looks });
    }
    const [watched, alone] = shown;
    expect(alone?.lists).toEqual(watched?.lists);
    expect(alone?.looks).toEqual(watched?.looks);
    // Two different things were compared: nothing had begun until somebody looked.
    expect(made).toEqual([20 * 3 + 3 * 3 + 2, 0]);
  });
});

const web = (resting: World): number => resting.processes('nginx');

describe('what makes a container begin', () => {
  test.each([
    ['its log', 'kubectl logs deploy/web 2>/dev/null | grep -o "start worker processes$"', 'start worker processes\n'],
    [
      'the last line of its log',
      'timeout 3 kubectl logs -f --tail=1 deploy/web 2>/dev/null | grep -o "start worker"',
      'start worker\n',
    ],
    ['a command in it', 'kubectl exec deploy/web -- cat /proc/1/comm', 'nginx\n'],
    ['a packet', 'curl -s http://$(kubectl get pod -o jsonpath={.items[0].status.podIP}) | grep -c Welcome', '2\n'],
    [
      'a packet through a Service',
      'kubectl expose deploy web --port=80 >/dev/null; sleep 1; curl -s http://$(kubectl get svc web -o jsonpath={.spec.clusterIP}) | grep -c Welcome',
      '2\n',
    ],
    [
      'a forwarded port',
      'kubectl port-forward deploy/web 8080:80 >/dev/null & sleep 1; curl -s http://127.0.0.1:8080 | grep -c Welcome; kill %1',
      '2\n',
    ],
    ['somebody on its host', 'ssh worker-1 pgrep -xc nginx; ssh worker-2 pgrep -xc nginx', '3\n3\n'],
    [
      'a probe',
      `kubectl patch deploy web -p '{"spec":{"template":{"spec":{"containers":[{"name":"nginx","readinessProbe":{"httpGet":{"port":80}}}]}}}}' >/dev/null; kubectl rollout status deploy/web --timeout=60s | tail -1`,
      'deployment "web" successfully rolled out\n',
    ],
  ])('%s', async (_, script, output) => {
    const world = await World.boot('kubeadm-3');
    const prepare =
      'kubectl create deployment web --image=nginx --replicas=2 && kubectl wait --for=condition=Available deploy/web --timeout=60s';
    expect(await world.run('control-plane', prepare)).toContain('condition met');
    expect(web(world)).toBe(0);
    expect(await world.run('control-plane', script)).toBe(output);
    expect(web(world)).toBeGreaterThan(0);
  });
});

test('a container with a volume of its own does not rest, also where every pod has a file', async () => {
  const world = await World.boot('kubeadm-3');
  const volume = { volumes: [{ name: 'v', configMap: { name: 'names' } }] };
  const mount = { volumeMounts: [{ name: 'v', mountPath: '/etc/hosts' }] };
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web' },
    spec: { ...volume, containers: [{ name: 'c', image: 'nginx', ...mount }] },
  };
  await world.request('POST', '/api/v1/namespaces/default/configmaps', {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'names' },
    data: { hosts: '127.0.0.1 localhost' },
  });
  await world.request('POST', '/api/v1/namespaces/default/pods', pod);
  await world.advance(20);
  expect(web(world)).toBeGreaterThan(0);
});

test('a pod that ends while it rests ends as any other', async () => {
  const world = await World.boot('kubeadm-3');
  const script =
    'kubectl create deployment web --image=nginx --replicas=2 >/dev/null; kubectl rollout status deploy/web --timeout=60s >/dev/null; date +%s; kubectl delete pod --all | wc -l; date +%s; kubectl rollout status deploy/web --timeout=60s; kubectl get pods --no-headers | grep -c Running';
  const [begin, gone, end, ...after] = (await world.run('control-plane', script)).trim().split('\n');
  expect(gone).toBe('2');
  // nginx ends at SIGQUIT, long before it would be killed.
  expect(Number(end) - Number(begin)).toBeLessThan(5);
  expect(after.slice(-2)).toEqual(['deployment "web" successfully rolled out', '2']);
});

test('a host that loses its power loses what rested on it, and has it again after', async () => {
  const world = await World.boot('kubeadm-3');
  const prepare =
    'kubectl create deployment web --image=nginx --replicas=2 >/dev/null; kubectl wait --for=condition=Available deploy/web --timeout=60s >/dev/null';
  const restarts = "kubectl get pods -o jsonpath='{.items[*].status.containerStatuses[0].restartCount}'";
  await world.run('control-plane', prepare);
  expect(await world.run('control-plane', `ssh worker-1 reboot 2>/dev/null; sleep 60; ${restarts}`)).toBe('1 0');
  expect(
    await world.run('control-plane', 'curl -s http://$(kubectl get pod -o jsonpath={.items[0].status.podIP}) | wc -l'),
  ).toBe('23\n');
});

test('a saved host keeps what rests on it', async () => {
  const world = await World.boot('scale-3');
  await world.request('POST', DEPLOYMENTS, deployment('web', 6, { image: 'nginx' }));
  await world.advance(30);
  const copy = createSandbox({ topology: named('scale-3'), seed: 5, programs });
  copy.restore(decodePlain(encodePlain(world.sandbox.snapshot())));
  const other = new World(copy, undefined);
  for (const each of [world, other]) await each.advance(20);
  expect([web(world), web(other)]).toEqual([0, 0]);
  for (const on of copy.hosts.keys()) expect(await other.run(on, LOOK)).toBe(await world.run(on, LOOK));
  expect([web(world), web(other)]).toEqual([18, 18]);
});
