import type { ApiObject } from '../../apimachinery/types.ts';
import { invalid, required } from '../../apimachinery/field-error.ts';
import { AGE, NAME, age, text } from '../common/columns.ts';
import { fill, over } from '../fill.ts';
import { entry } from '../strategy.ts';

type Metric = {
  readonly type: string;
  readonly resource?: {
    readonly name: string;
    readonly target?: { readonly averageUtilization?: number; readonly averageValue?: string };
  };
};
type Current = {
  readonly type: string;
  readonly resource?: {
    readonly name: string;
    readonly current?: { readonly averageUtilization?: number; readonly averageValue?: string };
  };
};
type Autoscaler = ApiObject & {
  readonly spec: {
    readonly scaleTargetRef: { readonly kind: string; readonly name: string };
    /** Of autoscaling/v1, which is stored as v2. */
    readonly targetCPUUtilizationPercentage?: number;
    readonly minReplicas?: number;
    readonly maxReplicas: number;
    readonly metrics?: readonly Metric[];
  };
  readonly status?: { readonly currentReplicas?: number; readonly currentMetrics?: readonly Current[] };
};

export const horizontalPodAutoscalers = entry<Autoscaler>('horizontalpodautoscalers.autoscaling', {
  columns: [NAME, text('Reference'), text('Targets'), text('MinPods'), text('MaxPods'), text('Replicas'), AGE],
  row: (scaler, context) => [
    scaler.metadata.name,
    `${scaler.spec.scaleTargetRef.kind}/${scaler.spec.scaleTargetRef.name}`,
    targetsText(scaler),
    scaler.spec.minReplicas === undefined ? '<unset>' : String(scaler.spec.minReplicas),
    scaler.spec.maxReplicas,
    scaler.status?.currentReplicas ?? 0,
    age(scaler, context),
  ],
  defaults: (scaler) =>
    over(scaler, 'spec', ({ targetCPUUtilizationPercentage: averageUtilization = 80, ...spec }) =>
      fill<Autoscaler['spec']>(spec, {
        minReplicas: 1,
        metrics: [
          {
            type: 'Resource',
            resource: {
              name: 'cpu',
              target: { averageUtilization, type: 'Utilization' } as { averageUtilization: number },
            },
          },
        ],
      }),
    ),
  validate: ({ spec }) => [
    ...(spec?.maxReplicas === undefined || spec.maxReplicas < 1
      ? [invalid('spec.maxReplicas', spec?.maxReplicas ?? 0, 'must be greater than 0')]
      : []),
    ...(spec?.maxReplicas !== undefined && spec.minReplicas !== undefined && spec.maxReplicas < spec.minReplicas
      ? [invalid('spec.maxReplicas', spec.maxReplicas, 'must be greater than or equal to `minReplicas`')]
      : []),
    ...(spec?.scaleTargetRef?.name === undefined || spec.scaleTargetRef.name === ''
      ? [required('spec.scaleTargetRef.name')]
      : []),
  ],
});

function targetsText({ spec, status }: Autoscaler): string {
  const texts = (spec.metrics ?? []).map(({ resource }, index) => {
    const now = status?.currentMetrics?.[index]?.resource?.current;
    const utilization = resource?.target?.averageUtilization;
    if (resource === undefined) return '<unknown>';
    if (utilization !== undefined)
      return `${resource.name}: ${now?.averageUtilization === undefined ? '<unknown>' : `${String(now.averageUtilization)}%`}/${String(utilization)}%`;
    return `${resource.name}: ${now?.averageValue ?? '<unknown>'}/${resource.target?.averageValue ?? '<auto>'}`;
  });
  return texts.length === 0 ? '<none>' : texts.join(', ');
}
