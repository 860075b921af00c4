import type { DaemonSet } from '../../apimachinery/types.ts';
import { NAME, integer, labelsText, text } from '../common/columns.ts';
import { WORKLOAD_COLUMNS, workloadCells } from '../common/workload.ts';
import { immutable, nonNegative, validateSelector, validateTemplate } from '../common/workload-validation.ts';
import { fill, over } from '../fill.ts';
import { defaultTemplate } from '../pod/pod-spec-defaults.ts';
import { entry } from '../strategy.ts';

type Spec = DaemonSet['spec'];

export const daemonSets = entry<DaemonSet>('daemonsets.apps', {
  columns: [
    NAME,
    integer('Desired'),
    integer('Current'),
    integer('Ready'),
    integer('Up-to-date'),
    integer('Available'),
    text('Node Selector'),
    ...WORKLOAD_COLUMNS,
  ],
  row: (set, context) => {
    const { spec, status } = set;
    return [
      set.metadata.name,
      status?.desiredNumberScheduled ?? 0,
      status?.currentNumberScheduled ?? 0,
      status?.numberReady ?? 0,
      status?.updatedNumberScheduled ?? 0,
      status?.numberAvailable ?? 0,
      labelsText(spec.template.spec.nodeSelector),
      ...workloadCells(set, context),
    ];
  },
  defaults: (set) => over(set, 'spec', defaultSpec),
  prepareForCreate: (set) => ({
    ...set,
    status: { currentNumberScheduled: 0, numberMisscheduled: 0, desiredNumberScheduled: 0, numberReady: 0 },
  }),
  validate: ({ spec }) =>
    spec === undefined
      ? []
      : [
          ...validateSelector(spec.selector, 'spec.selector', 'daemonset'),
          ...validateTemplate(spec.template, spec.selector, 'spec.template', ['Always']),
          ...nonNegative(spec.minReadySeconds, 'spec.minReadySeconds'),
        ],
  validateUpdate: (set, old) => immutable(set.spec.selector, old.spec.selector, 'spec.selector'),
});

function defaultSpec(spec: Spec): Spec {
  const next = over(
    fill<Spec>(spec, { updateStrategy: { type: 'RollingUpdate' }, revisionHistoryLimit: 10 }),
    'updateStrategy',
    (strategy) => {
      const typed = fill(strategy, { type: 'RollingUpdate' });
      if (typed.type !== 'RollingUpdate') return typed;
      return over(fill(typed, { rollingUpdate: {} }), 'rollingUpdate', (rolling) =>
        fill(rolling, { maxUnavailable: 1, maxSurge: 0 }),
      );
    },
  );
  return over(next, 'template', defaultTemplate);
}
