/**
 * Watches as cursors: each holds the events that it has not taken yet, and its owner is told once that some wait.
 * Watches of pods by node are indexed, so that a write costs the same with 5,000 kubelets listening.
 */
import type { JsonObject, Plain } from '../../../protocol/plain.ts';
import type { Scheduler } from '../../sim/event-loop.ts';
import { type Answer, type FailureStatus, expired, isFailure } from '../apimachinery/status.ts';
import type { WatchEvent, WatchRequest } from '../client/interface.ts';
import type { Store, StoreEvent } from '../etcd/store.ts';
import type { Registry, ResourceInfo } from './registry.ts';
import { type Selection, selectionOf } from './selection.ts';

/** A watch that lets more events pile up is ended, as upstream ends slow watchers. */
export const MAX_PENDING_EVENTS = 200_000;

interface Watch {
  readonly id: number;
  readonly info: ResourceInfo;
  readonly request: WatchRequest;
  readonly selection: Selection;
  readonly keyPrefix: string;
  pending: StoreEvent[];
  notified: boolean;
  overrun: boolean;
}

const NODE_FIELD = 'spec.nodeName';

export class WatchHub {
  readonly #watches = new Map<number, Watch>();
  /** By resource: watches that look at every event. */
  readonly #broad = new Map<string, Set<Watch>>();
  /** By node name: watches of one node's pods. */
  readonly #byNode = new Map<string, Set<Watch>>();
  #nextId = 1;

  constructor(
    private readonly registry: Registry,
    private readonly scheduler: Scheduler,
  ) {}

  get count(): number {
    return this.#watches.size;
  }

  /** Starts a watch after `fromRevision`; Expired where the store has forgotten it. */
  open(request: WatchRequest, store: Store): Answer<{ readonly id: number }> {
    const info = this.registry.find(request.resource);
    if (info === undefined) throw new Error(`no resource ${request.resource} to watch`);
    const selection = selectionOf(info, request.namespace ?? '', request.labelSelector, request.fieldSelector);
    if (isFailure(selection)) return selection;
    const keyPrefix = prefixOf(info, request.namespace ?? '');
    const missed = store.since(request.fromRevision, keyPrefix);
    if ('error' in missed)
      return expired(`too old resource version: ${String(request.fromRevision)} (${String(store.compactedRevision)})`);
    const watch: Watch = {
      id: this.#nextId,
      info,
      request,
      selection,
      keyPrefix,
      pending: [...missed],
      notified: false,
      overrun: false,
    };
    this.#nextId += 1;
    this.#register(watch);
    if (missed.length > 0) this.#notify(watch);
    return { id: watch.id };
  }

  cancel(id: number): void {
    const watch = this.#watches.get(id);
    if (watch === undefined) return;
    this.#watches.delete(id);
    this.#setOf(watch).delete(watch);
  }

  /** The server goes: every owner is told, and finds its watch unknown. */
  closeAll(): void {
    for (const watch of this.#watches.values()) if (!watch.notified) this.#notify(watch);
    this.#clear();
  }

  #clear(): void {
    this.#watches.clear();
    this.#broad.clear();
    this.#byNode.clear();
  }

  /** Hears a write of the store. */
  publish(event: StoreEvent): void {
    const info = this.registry.ofKey(event.key);
    if (info === undefined) return;
    for (const watch of this.#broad.get(info.groupResource) ?? []) this.#offer(watch, event);
    if (info.groupResource === 'pods') {
      const now = nodeOf(event.entry?.value);
      const before = nodeOf(event.previous?.value);
      if (now !== '') for (const watch of this.#byNode.get(now) ?? []) this.#offer(watch, event);
      if (before !== '' && before !== now)
        for (const watch of this.#byNode.get(before) ?? []) this.#offer(watch, event);
    }
  }

  /** Events since the last call, as this watch's selectors show them. */
  take(id: number): Answer<readonly WatchEvent[]> | undefined {
    const watch = this.#watches.get(id);
    if (watch === undefined) return undefined;
    const { pending } = watch;
    watch.pending = [];
    watch.notified = false;
    if (watch.overrun) {
      this.cancel(id);
      return slow();
    }
    const events: WatchEvent[] = [];
    for (const event of pending) {
      const seen = seenBy(watch.selection, event);
      if (seen !== undefined) events.push(seen);
    }
    return events;
  }

  snapshot(): Plain {
    const watches = [...this.#watches.values()].map(({ id, request, pending, notified, overrun }) => ({
      id,
      request,
      pending,
      notified,
      overrun,
    }));
    return { nextId: this.#nextId, watches: watches as unknown as Plain };
  }

  restore(state: Plain): void {
    const saved = state as unknown as {
      nextId: number;
      watches: Pick<Watch, 'id' | 'request' | 'pending' | 'notified' | 'overrun'>[];
    };
    this.#clear();
    this.#nextId = saved.nextId;
    for (const { id, request, pending, notified, overrun } of saved.watches) {
      const info = this.registry.find(request.resource);
      const selection =
        info === undefined
          ? undefined
          : selectionOf(info, request.namespace ?? '', request.labelSelector, request.fieldSelector);
      if (info === undefined || selection === undefined || isFailure(selection)) continue;
      this.#register({
        id,
        info,
        request,
        selection,
        keyPrefix: prefixOf(info, request.namespace ?? ''),
        pending: [...pending],
        notified,
        overrun,
      });
    }
  }

  #offer(watch: Watch, event: StoreEvent): void {
    if (!event.key.startsWith(watch.keyPrefix)) return;
    if (watch.pending.length >= MAX_PENDING_EVENTS) {
      watch.overrun = true;
      watch.pending = [];
    } else watch.pending.push(event);
    if (!watch.notified) this.#notify(watch);
  }

  #notify(watch: Watch): void {
    watch.notified = true;
    const { notify, latencyUs } = watch.request;
    this.scheduler.schedule(latencyUs, notify.target, notify.type, { watch: watch.id });
  }

  #register(watch: Watch): void {
    this.#watches.set(watch.id, watch);
    this.#setOf(watch).add(watch);
  }

  #setOf(watch: Watch): Set<Watch> {
    const node =
      watch.info.groupResource === 'pods'
        ? watch.selection.fields.find(({ field, operator }) => field === NODE_FIELD && operator !== '!=')
        : undefined;
    const [index, key] =
      node === undefined || node.value === '' ? [this.#broad, watch.info.groupResource] : [this.#byNode, node.value];
    let set = index.get(key);
    if (set === undefined) {
      set = new Set();
      index.set(key, set);
    }
    return set;
  }
}

const prefixOf = (info: ResourceInfo, namespace: string): string =>
  namespace === '' ? info.prefix : `${info.prefix}${namespace}/`;

function nodeOf(pod: JsonObject | undefined): string {
  const spec = pod?.['spec'];
  if (typeof spec !== 'object' || spec === null || Array.isArray(spec)) return '';
  const node = (spec as JsonObject)['nodeName'];
  return typeof node === 'string' ? node : '';
}

/** The event in the eyes of a selection: an object that begins or ceases to match is added or deleted. */
function seenBy(selection: Selection, event: StoreEvent): WatchEvent | undefined {
  const { revision, entry, previous, removed } = event;
  if (entry === undefined) {
    if (removed === undefined || previous === undefined || !(selection.all || selection.matches(previous.value)))
      return undefined;
    return { type: 'DELETED', object: removed, revision };
  }
  const now = selection.all || selection.matches(entry.value);
  const before = previous !== undefined && (selection.all || selection.matches(previous.value));
  if (now) return { type: before ? 'MODIFIED' : 'ADDED', object: entry.value, revision };
  if (!before) return undefined;
  return { type: 'DELETED', object: withRevision(previous.value, revision), revision };
}

/** The object with its metadata's resourceVersion set. */
export const withRevision = (object: JsonObject, revision: number): JsonObject => ({
  ...object,
  metadata: { ...(object['metadata'] as JsonObject), resourceVersion: String(revision) },
});

const slow = (): FailureStatus => expired('too old resource version: the watch fell behind');
