import { type FieldError, invalid, required } from '../../apimachinery/field-error.ts';
import type { ApiObject, Condition } from '../../apimachinery/types.ts';
import { CREATED_AT, NAME } from '../common/columns.ts';
import { fill, over } from '../fill.ts';
import { entry } from '../strategy.ts';

type Names = {
  readonly plural: string;
  readonly singular?: string;
  readonly kind: string;
  readonly listKind?: string;
  readonly shortNames?: readonly string[];
};
type Definition = ApiObject & {
  readonly spec: {
    readonly group: string;
    readonly names: Names;
    readonly scope: string;
    readonly conversion?: { readonly strategy: string };
    readonly versions: readonly {
      readonly name: string;
      readonly served: boolean;
      readonly storage: boolean;
      readonly schema?: object;
    }[];
  };
  readonly status?: {
    readonly conditions?: readonly Condition[];
    readonly acceptedNames?: Names;
    readonly storedVersions?: readonly string[];
  };
};

export const customResourceDefinitions = entry<Definition>('customresourcedefinitions.apiextensions.k8s.io', {
  columns: [NAME, CREATED_AT],
  row: ({ metadata }) => [metadata.name, metadata.creationTimestamp],
  defaults: (definition) =>
    over(definition, 'spec', (spec) =>
      over(fill<Definition['spec']>(spec, { conversion: { strategy: 'None' } }), 'names', (names) => {
        const { kind } = names;
        return fill<Names>(names, { singular: kind.toLowerCase(), listKind: `${kind}List` });
      }),
    ),
  prepareForCreate: (definition) => {
    const at = definition.metadata.creationTimestamp;
    const condition = (type: string, reason: string, message: string): Condition => ({
      type,
      status: 'True',
      lastTransitionTime: at,
      reason,
      message,
    });
    return {
      ...definition,
      status: {
        conditions: [
          condition('NamesAccepted', 'NoConflicts', 'no conflicts found'),
          condition('Established', 'InitialNamesAccepted', 'the initial names have been accepted'),
        ],
        ...(definition.spec?.names === undefined ? {} : { acceptedNames: definition.spec.names }),
        storedVersions: (definition.spec?.versions ?? []).filter(({ storage }) => storage).map(({ name }) => name),
      },
    };
  },
  validate: ({ metadata, spec }) => {
    if (spec === undefined) return [];
    const errors: FieldError[] = [];
    const wanted = `${spec.names?.plural ?? ''}.${spec.group ?? ''}`;
    if (metadata.name !== wanted)
      errors.push(invalid('metadata.name', metadata.name, `must be spec.names.plural+"."+spec.group`));
    if (!spec.group) errors.push(required('spec.group'));
    if (!['Namespaced', 'Cluster'].includes(spec.scope))
      errors.push({
        type: 'NotSupported',
        field: 'spec.scope',
        body: `Unsupported value: ${JSON.stringify(spec.scope ?? '')}: supported values: "Cluster", "Namespaced"`,
      });
    if ((spec.versions ?? []).filter(({ storage }) => storage).length !== 1)
      errors.push(
        invalid('spec.versions', spec.versions ?? [], 'must have exactly one version marked as storage version'),
      );
    (spec.versions ?? []).forEach((version, index) => {
      if (version.schema === undefined)
        errors.push(required(`spec.versions[${String(index)}].schema.openAPIV3Schema`, 'schemas are required'));
    });
    return errors;
  },
});
