/** The deployment controller: executes what `plan.ts` and `conditions.ts` decide. */
import { formatRfc3339 } from '../../../sim/clock.ts';
import { deepEqual } from '../../apimachinery/equality.ts';
import { matcherOf } from '../../apimachinery/label-selector.ts';
import { conditionOf, controllerOf } from '../../apimachinery/meta.ts';
import { isPodTerminal } from '../../apimachinery/pod-status.ts';
import { isFailure } from '../../apimachinery/status.ts';
import type { Condition, Deployment, Pod, ReplicaSet } from '../../apimachinery/types.ts';
import type { EventRecorder, Informer, ReconcileResult, Reconciler, WorkQueue } from '../../client/interface.ts';
import { claim } from '../claim.ts';
import { ownedBy, ownerIndexes, podsByController, type ControllerContext } from '../context.ts';
import { planStatus, stamp } from './conditions.ts';
import { NewReplicaSet } from './new-replica-set.ts';
import { beginPass, type Pass, sizes, updateSet } from './pass.ts';
import {
  isScalingEvent,
  planHistoryCleanup,
  planRollingUpdate,
  planScaling,
  viewReplicaSet,
  type ReplicaSetView,
  type Scale,
} from './plan.ts';

export class DeploymentController implements Reconciler {
  readonly name = 'deployment';
  readonly #deployments: Informer<Deployment>;
  readonly #sets: Informer<ReplicaSet>;
  readonly #pods: Informer<Pod>;
  readonly #queue: WorkQueue;
  readonly #recorder: EventRecorder;
  readonly #newSet: NewReplicaSet;

  constructor(private readonly context: ControllerContext) {
    this.#deployments = context.informers.informer('deployments.apps');
    this.#sets = ownerIndexes(context.informers.informer('replicasets.apps'));
    this.#pods = podsByController(context.informers);
    this.#queue = context.queue(this);
    this.#recorder = context.recorder('deployment-controller');
    this.#newSet = new NewReplicaSet(context, this.#recorder);
    this.#deployments.addHandler((event) => {
      this.#queue.add(event.key);
    });
    this.#sets.addHandler((event) => {
      this.#onSet(event.object, event.type === 'updated' ? event.old : undefined);
    });
    this.#pods.addHandler((event) => {
      // Recreate waits for the last old pod to be gone.
      if (event.type === 'deleted') this.#onPodGone(event.object);
    });
  }

  #onSet(set: ReplicaSet, old: ReplicaSet | undefined): void {
    const namespace = set.metadata.namespace ?? '';
    const owner = controllerOf(set);
    const before = old === undefined ? undefined : controllerOf(old);
    if (before !== undefined && before.uid !== owner?.uid) this.#queue.add(`${namespace}/${before.name}`);
    if (owner !== undefined) {
      if (owner.kind === 'Deployment') this.#queue.add(`${namespace}/${owner.name}`);
      return;
    }
    for (const deployment of this.#deployments.list(namespace)) {
      if (matcherOf(deployment.spec.selector).matches(set.metadata.labels))
        this.#queue.add(`${namespace}/${deployment.metadata.name}`);
    }
  }

  #onPodGone(pod: Pod): void {
    const owner = controllerOf(pod);
    const set =
      owner?.kind === 'ReplicaSet' ? this.#sets.get(`${pod.metadata.namespace ?? ''}/${owner.name}`) : undefined;
    const parent = set === undefined ? undefined : controllerOf(set);
    const key = `${pod.metadata.namespace ?? ''}/${parent?.name ?? ''}`;
    if (parent?.kind === 'Deployment' && this.#deployments.get(key)?.spec.strategy?.type === 'Recreate')
      this.#queue.add(key);
  }

  reconcile(key: string): ReconcileResult {
    const deployment = this.#deployments.get(key);
    if (deployment === undefined) return undefined;
    const sets = claim(
      this.context.client,
      'replicasets.apps',
      this.#sets,
      deployment,
      matcherOf(deployment.spec.selector),
    );
    const pass = beginPass(deployment, sets);
    if (deployment.metadata.deletionTimestamp === undefined) this.#act(pass);
    return this.#finish(pass);
  }

  #act(pass: Pass): void {
    const { deployment } = pass;
    this.#notePause(pass);
    const views = (): readonly ReplicaSetView[] => pass.old.map(viewReplicaSet);
    const all = pass.fresh === undefined ? views() : [...views(), viewReplicaSet(pass.fresh)];
    if (deployment.spec.paused === true || isScalingEvent(pass.rollout.replicas, all)) {
      this.#newSet.sync(pass, false);
      this.#scale(
        pass,
        planScaling(pass.rollout, pass.fresh === undefined ? undefined : viewReplicaSet(pass.fresh), views()),
      );
      this.#annotateSizes(pass);
      this.#cleanUp(pass, deployment.spec.paused !== true);
      return;
    }
    if (pass.rollout.recreate) {
      this.#newSet.sync(pass, false);
      this.#scale(
        pass,
        views()
          .filter((set) => set.replicas > 0)
          .map((set): Scale => ({
            type: 'scale',
            name: set.name,
            from: set.replicas,
            to: 0,
            because: 'strategy Recreate',
          })),
      );
      if (this.#oldPodsRunning(pass)) return;
    }
    this.#newSet.sync(pass, true);
    if (pass.fresh === undefined) return;
    this.#scale(
      pass,
      pass.rollout.recreate
        ? this.#fillNew(pass)
        : planRollingUpdate(pass.rollout, viewReplicaSet(pass.fresh), views()),
    );
    this.#cleanUp(pass, true);
  }

  #fillNew(pass: Pass): readonly Scale[] {
    if (pass.fresh === undefined) return [];
    const view = viewReplicaSet(pass.fresh);
    return view.replicas === pass.rollout.replicas
      ? []
      : [
          {
            type: 'scale',
            name: view.name,
            from: view.replicas,
            to: pass.rollout.replicas,
            because: 'the old pods are gone',
          },
        ];
  }

  #oldPodsRunning({ old }: Pass): boolean {
    return old.some((set) => ownedBy(this.#pods, set.metadata.uid).some((pod) => !isPodTerminal(pod)));
  }

  #notePause({ deployment, conditions }: Pass): void {
    if (deployment.spec.progressDeadlineSeconds === undefined) return;
    const current = conditionOf(deployment.status?.conditions, 'Progressing');
    if (current?.reason === 'ProgressDeadlineExceeded') return;
    const paused = current?.reason === 'DeploymentPaused';
    const now = formatRfc3339(this.context.simulation.clock.unixMs);
    if (deployment.spec.paused === true && !paused)
      conditions.push(stamp('Progressing', 'Unknown', 'DeploymentPaused', 'Deployment is paused', now));
    if (deployment.spec.paused !== true && paused)
      conditions.push(stamp('Progressing', 'Unknown', 'DeploymentResumed', 'Deployment is resumed', now));
  }

  #scale(pass: Pass, scales: readonly Scale[]): void {
    for (const { name, to, because } of scales) {
      const set = [pass.fresh, ...pass.old].find((candidate) => candidate?.metadata.name === name);
      if (set === undefined || pass.error !== undefined) continue;
      const from = set.spec.replicas ?? 1;
      const updated = {
        ...set,
        metadata: { ...set.metadata, annotations: { ...set.metadata.annotations, ...sizes(pass.rollout) } },
        spec: { ...set.spec, replicas: to },
      };
      if (!updateSet(this.context.client, pass, updated)) continue;
      this.context.simulation.trace.record(
        'controller/deployment',
        'replicaset.scaled',
        `replicaset/${set.metadata.namespace ?? ''}/${name}`,
        { from, to, because },
      );
      const way = to > from ? 'up' : 'down';
      this.#recorder.event(
        pass.deployment,
        'Normal',
        'ScalingReplicaSet',
        `Scaled ${way} replica set ${name} from ${String(from)} to ${String(to)}`,
      );
    }
  }

  /** After a change of size every active set carries the new size, so that it is no longer a scaling event. */
  #annotateSizes(pass: Pass): void {
    for (const set of [pass.fresh, ...pass.old]) {
      if (set === undefined || (set.spec.replicas ?? 1) === 0) continue;
      const annotations = { ...set.metadata.annotations, ...sizes(pass.rollout) };
      if (!deepEqual(annotations, set.metadata.annotations))
        updateSet(this.context.client, pass, { ...set, metadata: { ...set.metadata, annotations } });
    }
  }

  #cleanUp(pass: Pass, allowed: boolean): void {
    const { deployment, rollout } = pass;
    const view = pass.fresh === undefined ? undefined : viewReplicaSet(pass.fresh);
    const complete =
      view !== undefined &&
      view.statusReplicas === rollout.replicas &&
      view.available === rollout.replicas &&
      pass.old.every((set) => (set.spec.replicas ?? 1) === 0);
    if (!allowed || !complete) return;
    for (const name of planHistoryCleanup(deployment.spec.revisionHistoryLimit ?? 10, pass.old.map(viewReplicaSet))) {
      this.context.client.delete('replicasets.apps', { name, namespace: deployment.metadata.namespace ?? '' });
    }
  }

  #finish(pass: Pass): ReconcileResult {
    const { deployment, fresh, old, rollout } = pass;
    const { unixMs } = this.context.simulation.clock;
    const terminating = [fresh, ...old].reduce((total, set) => total + (set?.status?.terminatingReplicas ?? 0), 0);
    const status = planStatus({
      deployment,
      fresh: fresh === undefined ? undefined : viewReplicaSet(fresh),
      old: old.map(viewReplicaSet),
      terminating,
      maxUnavailable: rollout.maxUnavailable,
      now: formatRfc3339(unixMs),
      nowMs: unixMs,
      passConditions: pass.conditions,
    });
    if (!deepEqual(status, deployment.status)) {
      const answer = this.context.client.patchStatus('deployments.apps', deployment.metadata, {
        status: withRemovals(status, deployment.status),
      });
      if (isFailure(answer) && answer.reason !== 'NotFound') return { error: answer.message };
    }
    if (pass.error !== undefined) return { error: pass.error };
    return this.#progressCheck(deployment, status.conditions ?? []);
  }

  /** Looks again when the progress deadline would be over. */
  #progressCheck(deployment: Deployment, conditions: readonly Condition[]): ReconcileResult {
    const deadline = deployment.spec.progressDeadlineSeconds;
    const progressing = conditionOf(conditions, 'Progressing');
    if (
      deadline === undefined ||
      deadline === 2_147_483_647 ||
      progressing?.status !== 'True' ||
      progressing.reason === 'NewReplicaSetAvailable'
    )
      return undefined;
    return { requeueAfterUs: (deadline + 1) * 1_000_000 };
  }
}

/** Members that are zero now are taken out by null, as a merge patch needs. */
function withRemovals(status: object, before: object | undefined): Record<string, never> {
  const removed = Object.keys(before ?? {})
    .filter((key) => !(key in status))
    .map((key) => [key, null]);
  return Object.assign(Object.fromEntries(removed), status) as Record<string, never>;
}
