import { formatNetwork, type Cidr } from '../../../../formats/ip.ts';
import { fail, type Result } from '../../../../protocol/errno.ts';
import type { Plain } from '../../../../protocol/plain.ts';
import { DEFAULT_POLICY, nextPriority, withRule, type PolicyRule } from '../routing/policy.ts';
import type { RequestContext } from './context.ts';

/** What `ip rule` tells of a rule: all of it, or with `delete` what it asks for; the priority is chosen where none is given. */
type RuleRequest = Partial<PolicyRule>;

export function ruleRequest({ namespace, op, args }: RequestContext): Result<Plain> {
  const rules = namespace.policy ?? DEFAULT_POLICY;
  const asked = args.object<RuleRequest>('rule') ?? {};
  switch (op) {
    case 'list':
      return rules as unknown as Plain;
    case 'add': {
      const { action } = asked;
      if (action === undefined) return fail('EINVAL');
      const rule: PolicyRule = { origin: 'boot', ...asked, action, priority: asked.priority ?? nextPriority(rules) };
      if (rules.some((other) => other.priority === rule.priority && keyOf(other) === keyOf(rule)))
        return fail('EEXIST');
      namespace.policy = withRule(rules, rule);
      break;
    }
    case 'delete': {
      const found = rules.find((rule) => isAskedFor(rule, asked));
      if (found === undefined) return fail('ENOENT');
      namespace.policy = rules.filter((rule) => rule !== found);
      break;
    }
    default:
      return fail('ENOSYS');
  }
  namespace.changed();
  return null;
}

/** All that tells a rule from another one. */
const keyOf = ({
  not,
  from,
  to,
  mark,
  inLink,
  outLink,
  protocol,
  sourcePorts,
  destinationPorts,
  action,
  origin,
}: PolicyRule): string =>
  JSON.stringify([
    not === true,
    networkOf(from),
    networkOf(to),
    mark ?? null,
    inLink ?? '',
    outLink ?? '',
    protocol ?? '',
    sourcePorts ?? [],
    destinationPorts ?? [],
    action,
    origin,
  ]);

const networkOf = (cidr: Cidr | undefined): string => (cidr === undefined ? 'all' : formatNetwork(cidr));

/** Whether a rule is what somebody wants deleted: only what was told counts (rule_find of net/core/fib_rules.c). */
function isAskedFor(rule: PolicyRule, asked: RuleRequest): boolean {
  const { action, mark } = asked;
  const same = (member: 'priority' | 'inLink' | 'outLink' | 'protocol'): boolean =>
    asked[member] === undefined || asked[member] === rule[member];
  const ports = (member: 'sourcePorts' | 'destinationPorts'): boolean =>
    asked[member] === undefined || asked[member].join() === rule[member]?.join();
  return (
    same('priority') &&
    same('inLink') &&
    same('outLink') &&
    same('protocol') &&
    ports('sourcePorts') &&
    ports('destinationPorts') &&
    (asked.not ?? false) === (rule.not ?? false) &&
    (asked.from === undefined || networkOf(asked.from) === networkOf(rule.from)) &&
    (asked.to === undefined || networkOf(asked.to) === networkOf(rule.to)) &&
    (mark === undefined || (mark.value === rule.mark?.value && mark.mask === rule.mark.mask)) &&
    (action === undefined ||
      (action.type === rule.action.type &&
        (action.type !== 'lookup' || rule.action.type !== 'lookup' || action.table === rule.action.table)))
  );
}
