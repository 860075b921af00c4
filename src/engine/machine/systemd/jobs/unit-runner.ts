/** What the jobs of a unit are carried out by, one for each type of unit that is started. */
import type { UnitState } from '../units/unit-state.ts';

export interface UnitRunner {
  start(unit: UnitState): void;
  stop(unit: UnitState): void;
  restart(unit: UnitState): void;
}

/** Timers, sockets and paths: they wait, and start another unit. */
export interface TriggerRunner extends UnitRunner {
  /** The unit that it starts; undefined where there is not one alone. */
  triggered(name: string): string | undefined;
  /** What it starts has changed its state. */
  triggeredChanged(unit: UnitState, changed: UnitState): void;
}
