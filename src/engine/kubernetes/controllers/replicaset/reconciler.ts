/**
 * The replica set controller.
 * Models: adoption and release, slow start, deletion ranking, expectations, status and the ReplicaFailure condition.
 */
import type { Plain } from '../../../../protocol/plain.ts';
import { formatRfc3339 } from '../../../sim/clock.ts';
import { deepEqual } from '../../apimachinery/equality.ts';
import { matcherOf } from '../../apimachinery/label-selector.ts';
import { conditionOf, controllerOf } from '../../apimachinery/meta.ts';
import { isPodActive, isPodAvailable, isPodReady, isPodTerminal } from '../../apimachinery/pod-status.ts';
import { isFailure } from '../../apimachinery/status.ts';
import type { Pod, ReplicaSet } from '../../apimachinery/types.ts';
import type { Informer, ReconcileResult, Reconciler, WorkQueue } from '../../client/interface.ts';
import { claim } from '../claim.ts';
import { ownedBy, ownerIndexes, podsByController, type ControllerContext } from '../context.ts';
import { Expectations } from '../expectations.ts';
import { PodControl, podFromTemplate } from '../pod-control.ts';
import { planFailureCondition, planReplicas, slowStartBatches, type PodView } from './plan.ts';

/** Pod events within this time are answered by one pass, as the server's latency makes it upstream, µs. */
const POD_BATCH_US = 10_000;
/** A pass looks at every pod of the set, which takes this long for each, µs. */
const POD_LOOK_US = 100;

type Failure = { readonly reason: 'FailedCreate' | 'FailedDelete'; readonly message: string } | undefined;

export class ReplicaSetController implements Reconciler {
  readonly name = 'replicaset';
  readonly #sets: Informer<ReplicaSet>;
  readonly #pods: Informer<Pod>;
  readonly #queue: WorkQueue;
  readonly #expectations = new Expectations();
  readonly #control: PodControl;

  constructor(private readonly context: ControllerContext) {
    this.#sets = ownerIndexes(context.informers.informer('replicasets.apps'));
    this.#pods = podsByController(context.informers);
    this.#queue = context.queue(this);
    this.#control = new PodControl(context.client, context.recorder('replicaset-controller'));
    this.#sets.addHandler((event) => {
      if (event.type === 'deleted') this.#expectations.forget(event.object.metadata.uid);
      this.#queue.add(event.key);
    });
    this.#pods.addHandler((event) => {
      this.#onPod(event.object, event.type === 'deleted', event.type === 'updated' ? event.old : undefined);
    });
  }

  #onPod(pod: Pod, deleted: boolean, old: Pod | undefined): void {
    const owner = controllerOf(pod);
    const before = old === undefined ? undefined : controllerOf(old);
    if (before !== undefined && before.uid !== owner?.uid && before.kind === 'ReplicaSet')
      this.#queue.add(`${pod.metadata.namespace ?? ''}/${before.name}`);
    if (owner !== undefined) {
      if (owner.kind !== 'ReplicaSet') return;
      this.#expectations.observed(owner.uid, pod.metadata.uid, deleted || pod.metadata.deletionTimestamp !== undefined);
      const key = `${pod.metadata.namespace ?? ''}/${owner.name}`;
      this.#queue.addAfter(key, POD_BATCH_US + POD_LOOK_US * (this.#sets.get(key)?.spec.replicas ?? 0));
      return;
    }
    if (deleted || (old !== undefined && old.metadata.labels === pod.metadata.labels && before === undefined)) return;
    for (const set of this.#sets.list(pod.metadata.namespace)) {
      if (matcherOf(set.spec.selector).matches(pod.metadata.labels))
        this.#queue.add(`${pod.metadata.namespace ?? ''}/${set.metadata.name}`);
    }
  }

  reconcile(key: string): ReconcileResult {
    const set = this.#sets.get(key);
    if (set === undefined) return undefined;
    const { nowUs } = this.context.simulation.clock;
    const pods = claim(this.context.client, 'pods', this.#pods, set, matcherOf(set.spec.selector));
    const active = pods.filter(isPodActive);
    let failure: Failure;
    if (set.metadata.deletionTimestamp === undefined && this.#expectations.satisfied(set.metadata.uid, nowUs))
      failure = this.#manage(set, active);
    return this.#updateStatus(set, pods, active, failure);
  }

  #manage(set: ReplicaSet, active: readonly Pod[]): Failure {
    const desired = set.spec.replicas ?? 1;
    if (active.length === desired) return undefined;
    const related = active.length > desired ? this.#relatedByNode(set) : new Map<string, number>();
    for (const action of planReplicas(
      desired,
      active.map((pod) => viewPod(pod, related)),
    )) {
      this.context.simulation.trace.record(
        'controller/replicaset',
        action.type === 'create-pods' ? 'pods.created' : 'pod.deleted',
        `replicaset/${set.metadata.namespace ?? ''}/${set.metadata.name}`,
        { because: action.because },
      );
      const failure =
        action.type === 'create-pods'
          ? this.#create(set, action.count)
          : this.#delete(
              set,
              active.find((pod) => pod.metadata.name === action.name),
            );
      if (failure !== undefined) return failure;
    }
    return undefined;
  }

  #create(set: ReplicaSet, count: number): Failure {
    const draft = podFromTemplate(set, set.spec.template, {});
    for (const size of slowStartBatches(count)) {
      let failure: Failure;
      for (let made = 0; made < size; made += 1) {
        const pod = this.#control.create(set, draft);
        if (isFailure(pod)) failure = { reason: 'FailedCreate', message: pod.message };
        else this.#expectations.created(set.metadata.uid, pod.metadata.uid, this.context.simulation.clock.nowUs);
      }
      if (failure !== undefined) return failure;
    }
    return undefined;
  }

  #delete(set: ReplicaSet, pod: Pod | undefined): Failure {
    if (pod === undefined) return undefined;
    const answer = this.#control.delete(set, pod);
    if (isFailure(answer)) return { reason: 'FailedDelete', message: answer.message };
    this.#expectations.deleted(set.metadata.uid, pod.metadata.uid, this.context.simulation.clock.nowUs);
    return undefined;
  }

  /** Active pods of all replica sets of the same deployment, by node. */
  #relatedByNode(set: ReplicaSet): ReadonlyMap<string, number> {
    const owner = controllerOf(set);
    const sets = owner === undefined ? [set] : ownedBy(this.#sets, owner.uid);
    const counts = new Map<string, number>();
    for (const one of sets) {
      for (const pod of ownedBy(this.#pods, one.metadata.uid)) {
        const node = pod.spec.nodeName ?? '';
        if (node !== '' && isPodActive(pod)) counts.set(node, (counts.get(node) ?? 0) + 1);
      }
    }
    return counts;
  }

  #updateStatus(set: ReplicaSet, pods: readonly Pod[], active: readonly Pod[], failure: Failure): ReconcileResult {
    const { unixMs } = this.context.simulation.clock;
    const minReady = set.spec.minReadySeconds ?? 0;
    const threshold = formatRfc3339(unixMs - minReady * 1000);
    const templateLabels = Object.entries(set.spec.template.metadata?.labels ?? {});
    let ready = 0;
    let available = 0;
    let labeled = 0;
    for (const pod of active) {
      const labels = pod.metadata.labels ?? {};
      if (templateLabels.every(([name, value]) => labels[name] === value)) labeled += 1;
      if (!isPodReady(pod)) continue;
      ready += 1;
      if (minReady === 0 || isPodAvailable(pod, threshold)) available += 1;
    }
    const terminating = pods.filter(
      (pod) => pod.metadata.deletionTimestamp !== undefined && !isPodTerminal(pod),
    ).length;
    const conditions = planFailureCondition(set.status?.conditions ?? [], failure, formatRfc3339(unixMs));
    const status = {
      replicas: active.length,
      ...(labeled > 0 ? { fullyLabeledReplicas: labeled } : {}),
      ...(ready > 0 ? { readyReplicas: ready } : {}),
      ...(available > 0 ? { availableReplicas: available } : {}),
      terminatingReplicas: terminating,
      observedGeneration: set.metadata.generation ?? 1,
      ...(conditions.length > 0 ? { conditions } : {}),
    };
    if (!deepEqual(set.status, status)) {
      const answer = this.context.client.updateStatus('replicasets.apps', { ...set, status });
      if (isFailure(answer) && answer.reason !== 'NotFound') return { error: answer.message };
    }
    if (failure !== undefined) return { error: failure.message };
    return ready !== available && minReady > 0 ? { requeueAfterUs: minReady * 1_000_000 } : undefined;
  }

  snapshot(): Plain {
    return this.#expectations.snapshot();
  }

  restore(state: Plain): void {
    this.#expectations.restore(state);
  }
}

function viewPod(pod: Pod, related: ReadonlyMap<string, number>): PodView {
  const node = pod.spec.nodeName ?? '';
  const ready = conditionOf(pod.status.conditions, 'Ready');
  const cost = pod.metadata.annotations?.['controller.kubernetes.io/pod-deletion-cost'];
  return {
    name: pod.metadata.name,
    nodeName: node,
    phase: pod.status.phase ?? 'Pending',
    ready: ready?.status === 'True',
    deletionCost: cost !== undefined && /^-?\d+$/.test(cost) ? Number(cost) : 0,
    related: related.get(node) ?? 0,
    readySince: ready?.status === 'True' ? (ready.lastTransitionTime ?? '') : '',
    restarts: Math.max(0, ...(pod.status.containerStatuses ?? []).map((status) => status.restartCount)),
    created: pod.metadata.creationTimestamp,
  };
}
