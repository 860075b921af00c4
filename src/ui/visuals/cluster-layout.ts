/** Where everything on the cluster map stands: computed from a view and a width, so that it can be tested and animated. */
import type { NodeView, PodShape, PodView, ServiceView, WorkloadView, WorldView } from '../../protocol/simulation.ts';
import { BAND_HEAD, BOAT, type Box, DOCK_HEAD, GAP, PAD, type Point, RATIO_WIDTH, SIGN, TILE } from './map-geometry.ts';
import { type Place, connectServices } from './service-lines.ts';
import { labelWidth, ownerName } from './short-name.ts';

const MAX_NODES_DRAWN = 30;
const MAX_PODS_DRAWN = 300;

export interface MapOptions {
  readonly width: number;
  /** Objects of the system itself are summed up, not drawn. */
  readonly hideSystem: boolean;
}
export interface Dock extends Box {
  readonly node: NodeView;
  /** Pods that run here but are not drawn one by one. */
  readonly summary: readonly { readonly shape: PodShape; readonly count: number }[];
}
export interface Boat {
  readonly pod: PodView;
  readonly x: number;
  readonly y: number;
}
export interface Band extends Box {
  readonly key: string;
  readonly owner: string;
  readonly namespace: string;
  readonly workload: WorkloadView | undefined;
  /** The corner of the dock, or the open water, that it lies in. */
  readonly berth: Point;
}
export interface Signpost extends Box {
  readonly service: ServiceView;
  readonly readyEndpoints: number;
}
export interface ServiceLine {
  readonly key: string;
  readonly service: string;
  readonly path: string;
  /** Whether at least one endpoint at its end is ready. */
  readonly ready: boolean;
  /** Endpoints at its end. */
  readonly endpoints: number;
}
export interface ClusterLayout {
  readonly width: number;
  readonly height: number;
  readonly aggregated: boolean;
  readonly docks: readonly Dock[];
  readonly boats: readonly Boat[];
  readonly bands: readonly Band[];
  readonly signposts: readonly Signpost[];
  readonly lines: readonly ServiceLine[];
  /** Open water: pods that no node has taken. */
  readonly sea: (Box & { readonly count: number }) | undefined;
}

const SHAPES: readonly PodShape[] = ['running', 'pending', 'failing', 'terminating', 'succeeded', 'unknown'];

export const isSystem = ({ namespace, name }: { readonly namespace: string; readonly name: string }): boolean =>
  namespace.startsWith('kube-') || (namespace === 'default' && name === 'kubernetes');

/** Lays out a cluster; above 30 nodes or 300 pods every node becomes a tile with counts. */
export function layOutCluster(view: WorldView, options: MapOptions): ClusterLayout {
  const drawn = view.pods.filter((pod) => !options.hideSystem || !isSystem(pod));
  if (view.nodes.length > MAX_NODES_DRAWN || drawn.length > MAX_PODS_DRAWN) return layOutTiles(view, options.width);
  const places = new Places(view.workloads);
  const services = view.services.filter((service) => !options.hideSystem || !isSystem(service));
  const signposts = layOutSigns(services, options.width);
  let y = bottomOf(signposts, 0) + PAD;
  const adrift = drawn.filter(({ node }) => node === '');
  let sea: ClusterLayout['sea'];
  if (adrift.length > 0) {
    const bottom = places.fill(adrift, '', { x: PAD, y }, 24, options.width - 2 * PAD);
    sea = { x: PAD, y, width: options.width - 2 * PAD, height: bottom - y + PAD, count: adrift.length };
    y = bottom + 2 * PAD;
  }
  const columns = Math.max(1, Math.min(view.nodes.length, Math.floor(options.width / 300)));
  const width = (options.width - PAD * (columns + 1)) / columns;
  const docks: Dock[] = [];
  for (let row = 0; row < view.nodes.length; row += columns) {
    const inRow = view.nodes.slice(row, row + columns);
    let bottom = y;
    const made = inRow.map((node, column) => {
      const x = PAD + column * (width + PAD);
      const mine = drawn.filter((pod) => pod.node === node.name);
      const rest = view.pods.filter((pod) => pod.node === node.name && !mine.includes(pod));
      const summary = summarise(rest);
      const head = DOCK_HEAD + (summary.length > 0 ? 20 : 0);
      const end =
        mine.length === 0
          ? y + head - (summary.length > 0 ? 10 : 2)
          : places.fill(mine, node.name, { x, y }, head, width);
      bottom = Math.max(bottom, end + PAD);
      return { node, x, y, width, summary };
    });
    docks.push(...made.map((dock) => ({ ...dock, height: bottom - dock.y })));
    y = bottom + PAD;
  }
  return {
    width: options.width,
    height: y,
    aggregated: false,
    docks,
    boats: places.boats,
    bands: places.bands,
    signposts,
    lines: connectServices(signposts, (uid) => places.of(uid)),
    sea,
  };
}

/** Puts pods side by side in bands of their owners. */
class Places {
  readonly boats: Boat[] = [];
  readonly bands: Band[] = [];
  readonly #byUid = new Map<string, Place>();

  constructor(private readonly workloads: readonly WorkloadView[]) {}

  /** Where a pod lies, by its uid; undefined if it is not drawn. */
  of(uid: string): Place | undefined {
    return this.#byUid.get(uid);
  }

  /** Places pods in what has its corner at the berth, below its head; answers the bottom of what was placed. */
  fill(pods: readonly PodView[], where: string, berth: Point, head: number, outerWidth: number): number {
    const left = berth.x + PAD;
    const top = berth.y + head;
    const width = outerWidth - 2 * PAD;
    const groups = new Map<string, PodView[]>();
    for (const pod of pods) {
      const key = `${pod.namespace}/${pod.owner}`;
      groups.set(key, [...(groups.get(key) ?? []), pod]);
    }
    const perRow = Math.max(1, Math.floor((width + GAP) / (BOAT.width + GAP)));
    let x = left;
    let y = top;
    let rowBottom = top;
    for (const [key, members] of [...groups].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const columns = Math.min(perRow, members.length);
      const { owner, namespace } = members[0] ?? { owner: '', namespace: '' };
      const named = owner === '' ? 0 : labelWidth(ownerName({ owner, namespace })) + RATIO_WIDTH;
      const bandWidth = Math.min(width, Math.max(columns * (BOAT.width + GAP) + GAP, named));
      const rows = Math.ceil(members.length / columns);
      const height = BAND_HEAD + rows * (BOAT.height + GAP);
      if (x > left && x + bandWidth > left + width) {
        x = left;
        y = rowBottom + PAD;
      }
      const workload = this.#workload(members[0]);
      const band = { key: `${where}|${key}`, owner, namespace, workload, berth, x, y, width: bandWidth, height };
      this.bands.push(band);
      const sorted = members.toSorted((a, b) => (a.name < b.name ? -1 : 1));
      for (const [index, pod] of sorted.entries()) {
        const boat = {
          pod,
          x: x + GAP + (index % columns) * (BOAT.width + GAP),
          y: y + BAND_HEAD + Math.floor(index / columns) * (BOAT.height + GAP),
        };
        this.boats.push(boat);
        this.#byUid.set(pod.uid, { boat, band });
      }
      rowBottom = Math.max(rowBottom, y + height);
      x += bandWidth + GAP;
    }
    return rowBottom;
  }

  #workload(pod: PodView | undefined): WorkloadView | undefined {
    if (pod === undefined) return undefined;
    return this.workloads.find(
      ({ kind, namespace, name }) => namespace === pod.namespace && `${kind}/${name}` === pod.owner,
    );
  }
}

function layOutSigns(services: readonly ServiceView[], width: number): readonly Signpost[] {
  const perRow = Math.max(1, Math.floor((width - PAD) / (SIGN.width + PAD)));
  return services.map((service, index) => ({
    service,
    readyEndpoints: service.endpoints.filter(({ ready }) => ready).length,
    x: PAD + (index % perRow) * (SIGN.width + PAD),
    y: PAD + Math.floor(index / perRow) * (SIGN.height + PAD),
    width: SIGN.width,
    height: SIGN.height,
  }));
}

function layOutTiles(view: WorldView, width: number): ClusterLayout {
  const perRow = Math.max(1, Math.floor((width - PAD) / (TILE.width + PAD)));
  const tileWidth = (width - PAD * (perRow + 1)) / perRow;
  const byNode = new Map<string, PodView[]>();
  for (const pod of view.pods) {
    const known = byNode.get(pod.node);
    if (known === undefined) byNode.set(pod.node, [pod]);
    else known.push(pod);
  }
  const adrift = byNode.get('')?.length ?? 0;
  const top = adrift > 0 ? PAD + 34 : PAD;
  const docks = view.nodes.map((node, index) => ({
    node,
    summary: summarise(byNode.get(node.name) ?? []),
    x: PAD + (index % perRow) * (tileWidth + PAD),
    y: top + Math.floor(index / perRow) * (TILE.height + PAD),
    width: tileWidth,
    height: TILE.height,
  }));
  return {
    width,
    height: bottomOf(docks, top) + PAD,
    aggregated: true,
    docks,
    boats: [],
    bands: [],
    signposts: [],
    lines: [],
    sea: adrift > 0 ? { x: PAD, y: PAD, width: width - 2 * PAD, height: 26, count: adrift } : undefined,
  };
}

const bottomOf = (boxes: readonly Box[], least: number): number =>
  boxes.reduce((bottom, { y, height }) => Math.max(bottom, y + height), least);

function summarise(pods: readonly PodView[]): Dock['summary'] {
  return SHAPES.flatMap((shape) => {
    const count = pods.filter((pod) => pod.shape === shape).length;
    return count === 0 ? [] : [{ shape, count }];
  });
}
