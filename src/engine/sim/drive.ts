import type { Simulation } from './simulation.ts';

/** What the driver needs from outside: a macrotask hop, and optionally a wall clock for slices. */
export interface DriveHost {
  /** Settles in a later macrotask, after every microtask that is queued now. */
  macrotask(): Promise<void>;
}

export interface DriveLimits {
  /** Runs events due up to and including this virtual time, µs. */
  readonly untilUs?: number;
  /** Runs until this many events have run in all. */
  readonly untilRan?: number;
  /** Asked between events; true ends the drive. */
  readonly stop?: () => boolean;
}

export type DriveEnd = 'idle' | 'limit' | 'stopped';

/** Events between two looks at the stop condition where no program was woken. */
const STOP_CHECK_EVENTS = 16;

/**
 * Runs events in order; after an event that has woken a program the macrotask queue runs once, and holds are waited for, so
 * that a program's reaction is complete before the next event. `limit`: the next event lies beyond the limits.
 */
export async function drive(simulation: Simulation, host: DriveHost, limits: DriveLimits): Promise<DriveEnd> {
  const { loop, hop } = simulation;
  await settle(simulation, host);
  for (let sinceCheck = 0; ; sinceCheck += 1) {
    if (limits.stop !== undefined && (sinceCheck % STOP_CHECK_EVENTS === 0 || sinceCheck === 0) && limits.stop())
      return 'stopped';
    if (limits.untilRan !== undefined && loop.ran >= limits.untilRan) return 'limit';
    const dueUs = loop.nextDueUs();
    if (dueUs === undefined) return 'idle';
    if (limits.untilUs !== undefined && dueUs > limits.untilUs) return 'limit';
    loop.step();
    if (hop.take() || hop.held > 0) {
      await settleAfterWake(simulation, host);
      if (limits.stop?.() === true) return 'stopped';
    }
  }
}

/** Lets programs that were woken outside an event (by an input) run to their next call. */
export async function settle(simulation: Simulation, host: DriveHost): Promise<void> {
  if (simulation.hop.take() || simulation.hop.held > 0) await settleAfterWake(simulation, host);
}

async function settleAfterWake({ hop }: Simulation, host: DriveHost): Promise<void> {
  do {
    await host.macrotask();
    if (hop.held > 0) await hop.whenReleased();
  } while (hop.take() || hop.held > 0);
  hop.settled();
}
