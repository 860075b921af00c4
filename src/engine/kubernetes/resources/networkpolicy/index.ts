import type { ApiObject, LabelSelector } from '../../apimachinery/types.ts';
import { AGE, NAME, age, selectorText, text } from '../common/columns.ts';
import { each, fill, over } from '../fill.ts';
import { entry } from '../strategy.ts';

type Rule = { readonly ports?: readonly { readonly protocol?: string }[] };
type NetworkPolicy = ApiObject & {
  readonly spec?: {
    readonly podSelector?: LabelSelector;
    readonly ingress?: readonly Rule[];
    readonly egress?: readonly Rule[];
    readonly policyTypes?: readonly string[];
  };
};

const defaultRule = (rule: Rule): Rule =>
  over(
    rule,
    'ports',
    each((port) => fill(port, { protocol: 'TCP' })),
  );

export const networkPolicies = entry<NetworkPolicy>('networkpolicies.networking.k8s.io', {
  columns: [NAME, text('Pod-Selector'), AGE],
  row: (policy, context) => [policy.metadata.name, selectorText(policy.spec?.podSelector), age(policy, context)],
  defaults: (policy) =>
    over(policy, 'spec', (spec) =>
      fill(over(over(spec, 'ingress', each(defaultRule)), 'egress', each(defaultRule)), {
        podSelector: {},
        policyTypes: spec.egress === undefined ? ['Ingress'] : ['Ingress', 'Egress'],
      }),
    ),
});
