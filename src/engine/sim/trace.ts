import type { JsonValue, Plain } from '../../protocol/plain.ts';
import type { TraceRecord } from '../../protocol/trace.ts';
import type { Clock } from './clock.ts';
import { RunningHash } from './hash.ts';

/** Records kept for the pictures; older ones are only in the hash. */
export const TRACE_RING_RECORDS = 200_000;

type Draft = { -readonly [member in keyof TraceRecord]: TraceRecord[member] };

export type TraceListener = (record: TraceRecord) => void;

/**
 * The stream of facts: a running hash, a ring of the latest records, and subscribers. Records are hashed when somebody asks
 * for the hash, at the latest when they leave the ring; their data is never changed after they were made.
 */
export class Trace {
  #hash = new RunningHash();
  /** Recorded and not yet in the hash. */
  #unhashed: TraceRecord[] = [];
  #count = 0;
  #ring: TraceRecord[] = [];
  #ringStart = 0;
  readonly #listeners = new Set<TraceListener>();
  /** Number of the record in whose consequence the current event runs. */
  cause: number | undefined;

  constructor(
    private readonly clock: Clock,
    private readonly ringSize = TRACE_RING_RECORDS,
  ) {}

  get count(): number {
    return this.#count;
  }

  /** 16 hexadecimal digits over every record so far. */
  get hash(): string {
    this.#catchUp();
    return this.#hash.digest();
  }

  /** Adds a record and answers its number; what is scheduled next by this handler is caused by it. */
  record(source: string, type: string, subject?: string, data?: JsonValue): number {
    this.#count += 1;
    const record: Draft = { number: this.#count, atUs: this.clock.nowUs, source, type };
    if (subject !== undefined) record.subject = subject;
    if (data !== undefined) record.data = data;
    if (this.cause !== undefined) record.cause = this.cause;
    this.#unhashed.push(record);
    if (this.#unhashed.length >= this.ringSize) this.#catchUp();
    if (this.#ring.length < this.ringSize) this.#ring.push(record);
    else {
      this.#ring[this.#ringStart] = record;
      this.#ringStart = (this.#ringStart + 1) % this.ringSize;
    }
    this.cause = record.number;
    for (const listener of this.#listeners) listener(record);
    return record.number;
  }

  #catchUp(): void {
    for (const { number, atUs, source, type, subject, cause, data } of this.#unhashed) {
      // The hash runs over the pieces as over the whole line.
      this.#hash.update(`${String(number)}|${String(atUs)}|`);
      this.#hash.update(source);
      this.#hash.update('|');
      this.#hash.update(type);
      this.#hash.update('|');
      if (subject !== undefined) this.#hash.update(subject);
      this.#hash.update(`|${String(cause ?? 0)}|`);
      if (data !== undefined) this.#hash.update(JSON.stringify(data));
    }
    this.#unhashed = [];
  }

  /** The kept records from number `from` on, oldest first. */
  since(from: number): readonly TraceRecord[] {
    const ordered = [...this.#ring.slice(this.#ringStart), ...this.#ring.slice(0, this.#ringStart)];
    return ordered.filter((record) => record.number >= from);
  }

  subscribe(listener: TraceListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  snapshot(): Plain {
    this.#catchUp();
    return { count: this.#count, hash: [...this.#hash.state] };
  }

  restore(state: Plain): void {
    const { count, hash } = state as { count: number; hash: [number, number] };
    this.#count = count;
    this.#unhashed = [];
    this.#hash = new RunningHash(hash);
    this.#ring = [];
    this.#ringStart = 0;
    this.cause = undefined;
  }
}
