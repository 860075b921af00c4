/**
 * Programs of the synchronous kind: long-running servers of images (nginx, redis, pause, agnhost, sleep). Handlers react to
 * events, keep their state as data in `context.state` and never wait, so a thousand of them cost a process record each.
 */
import type { ErrnoName, Result } from '../../../../protocol/errno.ts';
import type { BodyChunk, HttpRequest, ResponseHead } from '../../../../protocol/http.ts';
import type { Plain } from '../../../../protocol/plain.ts';
import type { DirectoryEntry, FileStat, Segment, Signal, TimeOfDay } from '../../../../protocol/program.ts';
import type { RandomStream } from '../../../sim/random.ts';

export type ReactiveState = { readonly [key: string]: Plain };

/** A connection of a reactive program: its descriptor number in the process. */
export interface ReactiveConnection {
  readonly id: number;
  /** Port that was listened on; the remote port for connections that the program opened. */
  readonly port: number;
  readonly peer: { readonly ip: string; readonly port: number };
}

export interface ReactiveResponse extends ResponseHead {
  readonly body?: BodyChunk;
  /** Virtual time until the answer leaves, µs. */
  readonly delayUs?: number;
  /** Closes the connection after the answer. */
  readonly close?: true;
}

export interface ReactiveProgram {
  readonly name: string;
  /** Resident memory of a fresh instance, bytes. */
  readonly memoryBytes?: number;
  start(context: ReactiveContext): void;
  onConnection?(context: ReactiveContext, connection: ReactiveConnection): void;
  /** A whole HTTP request has arrived; undefined: answered later with `respond`. Programs without it get segments. */
  onRequest?(
    context: ReactiveContext,
    request: HttpRequest,
    connection: ReactiveConnection,
  ): ReactiveResponse | undefined;
  onSegment?(context: ReactiveContext, segment: Segment, connection: ReactiveConnection): void;
  onClosed?(context: ReactiveContext, connection: ReactiveConnection): void;
  /** Outcome of `connect`. */
  onConnected?(context: ReactiveContext, tag: string, connection: ReactiveConnection | ErrnoName): void;
  onDatagram?(
    context: ReactiveContext,
    datagram: {
      readonly socket: number;
      readonly from: { readonly ip: string; readonly port: number };
      readonly bytes: Uint8Array;
    },
  ): void;
  /** Signals named by `catchSignals`; undefined handler or not caught: the default action. */
  onSignal?(context: ReactiveContext, signal: Signal): void;
  onTimer?(context: ReactiveContext, timer: string): void;
  /** CPU time asked for with `burn` has been consumed. */
  onBurnt?(context: ReactiveContext, tag: string): void;
  /** Bytes of standard input, undefined at its end; only after `readInput`. */
  onInput?(context: ReactiveContext, bytes: Uint8Array | undefined): void;
  onChildExit?(context: ReactiveContext, pid: number, code: number): void;
  /** The process has ended, for whatever reason, or runs another program now; nothing can be done to it any more. */
  onEnd?(context: ReactiveContext): void;
}

/** The process as a reactive program sees it. Everything answers at once. */
export interface ReactiveContext {
  /** As the process sees it. */
  readonly pid: number;
  /** In the host's namespace. */
  readonly hostPid: number;
  /** The user that it acts as. */
  readonly uid: number;
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly hostname: string;
  /** Processors online (sysconf _SC_NPROCESSORS_ONLN). */
  readonly processors: number;
  /** The program's state; assigning a new value is how it changes. */
  state: ReactiveState;
  time(): TimeOfDay;
  random(purpose: string): RandomStream;
  exit(code: number): void;
  setName(name: string): void;
  /** What ps shows in place of the arguments (setproctitle(3)). */
  setTitle(title: string): void;
  /** Calls `onTimer` after `us`; the same name again moves the timer. */
  timer(name: string, us: number): void;
  cancelTimer(name: string): void;
  catchSignals(signals: readonly Signal[]): void;
  /** Adds CPU time to the account, µs. */
  cpu(us: number): void;
  /** Consumes CPU time under contention and then calls `onBurnt`. */
  burn(us: number, tag: string): void;
  /** Resident memory beyond the program's base, bytes; may end in an OOM kill. */
  memory(bytes: number): Result<void>;
  /** Writes text or bytes to descriptor 1 or 2. What a slow reader leaves waits, to a bound. */
  print(text: string | Uint8Array, fd?: 1 | 2): void;
  readInput(): void;
  readFile(path: string): Result<Uint8Array>;
  writeFile(
    path: string,
    content: Uint8Array | string,
    options?: { readonly append?: boolean; readonly mode?: number },
  ): Result<void>;
  stat(path: string): Result<FileStat>;
  readdir(path: string): Result<readonly DirectoryEntry[]>;
  mkdir(path: string): Result<void>;
  /** -1 leaves an id as it is. */
  chown(path: string, uid: number, gid: number): Result<void>;
  unlink(path: string): Result<void>;
  /** `backlog`: how many connections may wait; what servers written in Go ask for, if it is not given. */
  listen(port: number, backlog?: number, ip?: string): Result<void>;
  listenUnix(path: string): Result<void>;
  /** Outcome comes to `onConnected` with the tag. */
  connect(ip: string, port: number, tag: string): void;
  send(connection: number, segment: Segment): Result<void>;
  /** Answers a request of `onRequest` that returned undefined. */
  respond(connection: number, response: ReactiveResponse): void;
  close(connection: number): void;
  /** Binds a UDP socket and answers its number. */
  udp(port: number, ip?: string): Result<number>;
  sendTo(socket: number, to: { readonly ip: string; readonly port: number }, bytes: Uint8Array): Result<void>;
  /** A child process of the same program that only stands there (a worker process); dies with its parent's group. */
  forkWorker(name: string, argv: readonly string[]): Result<number>;
  /** Starts a program file as a child, with this process's descriptors. */
  spawn(path: string, argv: readonly string[]): Result<number>;
  kill(pid: number, signal: Signal): Result<void>;
  /** Replaces this program by a program file (an image's entrypoint that ends in `exec "$@"`): same pid, descriptors, env and cwd. Fails as execve(2). */
  exec(path: string, argv: readonly string[]): Result<void>;
}
