import { LATENCY_US } from '../latency.ts';
import type { Packet } from '../packet.ts';
import type { Paths } from '../paths.ts';
import type { Socket } from './socket.ts';
import type { SocketTable } from './table.ts';

/** IP and TCP headers with timestamps. */
const HEADERS = 52;

/** A packet of a connection from this end, without data. */
export function tcpPacket(socket: Socket, tcp: NonNullable<Packet['tcp']>): Packet {
  return {
    protocol: 'tcp',
    tcp,
    source: socket.local.ip,
    sourcePort: socket.local.port,
    destination: socket.peer.ip,
    destinationPort: socket.peer.port,
    ttl: 64,
    bytes: HEADERS,
    mark: 0,
  };
}

/** Sends RST to the other end, if the way is open. */
export function sendReset(table: SocketTable, paths: Paths, socket: Socket, other: Socket): void {
  const namespace = table.namespaceOf(socket);
  let latencyUs: number = LATENCY_US.unix;
  if (socket.protocol === 'tcp') {
    const walked = namespace === undefined ? undefined : paths.send(namespace, tcpPacket(socket, 'rst'), false);
    if (walked?.arrival.type !== 'delivered') return;
    latencyUs = walked.latencyUs;
  }
  table.schedule(latencyUs, 'tcp.reset', { socket: other.id });
}
