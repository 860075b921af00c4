/** One pass over a deployment and its replica sets. */
import { deepEqual } from '../../apimachinery/equality.ts';
import { isFailure } from '../../apimachinery/status.ts';
import type { Condition, Deployment, PodTemplateSpec, ReplicaSet } from '../../apimachinery/types.ts';
import type { Client } from '../../client/interface.ts';
import { DESIRED_REPLICAS, MAX_REPLICAS, type RolloutView, TEMPLATE_HASH, viewRollout } from './plan.ts';

/** What one pass works on; replaced as the pass changes things. */
export interface Pass {
  readonly deployment: Deployment;
  readonly rollout: RolloutView;
  fresh: ReplicaSet | undefined;
  old: ReplicaSet[];
  readonly conditions: Condition[];
  error: string | undefined;
}

/** Sorts a deployment's sets into the new one, by its template, and the old ones, oldest first. */
export function beginPass(deployment: Deployment, sets: readonly ReplicaSet[]): Pass {
  const ordered = sets.toSorted((a, b) =>
    a.metadata.creationTimestamp < b.metadata.creationTimestamp
      ? -1
      : a.metadata.creationTimestamp > b.metadata.creationTimestamp
        ? 1
        : a.metadata.name < b.metadata.name
          ? -1
          : 1,
  );
  const fresh = ordered.find((set) => sameTemplate(set.spec.template, deployment.spec.template));
  return {
    deployment,
    rollout: viewRollout(deployment),
    fresh,
    old: ordered.filter((set) => set !== fresh),
    conditions: [],
    error: undefined,
  };
}

/** Writes a set and puts the answer into the pass; false where the server refuses. */
export function updateSet(client: Client, pass: Pass, set: ReplicaSet): boolean {
  const answer = client.update('replicasets.apps', set);
  if (isFailure(answer)) {
    pass.error = answer.message;
    return false;
  }
  if (pass.fresh?.metadata.uid === answer.metadata.uid) pass.fresh = answer;
  else pass.old = pass.old.map((candidate) => (candidate.metadata.uid === answer.metadata.uid ? answer : candidate));
  return true;
}

/** The annotations by which a set says for which size it was scaled. */
export const sizes = (rollout: RolloutView): Readonly<Record<string, string>> => ({
  [DESIRED_REPLICAS]: String(rollout.replicas),
  [MAX_REPLICAS]: String(rollout.replicas + rollout.maxSurge),
});

/** Equal but for the hash label. */
function sameTemplate(ofSet: PodTemplateSpec, wanted: PodTemplateSpec): boolean {
  if (!deepEqual(ofSet.spec, wanted.spec)) return false;
  const { labels = {}, ...rest } = ofSet.metadata ?? {};
  const { labels: wantedLabels = {}, ...wantedRest } = wanted.metadata ?? {};
  const without = Object.fromEntries(Object.entries(labels).filter(([key]) => key !== TEMPLATE_HASH));
  const wantedWithout = Object.fromEntries(Object.entries(wantedLabels).filter(([key]) => key !== TEMPLATE_HASH));
  return deepEqual(without, wantedWithout) && deepEqual(rest, wantedRest);
}
