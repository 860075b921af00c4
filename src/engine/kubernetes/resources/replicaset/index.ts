import type { ReplicaSet } from '../../apimachinery/types.ts';
import {
  AGE,
  CONTAINERS,
  IMAGES,
  NAME,
  SELECTOR,
  age,
  containerImages,
  containerNames,
  integer,
  selectorText,
} from '../common/columns.ts';
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
  columns: [NAME, integer('Desired'), integer('Current'), integer('Ready'), AGE, CONTAINERS, IMAGES, SELECTOR],
  row: (set, context) => [
    set.metadata.name,
    set.spec.replicas ?? 1,
    set.status?.replicas ?? 0,
    set.status?.readyReplicas ?? 0,
    age(set, context),
    containerNames(set.spec.template.spec.containers),
    containerImages(set.spec.template.spec.containers),
    selectorText(set.spec.selector),
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
  scale: ({ spec, status }) => ({
    replicas: spec.replicas ?? 1,
    observed: status?.replicas ?? 0,
    selector: spec.selector,
  }),
  withReplicas: (set, replicas) => ({ ...set, spec: { ...set.spec, replicas } }),
});
