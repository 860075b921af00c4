/** The endpoints controller. */
import { deepEqual } from '../../apimachinery/equality.ts';
import { labelSetMatcher } from '../../apimachinery/label-selector.ts';
import { isFailure } from '../../apimachinery/status.ts';
import type { Endpoints, Pod, Service } from '../../apimachinery/types.ts';
import type { Informer, ReconcileResult, Reconciler, WorkQueue } from '../../client/interface.ts';
import { podsByController, type ControllerContext } from '../context.ts';
import { BACKEND_BATCH_US, observeBackends, onBackendChange } from '../service-backends.ts';
import { planSubsets } from './plan.ts';

const HEADLESS = 'service.kubernetes.io/headless';
const MANAGED_BY = 'endpoints.kubernetes.io/managed-by';

export class EndpointsController implements Reconciler {
  readonly name = 'endpoints';
  readonly #services: Informer<Service>;
  readonly #pods: Informer<Pod>;
  readonly #endpoints: Informer<Endpoints>;
  readonly #queue: WorkQueue;

  constructor(private readonly context: ControllerContext) {
    this.#services = context.informers.informer('services');
    this.#pods = podsByController(context.informers);
    this.#endpoints = context.informers.informer('endpoints');
    this.#queue = context.queue(this);
    this.#services.addHandler((event) => {
      this.#queue.add(event.key);
    });
    onBackendChange(this.#services, this.#pods, (key) => {
      this.#queue.addAfter(key, BACKEND_BATCH_US);
    });
  }

  reconcile(key: string): ReconcileResult {
    const service = this.#services.get(key);
    if (service === undefined) return this.#remove(key);
    const { selector, clusterIP } = service.spec;
    // Without a selector the endpoints are somebody else's.
    if (selector === undefined || service.spec.type === 'ExternalName') return undefined;
    const headless = clusterIP === 'None';
    const subsets = planSubsets(
      observeBackends(service, this.#pods.select(labelSetMatcher(selector), service.metadata.namespace)),
      headless,
    );
    const { [HEADLESS]: _headless, ...own } = service.metadata.labels ?? {};
    const labels = { ...own, [MANAGED_BY]: 'endpoint-controller', ...(headless ? { [HEADLESS]: '' } : {}) };
    return this.#write(service, subsets, labels, this.#endpoints.get(key));
  }

  #write(
    service: Service,
    subsets: Endpoints['subsets'] & object,
    labels: Readonly<Record<string, string>>,
    current: Endpoints | undefined,
  ): ReconcileResult {
    const { name, namespace = '' } = service.metadata;
    if (current === undefined) {
      const answer = this.context.client.create('endpoints', {
        metadata: { name, namespace, labels },
        ...(subsets.length === 0 ? {} : { subsets }),
      });
      return isFailure(answer) && answer.reason !== 'Forbidden' ? { error: answer.message } : undefined;
    }
    if (deepEqual(current.subsets ?? [], subsets) && deepEqual(current.metadata.labels ?? {}, labels)) return undefined;
    const { subsets: _subsets, ...rest } = current;
    const answer = this.context.client.update('endpoints', {
      ...rest,
      metadata: { ...current.metadata, labels },
      ...(subsets.length === 0 ? {} : { subsets }),
    });
    return isFailure(answer) ? { error: answer.message } : undefined;
  }

  #remove(key: string): ReconcileResult {
    const current = this.#endpoints.get(key);
    if (current !== undefined) this.context.client.delete('endpoints', current.metadata);
    return undefined;
  }
}
