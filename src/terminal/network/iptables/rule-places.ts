/** What a rule needs besides its words: parts that belong together, chains that can hold it. */
import type { Match, Rule, TableName, Target } from '../../../formats/iptables/rule.ts';
import { bad, type Problem } from './rule-vocabulary.ts';

const WITHOUT_INPUT_DEVICE = ['OUTPUT', 'POSTROUTING'];
const WITHOUT_OUTPUT_DEVICE = ['PREROUTING', 'INPUT'];

/** A packet that leaves has not come in by a device, one that has come in has no way out yet. */
export function interfaceProblem(chain: string, rules: readonly Rule[]): Problem | undefined {
  const asks = (type: 'in-interface' | 'out-interface'): boolean =>
    rules.some(({ matches }) => matches.some((match) => match.type === type));
  if (WITHOUT_INPUT_DEVICE.includes(chain) && asks('in-interface')) return bad(`Can't use -i with ${chain}\n`);
  if (WITHOUT_OUTPUT_DEVICE.includes(chain) && asks('out-interface')) return bad(`Can't use -o with ${chain}\n`);
  return undefined;
}

/** Hooks of the nat table from which a target may be used (xt_nat, xt_MASQUERADE, xt_REDIRECT). */
const NAT_HOOKS: Partial<Record<Target['type'], readonly string[]>> = {
  DNAT: ['PREROUTING', 'OUTPUT'],
  REDIRECT: ['PREROUTING', 'OUTPUT'],
  SNAT: ['POSTROUTING', 'INPUT'],
  MASQUERADE: ['POSTROUTING'],
};
const HOOKS = ['PREROUTING', 'INPUT', 'FORWARD', 'OUTPUT', 'POSTROUTING'];

/** Whether the kernel takes a rule into this chain. */
export function fitsHook(table: TableName, chain: string, { matches, target }: Rule): boolean {
  if (target === undefined) return true;
  if (target.type === 'REJECT')
    return table === 'filter' && (target.with !== 'tcp-reset' || hasProtocol(matches, ['tcp']));
  const hooks = NAT_HOOKS[target.type];
  if (hooks === undefined) return true;
  return table === 'nat' && (hooks.includes(chain) || !HOOKS.includes(chain));
}

const WITH_PORTS = ['tcp', 'udp', 'udplite', 'sctp', 'dccp'];
const hasProtocol = (matches: readonly Match[], names: readonly string[]): boolean =>
  matches.some((match) => match.type === 'protocol' && match.not !== true && names.includes(match.protocol));

/** A part of the rule that another one asks for (the extensions' final checks). */
export function missingPart(rule: {
  readonly modules: ReadonlySet<string>;
  readonly matches: readonly Match[];
  readonly target: Target | undefined;
}): Problem | undefined {
  const { modules, matches, target } = rule;
  if (modules.has('comment') && !matches.some(({ type }) => type === 'comment'))
    return bad('comment: option "--comment" must be specified\n');
  if (hasProtocol(matches, WITH_PORTS)) return undefined;
  if (matches.some(({ type }) => type === 'multiport'))
    return bad("multiport needs `-p tcp', `-p udp', `-p udplite', `-p sctp' or `-p dccp'");
  const asksPort = target !== undefined && 'port' in target;
  return asksPort ? bad('Need TCP, UDP, SCTP or DCCP with port specification') : undefined;
}

/** Within -m tcp (or udp) ports of the source come first, then those of the destination, then flags. */
export function portsInOrder(matches: readonly Match[]): readonly Match[] {
  const order: readonly Match['type'][] = ['source-port', 'destination-port', 'tcp-flags'];
  const first = matches.findIndex(({ type }) => order.includes(type));
  if (first < 0) return matches;
  const own = matches.filter(({ type }) => order.includes(type));
  const sorted = own.toSorted((a, b) => order.indexOf(a.type) - order.indexOf(b.type));
  return [...matches.slice(0, first), ...sorted, ...matches.slice(first).filter((match) => !own.includes(match))];
}
