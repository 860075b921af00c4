import type { Segment } from '../../../../protocol/program.ts';
import { renderedSize, renderSegment, segmentSize } from '../http/text.ts';
import { BANDWIDTH_BYTES_PER_SECOND, LATENCY_US } from '../latency.ts';
import type { Packet } from '../packet.ts';
import type { Paths } from '../paths.ts';
import type { Socket } from './socket.ts';
import type { SocketTable } from './table.ts';

/** IP and TCP headers with timestamps. */
const HEADERS = 52;

/** A packet of a connection from this end, without data; `other` is the far end as far as it is known. */
export function tcpPacket(socket: Socket, tcp: NonNullable<Packet['tcp']>, other?: Socket): Packet {
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
    sequence: socket.sent ?? 0,
    acknowledged: other?.sent ?? 0,
  };
}

/**
 * The same with a segment's bytes, which are there to be read where somebody watches. Those of a TLS connection are for its
 * ends alone: objects in it are counted by their declared size.
 */
export function dataPacket(
  socket: Socket,
  segment: Segment,
  other: Socket | undefined,
  watched: boolean,
): { readonly packet: Packet; readonly length: number } {
  const hidden = socket.connectTls !== undefined || socket.tlsPeer !== undefined;
  const length = !hidden ? renderedSize(segment) : segment.type === 'end' ? 0 : segmentSize(segment);
  const packet = tcpPacket(socket, 'ack', other);
  packet.bytes += length;
  return {
    packet: watched && !hidden ? { ...packet, data: renderSegment(segment, { chunked: false }) } : packet,
    length,
  };
}

/** When what is sent now reaches `to`, µs from now: it overtakes nothing that is on its way there already. */
export function arrivalIn(table: SocketTable, to: Socket | undefined, latencyUs: number, bytes = 0): number {
  const { nowUs } = table.lab;
  const arrivalUs =
    Math.max(to?.lastArrivalUs ?? 0, nowUs + latencyUs) + Math.floor((bytes * 1_000_000) / BANDWIDTH_BYTES_PER_SECOND);
  if (to !== undefined) to.lastArrivalUs = arrivalUs;
  return arrivalUs - nowUs;
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
  table.schedule(arrivalIn(table, other, latencyUs), 'tcp.reset', { socket: other.id });
}
