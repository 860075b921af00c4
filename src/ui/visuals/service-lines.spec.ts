import { expect, test } from 'vitest';
import type { NodeView, PodView, ServiceView, WorldView } from '../../protocol/simulation.ts';
import { type ClusterLayout, layOutCluster } from './cluster-layout.ts';
import { BOAT, type Box, type Point } from './map-geometry.ts';

const node = (name: string): NodeView => ({
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

const pod = (app: string, number: number, on: string): PodView => ({
  uid: `${app}-${String(number)}`,
  namespace: 'default',
  name: `${app}-${String(number)}`,
  node: on,
  ip: '',
  status: 'Running',
  shape: 'running',
  ready: true,
  labels: {},
  owner: `Deployment/${app}`,
  containers: [],
  message: '',
});

const service = (name: string, pods: readonly PodView[]): ServiceView => ({
  namespace: 'default',
  name,
  type: 'ClusterIP',
  clusterIp: '10.96.0.5',
  ports: [],
  selector: {},
  endpoints: pods.map(({ uid }) => ({ pod: uid, ip: '', ready: true })),
});

/** A world of four nodes where each app has its pods on all of them and a Service, and one pod waits for a node. */
function world(apps: Readonly<Record<string, number>>): WorldView {
  const nodes = ['a', 'b', 'c', 'd'];
  const pods = Object.entries(apps).flatMap(([app, count]) =>
    Array.from({ length: count }, (_, index) => pod(app, index, nodes[index % nodes.length] ?? '')),
  );
  return {
    nowMs: 0,
    ran: 0,
    hosts: [],
    nodes: nodes.map(node),
    pods: [...pods, pod('adrift', 0, '')],
    services: Object.keys(apps).map((app) =>
      service(
        app,
        pods.filter(({ owner }) => owner === `Deployment/${app}`),
      ),
    ),
    workloads: [],
  };
}

/** The straight pieces between a path's ends and corners; each corner is rounded within its angle. */
function piecesOf(path: string): readonly (readonly [Point, Point])[] {
  const points = [...path.matchAll(/[MQ](\S+) (\S+)|L(\S+) (\S+)$/g)].map(([, x, y, lastX, lastY]) => ({
    x: Number(x ?? lastX),
    y: Number(y ?? lastY),
  }));
  return points.slice(1).map((to, index) => [points[index] ?? to, to]);
}

const crosses = ([from, to]: readonly [Point, Point], box: Box): boolean =>
  Math.max(from.x, to.x) > box.x &&
  Math.min(from.x, to.x) < box.x + box.width &&
  Math.max(from.y, to.y) > box.y &&
  Math.min(from.y, to.y) < box.y + box.height;

/** What a line crosses that is neither its beginning nor its end. */
function crossed({ docks, bands, boats, signposts, sea }: ClusterLayout, path: string, uid: string): readonly string[] {
  const end = boats.find((boat) => boat.pod.uid === uid)?.pod;
  const obstacles: readonly (readonly [string, Box])[] = [
    ...docks.filter((dock) => dock.node.name !== end?.node).map((dock) => [dock.node.name, dock] as const),
    ...bands
      .filter(({ key }) => key !== `${end?.node ?? ''}|default/${end?.owner ?? ''}`)
      .map((band) => [band.key, band] as const),
    ...boats.filter((boat) => boat.pod !== end).map((boat) => [boat.pod.name, { ...boat, ...BOAT }] as const),
    ...signposts.map((sign) => [sign.service.name, sign] as const),
    ...(sea === undefined ? [] : [['sea', sea] as const]),
  ];
  return obstacles.filter(([, box]) => piecesOf(path).some((piece) => crosses(piece, box))).map(([name]) => name);
}

test.for([300, 420, 700, 1300])('on a map %s wide no line crosses what it does not join', (width) => {
  const layout = layOutCluster(world({ web: 12, api: 7, db: 1, cache: 5, queue: 3 }), { width, hideSystem: true });
  const found = layout.lines.flatMap(({ key, path }) =>
    crossed(layout, path, key.slice(key.lastIndexOf('/') + 1)).map((what) => `${key} crosses ${what}`),
  );
  expect({ lines: layout.lines.length, found }).toEqual({ lines: 28, found: [] });
});
