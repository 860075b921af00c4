/** The endpoint slice controller. Leaves out: topology hints, IPv6 slices, mirroring of hand-made Endpoints. */
import { formatRfc3339 } from '../../../sim/clock.ts';
import { labelSetMatcher } from '../../apimachinery/label-selector.ts';
import { controllerReference } from '../../apimachinery/meta.ts';
import { isFailure } from '../../apimachinery/status.ts';
import type { EndpointSlice, Pod, Service } from '../../apimachinery/types.ts';
import type { Informer, ReconcileResult, Reconciler, WorkQueue } from '../../client/interface.ts';
import { podsByController, type ControllerContext } from '../context.ts';
import { BACKEND_BATCH_US, observeBackends, onBackendChange } from '../service-backends.ts';
import { planSlices, type Action } from './plan.ts';

const SERVICE_NAME = 'kubernetes.io/service-name';
const MANAGED_BY = 'endpointslice.kubernetes.io/managed-by';
const MANAGER = 'endpointslice-controller.k8s.io';
const HEADLESS = 'service.kubernetes.io/headless';
const BY_SERVICE = 'service';

export class EndpointSliceController implements Reconciler {
  readonly name = 'endpointslice';
  readonly #services: Informer<Service>;
  readonly #pods: Informer<Pod>;
  readonly #slices: Informer<EndpointSlice>;
  readonly #queue: WorkQueue;
  /** Slices made or changed in a pass and not yet seen again; the service waits for them. */
  readonly #pending = new Map<string, Map<string, string>>();

  constructor(private readonly context: ControllerContext) {
    this.#services = context.informers.informer('services');
    this.#pods = podsByController(context.informers);
    this.#slices = context.informers.informer('endpointslices.discovery.k8s.io');
    this.#slices.addIndex(BY_SERVICE, ({ metadata }) => [
      `${metadata.namespace ?? ''}/${metadata.labels?.[SERVICE_NAME] ?? ''}`,
    ]);
    this.#queue = context.queue(this);
    this.#services.addHandler((event) => {
      this.#queue.add(event.key);
    });
    onBackendChange(this.#services, this.#pods, (key) => {
      this.#queue.addAfter(key, BACKEND_BATCH_US);
    });
    this.#slices.addHandler((event) => {
      const { metadata } = event.object;
      if (metadata.labels?.[MANAGED_BY] !== MANAGER) return;
      const service = `${metadata.namespace ?? ''}/${metadata.labels[SERVICE_NAME] ?? ''}`;
      const pending = this.#pending.get(service);
      pending?.delete(metadata.name);
      if (pending?.size === 0) {
        this.#pending.delete(service);
        this.#queue.add(service);
      } else if (event.type === 'deleted') this.#queue.add(service);
    });
  }

  reconcile(key: string): ReconcileResult {
    const service = this.#services.get(key);
    if (service === undefined) {
      this.#pending.delete(key);
      return undefined;
    }
    const { selector } = service.spec;
    if (selector === undefined || service.spec.type === 'ExternalName' || this.#pending.has(key)) return undefined;
    const slices = this.#slices
      .byIndex(BY_SERVICE, key)
      .filter(
        (slice) => slice.metadata.labels?.[MANAGED_BY] === MANAGER && slice.metadata.deletionTimestamp === undefined,
      );
    const backends = observeBackends(service, this.#pods.select(labelSetMatcher(selector), service.metadata.namespace));
    for (const action of planSlices(slices, backends)) {
      const error = this.#execute(key, service, action);
      if (error !== undefined) return { error };
    }
    return undefined;
  }

  #execute(key: string, service: Service, action: Action): string | undefined {
    const { client, simulation } = this.context;
    if (action.type === 'delete') {
      const answer = client.delete('endpointslices.discovery.k8s.io', action.slice.metadata);
      return isFailure(answer) && answer.reason !== 'NotFound' ? answer.message : undefined;
    }
    const { content } = action;
    const trigger = { 'endpoints.kubernetes.io/last-change-trigger-time': formatRfc3339(simulation.clock.unixMs) };
    const { [HEADLESS]: _headless, ...own } = service.metadata.labels ?? {};
    const labels = {
      ...own,
      [SERVICE_NAME]: service.metadata.name,
      [MANAGED_BY]: MANAGER,
      ...(service.spec.clusterIP === 'None' ? { [HEADLESS]: '' } : {}),
    };
    const answer =
      action.type === 'create'
        ? client.create('endpointslices.discovery.k8s.io', {
            metadata: {
              generateName: `${service.metadata.name}-`,
              namespace: service.metadata.namespace ?? '',
              labels,
              annotations: trigger,
              ownerReferences: [controllerReference(service)],
            },
            addressType: 'IPv4',
            ...content,
          })
        : client.update('endpointslices.discovery.k8s.io', {
            ...action.slice,
            metadata: {
              ...action.slice.metadata,
              labels,
              annotations: { ...action.slice.metadata.annotations, ...trigger },
            },
            ...content,
          });
    if (isFailure(answer)) return answer.reason === 'Forbidden' ? undefined : answer.message;
    const pending = this.#pending.get(key) ?? new Map<string, string>();
    pending.set(answer.metadata.name, answer.metadata.resourceVersion);
    this.#pending.set(key, pending);
    return undefined;
  }

  snapshot(): readonly (readonly [string, readonly (readonly [string, string])[]])[] {
    return [...this.#pending].map(([service, slices]) => [service, [...slices]] as const);
  }

  restore(state: unknown): void {
    this.#pending.clear();
    for (const [service, slices] of state as [string, [string, string][]][])
      this.#pending.set(service, new Map(slices));
  }
}
