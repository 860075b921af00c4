import type { Plain } from '../../../protocol/plain.ts';
import type { Signal } from '../../../protocol/program.ts';
import type { Notify } from '../../sim/notify.ts';
import type { ActiveState, UnitView } from './interface.ts';

/** What systemd knows of a unit beside its files: all data. */
export interface UnitState {
  readonly name: string;
  active: ActiveState;
  sub: string;
  mainPid: number;
  exitCode: number | undefined;
  exitSignal: Signal | undefined;
  result: UnitView['result'];
  sinceUnixUs: number;
  restarts: number;
  /** Starts within the rate-limit interval, µs. */
  starts: number[];
  /** Index of the command that runs now, of ExecStartPre and ExecStart in turn. */
  command: number;
  stopping: boolean;
  /** Events: a restart that is due, a stop that takes too long. */
  timer: number | undefined;
  waiting: Notify[];
  /** Sockets whose call waits for the job. */
  callers: number[];
  /** Text of the files at the last reload. */
  text: string | undefined;
}

export interface Provided {
  readonly component: string;
  readonly memoryBytes: number | undefined;
  readonly handledSignals: readonly string[];
}

export const freshUnit = (name: string): UnitState => ({
  name,
  active: 'inactive',
  sub: 'dead',
  mainPid: 0,
  exitCode: undefined,
  exitSignal: undefined,
  result: 'success',
  sinceUnixUs: 0,
  restarts: 0,
  starts: [],
  command: 0,
  stopping: false,
  timer: undefined,
  waiting: [],
  callers: [],
  text: undefined,
});

export const saveUnits = (units: ReadonlyMap<string, UnitState>): Plain =>
  [...units.values()].map((unit) => ({
    ...unit,
    starts: [...unit.starts],
    waiting: [...unit.waiting],
    callers: [...unit.callers],
  })) as unknown as Plain;
export const loadUnits = (saved: Plain): Map<string, UnitState> =>
  new Map(
    (saved as unknown as UnitState[]).map((unit) => [
      unit.name,
      { ...unit, starts: [...unit.starts], waiting: [...unit.waiting], callers: [...unit.callers] },
    ]),
  );
