/**
 * The container runtime of one host as dockerd and the kubelet see it: images, pod sandboxes, containers, exec, attach.
 * Both owners use the same runtime; containerd's namespaces (`moby`, `k8s.io`) keep their images and containers apart.
 * Whatever ends later is told through a Notify; whatever is refused at once is answered as a RuntimeFailure.
 */
import type { Plain } from '../../../protocol/plain.ts';
import type { Signal, WindowSize } from '../../../protocol/program.ts';
import type { Notify } from '../../sim/notify.ts';
import type { LinkCounts } from '../net/interface.ts';
import type { ImageStore, RuntimeFailure, RuntimeNamespace } from './image-interface.ts';

export * from './image-interface.ts';

// ------------------------------------------------------------------------------------------------ sandboxes

/** Number of a kernel namespace object (the inode that /proc/PID/ns shows). */
export type NamespaceId = number;

export interface SandboxSpec {
  /** 64 hexadecimal digits; drawn if absent. */
  readonly id?: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly uid: string;
    readonly attempt: number;
  };
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly hostname: string;
  readonly hostNetwork?: boolean;
  readonly hostPid?: boolean;
  readonly hostIpc?: boolean;
  /** Containers of the pod see each other's processes (shareProcessNamespace). */
  readonly sharedPid?: boolean;
  /** Parent cgroup, relative to the hierarchy's root: `/kubepods.slice/kubepods-burstable.slice/kubepods-…slice`. */
  readonly cgroupParent: string;
  /** Default `registry.k8s.io/pause:3.10.1` (from containerd's configuration). */
  readonly image?: string;
  readonly sysctls?: Readonly<Record<string, string>>;
  /** Directory of the pod's logs: `/var/log/pods/NS_NAME_UID`. */
  readonly logDirectory: string;
  /** Told with `{ sandboxId, exitCode }` when the pause process ends by itself. */
  readonly exited?: Notify;
}

export interface SandboxRecord {
  readonly id: string;
  readonly spec: SandboxSpec;
  readonly state: 'ready' | 'not-ready';
  readonly createdUnixUs: number;
  /** Namespaces of the pause process; the CNI plugin gets `netns`. */
  readonly netns: NamespaceId;
  readonly pid: number;
  /** Set by `setSandboxAddresses` after CNI ADD. */
  readonly ips: readonly string[];
}

// ------------------------------------------------------------------------------------------------ containers

export type ContainerState = 'created' | 'running' | 'paused' | 'restarting' | 'exited' | 'removing' | 'dead';

export interface MountSpec {
  readonly type: 'bind' | 'tmpfs' | 'volume';
  /** A path of the host; for tmpfs unused. */
  readonly source: string;
  readonly target: string;
  readonly readonly?: boolean;
  /** Bytes; tmpfs only. */
  readonly sizeBytes?: number;
  readonly mode?: number;
  /** In place of nosuid, nodev and noexec; tmpfs only. */
  readonly options?: readonly string[];
  readonly propagation?: 'private' | 'rslave' | 'rshared';
  /** A host path that does not exist: make a directory (docker -v, volumes) or fail (docker --mount, kubelet subPath). */
  readonly createSource?: boolean;
  /** An empty volume takes over what the image has at the target. */
  readonly copyUp?: boolean;
}

export interface ContainerResources {
  readonly memoryLimitBytes?: number;
  readonly memoryRequestBytes?: number;
  /** Of cgroup v1; converted to cpu.weight. */
  readonly cpuShares?: number;
  readonly cpuQuotaUs?: number;
  readonly cpuPeriodUs?: number;
  readonly pidsLimit?: number;
  readonly cpusetCpus?: string;
  readonly oomScoreAdj?: number;
}

/** Where a namespace comes from. */
export type NamespaceSource =
  'private' | 'host' | 'sandbox' | { readonly container: string } | { readonly id: NamespaceId };

export interface ContainerSpec {
  /** 64 hexadecimal digits; drawn if absent. */
  readonly id?: string;
  readonly namespace: RuntimeNamespace;
  readonly name: string;
  /** Id (or any name `find` knows) of an image in the namespace's store. */
  readonly image: string;
  readonly sandboxId?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  /** The image's Entrypoint if absent. */
  readonly entrypoint?: readonly string[];
  /** The image's Cmd if absent and no entrypoint is given. */
  readonly command?: readonly string[];
  /** `NAME=value`, over the image's. */
  readonly env: readonly string[];
  readonly workingDir?: string;
  /** `user[:group]`, names or numbers; the image's if absent. */
  readonly user?: string;
  /** Numbers, or names of the image's own /etc/group. */
  readonly supplementaryGroups?: readonly (number | string)[];
  readonly hostname?: string;
  readonly tty?: boolean;
  /** Standard input is a pipe that attach feeds; otherwise /dev/null. */
  readonly stdin?: boolean;
  readonly stdinOnce?: boolean;
  readonly mounts: readonly MountSpec[];
  readonly readonlyRootfs?: boolean;
  readonly resources: ContainerResources;
  /** Absolute cgroup path for `docker` (`/system.slice`) or the sandbox's parent. */
  readonly cgroupParent: string;
  readonly privileged?: boolean;
  readonly capAdd?: readonly string[];
  readonly capDrop?: readonly string[];
  readonly noNewPrivileges?: boolean;
  /** The runtime's default filter of system calls. */
  readonly seccomp?: boolean;
  readonly network: NamespaceSource;
  readonly pid: NamespaceSource;
  readonly ipc: NamespaceSource;
  readonly uts: NamespaceSource;
  readonly devices?: readonly string[];
  readonly sysctls?: Readonly<Record<string, string>>;
  /** Name or number; the image's, else SIGTERM. */
  readonly stopSignal?: string;
  /** docker runs tini as process 1. */
  readonly init?: boolean;
  readonly log: LogSpec;
  /** Restart count so far, for CRI's metadata.attempt. */
  readonly attempt?: number;
  /** Told with `ContainerExit` members when the main process ends, for whatever reason, also when it was stopped. */
  readonly exited: Notify;
}

export type LogSpec =
  | { readonly driver: 'cri'; readonly path: string }
  | { readonly driver: 'json-file'; readonly path: string; readonly maxSizeBytes?: number; readonly maxFiles?: number }
  | { readonly driver: 'none' };

/** Members of the event that `exited` gets, beside its own payload. */
export interface ContainerExit {
  readonly [key: string]: Plain;
  readonly containerId: string;
  /** 0 to 255; 128 + n after signal n; 137 also after OOM. */
  readonly exitCode: number;
  readonly oomKilled: boolean;
  readonly finishedUnixUs: number;
}

export interface ContainerRecord {
  readonly id: string;
  readonly spec: ContainerSpec;
  readonly state: ContainerState;
  readonly imageId: string;
  readonly createdUnixUs: number;
  /** 0 until started. */
  readonly startedUnixUs: number;
  readonly finishedUnixUs: number;
  /** 0 unless running. */
  readonly pid: number;
  readonly exitCode: number;
  readonly oomKilled: boolean;
  /** Why the last start failed. */
  readonly error?: string;
  /** Resolved command line, environment, directory, user. */
  readonly argv: readonly string[];
  readonly env: readonly string[];
  readonly workingDir: string;
  readonly user: string;
  readonly stopSignal: Signal;
  readonly cgroupPath: string;
  /** Host path of the merged overlay, and of its upper directory. */
  readonly rootfs: string;
  readonly upperDirectory: string;
}

/** Told to `done` of start: `{ containerId, result: StartOutcome }`. */
export type StartOutcome =
  | { readonly ok: true; readonly pid: number; readonly startedUnixUs: number }
  | {
      readonly ok: false;
      readonly failure: RuntimeFailure['failure'];
      readonly message: string;
      readonly exitCode: number;
    };

export interface ExecSpec {
  readonly argv: readonly string[];
  readonly env?: readonly string[];
  readonly workingDir?: string;
  readonly user?: string;
  readonly tty?: boolean;
  readonly stdin?: boolean;
  readonly privileged?: boolean;
  readonly size?: WindowSize;
  /** Ends the process and reports `timedOut` (probes). */
  readonly timeoutUs?: number;
}

/** Whom an exec or an attach tells; every event carries `sessionId`. */
export interface StreamNotify {
  /** `{ sessionId, channel: 'stdout' | 'stderr', bytes }`; with a tty everything is stdout. Absent: output is dropped. */
  readonly output?: Notify;
  /** exec: `{ sessionId, exitCode, timedOut? }` or `{ sessionId, exitCode, error }` where it could not start; attach: `{ sessionId }` when the container's streams have ended. Comes after all output. */
  readonly ended: Notify;
}

/** What one container uses now. */
export interface ContainerStats {
  readonly cpuUsageUs: number;
  readonly cpuUserUs: number;
  readonly cpuSystemUs: number;
  readonly memoryBytes: number;
  readonly memoryLimitBytes: number;
  readonly pids: number;
  readonly pidsLimit: number;
  readonly writableLayerBytes: number;
  /** By name, of the container's network namespace; without the loopback. */
  readonly links: Readonly<Record<string, LinkCounts>>;
  readonly throttledPeriods: number;
  readonly throttledUs: number;
}

export type FileChange = { readonly kind: 'modified' | 'added' | 'deleted'; readonly path: string };

/** The runtime of one host; component target `runtime/<host>`. */
export interface ContainerRuntime {
  readonly host: string;
  /** Component name of events meant for the runtime. */
  readonly target: string;
  images(namespace: RuntimeNamespace): ImageStore;

  /** Lets what rests here begin: who reads logs or files of containers by their paths on the host asks first. */
  awaken(): void;

  // ---- pod sandboxes (k8s.io)
  /** Makes namespaces and the pause container; `done` gets `{ sandboxId, result: {ok:true} | {ok:false, message} }`. The sandbox has no network until CNI ran. */
  runSandbox(spec: SandboxSpec, done: Notify): string;
  setSandboxAddresses(sandboxId: string, ips: readonly string[]): void;
  /** Kills every container in it and the pause process; `done` gets `{ sandboxId }`. The caller runs CNI DEL first or after. */
  stopSandbox(sandboxId: string, done: Notify): RuntimeFailure | undefined;
  removeSandbox(sandboxId: string): RuntimeFailure | undefined;
  sandbox(id: string): SandboxRecord | undefined;
  sandboxes(): readonly SandboxRecord[];

  // ---- containers
  create(spec: ContainerSpec): ContainerRecord | RuntimeFailure;
  /** `done` gets `{ containerId, result: StartOutcome }`. */
  start(containerId: string, done: Notify): RuntimeFailure | undefined;
  /** Sends the stop signal, then SIGKILL after `timeoutSeconds` (-1: never); the end comes through `exited`; `done` gets `{ containerId }`. Already stopped: `done` at once. */
  stop(containerId: string, timeoutSeconds: number, done: Notify, signal?: string): RuntimeFailure | undefined;
  kill(containerId: string, signal: Signal): RuntimeFailure | undefined;
  pause(containerId: string): RuntimeFailure | undefined;
  unpause(containerId: string): RuntimeFailure | undefined;
  /** Removes a container that is not running (or kills it first with `force`). */
  remove(containerId: string, options?: { readonly force?: boolean }): RuntimeFailure | undefined;
  update(containerId: string, resources: ContainerResources): RuntimeFailure | undefined;
  rename(containerId: string, name: string): RuntimeFailure | undefined;
  /** Exact id; names and prefixes are the owners' business. */
  container(id: string): ContainerRecord | undefined;
  containers(namespace: RuntimeNamespace): readonly ContainerRecord[];
  containersOf(sandboxId: string): readonly ContainerRecord[];
  /** Pids in the container, main process first, in the host's numbering. */
  processes(containerId: string): readonly number[];
  stats(containerId: string): ContainerStats | RuntimeFailure;
  /** The writable layer against the image. */
  changes(containerId: string): readonly FileChange[] | RuntimeFailure;

  // ---- streams
  /** Runs a command in a running container; answers its session id. Failing to start comes through `ended` (exit code 126 or 127, `error`). */
  exec(containerId: string, spec: ExecSpec, notify: StreamNotify): { readonly sessionId: string } | RuntimeFailure;
  /** Host pid of an exec session, 0 when it has ended. */
  execPid(sessionId: string): number;
  /** Joins the main process's streams from now on. */
  attach(
    containerId: string,
    streams: { readonly stdin: boolean; readonly stdout: boolean; readonly stderr: boolean },
    notify: StreamNotify,
  ): { readonly sessionId: string } | RuntimeFailure;
  /** Bytes for stdin of an exec or an attach. */
  input(sessionId: string, bytes: Uint8Array): void;
  closeInput(sessionId: string): void;
  /** The session's (or a container's) terminal. */
  resize(sessionOrContainerId: string, size: WindowSize): RuntimeFailure | undefined;
  /** Back-pressure: while closed, output stays in the pipe and the process blocks when it is full. */
  setFlow(sessionId: string, open: boolean): void;
  /** The client has gone; an exec's process lives on, its output is dropped. */
  detach(sessionId: string): void;

  // ---- logs (read by owners; files are on the host's disk)
  /** Told with `{ containerId }` after something was written; one event per instant at most. Answers the subscription's number. */
  watchLog(containerId: string, notify: Notify): number;
  unwatchLog(subscription: number): void;
  /** Told with `{ containerId, sandboxId?, namespace, event }` for every state change (PLEG, docker events, crictl). */
  subscribe(notify: Notify): number;
  unsubscribe(subscription: number): void;
}

/** `event` of a subscription. */
export type RuntimeEvent =
  | 'sandbox-started'
  | 'sandbox-stopped'
  | 'created'
  | 'started'
  | 'exited'
  | 'oom'
  | 'paused'
  | 'unpaused'
  | 'removed'
  | 'exec-started'
  | 'exec-ended'
  | 'image-pulled'
  | 'image-removed';
