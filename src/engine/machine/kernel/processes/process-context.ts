/** The process as its program sees it: every member of protocol/program.ts `Process`; those about files are FileContext's. */
import { fail, failed, type Result } from '../../../../protocol/errno.ts';
import type { Plain } from '../../../../protocol/plain.ts';
import type {
  ConnectOptions,
  Credentials,
  Datagram,
  Fd,
  KernelRequest,
  Pid,
  PollRequest,
  Process,
  ProcessTimes,
  Segment,
  Signal,
  ResourceName,
  SignalDisposition,
  SocketAddress,
  ForkOptions,
  SpawnOptions,
  Termios,
  TimeOfDay,
  WaitOptions,
  WaitStatus,
  WayProbe,
  WindowSize,
} from '../../../../protocol/program.ts';
import { COST } from '../cost.ts';
import { FileContext } from '../descriptors/file-context.ts';
import type { HostKernel } from '../host-kernel.ts';
import { kernelRequest } from '../kernel-requests.ts';
import * as identity from './identity-calls.ts';
import * as sockets from '../descriptors/socket-calls.ts';
import * as terminals from '../tty/terminal-calls.ts';
import type { ProcessRecord } from './process-record.ts';
import { rlimit } from './resource-limits.ts';

export class ProcessContext extends FileContext implements Process {
  readonly pid: Pid;
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;

  constructor(kernel: HostKernel, record: ProcessRecord) {
    super(kernel, record);
    this.pid = kernel.namespaces.pidIn(record.pid, record.namespaces.pid) ?? record.pid;
    this.argv = record.argv;
    this.env = record.env;
  }

  get ppid(): Pid {
    return this.gate.ask('ppid', () => this.host.namespaces.pidIn(this.record.parent, this.record.namespaces.pid) ?? 0);
  }

  // ---- being resumable
  checkpoint(state: Plain): void {
    if (this.gate.live) this.record.journal.mark(state);
  }
  checkpointLazily(state: () => Plain): void {
    if (this.gate.live) this.record.journal.markLazily(state);
  }
  async hold<T>(work: Promise<T>): Promise<T> {
    this.record.holds += 1;
    try {
      return await this.host.simulation.hop.hold(work);
    } finally {
      this.record.holds -= 1;
    }
  }

  // ---- time, chance, cost
  time(): TimeOfDay {
    const { clock } = this.host.simulation;
    return this.gate.ask('time', () => ({ realtimeUs: clock.unixUs, monotonicUs: this.host.uptimeUs }));
  }
  times(): ProcessTimes {
    return this.gate.ask('times', () => {
      this.host.cpu.settle();
      const { userUs, systemUs, childrenUserUs, childrenSystemUs } = this.record;
      return {
        userUs: Math.floor(userUs),
        systemUs: Math.floor(systemUs),
        childrenUserUs: Math.floor(childrenUserUs),
        childrenSystemUs: Math.floor(childrenSystemUs),
      };
    });
  }
  sleep(us: number): Promise<Result<void>> {
    return this.gate.wait('sleep', { us });
  }
  sleepUntil(realtimeUs: number): Promise<Result<void>> {
    return this.gate.wait('sleepUntil', { realtimeUs });
  }
  cpu(us: number): Promise<void> {
    return this.gate.wait('cpu', { us }, 0);
  }
  account(us: number): void {
    if (this.gate.live && !this.record.journal.replaying) this.record.debtUs += us;
  }
  memory(bytes: number): Result<void> {
    return this.gate.call('memory', () => {
      const limit = this.record.limits.get('as')?.soft ?? Infinity;
      if (this.record.baseBytes + bytes > limit) return fail('ENOMEM');
      this.host.lifecycle.setMemory(this.record, this.record.baseBytes + bytes);
      return undefined;
    });
  }
  random(count: number): Uint8Array {
    return this.gate.ask('random', () => this.host.tables.randomBytes(count));
  }

  // ---- identity
  credentials(): Credentials {
    return this.gate.ask('credentials', () => this.record.credentials);
  }
  setCredentials(next: Credentials): Result<void> {
    return this.gate.call('setCredentials', () => identity.setCredentials(this.host, this.record, next));
  }
  hostname(): string {
    return this.gate.ask('hostname', () => this.host.namespaces.hostname(this.record.namespaces.uts));
  }
  sethostname(name: string): Result<void> {
    return this.gate.call('sethostname', () => identity.setHostname(this.host, this.record, name));
  }
  umask(mask?: number): number {
    return this.gate.ask('umask', () => {
      const before = this.record.umask;
      if (mask !== undefined) this.record.umask = mask & 0o777;
      return before;
    });
  }
  processGroup(pid?: Pid): Result<number> {
    return this.gate.call('processGroup', () => identity.groupOf(this.host, this.record, pid));
  }
  setProcessGroup(pid: Pid, group: number): Result<void> {
    return this.gate.call('setProcessGroup', () => identity.setGroup(this.host, this.record, pid, group));
  }
  session(pid?: Pid): Result<number> {
    return this.gate.call('session', () => identity.sessionOf(this.host, this.record, pid));
  }
  setSession(): Result<number> {
    return this.gate.call('setSession', () => identity.setSession(this.host, this.record));
  }

  // ---- streams
  read(fd: Fd, max?: number): Promise<Result<Uint8Array>> {
    return this.gate.wait('read', { fd, ...(max === undefined ? {} : { max }) });
  }
  write(fd: Fd, bytes: Uint8Array): Promise<Result<number>> {
    return this.gate.wait('write', { fd, bytes });
  }
  pipe(): Result<readonly [read: Fd, write: Fd]> {
    return this.gate.call('pipe', () => this.host.descriptors.pipe(this.record), COST.pipe);
  }
  poll(requests: readonly PollRequest[], timeoutUs?: number): Promise<Result<readonly Fd[]>> {
    return this.gate.wait('poll', {
      requests: requests.map((request) => ({ ...request })),
      ...(timeoutUs === undefined ? {} : { timeoutUs }),
    });
  }

  // ---- terminal
  isatty(fd: Fd): boolean {
    return this.gate.ask('isatty', () => !failed(this.host.descriptors.ttyOf(this.record, fd)));
  }
  ttyName(fd: Fd): Result<string> {
    return this.gate.call('ttyName', () => terminals.ttyName(this.host, this.record, fd));
  }
  termios(fd: Fd): Result<Termios> {
    return this.gate.call('termios', () => terminals.termios(this.host, this.record, fd));
  }
  setTermios(fd: Fd, termios: Partial<Termios>): Result<void> {
    return this.gate.call('setTermios', () => terminals.setTermios(this.host, this.record, fd, termios));
  }
  windowSize(fd: Fd): Result<WindowSize> {
    return this.gate.call('windowSize', () => terminals.windowSize(this.host, this.record, fd));
  }
  setWindowSize(fd: Fd, size: WindowSize): Result<void> {
    return this.gate.call('setWindowSize', () => terminals.setWindowSize(this.host, this.record, fd, size));
  }
  foregroundGroup(fd: Fd): Result<number> {
    return this.gate.call('foregroundGroup', () => terminals.foregroundGroup(this.host, this.record, fd));
  }
  setForegroundGroup(fd: Fd, group: number): Result<void> {
    return this.gate.call('setForegroundGroup', () => terminals.setForegroundGroup(this.host, this.record, fd, group));
  }
  openpty(size?: WindowSize): ReturnType<Process['openpty']> {
    return this.gate.call('openpty', () => this.host.descriptors.openpty(this.record, size), COST.open);
  }

  // ---- processes
  spawn(path: string, argv: readonly string[], options?: SpawnOptions): Result<Pid> {
    return this.gate.call('spawn', () => this.#inner(this.host.lifecycle.spawnChild(this.record, path, argv, options)));
  }
  fork(state: Plain, options?: ForkOptions): Result<Pid> {
    return this.gate.call('fork', () => this.#inner(this.host.lifecycle.fork(this.record, state, options)));
  }
  exec(path: string, argv: readonly string[], env: Readonly<Record<string, string>>): Promise<Result<never>> {
    return this.gate.wait('exec', { path, argv, env });
  }
  wait(pid: Pid, options?: WaitOptions): Promise<Result<WaitStatus | undefined>> {
    return this.gate.wait('wait', { pid, ...(options === undefined ? {} : { options: { ...options } }) }, COST.wait);
  }
  kill(pid: Pid, signal: Signal | 0): Result<void> {
    return this.gate.call('kill', () => identity.kill(this.host, this.record, pid, signal), COST.signal);
  }
  sigaction(signal: Signal, disposition: SignalDisposition): Result<SignalDisposition> {
    return this.gate.call('sigaction', () => identity.setDisposition(this.record, signal, disposition));
  }
  takeSignals(): readonly Signal[] {
    return this.gate.ask('takeSignals', () => {
      const taken = this.record.caught;
      this.record.caught = [];
      return taken;
    });
  }
  setName(name: string): void {
    this.gate.ask('setName', () => {
      this.record.name = name.slice(0, 15);
    });
  }
  setPriority(pid: Pid, nice: number): Result<void> {
    return this.gate.call('setPriority', () => identity.setPriority(this.host, this.record, pid, nice));
  }
  nice(increment: number): Result<number> {
    return this.gate.call('nice', () => identity.nice(this.host, this.record, increment));
  }
  rlimit(
    resource: ResourceName,
    set?: { readonly soft: number; readonly hard: number },
    pid = 0,
  ): ReturnType<Process['rlimit']> {
    return this.gate.call('rlimit', () => rlimit(this.host, this.record, pid, resource, set));
  }

  // ---- sockets
  connect(address: SocketAddress, options?: ConnectOptions): Promise<Result<Fd>> {
    return this.gate.wait(
      'connect',
      { address: { ...address }, options: { ...options } as unknown as Plain },
      COST.socket,
    );
  }
  listen(address: SocketAddress, backlog?: number): Result<Fd> {
    return this.gate.call('listen', () => sockets.listen(this.host, this.record, address, backlog), COST.socket);
  }
  accept(fd: Fd): Promise<Result<Fd>> {
    return this.gate.wait('accept', { fd }, COST.socket);
  }
  receive(fd: Fd): Promise<Result<Segment | undefined>> {
    return this.gate.wait('receive', { fd });
  }
  send(fd: Fd, segment: Segment): Promise<Result<void>> {
    return this.gate.wait('send', { fd, segment: segment as unknown as Plain }, COST.transfer);
  }
  shutdown(fd: Fd): Result<void> {
    return this.gate.call('shutdown', () => sockets.shutdown(this.host, this.record, fd));
  }
  socketName(fd: Fd): Result<SocketAddress> {
    return this.gate.call('socketName', () => sockets.socketName(this.host, this.record, fd));
  }
  peerName(fd: Fd): Result<SocketAddress> {
    return this.gate.call('peerName', () => sockets.peerName(this.host, this.record, fd));
  }
  udp(port?: number, ip?: string): Result<Fd> {
    return this.gate.call('udp', () => sockets.udp(this.host, this.record, port, ip), COST.socket);
  }
  sendTo(fd: Fd, to: { readonly ip: string; readonly port: number }, bytes: Uint8Array): Result<void> {
    return this.gate.call('sendTo', () => sockets.sendTo(this.host, this.record, fd, to, bytes), COST.transfer);
  }
  receiveFrom(fd: Fd, timeoutUs?: number): Promise<Result<Datagram>> {
    return this.gate.wait('receiveFrom', { fd, ...(timeoutUs === undefined ? {} : { timeoutUs }) });
  }
  icmp(): Result<Fd> {
    return this.gate.call('icmp', () => sockets.icmp(this.host, this.record), COST.socket);
  }
  capture(device?: string): Result<Fd> {
    return this.gate.call('capture', () => sockets.capture(this.host, this.record, device), COST.socket);
  }
  sendProbe(fd: Fd, ip: string, probe: WayProbe): Result<void> {
    return this.gate.call('sendProbe', () => sockets.sendProbe(this.host, this.record, fd, ip, probe), COST.transfer);
  }

  kernel(request: KernelRequest): Result<Plain> {
    return this.gate.call('kernel', () => kernelRequest(this.host, this.record, request), COST.change);
  }

  /** A host pid as this process numbers it. */
  #inner(pid: Result<Pid>): Result<Pid> {
    return failed(pid) ? pid : (this.host.namespaces.pidIn(pid, this.record.namespaces.pid) ?? pid);
  }
}
