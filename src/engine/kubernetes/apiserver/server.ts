/**
 * kube-apiserver.
 * Models: the request path (authorization, admission, defaulting, validation, storage), watches, the in-process connection
 * of components on the same floor; HTTP is in `http/`.
 * Leaves out: API priority and fairness, aggregation, audit, webhooks.
 */
import type { JsonObject, Plain } from '../../../protocol/plain.ts';
import type { Component } from '../../sim/component.ts';
import type { Simulation } from '../../sim/simulation.ts';
import { type Answer, type FailureStatus, isFailure, notFound } from '../apimachinery/status.ts';
import type { ApiRequest, InProcessServer, UserInfo, WatchEvent, WatchRequest } from '../client/interface.ts';
import type { Store } from '../etcd/store.ts';
import type { AdmissionPlugin, Core, Outcome } from './core.ts';
import { createObject } from './create.ts';
import { type VirtualResources, dispatch } from './dispatch.ts';
import { Registry, type ResourceInfo } from './registry.ts';
import { type EtcdEndpoint, Storage } from './storage.ts';
import { WatchHub } from './watch-hub.ts';

export interface ApiServerOptions {
  readonly simulation: Simulation;
  /** Target name of this server in the loop: `kube-apiserver/control-plane`. */
  readonly target: string;
  readonly etcd: EtcdEndpoint;
}

/** Old revisions are forgotten after this long, as --etcd-compaction-interval's default. */
export const COMPACTION_INTERVAL_US = 300_000_000;
export const EVENT_TTL_US = 3_600_000_000;
/** Events created within this time share a lease. */
const LEASE_REUSE_US = 60_000_000;

export class ApiServer implements InProcessServer, Component, VirtualResources {
  readonly registry = new Registry();
  readonly core: Core;
  readonly watches: WatchHub;
  readonly #storage: Storage;
  readonly #plugins: readonly AdmissionPlugin[] = [];
  readonly #acting = new Set<string>();
  #compactAt = 0;
  #eventLease: { readonly id: number; readonly untilUs: number } | undefined;
  #unsubscribe: (() => void) | undefined;

  constructor(private readonly options: ApiServerOptions) {
    const { simulation, etcd } = options;
    this.#storage = new Storage(etcd);
    this.watches = new WatchHub(this.registry, simulation.loop);
    this.core = {
      simulation,
      registry: this.registry,
      storage: this.#storage,
      admit: (request) => {
        let { object } = request;
        for (const plugin of this.#plugins) {
          const next = plugin.admit?.({ ...request, object }) ?? object;
          if (isFailure(next)) return next;
          object = next;
        }
        return object;
      },
      review: (request) => {
        for (const plugin of this.#plugins) {
          const refused = plugin.validate?.(request);
          if (refused !== undefined) return refused;
        }
        return undefined;
      },
      allocate: (_info, object) => object,
      inactiveWarning: (info) => this.#inactive(info),
      trackFields: (_info, next) => next,
    };
  }

  /** Begins to serve: hears the store, compacts it now and then. */
  start(): void {
    const store = this.#storage.store();
    if ('kind' in store) return;
    this.#listen(store);
    this.options.simulation.loop.schedule(COMPACTION_INTERVAL_US, this.options.target, 'compact');
  }

  /** The process has died: watches are gone, clients have to connect again. */
  stop(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
    this.watches.closeAll();
  }

  /** Components name the resources they act on; others answer writes with a warning. */
  actsOn(...resources: readonly string[]): void {
    for (const resource of resources) this.#acting.add(resource);
  }

  // ---- in process

  request(user: UserInfo, request: ApiRequest): Answer<JsonObject> {
    const outcome = this.execute(user, request);
    return isFailure(outcome) ? outcome : outcome.object;
  }

  /** A request with its HTTP code and warnings. */
  execute(user: UserInfo, request: ApiRequest): Outcome | FailureStatus {
    const info = this.registry.find(request.resource);
    if (info === undefined) return notFound(request.resource, 'name' in request ? (request.name ?? '') : '');
    return this.executeOn(user, info, request);
  }

  executeOn(user: UserInfo, info: ResourceInfo, request: ApiRequest): Outcome | FailureStatus {
    return dispatch(this.core, this, user, info, request);
  }

  watch(_user: UserInfo, request: WatchRequest): Answer<{ readonly id: number }> {
    if (this.registry.find(request.resource) === undefined) return notFound(request.resource, '');
    const store = this.#storage.store();
    return 'kind' in store ? store : this.watches.open(request, store);
  }

  take(watch: number): Answer<readonly WatchEvent[]> | undefined {
    return this.watches.take(watch);
  }

  cancel(watch: number): void {
    this.watches.cancel(watch);
  }

  // ---- component

  handle(type: string, payload: Plain): void {
    const store = this.#storage.store();
    if (type === 'compact') {
      this.options.simulation.loop.schedule(COMPACTION_INTERVAL_US, this.options.target, 'compact');
      if ('kind' in store) return;
      store.compact(this.#compactAt);
      this.#compactAt = store.revision;
    } else if (type === 'lease-expired' && !('kind' in store)) {
      store.revokeLease((payload as { lease: number }).lease, (last, revision) => ({ ...last, metadata: { ...(last['metadata'] as JsonObject), resourceVersion: String(revision) } }));
    }
  }

  snapshot(): Plain {
    return { watches: this.watches.snapshot(), compactAt: this.#compactAt, eventLease: this.#eventLease, acting: [...this.#acting] };
  }

  restore(state: Plain): void {
    const saved = state as { watches: Plain; compactAt: number; eventLease?: { id: number; untilUs: number }; acting: string[] };
    this.watches.restore(saved.watches);
    this.#compactAt = saved.compactAt;
    this.#eventLease = saved.eventLease;
    for (const resource of saved.acting) this.#acting.add(resource);
    const store = this.#storage.store();
    if (!('kind' in store)) this.#listen(store);
  }

  // ---- virtual resources

  create(): undefined {
    return undefined;
  }

  leaseFor(info: ResourceInfo): (() => number) | undefined {
    return info.groupResource === 'events' ? () => this.#leaseForEvents() : undefined;
  }

  #leaseForEvents(): number {
    const { clock, loop } = this.options.simulation;
    if (this.#eventLease !== undefined && this.#eventLease.untilUs > clock.nowUs) return this.#eventLease.id;
    const store = this.#storage.store();
    if ('kind' in store) return 0;
    const id = store.grantLease();
    this.#eventLease = { id, untilUs: clock.nowUs + LEASE_REUSE_US };
    loop.schedule(EVENT_TTL_US + LEASE_REUSE_US, this.options.target, 'lease-expired', { lease: id });
    return id;
  }

  #inactive(info: ResourceInfo): string | undefined {
    if (this.#acting.size === 0 || this.#acting.has(info.groupResource)) return undefined;
    return `drydock: ${info.kind} is stored, nothing acts on it yet`;
  }

  #listen(store: Store): void {
    this.#unsubscribe?.();
    this.#unsubscribe = store.subscribe((event) => {
      this.watches.publish(event);
    });
  }
}

export { createObject };
