/** What happens to links: making, connecting, raising, moving and destroying them, with the routes that the kernel keeps for them. */
import { cidrContains, parseCidr, parseIpv4 } from '../../../../formats/ip.ts';
import { fail, type Result } from '../../../../protocol/errno.ts';
import type { LinkChange, LinkInfo, LinkSpec, NetnsId } from '../interface.ts';
import type { Lab } from '../lab.ts';
import { joinVlan, leaveVlan } from './bridge-vlans.ts';
import type { AddressMarks, Link, LinkAddress } from './link.ts';
import { lowerOf, uppersOf } from './stacked-links.ts';
import { cidrOf, type Namespace } from '../namespace.ts';

/** 127.0.0.1 */
const LOOPBACK_IP = 0x7f000001;
/** IFNAMSIZ - 1. */
const NAME_MAX = 15;

export class LinkChanges {
  constructor(private readonly lab: Lab) {}

  add(namespace: Namespace, spec: LinkSpec): Result<Link> {
    if (spec.name === '' || spec.name.length > NAME_MAX || /[\s/]/.test(spec.name)) return fail('EINVAL');
    if (namespace.linkByName(spec.name) !== undefined) return fail('EEXIST');
    if (spec.kind === 'veth') return this.#addPair(namespace, spec);
    if (spec.kind === 'vxlan') {
      const device = namespace.linkByName(spec.device);
      const local = parseIpv4(spec.local);
      if (device === undefined) return fail('ENODEV');
      if (local === undefined) return fail('EINVAL');
      for (const { vxlan } of namespace.links.values())
        if (vxlan?.id === spec.id && vxlan.port === spec.port) return fail('EEXIST');
      const link = this.lab.addLink(
        namespace,
        spec.name,
        'vxlan',
        spec.mac ?? this.lab.newMac(),
        spec.mtu ?? device.mtu - 50,
      );
      link.vxlan = { id: spec.id, port: spec.port, device: spec.device, local, learning: spec.learning ?? true };
      return link;
    }
    if (spec.kind === 'vlan' || spec.kind === 'macvlan' || spec.kind === 'ipvlan') return this.#addOn(namespace, spec);
    const link = this.lab.addLink(namespace, spec.name, spec.kind, spec.mac ?? this.lab.newMac(), spec.mtu ?? 1500);
    if (spec.kind === 'bridge' && spec.vlanFiltering === true) link.vlanFiltering = true;
    return link;
  }

  /** A link that stands on another one; its hardware address is that one's, but for macvlans. */
  #addOn(namespace: Namespace, spec: LinkSpec & { readonly kind: 'vlan' | 'macvlan' | 'ipvlan' }): Result<Link> {
    const lower = namespace.linkByName(spec.device);
    if (lower === undefined) return fail('ENODEV');
    if (lower.kind === 'loopback' || (lower.kind === 'vlan' && spec.kind === 'vlan')) return fail('EINVAL');
    if (spec.mtu !== undefined && spec.mtu > lower.mtu) return fail(spec.kind === 'vlan' ? 'ERANGE' : 'EINVAL');
    const uppers = uppersOf(this.lab.links, lower);
    if (spec.kind === 'vlan' && uppers.some(({ vlanId }) => vlanId === spec.id)) return fail('EEXIST');
    // What takes frames by their addresses takes all that the other kind would.
    if (spec.kind !== 'vlan' && uppers.some(({ kind }) => kind !== 'vlan' && kind !== spec.kind)) return fail('EBUSY');
    const shares = spec.kind !== 'macvlan' || spec.mode === 'passthru';
    const mac = spec.mac ?? (shares ? lower.mac : this.lab.newMac());
    const link = this.lab.addLink(namespace, spec.name, spec.kind, mac, spec.mtu ?? lower.mtu);
    link.lower = lower.id;
    lower.uppers = [...(lower.uppers ?? []), link.id];
    if (spec.kind === 'vlan') link.vlanId = spec.id;
    else link.mode = spec.mode;
    if (spec.kind === 'ipvlan' && spec.mode !== 'l2') link.flags = { arp: false };
    this.#touched(link);
    return link;
  }

  #addPair(namespace: Namespace, spec: LinkSpec & { readonly kind: 'veth' }): Result<Link> {
    const other = spec.peer.netns === undefined ? namespace : this.lab.namespace(spec.peer.netns);
    if (other === undefined) return fail('EINVAL');
    if (other.linkByName(spec.peer.name) !== undefined || (other === namespace && spec.peer.name === spec.name))
      return fail('EEXIST');
    const peer = this.lab.addLink(other, spec.peer.name, 'veth', spec.peer.mac ?? this.lab.newMac(), spec.mtu ?? 1500);
    const link = this.lab.addLink(namespace, spec.name, 'veth', spec.mac ?? this.lab.newMac(), spec.mtu ?? 1500);
    link.peer = peer.id;
    peer.peer = link.id;
    return link;
  }

  change(namespace: Namespace, link: Link, change: LinkChange): Result<void> {
    if (change.name !== undefined && change.name !== link.name) {
      if (namespace.linkByName(change.name) !== undefined) return fail('EEXIST');
      namespace.linkSysctls.renamed(link.name, change.name);
      link.name = change.name;
    }
    if (change.mtu !== undefined) {
      if (change.mtu < 68 || change.mtu > 65_536) return fail('EINVAL');
      const lower = lowerOf(this.lab.links, link);
      if (lower !== undefined && change.mtu > lower.mtu) return fail(link.kind === 'vlan' ? 'ERANGE' : 'EINVAL');
      link.mtu = change.mtu;
    }
    if (change.mac !== undefined) this.#setMac(link, change.mac);
    const failure = this.#changeVlans(link, change);
    if (failure !== undefined) return failure;
    if (change.mode !== undefined) {
      if (link.kind !== 'macvlan' && link.kind !== 'ipvlan') return fail('EOPNOTSUPP');
      link.mode = change.mode;
    }
    if (change.hairpin !== undefined) link.hairpin = change.hairpin;
    if (change.flags !== undefined) link.flags = { ...link.flags, ...change.flags };
    if (change.queueLength !== undefined) link.queueLength = change.queueLength;
    if (change.netem === null) delete link.netem;
    else if (change.netem !== undefined) link.netem = change.netem;
    if (change.master !== undefined) {
      const failure = this.#setMaster(namespace, link, change.master);
      if (failure !== undefined) return failure;
    }
    if (change.netns !== undefined && change.netns !== link.netns) {
      const failure = this.#move(namespace, link, change.netns);
      if (failure !== undefined) return failure;
    }
    if (change.up !== undefined) {
      if (change.up && link.kind === 'vlan' && lowerOf(this.lab.links, link)?.up !== true) return fail('ENETDOWN');
      this.setUp(link, change.up);
    }
    this.#touched(link);
    return undefined;
  }

  /** VLANs of a bridge and its ports. */
  #changeVlans(link: Link, { vlanFiltering, joinVlan: joined, leaveVlan: left }: LinkChange): Result<void> {
    if (vlanFiltering !== undefined) {
      if (link.kind !== 'bridge') return fail('EOPNOTSUPP');
      link.vlanFiltering = vlanFiltering;
    }
    if (joined === undefined && left === undefined) return undefined;
    if (link.kind !== 'bridge' && link.master === undefined) return fail('EOPNOTSUPP');
    if (joined !== undefined) joinVlan(link, joined);
    return left === undefined || leaveVlan(link, left) ? undefined : fail('ENOENT');
  }

  setUp(link: Link, up: boolean): void {
    const namespace = this.lab.namespace(link.netns);
    if (namespace === undefined || link.up === up) return;
    link.up = up;
    if (!up && namespace.peers?.link === link.id) {
      // The kernel drops routes and neighbours of a device that goes down; flanneld does not put them back by itself.
      namespace.writeOutPeers(link);
    }
    // The kernel gives a loopback device its address when it comes up.
    if (up && link.kind === 'loopback' && link.addresses.length === 0)
      link.addresses = [{ ip: LOOPBACK_IP, prefixLength: 8 }];
    if (up) for (const address of link.addresses) this.#addConnected(namespace, link, address);
    else {
      namespace.removeRoutes((route) => route.link === link.id);
      for (const [key, neighbour] of namespace.neighbours)
        if (neighbour.link === link.id) namespace.neighbours.delete(key);
    }
    // VLANs go up and down with the link that they stand on (vlan_device_event).
    for (const upper of uppersOf(this.lab.links, link)) if (upper.kind === 'vlan') this.setUp(upper, up);
    this.#touched(link);
  }

  addAddress(namespace: Namespace, link: Link, text: string, marks: AddressMarks = {}): Result<void> {
    const cidr = parseCidr(text);
    if (cidr === undefined) return fail('EINVAL');
    const address = { ip: cidr.address, prefixLength: cidr.prefixLength, ...marks };
    if (link.addresses.some(({ ip, prefixLength }) => ip === address.ip && prefixLength === address.prefixLength))
      return fail('EEXIST');
    link.addresses = [...link.addresses, address];
    if (link.up) this.#addConnected(namespace, link, address);
    namespace.changed();
    this.#touched(link);
    return undefined;
  }

  deleteAddress(namespace: Namespace, link: Link, text: string): Result<void> {
    const cidr = parseCidr(text);
    const known = link.addresses.find(
      ({ ip, prefixLength }) => ip === cidr?.address && prefixLength === cidr.prefixLength,
    );
    if (cidr === undefined || known === undefined) return fail('EADDRNOTAVAIL');
    link.addresses = link.addresses.filter((address) => address !== known);
    const others = link.addresses.some((address) => cidrContains(cidr, address.ip));
    namespace.removeRoutes(
      (route) =>
        route.link === link.id &&
        (route.source === known.ip ||
          (!others &&
            route.protocol === 'kernel' &&
            route.destination.network === cidr.network &&
            route.destination.prefixLength === cidr.prefixLength)),
    );
    namespace.changed();
    this.#touched(link);
    return undefined;
  }

  setBroadcast(link: Link, text: string, broadcast: string): Result<void> {
    const cidr = parseCidr(text);
    const ip = parseIpv4(broadcast);
    if (ip === undefined) return fail('EINVAL');
    const isMeant = (address: LinkAddress): boolean =>
      address.ip === cidr?.address && address.prefixLength === cidr.prefixLength;
    if (!link.addresses.some(isMeant)) return fail('EADDRNOTAVAIL');
    link.addresses = link.addresses.map(({ plain, ...address }) =>
      isMeant(address) ? { ...address, broadcast: ip } : { ...address, ...(plain === undefined ? {} : { plain }) },
    );
    this.#touched(link);
    return undefined;
  }

  /** The other end of a veth goes with it, and what stands on it. */
  remove(link: Link): void {
    for (const upper of uppersOf(this.lab.links, link)) this.remove(upper);
    const peer = link.kind === 'veth' && link.peer !== undefined ? this.lab.links.get(link.peer) : undefined;
    this.#drop(link);
    if (peer === undefined) return;
    for (const upper of uppersOf(this.lab.links, peer)) this.remove(upper);
    this.#drop(peer);
  }

  info(link: Link): LinkInfo {
    const peer = link.peer === undefined ? undefined : this.lab.links.get(link.peer);
    const master = link.master === undefined ? undefined : this.lab.links.get(link.master);
    return {
      index: link.index,
      name: link.name,
      kind: link.kind,
      mac: link.mac,
      mtu: link.mtu,
      up: link.up,
      netns: link.netns,
      ...(peer === undefined ? {} : { peer: { index: peer.index, netns: peer.netns } }),
      ...(master === undefined ? {} : { master: master.name }),
    };
  }

  #drop(link: Link): void {
    const namespace = this.lab.namespaces.get(link.netns);
    for (const id of link.ports) {
      const port = this.lab.links.get(id);
      if (port !== undefined) delete port.master;
    }
    this.#leaveMaster(link);
    const lower = lowerOf(this.lab.links, link);
    if (lower !== undefined) {
      lower.uppers = lower.uppers?.filter((id) => id !== link.id) ?? [];
      if (lower.uppers.length === 0) delete lower.uppers;
      this.#altered(lower);
    }
    this.lab.links.delete(link.id);
    if (namespace === undefined) return;
    namespace.linkSysctls.renamed(link.name, undefined);
    const isBarePort = namespace.isBarePort(link);
    namespace.links.delete(link.index);
    if (namespace.peers?.link === link.id) namespace.peers = undefined;
    namespace.removeRoutes((route) => route.link === link.id);
    for (const [key, neighbour] of namespace.neighbours)
      if (neighbour.link === link.id) namespace.neighbours.delete(key);
    if (isBarePort) namespace.portsChanged();
    else namespace.changed();
  }

  #addConnected(
    namespace: Namespace,
    link: Link,
    address: { readonly ip: number; readonly prefixLength: number },
  ): void {
    if (link.kind === 'loopback' || address.prefixLength === 32) return;
    const cidr = cidrOf(address);
    const known = namespace.routes.some(
      (route) =>
        route.link === link.id &&
        route.protocol === 'kernel' &&
        route.destination.network === cidr.network &&
        route.destination.prefixLength === cidr.prefixLength,
    );
    if (known) return;
    namespace.addRoute({
      destination: { ...cidr, address: cidr.network },
      type: 'unicast',
      link: link.id,
      source: address.ip,
      metric: 0,
      scope: 'link',
      protocol: 'kernel',
    });
  }

  #setMac(link: Link, mac: string): void {
    const host = this.lab.hostOfNetns.get(link.netns);
    if (host?.nic === link.id) {
      this.lab.hostByMac.delete(link.mac);
      this.lab.hostByMac.set(mac, host);
    }
    link.mac = mac;
  }

  #setMaster(namespace: Namespace, link: Link, name: string | null): Result<void> {
    if (name === null) {
      this.#leaveMaster(link);
      return undefined;
    }
    const bridge = namespace.linkByName(name);
    if (bridge === undefined) return fail('ENODEV');
    if (bridge.kind !== 'bridge') return fail('EOPNOTSUPP');
    if (bridge === link || link.kind === 'bridge') return fail('ELOOP');
    this.#leaveMaster(link);
    link.master = bridge.id;
    bridge.ports.add(link.id);
    return undefined;
  }

  #leaveMaster(link: Link): void {
    const bridge = link.master === undefined ? undefined : this.lab.links.get(link.master);
    bridge?.ports.delete(link.id);
    for (const [mac, entry] of bridge?.forwarding ?? [])
      if ('port' in entry && entry.port === link.id) bridge?.forwarding.delete(mac);
    delete link.master;
    delete link.vlans;
  }

  #move(from: Namespace, link: Link, netns: NetnsId): Result<void> {
    const to = this.lab.namespace(netns);
    if (to === undefined) return fail('EINVAL');
    if (link.kind === 'loopback') return fail('EINVAL');
    if (to.linkByName(link.name) !== undefined) return fail('EEXIST');
    this.setUp(link, false);
    this.#leaveMaster(link);
    this.#altered(link);
    link.addresses = [];
    from.linkSysctls.renamed(link.name, undefined);
    from.links.delete(link.index);
    // The index stays where it is free there.
    if (to.links.has(link.index)) link.index = to.nextIndex;
    to.nextIndex = Math.max(to.nextIndex, link.index + 1);
    to.links.set(link.index, link);
    link.netns = netns;
    to.changed();
    return undefined;
  }

  #touched(link: Link): void {
    this.#altered(link);
    const lower = lowerOf(this.lab.links, link);
    if (lower !== undefined) this.#altered(lower);
    for (const upper of uppersOf(this.lab.links, link)) this.#altered(upper);
    const peer = link.peer === undefined ? undefined : this.lab.links.get(link.peer);
    if (peer !== undefined) this.#altered(peer);
  }

  #altered(link: Link): void {
    const namespace = this.lab.namespaces.get(link.netns);
    if (namespace?.isBarePort(link) === true) namespace.portsChanged();
    else namespace?.changed();
  }
}
