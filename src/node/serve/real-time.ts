/** Runs a simulation in step with the wall clock; what clients do is applied between events. */
import { drive } from '../../engine/sim/drive.ts';
import type { Simulation } from '../../engine/sim/simulation.ts';
import { macrotask } from '../macrotask.ts';

/** Longest run of events between two looks at the outside. */
const SLICE_MS = 8;
/** Behind by more than this the backlog is dropped: the simulation then runs slower than the wall clock. */
const MAX_LAG_MS = 250;
const MAX_SLEEP_MS = 50;

export class RealTime {
  #work: (() => void)[] = [];
  #wake: (() => void) | undefined;
  #running = true;

  constructor(
    private readonly simulation: Simulation,
    private readonly speed: number,
  ) {}

  /** Does something to the simulation before its next event. */
  act(work: () => void): void {
    this.#work.push(work);
    this.#wake?.();
  }

  stop(): void {
    this.#running = false;
    this.#wake?.();
  }

  /** Runs until `stop`. */
  async run(): Promise<void> {
    const { clock } = this.simulation;
    let lastMs = performance.now();
    let untilUs = clock.nowUs;
    while (this.isRunning()) {
      for (const work of this.#work.splice(0)) work();
      const begin = performance.now();
      const lagUs = Math.min(
        untilUs - clock.nowUs + (begin - lastMs) * 1000 * this.speed,
        MAX_LAG_MS * 1000 * this.speed,
      );
      untilUs = clock.nowUs + Math.round(lagUs);
      lastMs = begin;
      const stop = (): boolean => this.#work.length > 0 || performance.now() - begin > SLICE_MS;
      const end = await drive(this.simulation, { macrotask }, { untilUs, stop });
      if (end !== 'stopped' && clock.nowUs < untilUs) clock.advanceTo(untilUs);
      if (end === 'stopped' || this.#work.length > 0) await macrotask();
      else await this.#sleep();
    }
  }

  private isRunning(): boolean {
    return this.#running;
  }

  async #sleep(): Promise<void> {
    const dueUs = this.simulation.loop.nextDueUs();
    const waitMs = dueUs === undefined ? MAX_SLEEP_MS : (dueUs - this.simulation.clock.nowUs) / 1000 / this.speed;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, Math.max(1, Math.min(waitMs, MAX_SLEEP_MS)));
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#wake = undefined;
  }
}
