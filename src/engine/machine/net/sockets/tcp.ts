/**
 * TCP connections once they are made (and unix streams, which need no way).
 * Models: ordered data with a window, half-close, reset, retransmission while the way is broken. Leaves out: congestion control,
 * sequence numbers, keep-alive.
 */
import { fail, type Result } from '../../../../protocol/errno.ts';
import type { Segment } from '../../../../protocol/program.ts';
import { pow } from '../../../sim/math.ts';
import { newParser, segmentSize } from '../http/text.ts';
import type { SocketId } from '../interface.ts';
import { DATA_FIRST_TIMEOUT_US, DATA_LAST_TIMEOUT_US, DATA_RETRIES, LATENCY_US, WINDOW_BYTES } from '../latency.ts';
import type { Namespace } from '../namespace.ts';
import type { Packet } from '../packet.ts';
import type { Paths } from '../paths.ts';
import type { Held, Socket } from './socket.ts';
import type { SocketTable } from './table.ts';
import { arrivalIn, dataPacket, sendReset, tcpPacket } from './tcp-packet.ts';

export class Tcp {
  constructor(
    private readonly table: SocketTable,
    private readonly paths: Paths,
  ) {}

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
    if (segment.type === 'request' && socket.parser !== undefined)
      socket.parser.headOnly = segment.head.method === 'HEAD';
    const bytes = segmentSize(segment);
    socket.outstanding += bytes;
    this.#transmit(socket, { type: 'segment', segment, bytes });
    return undefined;
  }

  #transmit(socket: Socket, item: Held): void {
    if (socket.held.length > 0 || !this.#carry(socket, item)) {
      socket.held.push(item);
      if (socket.retryEvent === undefined && socket.broken === undefined) this.#retryData(socket);
      return;
    }
    const bytes = item.type === 'segment' ? item.bytes : 0;
    const other = this.table.get(socket.other);
    const delayUs = arrivalIn(this.table, other, socket.way?.latencyUs ?? LATENCY_US.unix, bytes);
    if (item.type === 'fin') this.table.schedule(delayUs, 'tcp.fin', { to: socket.other, from: socket.id });
    else this.table.schedule(delayUs, 'tcp.data', { to: socket.other, from: socket.id, segment: item.segment, bytes });
  }

  /** The packet of a segment, one as with segmentation offload; false where it is lost. What has no bytes needs a way alone. */
  #carry(socket: Socket, item: Held): boolean {
    const namespace = this.table.namespaceOf(socket);
    if (item.type === 'fin' || socket.protocol !== 'tcp' || namespace === undefined) return this.#wayHolds(socket);
    const { packet, length } = dataPacket(socket, item.segment, this.table.get(socket.other), this.#isWatched);
    if (length === 0) return this.#wayHolds(socket);
    if (!this.#repeats(socket, namespace, packet) && !this.#walk(socket, namespace, packet)) return false;
    socket.sent = (socket.sent ?? 0) + length;
    return true;
  }

  get #isWatched(): boolean {
    return this.table.lab.tap !== undefined;
  }

  /** Where the way is known and nobody looks a packet is only counted on it. */
  #repeats(socket: Socket, namespace: Namespace, packet: Packet): boolean {
    const { way } = socket;
    return way !== undefined && !this.#isWatched && this.#isKnown(socket) && this.paths.repeat(namespace, way, packet);
  }

  #isKnown({ way, other }: Socket): boolean {
    return way !== undefined && this.paths.holds(way) && this.table.get(other) !== undefined;
  }

  /** Whether data would get through; asks with a bare packet where something on the way has changed. */
  #wayHolds(socket: Socket): boolean {
    if (socket.protocol === 'unix' || this.#isKnown(socket)) return true;
    const namespace = this.table.namespaceOf(socket);
    return namespace !== undefined && this.#walk(socket, namespace, tcpPacket(socket, 'ack'));
  }

  /** Sends a packet and remembers its way; false where it does not reach the other end. */
  #walk(socket: Socket, namespace: Namespace, packet: Packet): boolean {
    const walked = this.paths.send(namespace, packet, false);
    if (walked.arrival.type !== 'delivered') {
      if (walked.arrival.type === 'rejected' && walked.arrival.kind === 'tcp-reset')
        this.table.breakConnection(socket, 'ECONNRESET');
      return false;
    }
    const other = this.table.get(socket.other);
    const found =
      other !== undefined &&
      other.netns === walked.arrival.namespace.id &&
      other.local.port === packet.destinationPort &&
      other.peer.ip === packet.source &&
      other.peer.port === packet.sourcePort;
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
    const delayUs = Math.min(DATA_LAST_TIMEOUT_US, DATA_FIRST_TIMEOUT_US * pow(2, socket.retries - 1));
    socket.retryAtUs = this.table.lab.nowUs + delayUs;
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
      if (sender !== undefined) this.#notReceived(socket, sender);
      return;
    }
    this.#confirm(socket, sender);
    if (this.table.isPushed(socket) && (socket.listener === undefined || socket.accepted)) {
      this.#acknowledge(sender, bytes);
      this.table.segmentArrived(socket, segment);
      return;
    }
    socket.queue.push(segment);
    socket.queuedBytes += bytes;
    this.table.wakeReaders(socket);
  }

  /** Data for a connection that nobody holds any more is answered by RST. */
  #notReceived(socket: Socket | undefined, sender: Socket): void {
    if (socket === undefined) {
      const delayUs = arrivalIn(this.table, sender, sender.way?.latencyUs ?? LATENCY_US.unix);
      this.table.schedule(delayUs, 'tcp.reset', { socket: sender.id });
      return;
    }
    sendReset(this.table, this.paths, socket, sender);
    if (socket.closed) this.table.forget(socket);
  }

  /** The bare packet that acknowledges what came. */
  #confirm(socket: Socket, sender: Socket | undefined): void {
    // The last one of a connection whose other end is gone already is not sent.
    if (sender === undefined || socket.protocol !== 'tcp') return;
    const namespace = this.table.namespaceOf(socket);
    const packet = tcpPacket(socket, 'ack', sender);
    if (namespace !== undefined && !this.#repeats(socket, namespace, packet)) this.paths.send(namespace, packet, false);
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
      this.#confirm(socket, sender);
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
      if (socket.state === 'SYN-SENT' && other !== undefined) sendReset(this.table, this.paths, socket, other);
      this.table.forget(socket);
      return;
    }
    if (reset || socket.queue.length > 0) {
      sendReset(this.table, this.paths, socket, other);
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

  /** The connection is ended from outside of its owner (tcp_abort): both ends learn it. */
  abort(socket: Socket): void {
    const other = this.table.get(socket.other);
    if (other !== undefined) sendReset(this.table, this.paths, socket, other);
    this.table.breakConnection(socket, 'ECONNABORTED');
  }

  /** The packet itself, so that connection tracking along the way sees the end. */
  #finPacket(socket: Socket): void {
    const namespace = this.table.namespaceOf(socket);
    if (socket.protocol === 'tcp' && namespace !== undefined)
      this.paths.send(namespace, tcpPacket(socket, 'fin', this.table.get(socket.other)), false);
    // A FIN takes a number of its own.
    socket.sent = (socket.sent ?? 0) + 1;
  }
}

const isBroken = (socket: Socket): boolean => socket.broken !== undefined;
