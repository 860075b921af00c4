/** A frame's bytes taken apart, as far as filters and lines of output look at them. */
import { formatIpv4 } from '../../../formats/ip.ts';
import type { Raw } from './wire.ts';

export interface Decoded {
  readonly raw: Raw;
  readonly etherType: number;
  readonly source: string;
  readonly destination: string;
  readonly ip: Ip | undefined;
  readonly arp: Arp | undefined;
}

export interface Ip {
  /** Where the header begins, and what it carries. */
  readonly at: number;
  readonly contentAt: number;
  readonly length: number;
  readonly tos: number;
  readonly id: number;
  readonly offset: number;
  readonly flags: number;
  readonly ttl: number;
  readonly protocol: number;
  readonly source: string;
  readonly destination: string;
  /** Of TCP and UDP. */
  readonly ports: readonly [source: number, destination: number] | undefined;
}

export interface Arp {
  readonly operation: number;
  readonly senderMac: string;
  readonly senderIp: string;
  readonly targetIp: string;
  readonly length: number;
}

export const ETHERNET_BYTES = 14;
export const [ICMP, TCP, UDP] = [1, 6, 17] as const;

export const u16At = (bytes: Uint8Array, at: number): number => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
export const u32At = (bytes: Uint8Array, at: number): number => u16At(bytes, at) * 65_536 + u16At(bytes, at + 2);
const macAt = (bytes: Uint8Array, at: number): string =>
  Array.from(bytes.subarray(at, at + 6), (byte) => byte.toString(16).padStart(2, '0')).join(':');
export const ipAt = (bytes: Uint8Array, at: number): string => formatIpv4(u32At(bytes, at));

export function decodeFrame(raw: Raw): Decoded {
  const { bytes } = raw;
  const etherType = u16At(bytes, 12);
  return {
    raw,
    etherType,
    destination: macAt(bytes, 0),
    source: macAt(bytes, 6),
    ip: etherType === 0x0800 ? decodeIp(bytes, ETHERNET_BYTES) : undefined,
    arp: etherType === 0x0806 ? decodeArp(raw, ETHERNET_BYTES) : undefined,
  };
}

export function decodeIp(bytes: Uint8Array, at: number): Ip {
  const contentAt = at + ((bytes[at] ?? 0) & 15) * 4;
  const fragment = u16At(bytes, at + 6);
  const protocol = bytes[at + 9] ?? 0;
  const offset = (fragment & 0x1fff) * 8;
  return {
    at,
    contentAt,
    length: u16At(bytes, at + 2),
    tos: bytes[at + 1] ?? 0,
    id: u16At(bytes, at + 4),
    offset,
    flags: fragment >> 13,
    ttl: bytes[at + 8] ?? 0,
    protocol,
    source: ipAt(bytes, at + 12),
    destination: ipAt(bytes, at + 16),
    ports:
      (protocol === TCP || protocol === UDP) && offset === 0
        ? [u16At(bytes, contentAt), u16At(bytes, contentAt + 2)]
        : undefined,
  };
}

const decodeArp = ({ bytes, length }: Raw, at: number): Arp => ({
  operation: u16At(bytes, at + 6),
  senderMac: macAt(bytes, at + 8),
  senderIp: ipAt(bytes, at + 14),
  targetIp: ipAt(bytes, at + 24),
  length: length - at,
});
