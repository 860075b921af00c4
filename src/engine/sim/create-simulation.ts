import { VirtualClock } from './clock.ts';
import { EventLoop } from './event-loop.ts';
import { SeededRandom } from './random.ts';
import { Hop } from './hop.ts';
import type { Simulation } from './simulation.ts';
import { Trace } from './trace.ts';

/** 2026-03-02T00:00:00Z, a Monday: where virtual time starts unless a topology says otherwise. */
export const DEFAULT_START_MS = 1_772_409_600_000;

export function createSimulation(seed: number, startMs = DEFAULT_START_MS): Simulation {
  const clock = new VirtualClock(startMs);
  const trace = new Trace(clock);
  return { clock, trace, random: new SeededRandom(seed), loop: new EventLoop(clock, trace), hop: new Hop() };
}
