/** The resource quota controller: counts what a namespace uses (kubernetes pkg/controller/resourcequota). */
import { deepEqual } from '../../apimachinery/equality.ts';
import { isPodTerminal } from '../../apimachinery/pod-status.ts';
import { isFailure } from '../../apimachinery/status.ts';
import type { ApiObject, Pod } from '../../apimachinery/types.ts';
import type { Informer, ReconcileResult, Reconciler, WorkQueue } from '../../client/interface.ts';
import type { ResourceQuota } from '../../resources/resourcequota/index.ts';
import { formatAmount, resourceOfQuota, usageOf } from '../../resources/resourcequota/usage.ts';
import { podsByController, type ControllerContext } from '../context.ts';

const RESYNC_US = 300_000_000;
/** Beside pods: what is given back at once when it goes; other kinds are counted again at the next resync. */
const WATCHED = ['services', 'configmaps', 'secrets', 'persistentvolumeclaims'] as const;

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
      const ended = event.type === 'updated' && isPodTerminal(event.object) && !isPodTerminal(event.old);
      if (ended || event.type === 'deleted') this.#recount(event.object);
    });
    for (const resource of WATCHED)
      context.informers.informer(resource).addHandler((event) => {
        if (event.type === 'deleted') this.#recount(event.object);
      });
  }

  #recount({ metadata }: ApiObject): void {
    for (const quota of this.#quotas.list(metadata.namespace))
      this.#queue.add(`${quota.metadata.namespace ?? ''}/${quota.metadata.name}`);
  }

  reconcile(key: string): ReconcileResult {
    // The informer holds only objects of its resource.
    const quota = this.#quotas.get(key) as ResourceQuota | undefined;
    if (quota === undefined) return undefined;
    const hard = quota.spec?.hard ?? {};
    const used: Record<string, string> = {};
    for (const name of Object.keys(hard)) {
      const amount = this.#used(name, quota.metadata.namespace ?? '');
      if (amount !== undefined) used[name] = formatAmount(name, amount);
    }
    const status = { hard, used };
    if (!deepEqual(status, quota.status)) {
      const answer = this.context.client.patchStatus('resourcequotas', quota.metadata, { status });
      if (isFailure(answer) && answer.reason !== 'NotFound') return { error: answer.message };
    }
    return { requeueAfterUs: RESYNC_US };
  }

  /** What all objects of the namespace use of a name; undefined for names that nothing counts. */
  #used(name: string, namespace: string): number | undefined {
    const resource = resourceOfQuota(name);
    if (resource === undefined) return undefined;
    const objects = resource === 'pods' ? this.#pods.list(namespace) : this.#list(resource, namespace);
    return objects?.reduce((total, object) => total + (usageOf(resource, object)[name] ?? 0), 0);
  }

  #list(resource: string, namespace: string): readonly ApiObject[] | undefined {
    const list = this.context.client.list<string>(resource, { namespace });
    return isFailure(list) ? undefined : list.items;
  }
}
