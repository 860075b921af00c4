/** The replica set of a deployment's present template: made when missing, its revision and annotations kept (deployment/sync.go). */
import { formatRfc3339 } from '../../../sim/clock.ts';
import { deepEqual } from '../../apimachinery/equality.ts';
import { conditionOf, controllerOf, controllerReference } from '../../apimachinery/meta.ts';
import { podTemplateHash } from '../../apimachinery/pod-hash.ts';
import { isFailure } from '../../apimachinery/status.ts';
import type { ReplicaSet } from '../../apimachinery/types.ts';
import type { EventRecorder } from '../../client/interface.ts';
import type { ControllerContext } from '../context.ts';
import { stamp } from './conditions.ts';
import { type Pass, sizes, updateSet } from './pass.ts';
import {
  DESIRED_REPLICAS,
  MAX_REPLICAS,
  planNewReplicas,
  REVISION,
  REVISION_HISTORY,
  TEMPLATE_HASH,
  viewReplicaSet,
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

export class NewReplicaSet {
  constructor(
    private readonly context: ControllerContext,
    private readonly recorder: EventRecorder,
  ) {}

  /** Brings the new replica set's revision and annotations up to date, or makes it. */
  sync(pass: Pass, create: boolean): void {
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
        updateSet(this.context.client, pass, {
          ...pass.fresh,
          metadata: { ...pass.fresh.metadata, annotations },
          spec,
        });
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
      this.recorder.event(
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
    this.recorder.event(deployment, 'Warning', 'ReplicaSetCreateError', text);
    pass.conditions.push(stamp('Progressing', 'False', 'ReplicaSetCreateError', text, this.#now()));
    pass.error = message;
  }

  #now(): string {
    return formatRfc3339(this.context.simulation.clock.unixMs);
  }
}
