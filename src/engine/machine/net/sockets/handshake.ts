/**
 * Making connections: SYN, SYN-ACK and ACK walk packet by packet at the instant of the SYN; what comes of it is told later.
 * Models: refusal, silence with SYN retries, full backlog, TLS on top. Leaves out: SYN cookies, simultaneous open.
 */
import { formatIpv4, parseIpv4 } from '../../../../formats/ip.ts';
import { fail, failed, type ErrnoName, type Result, type TlsFailure } from '../../../../protocol/errno.ts';
import type { ConnectOptions } from '../../../../protocol/program.ts';
import { pow } from '../../../sim/math.ts';
import type { Notify } from '../../../sim/notify.ts';
import type { NetnsId, SocketId, SocketOwner } from '../interface.ts';
import { DEFAULT_BACKLOG, LATENCY_US, SYN_FIRST_TIMEOUT_US, SYN_RETRIES } from '../latency.ts';
import type { Namespace } from '../namespace.ts';
import type { Packet } from '../packet.ts';
import { errnoOf, type Paths, type Walked } from '../paths.ts';
import type { Endpoint, Socket } from './socket.ts';
import type { SocketTable } from './table.ts';
import { sendReset, tcpPacket } from './tcp-packet.ts';
import { NO_TLS, verifyServer } from './tls.ts';

export class Handshake {
  constructor(
    private readonly table: SocketTable,
    private readonly paths: Paths,
    private readonly closing: { close(socket: Socket, reset?: boolean): void },
  ) {}

  connect(
    netns: NetnsId,
    to: Endpoint,
    owner: SocketOwner,
    options: ConnectOptions,
    notify: Notify | undefined,
  ): Result<SocketId> {
    const namespace = this.table.lab.namespace(netns);
    if (namespace === undefined) return fail('ENETDOWN');
    if (namespace.localLink(to.ip) === undefined && namespace.route(to.ip) === undefined) return fail('ENETUNREACH');
    const local = this.#ownEnd(namespace, to, options.from);
    if (failed(local)) return local;
    const socket = this.table.open('tcp', netns, owner, 'SYN-SENT');
    socket.local = local;
    socket.peer = to;
    if (options.tls !== undefined) socket.connectTls = options.tls;
    if (notify !== undefined) socket.connectNotify = notify;
    if (options.timeoutUs !== undefined) socket.giveUpUs = this.table.lab.nowUs + options.timeoutUs;
    namespace.connections.set(this.table.connectionKey(socket), socket.id);
    this.syn(socket);
    return socket.id;
  }

  /** Where a connection to `to` begins: what the caller asked for, else any address and a free port. */
  #ownEnd(namespace: Namespace, to: Endpoint, from: ConnectOptions['from'] = {}): Result<Endpoint> {
    const ip = parseIpv4(from.ip ?? '0.0.0.0');
    if (ip === undefined || (ip !== 0 && namespace.localLink(ip) === undefined)) return fail('EADDRNOTAVAIL');
    const port = from.port ?? this.table.ephemeralPort(namespace, 'tcp', to);
    if (port === undefined) return fail('EADDRNOTAVAIL');
    return this.table.connects(namespace, port, to) ? fail('EADDRINUSE') : { ip, port };
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
    const packet = tcpPacket(socket, 'syn');
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
    // One more than it asked for may wait (sk_acceptq_is_full).
    if ((listener.backlog?.length ?? 0) > (listener.backlogMax ?? DEFAULT_BACKLOG)) {
      this.#retrySyn(socket);
      return;
    }
    const server: Endpoint = { ip: packet.destination, port: packet.destinationPort };
    const client: Endpoint = { ip: packet.source, port: packet.sourcePort };
    const answer: Packet = {
      protocol: 'tcp',
      tcp: 'syn-ack',
      source: server.ip,
      sourcePort: server.port,
      destination: client.ip,
      destinationPort: client.port,
      ttl: 64,
      bytes: 60,
      mark: 0,
    };
    const back = this.paths.send(namespace, answer, false, there.latencyUs);
    const { arrival } = back;
    const reached =
      arrival.type === 'delivered' &&
      arrival.namespace.id === socket.netns &&
      answer.destinationPort === socket.local.port &&
      answer.source === socket.peer.ip &&
      answer.sourcePort === socket.peer.port;
    if (!reached) {
      this.#retrySyn(socket);
      return;
    }
    const home = this.table.namespaceOf(socket);
    const acknowledged =
      home === undefined
        ? undefined
        : this.paths.send(home, tcpPacket(socket, 'ack'), false, there.latencyUs + back.latencyUs);
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
    this.table.schedule(roundTripUs + tlsUs + there.latencyUs, 'tcp.accepted', {
      socket: peer.id,
      listener: listener.id,
    });
    const arrivalUs = this.table.lab.nowUs + roundTripUs + tlsUs + there.latencyUs;
    peer.lastArrivalUs = arrivalUs;
    socket.lastArrivalUs = arrivalUs;
  }

  /** What the TLS handshake adds, µs; its failure is kept in the client's socket. */
  #secure(socket: Socket, peer: Socket, listener: Socket, roundTripUs: number): number {
    const { connectTls } = socket;
    if (connectTls === undefined) return 0;
    const problem =
      listener.tls === undefined
        ? NO_TLS
        : verifyServer(listener.tls, connectTls, this.table.lab.simulation.clock.unixMs);
    if (problem !== undefined) socket.tlsFailure = problem;
    else {
      peer.tlsPeer = {
        serverName: connectTls.serverName,
        ...(connectTls.clientCertificate === undefined ? {} : { certificate: connectTls.clientCertificate }),
      };
      if (listener.tls !== undefined) socket.tls = listener.tls;
    }
    // One more round trip (TLS 1.3) and the signatures' time.
    return roundTripUs + 300;
  }

  /** `tcp.connected`: the handshake is over on the client's side. */
  connected(socket: Socket): void {
    if (socket.state !== 'SYN-SENT') return;
    if (socket.tlsFailure !== undefined) {
      const other = this.table.get(socket.other);
      if (other !== undefined) sendReset(this.table, this.paths, socket, other);
      this.#failed(socket, 'ECONNRESET', socket.tlsFailure);
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
      if (socket.broken === undefined) this.closing.close(socket, true);
      else this.table.forget(socket);
      return;
    }
    this.table.own(socket, listener.server ?? listener.owner);
    const handler = this.table.handlerOf(socket);
    if (handler === undefined) {
      socket.accepted = true;
      this.table.wakeReaders(listener);
      return;
    }
    listener.backlog = (listener.backlog ?? []).filter((id) => id !== socket.id);
    socket.accepted = true;
    handler.accepted(socket.id, listener.id, {
      ip: formatIpv4(socket.peer.ip),
      port: socket.peer.port,
      ...(socket.tlsPeer === undefined ? {} : { tls: socket.tlsPeer }),
    });
  }

  /** Connects two unix sockets directly. */
  connectUnix(
    netns: NetnsId,
    path: string,
    key: string,
    owner: SocketOwner,
    notify: Notify | undefined,
  ): Result<SocketId> {
    const listener = this.table.get(this.table.unix.get(key));
    if (listener === undefined) return fail('ECONNREFUSED');
    // One more than it asked for may wait (sk_acceptq_is_full).
    if ((listener.backlog?.length ?? 0) > (listener.backlogMax ?? DEFAULT_BACKLOG)) return fail('EAGAIN');
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
    const delayUs = SYN_FIRST_TIMEOUT_US * pow(2, socket.attempts - 1);
    const leftUs = socket.giveUpUs === undefined ? delayUs : Math.max(0, socket.giveUpUs - this.table.lab.nowUs);
    socket.retryAtUs = this.table.lab.nowUs + delayUs;
    socket.retryEvent = this.table.schedule(Math.min(delayUs, leftUs), 'tcp.syn', { socket: socket.id });
  }

  #failLater(socket: Socket, errno: ErrnoName, delayUs: number): void {
    if (socket.giveUpUs !== undefined && this.table.lab.nowUs + delayUs > socket.giveUpUs) {
      socket.retryEvent = this.table.schedule(socket.giveUpUs - this.table.lab.nowUs, 'tcp.failed', {
        socket: socket.id,
        errno: 'ETIMEDOUT',
      });
    } else socket.retryEvent = this.table.schedule(delayUs, 'tcp.failed', { socket: socket.id, errno });
  }

  /** `tcp.failed`, and every other end of a connection that never was. */
  failed(socket: Socket, errno: ErrnoName): void {
    delete socket.retryEvent;
    this.#failed(socket, errno);
  }

  #failed(socket: Socket, errno: ErrnoName, tls?: TlsFailure): void {
    socket.broken = errno;
    const closed = socket.closed;
    this.table.connectDone(socket, { connected: false, errno, ...(tls === undefined ? {} : { tls }) });
    if (closed) this.table.forget(socket);
  }
}
