/**
 * The boundary between a simulation and whoever drives it (page, Node runner, tests): inputs go in, each logged with its
 * virtual time and the number of events already run; terminal bytes, views and trace come out.
 */
import type { ErrnoName } from './errno.ts';
import type { HttpRequest, ExchangeEvent } from './http.ts';
import type { JsonObject, Plain } from './plain.ts';
import type { WindowSize } from './program.ts';
import type { TraceRecord } from './trace.ts';

/** Everything from outside that can change the world. */
export type Input =
  | {
      readonly type: 'terminal.open';
      readonly terminal: string;
      readonly host: string;
      readonly size: WindowSize;
      readonly argv?: readonly string[];
    }
  | { readonly type: 'terminal.type'; readonly terminal: string; readonly text: string }
  | { readonly type: 'terminal.resize'; readonly terminal: string; readonly size: WindowSize }
  | { readonly type: 'terminal.close'; readonly terminal: string }
  /** A request from outside the simulated hosts (editor, picture): answered by `exchange` outputs. */
  | { readonly type: 'request'; readonly exchange: string; readonly server: ServerName; readonly request: HttpRequest }
  | { readonly type: 'request.abort'; readonly exchange: string }
  | { readonly type: 'file.write'; readonly host: string; readonly path: string; readonly text: string }
  /** A check that has to act (http, dns, exec) from a process named drydock-check. */
  | { readonly type: 'check'; readonly check: string; readonly host: string; readonly argv: readonly string[] }
  | { readonly type: 'fault'; readonly fault: Fault }
  /** A step of a lesson begins: its history is folded from here. */
  | { readonly type: 'lesson.step'; readonly lesson: string; readonly step: string };

export type ServerName = 'kubernetes' | { readonly docker: string };

export type Fault =
  | {
      readonly kind: 'taint';
      readonly node: string;
      readonly key: string;
      readonly value?: string;
      readonly effect: string;
    }
  | { readonly kind: 'link'; readonly host: string; readonly up: boolean }
  | { readonly kind: 'power'; readonly host: string; readonly on: boolean };

/** One line of the input log. */
export interface LoggedInput {
  /** From 1, without gaps. */
  readonly seq: number;
  /** Virtual time at which it was applied, µs. */
  readonly atUs: number;
  /** Events that had run before it. */
  readonly ran: number;
  readonly input: Input;
}

/** A sandbox is these four; they give the same trace, byte for byte, anywhere. */
export interface SandboxIdentity {
  readonly topology: string;
  readonly seed: number;
  /** Hash of the engine's code. */
  readonly engine: string;
}

/** What a simulation sends out. */
export type Output =
  | { readonly type: 'terminal.output'; readonly terminal: string; readonly bytes: Uint8Array }
  | { readonly type: 'terminal.closed'; readonly terminal: string; readonly reason: string }
  | { readonly type: 'exchange'; readonly exchange: string; readonly event: ExchangeEvent }
  | {
      readonly type: 'check.done';
      readonly check: string;
      readonly code: number;
      readonly stdout: string;
      readonly stderr: string;
    }
  | { readonly type: 'refused'; readonly input: Input; readonly errno: ErrnoName; readonly message: string };

/** Speed of virtual against wall time. */
export interface Pace {
  readonly paused: boolean;
  /** 0.1 to 100. */
  readonly speed: number;
}

// ---- views: what the pictures draw; small, replaced whole, made from the state at most once a frame

export type PodShape = 'pending' | 'running' | 'failing' | 'succeeded' | 'terminating' | 'unknown';

export interface ContainerView {
  readonly name: string;
  readonly image: string;
  readonly state: 'waiting' | 'running' | 'terminated';
  readonly reason: string;
  readonly ready: boolean;
  readonly restarts: number;
  /** How the one before it ended; absent where there was none. */
  readonly last?: { readonly exitCode: number; readonly reason: string };
}
export interface PodView {
  readonly uid: string;
  readonly namespace: string;
  readonly name: string;
  readonly node: string;
  readonly ip: string;
  /** As kubectl's STATUS column. */
  readonly status: string;
  readonly shape: PodShape;
  readonly ready: boolean;
  readonly labels: Readonly<Record<string, string>>;
  /** `Deployment/web` or the direct owner; empty for none. */
  readonly owner: string;
  readonly containers: readonly ContainerView[];
  /** Why it is not running, in the system's own words. */
  readonly message: string;
}
export interface NodeView {
  readonly name: string;
  readonly ip: string;
  readonly roles: readonly string[];
  readonly ready: boolean;
  /** Why it is not ready, in the system's own words; empty where it is. */
  readonly message: string;
  readonly schedulable: boolean;
  readonly taints: readonly string[];
  readonly cpuMillis: { readonly allocatable: number; readonly requested: number };
  readonly memoryBytes: { readonly allocatable: number; readonly requested: number };
  readonly pods: { readonly allocatable: number; readonly count: number };
}
export interface ServiceView {
  readonly namespace: string;
  readonly name: string;
  readonly type: string;
  readonly clusterIp: string;
  readonly ports: readonly string[];
  readonly selector: Readonly<Record<string, string>>;
  /** Pod uids, ready and not ready. */
  readonly endpoints: readonly { readonly pod: string; readonly ip: string; readonly ready: boolean }[];
}
export interface WorkloadView {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly desired: number;
  readonly ready: number;
}
export interface HostView {
  readonly name: string;
  readonly role: string;
  readonly ip: string;
  readonly containers: readonly {
    readonly id: string;
    readonly name: string;
    readonly image: string;
    readonly status: string;
    readonly running: boolean;
    /** Its mark: made but not started is pending, ended with another code than 0 failing. */
    readonly shape: PodShape;
  }[];
}
export interface WorldView {
  /** Virtual time, Unix ms. */
  readonly nowMs: number;
  /** Events run so far. */
  readonly ran: number;
  readonly hosts: readonly HostView[];
  readonly nodes: readonly NodeView[];
  readonly pods: readonly PodView[];
  readonly services: readonly ServiceView[];
  readonly workloads: readonly WorkloadView[];
}

/** Reads for lesson checks: state as it stands, no effect on the world. */
export interface WorldReader {
  /** An object by resource (`pod`, `deployments.apps`, any accepted spelling), or undefined. */
  object(resource: string, namespace: string | undefined, name: string): JsonObject | undefined;
  objects(resource: string, namespace: string | undefined): readonly JsonObject[];
  /** Text of a file on a host, or undefined. */
  file(host: string, path: string): string | undefined;
  /** `docker inspect`'s object of a container, or undefined. */
  container(host: string, name: string): JsonObject | undefined;
  /** Virtual Unix ms. */
  nowMs(): number;
}

/** What a snapshot file or store row holds around the encoded state. */
export interface SnapshotEnvelope {
  readonly format: number;
  readonly identity: SandboxIdentity;
  /** Inputs up to this seq are inside. */
  readonly seq: number;
  readonly atUs: number;
  readonly ran: number;
  readonly state: string;
}

/**
 * Something outside the engine whose state belongs to the sandbox: it hears inputs and the trace, and is saved with it.
 */
export interface SandboxExtension {
  applied(input: Input): void;
  observe(record: TraceRecord): void;
  snapshot(): Plain;
  restore(state: Plain): void;
}
