/**
 * Names of schemas in the OpenAPI documents: `io.k8s.api.core.v1.PodSpec`. The models are named by the client package
 * (`V1PodSpec`, `RbacV1Subject`), which drops the Go package; it is found again from the kinds that lead to the model.
 */
import { type Field, servedResources, typeOf } from '../../schema/index.ts';

const META = 'io.k8s.apimachinery.pkg.apis.meta.v1';
const META_ROOTS = ['V1ObjectMeta', 'V1ListMeta', 'V1LabelSelector', 'V1Status', 'V1DeleteOptions', 'V1Condition'];
/** Types of the core group that only a kind of another group leads to. */
const CORE_ROOTS = ['V1TopologySelectorTerm'];
/** Groups whose types do not stand in k8s.io/api. */
const OTHER_PACKAGES: Readonly<Record<string, string>> = {
  'apiextensions.k8s.io': 'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions',
  'apiregistration.k8s.io': 'io.k8s.kube-aggregator.pkg.apis.apiregistration',
};

/** Types that are one value in JSON, each with a schema of its own. */
export const VALUE_SCHEMAS = {
  'date-time': { name: `${META}.Time`, schema: { type: 'string', format: 'date-time' } },
  'micro-time': { name: `${META}.MicroTime`, schema: { type: 'string', format: 'date-time' } },
  quantity: {
    name: 'io.k8s.apimachinery.pkg.api.resource.Quantity',
    schema: { oneOf: [{ type: 'string' }, { type: 'number' }] },
  },
  'int-or-string': {
    name: 'io.k8s.apimachinery.pkg.util.intstr.IntOrString',
    schema: { format: 'int-or-string', oneOf: [{ type: 'integer' }, { type: 'string' }] },
  },
} as const;

/** Whether a field holds one of the types of `VALUE_SCHEMAS`. */
export const isValueType = (type: Field['type']): type is keyof typeof VALUE_SCHEMAS => type in VALUE_SCHEMAS;

let packages: ReadonlyMap<string, string> | undefined;

/** The schema name of a model of the client package. */
export function schemaName(model: string): string {
  packages ??= findPackages();
  const kind = model.replace(/^(?:[A-Z][a-z]+)?V\d+(?:(?:alpha|beta)\d+)?(?=[A-Z])/, '');
  return `${packages.get(model) ?? META}.${kind}`;
}

function findPackages(): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const visit = (model: string, name: string): void => {
    const type = typeOf(model);
    if (type === undefined || found.has(model)) return;
    found.set(model, name);
    for (const { ref } of type.fields.values()) if (ref !== undefined) visit(ref, name);
  };
  for (const model of META_ROOTS) visit(model, META);
  const resources = servedResources();
  // Other groups embed the core group's types, never the other way round.
  const core = resources.filter(({ group }) => group === '');
  for (const { model } of core) visit(model, packageOf('', 'v1'));
  for (const model of CORE_ROOTS) visit(model, packageOf('', 'v1'));
  for (const { model, group, version } of resources) visit(model, packageOf(group, version));
  return found;
}

function packageOf(group: string, version: string): string {
  const [first = ''] = group.split('.');
  return `${OTHER_PACKAGES[group] ?? `io.k8s.api.${first === '' ? 'core' : first}`}.${version}`;
}
