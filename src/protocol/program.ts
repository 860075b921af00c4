/**
 * Programs and the process context they see. A program is a deterministic function of what its system calls answered:
 * it may keep its state as data and mark where it can start again (`checkpoint`), and the kernel journals what the calls
 * answered since, so that a restored process catches up without repeating an effect.
 */
import type { Result } from './errno.ts';
import type { Plain } from './plain.ts';
import type { Signal } from './signals.ts';
import type { Termios, WindowSize } from './termios.ts';
import type { ConnectOptions, Datagram, Segment, SocketAddress, WayProbe } from './socket.ts';

export type Pid = number;
export type Fd = number;

export type { Termios, WindowSize } from './termios.ts';
export { EVERY_SIGNAL, isRealtime, SIGNALS, signalNumber, signalOfNumber, type Signal } from './signals.ts';
export type {
  ConnectOptions,
  Datagram,
  ProbeAnswer,
  ProbeError,
  Segment,
  SocketAddress,
  TlsClientOptions,
  WayProbe,
} from './socket.ts';

export interface Credentials {
  readonly uid: number;
  readonly gid: number;
  readonly groups: readonly number[];
  /** Effective capabilities without the CAP_ prefix (`NET_ADMIN`); `all` for the host's root. */
  readonly capabilities: 'all' | readonly string[];
}

export type FileType = 'file' | 'directory' | 'symlink' | 'char' | 'block' | 'fifo' | 'socket';

export interface FileStat {
  readonly type: FileType;
  readonly device: number;
  readonly inode: number;
  /** Permission bits with setuid, setgid and sticky, no type bits. */
  readonly mode: number;
  readonly links: number;
  readonly uid: number;
  readonly gid: number;
  /** Bytes. */
  readonly size: number;
  /** Room on the file system, in blocks of 512 bytes; less than the size where there are holes. */
  readonly blocks: number;
  /** Unix time in ms. */
  readonly modifiedMs: number;
  readonly accessedMs: number;
  readonly changedMs: number;
  /** Major and minor of a device file. */
  readonly rdev?: readonly [number, number];
}

/** `data` and `hole`: the next one from `offset` on, ENXIO where there is none. */
export type Whence = 'set' | 'current' | 'end' | 'data' | 'hole';

export interface AllocateOptions {
  /** The file does not get longer: room behind its end. */
  readonly keepSize?: boolean;
  /** Takes room away instead; the part reads as zeros. */
  readonly punchHole?: boolean;
}

export interface DirectoryEntry {
  readonly name: string;
  readonly type: FileType;
  readonly inode: number;
}

/** flock(2): many may have a shared lock, one an exclusive one. */
export type LockKind = 'shared' | 'exclusive';

export interface OpenFlags {
  readonly read?: boolean;
  readonly write?: boolean;
  readonly append?: boolean;
  readonly create?: boolean;
  readonly exclusive?: boolean;
  readonly truncate?: boolean;
  readonly directory?: boolean;
  readonly noFollow?: boolean;
  readonly closeOnExec?: boolean;
}

/** How a child ended (or stopped, or continued). */
export type WaitStatus =
  | { readonly pid: Pid; readonly type: 'exited'; readonly code: number }
  | { readonly pid: Pid; readonly type: 'killed'; readonly signal: Signal; readonly coreDumped?: boolean }
  | { readonly pid: Pid; readonly type: 'stopped'; readonly signal: Signal }
  | { readonly pid: Pid; readonly type: 'continued' };

export interface WaitOptions {
  /** Answers at once; undefined where nothing has changed (WNOHANG). */
  readonly noHang?: boolean;
  /** Also report stopped (WUNTRACED) and continued children. */
  readonly stopped?: boolean;
}

export interface SpawnOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Child descriptor ← parent descriptor. Without it 0, 1 and 2 (and others not close-on-exec) are inherited. */
  readonly fds?: readonly (readonly [child: Fd, parent: Fd])[];
  /** 0 makes the child leader of a new process group; a number joins that group. */
  readonly processGroup?: number;
  /** Also gives the terminal to the child's process group before it runs. */
  readonly foreground?: boolean;
  readonly newSession?: boolean;
  /** Signals that start as ignored (SIG_IGN survives exec); others are default. */
  readonly ignoredSignals?: readonly Signal[];
  readonly credentials?: Credentials;
}

/** `ignoredSignals`: beside those that the parent ignores. */
export interface ForkOptions extends Pick<
  SpawnOptions,
  'processGroup' | 'foreground' | 'fds' | 'newSession' | 'ignoredSignals'
> {
  /**
   * The program whose `resume` the child runs, this one by default: a server's work for a connection may be a module that is
   * loaded with the first connection. It remains the same executable.
   */
  readonly program?: string;
}

export interface PollRequest {
  readonly fd: Fd;
  readonly read?: boolean;
  readonly write?: boolean;
}

export type ResourceName =
  | 'cpu'
  | 'fsize'
  | 'data'
  | 'stack'
  | 'core'
  | 'rss'
  | 'nproc'
  | 'nofile'
  | 'memlock'
  | 'as'
  | 'locks'
  | 'sigpending'
  | 'msgqueue'
  | 'nice'
  | 'rtprio'
  | 'rttime';

export type SignalDisposition = 'default' | 'ignore' | 'catch';

export interface TimeOfDay {
  /** Unix time, µs. */
  readonly realtimeUs: number;
  /** Since boot, µs. */
  readonly monotonicUs: number;
}

export interface ProcessTimes {
  readonly userUs: number;
  readonly systemUs: number;
  readonly childrenUserUs: number;
  readonly childrenSystemUs: number;
}

/**
 * One process, seen by its program. Calls that can block return promises; all others answer at once. Every call costs CPU
 * time, which is spent before the next blocking call begins. After the process's death pending calls never settle.
 */
export interface Process {
  readonly pid: Pid;
  readonly ppid: Pid;
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;

  // ---- being resumable
  /** The program can be started again from `state` by `resume` as long as what follows is replayed from the journal. */
  checkpoint(state: Plain): void;
  /** As checkpoint, for state that is costly to build: called at a snapshot, and only while the next call is still pending. */
  checkpointLazily(state: () => Plain): void;
  /** Stops virtual time until a lazily loaded part (code, WASM) is there. */
  hold<T>(work: Promise<T>): Promise<T>;

  // ---- time, chance, cost
  time(): TimeOfDay;
  times(): ProcessTimes;
  /** EINTR when a caught signal arrived first. */
  sleep(us: number): Promise<Result<void>>;
  /** Sleeps until Unix time in µs; the form that survives a restart. */
  sleepUntil(realtimeUs: number): Promise<Result<void>>;
  /** Consumes CPU time, in µs. */
  cpu(us: number): Promise<void>;
  /** Adds CPU time that the next blocking call will spend. Programs that loop without calls account themselves so. */
  account(us: number): void;
  /** Sets resident memory beyond the program's base, in bytes; may end in an OOM kill. */
  memory(bytes: number): Result<void>;
  /** Bytes from the kernel's random device. */
  random(count: number): Uint8Array;

  // ---- identity
  credentials(): Credentials;
  setCredentials(next: Credentials): Result<void>;
  hostname(): string;
  sethostname(name: string): Result<void>;
  umask(mask?: number): number;
  processGroup(pid?: Pid): Result<number>;
  setProcessGroup(pid: Pid, group: number): Result<void>;
  session(pid?: Pid): Result<number>;
  setSession(): Result<number>;

  // ---- files
  cwd(): string;
  chdir(path: string): Result<void>;
  chroot(path: string): Result<void>;
  open(path: string, flags: OpenFlags, mode?: number): Result<Fd>;
  close(fd: Fd): Result<void>;
  dup(fd: Fd, atLeast?: Fd): Result<Fd>;
  dup2(from: Fd, to: Fd): Result<Fd>;
  setCloseOnExec(fd: Fd, on: boolean): Result<void>;
  /** Open descriptors, ascending. */
  descriptors(): readonly Fd[];
  seek(fd: Fd, offset: number, whence: Whence): Result<number>;
  /** fallocate(2): gives a part of a file room. EOPNOTSUPP where the file system has none to give. */
  allocate(fd: Fd, offset: number, length: number, options?: AllocateOptions): Result<void>;
  /** flock(2): EAGAIN where others have the file locked when the time is over (0: at once), EINTR after a caught signal. */
  lock(fd: Fd, kind: LockKind, timeoutUs?: number): Promise<Result<void>>;
  unlock(fd: Fd): Result<void>;
  stat(path: string): Result<FileStat>;
  lstat(path: string): Result<FileStat>;
  fstat(fd: Fd): Result<FileStat>;
  access(
    path: string,
    mode: { readonly read?: boolean; readonly write?: boolean; readonly execute?: boolean },
  ): Result<void>;
  /** Entries without `.` and `..`, in the file system's order. */
  readdir(path: string): Result<readonly DirectoryEntry[]>;
  /** Whole content of a regular file; for devices, pipes and terminals use open and read. */
  readFile(path: string): Result<Uint8Array>;
  writeFile(
    path: string,
    bytes: Uint8Array,
    options?: { readonly append?: boolean; readonly mode?: number },
  ): Result<void>;
  mkdir(path: string, mode?: number): Result<void>;
  rmdir(path: string): Result<void>;
  unlink(path: string): Result<void>;
  rename(from: string, to: string): Result<void>;
  link(existing: string, created: string): Result<void>;
  symlink(target: string, path: string): Result<void>;
  readlink(path: string): Result<string>;
  realpath(path: string): Result<string>;
  chmod(path: string, mode: number): Result<void>;
  chown(path: string, uid: number, gid: number, options?: { readonly noFollow?: boolean }): Result<void>;
  utimes(path: string, accessedMs: number, modifiedMs: number, options?: { readonly noFollow?: boolean }): Result<void>;
  truncate(path: string, size: number): Result<void>;
  mknod(path: string, type: 'fifo' | 'char' | 'block', mode: number, rdev?: readonly [number, number]): Result<void>;
  mount(source: string, target: string, type: string, options: readonly string[]): Result<void>;
  umount(target: string, options?: { readonly lazy?: boolean }): Result<void>;
  statfs(path: string): Result<{
    readonly type: string;
    readonly totalBytes: number;
    readonly freeBytes: number;
    /** For others than the superuser, where that is less. */
    readonly availableBytes: number;
    readonly inodes: number;
    readonly freeInodes: number;
  }>;
  sync(): void;

  // ---- streams
  /** Empty at end of file. A caught signal gives EINTR. */
  read(fd: Fd, max?: number): Promise<Result<Uint8Array>>;
  /** Writes all of it, waiting while the reader lags; EPIPE after SIGPIPE was ignored or caught. */
  write(fd: Fd, bytes: Uint8Array): Promise<Result<number>>;
  pipe(): Result<readonly [read: Fd, write: Fd]>;
  /** Ready descriptors; empty on time-out. */
  poll(requests: readonly PollRequest[], timeoutUs?: number): Promise<Result<readonly Fd[]>>;

  // ---- terminal
  isatty(fd: Fd): boolean;
  ttyName(fd: Fd): Result<string>;
  termios(fd: Fd): Result<Termios>;
  setTermios(fd: Fd, termios: Partial<Termios>): Result<void>;
  windowSize(fd: Fd): Result<WindowSize>;
  setWindowSize(fd: Fd, size: WindowSize): Result<void>;
  foregroundGroup(fd: Fd): Result<number>;
  setForegroundGroup(fd: Fd, group: number): Result<void>;
  /** A new pseudo-terminal: its controlling side and its terminal side. */
  openpty(size?: WindowSize): Result<{ readonly controller: Fd; readonly terminal: Fd; readonly name: string }>;

  // ---- processes
  /** Starts a program file in a child (fork and exec in one). ENOENT, EACCES, ENOEXEC as execve(2). */
  spawn(path: string, argv: readonly string[], options?: SpawnOptions): Result<Pid>;
  /** A child running this same program from `state` (through `resume`), with copies of descriptors, env and cwd. */
  fork(state: Plain, options?: ForkOptions): Result<Pid>;
  /** Replaces the program; settles only on failure. */
  exec(path: string, argv: readonly string[], env: Readonly<Record<string, string>>): Promise<Result<never>>;
  /** Waits for a child: a pid, -1 for any, -g for a member of group g. */
  wait(pid: Pid, options?: WaitOptions): Promise<Result<WaitStatus | undefined>>;
  kill(pid: Pid, signal: Signal | 0): Result<void>;
  /** How a signal is met; caught ones interrupt blocking calls and wait in `takeSignals`. */
  sigaction(signal: Signal, disposition: SignalDisposition): Result<SignalDisposition>;
  takeSignals(): readonly Signal[];
  /** Other processes' data is read from /proc. */
  setName(name: string): void;
  nice(increment: number): Result<number>;
  /** setpriority(2) for one process: ESRCH, EPERM for another's, EACCES for a lower value. */
  setPriority(pid: Pid, nice: number): Result<void>;
  /** prlimit(2): the limit as it was, of this process or another. EPERM for another's and for a higher hard limit. */
  rlimit(
    resource: ResourceName,
    set?: { readonly soft: number; readonly hard: number },
    pid?: Pid,
  ): Result<{ readonly soft: number; readonly hard: number }>;

  // ---- sockets
  connect(address: SocketAddress, options?: ConnectOptions): Promise<Result<Fd>>;
  /** `backlog`: how many connections may wait for accept; what servers written in Go ask for, if it is not given. */
  listen(address: SocketAddress, backlog?: number): Result<Fd>;
  accept(fd: Fd): Promise<Result<Fd>>;
  /** The next segment; undefined when the peer has closed. */
  receive(fd: Fd): Promise<Result<Segment | undefined>>;
  send(fd: Fd, segment: Segment): Promise<Result<void>>;
  /** Closes the writing half. */
  shutdown(fd: Fd): Result<void>;
  socketName(fd: Fd): Result<SocketAddress>;
  peerName(fd: Fd): Result<SocketAddress>;
  udp(port?: number, ip?: string): Result<Fd>;
  sendTo(fd: Fd, to: { readonly ip: string; readonly port: number }, bytes: Uint8Array): Result<void>;
  receiveFrom(fd: Fd, timeoutUs?: number): Promise<Result<Datagram>>;
  /** A socket for packets that ask about the way; what they bring back is received as messages (`ProbeAnswer`). */
  icmp(): Result<Fd>;
  /** ENETUNREACH, EADDRNOTAVAIL; EMSGSIZE where an own link is too narrow. */
  sendProbe(fd: Fd, ip: string, probe: WayProbe): Result<void>;
  /** A packet socket on a device, or on all: frames are received as messages. EPERM, ENODEV. */
  capture(device?: string): Result<Fd>;

  // ---- the kernel's own tables (netlink, nf_tables, modules, namespaces …): see KernelRequest
  kernel(request: KernelRequest): Result<Plain>;
}

/**
 * Requests to kernel subsystems that have no file: `{ subsystem: 'link', op: 'list' }`. Each subsystem documents its
 * operations in `engine/machine`; an unknown one answers ENOSYS.
 */
export interface KernelRequest {
  readonly subsystem:
    | 'link'
    | 'address'
    | 'route'
    | 'rule'
    | 'neighbour'
    | 'netfilter'
    | 'conntrack'
    | 'socket'
    | 'netns'
    | 'module'
    | 'swap'
    | 'block'
    | 'namespace'
    | 'power'
    | 'syslog'
    | 'time';
  readonly op: string;
  readonly args?: Plain;
}

/** A program of the asynchronous kind: bash, cat, kubectl, vi. */
export interface Program {
  readonly name: string;
  /** Resident memory of a fresh instance, bytes. */
  readonly memoryBytes?: number;
  /** Runs to its exit code (0…255). */
  run(process: Process): Promise<number>;
  /**
   * Goes on from a checkpoint's state; also how a forked child starts. After a restore it calls `checkpoint` again where it
   * stands before it does anything with an effect: what it asks until then is answered and neither paid nor journaled.
   */
  resume?(process: Process, state: Plain): Promise<number>;
}

/** Where an executable's program id is looked up; parts may load lazily (the kernel holds virtual time meanwhile). */
export type ProgramTable = ReadonlyMap<string, ProgramEntry>;
export type ProgramEntry = Program | (() => Promise<Program>);

/** The bytes of an executable file: the ELF magic, then the id of its program. `#!` scripts are executables too. */
export const executableText = (programId: string): string => `\x7fELF${programId}\n`;
