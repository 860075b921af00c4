/**
 * What the kernel, dockerd, the kubelet, kube-proxy, CoreDNS and the CNI plugins see of the network. One `Network` component
 * holds the whole lab: hosts, their namespaces, links, routes, netfilter, conntrack and sockets.
 */
import type { AddressMarks } from './link.ts';
import type { ErrnoName, Result, TlsFailure } from '../../../protocol/errno.ts';
import type { Plain } from '../../../protocol/plain.ts';
import type {
  ConnectOptions,
  Datagram,
  KernelRequest,
  Pid,
  Segment,
  SocketAddress,
  WayProbe,
} from '../../../protocol/program.ts';
import type { Rule, TableName } from '../../../formats/iptables/rule.ts';
import type { Component } from '../../sim/component.ts';
import type { Notify } from '../../sim/notify.ts';
import type { ExternalHttpClient, Exchanges, HttpService, SocketId, TlsPeer } from './http/interface.ts';

export type * from './http/interface.ts';

/** The network component's target name in the event loop. */
export const NETWORK_TARGET = 'network';

/** Network namespace: its nsfs inode number, unique in the lab (`net:[4026532281]`). */
export type NetnsId = number;

// ---- the lab

export interface HostSpec {
  readonly name: string;
  /** Of eth0 on the lab's segment (192.168.56.0/24 unless the topology is larger). */
  readonly ip: string;
  readonly prefixLength?: number;
}

export interface Network extends Component {
  /** A host plugged into the segment; its namespace is made on first use. */
  addHost(spec: HostSpec): HostNetwork;
  host(name: string): HostNetwork | undefined;
  readonly hosts: readonly string[];
  /** Unplugs or plugs the host's cable (a fault). */
  setCable(host: string, plugged: boolean): void;
  /** The machine is off: its sockets vanish without a word to their peers, its cable is dead. */
  powerOff(host: string): void;
  /** It boots again, with a fresh namespace. */
  powerOn(host: string): void;
  /** A registry or another site of the simulated internet; answers names through DNS. `service` serves http(s) there. */
  addInternetSite(name: string, service: { readonly target: string; readonly service: HttpService }): Exchanges;
  /** What the lab's resolver (192.168.56.1:53) answers: hosts and sites; undefined is NXDOMAIN. */
  resolve(name: string): string | undefined;

  readonly sockets: Sockets;
  /** Makes an HTTP server of a component: sockets that listen with owner `{ component: target }` are fed to `service`. Call again after construction on restore. */
  http(target: string, service: HttpService): Exchanges;
  readonly outside: ExternalHttpClient;

  /** Whether a TCP connection from a namespace would be made now, by walking a packet; cached until something on the path changes. */
  checkPath(from: NetnsId, to: { readonly ip: string; readonly port: number }): PathCheck;
  /** Walks one packet without side effects: what a picture draws. */
  explain(from: NetnsId, probe: PacketProbe): Walk;
  /** Records `packet.hop` for every packet from now on (a picture is open). An input: it changes the trace. */
  traceEveryPacket(on: boolean): void;
}

export type PathCheck =
  | { readonly connected: true; readonly latencyUs: number }
  | { readonly connected: false; readonly errno: ErrnoName; readonly reason: string };

export interface PacketProbe {
  readonly protocol: 'tcp' | 'udp' | 'icmp';
  readonly destination: string;
  readonly destinationPort?: number;
  readonly source?: string;
  readonly sourcePort?: number;
}

export interface Hop {
  readonly host: string;
  readonly netns: NetnsId;
  /** `eth0`, `cni0`, `flannel.1`, or '' for a hook. */
  readonly link: string;
  readonly step:
    'send' | 'receive' | 'bridge' | 'route' | 'hook' | 'dnat' | 'snat' | 'encapsulate' | 'decapsulate' | 'deliver';
  /** `10.244.1.3:43210 > 10.96.0.1:443`. */
  readonly packet: string;
  /** The rule (iptables-save form) or route that decided. */
  readonly because?: string;
}

export type WalkOutcome =
  | { readonly type: 'delivered'; readonly netns: NetnsId; readonly ip: string; readonly port: number }
  | { readonly type: 'dropped'; readonly host: string; readonly reason: string; readonly rule?: string }
  | {
      readonly type: 'rejected';
      readonly host: string;
      readonly errno: ErrnoName;
      readonly from: string;
      readonly rule?: string;
    };

export interface Walk {
  readonly hops: readonly Hop[];
  readonly outcome: WalkOutcome;
  /** One way. */
  readonly latencyUs: number;
}

// ---- a host's network

export interface LinkInfo {
  readonly index: number;
  readonly name: string;
  readonly kind: 'loopback' | 'ethernet' | 'veth' | 'bridge' | 'vxlan' | 'dummy';
  readonly mac: string;
  readonly mtu: number;
  readonly up: boolean;
  readonly netns: NetnsId;
  readonly peer?: { readonly index: number; readonly netns: NetnsId };
  /** Name of the bridge that it is a port of. */
  readonly master?: string;
}

/** What a link has received and sent since it was made; bytes with their Ethernet headers. */
export interface LinkCounts {
  readonly rxPackets: number;
  readonly rxBytes: number;
  readonly rxDropped: number;
  readonly txPackets: number;
  readonly txBytes: number;
  readonly txDropped: number;
}

export type LinkSpec =
  | {
      readonly kind: 'veth';
      readonly name: string;
      readonly mac?: string;
      readonly mtu?: number;
      readonly peer: { readonly name: string; readonly netns?: NetnsId; readonly mac?: string };
    }
  | { readonly kind: 'bridge' | 'dummy'; readonly name: string; readonly mac?: string; readonly mtu?: number }
  | {
      readonly kind: 'vxlan';
      readonly name: string;
      readonly mac?: string;
      readonly mtu?: number;
      readonly id: number;
      readonly port: number;
      readonly device: string;
      readonly local: string;
      readonly learning?: boolean;
    };

export interface LinkChange {
  readonly up?: boolean;
  readonly mtu?: number;
  readonly mac?: string;
  readonly name?: string;
  /** Name of a bridge; null takes it out. */
  readonly master?: string | null;
  readonly netns?: NetnsId;
  readonly hairpin?: boolean;
}

export interface RouteSpec {
  /** CIDR, or `default`. */
  readonly destination: string;
  readonly via?: string;
  readonly device?: string;
  readonly source?: string;
  readonly metric?: number;
  readonly onlink?: boolean;
  readonly scope?: 'link' | 'global' | 'host';
  readonly protocol?: 'kernel' | 'boot' | 'static' | 'dhcp';
  readonly type?: 'unicast' | 'blackhole' | 'unreachable' | 'prohibit';
}

/**
 * Rules shared by many hosts: computed once per revision by kube-proxy and installed by reference. Chains named here hide
 * local chains of the same name; a rule changed by hand on one host is copied to that host first.
 */
export interface RuleLayer {
  readonly revision: number;
  readonly tables: { readonly [table in TableName]?: { readonly [chain: string]: readonly Rule[] } };
}

/** One end of an overlay: what flannel keeps per peer. Numbers are IPv4 addresses. */
export interface TunnelPeer {
  readonly mac: string;
  readonly remote: number;
}

/** All ends by the network number of their subnet (decimal); immutable, shared by every host. */
export interface TunnelPeers {
  readonly prefixLength: number;
  readonly peers: { readonly [network: string]: TunnelPeer };
}

export interface HostNetwork {
  readonly name: string;
  readonly ip: string;
  /** The host's own namespace. */
  readonly netns: NetnsId;

  /** A new namespace with `lo` down. */
  createNamespace(): NetnsId;
  /** Makes a namespace again under its old number where a reboot has taken it. */
  ensureNamespace(netns: NetnsId): void;
  /** Destroys links, sockets and rules in it. */
  deleteNamespace(netns: NetnsId): void;
  /** Names bound under /run/netns, as `ip netns` shows them. */
  namespaceNames(): readonly { readonly name: string; readonly netns: NetnsId }[];
  bindNamespaceName(name: string, netns: NetnsId): Result<void>;
  unbindNamespaceName(name: string): Result<void>;
  namespaceByName(name: string): NetnsId | undefined;

  links(netns: NetnsId): readonly LinkInfo[];
  /** Undefined where there is no such link. */
  counters(netns: NetnsId, name: string): LinkCounts | undefined;
  link(netns: NetnsId, name: string): LinkInfo | undefined;
  addLink(netns: NetnsId, spec: LinkSpec): Result<LinkInfo>;
  changeLink(netns: NetnsId, name: string, change: LinkChange): Result<void>;
  deleteLink(netns: NetnsId, name: string): Result<void>;
  /** `cidr` is `10.244.1.1/24`. Adds the local and the connected route when the link is up. */
  addAddress(netns: NetnsId, link: string, cidr: string, marks?: AddressMarks): Result<void>;
  deleteAddress(netns: NetnsId, link: string, cidr: string): Result<void>;
  addresses(
    netns: NetnsId,
    link?: string,
  ): readonly { readonly link: string; readonly ip: string; readonly prefixLength: number }[];
  addRoute(netns: NetnsId, route: RouteSpec, options?: { readonly replace?: boolean }): Result<void>;
  deleteRoute(netns: NetnsId, route: RouteSpec): Result<void>;
  setNeighbour(netns: NetnsId, link: string, ip: string, mac: string): Result<void>;
  deleteNeighbour(netns: NetnsId, link: string, ip: string): Result<void>;
  /** Forwarding entry of a vxlan (mac → remote) or a bridge (mac → port). */
  setForwarding(
    netns: NetnsId,
    link: string,
    mac: string,
    to: { readonly remote: string } | { readonly port: string },
  ): Result<void>;
  deleteForwarding(netns: NetnsId, link: string, mac: string): Result<void>;

  /** Routes, neighbours and forwarding entries to all peers of a vxlan at once; `own` is this host's subnet. */
  setTunnelPeers(netns: NetnsId, link: string, own: string, peers: TunnelPeers): Result<void>;

  /** `net.ipv4.ip_forward` and the like; undefined where the namespace has no such key. */
  sysctl(netns: NetnsId, key: string): string | undefined;
  setSysctl(netns: NetnsId, key: string, value: string): Result<void>;
  sysctlKeys(netns: NetnsId): readonly string[];

  /** Appends or inserts (position from 1) a rule; chains must exist. */
  addRule(netns: NetnsId, table: TableName, chain: string, rule: Rule, position?: number): Result<void>;
  /** Adds the rule unless an equal one is there. */
  ensureRule(netns: NetnsId, table: TableName, chain: string, rule: Rule, where?: 'first' | 'last'): Result<void>;
  deleteRule(netns: NetnsId, table: TableName, chain: string, rule: Rule): Result<void>;
  ensureChain(netns: NetnsId, table: TableName, chain: string): Result<void>;
  /** Replaces all rules of a chain (making it), or deletes it. */
  setChain(netns: NetnsId, table: TableName, chain: string, rules: readonly Rule[] | undefined): Result<void>;
  setPolicy(netns: NetnsId, table: TableName, chain: string, policy: 'ACCEPT' | 'DROP'): Result<void>;
  setLayer(netns: NetnsId, name: string, layer: RuleLayer | undefined): void;
  /** Forgets tracked connections (`conntrack -D -p udp --dst IP`). Answers how many. */
  deleteConntrack(
    netns: NetnsId,
    filter: { readonly protocol?: string; readonly destination?: string; readonly port?: number },
  ): number;

  /** Answers `link`, `address`, `route`, `neighbour`, `netfilter`, `conntrack`, `socket` and `netns` requests of a process; operations in `kernel-requests.ts`. */
  kernel(
    netns: NetnsId,
    request: KernelRequest,
    caller: { readonly pid: Pid; readonly netAdmin: boolean },
  ): Result<Plain>;
}

// ---- sockets

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
