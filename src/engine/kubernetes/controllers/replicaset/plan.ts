/**
 * Decisions of the replica set controller (kubernetes pkg/controller/replicaset, controller_utils ActivePodsWithRanks).
 * Models: slow start, deletion ranking, status counts.
 */
import type { Condition } from '../../apimachinery/types.ts';

export interface PodView {
  readonly name: string;
  readonly nodeName: string;
  readonly phase: string;
  readonly ready: boolean;
  readonly deletionCost: number;
  /** Active pods of related replica sets on the same node. */
  readonly related: number;
  /** RFC 3339, empty while not ready. */
  readonly readySince: string;
  readonly restarts: number;
  readonly created: string;
}

/** A pass creates or deletes no more than this. */
export const BURST_REPLICAS = 500;
export const SLOW_START_INITIAL = 1;

export type Action =
  | { readonly type: 'create-pods'; readonly count: number; readonly because: string }
  | { readonly type: 'delete-pod'; readonly name: string; readonly because: string };

/** Decides which pods to make or to end; `pods` are the active ones. */
export function planReplicas(desired: number, pods: readonly PodView[]): readonly Action[] {
  const diff = desired - pods.length;
  const because = `have ${String(pods.length)}, want ${String(desired)}`;
  if (diff > 0) return [{ type: 'create-pods', count: Math.min(diff, BURST_REPLICAS), because }];
  if (diff === 0) return [];
  return pods
    .toSorted(rankForDeletion)
    .slice(0, Math.min(-diff, BURST_REPLICAS))
    .map(({ name }) => ({ type: 'delete-pod', name, because }));
}

const PHASE_ORDER: Readonly<Record<string, number>> = { Pending: 0, Unknown: 1, Running: 2 };

/** Those that serve least go first. */
export function rankForDeletion(a: PodView, b: PodView): number {
  return (
    Number(a.nodeName !== '') - Number(b.nodeName !== '') ||
    (PHASE_ORDER[a.phase] ?? 2) - (PHASE_ORDER[b.phase] ?? 2) ||
    Number(a.ready) - Number(b.ready) ||
    a.deletionCost - b.deletionCost ||
    b.related - a.related ||
    (a.ready && a.readySince !== b.readySince ? newerFirst(a.readySince, b.readySince) : 0) ||
    b.restarts - a.restarts ||
    newerFirst(a.created, b.created) ||
    (a.name < b.name ? -1 : 1)
  );
}

const newerFirst = (a: string, b: string): number => (a === b ? 0 : a > b ? -1 : 1);

/** Batches of slow start: 1, 2, 4 …; a failure in one stops those after it. */
export function slowStartBatches(count: number): readonly number[] {
  const batches: number[] = [];
  let left = count;
  for (let size = Math.min(left, SLOW_START_INITIAL); size > 0; size = Math.min(2 * size, left)) {
    batches.push(size);
    left -= size;
  }
  return batches;
}

export interface Counts {
  readonly replicas: number;
  readonly fullyLabeledReplicas: number;
  readonly readyReplicas: number;
  readonly availableReplicas: number;
  readonly terminatingReplicas: number;
}

/** The ReplicaFailure condition that a pass leaves. */
export function planFailureCondition(
  conditions: readonly Condition[],
  failure: { readonly reason: 'FailedCreate' | 'FailedDelete'; readonly message: string } | undefined,
  now: string,
): readonly Condition[] {
  const others = conditions.filter((condition) => condition.type !== 'ReplicaFailure');
  if (failure === undefined) return others.length === conditions.length ? conditions : others;
  const current = conditions.find((condition) => condition.type === 'ReplicaFailure');
  if (current !== undefined) return conditions;
  return [
    ...others,
    {
      type: 'ReplicaFailure',
      status: 'True',
      reason: failure.reason,
      message: failure.message,
      lastTransitionTime: now,
    },
  ];
}
