import type { Plain } from '../../../../protocol/plain.ts';
import {
  signalNumber,
  type Credentials,
  type Pid,
  type Signal,
  type WaitStatus,
} from '../../../../protocol/program.ts';
import type { Result } from '../../../../protocol/errno.ts';
import type { Notify } from '../../../sim/notify.ts';
import type { MountNamespace, Place } from '../../files/mounts/mount-namespace.ts';
import type { Cgroup } from '../cgroups/cgroup-tree.ts';
import type { NamespaceSet } from '../interface.ts';
import type { Journal } from './journal.ts';
import type { Descriptor } from '../descriptors/open-files.ts';
import type { ReactiveInstance } from '../reactive/reactive-instance.ts';

/** A call that waits: data, but for the promise that a program holds. */
export interface PendingCall {
  readonly number: number;
  readonly name: string;
  readonly args: CallArguments;
  /** Spending CPU time before it begins, or waiting. */
  stage: 'cost' | 'wait';
  /** Event of its time-out. */
  timer: number | undefined;
  /** What the call has done so far (bytes written, a socket that is being connected). */
  progress: CallArguments;
  /** Became ready while the process was stopped. */
  deferred: boolean;
  resolve: ((value: never) => void) | undefined;
}
export type CallArguments = { readonly [key: string]: Plain };

export type ProcessKind =
  | { readonly type: 'program'; readonly program: string }
  | { readonly type: 'reactive'; readonly program: string; instance: ReactiveInstance | undefined }
  | { readonly type: 'component'; readonly component: string; readonly handled: readonly Signal[] };

export interface Limit {
  readonly soft: number;
  readonly hard: number;
}

/** `realUid` where a set-user-id program runs for another user than the one that it acts as. */
export interface ProcessCredentials extends Credentials {
  readonly realUid?: number;
}

export interface ProcessRecord {
  readonly pid: Pid;
  parent: Pid;
  /** Pids of those whose parent it is, dead ones that nobody has waited for among them. */
  readonly children: Set<Pid>;
  group: Pid;
  session: Pid;
  name: string;
  path: string;
  argv: readonly string[];
  env: Readonly<Record<string, string>>;
  kind: ProcessKind;
  namespaces: NamespaceSet;
  mounts: MountNamespace;
  cgroup: Cgroup;
  credentials: ProcessCredentials;
  /** Capabilities that a set-user-id program may gain. */
  bounding: Credentials['capabilities'];
  umask: number;
  root: Place;
  cwd: Place;
  readonly descriptors: Map<number, Descriptor>;
  readonly dispositions: Map<Signal, 'ignore' | 'catch'>;
  /** Caught signals that the program has not taken. */
  caught: Signal[];
  stopped: boolean;
  /** Set while dead and not waited for. */
  exit: WaitStatus | undefined;
  oomKilled: boolean;
  /** A stop or continue that wait(2) has not reported. */
  change: WaitStatus | undefined;
  readonly startedUs: number;
  userUs: number;
  systemUs: number;
  childrenUserUs: number;
  childrenSystemUs: number;
  /** CPU time not yet spent. */
  debtUs: number;
  baseBytes: number;
  memoryBytes: number;
  nice: number;
  /** Replaced, never changed: processes share it. */
  limits: ReadonlyMap<string, Limit>;
  oomScoreAdj: number;
  noNewPrivileges: boolean;
  /** The capabilities for whose system calls a runtime's filter makes room; undefined where there is no filter. */
  seccomp: Credentials['capabilities'] | undefined;
  tty: number | undefined;
  onExit: Notify | undefined;
  readonly pending: Map<number, PendingCall>;
  journal: Journal;
  /** Counts programs (exec): what an earlier one does has no effect. */
  generation: number;
  /** Why it uses the processor now. */
  busy: 'start' | 'call' | 'exit' | 'burn' | undefined;
  /** What it still had to do on the processor when it was stopped. */
  suspendedUs: number;
  /** Exit code of a program that has returned. */
  ending: number | undefined;
  running: boolean;
  holds: number;
  burnTag: string | undefined;
}

/** What a waiting call answers when it cannot go on yet. */
export const BLOCKED = Symbol('blocked');
/** What a call gave: plain data, a failure among it. */
export type CallValue = Result<Plain>;
export type Attempt = CallValue | typeof BLOCKED;

export const isAlive = (record: ProcessRecord): boolean => record.exit === undefined;

/** 0 to 255; 128 + n after signal n. */
export function exitCodeOf({ exit }: ProcessRecord): number {
  if (exit?.type === 'exited') return exit.code;
  return exit?.type === 'killed' ? 128 + signalNumber(exit.signal) : 0;
}
