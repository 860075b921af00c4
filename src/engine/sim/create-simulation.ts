import { VirtualClock } from './clock.ts';
import { DEFAULT_START_MS } from './default-start.ts';
import { EventLoop } from './event-loop.ts';
import { SeededRandom } from './random.ts';
import { Hop } from './hop.ts';
import type { Simulation } from './simulation.ts';
import { Trace } from './trace.ts';

export function createSimulation(seed: number, startMs = DEFAULT_START_MS): Simulation {
  const clock = new VirtualClock(startMs);
  const trace = new Trace(clock);
  return { clock, trace, random: new SeededRandom(seed), loop: new EventLoop(clock, trace), hop: new Hop() };
}
