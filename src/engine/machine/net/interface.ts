/**
 * What the kernel, dockerd, the kubelet, kube-proxy, CoreDNS and the CNI plugins see of the network. One `Network` component
 * holds the whole lab: hosts, their namespaces, links, routes, netfilter, conntrack and sockets.
 */
import type { VlanMembership } from './links/bridge-vlans.ts';
import type { AddressMarks, StackedMode } from './links/link.ts';
import type { ErrnoName, Result } from '../../../protocol/errno.ts';
import type { Plain } from '../../../protocol/plain.ts';
import type { KernelRequest, Pid } from '../../../protocol/program.ts';
import type { Rule, TableName } from '../../../formats/iptables/rule.ts';
import type { Component } from '../../sim/component.ts';
import type { ExternalHttpClient, Exchanges, HttpService } from './http/interface.ts';
import type { Sockets } from './sockets/interface.ts';

export type * from './http/interface.ts';
export type * from './sockets/interface.ts';

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
  readonly kind: 'loopback' | 'ethernet' | 'veth' | 'bridge' | 'vxlan' | 'dummy' | 'vlan' | 'macvlan' | 'ipvlan';
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
  | { readonly kind: 'dummy'; readonly name: string; readonly mac?: string; readonly mtu?: number }
  | {
      readonly kind: 'bridge';
      readonly name: string;
      readonly mac?: string;
      readonly mtu?: number;
      readonly vlanFiltering?: boolean;
    }
  | {
      readonly kind: 'vlan';
      readonly name: string;
      readonly mac?: string;
      readonly mtu?: number;
      /** The link that it stands on. */
      readonly device: string;
      readonly id: number;
    }
  | {
      readonly kind: 'macvlan' | 'ipvlan';
      readonly name: string;
      readonly mac?: string;
      readonly mtu?: number;
      readonly device: string;
      readonly mode: StackedMode;
    }
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

/** IFF_PROMISC, IFF_ALLMULTI, IFF_MULTICAST and the absence of IFF_NOARP. */
export interface LinkFlags {
  readonly promiscuous?: boolean;
  readonly allMulticast?: boolean;
  readonly multicast?: boolean;
  /** Without it nobody asks for addresses by this link, and it answers to none. */
  readonly arp?: boolean;
}

/** A queue that delays and loses packets as it is told to. */
export interface Netem {
  /** The number before the colon of its handle. */
  readonly handle: number;
  readonly delayUs: number;
  /** The most that a delay is longer or shorter. */
  readonly jitterUs: number;
  /** From 0 to 1. */
  readonly loss: number;
  /** Packets that it would hold; kept and shown. */
  readonly limit: number;
}

export interface LinkChange {
  /** Null takes the queue away. */
  readonly netem?: Netem | null;
  readonly flags?: LinkFlags;
  /** Packets; kept and shown, as nothing queues up here. */
  readonly queueLength?: number;
  readonly up?: boolean;
  readonly mtu?: number;
  readonly mac?: string;
  readonly name?: string;
  /** Name of a bridge; null takes it out. */
  readonly master?: string | null;
  readonly netns?: NetnsId;
  readonly hairpin?: boolean;
  /** Of a bridge. */
  readonly vlanFiltering?: boolean;
  /** Of a macvlan or an ipvlan. */
  readonly mode?: StackedMode;
  /** Of a bridge or a port of one. */
  readonly joinVlan?: VlanMembership;
  readonly leaveVlan?: number;
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
  readonly type?: 'unicast' | 'blackhole' | 'unreachable' | 'prohibit' | 'throw';
  /** The number of its table; main by default. */
  readonly table?: number;
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
  /** `awaken` is called before a packet reaches a socket of this namespace; undefined: nothing rests there any more. */
  setResting(netns: NetnsId, awaken: (() => void) | undefined): void;
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
  /** EADDRNOTAVAIL where the link has no such address. */
  setBroadcast(netns: NetnsId, link: string, cidr: string, broadcast: string): Result<void>;
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
  /** Names in a directory of /proc/sys/net, given as the beginning of keys (`net.ipv4.conf.`). */
  sysctlsBelow(
    netns: NetnsId,
    prefix: string,
  ): readonly { readonly name: string; readonly type: 'file' | 'directory' }[];

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
