/** The deployment controller: executes what `plan.ts` and `conditions.ts` decide. */
import { formatRfc3339 } from '../../../sim/clock.ts';
import { deepEqual } from '../../apimachinery/equality.ts';
import { matcherOf } from '../../apimachinery/label-selector.ts';
import { conditionOf, controllerOf, controllerReference } from '../../apimachinery/meta.ts';
import { podTemplateHash } from '../../apimachinery/pod-hash.ts';
import { isPodTerminal } from '../../apimachinery/pod-status.ts';
import { isFailure } from '../../apimachinery/status.ts';
import type { Condition, Deployment, Pod, PodTemplateSpec, ReplicaSet } from '../../apimachinery/types.ts';
import type { EventRecorder, Informer, ReconcileResult, Reconciler, WorkQueue } from '../../client/interface.ts';
import { claim } from '../claim.ts';
import { ownedBy, ownerIndexes, podsByController, type ControllerContext } from '../context.ts';
import { planStatus, stamp } from './conditions.ts';
import {
  DESIRED_REPLICAS,
  isScalingEvent,
  MAX_REPLICAS,
  planHistoryCleanup,
  planNewReplicas,
  planRollingUpdate,
  planScaling,
  REVISION,
  REVISION_HISTORY,
  TEMPLATE_HASH,
  viewReplicaSet,
  viewRollout,
  type ReplicaSetView,
  type RolloutView,
  type Scale,
} from './plan.ts';

/** Annotations that stay the deployment's own. */
const NOT_COPIED = new Set([
  'kubectl.kubernetes.io/last-applied-configuration',
  REVISION,
  REVISION_HISTORY,
  DESIRED_REPLICAS,
  MAX_REPLICAS,
  'deprecated.deployment.rollback.to',
]);

/** What one pass works on; replaced as the pass changes things. */
interface Pass {
  readonly deployment: Deployment;
  readonly rollout: RolloutView;
  fresh: ReplicaSet | undefined;
  old: ReplicaSet[];
  readonly conditions: Condition[];
  error: string | undefined;
}

export class DeploymentController implements Reconciler {
  readonly name = 'deployment';
  readonly #deployments: Informer<Deployment>;
  readonly #sets: Informer<ReplicaSet>;
  readonly #pods: Informer<Pod>;
  readonly #queue: WorkQueue;
  readonly #recorder: EventRecorder;

  constructor(private readonly context: ControllerContext) {
    this.#deployments = context.informers.informer('deployments.apps');
    this.#sets = ownerIndexes(context.informers.informer('replicasets.apps'));
    this.#pods = podsByController(context.informers);
    this.#queue = context.queue(this);
    this.#recorder = context.recorder('deployment-controller');
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
    const pass = this.#beginPass(deployment, sets);
    if (deployment.metadata.deletionTimestamp === undefined) this.#act(pass);
    return this.#finish(pass);
  }

  #beginPass(deployment: Deployment, sets: readonly ReplicaSet[]): Pass {
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

  #act(pass: Pass): void {
    const { deployment } = pass;
    this.#notePause(pass);
    const views = (): readonly ReplicaSetView[] => pass.old.map(viewReplicaSet);
    const all = pass.fresh === undefined ? views() : [...views(), viewReplicaSet(pass.fresh)];
    if (deployment.spec.paused === true || isScalingEvent(pass.rollout.replicas, all)) {
      this.#syncNew(pass, false);
      this.#scale(
        pass,
        planScaling(pass.rollout, pass.fresh === undefined ? undefined : viewReplicaSet(pass.fresh), views()),
      );
      this.#annotateSizes(pass);
      this.#cleanUp(pass, deployment.spec.paused !== true);
      return;
    }
    if (pass.rollout.recreate) {
      this.#syncNew(pass, false);
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
    this.#syncNew(pass, true);
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

  /** Brings the new replica set's revision and annotations up to date, or makes it. */
  #syncNew(pass: Pass, create: boolean): void {
    const { deployment } = pass;
    const revision = String(Math.max(0, ...pass.old.map((set) => viewReplicaSet(set).revision)) + 1);
    if (pass.fresh === undefined) {
      if (create) this.#createNew(pass, revision);
    } else {
      const annotations = this.#annotationsFor(pass, pass.fresh, revision);
      const minReadySeconds = deployment.spec.minReadySeconds ?? 0;
      if (
        !deepEqual(annotations, pass.fresh.metadata.annotations ?? {}) ||
        (pass.fresh.spec.minReadySeconds ?? 0) !== minReadySeconds
      ) {
        const spec = {
          ...pass.fresh.spec,
          ...(minReadySeconds > 0 || pass.fresh.spec.minReadySeconds !== undefined ? { minReadySeconds } : {}),
        };
        this.#updateSet(pass, { ...pass.fresh, metadata: { ...pass.fresh.metadata, annotations }, spec });
      }
      if (
        conditionOf(deployment.status?.conditions, 'Progressing') === undefined &&
        deployment.spec.progressDeadlineSeconds !== undefined
      ) {
        pass.conditions.push(
          stamp(
            'Progressing',
            'True',
            'FoundNewReplicaSet',
            `Found new replica set "${pass.fresh.metadata.name}"`,
            this.#now(),
          ),
        );
      }
    }
    const current = pass.fresh?.metadata.annotations?.[REVISION];
    if (current !== undefined && deployment.metadata.annotations?.[REVISION] !== current) {
      this.context.client.patch('deployments.apps', deployment.metadata, 'merge', {
        metadata: { annotations: { [REVISION]: current } },
      });
    }
  }

  #annotationsFor(pass: Pass, set: ReplicaSet, revision: string): Readonly<Record<string, string>> {
    const annotations: Record<string, string> = { ...set.metadata.annotations };
    for (const [key, value] of Object.entries(pass.deployment.metadata.annotations ?? {}))
      if (!NOT_COPIED.has(key)) annotations[key] = value;
    const before = annotations[REVISION];
    if (before === undefined || Number(before) < Number(revision)) {
      annotations[REVISION] = revision;
      if (before !== undefined)
        annotations[REVISION_HISTORY] = [annotations[REVISION_HISTORY], before]
          .filter((item) => item !== undefined && item !== '')
          .join(',');
    }
    return { ...annotations, ...sizes(pass.rollout) };
  }

  #createNew(pass: Pass, revision: string): void {
    const { deployment, rollout } = pass;
    const hash = podTemplateHash(deployment.spec.template, deployment.status?.collisionCount);
    const labels = { ...deployment.spec.template.metadata?.labels, [TEMPLATE_HASH]: hash };
    const copied = Object.fromEntries(
      Object.entries(deployment.metadata.annotations ?? {}).filter(([key]) => !NOT_COPIED.has(key)),
    );
    const replicas = planNewReplicas(rollout, pass.old.map(viewReplicaSet), 0);
    const answer = this.context.client.create('replicasets.apps', {
      metadata: {
        name: `${deployment.metadata.name}-${hash}`,
        namespace: deployment.metadata.namespace ?? '',
        labels,
        annotations: { ...copied, [REVISION]: revision, ...sizes(rollout) },
        ownerReferences: [controllerReference(deployment)],
      },
      spec: {
        replicas,
        ...(deployment.spec.minReadySeconds === undefined ? {} : { minReadySeconds: deployment.spec.minReadySeconds }),
        selector: {
          ...deployment.spec.selector,
          matchLabels: { ...deployment.spec.selector.matchLabels, [TEMPLATE_HASH]: hash },
        },
        template: { ...deployment.spec.template, metadata: { ...deployment.spec.template.metadata, labels } },
      },
    });
    if (isFailure(answer)) {
      this.#createFailed(pass, answer.reason, answer.message, `${deployment.metadata.name}-${hash}`);
      return;
    }
    pass.fresh = answer;
    this.context.simulation.trace.record(
      'controller/deployment',
      'replicaset.created',
      `replicaset/${deployment.metadata.namespace ?? ''}/${answer.metadata.name}`,
      { revision, replicas },
    );
    if (replicas > 0)
      this.#recorder.event(
        deployment,
        'Normal',
        'ScalingReplicaSet',
        `Scaled up replica set ${answer.metadata.name} from 0 to ${String(replicas)}`,
      );
    pass.conditions.push(
      stamp(
        'Progressing',
        'True',
        'NewReplicaSetCreated',
        `Created new replica set "${answer.metadata.name}"`,
        this.#now(),
      ),
    );
  }

  #createFailed(pass: Pass, reason: string, message: string, name: string): void {
    const { deployment } = pass;
    if (reason === 'AlreadyExists') {
      const taken = this.context.client.get('replicasets.apps', name, deployment.metadata.namespace);
      // Our own from a pass whose effect the cache has not shown yet; the next pass finds it.
      if (!isFailure(taken) && controllerOf(taken)?.uid === deployment.metadata.uid) {
        pass.error = 'the replica set is not in the cache yet';
        return;
      }
      const collisionCount = (deployment.status?.collisionCount ?? 0) + 1;
      this.context.client.patchStatus('deployments.apps', deployment.metadata, { status: { collisionCount } });
      pass.error = `hash collision: ${message}`;
      return;
    }
    const text = `Failed to create new replica set "${name}": ${message}`;
    this.#recorder.event(deployment, 'Warning', 'ReplicaSetCreateError', text);
    pass.conditions.push(stamp('Progressing', 'False', 'ReplicaSetCreateError', text, this.#now()));
    pass.error = message;
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
      if (!this.#updateSet(pass, updated)) continue;
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
        this.#updateSet(pass, { ...set, metadata: { ...set.metadata, annotations } });
    }
  }

  #updateSet(pass: Pass, set: ReplicaSet): boolean {
    const answer = this.context.client.update('replicasets.apps', set);
    if (isFailure(answer)) {
      pass.error = answer.message;
      return false;
    }
    if (pass.fresh?.metadata.uid === answer.metadata.uid) pass.fresh = answer;
    else pass.old = pass.old.map((candidate) => (candidate.metadata.uid === answer.metadata.uid ? answer : candidate));
    return true;
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

  #now(): string {
    return formatRfc3339(this.context.simulation.clock.unixMs);
  }
}

const sizes = (rollout: RolloutView): Readonly<Record<string, string>> => ({
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

/** Members that are zero now are taken out by null, as a merge patch needs. */
function withRemovals(status: object, before: object | undefined): Record<string, never> {
  const removed = Object.keys(before ?? {})
    .filter((key) => !(key in status))
    .map((key) => [key, null]);
  return Object.assign(Object.fromEntries(removed), status) as Record<string, never>;
}
