import type { Plain } from '../../protocol/plain.ts';
import type { VirtualClock } from './clock.ts';
import type { Component } from './component.ts';
import type { Trace } from './trace.ts';

/** An event is data: what shall happen, to whom, when. */
export interface SimEvent {
  /** Virtual time, µs. */
  readonly dueUs: number;
  /** Events due at one instant run in this order. */
  readonly seq: number;
  readonly target: string;
  readonly type: string;
  readonly payload: Plain;
  /** Trace record that led to it. */
  readonly cause?: number;
}

/** What should have happened at `atUs` and was put off. */
export interface LateEvent {
  readonly atUs: number;
  readonly target: string;
  readonly type: string;
  readonly payload: Plain;
}

/** More events than this at one instant is a livelock: the clock stops and the loop is named. */
export const MAX_EVENTS_AT_ONE_INSTANT = 1_000_000;

/** What components need of the loop. */
export interface Scheduler {
  /** Schedules an event `delayUs` from now (0: still at this instant, after those already due); answers its number. */
  schedule(delayUs: number, target: string, type: string, payload?: Plain): number;
  /** Takes an event back; one that has run already is ignored. */
  cancel(seq: number): void;
}

/** The discrete-event loop: runs events by due time, then by number. */
export class EventLoop implements Scheduler {
  #heap: SimEvent[] = [];
  #nextSeq = 1;
  #ran = 0;
  /** Due time of the last event, and how many before it were due then; the clock itself may stand between events. */
  #instantUs = -1;
  #atInstant = 0;
  readonly #cancelled = new Set<number>();
  readonly #pending = new Set<number>();
  readonly #components = new Map<string, Component>();

  constructor(
    readonly clock: VirtualClock,
    readonly trace: Trace,
  ) {}

  /** Events run so far. */
  get ran(): number {
    return this.#ran;
  }
  get pending(): number {
    return this.#pending.size;
  }

  register(target: string, component: Component): void {
    if (this.#components.has(target)) throw new Error(`component ${target} exists twice`);
    this.#components.set(target, component);
  }

  /** Everything registered, in order. */
  components(): readonly (readonly [target: string, component: Component])[] {
    return [...this.#components];
  }

  unregister(target: string): void {
    this.#components.delete(target);
  }

  schedule(delayUs: number, target: string, type: string, payload?: Plain): number {
    const seq = this.#nextSeq;
    this.#nextSeq += 1;
    const dueUs = this.clock.nowUs + Math.max(0, Math.round(delayUs));
    const { cause } = this.trace;
    this.#pending.add(seq);
    push(
      this.#heap,
      cause === undefined ? { dueUs, seq, target, type, payload } : { dueUs, seq, target, type, payload, cause },
    );
    return seq;
  }

  cancel(seq: number): void {
    if (this.#pending.delete(seq)) this.#cancelled.add(seq);
  }

  /** Due time of the next event, µs; undefined where nothing is scheduled. */
  nextDueUs(): number | undefined {
    for (;;) {
      const [top] = this.#heap;
      if (top === undefined) return undefined;
      if (!this.#cancelled.delete(top.seq)) return top.dueUs;
      pop(this.#heap);
    }
  }

  /** Runs the next event and advances the clock to it; false where there is none. */
  step(): boolean {
    const due = this.nextDueUs();
    const event = due === undefined ? undefined : pop(this.#heap);
    if (event === undefined) return false;
    this.#atInstant = event.dueUs === this.#instantUs ? this.#atInstant + 1 : 0;
    this.#instantUs = event.dueUs;
    if (this.#atInstant > MAX_EVENTS_AT_ONE_INSTANT) {
      throw new Error(
        `drydock: more than ${String(MAX_EVENTS_AT_ONE_INSTANT)} events at one instant; the loop goes through ${event.target} ${event.type}`,
      );
    }
    this.clock.advanceTo(event.dueUs);
    this.#run(event);
    return true;
  }

  #run(event: SimEvent): void {
    this.#pending.delete(event.seq);
    this.#ran += 1;
    this.trace.cause = event.cause;
    // A component that is gone (a dead process, a removed container) takes its events with it.
    this.#components.get(event.target)?.handle(event.type, event.payload);
    this.trace.cause = undefined;
  }

  /**
   * Runs what was put off, each at its own time, and what follows from it up to now; what is due later joins the others.
   * For work that nobody could notice until this moment: nothing that has run since may depend on it.
   */
  catchUp(late: readonly LateEvent[]): void {
    const { nowUs } = this.clock;
    const { cause } = this.trace;
    const present = this.#heap;
    this.#heap = [];
    for (const { atUs, target, type, payload } of late) {
      this.clock.restore(atUs);
      this.schedule(0, target, type, payload);
    }
    for (let due = this.nextDueUs(); due !== undefined && due <= nowUs; due = this.nextDueUs()) {
      const event = pop(this.#heap);
      if (event === undefined) break;
      this.clock.restore(event.dueUs);
      this.#run(event);
    }
    for (const event of this.#heap) push(present, event);
    this.#heap = present;
    this.clock.restore(nowUs);
    this.trace.cause = cause;
  }

  snapshot(): Plain {
    this.nextDueUs();
    const events = this.#heap.filter((event) => !this.#cancelled.has(event.seq)).toSorted(before);
    return {
      nowUs: this.clock.nowUs,
      nextSeq: this.#nextSeq,
      ran: this.#ran,
      instantUs: this.#instantUs,
      atInstant: this.#atInstant,
      events: events as unknown as Plain,
    };
  }

  restore(state: Plain): void {
    const saved = state as unknown as {
      nowUs: number;
      nextSeq: number;
      ran: number;
      instantUs: number;
      atInstant: number;
      events: SimEvent[];
    };
    this.clock.restore(saved.nowUs);
    this.#nextSeq = saved.nextSeq;
    this.#ran = saved.ran;
    this.#instantUs = saved.instantUs;
    this.#atInstant = saved.atInstant;
    this.#heap = [...saved.events];
    this.#cancelled.clear();
    this.#pending.clear();
    for (const { seq } of saved.events) this.#pending.add(seq);
  }
}

const before = (a: SimEvent, b: SimEvent): number => a.dueUs - b.dueUs || a.seq - b.seq;

function push(heap: SimEvent[], event: SimEvent): void {
  let at = heap.length;
  heap.push(event);
  while (at > 0) {
    const up = (at - 1) >> 1;
    const parent = heap[up];
    if (parent === undefined || before(parent, event) <= 0) break;
    heap[at] = parent;
    at = up;
  }
  heap[at] = event;
}

function pop(heap: SimEvent[]): SimEvent | undefined {
  const [top] = heap;
  const last = heap.pop();
  if (top === undefined || last === undefined || heap.length === 0) return top;
  let at = 0;
  for (;;) {
    const left = 2 * at + 1;
    const a = heap[left];
    const b = heap[left + 1];
    if (a === undefined) break;
    const smaller = b !== undefined && before(b, a) < 0 ? b : a;
    if (before(last, smaller) <= 0) break;
    heap[at] = smaller;
    at = smaller === a ? left : left + 1;
  }
  heap[at] = last;
  return top;
}
