/**
 * One network namespace: links, addresses, routes, neighbours, sysctls, rules and tracked connections.
 * Every change that can alter a packet's way raises `generation`, so that cached paths notice; changes of bare veth ends,
 * which come and go with each pod, raise `ports` instead: only what crosses a veth or a bridge here depends on them.
 */
import { broadcastOf, cidrContains, maskOf, parseCidr, type Cidr } from '../../../formats/ip.ts';
import type { Result } from '../../../protocol/errno.ts';
import { LateMap } from '../../sim/late-map.ts';
import { Conntrack } from './conntrack.ts';
import type { NetnsId, SocketId } from './interface.ts';
import type { Link, LinkAddress, LinkId, Neighbour } from './links/link.ts';
import { Ruleset } from './netfilter/ruleset.ts';
import { appliesTo, DEFAULT_POLICY, TABLE, type Flow, type PolicyRule } from './routing/policy.ts';
import { chooseRoute, compareRoutes, type Route } from './routing/routes.ts';
import { LinkSysctls } from './sysctls/link-sysctls.ts';
import { networksOf, peerOf, peerRoute, remoteOfMac, routeTo, type PeersOfNamespace } from './routing/tunnel-peers.ts';

const ANY: Cidr = { address: 0, prefixLength: 0, network: 0, mask: 0 };
const LOOPBACK = parseCidr('127.0.0.0/8') ?? ANY;

export const cidrOf = ({ ip, prefixLength }: LinkAddress): Cidr => {
  const mask = maskOf(prefixLength);
  return { address: ip, prefixLength, network: (ip & mask) >>> 0, mask };
};

/** Values a fresh namespace starts with; bridge-nf keys exist only where br_netfilter is loaded. */
const DEFAULT_SYSCTLS: { readonly [key: string]: string } = {
  'net.core.somaxconn': '4096',
  'net.ipv4.icmp_echo_ignore_all': '0',
  'net.ipv4.ip_forward': '0',
  'net.ipv4.ip_local_port_range': '32768\t60999',
  'net.ipv4.ip_unprivileged_port_start': '1024',
  'net.ipv4.ping_group_range': '0\t2147483647',
  'net.ipv4.tcp_keepalive_time': '7200',
  'net.ipv4.tcp_syn_retries': '6',
  'net.netfilter.nf_conntrack_max': '262144',
};

const IP_FORWARD = 'net.ipv4.ip_forward';
const ALL_FORWARDING = 'net.ipv4.conf.all.forwarding';
const BRIDGE_KEYS = ['net.bridge.bridge-nf-call-iptables', 'net.bridge.bridge-nf-call-ip6tables'];
const DIRECTORIES_OF_LINKS = ['net.ipv4.conf.', 'net.ipv4.neigh.', 'net.ipv6.conf.', 'net.ipv6.neigh.'];

export class Namespace {
  generation = 1;
  ports = 1;
  /** By index, ascending. */
  readonly links = new LateMap<number, Link>();
  nextIndex = 1;
  /** Routes that were added one by one; `allRoutes` has those of tunnel peers too. */
  routes: readonly Route[] = [];
  peers: PeersOfNamespace | undefined;
  /** Routes of tables beside main, by the table's number. */
  readonly tables = new LateMap<number, readonly Route[]>();
  /** Rules of routing, where somebody has changed them; packets are routed by the main table else. */
  policy: readonly PolicyRule[] | undefined;
  readonly neighbours = new LateMap<string, Neighbour>();
  readonly sysctls = new LateMap<string, string>();
  readonly rules = new Ruleset();
  readonly conntrack = new Conntrack();
  /** Listening and datagram sockets by `protocol:port`; connections by tuple key seen from here. */
  readonly bound = new LateMap<string, SocketId[]>();
  readonly connections = new LateMap<string, SocketId>();
  readonly recent = new LateMap<string, Map<number, number>>();
  nextPort = 0;
  #linkSysctls: LinkSysctls | undefined;
  #locals: Map<number, Link> | undefined;
  #active: { readonly generation: number; readonly on: boolean } | undefined;

  constructor(
    readonly id: NetnsId,
    readonly host: string,
  ) {}

  changed(): void {
    this.generation += 1;
    this.#locals = undefined;
  }

  portsChanged(): void {
    this.ports += 1;
  }

  /** A veth end without addresses and routes: nothing here is sent by it but what a bridge forwards. */
  isBarePort({ id, kind, addresses }: Link): boolean {
    return kind === 'veth' && addresses.length === 0 && !this.#hasRouteBy(id);
  }

  #hasRouteBy(id: LinkId): boolean {
    if (this.routes.some(({ link }) => link === id)) return true;
    for (const routes of this.tables.values()) if (routes.some(({ link }) => link === id)) return true;
    return false;
  }

  linkByName(name: string): Link | undefined {
    for (const link of this.links.values()) if (link.name === name) return link;
    return undefined;
  }

  /** Settings of the links here. */
  get linkSysctls(): LinkSysctls {
    this.#linkSysctls ??= new LinkSysctls(this.sysctls, this.links);
    return this.#linkSysctls;
  }

  sysctl(key: string): string | undefined {
    if (key === IP_FORWARD) return this.linkSysctls.value(ALL_FORWARDING);
    return this.sysctls.get(key) ?? DEFAULT_SYSCTLS[key] ?? this.linkSysctls.value(key);
  }

  /** ENOENT where there is no such key. */
  setSysctl(key: string, value: string): Result<void> {
    const text = value.trim();
    if (key === IP_FORWARD) return this.linkSysctls.set(ALL_FORWARDING, text);
    if (!BRIDGE_KEYS.includes(key) && DEFAULT_SYSCTLS[key] === undefined) return this.linkSysctls.set(key, text);
    this.sysctls.set(key, text);
    return undefined;
  }

  /** Names in a directory of /proc/sys, given as the beginning of keys. */
  sysctlsBelow(prefix: string): readonly { readonly name: string; readonly type: 'file' | 'directory' }[] {
    const ofLinks = this.linkSysctls.namesBelow(prefix);
    if (ofLinks !== undefined) return ofLinks;
    const names = new Map<string, 'file' | 'directory'>();
    for (const key of [...Object.keys(DEFAULT_SYSCTLS), ...this.sysctls.keys(), ...DIRECTORIES_OF_LINKS]) {
      if (!key.startsWith(prefix)) continue;
      const [first = '', ...rest] = key.slice(prefix.length).split('.');
      names.set(first, rest.length === 0 ? 'file' : 'directory');
    }
    return [...names].map(([name, type]) => ({ name, type }));
  }

  /** Whether packets that are not for this host go on at all. */
  get forwards(): boolean {
    return this.sysctl(IP_FORWARD) === '1';
  }

  /** Whether packets here pass netfilter and connection tracking. */
  get filters(): boolean {
    if (this.#active?.generation !== this.generation)
      this.#active = { generation: this.generation, on: this.rules.active };
    return this.#active.on;
  }

  localLink(ip: number): Link | undefined {
    let locals = this.#locals;
    if (locals === undefined) {
      locals = new Map();
      for (const link of this.links.values())
        for (const { ip: address } of link.addresses) if (!locals.has(address)) locals.set(address, link);
      this.#locals = locals;
    }
    const link = locals.get(ip);
    if (link !== undefined) return link;
    return cidrContains(LOOPBACK, ip)
      ? [...this.links.values()].find(({ kind, up }) => kind === 'loopback' && up)
      : undefined;
  }

  isBroadcast(ip: number): boolean {
    if (ip === 0xffffffff) return true;
    for (const { addresses } of this.links.values()) {
      for (const address of addresses)
        if (address.prefixLength < 31 && (address.broadcast ?? broadcastOf(cidrOf(address))) === ip) return true;
    }
    return false;
  }

  route(destination: number): Route | undefined {
    const found = chooseRoute(this.routes, destination);
    // The search goes on in the next table, and there is none.
    const own = found?.type === 'throw' ? undefined : found;
    const { peers } = this;
    if (
      peers === undefined ||
      peers.writtenOut === true ||
      (own?.destination.prefixLength ?? -1) >= peers.table.prefixLength
    )
      return own;
    return peerRoute(peers, destination) ?? own;
  }

  /** The way of a packet by the rules of routing, local delivery among them. */
  routeByPolicy(policy: readonly PolicyRule[], flow: Flow): Route | undefined {
    for (const rule of policy) {
      if (!appliesTo(rule, flow)) continue;
      const { action } = rule;
      if (action.type !== 'lookup') return { ...this.#anyRoute(flow.destination), type: action.type };
      const route = this.#routeIn(action.table, flow.destination);
      if (route === undefined || route.type === 'throw') continue;
      if (route.destination.prefixLength <= (action.suppressPrefixLength ?? -1)) continue;
      return action.table === TABLE.main ? route : { ...route, table: action.table };
    }
    return undefined;
  }

  #routeIn(table: number, destination: number): Route | undefined {
    if (table === TABLE.main) return this.route(destination);
    if (table === TABLE.local) return this.localRoute(destination);
    return chooseRoute(this.tables.get(table) ?? [], destination);
  }

  /** The route of an address of this host: by loopback. */
  localRoute(destination: number): Route | undefined {
    if (this.localLink(destination) === undefined) return undefined;
    for (const { kind, id } of this.links.values()) if (kind === 'loopback') return routeByLoopback(destination, id);
    return undefined;
  }

  #anyRoute(destination: number): Route {
    return {
      destination: justThis(destination),
      type: 'unreachable',
      metric: 0,
      scope: 'global',
      protocol: 'kernel',
    };
  }

  /** Routes of a table beside the local one; undefined where nobody has put one into it. */
  routesOf(table: number): readonly Route[] | undefined {
    return table === TABLE.main ? this.routes : this.tables.get(table);
  }

  get allRoutes(): readonly Route[] {
    const { peers } = this;
    if (peers === undefined || peers.writtenOut === true) return this.routes;
    return [...this.routes, ...networksOf(peers).map((network) => routeTo(peers, network))].sort(compareRoutes);
  }

  /** A neighbour or forwarding entry that the shared table stands for. */
  peerMac(link: LinkId, ip: number): string | undefined {
    const { peers } = this;
    return peers?.link === link && peers.writtenOut !== true ? peerOf(peers, ip)?.mac : undefined;
  }
  peerRemote(link: LinkId, mac: string): number | undefined {
    const { peers } = this;
    return peers?.link === link && peers.writtenOut !== true ? remoteOfMac(peers, mac) : undefined;
  }

  /** Writes the shared table out as this namespace's own entries, before one of them is changed by hand. */
  writeOutPeers(link: Link): void {
    const { peers } = this;
    if (peers?.link !== link.id || peers.writtenOut === true) return;
    this.routes = this.allRoutes;
    for (const network of networksOf(peers)) this.addPeer(link, peers, network);
    this.peers = { ...peers, writtenOut: true };
    this.changed();
  }

  addPeer(link: Link, peers: PeersOfNamespace, network: number): void {
    const peer = peerOf(peers, network);
    if (peer === undefined) return;
    this.neighbours.set(`${String(link.id)}|${String(network)}`, {
      ip: network,
      link: link.id,
      mac: peer.mac,
      permanent: true,
      atUs: 0,
    });
    link.forwarding.set(peer.mac, { remote: peer.remote });
  }

  addRoute(route: Route, table: number = TABLE.main): void {
    // A stable sort keeps routes of equal rank in the order in which they were added.
    const routes = [...(this.routesOf(table) ?? []), route].sort(compareRoutes);
    if (table === TABLE.main) this.routes = routes;
    else this.tables.set(table, routes);
    if (table === TABLE.default) this.policy ??= DEFAULT_POLICY;
    this.changed();
  }

  /** Of every table. */
  removeRoutes(which: (route: Route) => boolean): void {
    const left = this.routes.filter((route) => !which(route));
    let removes = left.length !== this.routes.length;
    this.routes = left;
    for (const [table, routes] of this.tables) {
      const others = routes.filter((route) => !which(route));
      if (others.length === routes.length) continue;
      removes = true;
      this.tables.set(table, others);
    }
    if (removes) this.changed();
  }

  /** The address of a link that is nearest to another one; 0 where it has none. */
  sourceOn({ addresses }: Link, near: number): number {
    return (addresses.find((address) => cidrContains(cidrOf(address), near)) ?? addresses[0])?.ip ?? 0;
  }

  /** The source address for a packet that leaves by a route. */
  sourceFor(route: Route, destination: number, links: ReadonlyMap<LinkId, Link>): number | undefined {
    if (route.source !== undefined) return route.source;
    const link = route.link === undefined ? undefined : links.get(route.link);
    const near = route.via ?? destination;
    const own = link?.addresses.find((address) => cidrContains(cidrOf(address), near)) ?? link?.addresses[0];
    if (own !== undefined) return own.ip;
    for (const { addresses, kind } of this.links.values())
      if (kind !== 'loopback' && addresses[0] !== undefined) return addresses[0].ip;
    return undefined;
  }
}

/** Made for each packet that stays on its host. */
const routeByLoopback = (destination: number, loopback: LinkId): Route => ({
  destination: justThis(destination),
  type: 'local',
  link: loopback,
  source: destination,
  metric: 0,
  scope: 'host',
  protocol: 'kernel',
});

const justThis = (address: number): Cidr => ({ address, prefixLength: 32, network: address, mask: 0xffffffff });
