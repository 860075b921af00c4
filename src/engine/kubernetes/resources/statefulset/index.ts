import { deepEqual } from '../../apimachinery/equality.ts';
import { type FieldErrors, forbiddenField } from '../../apimachinery/field-error.ts';
import type { StatefulSet } from '../../apimachinery/types.ts';
import { NAME, text } from '../common/columns.ts';
import { TEMPLATE_COLUMNS, replicaScale, templateCells } from '../common/workload.ts';
import { validateReplicas, validateSelector, validateStatefulTemplate } from '../common/workload-validation.ts';
import { each, fill, over } from '../fill.ts';
import { defaultTemplate } from '../pod/pod-spec-defaults.ts';
import { entry } from '../strategy.ts';

type ClaimTemplate = {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly spec?: { readonly volumeMode?: string };
  readonly status?: { readonly phase?: string };
};
type Set = StatefulSet & {
  readonly spec: StatefulSet['spec'] & {
    readonly persistentVolumeClaimRetentionPolicy?: { readonly whenDeleted?: string; readonly whenScaled?: string };
    readonly volumeClaimTemplates?: readonly ClaimTemplate[];
  };
};
type Spec = Set['spec'];

export const statefulSets = entry<Set>('statefulsets.apps', {
  columns: [NAME, text('Ready'), ...TEMPLATE_COLUMNS],
  row: (set, context) => [
    set.metadata.name,
    `${String(set.status?.readyReplicas ?? 0)}/${String(set.spec.replicas ?? 1)}`,
    ...templateCells(set, set.spec.template.spec.containers, context),
  ],
  defaults: (set) => over(set, 'spec', defaultSpec),
  prepareForCreate: (set) => ({ ...set, status: { replicas: 0, availableReplicas: 0 } }),
  validate: ({ spec }) =>
    spec === undefined
      ? []
      : [
          ...validateReplicas(spec.replicas),
          ...validateSelector(spec.selector, 'spec.selector', 'statefulset'),
          ...validateStatefulTemplate(spec.template, spec.selector, 'spec.template'),
        ],
  validateUpdate: ({ spec }, { spec: old }) => onlyMutable(spec, old),
  ...replicaScale<Set>(),
});

const MUTABLE = [
  'replicas',
  'ordinals',
  'template',
  'updateStrategy',
  'revisionHistoryLimit',
  'persistentVolumeClaimRetentionPolicy',
  'minReadySeconds',
];

function onlyMutable(spec: Spec, old: Spec): FieldErrors {
  const fixed = (value: Spec): unknown =>
    Object.fromEntries(Object.entries(value).filter(([key]) => !MUTABLE.includes(key)));
  return deepEqual(fixed(spec), fixed(old))
    ? []
    : [
        forbiddenField(
          'spec',
          "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden",
        ),
      ];
}

function defaultSpec(spec: Spec): Spec {
  const next = fill<Spec>(spec, {
    replicas: 1,
    podManagementPolicy: 'OrderedReady',
    updateStrategy: { type: 'RollingUpdate' },
    revisionHistoryLimit: 10,
    persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
  });
  const strategy = over(next, 'updateStrategy', (own) => {
    const typed = fill(own, { type: 'RollingUpdate' });
    if (typed.type !== 'RollingUpdate') return typed;
    return over(fill(typed, { rollingUpdate: {} }), 'rollingUpdate', (rolling) => fill(rolling, { partition: 0 }));
  });
  const claims = over(
    strategy,
    'volumeClaimTemplates',
    each((claim) =>
      over(
        fill(claim, { apiVersion: 'v1', kind: 'PersistentVolumeClaim', status: { phase: 'Pending' } }),
        'spec',
        (own) => fill(own, { volumeMode: 'Filesystem' }),
      ),
    ),
  );
  return over(claims, 'template', defaultTemplate);
}
