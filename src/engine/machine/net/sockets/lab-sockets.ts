/** The socket calls: what kernels and components may ask (see `Sockets` in interface.ts). */
import { fail, failed, type ErrnoName, type Result } from '../../../../protocol/errno.ts';
import type { ConnectOptions, Datagram, Pid, Segment, WayProbe } from '../../../../protocol/program.ts';
import type { Plain } from '../../../../protocol/plain.ts';
import { parseIpv4 } from '../../../../formats/ip.ts';
import type { Notify } from '../../../sim/notify.ts';
import { segmentSize } from '../http/text.ts';
import type {
  BindAddress,
  ListenOptions,
  NetnsId,
  Received,
  SocketHandler,
  SocketId,
  SocketInfo,
  SocketOwner,
  Sockets,
  TlsPeer,
} from '../interface.ts';
import type { Lab } from '../lab.ts';
import { DEFAULT_BACKLOG, WINDOW_BYTES } from '../latency.ts';
import type { Paths } from '../paths.ts';
import { Reading } from './reading.ts';
import type { Socket } from './socket.ts';
import { infoOf } from './socket-info.ts';
import { SocketTable } from './table.ts';
import { Tcp } from './tcp.ts';
import { Handshake } from './handshake.ts';
import { Probes } from './probes.ts';
import { Udp } from './udp.ts';

export class LabSockets implements Sockets {
  readonly table: SocketTable;
  readonly #tcp: Tcp;
  readonly #handshake: Handshake;
  readonly #udp: Udp;
  readonly #probes: Probes;
  readonly #reading: Reading;

  constructor(lab: Lab, paths: Paths) {
    this.table = new SocketTable(lab);
    this.#tcp = new Tcp(this.table, paths);
    this.#handshake = new Handshake(this.table, paths, this.#tcp);
    this.#udp = new Udp(this.table, paths);
    this.#probes = new Probes(this.table, paths);
    this.#reading = new Reading(this.table, this.#tcp);
  }

  attach(target: string, handler: SocketHandler): void {
    this.table.handlers.set(target, handler);
  }

  listen(netns: NetnsId, address: BindAddress, owner: SocketOwner, options: ListenOptions = {}): Result<SocketId> {
    const namespace = this.table.lab.namespace(netns);
    if (namespace === undefined) return fail('ENETDOWN');
    if (address.family === 'unix' && this.table.unix.has(address.key)) return fail('EADDRINUSE');
    const ip = address.family === 'inet' ? parseIpv4(address.ip) : 0;
    if (ip === undefined) return fail('EADDRNOTAVAIL');
    const socket = this.table.open(address.family === 'unix' ? 'unix' : 'tcp', netns, owner, 'LISTEN');
    socket.backlog = [];
    socket.backlogMax = Math.min(
      options.backlog ?? DEFAULT_BACKLOG,
      Number(namespace.sysctl('net.core.somaxconn') ?? DEFAULT_BACKLOG),
    );
    if (options.tls !== undefined) socket.tls = options.tls;
    if (address.family === 'unix') {
      socket.path = address.path;
      socket.key = address.key;
      this.table.unix.set(address.key, socket.id);
      return socket.id;
    }
    const bound = this.table.bind(socket, namespace, { ip, port: address.port });
    if (!failed(bound)) return socket.id;
    socket.state = 'SYN-SENT';
    this.table.forget(socket);
    return bound;
  }

  connect(
    netns: NetnsId,
    address: BindAddress,
    owner: SocketOwner,
    options: ConnectOptions = {},
    notify?: Notify,
  ): Result<SocketId> {
    if (address.family === 'unix') return this.#handshake.connectUnix(netns, address.path, address.key, owner, notify);
    const ip = parseIpv4(address.ip);
    if (ip === undefined) return fail(address.ip.includes(':') ? 'ENETUNREACH' : 'EINVAL');
    // 0.0.0.0 as a destination means this host.
    return this.#handshake.connect(
      netns,
      { ip: ip === 0 ? 0x7f000001 : ip, port: address.port },
      owner,
      options,
      notify,
    );
  }

  accept(listener: SocketId, owner: SocketOwner): Result<SocketId | undefined> {
    const socket = this.table.get(listener);
    if (socket?.state !== 'LISTEN') return fail('EINVAL');
    const next = socket.backlog?.find((id) => this.table.get(id)?.accepted === true);
    if (next === undefined) return undefined;
    socket.backlog = (socket.backlog ?? []).filter((id) => id !== next);
    this.transfer(next, owner);
    return next;
  }

  receive(id: SocketId): Received {
    return this.#reading.receive(id);
  }

  receiveBytes(
    id: SocketId,
    max: number,
  ): { readonly type: 'bytes'; readonly bytes: Uint8Array } | Exclude<Received, { readonly type: 'segment' }> {
    return this.#reading.receiveBytes(id, max);
  }

  send(id: SocketId, segment: Segment): Result<void> {
    const socket = this.table.get(id);
    return socket === undefined ? fail('EBADF') : this.#tcp.send(socket, segment);
  }

  whenReadable(id: SocketId, notify: Notify): void {
    const socket = this.table.get(id);
    if (socket === undefined || this.readable(id)) this.table.tell(notify, { socket: id });
    else socket.readWaits.push(notify);
  }

  whenWritable(id: SocketId, notify: Notify): void {
    const socket = this.table.get(id);
    if (socket === undefined || this.writable(id)) this.table.tell(notify, { socket: id });
    else socket.writeWaits.push(notify);
  }

  cancelWait(id: SocketId, { target, type }: Pick<Notify, 'target' | 'type'>): void {
    const socket = this.table.get(id);
    if (socket === undefined) return;
    const others = (notify: Notify): boolean => notify.target !== target || notify.type !== type;
    socket.readWaits = socket.readWaits.filter(others);
    socket.writeWaits = socket.writeWaits.filter(others);
  }

  readable(id: SocketId): boolean {
    const socket = this.table.get(id);
    if (socket === undefined) return true;
    if (socket.state === 'LISTEN')
      return socket.backlog?.some((waiting) => this.table.get(waiting)?.accepted === true) === true;
    if (socket.protocol === 'udp') return socket.datagrams.length > 0 || socket.error !== undefined;
    return socket.queue.length > 0 || socket.rendered !== undefined || socket.ended || socket.broken !== undefined;
  }

  writable(id: SocketId): boolean {
    const socket = this.table.get(id);
    if (socket === undefined || socket.state === 'UNCONN' || socket.broken !== undefined) return true;
    return socket.state === 'ESTAB' && socket.outstanding < WINDOW_BYTES;
  }

  shutdown(id: SocketId): Result<void> {
    const socket = this.table.get(id);
    return socket === undefined ? fail('EBADF') : this.#tcp.shutdown(socket);
  }

  close(id: SocketId, options: { readonly reset?: boolean } = {}): void {
    const socket = this.table.get(id);
    if (socket === undefined) return;
    if (socket.state === 'LISTEN') {
      // Connections that nobody accepted are reset.
      for (const waiting of socket.backlog ?? []) {
        const connection = this.table.get(waiting);
        if (connection !== undefined) this.#tcp.close(connection, true);
      }
      this.table.forget(socket);
    } else if (socket.state === 'UNCONN') this.table.forget(socket);
    else this.#tcp.close(socket, options.reset === true);
  }

  destroy(id: SocketId): Result<void> {
    const socket = this.table.get(id);
    if (socket === undefined) return fail('ENOENT');
    if (socket.protocol !== 'tcp' && socket.protocol !== 'udp') return fail('EOPNOTSUPP');
    if (socket.state === 'LISTEN') {
      // Who waits for a connection learns that there is no listener any more.
      this.table.wakeReaders(socket);
      this.close(id);
    } else if (socket.protocol === 'tcp') this.#tcp.abort(socket);
    else {
      socket.error = 'ECONNABORTED';
      this.table.wakeReaders(socket);
    }
    return undefined;
  }

  closeOwnedBy(host: string, pid: Pid): void {
    for (const id of [...(this.table.byProcess.get(`${host}/${String(pid)}`) ?? [])]) this.close(id);
  }

  transfer(id: SocketId, owner: SocketOwner): void {
    const socket = this.table.get(id);
    if (socket === undefined) return;
    this.table.own(socket, owner);
    if (!this.table.isPushed(socket)) return;
    for (const segment of socket.queue.splice(0)) {
      this.#tcp.taken(socket, segmentSize(segment));
      this.table.segmentArrived(socket, segment);
    }
    if (socket.ended) this.table.handlerOf(socket)?.closed(id, 'end');
  }

  delegate(id: SocketId, server: SocketOwner | undefined): void {
    const listener = this.table.get(id);
    if (listener?.state !== 'LISTEN') return;
    if (server === undefined) {
      delete listener.server;
      return;
    }
    listener.server = server;
    for (const waiting of [...(listener.backlog ?? [])]) {
      const connection = this.table.get(waiting);
      if (connection?.accepted !== true) continue;
      this.#handshake.accepted(connection, listener);
      this.transfer(waiting, server);
    }
  }

  info(id: SocketId): SocketInfo | undefined {
    const socket = this.table.get(id);
    return socket === undefined ? undefined : infoOf(socket);
  }

  tlsPeer(id: SocketId): TlsPeer | undefined {
    return this.table.get(id)?.tlsPeer;
  }

  serverChain(id: SocketId): string | undefined {
    return this.table.get(id)?.tls?.chain;
  }

  hasTls(listener: SocketId): boolean {
    return this.table.get(listener)?.tls !== undefined;
  }

  list(netns: NetnsId): readonly SocketInfo[] {
    const found: SocketInfo[] = [];
    for (const socket of this.table.sockets.values()) {
      const info =
        socket.netns === netns && (socket.listener === undefined || socket.accepted) ? this.info(socket.id) : undefined;
      if (info !== undefined) found.push(info);
    }
    return found;
  }

  pair(host: string, a: SocketOwner, b: SocketOwner): readonly [SocketId, SocketId] {
    return this.#handshake.pair(this.table.lab.hosts.get(host)?.netns ?? 0, a, b);
  }

  udp(netns: NetnsId, owner: SocketOwner, port = 0, ip = '0.0.0.0'): Result<SocketId> {
    const address = parseIpv4(ip);
    return address === undefined ? fail('EADDRNOTAVAIL') : this.#udp.open(netns, owner, port, address);
  }

  sendTo(id: SocketId, to: { readonly ip: string; readonly port: number }, bytes: Uint8Array): Result<void> {
    const socket = this.table.get(id);
    const ip = parseIpv4(to.ip);
    if (socket === undefined) return fail('EBADF');
    return ip === undefined ? fail('ENETUNREACH') : this.#udp.sendTo(socket, ip, to.port, bytes);
  }

  receiveFrom(id: SocketId): Result<Datagram | undefined> {
    const socket = this.table.get(id);
    if (socket === undefined) return fail('EBADF');
    if (socket.error !== undefined) {
      const errno = socket.error;
      delete socket.error;
      return fail(errno);
    }
    return socket.datagrams.shift();
  }

  icmp(netns: NetnsId, owner: SocketOwner): SocketId {
    return this.table.open('icmp', netns, owner, 'UNCONN').id;
  }

  sendProbe(id: SocketId, ip: string, probe: WayProbe): Result<void> {
    const socket = this.table.get(id);
    return socket === undefined ? fail('EBADF') : this.#probes.send(socket, ip, probe);
  }

  capture(netns: NetnsId, owner: SocketOwner, device?: string): Result<SocketId> {
    if (device !== undefined && this.table.lab.namespace(netns)?.linkByName(device) === undefined)
      return fail('ENODEV');
    const socket = this.table.open('packet', netns, owner, 'UNCONN');
    if (device !== undefined) socket.device = device;
    this.table.captures.add(socket);
    return socket.id;
  }

  /** Sockets of a namespace that is gone vanish without a word. */
  vanish(netns: NetnsId): void {
    for (const socket of [...this.table.sockets.values()]) if (socket.netns === netns) this.table.forget(socket);
  }

  snapshot(): Plain {
    const sockets = [...this.table.sockets.values()].map((socket) => ({
      ...socket,
      queue: [...socket.queue],
      held: [...socket.held],
      readWaits: [...socket.readWaits],
      writeWaits: [...socket.writeWaits],
      datagrams: [...socket.datagrams],
      render: { ...socket.render },
      ...(socket.backlog === undefined ? {} : { backlog: [...socket.backlog] }),
      ...(socket.parser === undefined ? {} : { parser: { ...socket.parser } }),
    }));
    return { nextId: this.table.nextId, sockets: sockets as unknown as Plain };
  }

  restore(state: Plain): void {
    const saved = state as unknown as { nextId: number; sockets: Socket[] };
    this.table.restore(saved.nextId, saved.sockets);
  }

  handle(type: string, payload: Plain): void {
    const event = payload as unknown as {
      socket: SocketId;
      listener: SocketId;
      to: SocketId;
      from: SocketId;
      segment: Segment;
      bytes: number;
      errno: ErrnoName;
      value: Plain;
    };
    const socket = this.table.get(event.socket);
    switch (type) {
      case 'tcp.connected':
        if (socket !== undefined) this.#handshake.connected(socket);
        break;
      case 'tcp.accepted':
        if (socket !== undefined) this.#handshake.accepted(socket, this.table.get(event.listener));
        break;
      case 'tcp.data':
        this.#tcp.arrived(this.table.get(event.to), event.from, event.segment, event.bytes);
        break;
      case 'tcp.fin':
        this.#tcp.finArrived(this.table.get(event.to), event.from);
        break;
      case 'tcp.window':
        if (socket !== undefined) this.table.wakeWriters(socket);
        break;
      case 'tcp.reset':
        if (socket !== undefined) this.table.breakConnection(socket, 'ECONNRESET');
        break;
      case 'tcp.syn':
        if (socket !== undefined) this.#handshake.syn(socket);
        break;
      case 'tcp.failed':
        if (socket !== undefined) this.#handshake.failed(socket, event.errno);
        break;
      case 'tcp.retry':
        if (socket !== undefined) this.#tcp.retry(socket);
        break;
      case 'udp.data': {
        const { from, bytes } = payload as unknown as Datagram;
        this.#udp.arrived(this.table.get(event.to), { from, bytes });
        break;
      }
      case 'icmp.answer':
      case 'capture.frame':
        this.table.messageArrived(this.table.get(event.to), event.value);
        break;
      case 'udp.error': {
        const target = this.table.get(event.to);
        if (target === undefined) break;
        target.error = event.errno;
        this.table.wakeReaders(target);
        break;
      }
      default:
        throw new Error(`the network has no event ${type}`);
    }
  }
}
