/**
 * What a packet was counted by on its way: links, rules, policies and tracked connections. Further packets of the same flow
 * are counted by the same without walking. It is no state of its own: a walk without effects makes it again.
 */
import type { HookName, Rule, TableName } from '../../../../formats/iptables/rule.ts';
import type { Conntrack, Tracked } from '../conntrack.ts';
import type { LinkCounters } from '../links/link.ts';
import type { Ruleset } from '../netfilter/ruleset.ts';
import type { Packet } from '../packet.ts';

export class Tally {
  /** False where another packet may fare otherwise (`statistic`, `recent`) or does more than count (`LOG`). */
  repeatable = true;
  readonly #links: { readonly counters: LinkCounters; readonly sends: boolean; readonly more: number }[] = [];
  readonly #rules: { readonly ruleset: Ruleset; readonly rule: Rule; readonly more: number }[] = [];
  readonly #policies: {
    readonly ruleset: Ruleset;
    readonly table: TableName;
    readonly hook: HookName;
    readonly more: number;
  }[] = [];
  readonly #tracked: {
    readonly conntrack: Conntrack;
    readonly tracked: Tracked;
    readonly seenReply: boolean;
    readonly more: number;
  }[] = [];

  /** @param bytes Of the packet that sets out: what is counted on the way may be more, by headers of tunnels and links. */
  constructor(private readonly bytes: number) {}

  link(counters: LinkCounters, sends: boolean, bytes: number): void {
    this.#links.push({ counters, sends, more: bytes - this.bytes });
  }

  rule(ruleset: Ruleset, rule: Rule, bytes: number): void {
    this.#rules.push({ ruleset, rule, more: bytes - this.bytes });
  }

  policy(ruleset: Ruleset, table: TableName, hook: HookName, bytes: number): void {
    this.#policies.push({ ruleset, table, hook, more: bytes - this.bytes });
  }

  connection(conntrack: Conntrack, tracked: Tracked, bytes: number): void {
    const { confirmed, seenReply } = tracked.entry;
    // The first packet of a connection is matched as NEW and asks the nat table; those after it are not.
    if (!confirmed) this.repeatable = false;
    this.#tracked.push({ conntrack, tracked, seenReply, more: bytes - this.bytes });
  }

  /**
   * Whether every connection on the way is still tracked, in the same state: another packet begins a new one or meets
   * other rules else.
   */
  holds(nowUs: number): boolean {
    return (
      this.repeatable &&
      this.#tracked.every(
        ({ tracked: { entry }, seenReply }) =>
          entry.confirmed && entry.expiresUs > nowUs && entry.seenReply === seenReply,
      )
    );
  }

  /** Counts one more packet. */
  repeat(packet: Packet, nowUs: number): void {
    const { bytes } = packet;
    for (const { counters, sends, more } of this.#links) countPacket(counters, sends, bytes + more);
    for (const { ruleset, rule, more } of this.#rules) ruleset.count(rule, bytes + more);
    for (const { ruleset, table, hook, more } of this.#policies) ruleset.countPolicy(table, hook, bytes + more);
    for (const { conntrack, tracked, more } of this.#tracked) conntrack.account(tracked, packet, nowUs, bytes + more);
  }
}

export function countPacket(counters: LinkCounters, sends: boolean, bytes: number): void {
  if (sends) {
    counters.txPackets += 1;
    counters.txBytes += bytes;
  } else {
    counters.rxPackets += 1;
    counters.rxBytes += bytes;
  }
}
