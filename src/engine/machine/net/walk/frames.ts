/**
 * The link layer of a walk: veth, bridge, VLANs and what else stands on a link, the lab's Ethernet segment and VXLAN.
 */
import type { HostRecord, Lab } from '../lab.ts';
import { ARP_FAILURE_US, LATENCY_US } from '../latency.ts';
import { tagOnExit, vlanOnEntry } from '../links/bridge-vlans.ts';
import type { Link } from '../links/link.ts';
import { answersTo, hasAddress, lowerOf, siblingsOf, upperFor } from '../links/stacked-links.ts';
import type { Namespace } from '../namespace.ts';
import type { Packet } from '../packet.ts';
import { AddressResolution } from './address-resolution.ts';
import type { Hooks } from './hooks.ts';
import { passQueue } from './netem.ts';
import type { Arrival, Frame, WalkState } from './state.ts';
import { formatRule } from '../../../../formats/iptables/format.ts';

/** Outer Ethernet, IP, UDP and VXLAN headers. */
const VXLAN_OVERHEAD = 50;
/** Bridges in a row that a frame is looked for behind: rings of them have no spanning tree here. */
const MAX_BRIDGES = 8;

type Receive = (namespace: Namespace, link: Link, packet: Packet, state: WalkState) => Arrival;

export class Frames {
  /** Frames inside the VXLAN packets under way. */
  readonly #wrapped = new WeakMap<Packet, { readonly frame: Frame; readonly vni: number }>();
  readonly #addresses: AddressResolution;
  output: ((namespace: Namespace, packet: Packet, state: WalkState) => Arrival) | undefined;

  constructor(
    private readonly lab: Lab,
    private readonly hooks: Hooks,
    private readonly receive: Receive,
  ) {
    this.#addresses = new AddressResolution(lab);
  }

  /** Sends a packet by a link to a next hop; `unresolved` where nobody answers for that. */
  send(
    namespace: Namespace,
    link: Link,
    packet: Packet,
    nextHop: number,
    state: WalkState,
  ): Arrival | { readonly type: 'unresolved' } {
    if (!link.up) return dropped(namespace, `${link.name} is down`);
    const mac = this.#addresses.resolve(namespace, link, nextHop, state);
    if (mac === undefined) {
      state.latencyUs += ARP_FAILURE_US;
      return { type: 'unresolved' };
    }
    return this.#egress(namespace, link, { source: link.mac, destination: mac, packet }, state);
  }

  /** Takes a frame out of a VXLAN packet for this host; undefined where it is none. */
  decapsulate(namespace: Namespace, packet: Packet, state: WalkState): Arrival | undefined {
    const wrapped = this.#wrapped.get(packet);
    if (wrapped === undefined) return undefined;
    for (const link of namespace.links.values()) {
      if (
        link.vxlan?.id !== wrapped.vni ||
        link.vxlan.port !== packet.destinationPort ||
        link.vxlan.local !== packet.destination
      )
        continue;
      state.latencyUs += LATENCY_US.vxlan;
      state.hop(namespace, link.name, 'decapsulate', wrapped.frame.packet);
      return this.#ingress(link, wrapped.frame, state);
    }
    return dropped(namespace, `no vxlan device takes VNI ${String(wrapped.vni)}`);
  }

  /** Shows a frame to who captures on its link. */
  show(link: Link, direction: 'in' | 'out', { source, destination, packet }: Frame, state: WalkState): void {
    this.lab.tap?.({ link, direction, source, destination, content: packet, afterUs: state.afterUs });
  }

  #egress(namespace: Namespace, link: Link, frame: Frame, state: WalkState): Arrival {
    if (!link.up) return dropped(namespace, `${link.name} is down`);
    if (!state.step()) return dropped(namespace, 'the packet goes round in circles');
    if (frame.packet.bytes > link.mtu && frame.packet.dontFragment === true)
      return dropped(namespace, `larger than the MTU of ${link.name} (${String(link.mtu)})`);
    if (!passQueue(this.lab, link, namespace.host, state)) return dropped(namespace, `${link.name} loses it (netem)`);
    state.count(link.counters, true, frame.packet.bytes + 14);
    if (state.commit) this.show(link, 'out', frame, state);
    switch (link.kind) {
      case 'veth': {
        const peer = link.peer === undefined ? undefined : this.lab.links.get(link.peer);
        if (peer?.up !== true) return dropped(namespace, `the other end of ${link.name} is down`);
        state.latencyUs += LATENCY_US.veth;
        frame.packet.mark = 0;
        return this.#ingress(peer, frame, state);
      }
      case 'bridge':
        return this.#bridge(namespace, link, undefined, frame, state);
      case 'ethernet':
        return this.#wire(namespace, link, frame, state);
      case 'vxlan':
        return this.#encapsulate(namespace, link, frame, state);
      case 'vlan':
      case 'macvlan':
      case 'ipvlan':
        return this.#below(namespace, link, frame, state);
      default:
        return dropped(namespace, `${link.name} leads nowhere`);
    }
  }

  /** From a link that stands on another one to its neighbours there, or out by that. */
  #below(namespace: Namespace, link: Link, frame: Frame, state: WalkState): Arrival {
    const lower = lowerOf(this.lab.links, link);
    const around = lower === undefined ? undefined : this.lab.namespace(lower.netns);
    if (lower === undefined || around === undefined) return dropped(namespace, `${link.name} stands on nothing`);
    state.visit(around);
    if (!lower.up) return dropped(namespace, `${lower.name} is down`);
    if (link.kind === 'vlan')
      return frame.vlan === undefined && link.vlanId !== undefined
        ? this.#egress(around, lower, { ...frame, vlan: link.vlanId }, state)
        : dropped(namespace, 'a frame has one tag of 802.1Q at most here');
    const { destination } = frame.packet;
    const near = siblingsOf(this.lab.links, link).find((sibling) =>
      link.kind === 'macvlan' ? sibling.mac === frame.destination : hasAddress(sibling, destination),
    );
    if (near !== undefined) return this.#ingress(near, frame, state);
    // In its modes of layer 3 an ipvlan hands its packets to the routes of the namespace below.
    if (link.kind === 'ipvlan' && link.mode !== 'l2')
      return this.output?.(around, frame.packet, state) ?? dropped(namespace, `${link.name} leads nowhere`);
    return this.#egress(around, lower, frame, state);
  }

  #ingress(link: Link, frame: Frame, state: WalkState): Arrival {
    const namespace = this.lab.namespace(link.netns);
    if (namespace === undefined) throw new Error(`link ${link.name} is in no namespace`);
    state.visit(namespace);
    if (link.kind === 'veth') state.visitPorts(namespace);
    if (!link.up) return dropped(namespace, `${link.name} is down`);
    state.count(link.counters, false, frame.packet.bytes + 14);
    if (state.commit) this.show(link, 'in', frame, state);
    state.hop(namespace, link.name, 'receive', frame.packet);
    const upper = link.uppers === undefined ? undefined : upperFor(this.lab.links, link, frame);
    if (upper !== undefined) return this.#ingress(upper, untagged(frame), state);
    const bridge = link.master === undefined ? undefined : this.lab.links.get(link.master);
    if (bridge !== undefined) return this.#bridge(namespace, bridge, link, frame, state);
    if (frame.vlan !== undefined) return dropped(namespace, `${link.name} has no VLAN ${String(frame.vlan)}`);
    if (frame.destination !== link.mac) return dropped(namespace, `${link.name} is not ${frame.destination}`);
    return this.receive(namespace, link, frame.packet, state);
  }

  #wire(namespace: Namespace, link: Link, frame: Frame, state: WalkState): Arrival {
    const own = this.lab.hostOfNetns.get(link.netns);
    if (link.peer !== undefined) {
      const peer = this.lab.links.get(link.peer);
      if (peer === undefined) return dropped(namespace, `${link.name} has no carrier`);
      state.latencyUs += LATENCY_US.internet;
      return this.#ingress(peer, frame, state);
    }
    if (own?.cable !== true) return dropped(namespace, `${link.name} has no carrier`);
    state.latencyUs += LATENCY_US.wire;
    const host = this.lab.hostByMac.get(frame.destination) ?? this.#hostBelow(frame.destination);
    const nic = host === undefined ? undefined : this.lab.nicOf(host);
    if (host !== undefined && nic !== undefined && answersTo(this.lab.links, nic, frame.destination)) {
      if (!host.cable || !host.powered) return dropped(namespace, `the cable of ${host.name} is unplugged`);
      return this.#ingress(nic, frame, state);
    }
    return dropped(namespace, `nobody on the segment is ${frame.destination}`);
  }

  /** The machine on whose card a link with a hardware address of its own stands. */
  #hostBelow(mac: string): HostRecord | undefined {
    for (const host of this.lab.hosts.values()) {
      const nic = this.lab.links.get(host.nic);
      if (nic?.uppers !== undefined && answersTo(this.lab.links, nic, mac)) return host;
    }
    return undefined;
  }

  #bridge(namespace: Namespace, bridge: Link, from: Link | undefined, frame: Frame, state: WalkState): Arrival {
    state.visitPorts(namespace);
    if (!bridge.up) return dropped(namespace, `${bridge.name} is down`);
    if (!state.step()) return dropped(namespace, 'the packet goes round in circles');
    state.latencyUs += LATENCY_US.bridge;
    if (from !== undefined && state.commit) {
      const known = bridge.forwarding.get(frame.source);
      if (known === undefined || !('permanent' in known))
        bridge.forwarding.set(frame.source, { port: from.id, atUs: this.lab.nowUs });
    }
    const vlan = bridge.vlanFiltering === true ? vlanOnEntry(from ?? bridge, frame.vlan) : undefined;
    if (bridge.vlanFiltering === true && vlan === undefined)
      return dropped(namespace, `${(from ?? bridge).name} is not in VLAN ${String(frame.vlan)}`);
    if (answersTo(this.lab.links, bridge, frame.destination))
      return this.#toBridge(namespace, bridge, from, vlan, frame, state);
    const port = this.#portFor(bridge, frame.destination);
    if (port === undefined || (port === from && from.hairpin !== true))
      return dropped(namespace, `no port of ${bridge.name} leads to ${frame.destination}`);
    const sent = vlan === undefined ? frame : leaving(port, vlan, frame);
    if (sent === undefined) return dropped(namespace, `${port.name} is not in VLAN ${String(vlan)}`);
    state.hop(namespace, bridge.name, 'bridge', frame.packet, `to ${port.name}`);
    if (from !== undefined && namespace.sysctl('net.bridge.bridge-nf-call-iptables') === '1') {
      const stop = this.#bridgeHooks(namespace, bridge, from, port, frame.packet, state);
      if (stop !== undefined) return stop;
    }
    return this.#egress(namespace, port, sent, state);
  }

  /** A frame for the bridge's own address, or for a link that stands on the bridge. */
  #toBridge(
    namespace: Namespace,
    bridge: Link,
    from: Link | undefined,
    vlan: number | undefined,
    frame: Frame,
    state: WalkState,
  ): Arrival {
    if (from === undefined) return dropped(namespace, `${bridge.name} sent to itself`);
    const sent = vlan === undefined ? frame : leaving(bridge, vlan, frame);
    if (sent === undefined) return dropped(namespace, `${bridge.name} is not in VLAN ${String(vlan)}`);
    state.count(bridge.counters, false, frame.packet.bytes);
    if (state.commit) this.show(bridge, 'in', sent, state);
    const upper = bridge.uppers === undefined ? undefined : upperFor(this.lab.links, bridge, sent);
    if (upper !== undefined) return this.#ingress(upper, untagged(sent), state);
    if (sent.vlan !== undefined) return dropped(namespace, `${bridge.name} has no VLAN ${String(sent.vlan)}`);
    return this.receive(namespace, bridge, sent.packet, state);
  }

  /** br_netfilter: bridged packets pass the IP hooks too, which is what undoes a Service's translation on one node. */
  #bridgeHooks(
    namespace: Namespace,
    bridge: Link,
    from: Link,
    port: Link,
    packet: Packet,
    state: WalkState,
  ): Arrival | undefined {
    const physical = { physicalIn: from.name, physicalOut: port.name };
    let tracked: Parameters<Hooks['run']>[2];
    for (const hook of ['PREROUTING', 'FORWARD', 'POSTROUTING'] as const) {
      const result = this.hooks.run(
        hook,
        {
          namespace,
          packet,
          inLink: hook === 'POSTROUTING' ? '' : bridge.name,
          outLink: hook === 'PREROUTING' ? '' : bridge.name,
          ...physical,
        },
        tracked,
        state,
      );
      if (result.type !== 'pass') {
        const rule = result.rule === undefined ? `-P ${result.chain} DROP` : formatRule(result.chain, result.rule);
        return dropped(namespace, `bridged ${result.chain}`, rule);
      }
      tracked = result.tracked;
    }
    return undefined;
  }

  #portFor(bridge: Link, mac: string): Link | undefined {
    const known = bridge.forwarding.get(mac);
    const learned = known !== undefined && 'port' in known ? this.lab.links.get(known.port) : undefined;
    if (learned !== undefined && bridge.ports.has(learned.id) && learned.up && this.#leadsTo(learned, mac))
      return learned;
    for (const id of bridge.ports) {
      const port = this.lab.links.get(id);
      if (port?.up === true && this.#leadsTo(port, mac)) return port;
    }
    return undefined;
  }

  /** Whether an address is behind a port, over as many bridges as there are. */
  #leadsTo(port: Link, mac: string, depth = 0): boolean {
    const peer = port.peer === undefined ? undefined : this.lab.links.get(port.peer);
    if (peer === undefined) return this.#leadsAway(port, mac, depth);
    if (answersTo(this.lab.links, peer, mac)) return true;
    const bridge = peer.master === undefined ? undefined : this.lab.links.get(peer.master);
    if (bridge === undefined || depth === MAX_BRIDGES) return false;
    if (answersTo(this.lab.links, bridge, mac)) return true;
    for (const id of bridge.ports) {
      const further = id === peer.id ? undefined : this.lab.links.get(id);
      if (
        (further !== undefined && answersTo(this.lab.links, further, mac)) ||
        (further?.up === true && this.#leadsTo(further, mac, depth + 1))
      )
        return true;
    }
    return false;
  }

  /** The same of a port that is no end of a pair. */
  #leadsAway(port: Link, mac: string, depth: number): boolean {
    if (port.kind === 'vxlan') return port.forwarding.has(mac);
    if (port.kind === 'ethernet') return this.lab.hostByMac.has(mac) || this.#hostBelow(mac) !== undefined;
    const lower = lowerOf(this.lab.links, port);
    return lower !== undefined && depth < MAX_BRIDGES && this.#leadsTo(lower, mac, depth + 1);
  }

  #encapsulate(namespace: Namespace, link: Link, frame: Frame, state: WalkState): Arrival {
    const { vxlan } = link;
    const entry = link.forwarding.get(frame.destination);
    const remote =
      entry !== undefined && 'remote' in entry ? entry.remote : namespace.peerRemote(link.id, frame.destination);
    if (vxlan === undefined || remote === undefined || this.output === undefined) {
      return dropped(namespace, `${link.name} has no forwarding entry for ${frame.destination}`);
    }
    state.latencyUs += LATENCY_US.vxlan;
    const { packet } = frame;
    // The outer source port is a hash of the inner flow, so that paths with several links spread.
    const spread =
      (Math.imul(packet.source ^ packet.destination, 0x9e3779b1) ^
        (packet.sourcePort * 31 + packet.destinationPort)) >>>
      0;
    const outer: Packet = {
      protocol: 'udp',
      source: vxlan.local,
      sourcePort: 32_768 + (spread % 28_232),
      destination: remote,
      destinationPort: vxlan.port,
      ttl: 64,
      bytes: packet.bytes + VXLAN_OVERHEAD,
      mark: 0,
    };
    this.#wrapped.set(outer, { frame, vni: vxlan.id });
    state.hop(namespace, link.name, 'encapsulate', outer);
    return this.output(namespace, outer, state);
  }
}

export function dropped(namespace: Namespace, reason: string, rule?: string): Arrival & { readonly type: 'dropped' } {
  return { type: 'dropped', host: namespace.host, reason, ...(rule === undefined ? {} : { rule }) };
}

function untagged({ vlan: _, ...frame }: Frame): Frame {
  return frame;
}

/** A frame of a VLAN as it leaves a filtering bridge by one of its links; undefined where that is not in the VLAN. */
function leaving(link: Link, vlan: number, frame: Frame): Frame | undefined {
  const exit = tagOnExit(link, vlan);
  if (exit === undefined) return undefined;
  return exit.tag === undefined ? untagged(frame) : { ...frame, vlan: exit.tag };
}
