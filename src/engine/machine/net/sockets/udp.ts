/** UDP sockets and ICMP echo. Models: datagrams walked one by one, port unreachable, time to live. Leaves out: multicast, fragments. */
import { fail, failed, type Result } from '../../../../protocol/errno.ts';
import type { Datagram } from '../../../../protocol/program.ts';
import { formatIpv4, parseIpv4 } from '../../../../formats/ip.ts';
import type { Notify } from '../../../sim/notify.ts';
import type { NetnsId, SocketId, SocketOwner } from '../interface.ts';
import { DATAGRAM_QUEUE } from '../latency.ts';
import type { Namespace } from '../namespace.ts';
import type { Packet } from '../packet.ts';
import { errnoOf, type Paths } from '../paths.ts';
import type { Socket } from './socket.ts';
import type { SocketTable } from './table.ts';

const UDP_HEADERS = 28;

export interface PingOptions {
  readonly sequence: number;
  /** Payload bytes. */
  readonly size: number;
  readonly ttl?: number;
  readonly timeoutUs: number;
}

export class Udp {
  constructor(
    private readonly table: SocketTable,
    private readonly paths: Paths,
  ) {}

  open(netns: NetnsId, owner: SocketOwner, port: number, ip: number): Result<SocketId> {
    const namespace = this.table.lab.namespace(netns);
    if (namespace === undefined) return fail('ENETDOWN');
    const socket = this.table.open('udp', netns, owner, 'UNCONN');
    const bound = this.table.bind(socket, namespace, { ip, port });
    if (!failed(bound)) return socket.id;
    this.table.sockets.delete(socket.id);
    return bound;
  }

  sendTo(socket: Socket, ip: number, port: number, bytes: Uint8Array): Result<void> {
    const namespace = this.table.namespaceOf(socket);
    if (namespace === undefined) return fail('ENETDOWN');
    const packet: Packet = {
      protocol: 'udp',
      source: socket.local.ip,
      sourcePort: socket.local.port,
      destination: ip,
      destinationPort: port,
      ttl: 64,
      bytes: UDP_HEADERS + bytes.length,
      mark: 0,
    };
    const walked = this.paths.send(namespace, packet, true);
    const { arrival } = walked;
    if (arrival.type === 'delivered') {
      const target = this.table.boundAt(arrival.namespace, 'udp', packet.destination, packet.destinationPort);
      if (target !== undefined) {
        const from = { ip: formatIpv4(packet.source), port: packet.sourcePort };
        this.table.schedule(walked.latencyUs, 'udp.data', { to: target.id, from, bytes });
        return undefined;
      }
      const refused = this.paths.refuse(arrival.namespace, { ...packet }, 'port-unreachable', walked.latencyUs);
      if (refused.arrival.type === 'rejected')
        this.table.schedule(refused.latencyUs, 'udp.error', { to: socket.id, errno: 'ECONNREFUSED' });
      return undefined;
    }
    if (arrival.type === 'rejected') {
      const errno = errnoOf(arrival.kind);
      if (arrival.from === 0) return fail(errno);
      this.table.schedule(walked.latencyUs, 'udp.error', { to: socket.id, errno });
      return undefined;
    }
    // A rule of the sender's own output chain is felt at once.
    return arrival.rule !== undefined && walked.state.seen.size === 1 ? fail('EPERM') : undefined;
  }

  /** `udp.data`. */
  arrived(socket: Socket | undefined, datagram: Datagram): void {
    if (socket === undefined) return;
    const handler = this.table.handlerOf(socket);
    if (handler !== undefined) {
      handler.datagram?.(socket.id, datagram);
      return;
    }
    if (socket.datagrams.length >= DATAGRAM_QUEUE) {
      this.table.lab.simulation.trace.record(
        `network/${this.table.namespaceOf(socket)?.host ?? ''}`,
        'packet.dropped',
        `socket/${String(socket.id)}`,
        { reason: 'receive buffer is full' },
      );
      return;
    }
    socket.datagrams.push(datagram);
    this.table.wakeReaders(socket);
  }

  /** Sends an echo request; `notify` learns how it ended. */
  ping(netns: NetnsId, ip: string, options: PingOptions, notify: Notify): Result<void> {
    const namespace = this.table.lab.namespace(netns);
    const destination = parseIpv4(ip);
    if (namespace === undefined) return fail('ENETDOWN');
    if (destination === undefined) return fail('EINVAL');
    const id = this.table.nextId;
    this.table.nextId += 1;
    const identifier = id & 0xffff;
    const packet: Packet = {
      protocol: 'icmp',
      icmp: 'echo-request',
      source: 0,
      sourcePort: identifier,
      destination,
      destinationPort: identifier,
      ttl: options.ttl ?? 64,
      bytes: UDP_HEADERS + options.size,
      mark: 0,
    };
    const there = this.paths.send(namespace, packet, true);
    if (there.arrival.type === 'rejected') {
      const { kind, from } = there.arrival;
      // A route that is missing here is an error of the call itself; a neighbour that is missing, an answer of this host.
      if (from === 0) return fail(errnoOf(kind));
      this.#tell(
        notify,
        {
          from: formatIpv4(from),
          ttl: 64,
          roundTripUs: there.latencyUs,
          error: PING_ERRORS[kind] ?? 'unreachable-host',
        },
        there.latencyUs,
        options.timeoutUs,
      );
      return undefined;
    }
    const back = there.arrival.type === 'delivered' ? this.#echo(there.arrival.namespace, packet) : undefined;
    if (back === undefined || back.home !== namespace)
      this.#tell(notify, { errno: 'ETIMEDOUT' }, options.timeoutUs, options.timeoutUs);
    else {
      const roundTripUs = there.latencyUs + back.latencyUs;
      this.#tell(notify, { from: back.from, ttl: back.ttl, roundTripUs }, roundTripUs, options.timeoutUs);
    }
    return undefined;
  }

  #echo(
    at: Namespace,
    request: Packet,
  ): { readonly home: Namespace; readonly from: string; readonly ttl: number; readonly latencyUs: number } | undefined {
    if (at.sysctl('net.ipv4.icmp_echo_ignore_all') === '1') return undefined;
    const reply: Packet = {
      ...request,
      icmp: 'echo-reply',
      source: request.destination,
      destination: request.source,
      ttl: 64,
      mark: 0,
    };
    const back = this.paths.send(at, reply, false);
    if (back.arrival.type !== 'delivered') return undefined;
    return { home: back.arrival.namespace, from: formatIpv4(reply.source), ttl: reply.ttl, latencyUs: back.latencyUs };
  }

  #tell(
    notify: Notify,
    outcome: { readonly [key: string]: string | number },
    delayUs: number,
    timeoutUs: number,
  ): void {
    const late = delayUs > timeoutUs;
    this.table.lab.simulation.loop.schedule(Math.min(delayUs, timeoutUs), notify.target, notify.type, {
      ...notify.payload,
      ...(late ? { errno: 'ETIMEDOUT' } : outcome),
    });
  }
}

const PING_ERRORS: { readonly [kind: string]: string } = {
  'port-unreachable': 'unreachable-port',
  'host-unreachable': 'unreachable-host',
  'admin-prohibited': 'unreachable-host',
  'net-unreachable': 'unreachable-net',
  'ttl-exceeded': 'ttl-exceeded',
};
