/**
 * The small picture of a cluster that the page draws: one projection per object, made anew only when the object changed.
 * It follows the store's writes, so that it shows what is, also while the API server is down.
 */
import type {
  ContainerView,
  NodeView,
  PodShape,
  PodView,
  ServiceView,
  WorkloadView,
} from '../../protocol/simulation.ts';
import type { Store } from '../kubernetes/etcd/store.ts';
import { milliOf } from '../kubernetes/apimachinery/resource-amounts.ts';
import { podStatusText } from '../kubernetes/apimachinery/pod-status-text.ts';
import type {
  Container,
  ContainerStatus,
  Deployment,
  EndpointSlice,
  Node,
  Pod,
  ReplicaSet,
  Service,
  StatefulSet,
  DaemonSet,
  Job,
} from '../kubernetes/apimachinery/types.ts';

export interface ClusterPicture {
  readonly nodes: readonly NodeView[];
  readonly pods: readonly PodView[];
  readonly services: readonly ServiceView[];
  readonly workloads: readonly WorkloadView[];
}

const EMPTY: ClusterPicture = { nodes: [], pods: [], services: [], workloads: [] };
const PREFIXES = {
  pod: '/registry/pods/',
  node: '/registry/minions/',
  service: '/registry/services/specs/',
  slice: '/registry/endpointslices/',
  deployment: '/registry/deployments/',
  replicaSet: '/registry/replicasets/',
  statefulSet: '/registry/statefulsets/',
  daemonSet: '/registry/daemonsets/',
  job: '/registry/jobs/',
} as const;
const WATCHED = Object.values(PREFIXES);

export class WorldProjection {
  #dirty = true;
  #picture: ClusterPicture = EMPTY;
  readonly #made = new WeakMap<object, PodView>();

  constructor(private readonly store: Store) {
    store.subscribe(({ key }) => {
      this.#dirty ||= WATCHED.some((prefix) => key.startsWith(prefix));
    });
  }

  /** After a restore. */
  invalidate(): void {
    this.#dirty = true;
  }

  /** The same object as before where nothing has changed. */
  picture(): ClusterPicture {
    if (!this.#dirty) return this.#picture;
    this.#dirty = false;
    const replicaSets = new Map(this.#all<ReplicaSet>(PREFIXES.replicaSet).map((set) => [set.metadata.uid, set]));
    const sourcePods = this.#all<Pod>(PREFIXES.pod);
    const pods = sourcePods.map((pod) => this.#pod(pod, replicaSets));
    const slices = this.#all<EndpointSlice>(PREFIXES.slice);
    this.#picture = {
      pods,
      nodes: this.#all<Node>(PREFIXES.node).map((node) => nodeView(node, sourcePods)),
      services: this.#all<Service>(PREFIXES.service).map((service) => serviceView(service, slices)),
      workloads: this.#workloads(),
    };
    return this.#picture;
  }

  #all<T>(prefix: string): readonly T[] {
    const range = this.store.range(prefix);
    return 'entries' in range ? range.entries.map(({ value }) => value as unknown as T) : [];
  }

  #pod(pod: Pod, replicaSets: ReadonlyMap<string, ReplicaSet>): PodView {
    const known = this.#made.get(pod);
    if (known !== undefined) return known;
    const made = podView(pod, replicaSets);
    this.#made.set(pod, made);
    return made;
  }

  #workloads(): readonly WorkloadView[] {
    const view = (kind: string, { metadata }: { metadata: Pod['metadata'] }, desired = 0, ready = 0): WorkloadView => ({
      kind,
      namespace: metadata.namespace ?? '',
      name: metadata.name,
      desired,
      ready,
    });
    return [
      ...this.#all<Deployment>(PREFIXES.deployment).map((d) =>
        view('Deployment', d, d.spec.replicas, d.status?.readyReplicas),
      ),
      ...this.#all<ReplicaSet>(PREFIXES.replicaSet)
        .filter(({ metadata, spec }) => (metadata.ownerReferences ?? []).length === 0 || (spec.replicas ?? 0) > 0)
        .map((s) => view('ReplicaSet', s, s.spec.replicas, s.status?.readyReplicas)),
      ...this.#all<StatefulSet>(PREFIXES.statefulSet).map((s) =>
        view('StatefulSet', s, s.spec.replicas, s.status?.readyReplicas),
      ),
      ...this.#all<DaemonSet>(PREFIXES.daemonSet).map((d) =>
        view('DaemonSet', d, d.status?.desiredNumberScheduled, d.status?.numberReady),
      ),
      ...this.#all<Job>(PREFIXES.job).map((j) => view('Job', j, j.spec.completions, j.status?.succeeded)),
    ];
  }
}

/** The node whose kubelet runs a static pod, of which the API server holds the mirror; empty for a pod of its own. */
const ownerOfStatic = ({ metadata, spec }: Pod): string =>
  metadata.annotations?.['kubernetes.io/config.mirror'] === undefined ? '' : `Node/${spec.nodeName ?? ''}`;

function podView(pod: Pod, replicaSets: ReadonlyMap<string, ReplicaSet>): PodView {
  const { metadata, spec, status } = pod;
  const text = podStatusText(pod);
  const byName = new Map((status.containerStatuses ?? []).map((item) => [item.name, item]));
  const owner = (metadata.ownerReferences ?? []).find(({ controller }) => controller === true);
  const above =
    owner === undefined
      ? undefined
      : replicaSets.get(owner.uid)?.metadata.ownerReferences?.find(({ controller }) => controller === true);
  const top = above ?? owner;
  const conditions = status.conditions ?? [];
  const ready = conditions.some(({ type, status: is }) => type === 'Ready' && is === 'True');
  const failing = conditions.find(({ type, status: is }) => type === 'PodScheduled' && is === 'False');
  const waiting = (status.containerStatuses ?? []).find(({ state }) => state?.waiting?.message !== undefined);
  return {
    uid: metadata.uid,
    namespace: metadata.namespace ?? '',
    name: metadata.name,
    node: spec.nodeName ?? '',
    ip: status.podIP ?? '',
    status: text,
    shape: shapeOf(pod, text, ready),
    ready,
    labels: metadata.labels ?? {},
    owner: top === undefined ? ownerOfStatic(pod) : `${top.kind}/${top.name}`,
    containers: spec.containers.map((container) => containerView(container, byName.get(container.name))),
    message: failing?.message ?? waiting?.state?.waiting?.message ?? status.message ?? '',
  };
}

function shapeOf({ metadata, status }: Pod, text: string, ready: boolean): PodShape {
  if (metadata.deletionTimestamp !== undefined) return 'terminating';
  if (status.phase === 'Succeeded') return 'succeeded';
  if (status.phase === 'Failed' || /Error|BackOff|Invalid|OOMKilled|Err/.test(text)) return 'failing';
  if (status.phase === 'Running') return ready ? 'running' : 'pending';
  return status.phase === 'Pending' || status.phase === undefined ? 'pending' : 'unknown';
}

function containerView({ name, image }: Container, status: ContainerStatus | undefined): ContainerView {
  const state = status?.state;
  const last = status?.lastState?.terminated;
  return {
    name,
    image,
    state: state?.running !== undefined ? 'running' : state?.terminated !== undefined ? 'terminated' : 'waiting',
    reason: state?.waiting?.reason ?? state?.terminated?.reason ?? '',
    ready: status?.ready ?? false,
    restarts: status?.restartCount ?? 0,
    ...(last === undefined ? {} : { last: { exitCode: last.exitCode, reason: last.reason ?? '' } }),
  };
}

function nodeView({ metadata, spec, status }: Node, pods: readonly Pod[]): NodeView {
  const mine = pods.filter(
    (pod) => pod.spec.nodeName === metadata.name && pod.status.phase !== 'Succeeded' && pod.status.phase !== 'Failed',
  );
  const requested = (resource: string): number =>
    mine.reduce(
      (sum, pod) =>
        sum + pod.spec.containers.reduce((inner, { resources }) => inner + milliOf(resources?.requests?.[resource]), 0),
      0,
    );
  const allocatable = (resource: string): number => milliOf(status.allocatable?.[resource]);
  const isReady = (status.conditions ?? []).find(({ type }) => type === 'Ready');
  const roles = Object.keys(metadata.labels ?? {}).flatMap((label) =>
    label.startsWith('node-role.kubernetes.io/') ? [label.slice('node-role.kubernetes.io/'.length)] : [],
  );
  return {
    name: metadata.name,
    ip: (status.addresses ?? []).find(({ type }) => type === 'InternalIP')?.address ?? '',
    roles,
    ready: isReady?.status === 'True',
    message: isReady?.status === 'True' ? '' : (isReady?.message ?? ''),
    schedulable: spec.unschedulable !== true,
    taints: (spec.taints ?? []).map(
      ({ key, value, effect }) => `${key}${value === undefined || value === '' ? '' : `=${value}`}:${effect}`,
    ),
    cpuMillis: { allocatable: allocatable('cpu'), requested: requested('cpu') },
    memoryBytes: { allocatable: allocatable('memory') / 1000, requested: requested('memory') / 1000 },
    pods: { allocatable: allocatable('pods') / 1000, count: mine.length },
  };
}

function serviceView({ metadata, spec }: Service, slices: readonly EndpointSlice[]): ServiceView {
  const mine = slices.filter(
    (slice) =>
      slice.metadata.namespace === metadata.namespace &&
      slice.metadata.labels?.['kubernetes.io/service-name'] === metadata.name,
  );
  return {
    namespace: metadata.namespace ?? '',
    name: metadata.name,
    type: spec.type ?? 'ClusterIP',
    clusterIp: spec.clusterIP ?? '',
    ports: (spec.ports ?? []).map(
      ({ port, nodePort, protocol = 'TCP' }) =>
        `${String(port)}${nodePort === undefined ? '' : `:${String(nodePort)}`}/${protocol}`,
    ),
    selector: spec.selector ?? {},
    endpoints: mine.flatMap(({ endpoints }) =>
      (endpoints ?? []).map(({ addresses, conditions, targetRef }) => ({
        pod: targetRef?.uid ?? '',
        ip: addresses[0] ?? '',
        ready: conditions?.ready !== false,
      })),
    ),
  };
}
