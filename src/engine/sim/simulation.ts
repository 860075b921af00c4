import type { VirtualClock } from './clock.ts';
import type { EventLoop } from './event-loop.ts';
import type { Hop } from './hop.ts';
import type { SeededRandom } from './random.ts';
import type { Trace } from './trace.ts';

/** What every component is constructed with: the only source of time, chance and order. */
export interface Simulation {
  readonly clock: VirtualClock;
  readonly random: SeededRandom;
  readonly loop: EventLoop;
  readonly trace: Trace;
  readonly hop: Hop;
}
