/** What programs and the network say to each other about sockets, and about the way to a host. */
import type { BodyChunk, ChannelFrame, RequestHead, ResponseHead } from './http.ts';
import type { Plain } from './plain.ts';

/** What travels over a stream socket: bytes, or messages that become bytes only where somebody reads them as such. */
export type Segment =
  | { readonly type: 'bytes'; readonly bytes: Uint8Array }
  | { readonly type: 'request'; readonly head: RequestHead }
  | { readonly type: 'response'; readonly head: ResponseHead }
  | { readonly type: 'body'; readonly chunk: BodyChunk }
  | { readonly type: 'end' }
  | { readonly type: 'frame'; readonly frame: ChannelFrame }
  /** A call or answer of a local protocol (D-Bus, CRI, agent sockets). */
  | { readonly type: 'message'; readonly value: Plain };

export type SocketAddress =
  | { readonly family: 'inet'; readonly ip: string; readonly port: number }
  | { readonly family: 'unix'; readonly path: string };

export interface TlsClientOptions {
  readonly serverName: string;
  /** PEM of the authorities trusted; absent: the host's own store; 'insecure': any certificate. */
  readonly authorities?: string;
  /** PEM of a client certificate; the server sees its subject. */
  readonly clientCertificate?: string;
}
export interface ConnectOptions {
  readonly tls?: TlsClientOptions;
  /** Gives up with ETIMEDOUT. */
  readonly timeoutUs?: number;
  /** The own end, where the caller binds it: EADDRNOTAVAIL for an address that is not here, EADDRINUSE for a taken port. */
  readonly from?: { readonly ip?: string; readonly port?: number };
}
export interface Datagram {
  readonly from: { readonly ip: string; readonly port: number };
  readonly bytes: Uint8Array;
}

/** A packet that asks about the way: ping's and traceroute's. */
export interface WayProbe {
  /** Comes back in the answer. */
  readonly sequence: number;
  /** An echo request, a datagram, or a SYN. */
  readonly protocol: 'icmp' | 'udp' | 'tcp';
  /** Of the destination; not for ICMP. */
  readonly port?: number;
  readonly ttl?: number;
  /** IP length. */
  readonly bytes: number;
  /** The source address, where it is not the route's. */
  readonly source?: string;
  /** Too long a packet is not cut into fragments. */
  readonly dontFragment?: boolean;
}

export type ProbeError =
  'unreachable-host' | 'unreachable-net' | 'unreachable-port' | 'prohibited' | 'ttl-exceeded' | 'too-long';

/** What came back: an answer, or the ICMP error that `from` sent. */
export interface ProbeAnswer {
  readonly sequence: number;
  readonly from: string;
  /** Left in the answer. */
  readonly ttl: number;
  readonly roundTripUs: number;
  readonly error?: ProbeError;
  /** Of the link that the packet was too long for. */
  readonly mtu?: number;
}
