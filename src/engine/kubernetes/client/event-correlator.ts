/**
 * Which Events are worth a write (client-go tools/record events_cache). Models: counting of equal events, the combination
 * of many similar ones, the spam filter's token bucket per source and object.
 */
import type { Plain } from '../../../protocol/plain.ts';
import type { ObjectReference } from '../apimachinery/types.ts';

/** Keys that each of the three caches remembers. */
const MAX_REMEMBERED = 4096;
/** From this many different messages for one reason on, the rest become one combined event … */
const SIMILAR_LIMIT = 10;
/** … until nothing similar came for so long. */
const SIMILAR_INTERVAL_MS = 600_000;
/** Events about one object before the filter holds some back, and the time until one more may pass. */
const SPAM_BURST = 25;
const SPAM_REFILL_MS = 300_000;

export interface Happening {
  readonly about: ObjectReference;
  readonly type: string;
  readonly reason: string;
  readonly message: string;
}

/** An event that is to be written. */
export interface Correlated {
  /** Equal events share it. */
  readonly key: string;
  readonly message: string;
  /** How often it has happened; 1: it is new. */
  readonly count: number;
  /** The stored event of this key, where one was written. */
  readonly stored?: StoredEvent;
}
export type StoredEvent = { readonly name: string; readonly namespace: string };

type Similar = { readonly messages: readonly string[]; readonly lastMs: number };
type Observed = { readonly count: number; readonly stored?: StoredEvent };
type Bucket = { readonly tokens: number; readonly atMs: number };

export class EventCorrelator {
  readonly #observed = new Map<string, Observed>();
  readonly #similar = new Map<string, Similar>();
  readonly #buckets = new Map<string, Bucket>();

  /** Counts the event; undefined: it is held back as spam. */
  correlate(happening: Happening, nowMs: number): Correlated | undefined {
    const { about, type, reason, message } = happening;
    const subject = `${about.kind ?? ''}|${about.namespace ?? ''}|${about.name ?? ''}|${about.uid ?? ''}`;
    const family = `${subject}|${type}|${reason}`;
    const combined = this.#combines(family, message, nowMs);
    const key = combined ? family : `${family}|${about.fieldPath ?? ''}|${message}`;
    const known = this.#observed.get(key);
    const observed = { ...known, count: (known?.count ?? 0) + 1 };
    remember(this.#observed, key, observed);
    if (!this.#passes(subject, nowMs)) return undefined;
    return { key, message: combined ? `(combined from similar events): ${message}` : message, ...observed };
  }

  /** The event of a key is stored under this name. */
  written(key: string, stored: StoredEvent): void {
    remember(this.#observed, key, { count: this.#observed.get(key)?.count ?? 1, stored });
  }

  snapshot(): Plain {
    return { observed: [...this.#observed], similar: [...this.#similar], buckets: [...this.#buckets] };
  }

  restore(state: Plain): void {
    const { observed, similar, buckets } = state as {
      observed: [string, Observed][];
      similar: [string, Similar][];
      buckets: [string, Bucket][];
    };
    refill(this.#observed, observed);
    refill(this.#similar, similar);
    refill(this.#buckets, buckets);
  }

  /** True when the reason has had too many different messages lately. */
  #combines(family: string, message: string, nowMs: number): boolean {
    const known = this.#similar.get(family);
    const before = known !== undefined && nowMs - known.lastMs <= SIMILAR_INTERVAL_MS ? known.messages : [];
    const isNew = !before.includes(message);
    const combines = isNew && before.length + 1 >= SIMILAR_LIMIT;
    remember(this.#similar, family, { messages: isNew && !combines ? [...before, message] : before, lastMs: nowMs });
    return combines;
  }

  #passes(subject: string, nowMs: number): boolean {
    const known = this.#buckets.get(subject);
    const refilled = known === undefined ? SPAM_BURST : known.tokens + (nowMs - known.atMs) / SPAM_REFILL_MS;
    const tokens = Math.min(SPAM_BURST, refilled);
    const passes = tokens >= 1;
    remember(this.#buckets, subject, { tokens: passes ? tokens - 1 : tokens, atMs: nowMs });
    return passes;
  }
}

/** Puts a key last; the one that was unused for longest goes. */
function remember<T>(cache: Map<string, T>, key: string, value: T): void {
  cache.delete(key);
  cache.set(key, value);
  if (cache.size <= MAX_REMEMBERED) return;
  const [oldest] = cache.keys();
  if (oldest !== undefined) cache.delete(oldest);
}

function refill<T>(cache: Map<string, T>, entries: readonly (readonly [string, T])[]): void {
  cache.clear();
  for (const [key, value] of entries) cache.set(key, value);
}
