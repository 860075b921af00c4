import { invalid } from '../../apimachinery/field-error.ts';
import type { ApiObject, IntOrString, LabelSelector } from '../../apimachinery/types.ts';
import { AGE, NAME, age, integer, text } from '../common/columns.ts';
import { entry } from '../strategy.ts';

type Budget = ApiObject & {
  readonly spec?: {
    readonly minAvailable?: IntOrString;
    readonly maxUnavailable?: IntOrString;
    readonly selector?: LabelSelector;
  };
  readonly status?: { readonly disruptionsAllowed?: number };
};

export const podDisruptionBudgets = entry<Budget>('poddisruptionbudgets.policy', {
  columns: [NAME, text('Min Available'), text('Max Unavailable'), integer('Allowed Disruptions'), AGE],
  row: (budget, context) => [
    budget.metadata.name,
    budget.spec?.minAvailable === undefined ? 'N/A' : String(budget.spec.minAvailable),
    budget.spec?.maxUnavailable === undefined ? 'N/A' : String(budget.spec.maxUnavailable),
    budget.status?.disruptionsAllowed ?? 0,
    age(budget, context),
  ],
  validate: ({ spec }) =>
    spec?.minAvailable !== undefined && spec.maxUnavailable !== undefined
      ? [invalid('spec', spec, 'minAvailable and maxUnavailable cannot be both set')]
      : [],
});
