/**
 * Netfilter hooks: the tables at each point in their order (raw, conntrack, mangle, nat, filter) and the translation of
 * addresses that tracked connections ask for.
 */
import { parseIpv4 } from '../../../../formats/ip.ts';
import type { HookName, TableName } from '../../../../formats/iptables/rule.ts';
import type { ConntrackEntry, Tracked } from '../conntrack.ts';
import type { Lab } from '../lab.ts';
import { addressNear } from './masquerade.ts';
import type { MatchContext } from '../netfilter/compile.ts';
import { traverse, type Verdict } from '../netfilter/traverse.ts';
import { tupleOf, type IcmpKind } from '../packet.ts';
import type { HookInput, HookResult, WalkState } from './state.ts';

const TABLES_AT: { readonly [hook in HookName]: readonly TableName[] } = {
  PREROUTING: ['raw', 'mangle', 'nat'],
  INPUT: ['mangle', 'filter', 'nat'],
  FORWARD: ['mangle', 'filter'],
  OUTPUT: ['raw', 'mangle', 'nat', 'filter'],
  POSTROUTING: ['mangle', 'nat'],
};

export class Hooks {
  constructor(private readonly lab: Lab) {}

  /** Runs one hook. `tracked` is what an earlier hook of this namespace found. */
  run(hook: HookName, input: HookInput, tracked: Tracked | undefined, state: WalkState): HookResult {
    const { namespace, packet } = input;
    if (!namespace.filters) return { type: 'pass', tracked: undefined };
    const track = (): Tracked => {
      const found = tracked ?? namespace.conntrack.find(packet, this.lab.nowUs);
      if (found !== undefined) return found;
      return {
        entry: namespace.conntrack.begin(packet, this.lab.nowUs),
        direction: 'original',
        related: packet.inner !== undefined,
      };
    };
    let current = tracked;
    for (const table of TABLES_AT[hook]) {
      if (table !== 'raw' && current === undefined) {
        current = track();
        if (state.commit) {
          namespace.conntrack.account(current, packet, this.lab.nowUs);
          state.entries.add(current.entry);
        }
        state.tally?.connection(namespace.conntrack, current, packet.bytes);
      }
      if (table === 'nat') {
        const stop = current === undefined ? undefined : this.#nat(hook, input, current, state);
        if (stop !== undefined) return stop;
        continue;
      }
      if (!namespace.rules.has(table)) continue;
      const verdict = this.#traverse(table, hook, input, current, state);
      const stop = this.#stopped(verdict, table);
      if (stop !== undefined) return stop;
    }
    if ((hook === 'POSTROUTING' || hook === 'INPUT') && current !== undefined && state.commit)
      this.#confirm(input, current);
    return { type: 'pass', tracked: current };
  }

  #stopped(verdict: Verdict, table: TableName): HookResult | undefined {
    const { target, chain, rule } = verdict;
    if (target.type === 'DROP') return { type: 'drop', chain, table, ...(rule === undefined ? {} : { rule }) };
    if (target.type === 'REJECT' && rule !== undefined) {
      const kind: IcmpKind | 'tcp-reset' = target.with === 'tcp-reset' ? 'tcp-reset' : REJECT_KINDS[target.with];
      return { type: 'reject', kind, chain, rule };
    }
    return undefined;
  }

  #confirm({ namespace }: HookInput, tracked: Tracked): void {
    if (tracked.related) return;
    const { entry } = tracked;
    entry.destinationDone = true;
    entry.sourceDone = true;
    namespace.conntrack.confirm(entry, this.lab.nowUs);
  }

  #nat(hook: HookName, input: HookInput, tracked: Tracked, state: WalkState): HookResult | undefined {
    const manip = hook === 'PREROUTING' || hook === 'OUTPUT' ? 'destination' : 'source';
    const { entry, direction } = tracked;
    const done = manip === 'destination' ? entry.destinationDone : entry.sourceDone;
    if (!tracked.related && direction === 'original' && !entry.confirmed && !done && input.namespace.rules.has('nat')) {
      const verdict = this.#traverse('nat', hook, input, tracked, state);
      if (verdict.target.type === 'DROP') return this.#stopped(verdict, 'nat');
      this.#bind(input, entry, verdict);
      if (manip === 'destination') entry.destinationDone = true;
      else entry.sourceDone = true;
    }
    this.#translate(input, tracked, manip, state);
    return undefined;
  }

  /** Writes what a nat rule decided into the entry. */
  #bind({ namespace, packet, inLink, outLink }: HookInput, entry: ConntrackEntry, { target, rule }: Verdict): void {
    if (rule === undefined) return;
    if (target.type === 'DNAT') {
      const ip = target.ip === undefined ? entry.reply.source : (parseIpv4(target.ip) ?? entry.reply.source);
      entry.reply = { ...entry.reply, source: ip, sourcePort: target.port ?? entry.reply.sourcePort };
    } else if (target.type === 'REDIRECT') {
      // To the address of the link it came in by; what the host itself sends goes to loopback.
      const ip = namespace.linkByName(inLink)?.addresses[0]?.ip ?? 0x7f000001;
      entry.reply = { ...entry.reply, source: ip, sourcePort: target.port };
    } else if (target.type === 'SNAT' || target.type === 'MASQUERADE') {
      const ip = target.type === 'SNAT' ? parseIpv4(target.ip) : addressNear(namespace, outLink, packet.destination);
      if (ip === undefined) return;
      const port = target.type === 'SNAT' ? target.port : undefined;
      entry.reply = { ...entry.reply, destination: ip, destinationPort: port ?? entry.reply.destinationPort };
      // Another flow may have taken that very tuple: the next free port, as nf_nat_l4proto_unique_tuple searches.
      for (let tries = 0; tries < 64_511 && namespace.conntrack.taken(entry.protocol, entry.reply); tries += 1) {
        const next = entry.reply.destinationPort >= 65_535 ? 1024 : entry.reply.destinationPort + 1;
        entry.reply = { ...entry.reply, destinationPort: next };
      }
    }
  }

  #translate(
    { namespace, packet }: HookInput,
    { entry, direction, related }: Tracked,
    manip: 'destination' | 'source',
    state: WalkState,
  ): void {
    const { original, reply } = entry;
    const before = tupleOf(packet);
    const forwards = direction === 'original';
    if (related) {
      translateError(packet, entry, direction, manip);
    } else if (manip === 'destination') {
      packet.destination = forwards ? reply.source : original.source;
      packet.destinationPort = forwards ? reply.sourcePort : original.sourcePort;
    } else {
      packet.source = forwards ? reply.destination : original.destination;
      packet.sourcePort = forwards ? reply.destinationPort : original.destinationPort;
    }
    if (state.hops === undefined && state.path === undefined) return;
    if (before.destination !== packet.destination || before.destinationPort !== packet.destinationPort)
      state.hop(namespace, '', 'dnat', packet);
    if (before.source !== packet.source || before.sourcePort !== packet.sourcePort)
      state.hop(namespace, '', 'snat', packet);
  }

  #traverse(
    table: TableName,
    hook: HookName,
    input: HookInput,
    tracked: Tracked | undefined,
    state: WalkState,
  ): Verdict {
    const { rules, host } = input.namespace;
    const { bytes } = input.packet;
    const { commit, tally } = state;
    return traverse(rules, table, hook, this.#context(input, tracked, state), {
      matched: (rule) => {
        if (commit) rules.count(rule, bytes);
        tally?.rule(rules, rule, bytes);
      },
      undecided: () => {
        if (commit) rules.countPolicy(table, hook, bytes);
        tally?.policy(rules, table, hook, bytes);
      },
      logged: (prefix) => {
        if (commit) this.lab.simulation.trace.record(`network/${host}`, 'packet.logged', undefined, { prefix, hook });
        if (tally !== undefined) tally.repeatable = false;
      },
    });
  }

  #context(input: HookInput, tracked: Tracked | undefined, state: WalkState): MatchContext {
    const { namespace, packet } = input;
    return {
      packet,
      inLink: input.inLink,
      outLink: input.outLink,
      ...(input.physicalIn === undefined ? {} : { physicalIn: input.physicalIn }),
      ...(input.physicalOut === undefined ? {} : { physicalOut: input.physicalOut }),
      states: statesOf(tracked),
      addressType: (ip) => {
        if (namespace.isBroadcast(ip)) return 'BROADCAST';
        if (namespace.localLink(ip) !== undefined) return 'LOCAL';
        return ip >>> 28 === 14 ? 'MULTICAST' : 'UNICAST';
      },
      statistic: (rule, match) => {
        if (state.tally !== undefined) state.tally.repeatable = false;
        if (!state.commit) return false;
        if (match.mode === 'nth') return namespace.rules.nth(rule, match.packet, match.every) === 0;
        return this.lab.simulation.random.for('network', namespace.host, 'statistic').fraction() < match.probability;
      },
      recent: (match) => {
        if (state.tally !== undefined) state.tally.repeatable = false;
        let list = namespace.recent.get(match.name);
        if (match.op === 'set') {
          if (!state.commit) return true;
          if (list === undefined) {
            list = new Map();
            namespace.recent.set(match.name, list);
          }
          list.set(packet.source, this.lab.nowUs);
          return true;
        }
        const at = list?.get(packet.source);
        return at !== undefined && (match.seconds === undefined || this.lab.nowUs - at <= match.seconds * 1_000_000);
      },
    };
  }
}

/** An ICMP error about a translated packet quotes it as its own receiver knows it. */
function translateError(
  packet: HookInput['packet'],
  entry: ConntrackEntry,
  direction: 'original' | 'reply',
  manip: 'destination' | 'source',
): void {
  const { original, reply } = entry;
  const { inner } = packet;
  if (inner === undefined) return;
  const target =
    direction === 'original'
      ? {
          source: reply.destination,
          sourcePort: reply.destinationPort,
          destination: reply.source,
          destinationPort: reply.sourcePort,
        }
      : {
          source: original.destination,
          sourcePort: original.destinationPort,
          destination: original.source,
          destinationPort: original.sourcePort,
        };
  if (manip === 'destination') {
    packet.destination = target.destination;
    inner.source = target.destination;
    inner.sourcePort = target.destinationPort;
  } else {
    if (inner.destination !== target.source && packet.source === inner.destination) packet.source = target.source;
    inner.destination = target.source;
    inner.destinationPort = target.sourcePort;
  }
}

const REJECT_KINDS = {
  'icmp-port-unreachable': 'port-unreachable',
  'icmp-host-unreachable': 'host-unreachable',
  'icmp-net-unreachable': 'net-unreachable',
  'icmp-admin-prohibited': 'admin-prohibited',
} as const;

const NONE: readonly string[] = ['UNTRACKED'];
function statesOf(tracked: Tracked | undefined): readonly string[] {
  if (tracked === undefined) return NONE;
  const { entry, direction, related } = tracked;
  const states: string[] = [];
  if (related) states.push('RELATED');
  else if (entry.protocol === 'tcp' && !entry.confirmed && entry.tcp === 'CLOSE') states.push('INVALID');
  else states.push(direction === 'reply' || entry.seenReply ? 'ESTABLISHED' : 'NEW');
  if (entry.reply.source !== entry.original.destination || entry.reply.sourcePort !== entry.original.destinationPort)
    states.push('DNAT');
  if (entry.reply.destination !== entry.original.source || entry.reply.destinationPort !== entry.original.sourcePort)
    states.push('SNAT');
  return states;
}
