/**
 * The key-value store under the API server.
 * Models: one revision per write, create and mod revisions, compare-and-swap, ordered ranges with a limit and at an old
 * revision, the log that watches start from, compaction, leases.
 * Leaves out: Raft, transactions over several keys, the binary format; values are shared immutable objects.
 */
import type { JsonObject, Plain } from '../../../protocol/plain.ts';
import { OrderedKeys } from './ordered-keys.ts';

export interface Entry {
  readonly key: string;
  readonly value: JsonObject;
  readonly createRevision: number;
  readonly modRevision: number;
  /** Number of writes since the key was created. */
  readonly version: number;
  readonly lease?: number;
}

export interface StoreEvent {
  readonly revision: number;
  readonly key: string;
  /** Absent after a delete; `removed` then is the last value as its watchers shall see it. */
  readonly entry?: Entry;
  readonly previous?: Entry;
  readonly removed?: JsonObject;
}

export interface Range {
  readonly entries: readonly Entry[];
  /** Keys left beyond the limit. */
  readonly remaining: number;
  /** Revision the range was read at. */
  readonly revision: number;
}

export const COMPACTED = 'etcdserver: mvcc: required revision has been compacted';
export const FUTURE_REVISION = 'etcdserver: mvcc: required revision is a future revision';
export interface StoreFailure {
  readonly error: typeof COMPACTED | typeof FUTURE_REVISION;
}

/** More log entries than this make the store forget the older half. */
export const MAX_LOG_EVENTS = 400_000;

export type StoreListener = (event: StoreEvent) => void;

export class Store {
  #revision = 1;
  /** Log entries are for revisions #compacted + 1 … #revision. */
  #compacted = 1;
  #log: StoreEvent[] = [];
  readonly #entries = new Map<string, Entry>();
  readonly #keys = new OrderedKeys();
  readonly #listeners = new Set<StoreListener>();
  readonly #leases = new Map<number, Set<string>>();
  #nextLease = 1;

  /** Revision of the last write. */
  get revision(): number {
    return this.#revision;
  }
  get compactedRevision(): number {
    return this.#compacted;
  }
  get size(): number {
    return this.#entries.size;
  }

  get(key: string): Entry | undefined {
    return this.#entries.get(key);
  }

  /**
   * Writes when the key's mod revision is `expected` (0: it must not exist; undefined: whatever it is). The value is made
   * from the revision it gets. Answers undefined when the comparison fails.
   */
  put(key: string, value: (revision: number) => JsonObject, expected?: number, lease?: number): Entry | undefined {
    const previous = this.#entries.get(key);
    if (expected !== undefined && (previous?.modRevision ?? 0) !== expected) return undefined;
    const revision = this.#revision + 1;
    const entry: Entry = {
      key,
      value: value(revision),
      createRevision: previous?.createRevision ?? revision,
      modRevision: revision,
      version: (previous?.version ?? 0) + 1,
      ...(lease === undefined ? {} : { lease }),
    };
    this.#entries.set(key, entry);
    if (previous === undefined) this.#keys.add(key);
    if (lease !== undefined) this.#leases.get(lease)?.add(key);
    this.#commit({ revision, key, entry, ...(previous === undefined ? {} : { previous }) });
    return entry;
  }

  /** Deletes when the mod revision fits; `removed` makes what watchers see. Answers the event, or undefined. */
  delete(
    key: string,
    removed: (last: JsonObject, revision: number) => JsonObject,
    expected?: number,
  ): StoreEvent | undefined {
    const previous = this.#entries.get(key);
    if (previous === undefined || (expected !== undefined && previous.modRevision !== expected)) return undefined;
    const revision = this.#revision + 1;
    this.#entries.delete(key);
    this.#keys.delete(key);
    if (previous.lease !== undefined) this.#leases.get(previous.lease)?.delete(key);
    const event: StoreEvent = { revision, key, previous, removed: removed(previous.value, revision) };
    this.#commit(event);
    return event;
  }

  /** Entries whose keys start with `prefix`, from `from` on, at most `limit` (0: all), as of `atRevision`. */
  range(
    prefix: string,
    options: { readonly from?: string; readonly limit?: number; readonly atRevision?: number } = {},
  ): Range | StoreFailure {
    const { from = prefix, limit = 0, atRevision } = options;
    if (atRevision !== undefined && atRevision !== this.#revision)
      return this.#rangeAt(prefix, from, limit, atRevision);
    const entries: Entry[] = [];
    let remaining = 0;
    this.#keys.walk(from, (key) => {
      if (!key.startsWith(prefix)) return false;
      const entry = this.#entries.get(key);
      if (entry !== undefined) {
        if (limit > 0 && entries.length >= limit) remaining += 1;
        else entries.push(entry);
      }
      return true;
    });
    return { entries, remaining, revision: this.#revision };
  }

  /** Events after `revision` whose keys start with `prefix`, oldest first. */
  since(revision: number, prefix: string): readonly StoreEvent[] | StoreFailure {
    if (revision < this.#compacted) return { error: COMPACTED };
    return this.#log.slice(revision - this.#compacted).filter((event) => event.key.startsWith(prefix));
  }

  /** Forgets what happened up to a revision: older reads and watches fail. */
  compact(revision: number): void {
    if (revision <= this.#compacted) return;
    const upTo = Math.min(revision, this.#revision);
    this.#log = this.#log.slice(upTo - this.#compacted);
    this.#compacted = upTo;
  }

  /** Hears every write at once, in order. Not part of a snapshot. */
  subscribe(listener: StoreListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  grantLease(): number {
    const id = this.#nextLease;
    this.#nextLease += 1;
    this.#leases.set(id, new Set());
    return id;
  }

  /** Ends a lease: its keys are deleted. */
  revokeLease(id: number, removed: (last: JsonObject, revision: number) => JsonObject): void {
    for (const key of this.#leases.get(id) ?? []) this.delete(key, removed);
    this.#leases.delete(id);
  }

  snapshot(): Plain {
    const events = this.#log.map((event) => ({ ...event }));
    return {
      revision: this.#revision,
      compacted: this.#compacted,
      nextLease: this.#nextLease,
      leases: [...this.#leases].map(([id, keys]) => ({ id, keys: [...keys] })),
      entries: [...this.#entries.values()] as unknown as Plain,
      log: events as unknown as Plain,
    };
  }

  restore(state: Plain): void {
    const saved = state as unknown as {
      revision: number;
      compacted: number;
      nextLease: number;
      leases: { id: number; keys: string[] }[];
      entries: Entry[];
      log: StoreEvent[];
    };
    this.#revision = saved.revision;
    this.#compacted = saved.compacted;
    this.#nextLease = saved.nextLease;
    this.#log = [...saved.log];
    this.#entries.clear();
    this.#keys.clear();
    this.#leases.clear();
    for (const { id, keys } of saved.leases) this.#leases.set(id, new Set(keys));
    for (const entry of saved.entries) {
      this.#entries.set(entry.key, entry);
      this.#keys.add(entry.key);
    }
  }

  #commit(event: StoreEvent): void {
    this.#revision = event.revision;
    this.#log.push(event);
    if (this.#log.length > MAX_LOG_EVENTS) this.compact(this.#revision - MAX_LOG_EVENTS / 2);
    for (const listener of this.#listeners) listener(event);
  }

  /** An old state is the present one with the log undone. */
  #rangeAt(prefix: string, from: string, limit: number, revision: number): Range | StoreFailure {
    if (revision > this.#revision) return { error: FUTURE_REVISION };
    if (revision < this.#compacted) return { error: COMPACTED };
    const then = new Map<string, Entry | undefined>();
    for (let at = this.#log.length - 1; at >= revision - this.#compacted; at -= 1) {
      const event = this.#log[at];
      if (event?.key.startsWith(prefix) === true) then.set(event.key, event.previous);
    }
    const keys: string[] = [];
    this.#keys.walk(from, (key) => {
      if (!key.startsWith(prefix)) return false;
      keys.push(key);
      return true;
    });
    for (const [key, entry] of then) if (entry !== undefined && key >= from && !this.#entries.has(key)) keys.push(key);
    const all = keys
      .toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0))
      .map((key) => (then.has(key) ? then.get(key) : this.#entries.get(key)))
      .filter((entry) => entry !== undefined);
    const entries = limit > 0 ? all.slice(0, limit) : all;
    return { entries, remaining: all.length - entries.length, revision };
  }
}
