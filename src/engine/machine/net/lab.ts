/**
 * The lab's parts on one table: hosts on one Ethernet segment, their namespaces and all links. Host namespaces are made on
 * first use, so that a thousand machines nobody looks into cost a record each.
 */
import { formatIpv4, parseIpv4 } from '../../../formats/ip.ts';
import { LateMap, LateSet } from '../../sim/late-map.ts';
import type { Simulation } from '../../sim/simulation.ts';
import type { Tap } from './capture.ts';
import type { HostSpec, NetnsId } from './interface.ts';
import { noCounters, type Link, type LinkId } from './links/link.ts';
import { cidrOf, Namespace } from './namespace.ts';

/** Inode of the first namespace of a Linux host (PROC_NET_INIT_INO). */
const FIRST_NETNS = 4_026_531_840;

export const GATEWAY_IP = '192.168.56.1';
export const GATEWAY = 'gateway';

export interface HostRecord {
  readonly name: string;
  readonly ip: number;
  readonly prefixLength: number;
  readonly netns: NetnsId;
  cable: boolean;
  powered: boolean;
  /** Ids kept for lo and eth0, so that making the namespace late changes no other id. */
  readonly lo: LinkId;
  readonly nic: LinkId;
  readonly names: Map<string, NetnsId>;
}

export class Lab {
  readonly hosts = new Map<string, HostRecord>();
  readonly hostByIp = new Map<number, HostRecord>();
  readonly hostByMac = new Map<string, HostRecord>();
  readonly namespaces = new Map<NetnsId, Namespace>();
  readonly hostOfNetns = new Map<NetnsId, HostRecord>();
  readonly links = new Map<LinkId, Link>();
  /** Raised by cables and power. */
  generation = 1;
  everyPacket = false;
  /** Set while somebody captures; derived from the packet sockets. */
  tap: Tap | undefined;
  /** Namespaces whose servers rest: called before a packet for them is given to a socket. Not part of a snapshot. */
  readonly resting = new Map<NetnsId, () => void>();
  nextNetns = FIRST_NETNS;
  nextLink = 1;
  nextMac = 1;

  constructor(readonly simulation: Simulation) {}

  get nowUs(): number {
    return this.simulation.clock.nowUs;
  }

  addHost({ name, ip, prefixLength = 24 }: HostSpec): HostRecord {
    const address = parseIpv4(ip);
    if (address === undefined) throw new Error(`host ${name} has no usable address: ${ip}`);
    const record: HostRecord = {
      name,
      ip: address,
      prefixLength,
      netns: this.nextNetns,
      lo: this.nextLink,
      nic: this.nextLink + 1,
      cable: true,
      powered: true,
      names: new Map(),
    };
    this.nextNetns += 1;
    this.nextLink += 2;
    this.hosts.set(name, record);
    this.hostByMac.set(nicMac(address), record);
    this.hostByIp.set(address, record);
    this.hostOfNetns.set(record.netns, record);
    return record;
  }

  /** The namespace, made now if it is a host's own and nobody used it before. */
  namespace(id: NetnsId): Namespace | undefined {
    const known = this.namespaces.get(id);
    if (known !== undefined) return known;
    const host = this.hostOfNetns.get(id);
    return host?.netns === id ? this.#materialise(host) : undefined;
  }

  /** @param id a number that is known already (a namespace that a reboot has taken) */
  createNamespace(host: HostRecord, id = this.nextNetns): Namespace {
    const namespace = new Namespace(id, host.name);
    if (id === this.nextNetns) this.nextNetns += 1;
    this.namespaces.set(namespace.id, namespace);
    this.hostOfNetns.set(namespace.id, host);
    this.addLink(namespace, 'lo', 'loopback', '00:00:00:00:00:00', 65_536);
    return namespace;
  }

  addLink(namespace: Namespace, name: string, kind: Link['kind'], mac: string, mtu: number, id = this.nextLink): Link {
    const link: Link = {
      id,
      index: namespace.nextIndex,
      name,
      kind,
      mac,
      mtu,
      up: false,
      netns: namespace.id,
      addresses: [],
      ports: new LateSet(),
      forwarding: new LateMap(),
      counters: noCounters(),
    };
    if (id === this.nextLink) this.nextLink += 1;
    namespace.nextIndex += 1;
    this.links.set(link.id, link);
    namespace.links.set(link.index, link);
    if (kind === 'veth') namespace.portsChanged();
    else namespace.changed();
    return link;
  }

  /** A locally administered address, unique in the lab. */
  newMac(): string {
    const n = this.nextMac;
    this.nextMac += 1;
    const spread = Math.imul(n, 0x9e3779b1) >>> 0;
    const bytes = [
      0x02 | ((spread >>> 24) & 0xfc),
      (spread >>> 16) & 255,
      (spread >>> 8) & 255,
      (n >>> 16) & 255,
      (n >>> 8) & 255,
      n & 255,
    ];
    return bytes.map((byte) => byte.toString(16).padStart(2, '0')).join(':');
  }

  nicOf(host: HostRecord): Link | undefined {
    this.namespace(host.netns);
    return this.links.get(host.nic);
  }

  #materialise(host: HostRecord): Namespace {
    const namespace = new Namespace(host.netns, host.name);
    this.namespaces.set(host.netns, namespace);
    const lo = this.addLink(namespace, 'lo', 'loopback', '00:00:00:00:00:00', 65_536, host.lo);
    lo.up = true;
    lo.addresses = [{ ip: 0x7f000001, prefixLength: 8 }];
    const nic = this.addLink(namespace, 'eth0', 'ethernet', nicMac(host.ip), 1500, host.nic);
    nic.up = true;
    nic.addresses = [{ ip: host.ip, prefixLength: host.prefixLength }];
    const connected = cidrOf({ ip: host.ip, prefixLength: host.prefixLength });
    namespace.addRoute({
      destination: { ...connected, address: connected.network },
      type: 'unicast',
      link: nic.id,
      source: host.ip,
      metric: 0,
      scope: 'link',
      protocol: 'kernel',
    });
    if (formatIpv4(host.ip) !== GATEWAY_IP) {
      const via = parseIpv4(GATEWAY_IP) ?? 0;
      namespace.addRoute({
        destination: { address: 0, prefixLength: 0, network: 0, mask: 0 },
        type: 'unicast',
        via,
        link: nic.id,
        metric: 0,
        scope: 'global',
        protocol: 'static',
      });
    }
    namespace.changed();
    return namespace;
  }
}

/** The card's address: the vendor prefix of a virtual machine and the last bytes of its IP. */
export const nicMac = (ip: number): string =>
  `08:00:27:${[(ip >>> 16) & 255, (ip >>> 8) & 255, ip & 255].map((byte) => byte.toString(16).padStart(2, '0')).join(':')}`;
