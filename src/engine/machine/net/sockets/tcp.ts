/**
 * TCP between sockets of the lab (and unix streams, which need no way).
 * Models: handshake walked packet by packet, refusal, silence with SYN retries, ordered data with a window, half-close, reset,
 * retransmission while the way is broken. Leaves out: congestion control, sequence numbers, keep-alive.
 */
import { fail, type ErrnoName, type Result } from '../../../../protocol/errno.ts';
import type { ConnectOptions, Segment } from '../../../../protocol/program.ts';
import type { Notify } from '../../../sim/notify.ts';
import { newParser, segmentSize } from '../http/text.ts';
import type { NetnsId, SocketId, SocketOwner } from '../interface.ts';
import {
  BANDWIDTH_BYTES_PER_SECOND, DATA_FIRST_TIMEOUT_US, DATA_LAST_TIMEOUT_US, DATA_RETRIES, DEFAULT_BACKLOG, LATENCY_US, SYN_FIRST_TIMEOUT_US,
  SYN_RETRIES, WINDOW_BYTES,
} from '../latency.ts';
import type { Packet } from '../packet.ts';
import { errnoOf, type Paths, type Walked } from '../paths.ts';
import { formatIpv4 } from '../../../../formats/ip.ts';
import type { Endpoint, Held, Socket } from './socket.ts';
import type { SocketTable } from './table.ts';
import { verifyServer } from './tls.ts';

const HEADERS = 52;

export class Tcp {
  constructor(
    private readonly table: SocketTable,
    private readonly paths: Paths,
  ) {}

  // ---- connecting

  connect(netns: NetnsId, to: Endpoint, owner: SocketOwner, options: ConnectOptions, notify: Notify | undefined): Result<SocketId> {
    const namespace = this.table.lab.namespace(netns);
    if (namespace === undefined) return fail('ENETDOWN');
    if (namespace.localLink(to.ip) === undefined && namespace.route(to.ip) === undefined) return fail('ENETUNREACH');
    const port = this.table.ephemeralPort(namespace, 'tcp', to);
    if (port === undefined) return fail('EADDRNOTAVAIL');
    const socket = this.table.open('tcp', netns, owner, 'SYN-SENT');
    socket.local = { ip: 0, port };
    socket.peer = to;
    if (options.tls !== undefined) socket.connectTls = options.tls;
    if (notify !== undefined) socket.connectNotify = notify;
    if (options.timeoutUs !== undefined) socket.giveUpUs = this.table.lab.nowUs + options.timeoutUs;
    namespace.connections.set(this.table.connectionKey(socket), socket.id);
    this.syn(socket);
    return socket.id;
  }

  /** Sends a SYN now; later ones come as `tcp.syn` events. */
  syn(socket: Socket): void {
    delete socket.retryEvent;
    if (socket.state !== 'SYN-SENT') return;
    if (socket.giveUpUs !== undefined && this.table.lab.nowUs >= socket.giveUpUs) {
      this.#failed(socket, 'ETIMEDOUT');
      return;
    }
    const namespace = this.table.namespaceOf(socket);
    if (namespace === undefined) return;
    const packet = this.#packet(socket, 'syn');
    const there = this.paths.send(namespace, packet, socket.attempts === 0);
    if (socket.local.ip === 0) socket.local = { ...socket.local, ip: there.state.source ?? 0 };
    if (there.arrival.type === 'rejected') {
      this.#failLater(socket, errnoOf(there.arrival.kind), there.latencyUs);
      return;
    }
    if (there.arrival.type === 'dropped') {
      this.#retrySyn(socket);
      return;
    }
    this.#answerSyn(socket, there, there.arrival.packet);
  }

  #answerSyn(socket: Socket, there: Walked, packet: Packet): void {
    if (there.arrival.type !== 'delivered') return;
    const { namespace } = there.arrival;
    const listener = this.table.boundAt(namespace, 'tcp', packet.destination, packet.destinationPort);
    if (listener?.state !== 'LISTEN') {
      const refused = this.paths.refuse(namespace, { ...packet }, 'tcp-reset', there.latencyUs);
      if (refused.arrival.type === 'rejected') this.#failLater(socket, 'ECONNREFUSED', refused.latencyUs);
      else this.#retrySyn(socket);
      return;
    }
    if ((listener.backlog?.length ?? 0) >= (listener.backlogMax ?? DEFAULT_BACKLOG)) {
      this.#retrySyn(socket);
      return;
    }
    const server: Endpoint = { ip: packet.destination, port: packet.destinationPort };
    const client: Endpoint = { ip: packet.source, port: packet.sourcePort };
    const answer: Packet = { protocol: 'tcp', tcp: 'syn-ack', source: server.ip, sourcePort: server.port, destination: client.ip, destinationPort: client.port, ttl: 64, bytes: 60, mark: 0 };
    const back = this.paths.send(namespace, answer, false);
    const { arrival } = back;
    const reached = arrival.type === 'delivered' && arrival.namespace.id === socket.netns && answer.destinationPort === socket.local.port && answer.source === socket.peer.ip && answer.sourcePort === socket.peer.port;
    if (!reached) {
      this.#retrySyn(socket);
      return;
    }
    const home = this.table.namespaceOf(socket);
    const acknowledged = home === undefined ? undefined : this.paths.send(home, this.#packet(socket, 'ack'), false);
    if (acknowledged?.arrival.type !== 'delivered') {
      this.#retrySyn(socket);
      return;
    }
    this.#establish(socket, listener, server, client, acknowledged, back);
  }

  #establish(socket: Socket, listener: Socket, server: Endpoint, client: Endpoint, there: Walked, back: Walked): void {
    const peer = this.table.open('tcp', listener.netns, listener.owner, 'ESTAB');
    peer.local = server;
    peer.peer = client;
    peer.listener = listener.id;
    peer.other = socket.id;
    peer.way = back.path;
    this.table.namespaceOf(peer)?.connections.set(this.table.connectionKey(peer), peer.id);
    socket.other = peer.id;
    socket.way = there.path;
    const roundTripUs = there.latencyUs + back.latencyUs;
    const tlsUs = this.#secure(socket, peer, listener, roundTripUs);
    listener.backlog?.push(peer.id);
    this.table.schedule(roundTripUs + tlsUs, 'tcp.connected', { socket: socket.id });
    this.table.schedule(roundTripUs + tlsUs + there.latencyUs, 'tcp.accepted', { socket: peer.id, listener: listener.id });
    const arrivalUs = this.table.lab.nowUs + roundTripUs + tlsUs + there.latencyUs;
    peer.lastArrivalUs = arrivalUs;
    socket.lastArrivalUs = arrivalUs;
  }

  /** What the TLS handshake adds, µs; its failure is kept in the client's socket. */
  #secure(socket: Socket, peer: Socket, listener: Socket, roundTripUs: number): number {
    const { connectTls } = socket;
    if (connectTls === undefined) return 0;
    const problem = listener.tls === undefined ? 'tls: first record does not look like a TLS handshake' : verifyServer(listener.tls, connectTls, this.table.lab.simulation.clock.unixMs);
    if (problem !== undefined) socket.tlsError = problem;
    else {
      peer.tlsPeer = { serverName: connectTls.serverName, ...(connectTls.clientCertificate === undefined ? {} : { certificate: connectTls.clientCertificate }) };
      if (listener.tls !== undefined) socket.tls = listener.tls;
    }
    // One more round trip (TLS 1.3) and the signatures' time.
    return roundTripUs + 300;
  }

  /** `tcp.connected`: the handshake is over on the client's side. */
  connected(socket: Socket): void {
    if (socket.state !== 'SYN-SENT') return;
    if (socket.tlsError !== undefined) {
      const other = this.table.get(socket.other);
      if (other !== undefined) this.#sendReset(socket, other);
      this.#failed(socket, 'ECONNRESET', socket.tlsError);
      return;
    }
    socket.state = 'ESTAB';
    this.table.connectDone(socket, { connected: true });
    this.table.wakeWriters(socket);
  }

  /** `tcp.accepted`: the last packet of the handshake reached the server. */
  accepted(socket: Socket, listener: Socket | undefined): void {
    if (listener === undefined || socket.broken !== undefined) {
      if (listener?.backlog !== undefined) listener.backlog = listener.backlog.filter((id) => id !== socket.id);
      if (socket.broken === undefined) this.close(socket, true);
      else this.table.forget(socket);
      return;
    }
    const handler = this.table.handlerOf(listener);
    if (handler === undefined) {
      socket.accepted = true;
      this.table.wakeReaders(listener);
      return;
    }
    listener.backlog = (listener.backlog ?? []).filter((id) => id !== socket.id);
    socket.accepted = true;
    handler.accepted(socket.id, listener.id, { ip: formatIpv4(socket.peer.ip), port: socket.peer.port, ...(socket.tlsPeer === undefined ? {} : { tls: socket.tlsPeer }) });
  }

  /** Connects two unix sockets directly. */
  connectUnix(netns: NetnsId, path: string, key: string, owner: SocketOwner, notify: Notify | undefined): Result<SocketId> {
    const listener = this.table.get(this.table.unix.get(key));
    if (listener === undefined) return fail('ECONNREFUSED');
    if ((listener.backlog?.length ?? 0) >= (listener.backlogMax ?? DEFAULT_BACKLOG)) return fail('EAGAIN');
    const socket = this.table.open('unix', netns, owner, 'SYN-SENT');
    const peer = this.table.open('unix', listener.netns, listener.owner, 'ESTAB');
    socket.path = path;
    peer.path = path;
    socket.other = peer.id;
    peer.other = socket.id;
    peer.listener = listener.id;
    if (notify !== undefined) socket.connectNotify = notify;
    listener.backlog?.push(peer.id);
    this.table.schedule(LATENCY_US.unix, 'tcp.connected', { socket: socket.id });
    this.table.schedule(LATENCY_US.unix, 'tcp.accepted', { socket: peer.id, listener: listener.id });
    return socket.id;
  }

  pair(netns: NetnsId, a: SocketOwner, b: SocketOwner): readonly [SocketId, SocketId] {
    const first = this.table.open('unix', netns, a, 'ESTAB');
    const second = this.table.open('unix', netns, b, 'ESTAB');
    first.other = second.id;
    second.other = first.id;
    first.accepted = true;
    second.accepted = true;
    return [first.id, second.id];
  }

  #retrySyn(socket: Socket): void {
    socket.attempts += 1;
    if (socket.attempts > SYN_RETRIES + 1) {
      this.#failed(socket, 'ETIMEDOUT');
      return;
    }
    const delayUs = SYN_FIRST_TIMEOUT_US * 2 ** (socket.attempts - 1);
    const leftUs = socket.giveUpUs === undefined ? delayUs : Math.max(0, socket.giveUpUs - this.table.lab.nowUs);
    socket.retryEvent = this.table.schedule(Math.min(delayUs, leftUs), 'tcp.syn', { socket: socket.id });
  }

  #failLater(socket: Socket, errno: ErrnoName, delayUs: number): void {
    if (socket.giveUpUs !== undefined && this.table.lab.nowUs + delayUs > socket.giveUpUs) {
      socket.retryEvent = this.table.schedule(socket.giveUpUs - this.table.lab.nowUs, 'tcp.failed', { socket: socket.id, errno: 'ETIMEDOUT' });
    } else socket.retryEvent = this.table.schedule(delayUs, 'tcp.failed', { socket: socket.id, errno });
  }

  /** `tcp.failed`, and every other end of a connection that never was. */
  failed(socket: Socket, errno: ErrnoName): void {
    delete socket.retryEvent;
    this.#failed(socket, errno);
  }

  #failed(socket: Socket, errno: ErrnoName, tlsError?: string): void {
    socket.broken = errno;
    const closed = socket.closed;
    this.table.connectDone(socket, { connected: false, errno, ...(tlsError === undefined ? {} : { tlsError }) });
    if (closed) this.table.forget(socket);
  }

  // ---- data

  send(socket: Socket, segment: Segment): Result<void> {
    if (socket.broken !== undefined) return fail(socket.broken === 'ECONNRESET' ? 'EPIPE' : socket.broken);
    if (socket.shut || socket.closed) return fail('EPIPE');
    if (socket.state !== 'ESTAB') return fail('ENOTCONN');
    if (socket.outstanding >= WINDOW_BYTES) {
      socket.starved = true;
      return fail('EAGAIN');
    }
    if (segment.type === 'request') socket.parser ??= newParser('response');
    if (segment.type === 'request' && socket.parser !== undefined) socket.parser.headOnly = segment.head.method === 'HEAD';
    const bytes = segmentSize(segment);
    socket.outstanding += bytes;
    this.#transmit(socket, { type: 'segment', segment, bytes });
    return undefined;
  }

  #transmit(socket: Socket, item: Held): void {
    if (socket.held.length > 0 || !this.#wayHolds(socket)) {
      socket.held.push(item);
      if (socket.retryEvent === undefined && socket.broken === undefined) this.#retryData(socket);
      return;
    }
    const bytes = item.type === 'segment' ? item.bytes : 0;
    const arrivalUs = Math.max(socket.lastArrivalUs, this.table.lab.nowUs + (socket.way?.latencyUs ?? LATENCY_US.unix)) + Math.floor((bytes * 1_000_000) / BANDWIDTH_BYTES_PER_SECOND);
    socket.lastArrivalUs = arrivalUs;
    const delayUs = arrivalUs - this.table.lab.nowUs;
    if (item.type === 'fin') this.table.schedule(delayUs, 'tcp.fin', { to: socket.other, from: socket.id });
    else this.table.schedule(delayUs, 'tcp.data', { to: socket.other, from: socket.id, segment: item.segment, bytes });
  }

  /** Whether data gets through; walks again where something on the way has changed. */
  #wayHolds(socket: Socket): boolean {
    if (socket.protocol === 'unix') return true;
    if (socket.way !== undefined && this.paths.holds(socket.way) && this.table.get(socket.other) !== undefined) return true;
    const namespace = this.table.namespaceOf(socket);
    if (namespace === undefined) return false;
    const packet = this.#packet(socket, 'ack');
    const walked = this.paths.send(namespace, packet, false);
    if (walked.arrival.type !== 'delivered') {
      if (walked.arrival.type === 'rejected' && walked.arrival.kind === 'tcp-reset') this.table.breakConnection(socket, 'ECONNRESET');
      return false;
    }
    const other = this.table.get(socket.other);
    const found = other !== undefined && other.netns === walked.arrival.namespace.id && other.local.port === packet.destinationPort && other.peer.ip === packet.source && other.peer.port === packet.sourcePort;
    if (!found) {
      // Whoever got it knows no such connection and says so.
      const refused = this.paths.refuse(walked.arrival.namespace, { ...packet }, 'tcp-reset', walked.latencyUs);
      if (refused.arrival.type === 'rejected') this.table.breakConnection(socket, 'ECONNRESET');
      return false;
    }
    socket.way = walked.path;
    return true;
  }

  #retryData(socket: Socket): void {
    socket.retries += 1;
    if (socket.retries > DATA_RETRIES) {
      this.table.breakConnection(socket, 'ETIMEDOUT');
      return;
    }
    const delayUs = Math.min(DATA_LAST_TIMEOUT_US, DATA_FIRST_TIMEOUT_US * 2 ** (socket.retries - 1));
    socket.retryEvent = this.table.schedule(delayUs, 'tcp.retry', { socket: socket.id });
  }

  /** `tcp.retry`: what was held is sent if the way has come back. */
  retry(socket: Socket): void {
    delete socket.retryEvent;
    if (socket.broken !== undefined) return;
    if (!this.#wayHolds(socket)) {
      if (this.table.sockets.has(socket.id) && !isBroken(socket)) this.#retryData(socket);
      return;
    }
    socket.retries = 0;
    const items = socket.held;
    socket.held = [];
    for (const item of items) this.#transmit(socket, item);
  }

  /** `tcp.data`: a segment reached its socket. */
  arrived(socket: Socket | undefined, from: SocketId, segment: Segment, bytes: number): void {
    const sender = this.table.get(from);
    if (socket === undefined || socket.broken !== undefined || socket.closed) {
      if (sender !== undefined && sender.broken === undefined) this.table.breakConnection(sender, 'ECONNRESET');
      return;
    }
    if (this.table.isPushed(socket) && (socket.listener === undefined || socket.accepted)) {
      this.#acknowledge(sender, bytes);
      this.table.segmentArrived(socket, segment);
      return;
    }
    socket.queue.push(segment);
    socket.queuedBytes += bytes;
    this.table.wakeReaders(socket);
  }

  /** The reader took `bytes`: the sender's window opens. */
  taken(socket: Socket, bytes: number): void {
    socket.queuedBytes -= bytes;
    this.#acknowledge(this.table.get(socket.other), bytes);
  }

  #acknowledge(sender: Socket | undefined, bytes: number): void {
    if (sender === undefined) return;
    sender.outstanding -= bytes;
    if ((sender.starved || sender.writeWaits.length > 0) && sender.outstanding < WINDOW_BYTES / 2) {
      sender.starved = false;
      this.table.schedule(sender.way?.latencyUs ?? LATENCY_US.unix, 'tcp.window', { socket: sender.id });
    }
  }

  // ---- closing

  shutdown(socket: Socket): Result<void> {
    if (socket.broken !== undefined || socket.state !== 'ESTAB') return fail('ENOTCONN');
    if (socket.shut) return undefined;
    socket.shut = true;
    this.#finPacket(socket);
    this.#transmit(socket, { type: 'fin' });
    return undefined;
  }

  /** `tcp.fin`. */
  finArrived(socket: Socket | undefined, from: SocketId): void {
    const sender = this.table.get(from);
    if (socket !== undefined && socket.broken === undefined) {
      socket.ended = true;
      if (socket.closed) this.table.forget(socket);
      else {
        this.table.wakeReaders(socket);
        this.table.handlerOf(socket)?.closed(socket.id, 'end');
      }
    }
    if (sender?.closed === true && sender.ended) this.table.forget(sender);
  }

  close(socket: Socket, reset = false): void {
    if (socket.closed) return;
    socket.closed = true;
    const other = this.table.get(socket.other);
    socket.readWaits = [];
    socket.writeWaits = [];
    delete socket.connectNotify;
    if (socket.state !== 'ESTAB' || socket.broken !== undefined || other === undefined) {
      if (socket.state === 'SYN-SENT' && other !== undefined) this.#sendReset(socket, other);
      this.table.forget(socket);
      return;
    }
    if (reset || socket.queue.length > 0) {
      this.#sendReset(socket, other);
      this.table.forget(socket);
      return;
    }
    if (!socket.shut) {
      socket.shut = true;
      this.#finPacket(socket);
      this.#transmit(socket, { type: 'fin' });
    }
    if (socket.ended && socket.held.length === 0) this.table.forget(socket);
  }

  /** The packet itself, so that connection tracking along the way sees the end. */
  #finPacket(socket: Socket): void {
    const namespace = this.table.namespaceOf(socket);
    if (socket.protocol === 'tcp' && namespace !== undefined) this.paths.send(namespace, this.#packet(socket, 'fin'), false);
  }

  #sendReset(socket: Socket, other: Socket): void {
    const namespace = this.table.namespaceOf(socket);
    let latencyUs: number = LATENCY_US.unix;
    if (socket.protocol === 'tcp') {
      const walked = namespace === undefined ? undefined : this.paths.send(namespace, this.#packet(socket, 'rst'), false);
      if (walked?.arrival.type !== 'delivered') return;
      latencyUs = walked.latencyUs;
    }
    this.table.schedule(latencyUs, 'tcp.reset', { socket: other.id });
  }

  #packet(socket: Socket, tcp: NonNullable<Packet['tcp']>): Packet {
    return {
      protocol: 'tcp', tcp, source: socket.local.ip, sourcePort: socket.local.port, destination: socket.peer.ip, destinationPort: socket.peer.port,
      ttl: 64, bytes: HEADERS, mark: 0,
    };
  }
}

const isBroken = (socket: Socket): boolean => socket.broken !== undefined;
