/** The stateful set controller: stable names and claims, ordered start and update, revisions. */
import type { Plain } from '../../../../protocol/plain.ts';
import { formatRfc3339 } from '../../../sim/clock.ts';
import { deepEqual } from '../../apimachinery/equality.ts';
import { matcherOf } from '../../apimachinery/label-selector.ts';
import { controllerReference } from '../../apimachinery/meta.ts';
import { podTemplateHash } from '../../apimachinery/pod-hash.ts';
import { isPodAvailable, isPodReady, isPodTerminal } from '../../apimachinery/pod-status.ts';
import { isFailure } from '../../apimachinery/status.ts';
import type { ControllerRevision, PersistentVolumeClaim, Pod, StatefulSet, Volume } from '../../apimachinery/types.ts';
import type { EventRecorder, Informer, ReconcileResult, Reconciler, WorkQueue } from '../../client/interface.ts';
import { claim } from '../claim.ts';
import { ownedBy, ownerIndexes, podsByController, type ControllerContext } from '../context.ts';
import { Expectations } from '../expectations.ts';
import { followOwnedPods } from '../owned-pods.ts';
import { podFromTemplate } from '../pod-control.ts';
import { planStatefulSet, type PodView } from './plan.ts';

const REVISION = 'controller-revision-hash';
type Claim = Pick<PersistentVolumeClaim, 'metadata' | 'spec'>;

export class StatefulSetController implements Reconciler {
  readonly name = 'statefulset';
  readonly #sets: Informer<StatefulSet>;
  readonly #pods: Informer<Pod>;
  readonly #revisions: Informer<ControllerRevision>;
  readonly #queue: WorkQueue;
  readonly #recorder: EventRecorder;
  readonly #expectations = new Expectations();

  constructor(private readonly context: ControllerContext) {
    this.#sets = context.informers.informer('statefulsets.apps');
    this.#pods = podsByController(context.informers);
    this.#revisions = ownerIndexes(context.informers.informer('controllerrevisions.apps'));
    this.#queue = context.queue(this);
    this.#recorder = context.recorder('statefulset-controller');
    this.#sets.addHandler((event) => {
      if (event.type === 'deleted') this.#expectations.forget(event.object.metadata.uid);
      this.#queue.add(event.key);
    });
    const owned = { pods: this.#pods, kind: 'StatefulSet', expectations: this.#expectations, queue: this.#queue };
    followOwnedPods(owned);
  }

  reconcile(key: string): ReconcileResult {
    const set = this.#sets.get(key);
    if (set === undefined) return undefined;
    const pods = claim(this.context.client, 'pods', this.#pods, set, matcherOf(set.spec.selector));
    if (set.metadata.deletionTimestamp !== undefined) return undefined;
    const updateRevision = this.#keepRevision(set);
    const threshold = formatRfc3339(this.context.simulation.clock.unixMs - (set.spec.minReadySeconds ?? 0) * 1000);
    const views = pods.map((pod) => viewPod(set, pod, threshold)).filter(({ ordinal }) => ordinal >= 0);
    let error: string | undefined;
    if (this.#expectations.satisfied(set.metadata.uid, this.context.simulation.clock.nowUs)) {
      const plan = planStatefulSet(
        {
          replicas: set.spec.replicas ?? 1,
          parallel: set.spec.podManagementPolicy === 'Parallel',
          onDelete: set.spec.updateStrategy?.type === 'OnDelete',
          partition: set.spec.updateStrategy?.rollingUpdate?.partition ?? 0,
          updateRevision,
        },
        views,
      );
      for (const action of plan) {
        error =
          action.type === 'create'
            ? this.#create(set, action.ordinal, updateRevision, views)
            : this.#delete(
                set,
                pods.find((pod) => pod.metadata.name === action.name),
              );
        if (error !== undefined) break;
      }
    }
    const failed = this.#writeStatus(set, pods, views, updateRevision, threshold);
    return error === undefined ? failed : { error };
  }

  #create(set: StatefulSet, ordinal: number, updateRevision: string, views: readonly PodView[]): string | undefined {
    const name = `${set.metadata.name}-${String(ordinal)}`;
    const { namespace = '' } = set.metadata;
    // Below the partition a pod comes back as it was.
    const partition = set.spec.updateStrategy?.rollingUpdate?.partition ?? 0;
    const current = set.status?.currentRevision;
    const revision = ordinal < partition && current !== undefined && views.length > 0 ? current : updateRevision;
    const template =
      revision === updateRevision ? set.spec.template : (this.#templateOf(set, revision) ?? set.spec.template);
    const volumes: Volume[] = [];
    for (const wanted of claimTemplates(set)) {
      const claimName = `${wanted.metadata.name}-${name}`;
      volumes.push({ name: wanted.metadata.name, persistentVolumeClaim: { claimName } });
      const made = this.context.client.create('persistentvolumeclaims', {
        metadata: { name: claimName, namespace, labels: set.spec.selector.matchLabels ?? {} },
        spec: wanted.spec,
      });
      if (!isFailure(made))
        this.#recorder.event(
          set,
          'Normal',
          'SuccessfulCreate',
          `create Claim ${claimName} Pod ${name} in StatefulSet ${set.metadata.name} success`,
        );
    }
    const others = (template.spec.volumes ?? []).filter((volume) => !volumes.some((own) => own.name === volume.name));
    const draft = podFromTemplate(set, template, {
      name,
      labels: {
        'apps.kubernetes.io/pod-index': String(ordinal),
        [REVISION]: revision,
        'statefulset.kubernetes.io/pod-name': name,
      },
      spec: {
        ...template.spec,
        hostname: name,
        ...(set.spec.serviceName === undefined ? {} : { subdomain: set.spec.serviceName }),
        ...(volumes.length + others.length === 0 ? {} : { volumes: [...others, ...volumes] }),
      },
    });
    const pod = this.context.client.create('pods', draft);
    if (isFailure(pod)) {
      if (pod.reason === 'AlreadyExists') return undefined;
      this.#recorder.event(
        set,
        'Warning',
        'FailedCreate',
        `create Pod ${name} in StatefulSet ${set.metadata.name} failed error: ${pod.message}`,
      );
      return pod.message;
    }
    this.#recorder.event(
      set,
      'Normal',
      'SuccessfulCreate',
      `create Pod ${name} in StatefulSet ${set.metadata.name} successful`,
    );
    this.#expectations.created(set.metadata.uid, pod.metadata.uid, this.context.simulation.clock.nowUs);
    return undefined;
  }

  #delete(set: StatefulSet, pod: Pod | undefined): string | undefined {
    if (pod === undefined) return undefined;
    const { name, namespace = '', uid } = pod.metadata;
    const answer = this.context.client.delete('pods', { name, namespace }, { preconditions: { uid } });
    if (isFailure(answer) && answer.reason !== 'NotFound') {
      this.#recorder.event(
        set,
        'Warning',
        'FailedDelete',
        `delete Pod ${name} in StatefulSet ${set.metadata.name} failed error: ${answer.message}`,
      );
      return answer.message;
    }
    this.#recorder.event(
      set,
      'Normal',
      'SuccessfulDelete',
      `delete Pod ${name} in StatefulSet ${set.metadata.name} successful`,
    );
    this.#expectations.deleted(set.metadata.uid, uid, this.context.simulation.clock.nowUs);
    return undefined;
  }

  #keepRevision(set: StatefulSet): string {
    const name = `${set.metadata.name}-${podTemplateHash(set.spec.template, set.status?.collisionCount ?? 0)}`;
    const owned = ownedBy(this.#revisions, set.metadata.uid);
    if (!owned.some((revision) => revision.metadata.name === name)) {
      this.context.client.create('controllerrevisions.apps', {
        metadata: {
          name,
          namespace: set.metadata.namespace ?? '',
          labels: set.spec.template.metadata?.labels ?? {},
          ownerReferences: [controllerReference(set)],
        },
        data: { spec: { template: { ...set.spec.template, $patch: 'replace' } } },
        revision: Math.max(0, ...owned.map((revision) => revision.revision)) + 1,
      });
    }
    return name;
  }

  #templateOf(set: StatefulSet, revision: string): StatefulSet['spec']['template'] | undefined {
    const found = this.#revisions.get(`${set.metadata.namespace ?? ''}/${revision}`);
    const data = found?.data as { readonly spec?: { readonly template?: StatefulSet['spec']['template'] } } | undefined;
    return data?.spec?.template;
  }

  #writeStatus(
    set: StatefulSet,
    pods: readonly Pod[],
    views: readonly PodView[],
    updateRevision: string,
    threshold: string,
  ): ReconcileResult {
    const live = pods.filter((pod) => !isPodTerminal(pod));
    const replicas = set.spec.replicas ?? 1;
    const before = set.status?.currentRevision ?? updateRevision;
    const updated = views.filter((view) => view.revision === updateRevision && !view.terminating).length;
    const complete = updated === replicas && views.length === replicas && views.every((view) => view.healthy);
    const currentRevision = complete ? updateRevision : before;
    const ready = live.filter(isPodReady).length;
    const available = live.filter((pod) => isPodAvailable(pod, threshold)).length;
    const current = views.filter((view) => view.revision === currentRevision && !view.terminating).length;
    const status = {
      observedGeneration: set.metadata.generation ?? 1,
      replicas: live.length,
      ...(ready > 0 ? { readyReplicas: ready } : {}),
      ...(current > 0 ? { currentReplicas: current } : {}),
      ...(updated > 0 ? { updatedReplicas: updated } : {}),
      currentRevision,
      updateRevision,
      collisionCount: set.status?.collisionCount ?? 0,
      availableReplicas: available,
    };
    if (deepEqual(status, set.status)) return undefined;
    const answer = this.context.client.updateStatus('statefulsets.apps', { ...set, status });
    return isFailure(answer) && answer.reason !== 'NotFound' ? { error: answer.message } : undefined;
  }

  snapshot(): Plain {
    return this.#expectations.snapshot();
  }

  restore(state: Plain): void {
    this.#expectations.restore(state);
  }
}

/** The view leaves claim templates out; the stored object has them. */
function claimTemplates(set: StatefulSet): readonly Claim[] {
  const spec = set.spec as StatefulSet['spec'] & { readonly volumeClaimTemplates?: readonly Claim[] };
  return spec.volumeClaimTemplates ?? [];
}

function viewPod(set: StatefulSet, pod: Pod, threshold: string): PodView {
  const suffix = pod.metadata.name.slice(set.metadata.name.length + 1);
  return {
    name: pod.metadata.name,
    ordinal: /^\d+$/.test(suffix) ? Number(suffix) : -1,
    healthy:
      pod.status.phase === 'Running' && isPodAvailable(pod, threshold) && pod.metadata.deletionTimestamp === undefined,
    terminating: pod.metadata.deletionTimestamp !== undefined,
    failed: isPodTerminal(pod),
    revision: pod.metadata.labels?.[REVISION] ?? '',
  };
}
