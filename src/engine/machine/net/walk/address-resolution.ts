/**
 * Neighbour discovery of a walk: which hardware address an IP address on a link has (ARP), and who says so.
 * Models: answers through pairs, bridges with their VLANs, the lab's segment and links that stand on others; arp_ignore, proxy_arp.
 * Leaves out: IPv6, announcements, arp_announce and arp_filter.
 */
import type { HostRecord, Lab } from '../lab.ts';
import { LATENCY_US, NEIGHBOUR_REACHABLE_US } from '../latency.ts';
import { tagOnExit, vlanOnEntry } from '../links/bridge-vlans.ts';
import type { Link } from '../links/link.ts';
import { hasAddress, lowerOf, siblingsOf, uppersOf } from '../links/stacked-links.ts';
import type { Namespace } from '../namespace.ts';
import type { WalkState } from './state.ts';

/** What is asked: for an address, in a VLAN where the question has a tag. */
interface Question {
  readonly ip: number;
  readonly tag?: number;
}

export class AddressResolution {
  constructor(private readonly lab: Lab) {}

  /** The hardware address to send to; undefined where nobody answers. */
  resolve(namespace: Namespace, link: Link, ip: number, state: WalkState): string | undefined {
    if (link.kind === 'dummy' || link.flags?.arp === false) return link.mac;
    const peer = namespace.peerMac(link.id, ip);
    if (peer !== undefined) return peer;
    const key = `${String(link.id)}|${String(ip)}`;
    const known = namespace.neighbours.get(key);
    if (known?.permanent === true) return known.mac;
    if (
      known !== undefined &&
      this.lab.nowUs - known.atUs < NEIGHBOUR_REACHABLE_US &&
      this.#from(link, { ip }) === known.mac
    )
      return known.mac;
    const mac = this.#from(link, { ip });
    if (!state.commit) return mac;
    this.#show(namespace, link, ip, mac, state);
    if (mac === undefined)
      namespace.neighbours.set(key, { ip, link: link.id, mac: '', permanent: false, atUs: this.lab.nowUs });
    else {
      if (known?.mac !== mac) state.latencyUs += LATENCY_US.arp;
      namespace.neighbours.set(key, { ip, link: link.id, mac, permanent: false, atUs: this.lab.nowUs });
    }
    return mac;
  }

  /** Shows the question and its answer to who captures on the link. */
  #show(namespace: Namespace, link: Link, ip: number, mac: string | undefined, state: WalkState): void {
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

  /** Who answers a question that leaves by this link. */
  #from(link: Link, question: Question): string | undefined {
    switch (link.kind) {
      case 'veth':
        return this.#acrossPair(link, question);
      case 'bridge':
        return this.#onBridge(link, question, undefined);
      case 'ethernet':
        return link.peer === undefined ? this.#onSegment(link, question) : this.#acrossPair(link, question);
      case 'vlan':
      case 'macvlan':
      case 'ipvlan':
        return this.#below(link, question);
      default:
        return undefined;
    }
  }

  #acrossPair(link: Link, question: Question): string | undefined {
    const peer = link.peer === undefined ? undefined : this.lab.links.get(link.peer);
    return peer?.up === true ? this.#behind(peer, question) : undefined;
  }

  #below(link: Link, question: Question): string | undefined {
    const lower = lowerOf(this.lab.links, link);
    if (lower?.up !== true) return undefined;
    if (link.kind === 'vlan')
      return link.vlanId === undefined ? undefined : this.#from(lower, { ...question, tag: link.vlanId });
    const near = siblingsOf(this.lab.links, link).find((sibling) => hasAddress(sibling, question.ip));
    return near === undefined ? this.#from(lower, question) : near.mac;
  }

  #onSegment(link: Link, question: Question): string | undefined {
    const own = this.lab.hostOfNetns.get(link.netns);
    if (own?.cable !== true) return undefined;
    const other = question.tag === undefined ? this.lab.hostByIp.get(question.ip) : undefined;
    return (other === undefined ? undefined : this.#ofHost(other, question)) ?? this.#ofOthers(own, question);
  }

  #ofHost(host: HostRecord, question: Question): string | undefined {
    const nic = host.cable && host.powered ? this.lab.nicOf(host) : undefined;
    return nic?.up === true ? this.#behind(nic, question) : undefined;
  }

  /** Addresses that somebody added to a host by hand (a virtual IP). */
  #ofOthers(own: HostRecord, question: Question): string | undefined {
    for (const host of this.lab.hosts.values()) {
      if (host === own || !this.lab.namespaces.has(host.netns)) continue;
      const mac = this.#ofHost(host, question);
      if (mac !== undefined) return mac;
    }
    return undefined;
  }

  /** Who answers when a question arrives at this link. */
  #behind(link: Link, question: Question): string | undefined {
    const upper = link.uppers === undefined ? undefined : this.#above(link, question);
    if (upper !== undefined) return upper;
    if (link.master !== undefined) {
      const bridge = this.lab.links.get(link.master);
      return bridge === undefined ? undefined : this.#onBridge(bridge, question, link);
    }
    return question.tag === undefined && this.#isAnswered(link, question.ip) ? link.mac : undefined;
  }

  /** Who answers among the links that stand on one: those of the tag, or all that have none. */
  #above(lower: Link, { ip, tag }: Question): string | undefined {
    for (const upper of uppersOf(this.lab.links, lower)) {
      if (!upper.up || (upper.kind === 'vlan' ? upper.vlanId !== tag : tag !== undefined)) continue;
      const isLayer3 = upper.kind === 'ipvlan' && upper.mode !== 'l2';
      if (isLayer3 && !hasAddress(upper, ip)) continue;
      const mac = isLayer3 ? upper.mac : this.#behind(upper, { ip });
      if (mac !== undefined) return mac;
    }
    return undefined;
  }

  #onBridge(bridge: Link, { ip, tag }: Question, from: Link | undefined): string | undefined {
    if (!bridge.up) return undefined;
    const filters = bridge.vlanFiltering === true;
    const vlan = filters ? vlanOnEntry(from ?? bridge, tag) : undefined;
    if (filters && vlan === undefined) return undefined;
    const leaving = (link: Link): Question | undefined => {
      if (vlan === undefined) return tag === undefined ? { ip } : { ip, tag };
      const exit = tagOnExit(link, vlan);
      if (exit === undefined) return undefined;
      return exit.tag === undefined ? { ip } : { ip, tag: exit.tag };
    };
    const here = from === undefined ? undefined : leaving(bridge);
    if (here !== undefined) {
      const upper = bridge.uppers === undefined ? undefined : this.#above(bridge, here);
      if (upper !== undefined) return upper;
      if (here.tag === undefined && this.#isAnswered(bridge, ip)) return bridge.mac;
    }
    for (const id of bridge.ports) {
      const port = id === from?.id ? undefined : this.lab.links.get(id);
      const question = port?.up === true ? leaving(port) : undefined;
      const mac = port === undefined || question === undefined ? undefined : this.#from(port, question);
      if (mac !== undefined) return mac;
    }
    return undefined;
  }

  /** Whether a host answers for an address at one of its links: its own, or with proxy_arp one that it would forward to. */
  #isAnswered(link: Link, ip: number): boolean {
    const namespace = this.lab.namespace(link.netns);
    if (namespace === undefined || link.flags?.arp === false) return false;
    if (namespace.localLink(ip) === undefined) return isProxied(namespace, link, ip);
    switch (namespace.linkSysctls.arpIgnore(link)) {
      case 0:
        return true;
      case 8:
        return false;
      default:
        return hasAddress(link, ip);
    }
  }
}

function isProxied(namespace: Namespace, link: Link, ip: number): boolean {
  if (!namespace.linkSysctls.proxiesArp(link)) return false;
  if (!namespace.linkSysctls.forwards(link)) return false;
  const route = namespace.route(ip);
  return route?.type === 'unicast' && route.link !== link.id;
}
