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
import { NamespaceLifecycle } from './admission/namespace-lifecycle.ts';
import { LimitRanger } from './admission/limit-ranger.ts';
import { DefaultTolerationSeconds, Priority, ServiceAccountAdmission } from './admission/pod-plugins.ts';
import { ResourceQuotaAdmission } from './admission/resource-quota.ts';
import { trackFields } from './apply.ts';
import { Authenticator } from './auth/authenticator.ts';
import { Authorizer, type ResourceAttributes, accessDenied } from './auth/authorizer.ts';
import { TokenKeys } from './auth/tokens.ts';
import { LOOPBACK_USER, bootstrap } from './bootstrap.ts';
import type { AdmissionPlugin, Core, Outcome } from './core.ts';
import { EVENTS_V1, asEventsV1, onCoreEvents } from './event-versions.ts';
import { followDefinition, registerStored } from './custom-resources.ts';
import { type VirtualResources, dispatch } from './dispatch.ts';
import { Registry, type ResourceInfo } from './registry.ts';
import { review } from './reviews.ts';
import { DEFAULT_RANGES, ServiceAddresses, type ServiceRanges } from './service-addresses.ts';
import { type EtcdEndpoint, Storage } from './storage.ts';
import { WatchHub } from './watch-hub.ts';

export interface ApiServerOptions {
  readonly simulation: Simulation;
  /** Target name of this server in the loop: `kube-apiserver/control-plane`. */
  readonly target: string;
  readonly etcd: EtcdEndpoint;
  readonly advertiseAddress?: string;
  readonly port?: number;
  readonly ranges?: ServiceRanges;
  /** First address of the Service range, the `kubernetes` Service's. */
  readonly serviceAddress?: string;
  /** The cluster's key for service-account tokens (sa.key). */
  readonly tokenSecret?: string;
  /** Whether a client certificate is signed by the cluster's authority. */
  readonly trusts?: (pem: string) => boolean;
  /** Who a caller on a plain connection is; absent: anonymous. */
  readonly plainUser?: UserInfo;
}

/** Old revisions are forgotten after this long, as --etcd-compaction-interval's default. */
export const COMPACTION_INTERVAL_US = 300_000_000;
export const EVENT_TTL_US = 3_600_000_000;
/** Events created within this time share a lease. */
const LEASE_REUSE_US = 60_000_000;

/** What the server itself acts on. */
export const OWN_RESOURCES: ReadonlySet<string> = new Set([
  'events',
  'serviceaccounts',
  'services',
  'configmaps',
  'secrets',
  'leases.coordination.k8s.io',
  'priorityclasses.scheduling.k8s.io',
  'customresourcedefinitions.apiextensions.k8s.io',
  'roles.rbac.authorization.k8s.io',
  'clusterroles.rbac.authorization.k8s.io',
  'rolebindings.rbac.authorization.k8s.io',
  'clusterrolebindings.rbac.authorization.k8s.io',
  'podtemplates',
  'controllerrevisions.apps',
  'limitranges',
]);

export class ApiServer implements InProcessServer, Component, VirtualResources {
  readonly registry = new Registry();
  readonly core: Core;
  readonly watches: WatchHub;
  readonly #storage: Storage;
  readonly authorizer: Authorizer;
  readonly authenticator: Authenticator;
  readonly tokens: TokenKeys;
  readonly #plugins: readonly AdmissionPlugin[];
  readonly #byResource = new Map<string, readonly AdmissionPlugin[]>();
  readonly #acting = new Set<string>();
  #compactAt = 0;
  #compaction: number | undefined;
  #eventLease: { readonly id: number; readonly untilUs: number } | undefined;
  #unsubscribe: (() => void) | undefined;

  constructor(private readonly options: ApiServerOptions) {
    const { simulation, etcd } = options;
    this.#storage = new Storage(etcd);
    this.watches = new WatchHub(this.registry, simulation.loop);
    this.authorizer = new Authorizer(this.#storage);
    this.tokens = new TokenKeys(options.tokenSecret ?? `sa.key/${String(simulation.random.seed)}`);
    this.authenticator = new Authenticator({
      registry: this.registry,
      storage: this.#storage,
      tokens: this.tokens,
      nowMs: () => simulation.clock.unixMs,
      ...(options.trusts === undefined ? {} : { trusts: options.trusts }),
      ...(options.plainUser === undefined ? {} : { plainUser: options.plainUser }),
    });
    this.#plugins = [
      new NamespaceLifecycle(this.registry, this.#storage),
      new ServiceAccountAdmission(this.registry, this.#storage, simulation.random),
      new Priority(this.registry, this.#storage),
      new DefaultTolerationSeconds(),
      new LimitRanger(this.registry, this.#storage),
      new ResourceQuotaAdmission(this.registry, this.#storage),
    ];
    const addresses = new ServiceAddresses(this.#storage, simulation.random, options.ranges ?? DEFAULT_RANGES);
    this.core = {
      simulation,
      registry: this.registry,
      storage: this.#storage,
      admit: (request) => {
        let current = request;
        for (const plugin of this.#pluginsFor(request.info)) {
          const next = plugin.admit?.(current) ?? current.object;
          if (isFailure(next)) return next;
          if (next !== current.object) current = { ...current, object: next };
        }
        return current.object;
      },
      review: (request) => {
        for (const plugin of this.#pluginsFor(request.info)) {
          const refused = plugin.validate?.(request);
          if (refused !== undefined) return refused;
        }
        return undefined;
      },
      allocate: (info, object, old) =>
        info.groupResource === 'services' ? addresses.allocate(info, object, old) : object,
      inactiveWarning: (info) => this.#inactive(info),
      trackFields: (info, next, old, write) => trackFields(this.core, info, next, old, write),
    };
  }

  #pluginsFor({ groupResource }: ResourceInfo): readonly AdmissionPlugin[] {
    const known = this.#byResource.get(groupResource);
    if (known !== undefined) return known;
    const plugins = this.#plugins.filter(({ resource = groupResource }) => resource === groupResource);
    this.#byResource.set(groupResource, plugins);
    return plugins;
  }

  /** Begins to serve: hears the store, compacts it now and then. */
  start(): void {
    const store = this.#storage.store();
    if ('kind' in store) return;
    this.#listen(store);
    registerStored(this.registry, store);
    const { advertiseAddress = '10.0.0.10', port = 6443, serviceAddress = '10.96.0.1' } = this.options;
    bootstrap((request) => this.execute(LOOPBACK_USER, request), { advertiseAddress, port, serviceAddress });
    this.#compaction = this.options.simulation.loop.schedule(COMPACTION_INTERVAL_US, this.options.target, 'compact');
  }

  /** The process has died: watches are gone, clients have to connect again. */
  stop(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
    if (this.#compaction !== undefined) this.options.simulation.loop.cancel(this.#compaction);
    this.#compaction = undefined;
    this.watches.closeAll();
  }

  /** `10.0.0.10:6443`, as discovery names it. */
  get address(): string {
    return `${this.options.advertiseAddress ?? '10.0.0.10'}:${String(this.options.port ?? 6443)}`;
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
    const attributes = attributesOf(info, request);
    if (!this.authorizer.allows(user, attributes)) return accessDenied(user, attributes);
    const core = info.groupResource === EVENTS_V1 ? this.registry.find('events') : undefined;
    if (core !== undefined) return asEventsV1(dispatch(this.core, this, user, core, onCoreEvents(request)));
    return dispatch(this.core, this, user, info, request);
  }

  watch(user: UserInfo, request: WatchRequest): Answer<{ readonly id: number }> {
    const info = this.registry.find(request.resource);
    if (info === undefined) return notFound(request.resource, '');
    const attributes = {
      verb: 'watch',
      group: info.group,
      resource: info.plural,
      namespace: request.namespace ?? '',
      name: '',
    };
    if (!this.authorizer.allows(user, attributes)) return accessDenied(user, attributes);
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
      this.#compaction = this.options.simulation.loop.schedule(COMPACTION_INTERVAL_US, this.options.target, 'compact');
      if ('kind' in store) return;
      store.compact(this.#compactAt);
      this.#compactAt = store.revision;
    } else if (type === 'lease-expired' && !('kind' in store)) {
      store.revokeLease((payload as { lease: number }).lease, (last, revision) => ({
        ...last,
        metadata: { ...(last['metadata'] as JsonObject), resourceVersion: String(revision) },
      }));
    }
  }

  snapshot(): Plain {
    return {
      watches: this.watches.snapshot(),
      compactAt: this.#compactAt,
      compaction: this.#compaction,
      running: this.#unsubscribe !== undefined,
      eventLease: this.#eventLease,
      acting: [...this.#acting],
    };
  }

  restore(state: Plain): void {
    const saved = state as {
      watches: Plain;
      compactAt: number;
      compaction: number | undefined;
      running: boolean;
      eventLease?: { id: number; untilUs: number };
      acting: string[];
    };
    const stored = this.#storage.store();
    // Custom resources have to be known before their watches come back; the store is restored first.
    if (!('kind' in stored)) registerStored(this.registry, stored);
    this.watches.restore(saved.watches);
    this.#compactAt = saved.compactAt;
    this.#compaction = saved.compaction;
    this.#eventLease = saved.eventLease;
    for (const resource of saved.acting) this.#acting.add(resource);
    if (saved.running && !('kind' in stored)) this.#listen(stored);
  }

  // ---- virtual resources

  create(
    user: UserInfo,
    info: ResourceInfo,
    request: Extract<ApiRequest, { verb: 'create' }>,
  ): Outcome | FailureStatus | undefined {
    return review(this, user, info, request);
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
    // Without any announcement nothing is known about who acts.
    if (
      this.#acting.size === 0 ||
      this.#acting.has(info.groupResource) ||
      OWN_RESOURCES.has(info.groupResource) ||
      info.model === undefined
    )
      return undefined;
    return `drydock: ${info.kind} is stored, nothing acts on it yet`;
  }

  #listen(store: Store): void {
    this.#unsubscribe?.();
    this.#unsubscribe = store.subscribe((event) => {
      followDefinition(this.registry, event);
      this.authorizer.changed(event.key);
      this.watches.publish(event);
    });
  }
}

/** What the authorizer is asked about a request. */
export function attributesOf(info: ResourceInfo, request: ApiRequest): ResourceAttributes {
  const options = 'options' in request ? request.options : undefined;
  const subresource =
    request.verb === 'get'
      ? request.subresource
      : options !== undefined && 'subresource' in options
        ? options.subresource
        : undefined;
  const namespace =
    request.verb === 'list' || request.verb === 'deletecollection' ? request.options.namespace : request.namespace;
  return {
    verb: request.verb,
    group: info.group,
    resource: subresource === undefined || subresource === '' ? info.plural : `${info.plural}/${subresource}`,
    namespace: namespace ?? '',
    name: 'name' in request ? (request.name ?? '') : '',
  };
}
