/**
 * What a packet socket sees of a namespace's links: every frame that goes in or out, when it does (AF_PACKET).
 * Models: IPv4 with TCP, UDP and ICMP, ARP; frames before netfilter on the way in, after it on the way out.
 * Leaves out: checksums, IP identification, options; a reader makes them up or leaves them away.
 */
import { formatIpv4 } from '../../../formats/ip.ts';
import type { Plain } from '../../../protocol/plain.ts';
import type { Link } from './links/link.ts';
import type { Packet } from './packet.ts';

/** A frame at a link. */
export interface SeenFrame {
  readonly link: Link;
  readonly direction: 'in' | 'out';
  readonly source: string;
  readonly destination: string;
  readonly content: Packet | ArpContent;
  /** From the instant at which the walk began, µs. */
  readonly afterUs: number;
}

export interface ArpContent {
  readonly arp: 'request' | 'reply';
  readonly senderIp: number;
  readonly senderMac: string;
  readonly targetIp: number;
}

/** Where frames are shown while somebody captures. */
export type Tap = (seen: SeenFrame) => void;

/** A frame as a capturing process receives it. */
export function describeFrame({ link, direction, source, destination, content }: SeenFrame): Plain {
  const frame = { device: link.name, loopback: link.kind === 'loopback', direction, source, destination };
  if ('arp' in content)
    return {
      ...frame,
      arp: content.arp,
      senderIp: formatIpv4(content.senderIp),
      senderMac: content.senderMac,
      targetIp: formatIpv4(content.targetIp),
    };
  return { ...frame, packet: describe(content) };
}

function describe(packet: Packet): Plain {
  const { protocol, tcp, icmp, inner, data, sequence, acknowledged } = packet;
  return {
    protocol,
    source: formatIpv4(packet.source),
    sourcePort: packet.sourcePort,
    destination: formatIpv4(packet.destination),
    destinationPort: packet.destinationPort,
    ttl: packet.ttl,
    bytes: packet.bytes,
    ...(tcp === undefined ? {} : { tcp }),
    ...(icmp === undefined ? {} : { icmp }),
    ...(sequence === undefined ? {} : { sequence }),
    ...(acknowledged === undefined ? {} : { acknowledged }),
    ...(data === undefined ? {} : { data }),
    ...(inner === undefined ? {} : { inner: describe(inner) }),
  };
}
