import type { ReplicaSet } from '../../apimachinery/types.ts';
import { NAME, integer } from '../common/columns.ts';
import { WORKLOAD_COLUMNS, replicaScale, workloadCells } from '../common/workload.ts';
import {
  immutable,
  nonNegative,
  validateReplicas,
  validateSelector,
  validateTemplate,
} from '../common/workload-validation.ts';
import { fill, over } from '../fill.ts';
import { defaultTemplate } from '../pod/pod-spec-defaults.ts';
import { entry } from '../strategy.ts';

export const replicaSets = entry<ReplicaSet>('replicasets.apps', {
  columns: [NAME, integer('Desired'), integer('Current'), integer('Ready'), ...WORKLOAD_COLUMNS],
  row: (set, context) => [
    set.metadata.name,
    set.spec.replicas ?? 1,
    set.status?.replicas ?? 0,
    set.status?.readyReplicas ?? 0,
    ...workloadCells(set, context),
  ],
  defaults: (set) => over(set, 'spec', (spec) => over(fill(spec, { replicas: 1 }), 'template', defaultTemplate)),
  prepareForCreate: (set) => ({ ...set, status: { replicas: 0 } }),
  validate: ({ spec }) =>
    spec === undefined
      ? []
      : [
          ...validateReplicas(spec.replicas),
          ...nonNegative(spec.minReadySeconds, 'spec.minReadySeconds'),
          ...validateSelector(spec.selector, 'spec.selector', 'deployment'),
          ...validateTemplate(spec.template, spec.selector, 'spec.template', ['Always']),
        ],
  validateUpdate: (set, old) => immutable(set.spec.selector, old.spec.selector, 'spec.selector'),
  fields: { 'status.replicas': (set) => String(set.status?.replicas ?? 0) },
  ...replicaScale<ReplicaSet>(),
});
