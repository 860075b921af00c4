/** UDP sockets. Models: datagrams walked one by one, port unreachable. Leaves out: multicast, fragments. */
import { fail, failed, type Result } from '../../../../protocol/errno.ts';
import type { Datagram } from '../../../../protocol/program.ts';
import { formatIpv4 } from '../../../../formats/ip.ts';
import type { NetnsId, SocketId, SocketOwner } from '../interface.ts';
import { DATAGRAM_QUEUE } from '../latency.ts';
import type { Packet } from '../packet.ts';
import { errnoOf, type Paths } from '../paths.ts';
import type { Socket } from './socket.ts';
import type { SocketTable } from './table.ts';

const UDP_HEADERS = 28;

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
      data: bytes,
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
}
