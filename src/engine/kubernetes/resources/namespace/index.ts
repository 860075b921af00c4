import { isDns1123Label } from '../../apimachinery/names.ts';
import type { Namespace } from '../../apimachinery/types.ts';
import { AGE, NAME, age, text } from '../common/columns.ts';
import { entry } from '../strategy.ts';

const NAME_LABEL = 'kubernetes.io/metadata.name';

export const namespaces = entry<Namespace>('namespaces', {
  columns: [NAME, text('Status'), AGE],
  row: (namespace, context) => [namespace.metadata.name, namespace.status?.phase ?? '', age(namespace, context)],
  defaults: (namespace) => {
    const { name, labels } = namespace.metadata;
    if (name === undefined || labels?.[NAME_LABEL] === name) return namespace;
    return { ...namespace, metadata: { ...namespace.metadata, labels: { ...labels, [NAME_LABEL]: name } } };
  },
  prepareForCreate: (namespace) => {
    const finalizers = namespace.spec?.finalizers ?? [];
    return {
      ...namespace,
      spec: { finalizers: finalizers.includes('kubernetes') ? finalizers : [...finalizers, 'kubernetes'] },
      status: { phase: 'Active' },
    };
  },
  prepareForUpdate: (namespace, old) => (old.spec === undefined ? namespace : { ...namespace, spec: old.spec }),
  validateName: isDns1123Label,
  fields: {
    'status.phase': (namespace) => namespace.status?.phase ?? '',
    name: (namespace) => namespace.metadata.name,
  },
});
