/**
 * The kernel of one host, as components see it (container runtime, kubelet, docker engine, systemd, sandbox). Processes see
 * it through protocol/program.ts. Everything answers at once; what happens later is told through a Notify.
 */
import type { Result } from '../../../protocol/errno.ts';
import type { Credentials, Fd, Pid, Signal, WaitStatus, WindowSize } from '../../../protocol/program.ts';
import type { Plain } from '../../../protocol/plain.ts';
import type { Notify } from '../../sim/notify.ts';
import type { BindAddress, SocketId } from '../net/interface.ts';

// ------------------------------------------------------------------------------------------------ namespaces

/** Inode number of a namespace, as /proc/PID/ns shows it. */
export type NamespaceId = number;
export type NamespaceKind = 'mnt' | 'net' | 'pid' | 'uts' | 'ipc' | 'user' | 'cgroup';
export type NamespaceSet = Readonly<Record<NamespaceKind, NamespaceId>>;

export interface Namespaces {
  /** The host's own. */
  readonly host: NamespaceSet;
  /** A new namespace. Mount namespaces come from `files.createNamespace`, network ones from the network stack. */
  createPid(parent?: NamespaceId): NamespaceId;
  createUts(hostname: string): NamespaceId;
  /** Ipc, user and cgroup namespaces only have an identity. */
  create(kind: 'ipc' | 'user' | 'cgroup'): NamespaceId;
  /** A number for a namespace that another part keeps (network stack, files). */
  allocate(kind: NamespaceKind): NamespaceId;
  hostname(uts?: NamespaceId): string;
  setHostname(hostname: string, uts?: NamespaceId): void;
  /** The number of a process in a pid namespace, undefined where it is not visible there. */
  pidIn(pid: Pid, namespace: NamespaceId): number | undefined;
  /** The host's number of a pid of a namespace. */
  hostPid(namespace: NamespaceId, pid: number): Pid | undefined;
}

// ------------------------------------------------------------------------------------------------ processes

/** Where descriptors 0, 1 and 2 of a new process come from. */
export type StdioSpec =
  | { readonly type: 'null' }
  /** One end of a pipe: reads for 0, writes for 1 and 2. */
  | { readonly type: 'stream'; readonly stream: StreamId }
  /** The terminal side. */
  | { readonly type: 'tty'; readonly tty: TtyId }
  /** The same descriptor of the parent, or the one that is named; `of`: of another process, which has handed it over. */
  | { readonly type: 'inherit'; readonly fd?: number; readonly of?: Pid }
  /** A file of the process's mount namespace, opened for reading (0) or appending (1, 2). */
  | { readonly type: 'file'; readonly path: string };

export interface ProcessSpec {
  /** Absolute, or without slash: searched in env PATH of the new process. */
  readonly path: string;
  readonly argv: readonly string[];
  /** Replaces everything. */
  readonly env: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Root with all capabilities by default. */
  readonly credentials?: Credentials;
  /** Missing members are the parent's (or the host's). */
  readonly namespaces?: Partial<NamespaceSet>;
  /** Absolute path in the cgroup tree; must exist. The parent's by default. */
  readonly cgroup?: string;
  readonly stdio?: readonly [StdioSpec, StdioSpec, StdioSpec];
  /** Descriptors from 3 on. */
  readonly furtherDescriptors?: readonly StdioSpec[];
  /** A variable that is set to the process's own number (LISTEN_PID). */
  readonly pidVariable?: string;
  /** Makes the tty of stdio the controlling terminal of a new session and its group the foreground one. */
  readonly controllingTty?: boolean;
  /** Host pid; process 1 by default. In a pid namespace its own process 1 adopts orphans. */
  readonly parent?: Pid;
  readonly umask?: number;
  readonly rlimits?: Readonly<Record<string, { readonly soft: number; readonly hard: number }>>;
  readonly oomScoreAdj?: number;
  readonly noNewPrivileges?: boolean;
  /** Runs under the runtimes' default filter of system calls, made for a container that has these capabilities. */
  readonly seccomp?: Credentials['capabilities'];
  /** What a set-user-id program may gain; the credentials' own by default. */
  readonly boundingCapabilities?: Credentials['capabilities'];
  /** Told once with `ProcessExit` members. With it nobody needs to wait(2) for the process: it leaves no zombie. */
  readonly onExit?: Notify;
}

/** A process that stands for a component of the engine (kubelet, dockerd, kube-apiserver). */
export interface ComponentProcessSpec extends Omit<ProcessSpec, 'path'> {
  /** Target name; gets `process.exited` with `ProcessExit` members. */
  readonly component: string;
  /** Shown as /proc/PID/exe; the file need not exist. */
  readonly path?: string;
  readonly memoryBytes?: number;
  /** Signals that the component handles itself: it gets `process.signal` `{pid, signal}` instead of the default action. */
  readonly handledSignals?: readonly Signal[];
}

/** Members of the event that tells of a process's end. */
export interface ProcessExit {
  readonly [key: string]: Plain;
  readonly pid: Pid;
  /** 0 to 255; 128 + n after signal n. */
  readonly exitCode: number;
  readonly signal?: Signal;
  readonly oomKilled: boolean;
}

export type ProcessState = 'running' | 'sleeping' | 'stopped' | 'zombie';

export interface ProcessView {
  readonly pid: Pid;
  readonly parent: Pid;
  readonly group: Pid;
  readonly session: Pid;
  /** comm: at most 15 characters. */
  readonly name: string;
  readonly path: string;
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly state: ProcessState;
  readonly credentials: Credentials;
  readonly namespaces: NamespaceSet;
  readonly cgroup: string;
  /** Virtual µs. */
  readonly startedUs: number;
  readonly cpuUserUs: number;
  readonly cpuSystemUs: number;
  readonly memoryBytes: number;
  readonly tty?: string;
  readonly nice: number;
  /** Numbers from the host's namespace inwards. */
  readonly namespacePids: readonly number[];
  readonly component?: string;
  readonly oomScoreAdj: number;
}

// ------------------------------------------------------------------------------------------------ streams

export type StreamId = number;
export type TtyId = number;

export interface NewStream {
  /** Bytes held at most; 65,536 by default. */
  readonly capacity?: number;
  /** This component reads: told with `{...payload, stream}` when bytes or the end of file have come (once until it reads). */
  readonly readable?: Notify;
  /** This component writes: told with `{...payload, stream, broken}` when a full pipe has room again or nobody reads any more. */
  readonly writable?: Notify;
}

/** Pipes with a component at one end (or both). */
export interface Streams {
  create(options: NewStream): StreamId;
  /** Up to `max` bytes; empty where there is nothing yet, undefined at end of file. */
  read(stream: StreamId, max?: number): Uint8Array | undefined;
  /** Bytes waiting. */
  available(stream: StreamId): number;
  /** Takes what fits and answers how much; EPIPE where nobody reads any more. */
  write(stream: StreamId, bytes: Uint8Array): Result<number>;
  /** The component's writing end is closed: readers see the end of file. */
  closeWriter(stream: StreamId): void;
  /** The component's reading end is closed: writers get SIGPIPE. */
  closeReader(stream: StreamId): void;
  /** Changes who is told. */
  setReadable(stream: StreamId, notify: Notify | undefined): void;
}

export interface NewTty {
  readonly size?: WindowSize;
  /** A screen outside the simulation will `attach`: output never waits for it. */
  readonly external?: boolean;
  /** Told with `{...payload, tty}` when output has come (once until it is read) and `{…, closed: true}` when the last process has let go. */
  readonly output?: Notify;
}

/** The controlling side of terminals. */
export interface Ttys {
  create(options?: NewTty): TtyId;
  /** `/dev/pts/N`. */
  name(tty: TtyId): string;
  /** Keys typed: bytes go through the line discipline. Answers how many were taken. */
  input(tty: TtyId, bytes: Uint8Array): number;
  /** Takes the output so far; with `max`, at most so many bytes (back-pressure). */
  output(tty: TtyId, max?: number): Uint8Array;
  resize(tty: TtyId, size: WindowSize): void;
  /** The line drops: SIGHUP to the session, end of file for readers. */
  hangup(tty: TtyId): void;
  setOutput(tty: TtyId, notify: Notify | undefined): void;
  /**
   * For a screen outside the simulation: the listener gets output as it comes. Not part of a snapshot; attach again after a
   * restore. Answers how to detach.
   */
  attach(tty: TtyId, listener: (bytes: Uint8Array) => void): () => void;
  exists(tty: TtyId): boolean;
}

// ------------------------------------------------------------------------------------------------ cgroups

export interface CgroupStat {
  readonly cpuUsageUs: number;
  readonly cpuUserUs: number;
  readonly cpuSystemUs: number;
  readonly throttledPeriods: number;
  readonly periods: number;
  readonly throttledUs: number;
  readonly memoryBytes: number;
  readonly memoryPeakBytes: number;
  /** Undefined: max. */
  readonly memoryLimitBytes: number | undefined;
  readonly oomKills: number;
  readonly pids: number;
  readonly pidsLimit: number | undefined;
}

/** The cgroup v2 tree. Paths are absolute in the hierarchy: `/system.slice/docker.service`. */
export interface Cgroups {
  /** Makes it and its parents; one that exists is fine. */
  create(path: string): void;
  /** Makes one as mkdir does: with the controllers that its parent hands on. */
  add(path: string): void;
  exists(path: string): boolean;
  /** EBUSY while it has processes or children. */
  remove(path: string): Result<void>;
  /** Value of an interface file: `memory.max`, `cpu.max`, `cpu.weight`, `pids.max`, `memory.current`, `cpu.stat` … */
  read(path: string, file: string): Result<string>;
  /** Writes an interface file (`cgroup.procs` moves a process, `cgroup.freeze` stops all, `cgroup.kill` kills all). */
  write(path: string, file: string, value: string): Result<void>;
  stat(path: string): Result<CgroupStat>;
  /** Host pids directly in it. */
  processes(path: string): readonly Pid[];
  children(path: string): readonly string[];
  /** From now on its processes open only these device files (`c 1:3`, `c 136:*`); mknod stays free. */
  allowDevices(path: string, devices: readonly string[]): void;
  /** Told with `{...payload, path, pid}` at each OOM kill in the group or below. */
  watchOom(path: string, notify: Notify): void;
  /** Told with `{...payload, path}` whenever the last process of the group and those below has gone. */
  watchEmpty(path: string, notify: Notify): void;
  /** Moves a process, named by its host pid, into the group. */
  attach(path: string, pid: Pid): Result<void>;
}

// ------------------------------------------------------------------------------------------------ the kernel

export interface Kernel {
  readonly host: string;
  /** Component name: `kernel/<host>`. */
  readonly target: string;
  readonly namespaces: Namespaces;
  readonly streams: Streams;
  readonly ttys: Ttys;
  readonly cgroups: Cgroups;
  readonly processors: number;
  readonly memoryBytes: number;
  /** µs since boot. */
  readonly uptimeUs: number;

  /** Starts a program file. ENOENT, EACCES, ENOEXEC, EAGAIN (pids.max), ENOTDIR for a bad cwd (ENOENT too). */
  spawn(spec: ProcessSpec): Result<Pid>;
  /** A process record that stands for a component. */
  spawnComponent(spec: ComponentProcessSpec): Result<Pid>;
  /** A component's own process ends (exit code), for whatever reason of its own. */
  exitComponent(pid: Pid, code: number): void;
  /** Tells of the end of a process that is there, as ProcessSpec.onExit does of one that is made. */
  watchExit(pid: Pid, notify: Notify): void;
  /** Sends a signal as the host's root; 0 only asks whether the process is there. */
  kill(pid: Pid, signal: Signal | 0): Result<void>;
  killGroup(group: Pid, signal: Signal): Result<void>;
  /** Kills every process of a pid namespace (its process 1 dies) or cgroup. */
  killNamespace(pidNamespace: NamespaceId): void;
  process(pid: Pid): ProcessView | undefined;
  /** Ascending pids. */
  processes(): readonly ProcessView[];
  /** Whether somebody could run this path in a mount namespace: the value of `spawn` without doing it. */
  canExecute(
    path: string,
    env: Readonly<Record<string, string>>,
    mountNamespace: NamespaceId,
    credentials?: Credentials,
  ): Result<string>;
  /**
   * The socket file at a path as `net.sockets` names it: made first with `create` (to listen), else looked up (to connect;
   * ENOENT, ECONNREFUSED where it is no socket).
   */
  unixAddress(
    path: string,
    options?: {
      readonly create?: { readonly mode?: number; readonly uid?: number; readonly gid?: number };
      readonly namespace?: NamespaceId;
    },
  ): Result<BindAddress>;
  /**
   * A socket becomes a descriptor of a component's process, which processes that it starts may inherit; the socket is closed
   * when no process has it any more.
   */
  openSocket(pid: Pid, socket: SocketId, kind: 'listening' | 'stream' | 'datagram'): Result<Fd>;
  /** A component's process closes a descriptor. */
  closeDescriptor(pid: Pid, fd: Fd): Result<void>;
  /** CPU time that a component's process has used, µs (accounting only). */
  charge(pid: Pid, us: number): void;
  /** Resident memory of a component's process, bytes; may end in an OOM kill. */
  setMemory(pid: Pid, bytes: number): void;
  /** A sysctl by dotted name, in the network namespace where it belongs to one. */
  sysctl(name: string, networkNamespace?: NamespaceId): string | undefined;
  setSysctl(name: string, value: string, networkNamespace?: NamespaceId): Result<void>;
  modules(): readonly KernelModule[];
  loadModule(name: string): Result<void>;
  swaps(): readonly SwapArea[];
  /** EINVAL where there is no swap area in it. */
  swapOn(path: string): Result<void>;
  swapOff(path: string): Result<void>;
  /** Virtual memory and load as /proc/meminfo and /proc/loadavg give them. */
  memory(): {
    readonly totalBytes: number;
    readonly freeBytes: number;
    readonly availableBytes: number;
    readonly cachedBytes: number;
    readonly swapTotalBytes: number;
    readonly swapFreeBytes: number;
  };
  loadAverage(): readonly [number, number, number];
  /** The line as dmesg shows it. */
  log(message: string): void;
  /**
   * Set while containers rest here: called before a program's system call, a birth of a process or a list of them, and
   * before the power goes, so that what should be there is there.
   */
  resting: (() => void) | undefined;
  /** Kernel messages since boot. */
  messages(): readonly { readonly atUs: number; readonly level: number; readonly text: string }[];
  /** Who hears of each message from now on (the journal); not part of a snapshot. */
  onMessage(listener: (message: { readonly level: number; readonly text: string }) => void): void;
  /** Programs that wait for neither a call nor a hold: bugs, reported by the runner after a hop. */
  stuckPrograms(): readonly { readonly pid: Pid; readonly name: string }[];
  /** Pids that cannot be saved now, because their journal is over its bound; empty: a snapshot is possible. */
  unsaveable(): readonly Pid[];
}

export interface KernelModule {
  readonly name: string;
  readonly sizeBytes: number;
  readonly usedBy: readonly string[];
  readonly references: number;
}

export interface SwapArea {
  readonly path: string;
  readonly type: 'file' | 'partition';
  readonly sizeBytes: number;
  readonly usedBytes: number;
  readonly priority: number;
}

export type { WaitStatus };
