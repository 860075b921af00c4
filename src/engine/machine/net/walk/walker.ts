/**
 * A packet's way through the lab: IP layer. Sends, receives, routes and forwards; the link layer is in `frames.ts`.
 * Models: the hooks in order, local delivery, TTL, MTU, routing errors answered by ICMP, VXLAN.
 * Leaves out: fragments, multicast, IPv6.
 */
import { formatIpv4 } from '../../../../formats/ip.ts';
import { formatRule } from '../../../../formats/iptables/format.ts';
import type { HookName } from '../../../../formats/iptables/rule.ts';
import type { Tracked } from '../conntrack.ts';
import type { Lab } from '../lab.ts';
import { LATENCY_US } from '../latency.ts';
import type { Link } from '../links/link.ts';
import type { Namespace } from '../namespace.ts';
import { isIcmpError, reversed, tupleOf, type IcmpKind, type Packet } from '../packet.ts';
import type { Flow } from '../routing/policy.ts';
import { describeRoute, type Route } from '../routing/routes.ts';
import { dropped, Frames } from './frames.ts';
import { Hooks } from './hooks.ts';
import { passQueue } from './netem.ts';
import type { Arrival, HookResult, WalkState } from './state.ts';

export class Walker {
  readonly #hooks: Hooks;
  readonly #frames: Frames;

  constructor(private readonly lab: Lab) {
    this.#hooks = new Hooks(lab);
    this.#frames = new Frames(lab, this.#hooks, (namespace, link, packet, state) =>
      this.#receive(namespace, link, packet, state),
    );
    this.#frames.output = (namespace, packet, state) => this.output(namespace, packet, state);
  }

  /** A packet made in this namespace. A source of 0 is chosen by the route. */
  output(namespace: Namespace, packet: Packet, state: WalkState): Arrival {
    state.visit(namespace);
    if (!state.step()) return dropped(namespace, 'the packet goes round in circles');
    let route = this.#lookup(namespace, packet);
    if (route === undefined) return this.#rejectedHere(namespace, 'net-unreachable', 'no route');
    if (packet.source === 0) {
      packet.source = this.#sourceFor(namespace, route, packet.destination);
      // A connection is routed again by the address that it has got (ip_route_connect).
      if (namespace.policy !== undefined && packet.protocol === 'tcp') route = this.#lookup(namespace, packet) ?? route;
    }
    state.source ??= packet.source;
    const { destination, mark } = packet;
    const hook = this.#hook('OUTPUT', namespace, packet, '', this.#nameOf(route), undefined, state);
    if (hook.type !== 'pass') return this.#stopped(hook, namespace, packet, state);
    if (packet.destination !== destination || packet.mark !== mark) route = this.#lookup(namespace, packet);
    if (route === undefined) return this.#rejectedHere(namespace, 'net-unreachable', 'no route');
    state.hop(namespace, this.#nameOf(route), 'send', packet, route.type === 'local' ? 'local' : describeRoute(route));
    return this.#leave(namespace, packet, route, hook.tracked, '', state);
  }

  /** What a host answers to a packet that was delivered to it but is not wanted there. */
  refuse(namespace: Namespace, packet: Packet, kind: IcmpKind | 'tcp-reset', state: WalkState): Arrival {
    return this.#answer(namespace, packet, kind, 'nobody listens', state);
  }

  #receive(namespace: Namespace, link: Link, packet: Packet, state: WalkState, carried?: Tracked): Arrival {
    state.visit(namespace);
    if (!state.step()) return dropped(namespace, 'the packet goes round in circles');
    const hook = this.#hook('PREROUTING', namespace, packet, link.name, '', carried, state);
    if (hook.type !== 'pass') return this.#stopped(hook, namespace, packet, state);
    const filter = namespace.linkSysctls.reversePathFilter(link);
    if (filter !== 0 && !this.#hasWayBack(namespace, link, packet, filter === 1))
      return dropped(namespace, `the way back is not by ${filter === 1 ? link.name : 'any link'} (rp_filter)`);
    const { policy } = namespace;
    const decided = policy === undefined ? undefined : namespace.routeByPolicy(policy, flowOf(packet, link.name));
    if (policy === undefined ? namespace.localLink(packet.destination) !== undefined : decided?.type === 'local')
      return this.#input(namespace, link, packet, hook.tracked, state);
    if (namespace.isBroadcast(packet.destination)) return dropped(namespace, 'broadcast');
    if (!namespace.linkSysctls.forwards(link))
      return dropped(
        namespace,
        `not addressed to this host, and net.ipv4.${namespace.forwards ? `conf.${link.name}.forwarding` : 'ip_forward'} is 0`,
      );
    const route = policy === undefined ? namespace.route(packet.destination) : decided;
    return this.#forward(namespace, link, packet, route, hook.tracked, state);
  }

  #input(namespace: Namespace, link: Link, packet: Packet, tracked: Tracked | undefined, state: WalkState): Arrival {
    const hook = this.#hook('INPUT', namespace, packet, link.name, '', tracked, state);
    if (hook.type !== 'pass') return this.#stopped(hook, namespace, packet, state);
    if (packet.protocol === 'udp') {
      const unwrapped = this.#frames.decapsulate(namespace, packet, state);
      if (unwrapped !== undefined) return unwrapped;
    }
    state.hop(namespace, link.name, 'deliver', packet);
    return { type: 'delivered', namespace, packet };
  }

  #forward(
    namespace: Namespace,
    link: Link,
    packet: Packet,
    route: Route | undefined,
    tracked: Tracked | undefined,
    state: WalkState,
  ): Arrival {
    if (route === undefined) return this.#answer(namespace, packet, 'net-unreachable', 'no route', state);
    if (route.type !== 'unicast') {
      if (route.type === 'blackhole') return dropped(namespace, `route ${describeRoute(route)}`);
      return this.#answer(
        namespace,
        packet,
        UNREACHABLE[route.type] ?? 'net-unreachable',
        `route ${describeRoute(route)}`,
        state,
      );
    }
    if (packet.ttl <= 1) return this.#answer(namespace, packet, 'ttl-exceeded', 'time to live exceeded', state);
    packet.ttl -= 1;
    state.latencyUs += LATENCY_US.forward;
    state.hop(namespace, this.#nameOf(route), 'route', packet, describeRoute(route));
    const hook = this.#hook('FORWARD', namespace, packet, link.name, this.#nameOf(route), tracked, state);
    if (hook.type !== 'pass') return this.#stopped(hook, namespace, packet, state);
    return this.#leave(namespace, packet, route, hook.tracked, link.name, state);
  }

  /** POSTROUTING and out by the route's link. */
  #leave(
    namespace: Namespace,
    packet: Packet,
    route: Route,
    tracked: Tracked | undefined,
    inLink: string,
    state: WalkState,
  ): Arrival {
    const out = route.link === undefined ? undefined : this.lab.links.get(route.link);
    if (out === undefined || route.type === 'blackhole' || route.type === 'unreachable' || route.type === 'prohibit') {
      return this.#rejectedHere(
        namespace,
        UNREACHABLE[route.type] ?? 'net-unreachable',
        `route ${describeRoute(route)}`,
      );
    }
    const hook = this.#hook('POSTROUTING', namespace, packet, inLink, out.name, tracked, state);
    if (hook.type !== 'pass') return this.#stopped(hook, namespace, packet, state);
    if (packet.bytes > out.mtu && packet.dontFragment === true) {
      const reason = `larger than the MTU of ${out.name} (${String(out.mtu)})`;
      const answer = this.#answer(namespace, packet, 'fragmentation-needed', reason, state);
      return answer.type === 'rejected' ? { ...answer, mtu: out.mtu } : answer;
    }
    if (out.kind === 'loopback') {
      if (!out.up) return dropped(namespace, `${out.name} is down`);
      if (!passQueue(this.lab, out, namespace.host, state)) return dropped(namespace, `${out.name} loses it (netem)`);
      state.latencyUs += LATENCY_US.loopback;
      state.count(out.counters, true, packet.bytes);
      state.count(out.counters, false, packet.bytes);
      if (state.commit) this.#frames.show(out, 'in', { source: out.mac, destination: out.mac, packet }, state);
      // A looped packet keeps its connection; it is not looked up again.
      return this.#receive(namespace, out, packet, state, hook.tracked);
    }
    packet.mark = 0;
    const sent = this.#frames.send(namespace, out, packet, route.via ?? packet.destination, state);
    if (sent.type !== 'unresolved') return sent;
    return this.#answer(
      namespace,
      packet,
      'host-unreachable',
      `nobody on ${out.name} answers for ${formatIpv4(route.via ?? packet.destination)}`,
      state,
    );
  }

  /** The route of a packet that is sent from here. */
  #lookup(namespace: Namespace, packet: Packet): Route | undefined {
    const { policy } = namespace;
    if (policy !== undefined) return namespace.routeByPolicy(policy, flowOf(packet, undefined));
    const { destination } = packet;
    return namespace.localLink(destination) === undefined
      ? namespace.route(destination)
      : namespace.localRoute(destination);
  }

  /** Whether an answer to a packet would leave: strictly, by the link that the packet came in by. */
  #hasWayBack(namespace: Namespace, link: Link, { source, destination, mark }: Packet, strict: boolean): boolean {
    if (link.kind === 'loopback') return true;
    const back = { destination: source, source: destination, mark };
    const route =
      namespace.policy === undefined
        ? namespace.route(source)
        : namespace.routeByPolicy(namespace.policy, { ...back, inLink: link.name });
    return strict ? route?.link === link.id : route?.type === 'unicast';
  }

  #sourceFor(namespace: Namespace, route: Route, destination: number): number {
    return namespace.sourceFor(route, destination, this.lab.links) ?? 0;
  }

  #nameOf(route: Route): string {
    return (route.link === undefined ? undefined : this.lab.links.get(route.link)?.name) ?? '';
  }

  #hook(
    hook: HookName,
    namespace: Namespace,
    packet: Packet,
    inLink: string,
    outLink: string,
    tracked: Tracked | undefined,
    state: WalkState,
  ): HookResult {
    return this.#hooks.run(hook, { namespace, packet, inLink, outLink }, tracked, state);
  }

  #stopped(
    hook: Exclude<HookResult, { readonly type: 'pass' }>,
    namespace: Namespace,
    packet: Packet,
    state: WalkState,
  ): Arrival {
    const rule = hook.rule === undefined ? `-P ${hook.chain} DROP` : formatRule(hook.chain, hook.rule);
    if (hook.type === 'drop') return dropped(namespace, `${hook.table} ${hook.chain}`, rule);
    return this.#answer(namespace, packet, hook.kind, `rejected by ${hook.chain}`, state, rule);
  }

  /** An error found while the sender itself was sending: it learns at once. */
  #rejectedHere(namespace: Namespace, kind: IcmpKind, reason: string): Arrival {
    return { type: 'rejected', host: namespace.host, kind, from: 0, rule: reason };
  }

  /** Sends an ICMP error (or a reset) back to where the packet came from. */
  #answer(
    namespace: Namespace,
    packet: Packet,
    kind: IcmpKind | 'tcp-reset',
    reason: string,
    state: WalkState,
    rule?: string,
  ): Arrival {
    const lost = dropped(namespace, reason, rule);
    if (isIcmpError(packet) || packet.tcp === 'rst' || state.depth > 0) return lost;
    state.depth += 1;
    const back = reversed(tupleOf(packet));
    const error: Packet =
      kind === 'tcp-reset'
        ? { ...back, protocol: 'tcp', ttl: 64, bytes: 40, mark: 0, tcp: 'rst' }
        : {
            protocol: 'icmp',
            icmp: kind,
            source: 0,
            sourcePort: 0,
            destination: packet.source,
            destinationPort: 0,
            ttl: 64,
            bytes: 84,
            mark: 0,
            inner: { ...packet },
          };
    const arrived = this.output(namespace, error, state);
    if (arrived.type !== 'delivered') return lost;
    return {
      type: 'rejected',
      host: namespace.host,
      kind,
      from: error.source,
      ...(rule === undefined ? { rule: reason } : { rule }),
    };
  }
}

/** What routes that lead nowhere say. */
const UNREACHABLE: { readonly [type in Route['type']]?: IcmpKind } = {
  unreachable: 'host-unreachable',
  prohibit: 'admin-prohibited',
};

/** A packet as rules of routing see it. */
const flowOf = (packet: Packet, inLink: string | undefined): Flow => ({
  ...packet,
  ...(inLink === undefined ? {} : { inLink }),
});
