/**
 * What components say to the API server, and what they hear of it. Calls are answered at once; deliveries come as events
 * in virtual time. A broken connection is a failure value like any other.
 */
import type { JsonObject, JsonValue, Plain } from '../../../protocol/plain.ts';
import type { Answer, SuccessStatus } from '../apimachinery/status.ts';
import type { Draft, DraftMeta, GroupResource, ObjectList, ObjectOf, ObjectReference } from '../apimachinery/types.ts';
import type { LabelMatcher } from '../apimachinery/label-selector.ts';

// ---- the server as a client in the same process sees it

/** Who asks, after authentication. */
export interface UserInfo {
  readonly name: string;
  readonly uid?: string;
  readonly groups: readonly string[];
  readonly extra?: Readonly<Record<string, readonly string[]>>;
}

export type PatchType = 'strategic' | 'merge' | 'json' | 'apply';
export type Propagation = 'Background' | 'Foreground' | 'Orphan';

export interface ListOptions {
  readonly namespace?: string;
  /** As in a query: `app=web,tier!=db`. */
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
  readonly limit?: number;
  readonly continue?: string;
  readonly resourceVersion?: string;
  readonly resourceVersionMatch?: string;
}
export interface WriteOptions {
  readonly dryRun?: boolean;
  readonly fieldManager?: string;
  readonly fieldValidation?: 'Strict' | 'Warn' | 'Ignore';
  readonly subresource?: string;
  /** Server-side apply only: takes over conflicting fields. */
  readonly force?: boolean;
}
export interface DeleteOptions {
  readonly gracePeriodSeconds?: number;
  readonly propagationPolicy?: Propagation;
  readonly preconditions?: { readonly uid?: string; readonly resourceVersion?: string };
  readonly dryRun?: boolean;
}

export type ApiRequest =
  | {
      readonly verb: 'get';
      readonly resource: string;
      readonly name: string;
      readonly namespace?: string;
      readonly subresource?: string;
    }
  | { readonly verb: 'list'; readonly resource: string; readonly options: ListOptions }
  | {
      readonly verb: 'create';
      readonly resource: string;
      readonly namespace?: string;
      readonly name?: string;
      readonly object: JsonObject;
      readonly options: WriteOptions;
    }
  | {
      readonly verb: 'update';
      readonly resource: string;
      readonly namespace?: string;
      readonly name: string;
      readonly object: JsonObject;
      readonly options: WriteOptions;
    }
  | {
      readonly verb: 'patch';
      readonly resource: string;
      readonly namespace?: string;
      readonly name: string;
      readonly patchType: PatchType;
      readonly patch: JsonValue;
      readonly options: WriteOptions;
    }
  | {
      readonly verb: 'delete';
      readonly resource: string;
      readonly namespace?: string;
      readonly name: string;
      readonly options: DeleteOptions;
    }
  | { readonly verb: 'deletecollection'; readonly resource: string; readonly options: ListOptions & DeleteOptions };

export type WatchEventType = 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK';
export interface WatchEvent {
  readonly type: WatchEventType;
  readonly object: JsonObject;
  /** Revision at which it happened. */
  readonly revision: number;
}

export interface WatchRequest {
  readonly resource: string;
  readonly namespace?: string;
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
  /** Events after this revision. */
  readonly fromRevision: number;
  /** Told, at most once until the next `take`, that events wait; the event carries `{ watch: id }`. */
  readonly notify: { readonly target: string; readonly type: string };
  /** Virtual time from a write to the notification, µs. */
  readonly latencyUs: number;
}

/** The API server in this process. A watch is a cursor in the server's log, known by number, so that a snapshot can hold it. */
export interface InProcessServer {
  request(user: UserInfo, request: ApiRequest): Answer<JsonObject>;
  watch(user: UserInfo, request: WatchRequest): Answer<{ readonly id: number }>;
  /** Events since the last call; a failure (Expired) ends the watch, `undefined` says the watch is not known (server restarted). */
  take(watch: number): Answer<readonly WatchEvent[]> | undefined;
  cancel(watch: number): void;
}

/** The connection under a client: asked before every call and every delivery. */
export interface Transport {
  /** The server when the connection holds, else what client-go would print (`dial tcp 10.0.0.10:6443: connect: connection refused`). */
  connect(): { readonly server: InProcessServer } | { readonly broken: string };
}

// ---- clients

export interface Client {
  readonly user: UserInfo;
  /** Object by name, or NotFound. */
  get<R extends GroupResource>(resource: R, name: string, namespace?: string): Answer<ObjectOf<R>>;
  list<R extends GroupResource>(resource: R, options?: ListOptions): Answer<ObjectList<ObjectOf<R>>>;
  create<R extends GroupResource>(resource: R, object: Draft<ObjectOf<R>>, options?: WriteOptions): Answer<ObjectOf<R>>;
  /** Whole replacement; conflicts when metadata.resourceVersion is set and stale. */
  update<R extends GroupResource>(resource: R, object: ObjectOf<R>, options?: WriteOptions): Answer<ObjectOf<R>>;
  updateStatus<R extends GroupResource>(resource: R, object: ObjectOf<R>, options?: WriteOptions): Answer<ObjectOf<R>>;
  patch<R extends GroupResource>(
    resource: R,
    at: ObjectKey,
    type: PatchType,
    patch: JsonValue,
    options?: WriteOptions,
  ): Answer<ObjectOf<R>>;
  /** Merge patch of the status subresource: `{ status: … }`. */
  patchStatus<R extends GroupResource>(resource: R, at: ObjectKey, patch: JsonObject): Answer<ObjectOf<R>>;
  delete(resource: GroupResource, at: ObjectKey, options?: DeleteOptions): Answer<JsonObject>;
  deleteCollection(resource: GroupResource, options?: ListOptions & DeleteOptions): Answer<JsonObject>;
  /** POST to a subresource: binding, eviction, token. */
  createSubresource(
    resource: GroupResource,
    at: ObjectKey,
    subresource: string,
    object: JsonObject,
  ): Answer<JsonObject>;
  /** Binds a pod to a node. */
  bind(
    pod: { readonly namespace: string; readonly name: string; readonly uid?: string },
    node: string,
  ): Answer<SuccessStatus | JsonObject>;
}

/** Name and namespace; no namespace for cluster-scoped objects. An object's metadata fits. */
export type ObjectKey = { readonly name: string; readonly namespace?: string };

// ---- informers

/** `namespace/name`, or `name` for cluster-scoped objects. */
export type Key = string;

export interface Lister<T> {
  get(key: Key): T | undefined;
  /** All, or those of a namespace, in order of their keys' first appearance. */
  list(namespace?: string): readonly T[];
  /** Objects whose index function gave the value. */
  byIndex(index: string, value: string): readonly T[];
  select(matcher: LabelMatcher, namespace?: string): readonly T[];
}

export type InformerEvent<T> =
  | { readonly type: 'added'; readonly key: Key; readonly object: T }
  | { readonly type: 'updated'; readonly key: Key; readonly object: T; readonly old: T }
  | { readonly type: 'deleted'; readonly key: Key; readonly object: T };

export interface Informer<T> extends Lister<T> {
  readonly resource: string;
  /** True after the first list has been delivered. */
  readonly synced: boolean;
  /** Called for every change in order, during the delivery's event. Register at construction: handlers are not part of a snapshot. */
  addHandler(handler: (event: InformerEvent<T>) => void): void;
  /** Must be added before start; `values` must depend on the object alone. */
  addIndex(name: string, values: (object: T) => readonly string[]): void;
}

export interface InformerOptions {
  readonly namespace?: string;
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
}

/** The shared informers of one process. It is a component: register it under its target. */
export interface InformerFactory {
  readonly target: string;
  /** One informer per resource and options, shared by everyone who asks. */
  informer<R extends GroupResource>(resource: R, options?: InformerOptions): Informer<ObjectOf<R>>;
  /** Lists and watches all informers asked for; repeats with back-off while the connection is broken. */
  start(): void;
  /** Drops watches and caches: the process has died. */
  stop(): void;
  /** The connection was cut in a way that the client notices (a reset, a server that went): relists with back-off. */
  connectionLost(): void;
  /** True when every informer has its first list. */
  readonly synced: boolean;
}

// ---- work queues and reconcilers

export interface WorkQueue {
  add(key: Key): void;
  addAfter(key: Key, delayUs: number): void;
  /** Adds after the key's own exponential back-off (5 ms doubling to 1000 s, as client-go's default). */
  addRateLimited(key: Key): void;
  forget(key: Key): void;
  readonly length: number;
}

/**
 * How a reconcile ended: done; again after a time; or failed, which is retried with back-off and traced with its message.
 */
export type ReconcileResult = undefined | { readonly requeueAfterUs: number } | { readonly error: string };

/** Level-based: reads the world through listers and the client, plans, executes. Running it twice changes nothing. */
export interface Reconciler {
  /** As in upstream: `deployment`, `replicaset`, `endpointslice`. */
  readonly name: string;
  reconcile(key: Key): ReconcileResult;
  /** State beyond the queue, where there is some (expectations). */
  snapshot?(): Plain;
  restore?(state: Plain): void;
}

// ---- events

export interface EventRecorder {
  /** Records a v1 Event about an object; equal ones are counted up instead of repeated. */
  event(about: EventSubject, type: 'Normal' | 'Warning', reason: string, message: string): void;
}
/** An object, or a reference with a field path (`spec.containers{web}`). */
export type EventSubject =
  | { readonly apiVersion: string; readonly kind: string; readonly metadata: DraftMeta }
  | { readonly ref: ObjectReference };
