/**
 * Shared informers (client-go tools/cache). A component: lists, watches, applies batches, relists when the connection or
 * the watch is gone, with the reflector's back-off.
 */
import type { JsonObject, Plain } from '../../../protocol/plain.ts';
import type { Component } from '../../sim/component.ts';
import type { Simulation } from '../../sim/simulation.ts';
import type { LabelMatcher } from '../apimachinery/label-selector.ts';
import { keyOf } from '../apimachinery/meta.ts';
import { isFailure } from '../apimachinery/status.ts';
import type { ApiObject, GroupResource, ObjectOf } from '../apimachinery/types.ts';
import type {
  Informer,
  InformerEvent,
  InformerFactory,
  InformerOptions,
  Key,
  Transport,
  UserInfo,
  WatchEvent,
} from './interface.ts';
import { ObjectCache } from './object-cache.ts';

/** Time from a write to its delivery, µs. */
export const DELIVERY_LATENCY_US = 500;
const FIRST_BACKOFF_US = 800_000;
const MAX_BACKOFF_US = 30_000_000;

export interface InformersOptions {
  readonly simulation: Simulation;
  /** Where its events go; register it under this name. */
  readonly target: string;
  readonly user: UserInfo;
  readonly transport: Transport;
  readonly latencyUs?: number;
}

export class SharedInformers implements InformerFactory, Component {
  readonly target: string;
  readonly #informers = new Map<string, InformerState>();
  readonly #byWatch = new Map<number, InformerState>();
  /** Watches that a broken connection left behind at the server. */
  #orphans: number[] = [];
  #started = false;

  constructor(private readonly options: InformersOptions) {
    this.target = options.target;
  }

  informer<R extends GroupResource>(resource: R, options: InformerOptions = {}): Informer<ObjectOf<R>> {
    const id = [resource, options.namespace ?? '', options.labelSelector ?? '', options.fieldSelector ?? ''].join('|');
    let state = this.#informers.get(id);
    if (state === undefined) {
      state = new InformerState(id, resource, options);
      this.#informers.set(id, state);
      if (this.#started) this.#scheduleSync(state, 0);
    }
    // Every object of this resource is of the resource's view.
    return state as unknown as Informer<ObjectOf<R>>;
  }

  get synced(): boolean {
    for (const state of this.#informers.values()) if (!state.synced) return false;
    return this.#started;
  }

  start(): void {
    if (this.#started) return;
    this.#started = true;
    for (const state of this.#informers.values()) this.#scheduleSync(state, this.#latencyUs);
  }

  stop(): void {
    this.#started = false;
    const connection = this.options.transport.connect();
    for (const state of this.#informers.values()) {
      if (state.watch !== undefined && 'server' in connection) connection.server.cancel(state.watch);
      if (state.retry !== undefined) this.options.simulation.loop.cancel(state.retry);
      state.reset();
    }
    this.#byWatch.clear();
  }

  /** The connection was cut in a way that both sides notice (a reset): relists at once. */
  connectionLost(): void {
    for (const state of this.#informers.values()) if (state.watch !== undefined) this.#lost(state);
  }

  handle(type: string, payload: Plain): void {
    if (!this.#started) return;
    if (type === 'sync') {
      const state = this.#informers.get((payload as { informer: string }).informer);
      if (state !== undefined) this.#sync(state);
    } else if (type === 'watch') this.#deliver((payload as { watch: number }).watch);
  }

  snapshot(): Plain {
    const informers = [...this.#informers.values()].map((state) => state.snapshot());
    return { started: this.#started, orphans: this.#orphans, informers };
  }

  restore(saved: Plain): void {
    const { started, orphans, informers } = saved as {
      started: boolean;
      orphans: number[];
      informers: (SavedInformer & { [key: string]: Plain })[];
    };
    this.#started = started;
    this.#orphans = [...orphans];
    this.#byWatch.clear();
    for (const item of informers) {
      const state = this.#informers.get(item.id);
      if (state === undefined) continue;
      state.restore(item);
      if (state.watch !== undefined) this.#byWatch.set(state.watch, state);
    }
  }

  get #latencyUs(): number {
    return this.options.latencyUs ?? DELIVERY_LATENCY_US;
  }

  #scheduleSync(state: InformerState, delayUs: number): void {
    state.retry = this.options.simulation.loop.schedule(delayUs, this.target, 'sync', { informer: state.id });
  }

  /** Lists, tells handlers what differs from the cache, then watches from there. */
  #sync(state: InformerState): void {
    state.retry = undefined;
    const { user, transport } = this.options;
    const connection = transport.connect();
    if ('broken' in connection) {
      this.#backOff(state);
      return;
    }
    const { server } = connection;
    for (const orphan of this.#orphans) server.cancel(orphan);
    this.#orphans = [];
    const { resource, options } = state;
    const listed = server.request(user, { verb: 'list', resource, options });
    if (isFailure(listed)) {
      this.#backOff(state);
      return;
    }
    const { items, metadata } = listed as unknown as {
      items: readonly ApiObject[];
      metadata: { resourceVersion: string };
    };
    const watch = server.watch(user, {
      resource,
      ...options,
      fromRevision: Number(metadata.resourceVersion),
      notify: { target: this.target, type: 'watch' },
      latencyUs: this.#latencyUs,
    });
    if (isFailure(watch)) {
      this.#backOff(state);
      return;
    }
    state.backOffUs = 0;
    state.watch = watch.id;
    this.#byWatch.set(watch.id, state);
    state.replace(items);
  }

  #deliver(watch: number): void {
    const state = this.#byWatch.get(watch);
    if (state === undefined) return;
    const connection = this.options.transport.connect();
    if ('broken' in connection) {
      this.#orphans.push(watch);
      this.#lost(state);
      return;
    }
    const events = connection.server.take(watch);
    if (events === undefined || isFailure(events)) this.#lost(state);
    else state.apply(events);
  }

  #lost(state: InformerState): void {
    if (state.watch !== undefined) this.#byWatch.delete(state.watch);
    state.watch = undefined;
    this.#backOff(state);
  }

  #backOff(state: InformerState): void {
    if (state.retry !== undefined) return;
    const jitter = this.options.simulation.random.for('informers', this.target, 'back-off').fraction();
    state.backOffUs = Math.min(MAX_BACKOFF_US, state.backOffUs === 0 ? FIRST_BACKOFF_US : state.backOffUs * 2);
    this.#scheduleSync(state, state.backOffUs * (1 + jitter));
  }
}

interface SavedInformer {
  readonly id: string;
  readonly synced: boolean;
  readonly watch: number | undefined;
  readonly retry: number | undefined;
  readonly backOffUs: number;
  readonly items: readonly ApiObject[];
}

class InformerState implements Informer<ApiObject> {
  synced = false;
  watch: number | undefined;
  /** Event number of the next attempt. */
  retry: number | undefined;
  backOffUs = 0;
  readonly #cache = new ObjectCache<ApiObject>();
  readonly #handlers: ((event: InformerEvent<ApiObject>) => void)[] = [];

  constructor(
    readonly id: string,
    readonly resource: string,
    readonly options: InformerOptions,
  ) {}

  addHandler(handler: (event: InformerEvent<ApiObject>) => void): void {
    this.#handlers.push(handler);
    if (this.synced) for (const object of this.#cache.list()) handler({ type: 'added', key: keyOf(object), object });
  }
  addIndex(name: string, values: (object: ApiObject) => readonly string[]): void {
    this.#cache.addIndex(name, values);
  }
  get(key: Key): ApiObject | undefined {
    return this.#cache.get(key);
  }
  list(namespace?: string): readonly ApiObject[] {
    return this.#cache.list(namespace);
  }
  byIndex(index: string, value: string): readonly ApiObject[] {
    return this.#cache.byIndex(index, value);
  }
  select(matcher: LabelMatcher, namespace?: string): readonly ApiObject[] {
    return this.#cache.select(matcher, namespace);
  }

  replace(items: readonly ApiObject[]): void {
    this.synced = true;
    const present = new Set(items.map(keyOf));
    for (const key of this.#cache.keys()) if (!present.has(key)) this.#remove(key);
    for (const object of items) this.#put(object);
  }

  apply(events: readonly WatchEvent[]): void {
    for (const { type, object } of events) {
      if (type === 'BOOKMARK') continue;
      const view = viewOf(object);
      if (type === 'DELETED') this.#remove(keyOf(view), view);
      else this.#put(view);
    }
  }

  reset(): void {
    this.synced = false;
    this.watch = undefined;
    this.retry = undefined;
    this.backOffUs = 0;
    this.#cache.clear();
  }

  snapshot(): Plain {
    const { id, synced, watch, retry, backOffUs } = this;
    return { id, synced, watch, retry, backOffUs, items: this.#cache.list() as unknown as Plain };
  }

  restore(saved: SavedInformer): void {
    this.#cache.clear();
    this.synced = saved.synced;
    this.watch = saved.watch;
    this.retry = saved.retry;
    this.backOffUs = saved.backOffUs;
    for (const item of saved.items) this.#cache.set(item);
  }

  #put(object: ApiObject): void {
    const old = this.#cache.set(object);
    if (old === object) return;
    const key = keyOf(object);
    this.#tell(old === undefined ? { type: 'added', key, object } : { type: 'updated', key, object, old });
  }

  #remove(key: Key, last?: ApiObject): void {
    const old = this.#cache.delete(key);
    if (old !== undefined) this.#tell({ type: 'deleted', key, object: last ?? old });
  }

  #tell(event: InformerEvent<ApiObject>): void {
    for (const handler of this.#handlers) handler(event);
  }
}

/** A watch event's object is one of the resource that is watched. */
const viewOf = (object: JsonObject): ApiObject => object as unknown as ApiObject;
