/**
 * Decisions of the deployment controller (kubernetes pkg/controller/deployment).
 * Models: RollingUpdate with maxSurge and maxUnavailable, Recreate, proportional scaling, history clean-up, conditions.
 * Leaves out: the rollback annotation of extensions/v1beta1.
 */
import type { Deployment, ReplicaSet } from '../../apimachinery/types.ts';
import { resolveIntOrPercent } from '../int-or-percent.ts';

export const REVISION = 'deployment.kubernetes.io/revision';
export const REVISION_HISTORY = 'deployment.kubernetes.io/revision-history';
export const DESIRED_REPLICAS = 'deployment.kubernetes.io/desired-replicas';
export const MAX_REPLICAS = 'deployment.kubernetes.io/max-replicas';
export const TEMPLATE_HASH = 'pod-template-hash';

/** What the decisions need of a replica set. */
export interface ReplicaSetView {
  readonly name: string;
  readonly created: string;
  readonly replicas: number;
  readonly statusReplicas: number;
  readonly ready: number;
  readonly available: number;
  readonly revision: number;
  readonly desiredAnnotation: number | undefined;
  readonly maxAnnotation: number | undefined;
  readonly observed: boolean;
  readonly deleting: boolean;
}

export interface RolloutView {
  readonly replicas: number;
  readonly recreate: boolean;
  readonly maxSurge: number;
  readonly maxUnavailable: number;
}

export type Scale = {
  readonly type: 'scale';
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly because: string;
};

export function viewReplicaSet(rs: ReplicaSet): ReplicaSetView {
  const annotations = rs.metadata.annotations ?? {};
  return {
    name: rs.metadata.name,
    created: rs.metadata.creationTimestamp,
    replicas: rs.spec.replicas ?? 1,
    statusReplicas: rs.status?.replicas ?? 0,
    ready: rs.status?.readyReplicas ?? 0,
    available: rs.status?.availableReplicas ?? 0,
    revision: wholeNumber(annotations[REVISION]) ?? 0,
    desiredAnnotation: wholeNumber(annotations[DESIRED_REPLICAS]),
    maxAnnotation: wholeNumber(annotations[MAX_REPLICAS]),
    observed: (rs.status?.observedGeneration ?? 0) >= (rs.metadata.generation ?? 0),
    deleting: rs.metadata.deletionTimestamp !== undefined,
  };
}

const wholeNumber = (text: string | undefined): number | undefined =>
  text !== undefined && /^-?\d+$/.test(text) ? Number(text) : undefined;

export function viewRollout(deployment: Deployment): RolloutView {
  const { spec } = deployment;
  const replicas = spec.replicas ?? 1;
  if (spec.strategy?.type === 'Recreate') return { replicas, recreate: true, maxSurge: 0, maxUnavailable: replicas };
  const rolling = spec.strategy?.rollingUpdate;
  const maxSurge = resolveIntOrPercent(rolling?.maxSurge, replicas, true, '25%');
  let maxUnavailable = resolveIntOrPercent(rolling?.maxUnavailable, replicas, false, '25%');
  // Both zero would never make progress; upstream lets one pod go.
  if (maxSurge === 0 && maxUnavailable === 0) maxUnavailable = 1;
  return { replicas, recreate: false, maxSurge, maxUnavailable: Math.min(maxUnavailable, replicas) };
}

const total = (sets: readonly ReplicaSetView[]): number => sets.reduce((sum, set) => sum + set.replicas, 0);
const totalAvailable = (sets: readonly ReplicaSetView[]): number => sets.reduce((sum, set) => sum + set.available, 0);

/** Replicas of the new replica set (upstream: NewRSNewReplicas). */
export function planNewReplicas(rollout: RolloutView, others: readonly ReplicaSetView[], current: number): number {
  if (rollout.recreate) return rollout.replicas;
  const ceiling = rollout.replicas + rollout.maxSurge;
  const now = total(others) + current;
  if (now >= ceiling) return current;
  return current + Math.min(ceiling - now, rollout.replicas - current);
}

/** The scalings of one pass of a rolling update: up the new one, or else down the old ones. */
export function planRollingUpdate(
  rollout: RolloutView,
  fresh: ReplicaSetView,
  old: readonly ReplicaSetView[],
): readonly Scale[] {
  const up = planScaleNew(rollout, fresh, old);
  if (up !== undefined) return [up];
  return planScaleDownOld(rollout, fresh, old);
}

function planScaleNew(rollout: RolloutView, fresh: ReplicaSetView, old: readonly ReplicaSetView[]): Scale | undefined {
  if (fresh.replicas === rollout.replicas) return undefined;
  const to = fresh.replicas > rollout.replicas ? rollout.replicas : planNewReplicas(rollout, old, fresh.replicas);
  return to === fresh.replicas
    ? undefined
    : scale(fresh, to, `${String(rollout.replicas)} wanted, at most ${String(rollout.maxSurge)} more at a time`);
}

function planScaleDownOld(
  rollout: RolloutView,
  fresh: ReplicaSetView,
  old: readonly ReplicaSetView[],
): readonly Scale[] {
  const oldPods = total(old);
  if (oldPods === 0) return [];
  const minAvailable = rollout.replicas - rollout.maxUnavailable;
  const newUnavailable = fresh.replicas - fresh.available;
  const maxScaledDown = oldPods + fresh.replicas - minAvailable - newUnavailable;
  if (maxScaledDown <= 0) return [];
  const { scales, left } = cleanUpUnhealthy(old, maxScaledDown);
  const all = [...left, fresh];
  let spare = totalAvailable(all) - minAvailable;
  const result = [...scales];
  for (const set of byAge(left)) {
    if (spare <= 0) break;
    if (set.replicas === 0) continue;
    const down = Math.min(set.replicas, spare);
    spare -= down;
    result.push(scale(set, set.replicas - down, `${String(minAvailable)} have to stay available`));
  }
  return result;
}

/** Pods that are not available anyway go first. */
function cleanUpUnhealthy(
  old: readonly ReplicaSetView[],
  limit: number,
): { readonly scales: Scale[]; readonly left: readonly ReplicaSetView[] } {
  const scales: Scale[] = [];
  const left: ReplicaSetView[] = [];
  let spare = limit;
  for (const set of byAge(old)) {
    const unhealthy = Math.max(0, set.replicas - set.available);
    const down = Math.min(spare, unhealthy);
    if (set.replicas === 0 || down === 0) {
      left.push(set);
      continue;
    }
    spare -= down;
    scales.push(scale(set, set.replicas - down, `${String(unhealthy)} of its pods are not available`));
    left.push({ ...set, replicas: set.replicas - down });
  }
  return { scales, left };
}

const scale = (set: ReplicaSetView, to: number, because: string): Scale => ({
  type: 'scale',
  name: set.name,
  from: set.replicas,
  to,
  because,
});

/** Oldest first; ties by name. */
export function byAge(sets: readonly ReplicaSetView[]): readonly ReplicaSetView[] {
  return sets.toSorted((a, b) => compare(a.created, b.created) || compare(a.name, b.name));
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Whether the deployment's size was changed since its replica sets were last annotated. */
export function isScalingEvent(replicas: number, sets: readonly ReplicaSetView[]): boolean {
  return sets.some(
    (set) => set.replicas > 0 && set.desiredAnnotation !== undefined && set.desiredAnnotation !== replicas,
  );
}

/** The scalings after a change of size, or while paused (upstream: dc.scale). */
export function planScaling(
  rollout: RolloutView,
  fresh: ReplicaSetView | undefined,
  old: readonly ReplicaSetView[],
): readonly Scale[] {
  const all = fresh === undefined ? old : [...old, fresh];
  const active = all.filter((set) => set.replicas > 0);
  const [first] = active;
  const latest = active.length === 0 ? (fresh ?? byAge(old).at(-1)) : active.length === 1 ? first : undefined;
  if (latest !== undefined) {
    return latest.replicas === rollout.replicas
      ? []
      : [scale(latest, rollout.replicas, `${String(rollout.replicas)} wanted`)];
  }
  if (
    fresh !== undefined &&
    fresh.replicas === rollout.replicas &&
    fresh.available === rollout.replicas &&
    fresh.observed
  ) {
    return old.filter((set) => set.replicas > 0).map((set) => scale(set, 0, 'the new replica set has every replica'));
  }
  return rollout.recreate ? [] : planProportional(rollout, active);
}

function planProportional(rollout: RolloutView, active: readonly ReplicaSetView[]): readonly Scale[] {
  const sum = total(active);
  const allowed = rollout.replicas > 0 ? rollout.replicas + rollout.maxSurge : 0;
  const toAdd = allowed - sum;
  // Growing serves the newest of the largest first, shrinking the oldest of the largest.
  const ordered = active.toSorted(
    (a, b) =>
      b.replicas - a.replicas ||
      (toAdd > 0 ? compare(b.created, a.created) : compare(a.created, b.created)) ||
      compare(a.name, b.name),
  );
  const sizes = new Map<string, number>();
  let added = 0;
  for (const set of ordered) {
    const base = set.maxAnnotation ?? rollout.replicas;
    const share = toAdd === 0 || base === 0 ? 0 : Math.round((set.replicas * allowed) / base) - set.replicas;
    const left = toAdd - added;
    const part = toAdd > 0 ? Math.min(Math.max(0, share), left) : Math.max(Math.min(0, share), left);
    sizes.set(set.name, set.replicas + part);
    added += part;
  }
  const [leader] = ordered;
  if (leader !== undefined)
    sizes.set(leader.name, Math.max(0, (sizes.get(leader.name) ?? leader.replicas) + toAdd - added));
  return ordered
    .map((set) => scale(set, sizes.get(set.name) ?? set.replicas, `its share of ${String(allowed)}`))
    .filter((item) => item.from !== item.to);
}

/** Names of old replica sets beyond the history limit, oldest revision first. */
export function planHistoryCleanup(limit: number, old: readonly ReplicaSetView[]): readonly string[] {
  const cleanable = old.filter((set) => !set.deleting);
  const excess = cleanable.length - limit;
  if (excess <= 0) return [];
  return cleanable
    .toSorted((a, b) => a.revision - b.revision || compare(a.created, b.created))
    .slice(0, excess)
    .filter((set) => set.statusReplicas === 0 && set.replicas === 0 && set.observed)
    .map((set) => set.name);
}

/** Complete: every replica is new and available, and nothing old runs. */
export function isComplete(
  deployment: Deployment,
  status: { readonly updatedReplicas?: number; readonly replicas?: number; readonly availableReplicas?: number },
): boolean {
  const want = deployment.spec.replicas ?? 1;
  return (
    (status.updatedReplicas ?? 0) === want &&
    (status.replicas ?? 0) === want &&
    (status.availableReplicas ?? 0) === want
  );
}
