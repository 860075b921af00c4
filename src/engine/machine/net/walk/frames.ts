/**
 * The link layer of a walk: neighbour discovery, veth, bridge, the lab's Ethernet segment and VXLAN.
 */
import type { HostRecord, Lab } from '../lab.ts';
import { ARP_FAILURE_US, LATENCY_US, NEIGHBOUR_REACHABLE_US } from '../latency.ts';
import type { Link } from '../links/link.ts';
import type { Namespace } from '../namespace.ts';
import type { Packet } from '../packet.ts';
import type { Hooks } from './hooks.ts';
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
  output: ((namespace: Namespace, packet: Packet, state: WalkState) => Arrival) | undefined;

  constructor(
    private readonly lab: Lab,
    private readonly hooks: Hooks,
    private readonly receive: Receive,
  ) {}

  /** Sends a packet by a link to a next hop; `unresolved` where nobody answers for that. */
  send(
    namespace: Namespace,
    link: Link,
    packet: Packet,
    nextHop: number,
    state: WalkState,
  ): Arrival | { readonly type: 'unresolved' } {
    if (!link.up) return dropped(namespace, `${link.name} is down`);
    const mac = this.#resolve(namespace, link, nextHop, state);
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

  // ---- neighbours

  #resolve(namespace: Namespace, link: Link, ip: number, state: WalkState): string | undefined {
    if (link.kind === 'dummy' || link.flags?.arp === false) return link.mac;
    const peer = namespace.peerMac(link.id, ip);
    if (peer !== undefined) return peer;
    const key = `${String(link.id)}|${String(ip)}`;
    const known = namespace.neighbours.get(key);
    if (known?.permanent === true) return known.mac;
    if (
      known !== undefined &&
      this.lab.nowUs - known.atUs < NEIGHBOUR_REACHABLE_US &&
      this.#macOf(link, ip) === known.mac
    )
      return known.mac;
    const mac = this.#macOf(link, ip);
    if (!state.commit) return mac;
    this.#showArp(namespace, link, ip, mac, state);
    if (mac === undefined)
      namespace.neighbours.set(key, { ip, link: link.id, mac: '', permanent: false, atUs: this.lab.nowUs });
    else {
      if (known?.mac !== mac) state.latencyUs += LATENCY_US.arp;
      namespace.neighbours.set(key, { ip, link: link.id, mac, permanent: false, atUs: this.lab.nowUs });
    }
    return mac;
  }

  /** Shows the question and its answer to who captures on the link. */
  #showArp(namespace: Namespace, link: Link, ip: number, mac: string | undefined, state: WalkState): void {
    const { tap } = this.lab;
    if (tap === undefined) return;
    const own = namespace.sourceOn(link, ip);
    const asked = { link, direction: 'out', source: link.mac, destination: 'ff:ff:ff:ff:ff:ff' } as const;
    const content = { arp: 'request', senderIp: own, senderMac: link.mac, targetIp: ip } as const;
    tap({ ...asked, content, afterUs: state.afterUs });
    if (mac === undefined) return;
    const answered = { link, direction: 'in', source: mac, destination: link.mac } as const;
    const reply = { arp: 'reply', senderIp: ip, senderMac: mac, targetIp: own } as const;
    tap({ ...answered, content: reply, afterUs: state.afterUs + LATENCY_US.arp });
  }

  /** Who answers an ARP request for an address that leaves by this link. */
  #macOf(link: Link, ip: number): string | undefined {
    switch (link.kind) {
      case 'veth': {
        const peer = link.peer === undefined ? undefined : this.lab.links.get(link.peer);
        return peer === undefined || !peer.up ? undefined : this.#macBehind(peer, ip);
      }
      case 'bridge':
        return this.#macOnBridge(link, ip, undefined);
      case 'ethernet': {
        if (link.peer !== undefined) {
          const peer = this.lab.links.get(link.peer);
          return peer === undefined || !peer.up ? undefined : this.#macBehind(peer, ip);
        }
        const own = this.lab.hostOfNetns.get(link.netns);
        if (own?.cable !== true) return undefined;
        const other = this.lab.hostByIp.get(ip);
        return (other === undefined ? undefined : this.#macOfHost(other, ip)) ?? this.#macOfOthers(own, ip);
      }
      default:
        return undefined;
    }
  }

  #macOfHost(host: HostRecord, ip: number): string | undefined {
    const nic = host.cable && host.powered ? this.lab.nicOf(host) : undefined;
    return nic?.up === true ? this.#macBehind(nic, ip) : undefined;
  }

  /** Addresses that somebody added to a host by hand (a virtual IP). */
  #macOfOthers(own: HostRecord, ip: number): string | undefined {
    for (const host of this.lab.hosts.values()) {
      if (host === own || !this.lab.namespaces.has(host.netns)) continue;
      const mac = this.#macOfHost(host, ip);
      if (mac !== undefined) return mac;
    }
    return undefined;
  }

  /** Who answers when a request arrives at this link. */
  #macBehind(link: Link, ip: number): string | undefined {
    if (link.master !== undefined) {
      const bridge = this.lab.links.get(link.master);
      return bridge === undefined ? undefined : this.#macOnBridge(bridge, ip, link.id);
    }
    const namespace = this.lab.namespace(link.netns);
    return namespace?.localLink(ip) === undefined || link.flags?.arp === false ? undefined : link.mac;
  }

  #macOnBridge(bridge: Link, ip: number, from: number | undefined): string | undefined {
    if (!bridge.up) return undefined;
    if (from !== undefined && this.lab.namespace(bridge.netns)?.localLink(ip) !== undefined) return bridge.mac;
    for (const id of bridge.ports) {
      const port = id === from ? undefined : this.lab.links.get(id);
      if (port?.up !== true) continue;
      const mac = this.#macOf(port, ip);
      if (mac !== undefined) return mac;
    }
    return undefined;
  }

  // ---- frames

  #egress(namespace: Namespace, link: Link, frame: Frame, state: WalkState): Arrival {
    if (!link.up) return dropped(namespace, `${link.name} is down`);
    if (!state.step()) return dropped(namespace, 'the packet goes round in circles');
    if (frame.packet.bytes > link.mtu && frame.packet.dontFragment === true)
      return dropped(namespace, `larger than the MTU of ${link.name} (${String(link.mtu)})`);
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
      default:
        return dropped(namespace, `${link.name} leads nowhere`);
    }
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
    const bridge = link.master === undefined ? undefined : this.lab.links.get(link.master);
    if (bridge !== undefined) return this.#bridge(namespace, bridge, link, frame, state);
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
    const host = this.lab.hostByMac.get(frame.destination);
    const nic = host === undefined ? undefined : this.lab.nicOf(host);
    if (host !== undefined && nic?.mac === frame.destination) {
      if (!host.cable || !host.powered) return dropped(namespace, `the cable of ${host.name} is unplugged`);
      return this.#ingress(nic, frame, state);
    }
    return dropped(namespace, `nobody on the segment is ${frame.destination}`);
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
    if (frame.destination === bridge.mac) {
      if (from === undefined) return dropped(namespace, `${bridge.name} sent to itself`);
      state.count(bridge.counters, false, frame.packet.bytes);
      if (state.commit) this.show(bridge, 'in', frame, state);
      return this.receive(namespace, bridge, frame.packet, state);
    }
    const port = this.#portFor(bridge, frame.destination);
    if (port === undefined || (port === from && from.hairpin !== true))
      return dropped(namespace, `no port of ${bridge.name} leads to ${frame.destination}`);
    state.hop(namespace, bridge.name, 'bridge', frame.packet, `to ${port.name}`);
    if (from !== undefined && namespace.sysctl('net.bridge.bridge-nf-call-iptables') === '1') {
      const stop = this.#bridgeHooks(namespace, bridge, from, port, frame.packet, state);
      if (stop !== undefined) return stop;
    }
    return this.#egress(namespace, port, frame, state);
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
    if (peer === undefined) return port.kind === 'vxlan' ? port.forwarding.has(mac) : false;
    if (peer.mac === mac) return true;
    const bridge = peer.master === undefined ? undefined : this.lab.links.get(peer.master);
    if (bridge === undefined || depth === MAX_BRIDGES) return false;
    if (bridge.mac === mac) return true;
    for (const id of bridge.ports) {
      const further = id === peer.id ? undefined : this.lab.links.get(id);
      if (further?.mac === mac || (further?.up === true && this.#leadsTo(further, mac, depth + 1))) return true;
    }
    return false;
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
