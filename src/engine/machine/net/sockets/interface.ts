/** Sockets of the lab: what kernels and components ask of them, and what they are told. */
import type { ErrnoName, Result, TlsFailure } from '../../../../protocol/errno.ts';
import type { ConnectOptions, Datagram, Pid, Segment, SocketAddress, WayProbe } from '../../../../protocol/program.ts';
import type { Notify } from '../../../sim/notify.ts';
import type { SocketId, TlsPeer } from '../http/interface.ts';
import type { NetnsId } from '../interface.ts';

/**
 * Who has a socket. `pid` sockets are pulled (`receive`, `whenReadable`) unless `push` is set; then, as for components, the
 * handler attached for the host's processes gets calls. External ones belong to the outside machine.
 */
export type SocketOwner =
  | { readonly pid: Pid; readonly host: string; readonly push?: true }
  | { readonly component: string; readonly host: string; readonly pid?: Pid }
  | { readonly external: string };

export interface TlsServerIdentity {
  /** PEM, leaf first, with the authority that signed it. */
  readonly chain: string;
  /** DNS names and IPs of the leaf. */
  readonly names: readonly string[];
  readonly notBeforeMs?: number;
  readonly notAfterMs?: number;
  /** Signed by an authority that every system's store has (a site of the internet). */
  readonly public?: boolean;
}

export interface ListenOptions {
  readonly tls?: TlsServerIdentity;
  /** Connections waiting for accept; default 4096. */
  readonly backlog?: number;
}

/** Called synchronously while the network handles an event. Rebuilt on restore by attaching again. */
export interface SocketHandler {
  accepted(
    socket: SocketId,
    listener: SocketId,
    peer: { readonly ip: string; readonly port: number; readonly tls?: TlsPeer },
  ): void;
  segment(socket: SocketId, segment: Segment): void;
  /** The peer closed its half (`end`), or the connection broke (errno). */
  closed(socket: SocketId, how: 'end' | ErrnoName): void;
  /** The send window has room again after a send answered EAGAIN. */
  writable?(socket: SocketId): void;
  /** The outcome of `connect` for owners that are pushed to. */
  connected?(socket: SocketId, outcome: ConnectOutcome): void;
  datagram?(socket: SocketId, datagram: Datagram): void;
}

export type ConnectOutcome =
  | { readonly connected: true }
  | {
      readonly connected: false;
      readonly errno: ErrnoName;
      readonly tls?: { readonly reason: TlsFailure['reason']; readonly text: string };
    };

export type Received =
  | { readonly type: 'segment'; readonly segment: Segment }
  | { readonly type: 'end' }
  | { readonly type: 'wait' }
  | { readonly type: 'broken'; readonly errno: ErrnoName };

export interface SocketInfo {
  readonly id: SocketId;
  readonly protocol: 'tcp' | 'udp' | 'unix' | 'icmp' | 'packet';
  readonly netns: NetnsId;
  readonly state: 'LISTEN' | 'SYN-SENT' | 'ESTAB' | 'FIN-WAIT-2' | 'CLOSE-WAIT' | 'TIME-WAIT' | 'UNCONN' | 'CLOSED';
  readonly local: SocketAddress;
  readonly peer?: SocketAddress;
  readonly owner: SocketOwner;
  readonly receiveQueueBytes: number;
  readonly sendQueueBytes: number;
  /** What it waits for to send again, and how often it has done so. */
  readonly retry?: { readonly atUs: number; readonly count: number };
  /** Of a packet socket on one device. */
  readonly device?: string;
}

/** Unix socket paths are resolved by the kernel; the key names the inode (`host:device:inode`). Abstract names start with @. */
export type BindAddress =
  | { readonly family: 'inet'; readonly ip: string; readonly port: number }
  | { readonly family: 'unix'; readonly path: string; readonly key: string };

export interface Sockets {
  /** Handlers by component target, or `processes/<host>` for pushed process sockets. */
  attach(target: string, handler: SocketHandler): void;

  /** EADDRINUSE, EADDRNOTAVAIL. Port 0 picks an ephemeral one. */
  listen(netns: NetnsId, address: BindAddress, owner: SocketOwner, options?: ListenOptions): Result<SocketId>;
  /** Begins to connect; `notify` gets `{ socket, connected, errno?, tls? }` (ConnectOutcome). Fails at once only for ENETUNREACH and EADDRNOTAVAIL. */
  connect(
    netns: NetnsId,
    address: BindAddress,
    owner: SocketOwner,
    options?: ConnectOptions,
    notify?: Notify,
  ): Result<SocketId>;
  /** The next waiting connection of a listener; undefined where there is none (see whenReadable). */
  accept(listener: SocketId, owner: SocketOwner): Result<SocketId | undefined>;
  receive(socket: SocketId): Received;
  /** Bytes only: messages are rendered as HTTP/1.1 text. Up to `max` bytes. */
  receiveBytes(
    socket: SocketId,
    max: number,
  ): { readonly type: 'bytes'; readonly bytes: Uint8Array } | Exclude<Received, { readonly type: 'segment' }>;
  /** EAGAIN while the window is full, EPIPE after shutdown or close by the peer. */
  send(socket: SocketId, segment: Segment): Result<void>;
  /** One-shot; told at once (in an event of its own) where it is ready already. Also on end and break. */
  whenReadable(socket: SocketId, notify: Notify): void;
  whenWritable(socket: SocketId, notify: Notify): void;
  cancelWait(socket: SocketId, notify: Pick<Notify, 'target' | 'type'>): void;
  readable(socket: SocketId): boolean;
  writable(socket: SocketId): boolean;
  /** Half-close. */
  shutdown(socket: SocketId): Result<void>;
  /** FIN, or RST where unread data is left or `reset` is set. */
  close(socket: SocketId, options?: { readonly reset?: boolean }): void;
  /** Ends a socket of TCP or UDP that somebody else has (SOCK_DESTROY). EOPNOTSUPP for others. */
  destroy(socket: SocketId): Result<void>;
  /** All sockets of a dead process. */
  closeOwnedBy(host: string, pid: Pid): void;
  transfer(socket: SocketId, owner: SocketOwner): void;
  /**
   * Connections of a listener go to another than its owner, those that wait first; without one they wait for `accept` again.
   * So a component serves a socket that process 1 listens at.
   */
  delegate(listener: SocketId, server: SocketOwner | undefined): void;
  info(socket: SocketId): SocketInfo | undefined;
  tlsPeer(socket: SocketId): TlsPeer | undefined;
  /** PEM of the certificates that the server of a client's TLS connection showed. */
  serverChain(socket: SocketId): string | undefined;
  /** Whether a listener speaks TLS. */
  hasTls(listener: SocketId): boolean;
  list(netns: NetnsId): readonly SocketInfo[];
  /** Both ends of a connected pair of unix stream sockets. */
  pair(host: string, a: SocketOwner, b: SocketOwner): readonly [SocketId, SocketId];

  udp(netns: NetnsId, owner: SocketOwner, port?: number, ip?: string): Result<SocketId>;
  sendTo(socket: SocketId, to: { readonly ip: string; readonly port: number }, bytes: Uint8Array): Result<void>;
  /** ECONNREFUSED is reported once after an ICMP port unreachable. */
  receiveFrom(socket: SocketId): Result<Datagram | undefined>;
  /** A socket for probes; their answers are received as messages (`ProbeAnswer`). */
  icmp(netns: NetnsId, owner: SocketOwner): SocketId;
  sendProbe(socket: SocketId, ip: string, probe: WayProbe): Result<void>;
  /** A packet socket on one device or all; frames are received as messages (`describeFrame`). ENODEV. */
  capture(netns: NetnsId, owner: SocketOwner, device?: string): Result<SocketId>;
}
