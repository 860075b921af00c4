/**
 * In which table a packet's route is looked up (fib_rules, `ip rule`): the rules of a namespace by priority.
 * Models: sources, destinations, marks, links, protocols and ports of packets; tables, refusals, suppress_prefixlength.
 * Leaves out: goto, realms, l3mdev, uid ranges, type of service, rules of IPv6.
 */
import { cidrContains, type Cidr } from '../../../../formats/ip.ts';
import type { Protocol } from '../packet.ts';

/** Numbers of the tables that the kernel has names for (linux/rtnetlink.h). */
export const TABLE = { default: 253, main: 254, local: 255 } as const;

export interface PolicyRule {
  readonly priority: number;
  readonly not?: true;
  readonly from?: Cidr;
  readonly to?: Cidr;
  readonly mark?: { readonly value: number; readonly mask: number };
  readonly inLink?: string;
  readonly outLink?: string;
  readonly protocol?: Protocol;
  readonly sourcePorts?: readonly [number, number];
  readonly destinationPorts?: readonly [number, number];
  readonly action:
    | { readonly type: 'lookup'; readonly table: number; readonly suppressPrefixLength?: number }
    | { readonly type: 'blackhole' | 'unreachable' | 'prohibit' };
  /** Who made it. */
  readonly origin: 'kernel' | 'boot';
}

/** What rules ask of a packet. */
export interface Flow {
  readonly destination: number;
  /** 0 while the route is to choose it. */
  readonly source: number;
  readonly mark: number;
  readonly protocol?: Protocol;
  readonly sourcePort?: number;
  readonly destinationPort?: number;
  /** The link that it came in by; none where it is sent from here. */
  readonly inLink?: string;
  /** The link that its sender is bound to. */
  readonly outLink?: string;
}

const kernelRule = (priority: number, table: number): PolicyRule => ({
  priority,
  action: { type: 'lookup', table },
  origin: 'kernel',
});

/** What a namespace begins with. */
export const DEFAULT_POLICY: readonly PolicyRule[] = [
  kernelRule(0, TABLE.local),
  kernelRule(32_766, TABLE.main),
  kernelRule(32_767, TABLE.default),
];

/** Whether a rule is about a packet. */
export function appliesTo(rule: PolicyRule, flow: Flow): boolean {
  const asked =
    (rule.from === undefined || cidrContains(rule.from, flow.source)) &&
    (rule.to === undefined || cidrContains(rule.to, flow.destination)) &&
    (rule.mark === undefined || ((flow.mark ^ rule.mark.value) & rule.mark.mask) === 0) &&
    (rule.inLink === undefined || rule.inLink === (flow.inLink ?? 'lo')) &&
    (rule.outLink === undefined || rule.outLink === flow.outLink) &&
    (rule.protocol === undefined || rule.protocol === flow.protocol) &&
    isWithin(rule.sourcePorts, flow.sourcePort) &&
    isWithin(rule.destinationPorts, flow.destinationPort);
  return asked !== (rule.not === true);
}

const isWithin = (range: readonly [number, number] | undefined, port: number | undefined): boolean =>
  range === undefined || (port !== undefined && port >= range[0] && port <= range[1]);

/** Before the second rule, which is the first that somebody may have made (fib_default_rule_pref). */
export const nextPriority = (rules: readonly PolicyRule[]): number => Math.max(0, (rules[1]?.priority ?? 0) - 1);

/** Rules with one more, behind those of its priority. */
export function withRule(rules: readonly PolicyRule[], rule: PolicyRule): readonly PolicyRule[] {
  const behind = rules.findIndex(({ priority }) => priority > rule.priority);
  return behind < 0 ? [...rules, rule] : rules.toSpliced(behind, 0, rule);
}
