/**
 * A captured frame as its bytes: Ethernet, ARP, IPv4, TCP, UDP, ICMP with their checksums.
 * Models: what the kernel's record of a packet has. What it has not is made of the packet itself, the same in every capture:
 * where a connection's numbers begin, its timestamps, what an echo carries after its time. Bytes that nobody but the ends of a
 * TLS connection may read are not there, as if they were cut off.
 */
import { parseIpv4 } from '../../../formats/ip.ts';
import type { CapturedFrame, CapturedPacket } from './frame.ts';

export interface Raw {
  readonly bytes: Uint8Array;
  /** What the frame was long, more than its bytes where those were cut off. */
  readonly length: number;
  readonly timeUs: number;
  readonly device: string;
  readonly direction: string;
}

const NUMBERS: Readonly<Record<string, number>> = { icmp: 1, tcp: 6, udp: 17 };
const IP_BYTES = 20;

export function rawOf(frame: CapturedFrame, timeUs: number): Raw {
  const { device, direction, arp, packet } = frame;
  const link = [...macBytes(frame.destination), ...macBytes(frame.source), 8, arp === undefined ? 0 : 6];
  const content =
    arp === undefined
      ? packet === undefined
        ? { bytes: [], length: 0 }
        : ipBytes(packet, timeUs)
      : arpBytes(frame, arp);
  return {
    bytes: Uint8Array.from([...link, ...content.bytes]),
    length: link.length + content.length,
    timeUs,
    device,
    direction,
  };
}

interface Content {
  readonly bytes: readonly number[];
  readonly length: number;
}

const macBytes = (mac: string): readonly number[] => mac.split(':').map((part) => parseInt(part, 16));
const u16 = (value: number): readonly number[] => [(value >>> 8) & 255, value & 255];
const u32 = (value: number): readonly number[] => [...u16(value >>> 16), ...u16(value)];
const ip32 = (ip: string): readonly number[] => u32(parseIpv4(ip) ?? 0);

function arpBytes(frame: CapturedFrame, arp: NonNullable<CapturedFrame['arp']>): Content {
  const isReply = arp.kind === 'reply';
  const target = isReply ? macBytes(frame.destination) : [0, 0, 0, 0, 0, 0];
  const head = [0, 1, 8, 0, 6, 4, 0, isReply ? 2 : 1];
  const bytes = [...head, ...macBytes(arp.senderMac), ...ip32(arp.senderIp), ...target, ...ip32(arp.targetIp)];
  return { bytes, length: bytes.length };
}

function ipBytes(packet: CapturedPacket, timeUs: number): Content {
  const inside =
    packet.protocol === 'tcp'
      ? tcpBytes(packet, timeUs)
      : packet.protocol === 'udp'
        ? udpBytes(packet)
        : icmpBytes(packet, timeUs);
  const length = IP_BYTES + inside.length;
  const number = NUMBERS[packet.protocol] ?? 0;
  const head = [
    0x45,
    0,
    ...u16(length),
    0,
    0,
    0x40,
    0,
    packet.ttl,
    number,
    0,
    0,
    ...ip32(packet.source),
    ...ip32(packet.destination),
  ];
  const sum = u16(checksum(head));
  head.splice(10, 2, ...sum);
  return { bytes: [...head, ...inside.bytes], length };
}

/** RFC 1071. */
export function checksum(bytes: readonly number[] | Uint8Array, start = 0): number {
  let sum = start;
  for (let at = 0; at < bytes.length; at += 2) sum += ((bytes[at] ?? 0) << 8) + (bytes[at + 1] ?? 0);
  while (sum > 0xffff) sum = (sum & 0xffff) + Math.floor(sum / 0x10000);
  return ~sum & 0xffff;
}

/** Of TCP and UDP, with the addresses before them. */
const transportSum = (
  { source, destination, protocol }: CapturedPacket,
  bytes: readonly number[],
  length: number,
): number => checksum([...ip32(source), ...ip32(destination), 0, NUMBERS[protocol] ?? 0, ...u16(length), ...bytes]);

const FLAGS: Readonly<Record<string, number>> = { syn: 0x02, 'syn-ack': 0x12, ack: 0x10, fin: 0x11, rst: 0x14 };
const PUSH = 0x08;
/** IP and TCP headers with timestamps, as the kernel counts them. */
const COUNTED_HEADERS = 52;
const MSS = [2, 4, 5, 180];
const SACK_PERMITTED = [4, 2];
const WINDOW_SCALE = [1, 3, 3, 7];

function tcpBytes(packet: CapturedPacket, timeUs: number): Content {
  const { tcp, sequence, acknowledged } = packet;
  const carried = tcp === 'ack' ? Math.max(0, packet.bytes - COUNTED_HEADERS) : 0;
  const opening = tcp === 'syn' || tcp === 'syn-ack';
  const turned = turnedRound(packet);
  const first = initialSequence(packet);
  const seq = tcp === 'rst' ? 0 : opening ? first : first + 1 + sequence;
  const ack = tcp === 'syn' ? 0 : initialSequence(turned) + 1 + (opening ? 0 : acknowledged);
  const stamp = [8, 10, ...u32(clockOf(packet, timeUs)), ...u32(tcp === 'syn' ? 0 : clockOf(turned, timeUs))];
  const options =
    tcp === 'rst' ? [] : opening ? [...MSS, ...SACK_PERMITTED, ...stamp, ...WINDOW_SCALE] : [1, 1, ...stamp];
  const window = tcp === 'rst' ? 0 : tcp === 'syn' ? 64_240 : tcp === 'syn-ack' ? 65_160 : 502;
  const flags = (FLAGS[tcp] ?? 0) | (carried > 0 ? PUSH : 0);
  const offset = (5 + options.length / 4) << 4;
  const head = [
    ...u16(packet.sourcePort),
    ...u16(packet.destinationPort),
    ...u32(seq),
    ...u32(ack),
    offset,
    flags,
    ...u16(window),
    0,
    0,
    0,
    0,
    ...options,
  ];
  const data = packet.data.subarray(0, carried);
  const length = head.length + carried;
  const bytes = [...head, ...data];
  bytes.splice(16, 2, ...u16(transportSum(packet, bytes, length)));
  return { bytes, length };
}

const turnedRound = (packet: CapturedPacket): CapturedPacket => ({
  ...packet,
  source: packet.destination,
  sourcePort: packet.destinationPort,
  destination: packet.source,
  destinationPort: packet.sourcePort,
});

/** The model counts bytes only; where a connection's numbers begin is made of its ends. */
const initialSequence = ({ source, sourcePort, destination, destinationPort }: CapturedPacket): number =>
  hashOf(`${source}:${String(sourcePort)}>${destination}:${String(destinationPort)}`);

/** A host's clock of TCP in ms, which begins somewhere else for each pair of hosts. */
const clockOf = ({ source, destination }: CapturedPacket, timeUs: number): number =>
  (hashOf(`${source}>${destination}`) + Math.floor(timeUs / 1000)) % 2 ** 32;

function hashOf(text: string): number {
  let hash = 2_166_136_261;
  for (const character of text) hash = Math.imul(hash ^ character.charCodeAt(0), 16_777_619);
  return hash >>> 0;
}

function udpBytes(packet: CapturedPacket): Content {
  const length = Math.max(8, packet.bytes - IP_BYTES);
  const bytes = [
    ...u16(packet.sourcePort),
    ...u16(packet.destinationPort),
    ...u16(length),
    0,
    0,
    ...packet.data.subarray(0, length - 8),
  ];
  bytes.splice(6, 2, ...u16(transportSum(packet, bytes, length) || 0xffff));
  return { bytes, length };
}

/** Types and codes of ICMP. */
const KINDS: Readonly<Record<string, readonly [type: number, code: number]>> = {
  'echo-request': [8, 0],
  'echo-reply': [0, 0],
  'net-unreachable': [3, 0],
  'host-unreachable': [3, 1],
  'port-unreachable': [3, 3],
  'fragmentation-needed': [3, 4],
  'admin-prohibited': [3, 10],
  'ttl-exceeded': [11, 0],
};
/** An echo begins with the time at which it was sent. */
const TIME_BYTES = 16;

function icmpBytes(packet: CapturedPacket, timeUs: number): Content {
  const [type, code] = KINDS[packet.icmp] ?? [0, 0];
  const { inner } = packet;
  const length = Math.max(8, packet.bytes - IP_BYTES);
  const rest =
    inner === undefined ? echoBytes(packet, length - 8, timeUs) : [0, 0, 0, 0, ...ipBytes(inner, timeUs).bytes];
  const bytes = [type, code, 0, 0, ...rest].slice(0, length);
  while (bytes.length < length) bytes.push(0);
  bytes.splice(2, 2, ...u16(checksum(bytes)));
  return { bytes, length };
}

function echoBytes({ sourcePort, sequence }: CapturedPacket, length: number, timeUs: number): readonly number[] {
  const little = (value: number): readonly number[] => [...u32(value)].reverse();
  const time = [...little(Math.floor(timeUs / 1e6)), 0, 0, 0, 0, ...little(Math.floor(timeUs % 1e6)), 0, 0, 0, 0];
  const pattern = Array.from({ length }, (_, at) =>
    length < TIME_BYTES || at >= TIME_BYTES ? at & 255 : (time[at] ?? 0),
  );
  return [...u16(sourcePort), ...u16(sequence), ...pattern];
}
