/**
 * Packets as values of a walk.
 * Models: IPv4 with TCP, UDP and ICMP headers as far as routing, netfilter and conntrack look at them.
 * Leaves out: checksums, options, IPv6; sequence numbers are counted for captures only.
 */
import { formatIpv4 } from '../../../formats/ip.ts';

export type Protocol = 'tcp' | 'udp' | 'icmp';

export type IcmpKind =
  | 'echo-request'
  | 'echo-reply'
  | 'port-unreachable'
  | 'host-unreachable'
  | 'net-unreachable'
  | 'admin-prohibited'
  | 'ttl-exceeded'
  | 'fragmentation-needed';

export interface Packet {
  protocol: Protocol;
  source: number;
  /** For ICMP echo both ports are the identifier. */
  sourcePort: number;
  destination: number;
  destinationPort: number;
  ttl: number;
  /** IP length. */
  bytes: number;
  mark: number;
  /** The DF bit; packets without it are cut where a link is too narrow, which is not modelled as several packets. */
  dontFragment?: true;
  tcp?: 'syn' | 'syn-ack' | 'ack' | 'fin' | 'rst';
  icmp?: IcmpKind;
  /** For ICMP echo its number; for TCP the bytes that went before, as a capture shows them. */
  sequence?: number;
  /** For TCP: the bytes that came from the other end. */
  acknowledged?: number;
  /** What it carries, where a capture may read it. */
  data?: Uint8Array;
  /** The packet that an ICMP error is about, as its sender's network saw it. */
  inner?: Packet;
}

export interface Tuple {
  readonly source: number;
  readonly sourcePort: number;
  readonly destination: number;
  readonly destinationPort: number;
}

export const tupleOf = ({ source, sourcePort, destination, destinationPort }: Packet): Tuple => ({
  source,
  sourcePort,
  destination,
  destinationPort,
});

export const tupleKey = (protocol: Protocol, tuple: Tuple): string =>
  `${protocol}|${String(tuple.source)}|${String(tuple.sourcePort)}|${String(tuple.destination)}|${String(tuple.destinationPort)}`;

export const reversed = (tuple: Tuple): Tuple => ({
  source: tuple.destination,
  sourcePort: tuple.destinationPort,
  destination: tuple.source,
  destinationPort: tuple.sourcePort,
});

/** `10.244.1.3:43210 > 10.96.0.1:443`. */
export function describePacket(packet: Packet): string {
  if (packet.protocol === 'icmp')
    return `${formatIpv4(packet.source)} > ${formatIpv4(packet.destination)} icmp ${packet.icmp ?? ''}`;
  return `${formatIpv4(packet.source)}:${String(packet.sourcePort)} > ${formatIpv4(packet.destination)}:${String(packet.destinationPort)}`;
}

export const isIcmpError = (packet: Packet): boolean =>
  packet.icmp !== undefined && packet.icmp !== 'echo-request' && packet.icmp !== 'echo-reply';
