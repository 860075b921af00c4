/** Rules compiled to predicates; a pure cache over immutable rules. */
import { cidrContains, parseCidr, type Cidr } from '../../../../formats/ip.ts';
import type { AddressType, Match, Rule } from '../../../../formats/iptables/rule.ts';
import type { Packet } from '../packet.ts';

/** What a rule can ask about a packet at a hook. */
export interface MatchContext {
  readonly packet: Packet;
  /** Names, '' where there is none. */
  readonly inLink: string;
  readonly outLink: string;
  readonly physicalIn?: string;
  readonly physicalOut?: string;
  readonly states: readonly string[];
  addressType(ip: number): AddressType;
  /** Answers for `statistic` and `recent`, which have state per rule. */
  statistic(rule: Rule, match: Match & { readonly type: 'statistic' }): boolean;
  recent(match: Match & { readonly type: 'recent' }): boolean;
}

type Predicate = (context: MatchContext) => boolean;

const compiled = new WeakMap<Rule, Predicate>();

export function ruleMatches(rule: Rule, context: MatchContext): boolean {
  let predicate = compiled.get(rule);
  if (predicate === undefined) {
    predicate = compileRule(rule);
    compiled.set(rule, predicate);
  }
  return predicate(context);
}

/** Whether a device name fits a pattern with an optional trailing +. */
export const linkMatches = (pattern: string, name: string): boolean =>
  pattern.endsWith('+') ? name.startsWith(pattern.slice(0, -1)) : pattern === name;

const NOWHERE: Cidr = { address: 0, prefixLength: 32, network: -1, mask: 0xffffffff };

function compileRule(rule: Rule): Predicate {
  const tests: Predicate[] = [];
  for (const match of rule.matches) {
    const test = compileMatch(rule, match);
    if (test === undefined) continue;
    tests.push('not' in match ? (context) => !test(context) : test);
  }
  const [only] = tests;
  if (only === undefined) return () => true;
  if (tests.length === 1) return only;
  return (context) => {
    for (const test of tests) if (!test(context)) return false;
    return true;
  };
}

function compileMatch(rule: Rule, match: Match): Predicate | undefined {
  switch (match.type) {
    case 'source': {
      const cidr = parseCidr(match.cidr) ?? NOWHERE;
      return ({ packet }) => cidrContains(cidr, packet.source);
    }
    case 'destination': {
      const cidr = parseCidr(match.cidr) ?? NOWHERE;
      return ({ packet }) => cidrContains(cidr, packet.destination);
    }
    case 'in-interface':
      return ({ inLink }) => linkMatches(match.name, inLink);
    case 'out-interface':
      return ({ outLink }) => linkMatches(match.name, outLink);
    case 'protocol':
      return match.protocol === 'all' ? () => true : ({ packet }) => packet.protocol === match.protocol;
    case 'source-port':
      return ({ packet }) =>
        packet.protocol === match.module && packet.sourcePort >= match.ports[0] && packet.sourcePort <= match.ports[1];
    case 'destination-port':
      return ({ packet }) =>
        packet.protocol === match.module &&
        packet.destinationPort >= match.ports[0] &&
        packet.destinationPort <= match.ports[1];
    case 'multiport': {
      const within = (port: number): boolean => match.ports.some(([from, to]) => port >= from && port <= to);
      return ({ packet }) =>
        packet.protocol !== 'icmp' &&
        ((match.side !== 'destination' && within(packet.sourcePort)) ||
          (match.side !== 'source' && within(packet.destinationPort)));
    }
    case 'tcp-flags':
      return ({ packet }) => packet.protocol === 'tcp' && tcpFlagsMatch(packet, match.mask, match.set);
    case 'icmp-type':
      return ({ packet }) => packet.protocol === 'icmp' && icmpNumber(packet) === match.icmpType;
    case 'addrtype':
      return (context) =>
        context.addressType(match.side === 'source' ? context.packet.source : context.packet.destination) ===
        match.addressType;
    case 'conntrack':
      return ({ states }) => match.states.some((state) => states.includes(state));
    case 'statistic':
      return (context) => context.statistic(rule, match);
    case 'recent':
      return (context) => context.recent(match);
    case 'mark':
      return ({ packet }) => (packet.mark & match.mask) >>> 0 === match.value;
    case 'physdev':
      return ({ physicalIn, physicalOut }) =>
        (match.in === undefined || linkMatches(match.in, physicalIn ?? '')) &&
        (match.out === undefined || linkMatches(match.out, physicalOut ?? '')) &&
        (match.bridged !== true || (physicalIn !== undefined && physicalOut !== undefined));
    case 'comment':
    case 'module':
      return undefined;
  }
}

const TCP_FLAGS: { readonly [flag in NonNullable<Packet['tcp']>]: readonly string[] } = {
  syn: ['SYN'],
  'syn-ack': ['SYN', 'ACK'],
  ack: ['ACK'],
  fin: ['FIN', 'ACK'],
  rst: ['RST', 'ACK'],
};

function tcpFlagsMatch(packet: Packet, mask: readonly string[], set: readonly string[]): boolean {
  const flags = TCP_FLAGS[packet.tcp ?? 'ack'];
  return mask.every((flag) => flags.includes(flag) === set.includes(flag));
}

const ICMP_NUMBERS: { readonly [kind in NonNullable<Packet['icmp']>]: number } = {
  'echo-reply': 0,
  'port-unreachable': 3,
  'host-unreachable': 3,
  'net-unreachable': 3,
  'admin-prohibited': 3,
  'fragmentation-needed': 3,
  'echo-request': 8,
  'ttl-exceeded': 11,
};
const icmpNumber = (packet: Packet): number => (packet.icmp === undefined ? -1 : ICMP_NUMBERS[packet.icmp]);

/** Rules of a long chain that can match a destination, by index; undefined where the chain is short. */
export function candidates(rules: readonly Rule[], destination: number): readonly number[] | undefined {
  if (rules.length < 48) return undefined;
  let index = indexes.get(rules);
  if (index === undefined) {
    index = indexChain(rules);
    indexes.set(rules, index);
  }
  const exact = index.exact.get(destination);
  if (exact === undefined) return index.others;
  return index.others.length === 0 ? exact : [...exact, ...index.others].sort((a, b) => a - b);
}

interface ChainIndex {
  readonly exact: Map<number, number[]>;
  readonly others: number[];
}
const indexes = new WeakMap<readonly Rule[], ChainIndex>();

function indexChain(rules: readonly Rule[]): ChainIndex {
  const index: ChainIndex = { exact: new Map(), others: [] };
  rules.forEach((rule, at) => {
    const match = rule.matches.find((one) => one.type === 'destination' && one.not !== true);
    const cidr = match?.type === 'destination' ? parseCidr(match.cidr) : undefined;
    if (cidr === undefined || cidr.prefixLength !== 32) index.others.push(at);
    else {
      const known = index.exact.get(cidr.network);
      if (known === undefined) index.exact.set(cidr.network, [at]);
      else known.push(at);
    }
  });
  return index;
}
