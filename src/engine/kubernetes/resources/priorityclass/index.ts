import { forbiddenField, invalid } from '../../apimachinery/field-error.ts';
import type { PriorityClass } from '../../apimachinery/types.ts';
import { AGE, NAME, age, integer, text } from '../common/columns.ts';
import { fill } from '../fill.ts';
import { entry } from '../strategy.ts';

const HIGHEST_USER_PRIORITY = 1_000_000_000;

export const priorityClasses = entry<PriorityClass>('priorityclasses.scheduling.k8s.io', {
  columns: [NAME, integer('Value'), { name: 'Global-Default', type: 'boolean' }, AGE, text('PreemptionPolicy')],
  row: (priority, context) => [
    priority.metadata.name,
    priority.value ?? 0,
    priority.globalDefault ?? false,
    age(priority, context),
    priority.preemptionPolicy ?? 'PreemptLowerPriority',
  ],
  defaults: (priority) => fill<PriorityClass>(priority, { preemptionPolicy: 'PreemptLowerPriority' }),
  validate: ({ metadata, value }) =>
    metadata.name.startsWith('system-') || (value ?? 0) <= HIGHEST_USER_PRIORITY
      ? []
      : [
          forbiddenField(
            'value',
            `maximum allowed value of a user defined priority is ${String(HIGHEST_USER_PRIORITY)}`,
          ),
        ],
  validateUpdate: (priority, old) =>
    priority.value === old.value ? [] : [invalid('value', priority.value, 'field is immutable')],
});
