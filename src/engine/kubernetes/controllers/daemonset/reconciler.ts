/** The daemon set controller: executes what `plan.ts` decides, keeps ControllerRevisions and the status. */
import type { Plain } from '../../../../protocol/plain.ts';
import { formatRfc3339 } from '../../../sim/clock.ts';
import { deepEqual } from '../../apimachinery/equality.ts';
import { matcherOf } from '../../apimachinery/label-selector.ts';
import { controllerReference } from '../../apimachinery/meta.ts';
import { podTemplateHash } from '../../apimachinery/pod-hash.ts';
import { isPodAvailable, isPodReady } from '../../apimachinery/pod-status.ts';
import { isFailure } from '../../apimachinery/status.ts';
import type { ControllerRevision, DaemonSet, Node, Pod } from '../../apimachinery/types.ts';
import type { EventRecorder, Informer, ReconcileResult, Reconciler, WorkQueue } from '../../client/interface.ts';
import { claim } from '../claim.ts';
import { ownedBy, ownerIndexes, podsByController, type ControllerContext } from '../context.ts';
import { Expectations } from '../expectations.ts';
import { followOwnedPods } from '../owned-pods.ts';
import { resolveIntOrPercent } from '../int-or-percent.ts';
import { PodControl, podFromTemplate } from '../pod-control.ts';
import {
  daemonPodSpec,
  daemonTolerations,
  nodeShouldRun,
  planNodes,
  planRollingUpdate,
  podsByNode,
  targetNode,
} from './plan.ts';

const HASH = 'controller-revision-hash';
const GENERATION = 'pod-template-generation';

export class DaemonSetController implements Reconciler {
  readonly name = 'daemonset';
  readonly #sets: Informer<DaemonSet>;
  readonly #nodes: Informer<Node>;
  readonly #pods: Informer<Pod>;
  readonly #revisions: Informer<ControllerRevision>;
  readonly #queue: WorkQueue;
  readonly #recorder: EventRecorder;
  readonly #control: PodControl;
  readonly #expectations = new Expectations();

  constructor(private readonly context: ControllerContext) {
    const { informers } = context;
    this.#sets = informers.informer('daemonsets.apps');
    this.#nodes = informers.informer('nodes');
    this.#pods = podsByController(informers);
    this.#revisions = ownerIndexes(informers.informer('controllerrevisions.apps'));
    this.#queue = context.queue(this);
    this.#recorder = context.recorder('daemonset-controller');
    this.#control = new PodControl(context.client, this.#recorder);
    this.#sets.addHandler((event) => {
      if (event.type === 'deleted') this.#expectations.forget(event.object.metadata.uid);
      this.#queue.add(event.key);
    });
    this.#nodes.addHandler((event) => {
      if (
        event.type === 'updated' &&
        event.old.spec === event.object.spec &&
        event.old.metadata.labels === event.object.metadata.labels
      )
        return;
      for (const set of this.#sets.list()) this.#queue.add(`${set.metadata.namespace ?? ''}/${set.metadata.name}`);
    });
    const owned = { pods: this.#pods, kind: 'DaemonSet', expectations: this.#expectations, queue: this.#queue };
    followOwnedPods(owned);
  }

  reconcile(key: string): ReconcileResult {
    const set = this.#sets.get(key);
    if (set === undefined) return undefined;
    const pods = claim(this.context.client, 'pods', this.#pods, set, matcherOf(set.spec.selector));
    if (set.metadata.deletionTimestamp !== undefined) return undefined;
    const hash = podTemplateHash(set.spec.template, set.status?.collisionCount);
    this.#keepRevision(set, hash);
    const tolerations = daemonTolerations(set.spec.template.spec);
    const nodes = this.#nodes
      .list()
      .map((node) => ({ name: node.metadata.name, ...nodeShouldRun(set.spec.template.spec, tolerations, node) }));
    const { nowUs } = this.context.simulation.clock;
    let error: string | undefined;
    if (this.#expectations.satisfied(set.metadata.uid, nowUs)) {
      error = this.#manage(set, hash, nodes, pods);
      if (error === undefined && this.#expectations.satisfied(set.metadata.uid, nowUs))
        this.#roll(set, hash, nodes.filter(({ run }) => run).length, pods);
    }
    const status = this.#updateStatus(set, hash, nodes, pods);
    return error === undefined ? status : { error };
  }

  #manage(
    set: DaemonSet,
    hash: string,
    nodes: Parameters<typeof planNodes>[0],
    pods: readonly Pod[],
  ): string | undefined {
    const byNode = podsByNode(pods);
    const { template } = set.spec;
    const tolerations = daemonTolerations(template.spec);
    const { nowUs } = this.context.simulation.clock;
    for (const action of planNodes(nodes, byNode)) {
      if (action.type === 'create') {
        const labels = {
          [HASH]: hash,
          [GENERATION]: set.metadata.annotations?.['deprecated.daemonset.template.generation'] ?? '1',
        };
        const pod = this.#control.create(
          set,
          podFromTemplate(set, template, { labels, spec: daemonPodSpec(template.spec, tolerations, action.node) }),
        );
        if (isFailure(pod)) return pod.message;
        this.#expectations.created(set.metadata.uid, pod.metadata.uid, nowUs);
        continue;
      }
      const { pod, failed } = action;
      if (failed)
        this.#recorder.event(
          set,
          'Warning',
          'FailedDaemonPod',
          `Found failed daemon pod ${set.metadata.namespace ?? ''}/${pod.metadata.name} on node ${targetNode(pod)}, will try to kill it`,
        );
      const answer = this.#control.delete(set, pod);
      if (isFailure(answer)) return answer.message;
      this.#expectations.deleted(set.metadata.uid, pod.metadata.uid, nowUs);
    }
    return undefined;
  }

  #roll(set: DaemonSet, hash: string, desired: number, pods: readonly Pod[]): void {
    if (set.spec.updateStrategy?.type === 'OnDelete') return;
    const threshold = this.#threshold(set);
    const maxUnavailable = Math.max(
      1,
      resolveIntOrPercent(set.spec.updateStrategy?.rollingUpdate?.maxUnavailable, desired, true, 1),
    );
    const rolling = pods.map((pod) => ({
      pod,
      upToDate: pod.metadata.labels?.[HASH] === hash,
      available: pod.metadata.deletionTimestamp === undefined && isPodAvailable(pod, threshold),
    }));
    for (const pod of planRollingUpdate(rolling, desired, maxUnavailable)) {
      if (!isFailure(this.#control.delete(set, pod)))
        this.#expectations.deleted(set.metadata.uid, pod.metadata.uid, this.context.simulation.clock.nowUs);
    }
  }

  #threshold(set: DaemonSet): string {
    return formatRfc3339(this.context.simulation.clock.unixMs - (set.spec.minReadySeconds ?? 0) * 1000);
  }

  #keepRevision(set: DaemonSet, hash: string): void {
    const name = `${set.metadata.name}-${hash}`;
    const owned = ownedBy(this.#revisions, set.metadata.uid);
    if (owned.some((revision) => revision.metadata.name === name)) return;
    const revision = Math.max(0, ...owned.map((item) => item.revision)) + 1;
    this.context.client.create('controllerrevisions.apps', {
      metadata: {
        name,
        namespace: set.metadata.namespace ?? '',
        labels: { ...set.spec.template.metadata?.labels, [HASH]: hash },
        ownerReferences: [controllerReference(set)],
      },
      data: { spec: { template: { ...set.spec.template, $patch: 'replace' } } },
      revision,
    });
  }

  #updateStatus(
    set: DaemonSet,
    hash: string,
    nodes: Parameters<typeof planNodes>[0],
    pods: readonly Pod[],
  ): ReconcileResult {
    const byNode = podsByNode(pods.filter((pod) => pod.metadata.deletionTimestamp === undefined));
    const threshold = this.#threshold(set);
    const counts = { current: 0, misscheduled: 0, desired: 0, ready: 0, updated: 0, available: 0 };
    for (const node of nodes) {
      const [pod] = byNode.get(node.name) ?? [];
      if (!node.run) {
        if (pod !== undefined) counts.misscheduled += 1;
        continue;
      }
      counts.desired += 1;
      if (pod === undefined) continue;
      counts.current += 1;
      if (pod.metadata.labels?.[HASH] === hash) counts.updated += 1;
      if (!isPodReady(pod)) continue;
      counts.ready += 1;
      if (isPodAvailable(pod, threshold)) counts.available += 1;
    }
    const unavailable = counts.desired - counts.available;
    const status = {
      currentNumberScheduled: counts.current,
      numberMisscheduled: counts.misscheduled,
      desiredNumberScheduled: counts.desired,
      numberReady: counts.ready,
      observedGeneration: set.metadata.generation ?? 1,
      ...(counts.updated > 0 ? { updatedNumberScheduled: counts.updated } : {}),
      ...(counts.available > 0 ? { numberAvailable: counts.available } : {}),
      ...(unavailable > 0 ? { numberUnavailable: unavailable } : {}),
    };
    if (!deepEqual(status, set.status)) {
      const answer = this.context.client.updateStatus('daemonsets.apps', { ...set, status });
      if (isFailure(answer) && answer.reason !== 'NotFound') return { error: answer.message };
    }
    const minReady = set.spec.minReadySeconds ?? 0;
    return minReady > 0 && counts.ready !== counts.available ? { requeueAfterUs: minReady * 1_000_000 } : undefined;
  }

  snapshot(): Plain {
    return this.#expectations.snapshot();
  }

  restore(state: Plain): void {
    this.#expectations.restore(state);
  }
}
