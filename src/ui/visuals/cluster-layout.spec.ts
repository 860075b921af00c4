import { expect, test } from 'vitest';
import type { PodShape, PodView, WorldView } from '../../protocol/simulation.ts';
import { layOutCluster } from './cluster-layout.ts';
import { BOAT } from './map-geometry.ts';
import { shortName } from './short-name.ts';

const pod = (
  name: string,
  node: string,
  {
    namespace = 'default',
    owner = 'Deployment/web',
    shape = 'running',
  }: { readonly namespace?: string; readonly owner?: string; readonly shape?: PodShape } = {},
): PodView => ({
  uid: `uid-${name}`,
  namespace,
  name,
  node,
  ip: '',
  status: 'Running',
  shape,
  ready: shape === 'running',
  labels: {},
  owner,
  containers: [],
  message: '',
});

const node = (name: string) => ({
  name,
  ip: '192.168.56.10',
  roles: [],
  ready: true,
  message: '',
  schedulable: true,
  taints: [],
  cpuMillis: { allocatable: 2000, requested: 500 },
  memoryBytes: { allocatable: 4e9, requested: 1e9 },
  pods: { allocatable: 110, count: 1 },
});

const world = (pods: readonly PodView[], nodes = ['a', 'b']): WorldView => ({
  nowMs: 0,
  ran: 0,
  hosts: [],
  nodes: nodes.map(node),
  pods,
  services: [
    {
      namespace: 'default',
      name: 'web',
      type: 'ClusterIP',
      clusterIp: '10.96.0.5',
      ports: ['80/TCP'],
      selector: {},
      endpoints: pods.slice(0, 2).map(({ uid }, index) => ({ pod: uid, ip: '', ready: index === 0 })),
    },
  ],
  workloads: [{ kind: 'Deployment', namespace: 'default', name: 'web', desired: 3, ready: 2 }],
});

const OPTIONS = { width: 384, hideSystem: true };

test('every pod lies inside the dock of its node, one without a node in open water', () => {
  const layout = layOutCluster(world([pod('w1', 'a'), pod('w2', 'b'), pod('w3', '', { shape: 'pending' })]), OPTIONS);
  const places = layout.boats.map((boat) => {
    const dock = layout.docks.find(
      ({ x, y, width, height }) =>
        boat.x >= x && boat.x + BOAT.width <= x + width && boat.y >= y && boat.y + BOAT.height <= y + height,
    );
    return `${boat.pod.name} ${dock?.node.name ?? 'adrift'}`;
  });
  expect({
    places: places.toSorted(),
    adrift: layout.sea?.count,
    columns: new Set(layout.docks.map(({ x }) => x)).size,
  }).toEqual({
    places: ['w1 a', 'w2 b', 'w3 adrift'],
    adrift: 1,
    columns: 1,
  });
});

test('no two pods lie on one another, whatever their owners', () => {
  const pods = Array.from({ length: 40 }, (_, i) =>
    pod(`p${String(i).padStart(2, '0')}`, 'a', { owner: `Deployment/d${String(i % 7)}` }),
  );
  const { boats } = layOutCluster(world(pods), OPTIONS);
  const overlaps = boats.flatMap((one, i) =>
    boats
      .slice(i + 1)
      .filter((other) => Math.abs(one.x - other.x) < BOAT.width && Math.abs(one.y - other.y) < BOAT.height),
  );
  expect({ boats: boats.length, overlaps }).toEqual({ boats: 40, overlaps: [] });
});

test('a service is joined to its endpoints, ready or not', () => {
  const { lines } = layOutCluster(world([pod('w1', 'a'), pod('w2', 'b')]), OPTIONS);
  expect(lines.map(({ key, ready }) => ({ key, ready }))).toEqual([
    { key: 'default/web/uid-w1', ready: true },
    { key: 'default/web/uid-w2', ready: false },
  ]);
});

test('a service with many endpoints is joined to the bands that hold them, one line each', () => {
  const pods = Array.from({ length: 20 }, (_, i) => pod(`p${String(i).padStart(2, '0')}`, i < 12 ? 'a' : 'b'));
  const view = world(pods);
  const endpoints = pods.map(({ uid }, index) => ({ pod: uid, ip: '', ready: index < 12 }));
  const { lines } = layOutCluster(
    { ...view, services: view.services.map((service) => ({ ...service, endpoints })) },
    OPTIONS,
  );
  expect(lines.map(({ key, ready, endpoints: count }) => ({ key, ready, count }))).toEqual([
    { key: 'default/web/a|default/Deployment/web', ready: true, count: 12 },
    { key: 'default/web/b|default/Deployment/web', ready: false, count: 8 },
  ]);
});

test.for([
  { given: 'a pod of a Deployment', name: 'web-7957885594-2lp94', owner: 'Deployment/web', label: '2lp94' },
  { given: 'a pod of a StatefulSet', name: 'web-0', owner: 'StatefulSet/web', label: 'web-0' },
  { given: 'a static pod', name: 'kube-scheduler-a', owner: 'Node/a', label: 'scheduler' },
  { given: 'a pod of its own', name: 'a-very-long-name', owner: '', label: '…long-name' },
])('$given is called $label below its boat', ({ name, owner, label }) => {
  expect(shortName(pod(name, 'a', { owner }))).toBe(label);
});

test('a band is as wide as the name of its owner', () => {
  const { bands } = layOutCluster(
    world([
      pod('web-1', 'a'),
      pod('d1', 'a', { owner: 'DaemonSet/kube-flannel-ds' }),
      pod('t1', 'b', { namespace: 'team-a', owner: 'Deployment/shop-front' }),
    ]),
    OPTIONS,
  );
  expect(bands.map(({ owner, x, width }) => ({ owner, x, width: Math.round(width * 10) / 10 }))).toEqual([
    { owner: 'DaemonSet/kube-flannel-ds', x: 24, width: 145 },
    { owner: 'Deployment/web', x: 175, width: 78 },
    // As `team-a/shop-front`.
    { owner: 'Deployment/shop-front', x: 24, width: 158.2 },
  ]);
});

test('pods of the system are summed up until they are asked for', () => {
  const view = world([pod('etcd', 'a', { namespace: 'kube-system', owner: 'Node/a' })]);
  const hidden = layOutCluster(view, OPTIONS);
  const shown = layOutCluster(view, { ...OPTIONS, hideSystem: false });
  expect({ hidden: [hidden.boats.length, hidden.docks[0]?.summary], shown: shown.boats.length }).toEqual({
    hidden: [0, [{ shape: 'running', count: 1 }]],
    shown: 1,
  });
});

test('a large cluster becomes tiles with counts', () => {
  const pods = Array.from({ length: 301 }, (_, i) => pod(`p${String(i)}`, 'a'));
  const layout = layOutCluster(world(pods), OPTIONS);
  expect({ aggregated: layout.aggregated, boats: layout.boats.length, first: layout.docks[0]?.summary }).toEqual({
    aggregated: true,
    boats: 0,
    first: [{ shape: 'running', count: 301 }],
  });
});
