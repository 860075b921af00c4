/** For tests of sessions: a small world, and surroundings whose wall time and end are the test's. */
import type { Sandbox, SessionEnvironment } from '../engine/session.ts';
import { createSimulation } from '../engine/sim/create-simulation.ts';
import type { Plain } from '../protocol/plain.ts';
import type { Input, WorldReader, WorldView } from '../protocol/simulation.ts';
import type { SandboxStore } from '../protocol/store.ts';

export const IDENTITY = { topology: 'toy', seed: 1, engine: 'a' };
/** Typed into a toy world it throws. */
export const POISON = 'poison';

/** A world that remembers what was typed and ticks every virtual millisecond. */
export class ToyWorld implements Sandbox {
  readonly simulation = createSimulation(1);
  typed: string[] = [];
  ticks = 0;
  readonly reader: WorldReader = {
    object: () => undefined,
    objects: () => [],
    file: () => undefined,
    container: () => undefined,
    nowMs: () => 0,
  };

  constructor() {
    this.simulation.loop.register('toy', this);
  }
  boot(): Promise<void> {
    this.simulation.loop.schedule(1000, 'toy', 'tick');
    return Promise.resolve();
  }
  apply(input: Input): void {
    if (input.type !== 'terminal.type') return;
    if (input.text === POISON) throw new Error('the engine died');
    this.typed.push(`${input.text}@${String(this.simulation.loop.ran)}`);
  }
  handle(): void {
    this.ticks += 1;
    this.simulation.loop.schedule(1000, 'toy', 'tick');
  }
  listen(): () => void {
    return () => undefined;
  }
  view(): WorldView {
    return { nowMs: 0, ran: 0, hosts: [], nodes: [], pods: [], services: [], workloads: [] };
  }
  unsaveable(): readonly string[] {
    return this.ticks % 3 === 1 ? ['in the middle'] : [];
  }
  snapshot(): Plain {
    return { loop: this.simulation.loop.snapshot(), typed: this.typed, ticks: this.ticks };
  }
  restore(state: Plain): void {
    const saved = state as { loop: Plain; typed: string[]; ticks: number };
    this.simulation.loop.restore(saved.loop);
    this.typed = [...saved.typed];
    this.ticks = saved.ticks;
  }
}

/** Surroundings whose wall clock and timers are driven by the test, and which stop for ever at `kill`. */
export class Surroundings implements SessionEnvironment {
  dead = false;
  #now = 0;
  #timers: { readonly atMs: number; readonly callback: () => void }[] = [];
  readonly store: SandboxStore;

  constructor(store: SandboxStore) {
    // After the death of a worker its calls neither happen nor settle.
    this.store = new Proxy(store, {
      get:
        (target, name: keyof SandboxStore) =>
        (...args: never[]) =>
          this.dead
            ? new Promise(() => undefined)
            : (target[name] as (...values: never[]) => Promise<unknown>)(...args),
    });
  }
  wallMs(): number {
    return this.#now;
  }
  after(ms: number, callback: () => void): () => void {
    const timer = { atMs: this.#now + ms, callback };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }
  macrotask(): Promise<void> {
    return this.dead ? new Promise(() => undefined) : new Promise((resolve) => setImmediate(resolve));
  }
  /** Lets so much wall time pass, with what is due in it. */
  async pass(ms: number): Promise<void> {
    const until = this.#now + ms;
    while (!this.dead) {
      const next = this.#timers.filter(({ atMs }) => atMs <= until).toSorted((a, b) => a.atMs - b.atMs)[0];
      if (next === undefined) break;
      this.#now = Math.max(this.#now, next.atMs);
      this.#timers = this.#timers.filter((timer) => timer !== next);
      next.callback();
      await turns(2);
    }
    this.#now = until;
    await turns(2);
  }
}

export async function turns(count: number): Promise<void> {
  for (let i = 0; i < count; i += 1) await new Promise((resolve) => setImmediate(resolve));
}

export const type = (text: string): Input => ({ type: 'terminal.type', terminal: 't', text });
