import { type FieldError, forbiddenField, invalid, notSupported } from '../../apimachinery/field-error.ts';
import type { Deployment, IntOrString } from '../../apimachinery/types.ts';
import { NAME, integer, text } from '../common/columns.ts';
import { WORKLOAD_COLUMNS, replicaScale, workloadCells } from '../common/workload.ts';
import {
  immutable,
  nonNegative,
  validateCountOrPercent,
  validateReplicas,
  validateSelector,
  validateTemplate,
} from '../common/workload-validation.ts';
import { fill, over } from '../fill.ts';
import { defaultTemplate } from '../pod/pod-spec-defaults.ts';
import { entry } from '../strategy.ts';

type Spec = Deployment['spec'];

export const deployments = entry<Deployment>('deployments.apps', {
  columns: [NAME, text('Ready'), integer('Up-to-date'), integer('Available'), ...WORKLOAD_COLUMNS],
  row: (deployment, context) => {
    const { spec, status } = deployment;
    return [
      deployment.metadata.name,
      `${String(status?.readyReplicas ?? 0)}/${String(spec.replicas ?? 1)}`,
      status?.updatedReplicas ?? 0,
      status?.availableReplicas ?? 0,
      ...workloadCells(deployment, context),
    ];
  },
  defaults: (deployment) => over(deployment, 'spec', defaultSpec),
  validate: ({ spec }) => (spec === undefined ? [] : validateSpec(spec)),
  validateUpdate: (deployment, old) => immutable(deployment.spec.selector, old.spec.selector, 'spec.selector'),
  ...replicaScale<Deployment>(),
});

function defaultSpec(spec: Spec): Spec {
  const next = fill<Spec>(spec, {
    replicas: 1,
    strategy: { type: 'RollingUpdate' },
    revisionHistoryLimit: 10,
    progressDeadlineSeconds: 600,
  });
  const strategy = over(next, 'strategy', (own) => {
    const typed = fill(own, { type: 'RollingUpdate' });
    if (typed.type !== 'RollingUpdate') return typed;
    return over(fill(typed, { rollingUpdate: {} }), 'rollingUpdate', (rolling) =>
      fill(rolling, { maxUnavailable: '25%', maxSurge: '25%' }),
    );
  });
  return over(strategy, 'template', defaultTemplate);
}

function validateSpec(spec: Spec): FieldError[] {
  const errors: FieldError[] = [
    ...validateReplicas(spec.replicas),
    ...validateSelector(spec.selector, 'spec.selector', 'deployment'),
    ...validateTemplate(spec.template, spec.selector, 'spec.template', ['Always']),
  ];
  const { type, rollingUpdate } = spec.strategy ?? {};
  if (type === 'Recreate') {
    if (rollingUpdate !== undefined)
      errors.push(
        forbiddenField('spec.strategy.rollingUpdate', "may not be specified when strategy `type` is 'Recreate'"),
      );
  } else if (type !== 'RollingUpdate')
    errors.push(notSupported('spec.strategy.type', type, ['Recreate', 'RollingUpdate']));
  else {
    errors.push(...validateCountOrPercent(rollingUpdate?.maxUnavailable, 'spec.strategy.rollingUpdate.maxUnavailable'));
    errors.push(...validateCountOrPercent(rollingUpdate?.maxSurge, 'spec.strategy.rollingUpdate.maxSurge'));
    if (isZero(rollingUpdate?.maxUnavailable) && isZero(rollingUpdate?.maxSurge)) {
      errors.push(
        invalid(
          'spec.strategy.rollingUpdate.maxUnavailable',
          rollingUpdate?.maxUnavailable,
          'may not be 0 when `maxSurge` is 0',
        ),
      );
    }
  }
  errors.push(
    ...nonNegative(spec.minReadySeconds, 'spec.minReadySeconds'),
    ...nonNegative(spec.revisionHistoryLimit, 'spec.revisionHistoryLimit'),
  );
  errors.push(...nonNegative(spec.progressDeadlineSeconds, 'spec.progressDeadlineSeconds'));
  if ((spec.progressDeadlineSeconds ?? 600) <= (spec.minReadySeconds ?? 0)) {
    errors.push(
      invalid('spec.progressDeadlineSeconds', spec.progressDeadlineSeconds, 'must be greater than minReadySeconds'),
    );
  }
  return errors;
}

const isZero = (value: IntOrString | undefined): boolean => value === 0 || value === '0%';
