/**
 * Decisions of the daemon set controller (kubernetes pkg/controller/daemon).
 * Models: which nodes shall have a pod, failed and surplus pods, RollingUpdate with maxUnavailable, OnDelete.
 * Leaves out: maxSurge.
 */
import { matchesPodNodeAffinity } from '../../apimachinery/node-affinity.ts';
import { isPodTerminal, toleratesTaint, untoleratedTaint } from '../../apimachinery/pod-status.ts';
import type { Node, NodeSelectorTerm, Pod, PodSpec, Toleration } from '../../apimachinery/types.ts';

/** Taints of conditions that every daemon tolerates (upstream: AddOrUpdateDaemonPodTolerations). */
const OWN_TOLERATIONS: readonly Toleration[] = [
  { key: 'node.kubernetes.io/not-ready', operator: 'Exists', effect: 'NoExecute' },
  { key: 'node.kubernetes.io/unreachable', operator: 'Exists', effect: 'NoExecute' },
  { key: 'node.kubernetes.io/disk-pressure', operator: 'Exists', effect: 'NoSchedule' },
  { key: 'node.kubernetes.io/memory-pressure', operator: 'Exists', effect: 'NoSchedule' },
  { key: 'node.kubernetes.io/pid-pressure', operator: 'Exists', effect: 'NoSchedule' },
  { key: 'node.kubernetes.io/unschedulable', operator: 'Exists', effect: 'NoSchedule' },
];
const HOST_NETWORK_TOLERATION: Toleration = {
  key: 'node.kubernetes.io/network-unavailable',
  operator: 'Exists',
  effect: 'NoSchedule',
};

/** Tolerations of a daemon's pod: the template's and the own ones that it lacks. */
export function daemonTolerations(spec: PodSpec): readonly Toleration[] {
  const given = spec.tolerations ?? [];
  const own = spec.hostNetwork === true ? [...OWN_TOLERATIONS, HOST_NETWORK_TOLERATION] : OWN_TOLERATIONS;
  const missing = own.filter(
    (wanted) =>
      !given.some((one) => one.key === wanted.key && one.operator === wanted.operator && one.effect === wanted.effect),
  );
  return [...given, ...missing];
}

/** The spec of the pod for one node: pinned by affinity on the node's name. */
export function daemonPodSpec(spec: PodSpec, tolerations: readonly Toleration[], node: string): PodSpec {
  const field = { key: 'metadata.name', operator: 'In', values: [node] };
  const given = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? [];
  const terms: readonly NodeSelectorTerm[] =
    given.length === 0 ? [{ matchFields: [field] }] : given.map((term) => ({ ...term, matchFields: [field] }));
  return {
    ...spec,
    affinity: {
      ...spec.affinity,
      nodeAffinity: {
        ...spec.affinity?.nodeAffinity,
        requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: terms },
      },
    },
    tolerations,
  };
}

/** Whether a node shall have a pod, and whether one that is there may stay. */
export function nodeShouldRun(
  spec: PodSpec,
  tolerations: readonly Toleration[],
  node: Node,
): { readonly run: boolean; readonly stay: boolean } {
  const { name, labels = {} } = node.metadata;
  if ((spec.nodeName ?? '') !== '' && spec.nodeName !== name) return { run: false, stay: false };
  if (!matchesPodNodeAffinity(spec, name, labels)) return { run: false, stay: false };
  const taints = node.spec.taints ?? [];
  if (untoleratedTaint(taints, tolerations, ['NoSchedule', 'NoExecute']) === undefined)
    return { run: true, stay: true };
  const evicted = taints.some(
    (taint) => taint.effect === 'NoExecute' && !tolerations.some((toleration) => toleratesTaint(toleration, taint)),
  );
  return { run: false, stay: !evicted };
}

/** The node a pod is on or meant for. */
export function targetNode(pod: Pod): string {
  if ((pod.spec.nodeName ?? '') !== '') return pod.spec.nodeName ?? '';
  const terms =
    pod.spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? [];
  return terms[0]?.matchFields?.find((field) => field.key === 'metadata.name')?.values?.[0] ?? '';
}

export function podsByNode(pods: readonly Pod[]): ReadonlyMap<string, readonly Pod[]> {
  const groups = new Map<string, Pod[]>();
  for (const pod of pods) {
    const node = targetNode(pod);
    const group = groups.get(node);
    if (group === undefined) groups.set(node, [pod]);
    else group.push(pod);
  }
  return groups;
}

export interface NodeView {
  readonly name: string;
  readonly run: boolean;
  readonly stay: boolean;
}
export type Action =
  | { readonly type: 'create'; readonly node: string }
  | { readonly type: 'delete'; readonly pod: Pod; readonly failed: boolean };

/** Which pods to make and to end so that every node has what it shall have. */
export function planNodes(nodes: readonly NodeView[], byNode: ReadonlyMap<string, readonly Pod[]>): readonly Action[] {
  const actions: Action[] = [];
  for (const node of nodes) {
    const pods = byNode.get(node.name) ?? [];
    if (node.run && pods.length === 0) actions.push({ type: 'create', node: node.name });
    else if (!node.stay)
      actions.push(
        ...pods
          .filter((pod) => pod.metadata.deletionTimestamp === undefined)
          .map((pod): Action => ({ type: 'delete', pod, failed: false })),
      );
    else {
      const live = pods.filter((pod) => pod.metadata.deletionTimestamp === undefined);
      actions.push(
        ...live
          .filter(isPodTerminal)
          .map((pod): Action => ({ type: 'delete', pod, failed: pod.status.phase === 'Failed' })),
      );
      // Of several the oldest stays.
      const surplus = live
        .filter((pod) => !isPodTerminal(pod))
        .toSorted((a, b) => (a.metadata.creationTimestamp < b.metadata.creationTimestamp ? -1 : 1))
        .slice(1);
      actions.push(...surplus.map((pod): Action => ({ type: 'delete', pod, failed: false })));
    }
  }
  const known = new Set(nodes.map(({ name }) => name));
  for (const [name, pods] of byNode) {
    if (!known.has(name))
      actions.push(
        ...pods
          .filter((pod) => pod.metadata.deletionTimestamp === undefined)
          .map((pod): Action => ({ type: 'delete', pod, failed: false })),
      );
  }
  return actions;
}

export interface RollingPod {
  readonly pod: Pod;
  readonly upToDate: boolean;
  readonly available: boolean;
}

/** Old pods that may go now: unavailable ones at once, others while the budget lasts. */
export function planRollingUpdate(
  pods: readonly RollingPod[],
  desired: number,
  maxUnavailable: number,
): readonly Pod[] {
  const unavailable = pods.filter(({ available }) => !available).length + Math.max(0, desired - pods.length);
  let budget = maxUnavailable - unavailable;
  const doomed: Pod[] = [];
  for (const { pod, upToDate, available } of pods) {
    if (upToDate || pod.metadata.deletionTimestamp !== undefined) continue;
    if (!available) doomed.push(pod);
    else if (budget > 0) {
      budget -= 1;
      doomed.push(pod);
    }
  }
  return doomed;
}
