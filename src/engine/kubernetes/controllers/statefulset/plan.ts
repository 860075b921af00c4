/**
 * Decisions of the stateful set controller (kubernetes pkg/controller/statefulset).
 * Models: ordered and parallel start and end, RollingUpdate with partition, OnDelete.
 * Leaves out: maxUnavailable, retention policies of claims.
 */
export interface PodView {
  readonly name: string;
  readonly ordinal: number;
  /** Running and ready (long enough). */
  readonly healthy: boolean;
  readonly terminating: boolean;
  /** Ended for good. */
  readonly failed: boolean;
  readonly revision: string;
}
export interface SetView {
  readonly replicas: number;
  readonly parallel: boolean;
  readonly onDelete: boolean;
  readonly partition: number;
  readonly updateRevision: string;
}
export type Action =
  | { readonly type: 'create'; readonly ordinal: number }
  | { readonly type: 'delete'; readonly name: string; readonly because: string };

/** The next steps; ordered sets take one at a time. */
export function planStatefulSet(set: SetView, pods: readonly PodView[]): readonly Action[] {
  const byOrdinal = new Map(pods.map((pod) => [pod.ordinal, pod]));
  const actions: Action[] = [];
  for (let ordinal = 0; ordinal < set.replicas; ordinal += 1) {
    const pod = byOrdinal.get(ordinal);
    if (pod === undefined) {
      actions.push({ type: 'create', ordinal });
      if (!set.parallel) return actions;
    } else if (pod.failed && !pod.terminating) {
      actions.push({ type: 'delete', name: pod.name, because: 'it has ended and is made anew' });
      if (!set.parallel) return actions;
    } else if (!set.parallel && (pod.terminating || !pod.healthy)) return actions;
  }
  const surplus = pods.filter((pod) => pod.ordinal >= set.replicas).toSorted((a, b) => b.ordinal - a.ordinal);
  if (surplus.length > 0) {
    if (set.parallel)
      return [
        ...actions,
        ...surplus
          .filter((pod) => !pod.terminating)
          .map((pod): Action => ({ type: 'delete', name: pod.name, because: 'scaled down' })),
      ];
    const [last] = surplus;
    return last === undefined || last.terminating
      ? actions
      : [...actions, { type: 'delete', name: last.name, because: 'scaled down' }];
  }
  if (set.onDelete || actions.length > 0) return actions;
  return planUpdate(set, pods);
}

/** Highest ordinal first, one at a time, down to the partition. */
function planUpdate(set: SetView, pods: readonly PodView[]): readonly Action[] {
  for (const pod of pods.toSorted((a, b) => b.ordinal - a.ordinal)) {
    if (pod.ordinal < set.partition) break;
    if (pod.revision !== set.updateRevision && !pod.terminating)
      return [{ type: 'delete', name: pod.name, because: 'its revision is old' }];
    if (!pod.healthy) return [];
  }
  return [];
}
