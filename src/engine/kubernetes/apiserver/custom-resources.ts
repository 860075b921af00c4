/**
 * Resources that CustomResourceDefinitions add. Models: names, scope, versions, printer columns, status and scale-free
 * subresources. Leaves out: structural schemas (fields are kept as they come), conversion, CEL rules.
 */
import type { JsonObject, JsonValue } from '../../../protocol/plain.ts';
import { groupResource } from '../apimachinery/status.ts';
import type { ApiObject } from '../apimachinery/types.ts';
import type { Column, Strategy } from '../resources/index.ts';
import { age } from '../resources/common/columns.ts';
import type { StoreEvent } from '../etcd/store.ts';
import type { Store } from '../etcd/store.ts';
import type { Registry, ResourceInfo } from './registry.ts';
import { asJson, isObject } from './selection.ts';

export const DEFINITIONS_PREFIX = '/registry/apiextensions.k8s.io/customresourcedefinitions/';
const VERBS = ['delete', 'deletecollection', 'get', 'list', 'patch', 'create', 'update', 'watch'];

type PrinterColumn = {
  readonly name: string;
  readonly type: string;
  readonly jsonPath: string;
  readonly priority?: number;
  readonly description?: string;
  readonly format?: string;
};
type Definition = ApiObject & {
  readonly spec: {
    readonly group: string;
    readonly scope: string;
    readonly names: {
      readonly plural: string;
      readonly singular?: string;
      readonly kind: string;
      readonly shortNames?: readonly string[];
      readonly categories?: readonly string[];
    };
    readonly versions: readonly {
      readonly name: string;
      readonly served: boolean;
      readonly storage: boolean;
      readonly subresources?: { readonly status?: JsonObject };
      readonly additionalPrinterColumns?: readonly PrinterColumn[];
    }[];
  };
};

/** A definition from the store: its schema was checked on the way in. */
const asDefinition = (object: JsonObject): Definition => object as unknown as Definition;

/** Serves what the definitions in the store say; called when the server starts and after a restore. */
export function registerStored(registry: Registry, store: Store): void {
  const range = store.range(DEFINITIONS_PREFIX);
  if (!('error' in range))
    for (const { value } of range.entries) for (const info of infosOf(asDefinition(value))) registry.add(info);
}

/** Follows a write of a definition. */
export function followDefinition(registry: Registry, event: StoreEvent): void {
  if (!event.key.startsWith(DEFINITIONS_PREFIX)) return;
  if (event.previous !== undefined)
    for (const info of infosOf(asDefinition(event.previous.value))) registry.remove(info);
  if (event.entry !== undefined) for (const info of infosOf(asDefinition(event.entry.value))) registry.add(info);
}

function infosOf({ spec }: Definition): readonly ResourceInfo[] {
  const { group, names, scope } = spec;
  return spec.versions
    .filter(({ served }) => served)
    .toSorted((a, b) => Number(a.storage) - Number(b.storage))
    .map((version) => {
      const status = version.subresources?.status !== undefined;
      return {
        group,
        version: version.name,
        kind: names.kind,
        plural: names.plural,
        singular: names.singular ?? names.kind.toLowerCase(),
        namespaced: scope === 'Namespaced',
        verbs: VERBS,
        shortNames: names.shortNames ?? [],
        categories: names.categories ?? [],
        subresources: status
          ? [{ name: 'status', group, version: version.name, kind: names.kind, verbs: ['get', 'patch', 'update'] }]
          : [],
        groupResource: groupResource(names.plural, group),
        apiVersion: `${group}/${version.name}`,
        prefix: `/registry/${group}/${names.plural}/`,
        strategy: printing(version.additionalPrinterColumns ?? []),
        hasStatus: status,
        stored: version.storage,
      };
    });
}

function printing(extra: readonly PrinterColumn[]): Strategy {
  const name: Column = { name: 'Name', type: 'string', format: 'name' };
  if (extra.length === 0)
    return {
      columns: [name, { name: 'Age', type: 'string' }],
      row: (object, context) => [object.metadata.name, age(object, context)],
    };
  return {
    columns: [
      name,
      ...extra.map((column): Column => ({
        name: column.name,
        type: typeOfColumn(column.type),
        priority: column.priority ?? 0,
      })),
    ],
    row: (object, context) => [
      object.metadata.name,
      ...extra.map((column) => {
        const value = valueAt(asJson(object), column.jsonPath);
        if (column.type === 'date')
          return typeof value === 'string'
            ? age({ ...object, metadata: { ...object.metadata, creationTimestamp: value } }, context)
            : '<none>';
        if (typeof value === 'object' && value !== null) return JSON.stringify(value);
        return value ?? null;
      }),
    ],
  };
}

const typeOfColumn = (type: string): Column['type'] =>
  type === 'integer' || type === 'number' || type === 'boolean' ? type : 'string';

/** Simple paths: `.spec.replicas`, `.status.conditions[0].type`. */
function valueAt(object: JsonObject, path: string): JsonValue {
  let value: JsonValue = object;
  for (const step of path.match(/[^.[\]]+/g) ?? []) {
    if (Array.isArray(value)) value = (value as readonly JsonValue[])[Number(step)];
    else if (isObject(value)) value = value[step];
    else return undefined;
  }
  return value;
}
