/** Making and ending pods on behalf of a workload, with upstream's events. */
import { controllerReference } from '../apimachinery/meta.ts';
import { isFailure, type Answer } from '../apimachinery/status.ts';
import type { ApiObject, Draft, Pod, PodSpec, PodTemplateSpec } from '../apimachinery/types.ts';
import type { Client, EventRecorder } from '../client/interface.ts';

export interface PodExtras {
  readonly name?: string;
  readonly generateName?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly finalizers?: readonly string[];
  /** Replaces the template's spec; unchanged parts should stay shared. */
  readonly spec?: PodSpec;
}

/** A pod of a template; the spec stays shared with it. */
export function podFromTemplate(owner: ApiObject, template: PodTemplateSpec, extras: PodExtras): Draft<Pod> {
  const { labels, annotations } = template.metadata ?? {};
  const finalizers = [...(template.metadata?.finalizers ?? []), ...(extras.finalizers ?? [])];
  return {
    metadata: {
      ...(extras.name === undefined
        ? { generateName: extras.generateName ?? `${owner.metadata.name}-` }
        : { name: extras.name }),
      namespace: owner.metadata.namespace ?? '',
      ...(labels === undefined && extras.labels === undefined
        ? {}
        : { labels: extras.labels === undefined ? (labels ?? {}) : { ...labels, ...extras.labels } }),
      ...(annotations === undefined && extras.annotations === undefined
        ? {}
        : { annotations: { ...annotations, ...extras.annotations } }),
      ...(finalizers.length === 0 ? {} : { finalizers }),
      ownerReferences: [controllerReference(owner)],
    },
    spec: extras.spec ?? template.spec,
  };
}

export class PodControl {
  constructor(
    private readonly client: Client,
    private readonly recorder: EventRecorder,
  ) {}

  create(owner: ApiObject, draft: Draft<Pod>): Answer<Pod> {
    const answer = this.client.create('pods', draft);
    if (isFailure(answer)) {
      // A namespace that is going away refuses everything; that is no event.
      if (!answer.message.includes('because it is being terminated')) {
        this.recorder.event(owner, 'Warning', 'FailedCreate', `Error creating: ${answer.message}`);
      }
      return answer;
    }
    this.recorder.event(owner, 'Normal', 'SuccessfulCreate', `Created pod: ${answer.metadata.name}`);
    return answer;
  }

  delete(owner: ApiObject, pod: Pod): Answer<true> {
    const { name, namespace = '', uid } = pod.metadata;
    const answer = this.client.delete('pods', { name, namespace }, { preconditions: { uid } });
    if (isFailure(answer)) {
      if (answer.reason === 'NotFound') return true;
      this.recorder.event(owner, 'Warning', 'FailedDelete', `Error deleting: ${answer.message}`);
      return answer;
    }
    this.recorder.event(owner, 'Normal', 'SuccessfulDelete', `Deleted pod: ${name}`);
    return true;
  }
}
