/** A socket as a record; everything in it is data. */
import type { ErrnoName, TlsFailure } from '../../../../protocol/errno.ts';
import type { Datagram, Segment, TlsClientOptions } from '../../../../protocol/program.ts';
import type { Notify } from '../../../sim/notify.ts';
import type { NetnsId, SocketId, SocketOwner, TlsPeer, TlsServerIdentity } from '../interface.ts';
import type { ParseState, RenderState } from '../http/text.ts';
import type { KnownPath } from '../paths.ts';

export interface Endpoint {
  readonly ip: number;
  readonly port: number;
}

export interface Socket {
  readonly id: SocketId;
  /** Sockets of ICMP and packet sockets carry messages: answers to probes, frames. */
  readonly protocol: 'tcp' | 'udp' | 'unix' | 'icmp' | 'packet';
  readonly netns: NetnsId;
  owner: SocketOwner;
  state: 'LISTEN' | 'SYN-SENT' | 'ESTAB' | 'UNCONN';
  local: Endpoint;
  peer: Endpoint;
  /** Unix sockets: the path shown and the key of its inode. */
  path?: string;
  key?: string;
  /** Packet sockets: the device captured on; absent: all. */
  device?: string;

  // ---- listeners
  backlog?: SocketId[];
  backlogMax?: number;
  tls?: TlsServerIdentity;
  /** Whose the connections are, where not the owner's. */
  server?: SocketOwner;

  // ---- connections
  /** The record at the other end. */
  other?: SocketId;
  /** The listener that an accepted connection came by. */
  listener?: SocketId;
  accepted: boolean;
  connectNotify?: Notify;
  connectTls?: TlsClientOptions;
  tlsPeer?: TlsPeer;
  tlsFailure?: TlsFailure;
  attempts: number;
  giveUpUs?: number;
  queue: Segment[];
  queuedBytes: number;
  /** Rendered bytes that a reader of bytes has not taken yet. */
  rendered?: Uint8Array;
  render: RenderState;
  /** Set on sockets that sent an HTTP request: bytes that come back are understood as responses. */
  parser?: ParseState;
  /** FIN came (after everything in the queue). */
  ended: boolean;
  /** FIN sent. */
  shut: boolean;
  /** The owner let go. */
  closed: boolean;
  broken?: ErrnoName;
  /** Bytes sent that the other end has not read. */
  outstanding: number;
  starved: boolean;
  /** When the last of what is on the way to it arrives. */
  lastArrivalUs: number;
  way?: KnownPath;
  /** What could not be sent because the way is broken. */
  held: Held[];
  retries: number;
  retryEvent?: number;
  /** When it sends again what was not answered. */
  retryAtUs?: number;
  readWaits: Notify[];
  writeWaits: Notify[];

  /** Bytes that captures have seen it send, as sequence numbers count them. */
  sent?: number;

  // ---- datagrams
  datagrams: Datagram[];
  error?: ErrnoName;
}

export type Held =
  { readonly type: 'segment'; readonly segment: Segment; readonly bytes: number } | { readonly type: 'fin' };

export function newSocket(
  id: SocketId,
  protocol: Socket['protocol'],
  netns: NetnsId,
  owner: SocketOwner,
  state: Socket['state'],
): Socket {
  return {
    id,
    protocol,
    netns,
    owner,
    state,
    local: { ip: 0, port: 0 },
    peer: { ip: 0, port: 0 },
    accepted: false,
    attempts: 0,
    queue: [],
    queuedBytes: 0,
    render: { chunked: false },
    ended: false,
    shut: false,
    closed: false,
    outstanding: 0,
    starved: false,
    lastArrivalUs: 0,
    held: [],
    retries: 0,
    readWaits: [],
    writeWaits: [],
    datagrams: [],
  };
}
