/** A captured frame as tcpdump reads it. */
import { type KernelRecord } from '../../system/kernel/kernel-data.ts';

export interface CapturedPacket {
  readonly protocol: string;
  readonly source: string;
  readonly sourcePort: number;
  readonly destination: string;
  readonly destinationPort: number;
  readonly ttl: number;
  /** IP length. */
  readonly bytes: number;
  readonly tcp: string;
  readonly icmp: string;
  readonly sequence: number;
  readonly acknowledged: number;
  readonly data: Uint8Array;
  readonly inner: CapturedPacket | undefined;
}

export interface CapturedFrame {
  readonly device: string;
  readonly direction: string;
  readonly source: string;
  readonly destination: string;
  readonly arp:
    | { readonly kind: string; readonly senderIp: string; readonly senderMac: string; readonly targetIp: string }
    | undefined;
  readonly packet: CapturedPacket | undefined;
}

export function frameOf(record: KernelRecord): CapturedFrame {
  const packet = record.record('packet');
  return {
    device: record.text('device'),
    direction: record.text('direction'),
    source: record.text('source'),
    destination: record.text('destination'),
    arp: record.has('arp')
      ? {
          kind: record.text('arp'),
          senderIp: record.text('senderIp'),
          senderMac: record.text('senderMac'),
          targetIp: record.text('targetIp'),
        }
      : undefined,
    packet: packet === undefined ? undefined : packetOf(packet),
  };
}

function packetOf(record: KernelRecord): CapturedPacket {
  const inner = record.record('inner');
  return {
    protocol: record.text('protocol'),
    source: record.text('source'),
    sourcePort: record.number('sourcePort'),
    destination: record.text('destination'),
    destinationPort: record.number('destinationPort'),
    ttl: record.number('ttl'),
    bytes: record.number('bytes'),
    tcp: record.text('tcp'),
    icmp: record.text('icmp'),
    sequence: record.number('sequence'),
    acknowledged: record.number('acknowledged'),
    data: record.bytes('data'),
    inner: inner === undefined ? undefined : packetOf(inner),
  };
}
