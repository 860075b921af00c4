import { encodeUtf8 } from '../../../../protocol/bytes.ts';
import { fail, failed, type Result } from '../../../../protocol/errno.ts';
import type { Plain } from '../../../../protocol/plain.ts';
import type { DirectoryEntry, FileStat, Segment, Signal, TimeOfDay } from '../../../../protocol/program.ts';
import type { RandomStream } from '../../../sim/random.ts';
import type { BindAddress } from '../../net/interface.ts';
import type { HostKernel } from '../host-kernel.ts';
import { kill } from '../processes/identity-calls.ts';
import { isAlive, type ProcessRecord } from '../processes/process-record.ts';
import type { ReactiveContext, ReactiveResponse, ReactiveState } from './reactive.ts';
import type { ReactiveInstance } from './reactive-instance.ts';

/** Output kept for a reader that lags; what goes beyond is lost. */
const OUTBOX_BYTES = 1_048_576;

export class ReactiveProcess implements ReactiveContext {
  constructor(
    private readonly kernel: HostKernel,
    private readonly record: ProcessRecord,
    private readonly instance: ReactiveInstance,
  ) {}

  get uid(): number {
    return this.record.credentials.uid;
  }
  get pid(): number {
    return this.kernel.namespaces.pidIn(this.record.pid, this.record.namespaces.pid) ?? this.record.pid;
  }
  get hostPid(): number {
    return this.record.pid;
  }
  get argv(): readonly string[] {
    return this.record.argv;
  }
  get env(): Readonly<Record<string, string>> {
    return this.record.env;
  }
  get cwd(): string {
    return this.record.mounts.pathOf(this.record.cwd, this.record.root) ?? '/';
  }
  get hostname(): string {
    return this.kernel.namespaces.hostname(this.record.namespaces.uts);
  }
  get processors(): number {
    return this.kernel.processors;
  }
  get state(): ReactiveState {
    return this.instance.state;
  }
  set state(next: ReactiveState) {
    this.instance.state = next;
  }

  time(): TimeOfDay {
    return { realtimeUs: this.kernel.simulation.clock.unixUs, monotonicUs: this.kernel.uptimeUs };
  }
  random(purpose: string): RandomStream {
    return this.kernel.simulation.random.for('process', this.kernel.host, this.record.name, purpose);
  }
  exit(code: number): void {
    this.flush();
    if (isAlive(this.record))
      this.kernel.lifecycle.die(this.record, { pid: this.record.pid, type: 'exited', code: code & 255 });
  }
  setName(name: string): void {
    this.record.name = name.slice(0, 15);
  }

  setTitle(title: string): void {
    this.record.argv = [title];
  }

  timer(name: string, us: number): void {
    if (!this.#live) return;
    this.cancelTimer(name);
    this.instance.timers.set(
      name,
      this.kernel.simulation.loop.schedule(us, this.kernel.target, 'reactive.timer', {
        pid: this.record.pid,
        timer: name,
      }),
    );
  }
  cancelTimer(name: string): void {
    const event = this.instance.timers.get(name);
    if (event !== undefined) this.kernel.simulation.loop.cancel(event);
    this.instance.timers.delete(name);
  }
  catchSignals(signals: readonly Signal[]): void {
    for (const signal of signals)
      if (signal !== 'SIGKILL' && signal !== 'SIGSTOP') this.record.dispositions.set(signal, 'catch');
  }

  cpu(us: number): void {
    this.kernel.charge(this.record.pid, us);
  }
  burn(us: number, tag: string): void {
    if (!this.#live) return;
    this.instance.burns.push(tag);
    this.record.busy = 'burn';
    this.kernel.cpu.add(this.record.pid, us, this.record.cgroup, this.record.nice);
  }
  memory(bytes: number): Result<void> {
    if (!this.#live) return fail('ESRCH');
    this.kernel.lifecycle.setMemory(this.record, this.record.baseBytes + bytes);
    return undefined;
  }

  print(text: string | Uint8Array, fd: 1 | 2 = 1): void {
    const bytes = typeof text === 'string' ? encodeUtf8(text) : text;
    if (bytes.length === 0 || !this.#live) return;
    if (this.instance.outbox.length === 0) {
      const taken = this.kernel.descriptors.writeNow(this.record, fd, bytes);
      if (taken >= bytes.length) return;
      this.#keep(fd, bytes.subarray(taken));
      this.#awaitRoom(fd);
    } else this.#keep(fd, bytes);
  }

  /** Sends what waits for a slow reader. */
  flush(): void {
    for (;;) {
      const [first] = this.instance.outbox;
      if (first === undefined || !this.#live) return;
      const taken = this.kernel.descriptors.writeNow(this.record, first.fd, first.bytes);
      this.instance.outboxBytes -= taken;
      if (taken >= first.bytes.length) this.instance.outbox.shift();
      else {
        this.instance.outbox[0] = { fd: first.fd, bytes: first.bytes.subarray(taken) };
        this.#awaitRoom(first.fd);
        return;
      }
    }
  }

  readInput(): void {
    this.kernel.reactive.readInput(this.record);
  }

  readFile(path: string): Result<Uint8Array> {
    return this.#files.readFile(path);
  }
  writeFile(
    path: string,
    content: Uint8Array | string,
    options: { readonly append?: boolean; readonly mode?: number } = {},
  ): Result<void> {
    const bytes = typeof content === 'string' ? encodeUtf8(content) : content;
    const written = this.#files.writeFile(path, bytes, options);
    // /dev/stdout and the like are not files: they are written as descriptors.
    if (!failed(written) || written.errno !== 'EINVAL') return written;
    const fd = this.kernel.descriptors.open(this.record, path, { write: true, append: true });
    if (failed(fd)) return fd;
    this.kernel.descriptors.writeNow(this.record, fd, bytes);
    return this.kernel.descriptors.close(this.record, fd);
  }
  stat(path: string): Result<FileStat> {
    return this.#files.stat(path);
  }
  readdir(path: string): Result<readonly DirectoryEntry[]> {
    return this.#files.readdir(path);
  }
  mkdir(path: string): Result<void> {
    return this.#files.mkdir(path);
  }
  chown(path: string, uid: number, gid: number): Result<void> {
    return this.#files.chown(path, uid, gid);
  }
  unlink(path: string): Result<void> {
    return this.#files.unlink(path);
  }

  listen(port: number, backlog?: number, ip = '0.0.0.0'): Result<void> {
    const low = Number(this.kernel.sysctl('net.ipv4.ip_unprivileged_port_start', this.record.namespaces.net) ?? '1024');
    if (port < low && !this.kernel.can(this.record, 'NET_BIND_SERVICE')) return fail('EACCES');
    return this.#listen({ family: 'inet', ip, port }, port, backlog);
  }
  listenUnix(path: string): Result<void> {
    const address = this.kernel.unixAddressOf(this.kernel.walkerOf(this.record), path, {
      mode: 0o777 & ~this.record.umask,
    });
    return failed(address) ? address : this.#listen(address, 0);
  }
  connect(ip: string, port: number, tag: string): void {
    const { sockets } = this.kernel;
    const socket =
      sockets?.connect(this.record.namespaces.net, { family: 'inet', ip, port }, this.#owner, {}) ??
      fail('ENETUNREACH');
    if (failed(socket)) {
      const program =
        this.record.kind.type === 'reactive'
          ? this.kernel.options.reactivePrograms.get(this.record.kind.program)
          : undefined;
      program?.onConnected?.(this, tag, socket.errno);
      return;
    }
    this.instance.connecting.set(socket, { tag, ip, port });
    this.kernel.reactive.own(socket, this.record.pid);
  }
  send(connection: number, segment: Segment): Result<void> {
    return this.kernel.sockets?.send(connection, segment) ?? undefined;
  }
  respond(connection: number, response: ReactiveResponse): void {
    const open = this.instance.connections.get(connection);
    const { sockets } = this.kernel;
    if (open === undefined || sockets === undefined) return;
    if (response.delayUs !== undefined && response.delayUs > 0) {
      const { delayUs, ...later } = response;
      this.kernel.simulation.loop.schedule(delayUs, this.kernel.target, 'reactive.respond', {
        pid: this.record.pid,
        connection,
        response: later as unknown as Plain,
      });
      return;
    }
    open.waiting = Math.max(0, open.waiting - 1);
    const { body, status, headers } = response;
    sockets.send(connection, { type: 'response', head: { status, headers } });
    if (body !== undefined) sockets.send(connection, { type: 'body', chunk: body });
    sockets.send(connection, { type: 'end' });
    this.cpu(30);
    if (response.close === true || (open.closeAfter && open.waiting === 0)) this.close(connection);
  }
  close(connection: number): void {
    this.instance.connections.delete(connection);
    this.kernel.reactive.disown(connection);
    this.kernel.sockets?.close(connection);
  }
  udp(port: number, ip?: string): Result<number> {
    const socket = this.kernel.sockets?.udp(this.record.namespaces.net, this.#owner, port, ip) ?? fail('EADDRNOTAVAIL');
    if (failed(socket)) return socket;
    this.instance.datagrams.add(socket);
    this.kernel.reactive.own(socket, this.record.pid);
    return socket;
  }
  sendTo(socket: number, to: { readonly ip: string; readonly port: number }, bytes: Uint8Array): Result<void> {
    return this.kernel.sockets?.sendTo(socket, to, bytes);
  }

  forkWorker(name: string, argv: readonly string[]): Result<number> {
    return this.#child(this.kernel.lifecycle.forkWorker(this.record, name, argv));
  }
  spawn(path: string, argv: readonly string[]): Result<number> {
    return this.#child(this.kernel.lifecycle.spawnChild(this.record, path, argv));
  }
  exec(path: string, argv: readonly string[]): Result<void> {
    return this.kernel.lifecycle.execFound(this.record, path, argv);
  }
  kill(pid: number, signal: Signal): Result<void> {
    return kill(this.kernel, this.record, pid, signal);
  }

  get #live(): boolean {
    return isAlive(this.record) && this.record.kind.type === 'reactive' && this.record.kind.instance === this.instance;
  }

  get #files(): ReturnType<HostKernel['descriptors']['calls']> {
    this.kernel.caller = this.record.pid;
    return this.kernel.descriptors.calls(this.record);
  }

  get #owner(): { readonly pid: number; readonly host: string; readonly push: true } {
    return { pid: this.record.pid, host: this.kernel.host, push: true };
  }

  #listen(address: BindAddress, port: number, backlog?: number): Result<void> {
    const options = backlog === undefined ? {} : { backlog };
    const socket =
      this.kernel.sockets?.listen(this.record.namespaces.net, address, this.#owner, options) ?? fail('EADDRNOTAVAIL');
    if (failed(socket)) return socket;
    this.instance.listeners.set(socket, port);
    this.kernel.reactive.own(socket, this.record.pid);
  }

  #child(pid: Result<number>): Result<number> {
    if (failed(pid)) return pid;
    this.instance.children.add(pid);
    return this.kernel.namespaces.pidIn(pid, this.record.namespaces.pid) ?? pid;
  }

  #keep(fd: number, bytes: Uint8Array): void {
    if (this.instance.outboxBytes + bytes.length > OUTBOX_BYTES) return;
    this.instance.outbox.push({ fd, bytes });
    this.instance.outboxBytes += bytes.length;
  }

  #awaitRoom(fd: number): void {
    const kind = this.kernel.descriptors.file(this.record, fd)?.kind;
    const waiter = { pid: this.record.pid, call: -fd - 1 };
    if (kind?.type === 'pipe') this.kernel.streams.get(kind.pipe)?.writeWaiters.push(waiter);
    else if (kind?.type === 'tty') this.kernel.ttys.get(kind.tty)?.writeWaiters.push(waiter);
    else this.instance.outbox = [];
  }
}
