/** All sockets of the lab: ids, ports, who is told of what. Protocols are in the files beside this one. */
import type { Plain } from '../../../../protocol/plain.ts';
import { fail, type ErrnoName, type Result } from '../../../../protocol/errno.ts';
import type { Segment } from '../../../../protocol/program.ts';
import { tell, type Notify } from '../../../sim/notify.ts';
import type { ConnectOutcome, NetnsId, SocketHandler, SocketId, SocketOwner } from '../interface.ts';
import { NETWORK_TARGET } from '../interface.ts';
import type { Lab } from '../lab.ts';
import type { Namespace } from '../namespace.ts';
import type { Protocol } from '../packet.ts';
import { segmentSize } from '../http/text.ts';
import { MESSAGE_QUEUE } from '../latency.ts';
import { Captures } from './captures.ts';
import { newSocket, type Endpoint, type Socket } from './socket.ts';

const FIRST_EPHEMERAL = 32_768;
const LAST_EPHEMERAL = 60_999;

/** Sockets of the outside machine. */
export const OUTSIDE_TARGET = 'network/outside';

const connectionKeyOf = (protocol: Socket['protocol'], port: number, peer: Endpoint): string =>
  `${protocol}/${String(port)}/${String(peer.ip)}/${String(peer.port)}`;

export class SocketTable {
  readonly sockets = new Map<SocketId, Socket>();
  readonly handlers = new Map<string, SocketHandler>();
  /** Unix listeners by key. */
  readonly unix = new Map<string, SocketId>();
  /** Sockets per owning process (`host/pid`). */
  readonly byProcess = new Map<string, Set<SocketId>>();
  readonly captures: Captures;
  nextId = 1;

  constructor(readonly lab: Lab) {
    this.captures = new Captures(this);
  }

  open(protocol: Socket['protocol'], netns: NetnsId, owner: SocketOwner, state: Socket['state']): Socket {
    const socket = newSocket(this.nextId, protocol, netns, owner, state);
    this.nextId += 1;
    this.sockets.set(socket.id, socket);
    this.own(socket, owner);
    return socket;
  }

  get(id: SocketId | undefined): Socket | undefined {
    return id === undefined ? undefined : this.sockets.get(id);
  }

  namespaceOf(socket: Socket): Namespace | undefined {
    return this.lab.namespace(socket.netns);
  }

  own(socket: Socket, owner: SocketOwner): void {
    const before = processOf(socket.owner);
    if (before !== undefined) this.byProcess.get(before)?.delete(socket.id);
    socket.owner = owner;
    const process = processOf(owner);
    if (process === undefined) return;
    const set = this.byProcess.get(process);
    if (set === undefined) this.byProcess.set(process, new Set([socket.id]));
    else set.add(socket.id);
  }

  // ---- ports

  /** EADDRINUSE where another socket has the port on that address or on all. */
  bind(socket: Socket, namespace: Namespace, endpoint: Endpoint): Result<void> {
    const { protocol } = socket;
    if (endpoint.ip !== 0 && namespace.localLink(endpoint.ip) === undefined) return fail('EADDRNOTAVAIL');
    const port = endpoint.port === 0 ? this.#freePort(namespace, protocol) : endpoint.port;
    if (port === undefined) return fail('EADDRINUSE');
    const key = `${protocol}:${String(port)}`;
    const others = namespace.bound.get(key) ?? [];
    for (const id of others) {
      const other = this.sockets.get(id);
      if (other !== undefined && (other.local.ip === 0 || endpoint.ip === 0 || other.local.ip === endpoint.ip))
        return fail('EADDRINUSE');
    }
    socket.local = { ip: endpoint.ip, port };
    namespace.bound.set(key, [...others, socket.id]);
    return undefined;
  }

  unbind(socket: Socket): void {
    if (socket.protocol === 'unix') {
      if (socket.key !== undefined && this.unix.get(socket.key) === socket.id) this.unix.delete(socket.key);
      return;
    }
    const namespace = this.lab.namespaces.get(socket.netns);
    const key = `${socket.protocol}:${String(socket.local.port)}`;
    const left = namespace?.bound.get(key)?.filter((id) => id !== socket.id) ?? [];
    if (left.length > 0) namespace?.bound.set(key, left);
    else namespace?.bound.delete(key);
  }

  /** The socket bound for a packet that was delivered here: the exact address before the wildcard. */
  boundAt(namespace: Namespace, protocol: Protocol, ip: number, port: number): Socket | undefined {
    this.lab.resting.get(namespace.id)?.();
    let wildcard: Socket | undefined;
    for (const id of namespace.bound.get(`${protocol}:${String(port)}`) ?? []) {
      const socket = this.sockets.get(id);
      if (socket?.local.ip === ip) return socket;
      if (socket?.local.ip === 0) wildcard = socket;
    }
    return wildcard;
  }

  /** A free local port for a new connection to `peer`. */
  ephemeralPort(namespace: Namespace, protocol: Protocol, peer: Endpoint): number | undefined {
    for (let tries = 0; tries <= LAST_EPHEMERAL - FIRST_EPHEMERAL; tries += 1) {
      const port = this.#nextPort(namespace);
      if (namespace.bound.has(`${protocol}:${String(port)}`)) continue;
      if (!namespace.connections.has(connectionKeyOf(protocol, port, peer))) return port;
    }
    return undefined;
  }

  /** Whether a TCP connection or a listener here has this port already. */
  connects(namespace: Namespace, port: number, peer: Endpoint): boolean {
    return namespace.bound.has(`tcp:${String(port)}`) || namespace.connections.has(connectionKeyOf('tcp', port, peer));
  }

  connectionKey(socket: Socket): string {
    return connectionKeyOf(socket.protocol, socket.local.port, socket.peer);
  }

  // ---- telling

  wakeReaders(socket: Socket): void {
    const waits = socket.readWaits;
    if (waits.length === 0) return;
    socket.readWaits = [];
    for (const notify of waits) this.tell(notify, { socket: socket.id });
  }

  wakeWriters(socket: Socket): void {
    const waits = socket.writeWaits;
    socket.starved = false;
    if (waits.length > 0) {
      socket.writeWaits = [];
      for (const notify of waits) this.tell(notify, { socket: socket.id });
    }
    this.handlerOf(socket)?.writable?.(socket.id);
  }

  tell(notify: Notify, outcome: { readonly [key: string]: Plain }): void {
    tell(this.lab.simulation.loop, notify, outcome);
  }

  /** The handler of sockets whose owner is called rather than asked. */
  handlerOf(socket: Socket): SocketHandler | undefined {
    const { owner } = socket;
    if ('external' in owner) return this.handlers.get(OUTSIDE_TARGET);
    if ('component' in owner) return this.handlers.get(owner.component);
    return owner.push === true ? this.handlers.get(`processes/${owner.host}`) : undefined;
  }

  isPushed(socket: Socket): boolean {
    return 'external' in socket.owner || 'component' in socket.owner || socket.owner.push === true;
  }

  connectDone(socket: Socket, outcome: ConnectOutcome): void {
    const { connectNotify } = socket;
    delete socket.connectNotify;
    if (connectNotify !== undefined) this.tell(connectNotify, { socket: socket.id, ...outcome });
    else this.handlerOf(socket)?.connected?.(socket.id, outcome);
  }

  segmentArrived(socket: Socket, segment: Segment): void {
    this.handlerOf(socket)?.segment(socket.id, segment);
  }

  /** Queues a message of a socket whose reader asks; what does not fit is lost. */
  messageArrived(socket: Socket | undefined, value: Plain): void {
    if (socket === undefined || socket.queue.length >= MESSAGE_QUEUE) return;
    const segment: Segment = { type: 'message', value };
    socket.queue.push(segment);
    socket.queuedBytes += segmentSize(segment);
    this.wakeReaders(socket);
  }

  schedule(delayUs: number, type: string, payload: { readonly [key: string]: unknown }): number {
    return this.lab.simulation.loop.schedule(delayUs, NETWORK_TARGET, type, payload as never);
  }

  /** Removes the record and everything that points to it. */
  forget(socket: Socket): void {
    if (socket.protocol === 'packet') this.captures.delete(socket);
    else if (socket.protocol !== 'icmp' && (socket.state === 'LISTEN' || socket.state === 'UNCONN'))
      this.unbind(socket);
    const namespace = this.lab.namespaces.get(socket.netns);
    if (namespace !== undefined && socket.protocol === 'tcp' && socket.state !== 'LISTEN') {
      const key = this.connectionKey(socket);
      if (namespace.connections.get(key) === socket.id) namespace.connections.delete(key);
    }
    if (socket.retryEvent !== undefined) this.lab.simulation.loop.cancel(socket.retryEvent);
    const process = processOf(socket.owner);
    if (process !== undefined) {
      const set = this.byProcess.get(process);
      set?.delete(socket.id);
      if (set?.size === 0) this.byProcess.delete(process);
    }
    this.sockets.delete(socket.id);
  }

  /** The connection is over with an error; whoever waits learns it. */
  breakConnection(socket: Socket, errno: ErrnoName): void {
    if (socket.broken !== undefined) return;
    socket.broken = errno;
    socket.held = [];
    if (socket.closed) {
      this.forget(socket);
      return;
    }
    this.wakeReaders(socket);
    const waits = socket.writeWaits;
    socket.writeWaits = [];
    for (const notify of waits) this.tell(notify, { socket: socket.id });
    this.handlerOf(socket)?.closed(socket.id, errno);
  }

  restore(nextId: number, saved: readonly Socket[]): void {
    this.nextId = nextId;
    for (const map of [this.sockets, this.unix, this.byProcess]) map.clear();
    this.captures.clear();
    for (const one of saved) {
      const { parser, backlog } = one;
      const socket: Socket = {
        ...one,
        queue: [...one.queue],
        held: [...one.held],
        readWaits: [...one.readWaits],
        writeWaits: [...one.writeWaits],
        datagrams: [...one.datagrams],
        render: { ...one.render },
        ...(parser === undefined ? {} : { parser: { ...parser } }),
        ...(backlog === undefined ? {} : { backlog: [...backlog] }),
      };
      this.sockets.set(socket.id, socket);
      this.own(socket, socket.owner);
      if (socket.protocol === 'packet') this.captures.add(socket);
      if (socket.state === 'LISTEN' && socket.key !== undefined) this.unix.set(socket.key, socket.id);
    }
  }

  #freePort(namespace: Namespace, protocol: Socket['protocol']): number | undefined {
    for (let tries = 0; tries <= LAST_EPHEMERAL - FIRST_EPHEMERAL; tries += 1) {
      const port = this.#nextPort(namespace);
      if (!namespace.bound.has(`${protocol}:${String(port)}`)) return port;
    }
    return undefined;
  }

  #nextPort(namespace: Namespace): number {
    if (namespace.nextPort === 0) {
      namespace.nextPort =
        FIRST_EPHEMERAL +
        this.lab.simulation.random.for('network', String(namespace.id), 'port').below(LAST_EPHEMERAL - FIRST_EPHEMERAL);
    }
    const port = namespace.nextPort;
    namespace.nextPort = port >= LAST_EPHEMERAL ? FIRST_EPHEMERAL : port + 1;
    return port;
  }
}

export const processOf = (owner: SocketOwner): string | undefined =>
  'external' in owner || owner.pid === undefined ? undefined : `${owner.host}/${String(owner.pid)}`;
