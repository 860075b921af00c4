/** Status and conditions of a deployment (kubernetes pkg/controller/deployment/progress.go). Decides; never acts. */
import { parseRfc3339 } from '../../../sim/clock.ts';
import { conditionOf, withCondition } from '../../apimachinery/meta.ts';
import type { Condition, Deployment } from '../../apimachinery/types.ts';
import type { ReplicaSetView } from './plan.ts';

export type DeploymentStatus = NonNullable<Deployment['status']>;

export interface StatusInput {
  readonly deployment: Deployment;
  readonly fresh: ReplicaSetView | undefined;
  readonly old: readonly ReplicaSetView[];
  readonly terminating: number;
  readonly maxUnavailable: number;
  readonly now: string;
  readonly nowMs: number;
  /** A condition that the pass itself brought about (a new replica set, pause, failure). */
  readonly passConditions: readonly Condition[];
}

const sum = (sets: readonly ReplicaSetView[], value: (set: ReplicaSetView) => number): number =>
  sets.reduce((total, set) => total + value(set), 0);

/** The whole status after a pass. */
export function planStatus(input: StatusInput): DeploymentStatus {
  const { deployment, fresh, old } = input;
  const all = fresh === undefined ? old : [...old, fresh];
  const replicas = sum(all, (set) => set.statusReplicas);
  const available = sum(all, (set) => set.available);
  const counts = {
    replicas,
    updatedReplicas: fresh?.statusReplicas ?? 0,
    readyReplicas: sum(all, (set) => set.ready),
    availableReplicas: available,
    unavailableReplicas: Math.max(0, sum(all, (set) => set.replicas) - available),
  };
  const conditions = planConditions(input, counts);
  const given = Object.fromEntries(Object.entries(counts).filter(([, value]) => value !== 0));
  return {
    observedGeneration: deployment.metadata.generation ?? 1,
    ...given,
    terminatingReplicas: input.terminating,
    ...(deployment.status?.collisionCount === undefined ? {} : { collisionCount: deployment.status.collisionCount }),
    ...(conditions.length === 0 ? {} : { conditions }),
  };
}

interface Counts {
  readonly replicas: number;
  readonly updatedReplicas: number;
  readonly readyReplicas: number;
  readonly availableReplicas: number;
}

function planConditions(input: StatusInput, counts: Counts): readonly Condition[] {
  const { deployment, maxUnavailable, now } = input;
  const want = deployment.spec.replicas ?? 1;
  const enough = counts.availableReplicas >= want - maxUnavailable;
  let conditions: readonly Condition[] = deployment.status?.conditions ?? [];
  for (const condition of input.passConditions) conditions = put(conditions, condition);
  conditions = put(
    conditions,
    enough
      ? stamp('Available', 'True', 'MinimumReplicasAvailable', 'Deployment has minimum availability.', now)
      : stamp(
          'Available',
          'False',
          'MinimumReplicasUnavailable',
          'Deployment does not have minimum availability.',
          now,
        ),
  );
  return planProgressing(input, counts, conditions);
}

function planProgressing(input: StatusInput, counts: Counts, conditions: readonly Condition[]): readonly Condition[] {
  const { deployment, fresh, now } = input;
  const deadline = deployment.spec.progressDeadlineSeconds;
  if (deadline === undefined || deadline === 2_147_483_647 || deployment.spec.paused === true) return conditions;
  const current = conditionOf(conditions, 'Progressing');
  const subject = fresh === undefined ? `Deployment "${deployment.metadata.name}"` : `ReplicaSet "${fresh.name}"`;
  const before = deployment.status ?? {};
  const want = deployment.spec.replicas ?? 1;
  const isComplete = counts.updatedReplicas === want && counts.replicas === want && counts.availableReplicas === want;
  if (isComplete) {
    if (counts.replicas === counts.updatedReplicas && current?.reason === 'NewReplicaSetAvailable') return conditions;
    return replace(
      conditions,
      stamp('Progressing', 'True', 'NewReplicaSetAvailable', `${subject} has successfully progressed.`, now),
    );
  }
  const progressed =
    counts.updatedReplicas > (before.updatedReplicas ?? 0) ||
    counts.replicas - counts.updatedReplicas < (before.replicas ?? 0) - (before.updatedReplicas ?? 0) ||
    counts.readyReplicas > (before.readyReplicas ?? 0) ||
    counts.availableReplicas > (before.availableReplicas ?? 0);
  if (progressed)
    return replace(conditions, stamp('Progressing', 'True', 'ReplicaSetUpdated', `${subject} is progressing.`, now));
  if (current !== undefined && hasTimedOut(current, deadline, input.nowMs)) {
    return put(
      conditions,
      stamp('Progressing', 'False', 'ProgressDeadlineExceeded', `${subject} has timed out progressing.`, now),
    );
  }
  return conditions;
}

/** Whether nothing has moved for the deadline; a complete rollout does not time out. */
export function hasTimedOut(progressing: Condition, deadlineSeconds: number, nowMs: number): boolean {
  if (progressing.reason === 'NewReplicaSetAvailable') return false;
  if (progressing.reason === 'ProgressDeadlineExceeded') return true;
  const since = parseRfc3339(progressing.lastUpdateTime ?? '');
  return since !== undefined && since + deadlineSeconds * 1000 < nowMs;
}

export const stamp = (type: string, status: string, reason: string, message: string, now: string): Condition => ({
  type,
  status,
  reason,
  message,
  lastUpdateTime: now,
  lastTransitionTime: now,
});

/** As upstream's SetDeploymentCondition: nothing happens while status and reason stay. */
function put(conditions: readonly Condition[], next: Condition): readonly Condition[] {
  const current = conditionOf(conditions, next.type);
  return current !== undefined && current.status === next.status && current.reason === next.reason
    ? conditions
    : moved(conditions, next);
}

/** Progress renews the update time even where reason and status stay. */
const replace = (conditions: readonly Condition[], next: Condition): readonly Condition[] => moved(conditions, next);

/** Upstream appends what it sets, so a renewed condition comes last. */
function moved(conditions: readonly Condition[], next: Condition): readonly Condition[] {
  const updated = conditionOf(withCondition(conditions, next), next.type) ?? next;
  return [...conditions.filter((condition) => condition.type !== next.type), updated];
}
