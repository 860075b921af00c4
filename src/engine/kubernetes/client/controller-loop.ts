/**
 * The loop around a reconciler with its work queue (client-go util/workqueue, controller-runtime). A component: one key is
 * reconciled per event; the next waits for the time that the reconcile costs.
 */
import { wholePower } from '../../../formats/power.ts';
import type { Plain } from '../../../protocol/plain.ts';
import type { Component } from '../../sim/component.ts';
import type { Simulation } from '../../sim/simulation.ts';
import type { Key, Reconciler, WorkQueue } from './interface.ts';

/** Virtual time that one reconcile takes, µs, unless said otherwise. */
export const RECONCILE_COST_US = 100;
const FIRST_RETRY_US = 5_000;
const MAX_RETRY_US = 1_000_000_000;
/** How long to wait for caches before looking again. */
const CACHE_WAIT_US = 10_000;

export interface ControllerLoopOptions {
  readonly simulation: Simulation;
  /** Where its events go; register it under this name: `kube-controller-manager/control-plane/deployment`. */
  readonly target: string;
  readonly costUs?: number;
  /** Nothing is reconciled before this answers true. */
  readonly ready: () => boolean;
}

export class ControllerLoop implements Component, WorkQueue {
  #queue: Key[] = [];
  /** Place of the first key: taking from the front of a long array would move it all. */
  #head = 0;
  readonly #queued = new Set<Key>();
  readonly #failures = new Map<Key, number>();
  /** Keys that come due later: event number and time. */
  readonly #delayed = new Map<Key, { readonly seq: number; readonly dueUs: number }>();
  #next: number | undefined;
  #busyUntilUs = 0;
  #reconciler: Reconciler | undefined;

  constructor(private readonly options: ControllerLoopOptions) {}

  /** Sets the reconciler, which usually needs the queue first. */
  run(reconciler: Reconciler): void {
    this.#reconciler = reconciler;
  }

  get length(): number {
    return this.#queue.length - this.#head;
  }

  add(key: Key): void {
    if (this.#queued.has(key)) return;
    this.#queued.add(key);
    this.#queue.push(key);
    this.#scheduleNext(0);
  }

  addAfter(key: Key, delayUs: number): void {
    if (delayUs <= 0) {
      this.add(key);
      return;
    }
    const { loop, clock } = this.options.simulation;
    const dueUs = clock.nowUs + delayUs;
    const known = this.#delayed.get(key);
    if (known !== undefined) {
      if (known.dueUs <= dueUs) return;
      loop.cancel(known.seq);
    }
    this.#delayed.set(key, { seq: loop.schedule(delayUs, this.options.target, 'due', { key }), dueUs });
  }

  addRateLimited(key: Key): void {
    const failures = this.#failures.get(key) ?? 0;
    this.#failures.set(key, failures + 1);
    this.addAfter(key, Math.min(MAX_RETRY_US, FIRST_RETRY_US * wholePower(2, Math.min(failures, 30))));
  }

  forget(key: Key): void {
    this.#failures.delete(key);
  }

  /** Forgets everything: the process has died. */
  stop(): void {
    const { loop } = this.options.simulation;
    for (const { seq } of this.#delayed.values()) loop.cancel(seq);
    if (this.#next !== undefined) loop.cancel(this.#next);
    this.#next = undefined;
    this.#queue = [];
    this.#head = 0;
    this.#queued.clear();
    this.#failures.clear();
    this.#delayed.clear();
  }

  handle(type: string, payload: Plain): void {
    if (type === 'due') {
      const { key } = payload as { key: Key };
      this.#delayed.delete(key);
      this.add(key);
    } else if (type === 'next') {
      this.#next = undefined;
      this.#step();
    }
  }

  snapshot(): Plain {
    return {
      queue: this.#queue.slice(this.#head),
      failures: [...this.#failures].map(([key, count]) => [key, count]),
      delayed: [...this.#delayed].map(([key, { seq, dueUs }]) => ({ key, seq, dueUs })),
      next: this.#next,
      busyUntilUs: this.#busyUntilUs,
      reconciler: this.#reconciler?.snapshot?.(),
    };
  }

  restore(state: Plain): void {
    const saved = state as {
      queue: Key[];
      failures: [Key, number][];
      delayed: { key: Key; seq: number; dueUs: number }[];
      next: number | undefined;
      busyUntilUs: number;
      reconciler: Plain;
    };
    this.#queue = [...saved.queue];
    this.#head = 0;
    this.#queued.clear();
    this.#failures.clear();
    this.#delayed.clear();
    for (const key of saved.queue) this.#queued.add(key);
    for (const [key, count] of saved.failures) this.#failures.set(key, count);
    for (const { key, seq, dueUs } of saved.delayed) this.#delayed.set(key, { seq, dueUs });
    this.#next = saved.next;
    this.#busyUntilUs = saved.busyUntilUs;
    if (saved.reconciler !== undefined) this.#reconciler?.restore?.(saved.reconciler);
  }

  #scheduleNext(delayUs: number): void {
    if (this.#next !== undefined) return;
    const { loop, clock } = this.options.simulation;
    this.#next = loop.schedule(Math.max(delayUs, this.#busyUntilUs - clock.nowUs), this.options.target, 'next');
  }

  #take(): Key | undefined {
    const key = this.#queue[this.#head];
    if (key === undefined) return undefined;
    this.#head += 1;
    if (this.#head > 1024 && this.#head * 2 > this.#queue.length) {
      this.#queue = this.#queue.slice(this.#head);
      this.#head = 0;
    }
    return key;
  }

  #step(): void {
    if (!this.options.ready()) {
      this.#scheduleNext(CACHE_WAIT_US);
      return;
    }
    const key = this.#take();
    if (key === undefined || this.#reconciler === undefined) return;
    this.#queued.delete(key);
    const { clock, trace } = this.options.simulation;
    this.#busyUntilUs = clock.nowUs + (this.options.costUs ?? RECONCILE_COST_US);
    const result = this.#reconciler.reconcile(key);
    if (result !== undefined && 'error' in result) {
      trace.record(this.options.target, 'reconcile.failed', `${this.#reconciler.name}/${key}`, { error: result.error });
      this.addRateLimited(key);
    } else {
      this.forget(key);
      if (result !== undefined) this.addAfter(key, result.requeueAfterUs);
    }
    if (this.length > 0) this.#scheduleNext(0);
  }
}
