import type { Plain } from '../../../../protocol/plain.ts';
import type { Fd, Pid, Signal } from '../../../../protocol/program.ts';
import type { Notify } from '../../../sim/notify.ts';
import type { SocketId } from '../../net/interface.ts';
import type { ActiveState, UnitView } from '../interface.ts';

/** A command of the unit's last run that has been started. */
export interface RunCommand {
  /** `ExecStart`. */
  readonly setting: string;
  readonly argv: readonly string[];
  readonly pid: number;
  exitCode?: number;
  exitSignal?: Signal;
}

/** A socket that process 1 has open, and its descriptor there. */
export interface HeldSocket {
  readonly socket: SocketId;
  readonly fd: Fd;
}

/** The connection that a service was started for, and the socket unit it came by. */
export interface Connection extends HeldSocket {
  readonly of: string;
  /** Absent where it comes from the same machine's files. */
  readonly peer?: { readonly ip: string; readonly port: number };
}

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
  /** Those of the last run, in the order in which they were started. */
  commands: RunCommand[];
  /** Index of the command that runs now among those of its setting. */
  command: number;
  /** The process of a command beside the main one: ExecStartPre, ExecStop …; of ExecStart where the service forks. */
  controlPid: number;
  /** The start or stop that somebody asked for and that has not ended yet. */
  job: 'start' | 'stop' | undefined;
  /** The one that has ended last. */
  lastJob: 'start' | 'stop' | undefined;
  /** It starts again once it has stopped. */
  again: boolean;
  /** What the service says of itself (STATUS=). */
  statusText: string | undefined;
  /** Units whose jobs have to end before its own start begins (After=). */
  awaiting: string[];
  /** Why the last job failed, where that says nothing about how the unit ended. */
  jobFailure: 'dependency' | 'refused' | 'reload' | undefined;
  /** Unix µs of the last time it became active, and ceased to be; 0 never. */
  activeFromUnixUs: number;
  activeUntilUnixUs: number;
  /** The same for being inactive (or failed). */
  inactiveFromUnixUs: number;
  inactiveUntilUnixUs: number;
  /** A timer's last elapse and its next, and its triggers whose only moment is over. */
  lastTriggerUnixUs: number;
  nextElapseUnixUs: number | undefined;
  spentTriggers: number[];
  /** Of a socket: what it listens at, and how many connections came and were turned away. */
  sockets: readonly HeldSocket[];
  accepted: number;
  refused: number;
  connection: Connection | undefined;
  /** Its control group is frozen. */
  isFrozen: boolean;
  /** Made by a program while it runs: nothing is left of it after its end. */
  isTransient: boolean;
  /** The process whose standard input and output the service gets. */
  stdioOf: Pid | undefined;
  /** Identifies this run: 32 hexadecimal digits. */
  invocation: string;
  /** Of a path: its watches, and what it has seen of each place. */
  watches: readonly number[];
  seen: readonly string[];
  /** Events: a restart that is due, a stop that takes too long, the next elapse of a timer. */
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
  commands: [],
  command: 0,
  controlPid: 0,
  job: undefined,
  lastJob: undefined,
  again: false,
  statusText: undefined,
  awaiting: [],
  jobFailure: undefined,
  activeFromUnixUs: 0,
  activeUntilUnixUs: 0,
  inactiveFromUnixUs: 0,
  inactiveUntilUnixUs: 0,
  lastTriggerUnixUs: 0,
  nextElapseUnixUs: undefined,
  spentTriggers: [],
  sockets: [],
  accepted: 0,
  refused: 0,
  connection: undefined,
  isFrozen: false,
  isTransient: false,
  stdioOf: undefined,
  invocation: '',
  watches: [],
  seen: [],
  timer: undefined,
  waiting: [],
  callers: [],
  text: undefined,
});

const copy = (unit: UnitState): UnitState => ({
  ...unit,
  starts: [...unit.starts],
  commands: unit.commands.map((each) => ({ ...each })),
  awaiting: [...unit.awaiting],
  spentTriggers: [...unit.spentTriggers],
  waiting: [...unit.waiting],
  callers: [...unit.callers],
});

export const saveUnits = (units: ReadonlyMap<string, UnitState>): Plain =>
  [...units.values()].map(copy) as unknown as Plain;
export const loadUnits = (saved: Plain): Map<string, UnitState> =>
  new Map((saved as unknown as UnitState[]).map((unit) => [unit.name, copy(unit)]));
