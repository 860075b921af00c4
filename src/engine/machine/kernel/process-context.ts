/** The process as its program sees it: every member of protocol/program.ts `Process`. */
import { fail, failed, type Result } from '../../../protocol/errno.ts';
import type { Plain } from '../../../protocol/plain.ts';
import type {
  ConnectOptions,
  Credentials,
  Datagram,
  DirectoryEntry,
  Fd,
  FileStat,
  KernelRequest,
  OpenFlags,
  Pid,
  PollRequest,
  Process,
  ProcessTimes,
  Segment,
  Signal,
  SignalDisposition,
  SocketAddress,
  SpawnOptions,
  Termios,
  TimeOfDay,
  WaitOptions,
  WaitStatus,
  WindowSize,
} from '../../../protocol/program.ts';
import type { FileCalls } from '../files/file-calls.ts';
import { CallGate } from './call-gate.ts';
import { COST } from './cost.ts';
import type { HostKernel } from './host-kernel.ts';
import { kernelRequest } from './kernel-requests.ts';
import * as identity from './identity-calls.ts';
import * as sockets from './socket-calls.ts';
import * as terminals from './terminal-calls.ts';
import type { ProcessRecord } from './process-record.ts';

export class ProcessContext implements Process {
  readonly pid: Pid;
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly #kernel: HostKernel;
  readonly #record: ProcessRecord;
  readonly #gate: CallGate;
  readonly #files: FileCalls;

  constructor(kernel: HostKernel, record: ProcessRecord) {
    this.#kernel = kernel;
    this.#record = record;
    this.#gate = new CallGate(kernel, record);
    this.#files = kernel.descriptors.calls(record);
    this.pid = kernel.namespaces.pidIn(record.pid, record.namespaces.pid) ?? record.pid;
    this.argv = record.argv;
    this.env = record.env;
  }

  get ppid(): Pid {
    return this.#gate.ask(
      'ppid',
      () => this.#kernel.namespaces.pidIn(this.#record.parent, this.#record.namespaces.pid) ?? 0,
    );
  }

  // ---- being resumable
  checkpoint(state: Plain): void {
    if (this.#gate.live) this.#record.journal.mark(state);
  }
  checkpointLazily(state: () => Plain): void {
    if (this.#gate.live) this.#record.journal.markLazily(state);
  }
  async hold<T>(work: Promise<T>): Promise<T> {
    this.#record.holds += 1;
    try {
      return await this.#kernel.simulation.hop.hold(work);
    } finally {
      this.#record.holds -= 1;
    }
  }

  // ---- time, chance, cost
  time(): TimeOfDay {
    const { clock } = this.#kernel.simulation;
    return this.#gate.ask('time', () => ({ realtimeUs: clock.unixUs, monotonicUs: this.#kernel.uptimeUs }));
  }
  times(): ProcessTimes {
    return this.#gate.ask('times', () => {
      this.#kernel.cpu.settle();
      const { userUs, systemUs, childrenUserUs, childrenSystemUs } = this.#record;
      return {
        userUs: Math.floor(userUs),
        systemUs: Math.floor(systemUs),
        childrenUserUs: Math.floor(childrenUserUs),
        childrenSystemUs: Math.floor(childrenSystemUs),
      };
    });
  }
  sleep(us: number): Promise<Result<void>> {
    return this.#gate.wait('sleep', { us });
  }
  sleepUntil(realtimeUs: number): Promise<Result<void>> {
    return this.#gate.wait('sleepUntil', { realtimeUs });
  }
  cpu(us: number): Promise<void> {
    return this.#gate.wait('cpu', { us }, 0);
  }
  account(us: number): void {
    if (this.#gate.live && !this.#record.journal.replaying) this.#record.debtUs += us;
  }
  memory(bytes: number): Result<void> {
    return this.#gate.call('memory', () => {
      const limit = this.#record.limits.get('as')?.soft ?? Infinity;
      if (this.#record.baseBytes + bytes > limit) return fail('ENOMEM');
      this.#kernel.lifecycle.setMemory(this.#record, this.#record.baseBytes + bytes);
      return undefined;
    });
  }
  random(count: number): Uint8Array {
    return this.#gate.ask('random', () => this.#kernel.tables.randomBytes(count));
  }

  // ---- identity
  credentials(): Credentials {
    return this.#gate.ask('credentials', () => this.#record.credentials);
  }
  setCredentials(next: Credentials): Result<void> {
    return this.#gate.call('setCredentials', () => identity.setCredentials(this.#kernel, this.#record, next));
  }
  hostname(): string {
    return this.#gate.ask('hostname', () => this.#kernel.namespaces.hostname(this.#record.namespaces.uts));
  }
  sethostname(name: string): Result<void> {
    return this.#gate.call('sethostname', () => identity.setHostname(this.#kernel, this.#record, name));
  }
  umask(mask?: number): number {
    return this.#gate.ask('umask', () => {
      const before = this.#record.umask;
      if (mask !== undefined) this.#record.umask = mask & 0o777;
      return before;
    });
  }
  processGroup(pid?: Pid): Result<number> {
    return this.#gate.call('processGroup', () => identity.groupOf(this.#kernel, this.#record, pid));
  }
  setProcessGroup(pid: Pid, group: number): Result<void> {
    return this.#gate.call('setProcessGroup', () => identity.setGroup(this.#kernel, this.#record, pid, group));
  }
  session(pid?: Pid): Result<number> {
    return this.#gate.call('session', () => identity.sessionOf(this.#kernel, this.#record, pid));
  }
  setSession(): Result<number> {
    return this.#gate.call('setSession', () => identity.setSession(this.#kernel, this.#record));
  }

  // ---- files
  cwd(): string {
    return this.#gate.ask('cwd', () => this.#files.pathOf(this.#record.cwd) ?? '(unreachable)');
  }
  chdir(path: string): Result<void> {
    return this.#gate.call('chdir', () => identity.changeDirectory(this.#record, this.#files, path), COST.stat);
  }
  chroot(path: string): Result<void> {
    return this.#gate.call(
      'chroot',
      () => identity.changeRoot(this.#kernel, this.#record, this.#files, path),
      COST.stat,
    );
  }
  open(path: string, flags: OpenFlags, mode?: number): Result<Fd> {
    return this.#gate.call('open', () => this.#kernel.descriptors.open(this.#record, path, flags, mode), COST.open);
  }
  close(fd: Fd): Result<void> {
    return this.#gate.call('close', () => this.#kernel.descriptors.close(this.#record, fd));
  }
  dup(fd: Fd, atLeast = 0): Result<Fd> {
    return this.#gate.call('dup', () => {
      const file = this.#kernel.descriptors.file(this.#record, fd);
      return file === undefined ? fail('EBADF') : this.#kernel.descriptors.add(this.#record, file, false, atLeast);
    });
  }
  dup2(from: Fd, to: Fd): Result<Fd> {
    return this.#gate.call('dup2', () => {
      const file = this.#kernel.descriptors.file(this.#record, from);
      if (file === undefined || to < 0) return fail('EBADF');
      if (from !== to) this.#kernel.descriptors.install(this.#record, to, file, false);
      return to;
    });
  }
  setCloseOnExec(fd: Fd, on: boolean): Result<void> {
    return this.#gate.call('setCloseOnExec', () => {
      const descriptor = this.#record.descriptors.get(fd);
      if (descriptor === undefined) return fail('EBADF');
      descriptor.closeOnExec = on;
      return undefined;
    });
  }
  descriptors(): readonly Fd[] {
    return this.#gate.ask('descriptors', () => [...this.#record.descriptors.keys()].toSorted((a, b) => a - b));
  }
  seek(fd: Fd, offset: number, whence: 'set' | 'current' | 'end'): Result<number> {
    return this.#gate.call('seek', () => {
      const file = this.#kernel.descriptors.file(this.#record, fd);
      if (file === undefined) return fail('EBADF');
      if (file.kind.type !== 'node') return fail(file.kind.type === 'device' ? 'EINVAL' : 'ESPIPE');
      const base = whence === 'set' ? 0 : whence === 'current' ? file.offset : file.kind.place.node.stat().size;
      if (base + offset < 0) return fail('EINVAL');
      file.offset = base + offset;
      return file.offset;
    });
  }
  stat(path: string): Result<FileStat> {
    return this.#gate.call('stat', () => this.#files.stat(path), COST.stat);
  }
  lstat(path: string): Result<FileStat> {
    return this.#gate.call('lstat', () => this.#files.stat(path, false), COST.stat);
  }
  fstat(fd: Fd): Result<FileStat> {
    return this.#gate.call('fstat', () => this.#kernel.descriptors.stat(this.#record, fd));
  }
  access(
    path: string,
    mode: { readonly read?: boolean; readonly write?: boolean; readonly execute?: boolean },
  ): Result<void> {
    const modes = (['read', 'write', 'execute'] as const).filter((each) => mode[each] === true);
    return this.#gate.call('access', () => this.#files.access(path, modes), COST.stat);
  }
  readdir(path: string): Result<readonly DirectoryEntry[]> {
    return this.#gate.call('readdir', () => this.#files.readdir(path), COST.open);
  }
  readFile(path: string): Result<Uint8Array> {
    return this.#gate.call(
      'readFile',
      () => {
        const bytes = this.#files.readFile(path);
        if (!failed(bytes)) this.#record.debtUs += (bytes.length / 1024) * COST.perKibibyte;
        return bytes;
      },
      COST.open,
    );
  }
  writeFile(
    path: string,
    bytes: Uint8Array,
    options?: { readonly append?: boolean; readonly mode?: number },
  ): Result<void> {
    return this.#gate.call(
      'writeFile',
      () => this.#files.writeFile(path, bytes, options),
      COST.change + (bytes.length / 1024) * COST.perKibibyte,
    );
  }
  mkdir(path: string, mode?: number): Result<void> {
    return this.#gate.call('mkdir', () => this.#files.mkdir(path, mode), COST.change);
  }
  rmdir(path: string): Result<void> {
    return this.#gate.call('rmdir', () => this.#files.rmdir(path), COST.change);
  }
  unlink(path: string): Result<void> {
    return this.#gate.call('unlink', () => this.#files.unlink(path), COST.change);
  }
  rename(from: string, to: string): Result<void> {
    return this.#gate.call('rename', () => this.#files.rename(from, to), COST.change);
  }
  link(existing: string, created: string): Result<void> {
    return this.#gate.call('link', () => this.#files.link(existing, created), COST.change);
  }
  symlink(target: string, path: string): Result<void> {
    return this.#gate.call('symlink', () => this.#files.symlink(target, path), COST.change);
  }
  readlink(path: string): Result<string> {
    return this.#gate.call('readlink', () => this.#files.readlink(path), COST.stat);
  }
  realpath(path: string): Result<string> {
    return this.#gate.call('realpath', () => this.#files.realpath(path), COST.stat);
  }
  chmod(path: string, mode: number): Result<void> {
    return this.#gate.call('chmod', () => this.#files.chmod(path, mode), COST.change);
  }
  chown(path: string, uid: number, gid: number, options?: { readonly noFollow?: boolean }): Result<void> {
    return this.#gate.call('chown', () => this.#files.chown(path, uid, gid, options?.noFollow !== true), COST.change);
  }
  utimes(path: string, accessedMs: number, modifiedMs: number): Result<void> {
    return this.#gate.call('utimes', () => this.#files.utimes(path, accessedMs, modifiedMs), COST.change);
  }
  truncate(path: string, size: number): Result<void> {
    return this.#gate.call('truncate', () => this.#files.truncate(path, size), COST.change);
  }
  mknod(path: string, type: 'fifo' | 'char' | 'block', mode: number, rdev?: readonly [number, number]): Result<void> {
    return this.#gate.call('mknod', () => this.#files.mknod(path, type, mode, rdev), COST.change);
  }
  mount(source: string, target: string, type: string, options: readonly string[]): Result<void> {
    return this.#gate.call(
      'mount',
      () => identity.mount(this.#kernel, this.#record, { source, target, type, options }),
      COST.mount,
    );
  }
  umount(target: string, options?: { readonly lazy?: boolean }): Result<void> {
    return this.#gate.call(
      'umount',
      () => identity.umount(this.#kernel, this.#record, target, options?.lazy === true),
      COST.mount,
    );
  }
  statfs(path: string): ReturnType<Process['statfs']> {
    return this.#gate.call(
      'statfs',
      () => {
        const place = this.#files.walk(path);
        if (failed(place)) return place;
        const { totalBytes, usedBytes, inodes, usedInodes } = place.node.fs.usage();
        return {
          type: place.mount.type,
          totalBytes,
          freeBytes: totalBytes - usedBytes,
          inodes,
          freeInodes: inodes - usedInodes,
        };
      },
      COST.stat,
    );
  }
  sync(): void {
    this.#gate.ask('sync', () => undefined);
  }

  // ---- streams
  read(fd: Fd, max?: number): Promise<Result<Uint8Array>> {
    return this.#gate.wait('read', { fd, ...(max === undefined ? {} : { max }) });
  }
  write(fd: Fd, bytes: Uint8Array): Promise<Result<number>> {
    return this.#gate.wait('write', { fd, bytes });
  }
  pipe(): Result<readonly [read: Fd, write: Fd]> {
    return this.#gate.call('pipe', () => this.#kernel.descriptors.pipe(this.#record), COST.pipe);
  }
  poll(requests: readonly PollRequest[], timeoutUs?: number): Promise<Result<readonly Fd[]>> {
    return this.#gate.wait('poll', {
      requests: requests.map((request) => ({ ...request })),
      ...(timeoutUs === undefined ? {} : { timeoutUs }),
    });
  }

  // ---- terminal
  isatty(fd: Fd): boolean {
    return this.#gate.ask('isatty', () => !failed(this.#kernel.descriptors.ttyOf(this.#record, fd)));
  }
  ttyName(fd: Fd): Result<string> {
    return this.#gate.call('ttyName', () => terminals.ttyName(this.#kernel, this.#record, fd));
  }
  termios(fd: Fd): Result<Termios> {
    return this.#gate.call('termios', () => terminals.termios(this.#kernel, this.#record, fd));
  }
  setTermios(fd: Fd, termios: Partial<Termios>): Result<void> {
    return this.#gate.call('setTermios', () => terminals.setTermios(this.#kernel, this.#record, fd, termios));
  }
  windowSize(fd: Fd): Result<WindowSize> {
    return this.#gate.call('windowSize', () => terminals.windowSize(this.#kernel, this.#record, fd));
  }
  setWindowSize(fd: Fd, size: WindowSize): Result<void> {
    return this.#gate.call('setWindowSize', () => terminals.setWindowSize(this.#kernel, this.#record, fd, size));
  }
  foregroundGroup(fd: Fd): Result<number> {
    return this.#gate.call('foregroundGroup', () => terminals.foregroundGroup(this.#kernel, this.#record, fd));
  }
  setForegroundGroup(fd: Fd, group: number): Result<void> {
    return this.#gate.call('setForegroundGroup', () =>
      terminals.setForegroundGroup(this.#kernel, this.#record, fd, group),
    );
  }
  openpty(size?: WindowSize): ReturnType<Process['openpty']> {
    return this.#gate.call('openpty', () => this.#kernel.descriptors.openpty(this.#record, size), COST.open);
  }

  // ---- processes
  spawn(path: string, argv: readonly string[], options?: SpawnOptions): Result<Pid> {
    return this.#gate.call('spawn', () =>
      this.#inner(this.#kernel.lifecycle.spawnChild(this.#record, path, argv, options)),
    );
  }
  fork(state: Plain, options?: Pick<SpawnOptions, 'processGroup' | 'foreground' | 'fds' | 'newSession'>): Result<Pid> {
    return this.#gate.call('fork', () => this.#inner(this.#kernel.lifecycle.fork(this.#record, state, options)));
  }
  exec(path: string, argv: readonly string[], env: Readonly<Record<string, string>>): Promise<Result<never>> {
    return this.#gate.wait('exec', { path, argv, env });
  }
  wait(pid: Pid, options?: WaitOptions): Promise<Result<WaitStatus | undefined>> {
    return this.#gate.wait('wait', { pid, ...(options === undefined ? {} : { options: { ...options } }) }, COST.wait);
  }
  kill(pid: Pid, signal: Signal | 0): Result<void> {
    return this.#gate.call('kill', () => identity.kill(this.#kernel, this.#record, pid, signal), COST.signal);
  }
  sigaction(signal: Signal, disposition: SignalDisposition): Result<SignalDisposition> {
    return this.#gate.call('sigaction', () => identity.setDisposition(this.#record, signal, disposition));
  }
  takeSignals(): readonly Signal[] {
    return this.#gate.ask('takeSignals', () => {
      const taken = this.#record.caught;
      this.#record.caught = [];
      return taken;
    });
  }
  setName(name: string): void {
    this.#gate.ask('setName', () => {
      this.#record.name = name.slice(0, 15);
    });
  }
  nice(increment: number): Result<number> {
    return this.#gate.call('nice', () => identity.nice(this.#kernel, this.#record, increment));
  }
  rlimit(
    resource: Parameters<Process['rlimit']>[0],
    set?: { readonly soft: number; readonly hard: number },
  ): ReturnType<Process['rlimit']> {
    return this.#gate.call('rlimit', () => identity.rlimit(this.#kernel, this.#record, resource, set));
  }

  // ---- sockets
  connect(address: SocketAddress, options?: ConnectOptions): Promise<Result<Fd>> {
    return this.#gate.wait(
      'connect',
      { address: { ...address }, options: { ...options } as unknown as Plain },
      COST.socket,
    );
  }
  listen(address: SocketAddress): Result<Fd> {
    return this.#gate.call('listen', () => sockets.listen(this.#kernel, this.#record, address), COST.socket);
  }
  accept(fd: Fd): Promise<Result<Fd>> {
    return this.#gate.wait('accept', { fd }, COST.socket);
  }
  receive(fd: Fd): Promise<Result<Segment | undefined>> {
    return this.#gate.wait('receive', { fd });
  }
  send(fd: Fd, segment: Segment): Promise<Result<void>> {
    return this.#gate.wait('send', { fd, segment: segment as unknown as Plain }, COST.transfer);
  }
  shutdown(fd: Fd): Result<void> {
    return this.#gate.call('shutdown', () => sockets.shutdown(this.#kernel, this.#record, fd));
  }
  socketName(fd: Fd): Result<SocketAddress> {
    return this.#gate.call('socketName', () => sockets.socketName(this.#kernel, this.#record, fd));
  }
  peerName(fd: Fd): Result<SocketAddress> {
    return this.#gate.call('peerName', () => sockets.peerName(this.#kernel, this.#record, fd));
  }
  udp(port?: number, ip?: string): Result<Fd> {
    return this.#gate.call('udp', () => sockets.udp(this.#kernel, this.#record, port, ip), COST.socket);
  }
  sendTo(fd: Fd, to: { readonly ip: string; readonly port: number }, bytes: Uint8Array): Result<void> {
    return this.#gate.call('sendTo', () => sockets.sendTo(this.#kernel, this.#record, fd, to, bytes), COST.transfer);
  }
  receiveFrom(fd: Fd, timeoutUs?: number): Promise<Result<Datagram>> {
    return this.#gate.wait('receiveFrom', { fd, ...(timeoutUs === undefined ? {} : { timeoutUs }) });
  }
  ping(ip: string, options: Parameters<Process['ping']>[1]): ReturnType<Process['ping']> {
    return this.#gate.wait('ping', { ip, options: { ...options } }, COST.socket);
  }

  kernel(request: KernelRequest): Result<Plain> {
    return this.#gate.call('kernel', () => kernelRequest(this.#kernel, this.#record, request), COST.change);
  }

  /** A host pid as this process numbers it. */
  #inner(pid: Result<Pid>): Result<Pid> {
    return failed(pid) ? pid : (this.#kernel.namespaces.pidIn(pid, this.#record.namespaces.pid) ?? pid);
  }
}
