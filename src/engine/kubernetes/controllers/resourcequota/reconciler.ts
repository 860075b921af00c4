/**
 * The resource quota controller: counts what a namespace uses (kubernetes pkg/controller/resourcequota, pkg/quota).
 * Models: pods with requests and limits, and object counts. Leaves out: scopes and storage classes.
 */
import { deepEqual } from '../../apimachinery/equality.ts';
import { isPodTerminal } from '../../apimachinery/pod-status.ts';
import { formatBytes, formatMilli, milliOf, wholeOf } from '../../apimachinery/resource-amounts.ts';
import { isFailure } from '../../apimachinery/status.ts';
import type { ApiObject, Pod, StringMap } from '../../apimachinery/types.ts';
import type { Informer, ReconcileResult, Reconciler, WorkQueue } from '../../client/interface.ts';
import { podsByController, type ControllerContext } from '../context.ts';

type Quota = ApiObject & {
  readonly spec?: { readonly hard?: StringMap };
  readonly status?: { readonly hard?: StringMap; readonly used?: StringMap };
};

/** Plain object counts by their names in a quota. */
const COUNTED: Readonly<Record<string, string>> = {
  services: 'services',
  configmaps: 'configmaps',
  secrets: 'secrets',
  persistentvolumeclaims: 'persistentvolumeclaims',
  replicationcontrollers: 'replicationcontrollers',
  resourcequotas: 'resourcequotas',
};
const RESYNC_US = 300_000_000;

export class ResourceQuotaController implements Reconciler {
  readonly name = 'resourcequota';
  readonly #quotas: Informer<ApiObject>;
  readonly #pods: Informer<Pod>;
  readonly #queue: WorkQueue;

  constructor(private readonly context: ControllerContext) {
    this.#quotas = context.informers.informer<string>('resourcequotas');
    this.#pods = podsByController(context.informers);
    this.#queue = context.queue(this);
    this.#quotas.addHandler((event) => {
      this.#queue.add(event.key);
    });
    this.#pods.addHandler((event) => {
      if (
        event.type === 'added' ||
        (event.type === 'updated' && isPodTerminal(event.old) === isPodTerminal(event.object))
      )
        return;
      for (const quota of this.#quotas.list(event.object.metadata.namespace))
        this.#queue.add(`${quota.metadata.namespace ?? ''}/${quota.metadata.name}`);
    });
  }

  reconcile(key: string): ReconcileResult {
    const quota = this.#quotas.get(key) as Quota | undefined;
    if (quota === undefined) return undefined;
    const hard = quota.spec?.hard ?? {};
    const pods = this.#pods.list(quota.metadata.namespace).filter((pod) => !isPodTerminal(pod));
    const used: Record<string, string> = {};
    for (const name of Object.keys(hard)) {
      const amount = usedByPods(name, pods) ?? this.#count(name, quota.metadata.namespace ?? '');
      if (amount !== undefined) used[name] = amount;
    }
    const status = { hard, used };
    if (!deepEqual(status, quota.status)) {
      const answer = this.context.client.patchStatus('resourcequotas', quota.metadata, { status });
      if (isFailure(answer) && answer.reason !== 'NotFound') return { error: answer.message };
    }
    return { requeueAfterUs: RESYNC_US };
  }

  #count(name: string, namespace: string): string | undefined {
    const resource = COUNTED[name] ?? (name.startsWith('count/') ? name.slice('count/'.length) : undefined);
    if (resource === undefined) return undefined;
    const list = this.context.client.list<string>(resource, { namespace });
    return isFailure(list) ? undefined : String(list.items.length);
  }
}

/** What running pods use of a name in a quota. */
export function usedByPods(name: string, pods: readonly Pod[]): string | undefined {
  if (name === 'pods' || name === 'count/pods') return String(pods.length);
  const match = /^(?:(requests|limits)\.)?(cpu|memory|ephemeral-storage)$/.exec(name);
  if (match === null) return undefined;
  const kind = match[1] === 'limits' ? 'limits' : 'requests';
  const resource = match[2] ?? '';
  let total = 0;
  for (const pod of pods) {
    for (const { resources } of pod.spec.containers) {
      const quantity = resources?.[kind]?.[resource];
      total += resource === 'cpu' ? milliOf(quantity) : wholeOf(quantity);
    }
  }
  return resource === 'cpu' ? formatMilli(total) : formatBytes(total);
}
