/** A world that is saved in the middle of everything goes on elsewhere as the one that was never saved. */
import { describe, expect, test } from 'vitest';
import { macrotask } from '../node/macrotask.ts';
import type { Input } from '../protocol/simulation.ts';
import { programs } from '../terminal/program-table.ts';
import { topologyOf } from './assembly/topologies.ts';
import type { DrydockSandbox } from './sandbox.ts';
import { createSandbox } from './sandbox.ts';
import { drive, settle } from './sim/drive.ts';
import { decodePlain, encodePlain } from './sim/plain-codec.ts';

const host = { macrotask };
const SECOND = 1_000_000;

type Timed = readonly [second: number, input: Input];
const type = (terminal: string, text: string): Input => ({ type: 'terminal.type', terminal, text });
const open = (terminal: string, on: string): Timed => [
  0,
  { type: 'terminal.open', terminal, host: on, size: { columns: 80, rows: 24 } },
];

const WEB = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 3
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - name: nginx
        image: nginx
        readinessProbe: {httpGet: {path: /, port: 80}, periodSeconds: 3}
        livenessProbe: {exec: {command: [cat, /etc/hostname]}, periodSeconds: 5}
`;

const CLUSTER: readonly Timed[] = [
  [0, { type: 'file.write', host: 'control-plane', path: '/root/web.yaml', text: WEB }],
  ...['loop', 'shell', 'watch', 'editor', 'client', 'log'].map((terminal) => open(terminal, 'control-plane')),
  [1, type('loop', 'while true; do date; sleep 1; done\r')],
  [1, type('watch', 'kubectl get pods -w\r')],
  [1, type('editor', 'vi web.yaml\r')],
  [3, type('shell', 'kubectl apply -f web.yaml; kubectl expose deployment web --port=80\r')],
  [3, type('editor', 'jjiabc')],
  [20, type('shell', 'kubectl exec -it deploy/web -- sh\r')],
  [22, type('shell', 'while true; do echo tick; sleep 2; done\r')],
  [
    24,
    type(
      'client',
      'kubectl run c --image=curlimages/curl --restart=Never -it --rm -- sh -c "while sleep 1; do curl -s http://web | grep Welcome; done"\r',
    ),
  ],
  [
    5,
    {
      type: 'request',
      exchange: 'watch',
      server: 'kubernetes',
      request: { method: 'GET', target: '/api/v1/pods?watch=1', headers: {} },
    },
  ],
  [
    25,
    {
      type: 'request',
      exchange: 'list',
      server: 'kubernetes',
      request: { method: 'GET', target: '/api/v1/pods', headers: {} },
    },
  ],
  [30, type('log', 'kubectl logs -f deploy/web\r')],
  [
    33,
    {
      type: 'request',
      exchange: 'list',
      server: 'kubernetes',
      request: { method: 'GET', target: '/api/v1/pods', headers: {} },
    },
  ],
  [60, { type: 'request.abort', exchange: 'watch' }],
  [40, type('editor', 'x\x1b:wq\r')],
  [45, type('editor', 'kubectl scale deployment web --replicas=5\r')],
  [50, type('shell', '\x03')],
  [52, type('shell', 'exit\r')],
  [55, type('shell', 'kubectl delete pod --all --wait=false; echo $RANDOM\r')],
];

const DOCKER: readonly Timed[] = [
  ...['shell', 'exec', 'log', 'alpine', 'disk'].map((terminal) => open(terminal, 'docker-1')),
  [1, type('shell', 'docker run -d --name web -p 8080:80 nginx\r')],
  [1, type('alpine', 'docker run --rm -it alpine sh\r')],
  [
    1,
    type(
      'disk',
      'truncate -s 10M d; mkfs.ext4 -q d; losetup -f d; mount d /mnt; for i in 1 2 3; do sleep 3; df >> /mnt/l; done\r',
    ),
  ],
  [
    14,
    type(
      'disk',
      'sync; umount /mnt; cp d e; mount e /media && tail -n 1 /media/l; docker run -it rockylinux:9 dnf install -y which\r',
    ),
  ],
  [20, type('exec', 'docker exec -it web sh\r')],
  [22, type('exec', 'while true; do date; sleep 1; done\r')],
  [24, type('log', 'docker logs -f web\r')],
  [25, type('shell', 'for i in 1 2 3 4 5 6 7 8 9; do curl -s localhost:8080 | head -n 4; sleep 3; done\r')],
  [30, type('alpine', 'while sleep 1; do date > /tmp/x; done\r')],
  [50, type('exec', '\x03')],
  [52, type('exec', 'exit\r')],
  [55, type('shell', 'docker rm -f web; docker ps -a\r')],
];

function world(topologyName: string): DrydockSandbox {
  const topology = topologyOf(topologyName);
  if (topology === undefined) throw new Error(`no topology ${topologyName}`);
  const sandbox = createSandbox({ topology, seed: 1, programs });
  sandbox.simulation.trace.subscribe(({ type: kind, data }) => {
    if (kind === 'process.crashed') throw new Error(`a program crashed: ${JSON.stringify(data)}`);
  });
  return sandbox;
}

/** Runs to a virtual time with the inputs that come until then. */
async function play(sandbox: DrydockSandbox, story: readonly Timed[], startUs: number, untilUs: number): Promise<void> {
  const { clock } = sandbox.simulation;
  const fromUs = clock.nowUs;
  for (const [second, input] of story.toSorted(([a], [b]) => a - b)) {
    const atUs = startUs + second * SECOND;
    if (atUs < fromUs || atUs >= untilUs) continue;
    await drive(sandbox.simulation, host, { untilUs: atUs });
    clock.advanceTo(atUs);
    sandbox.apply(input);
    await settle(sandbox.simulation, host);
  }
  await drive(sandbox.simulation, host, { untilUs });
  if (clock.nowUs < untilUs) clock.advanceTo(untilUs);
}

/** The same world in a new sandbox; what it saves again is what was read, byte for byte. */
async function elsewhere(sandbox: DrydockSandbox, topology: string): Promise<DrydockSandbox> {
  expect(sandbox.unsaveable()).toEqual([]);
  const saved = encodePlain(sandbox.snapshot());
  const copy = world(topology);
  copy.restore(decodePlain(saved));
  await settle(copy.simulation, host);
  expect(encodePlain(copy.snapshot()) === saved).toBe(true);
  return copy;
}

test('a cluster with shells in a loop, at a prompt, in a watch and in vi is the same an hour later', async () => {
  const one = world('kubeadm-3');
  await one.boot(host);
  const startUs = one.simulation.clock.nowUs;
  const opening = CLUSTER.filter(([second]) => second < 20);
  await play(one, opening, startUs, startUs + 35 * SECOND);
  const other = await elsewhere(one, 'kubeadm-3');
  const hourLaterUs = one.simulation.clock.nowUs + 3600 * SECOND;
  for (const sandbox of [one, other]) await play(sandbox, opening, startUs, hourLaterUs);
  expect(other.fingerprint()).toEqual(one.fingerprint());
  expect(other.stuckPrograms()).toEqual([]);
});

describe.for([
  { topology: 'kubeadm-3', story: CLUSTER },
  { topology: 'docker-1', story: DOCKER },
])('$topology at any moment', ({ topology, story }) => {
  test.for([1, 2, 3])('with seed %s', async (seed) => {
    const moments = below(seed);
    const one = world(topology);
    await one.boot(host);
    const { clock, loop } = one.simulation;
    const startUs = clock.nowUs;
    while (clock.nowUs < startUs + 65 * SECOND) {
      await play(one, story, startUs, clock.nowUs + moments(6 * SECOND));
      // Not only between instants: some events further.
      await drive(one.simulation, host, { untilRan: loop.ran + moments(60) });
      const other = await elsewhere(one, topology);
      const laterUs = clock.nowUs + 8 * SECOND;
      await play(one, story, startUs, laterUs);
      await play(other, story, startUs, laterUs);
      expect(other.fingerprint()).toEqual(one.fingerprint());
    }
  });
});

test('a snapshot of a fresh cluster is small', async () => {
  const sandbox = world('kubeadm-3');
  await sandbox.boot(host);
  expect(encodePlain(sandbox.snapshot()).length).toBeLessThan(2_000_000);
});

function below(seed: number): (bound: number) => number {
  let state = Math.imul(seed, 2_654_435_761) >>> 0;
  return (bound) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 0x1_0000_0000) * bound);
  };
}
