import type { ReplicationController } from '../../apimachinery/types.ts';
import { NAME, integer, labelsText } from '../common/columns.ts';
import { WORKLOAD_COLUMNS, templateCells } from '../common/workload.ts';
import { validateReplicas, validateTemplate } from '../common/workload-validation.ts';
import { fill, over } from '../fill.ts';
import { defaultTemplate } from '../pod/pod-spec-defaults.ts';
import { entry } from '../strategy.ts';

export const replicationControllers = entry<ReplicationController>('replicationcontrollers', {
  columns: [NAME, integer('Desired'), integer('Current'), integer('Ready'), ...WORKLOAD_COLUMNS],
  row: (controller, context) => {
    return [
      controller.metadata.name,
      controller.spec.replicas ?? 1,
      controller.status?.replicas ?? 0,
      controller.status?.readyReplicas ?? 0,
      ...templateCells(controller, controller.spec.template?.spec.containers ?? [], context),
      labelsText(controller.spec.selector),
    ];
  },
  defaults: (controller) => {
    const labels = controller.spec?.template?.metadata?.labels;
    const own = over(controller, 'spec', (spec) =>
      over(
        fill(spec, { replicas: 1, ...(labels === undefined ? {} : { selector: labels }) }),
        'template',
        defaultTemplate,
      ),
    );
    return labels === undefined ? own : over(own, 'metadata', (metadata) => fill(metadata, { labels }));
  },
  prepareForCreate: (controller) => ({ ...controller, status: { replicas: 0 } }),
  validate: ({ spec }) =>
    spec === undefined
      ? []
      : [
          ...validateReplicas(spec.replicas),
          ...validateTemplate(spec.template, { matchLabels: spec.selector ?? {} }, 'spec.template', ['Always']),
        ],
  orphansByDefault: true,
  scale: ({ spec, status }) => ({
    replicas: spec.replicas ?? 1,
    observed: status?.replicas ?? 0,
    selector: { matchLabels: spec.selector ?? {} },
  }),
  withReplicas: (controller, replicas) => ({ ...controller, spec: { ...controller.spec, replicas } }),
});
