/**
 * OpenAPI v3: the index, and per group version the paths that clients look for with the schemas that explain shows.
 * Leaves out: parameters beyond fieldValidation, responses, security, enumerations and defaults.
 */
import { KUBERNETES_VERSION } from '../../../versions.ts';
import type { JsonObject, JsonValue } from '../../../../protocol/plain.ts';
import { type Field, loadDescriptions, mergeKey, typeOf } from '../../schema/index.ts';
import { fnv32a } from '../../apimachinery/pod-hash.ts';
import type { Registry, ResourceInfo } from '../registry.ts';
import { VALUE_SCHEMAS, isValueType, schemaName } from './openapi-names.ts';

const pathOf = (info: ResourceInfo): string =>
  info.group === '' ? `api/${info.version}` : `apis/${info.group}/${info.version}`;

/** `/openapi/v3`: where each group version's document is. */
export function openApiIndex(registry: Registry): JsonObject {
  const paths: { [path: string]: JsonValue } = {};
  for (const info of registry.all()) {
    const path = pathOf(info);
    paths[path] = {
      serverRelativeURL: `/openapi/v3/${path}?hash=${fnv32a(path).toString(16).toUpperCase().padStart(8, '0')}`,
    };
  }
  return { paths };
}

export type Describe = (model: string, field?: string) => string;
export const describeNothing: Describe = () => '';
export { loadDescriptions };

/** The document of a group version (`apis/apps/v1`); undefined where it is not served. */
export function openApiDocument(registry: Registry, path: string, describe: Describe): JsonObject | undefined {
  const infos = [...registry.all()].filter((info) => pathOf(info) === path);
  if (infos.length === 0) return undefined;
  const paths: { [path: string]: JsonValue } = {};
  const schemas: { [name: string]: JsonValue } = {};
  for (const info of infos) {
    const collection = `/${path}/${info.namespaced ? 'namespaces/{namespace}/' : ''}${info.plural}`;
    const kind = { group: info.group, version: info.version, kind: info.kind };
    const operation = (action: string): JsonObject => ({
      'x-kubernetes-action': action,
      'x-kubernetes-group-version-kind': kind,
      parameters: [
        { name: 'fieldValidation', in: 'query', schema: { type: 'string', uniqueItems: true } },
        { name: 'dryRun', in: 'query', schema: { type: 'string', uniqueItems: true } },
      ],
      responses: {},
    });
    paths[collection] = { post: operation('post'), get: operation('list') };
    paths[`${collection}/{name}`] = {
      get: operation('get'),
      put: operation('put'),
      patch: operation('patch'),
      delete: operation('delete'),
    };
    if (info.model === undefined)
      schemas[`io.drydock.${info.group}.${info.version}.${info.kind}`] = {
        type: 'object',
        'x-kubernetes-group-version-kind': [kind],
      };
    else addSchema(schemas, info.model, describe, kind);
  }
  return {
    openapi: '3.0.0',
    info: { title: 'Kubernetes', version: KUBERNETES_VERSION },
    paths,
    components: { schemas },
  };
}

function addSchema(schemas: { [name: string]: JsonValue }, model: string, describe: Describe, kind?: JsonObject): void {
  const name = schemaName(model);
  if (schemas[name] !== undefined) return;
  const type = typeOf(model);
  if (type === undefined) return;
  const properties: { [field: string]: JsonValue } = {};
  schemas[name] = {
    description: describe(model),
    type: 'object',
    properties,
    ...(type.required.length === 0 ? {} : { required: type.required }),
    ...(kind === undefined ? {} : { 'x-kubernetes-group-version-kind': [kind] }),
  };
  for (const field of type.fields.values()) {
    properties[field.name] = {
      description: describe(model, field.name),
      ...fieldSchema(field),
      ...patchExtensions(model, field.name),
    };
    if (field.ref !== undefined) addSchema(schemas, field.ref, describe);
    if (isValueType(field.type)) schemas[VALUE_SCHEMAS[field.type].name] = VALUE_SCHEMAS[field.type].schema;
  }
}

/** A reference stands inside allOf, so that other keys can stand beside it. */
function fieldSchema(field: Field): JsonObject {
  const reference = referenceOf(field);
  const element = reference === undefined ? scalarSchema(field) : { allOf: [{ $ref: reference }] };
  const list: JsonObject = field.array ? { type: 'array', items: element } : element;
  return field.map ? { type: 'object', additionalProperties: list } : list;
}

function referenceOf({ ref, type }: Field): string | undefined {
  const name = ref === undefined ? (isValueType(type) ? VALUE_SCHEMAS[type].name : undefined) : schemaName(ref);
  return name === undefined ? undefined : `#/components/schemas/${name}`;
}

function scalarSchema({ type, format }: Field): JsonObject {
  switch (type) {
    case 'any':
      return {};
    case 'byte':
      return { type: 'string', format: 'byte' };
    default:
      return { type, ...(format === undefined ? {} : { format }) };
  }
}

/** How clients that patch merge the field's elements. */
function patchExtensions(model: string, field: string): JsonObject {
  const fact = mergeKey(model, field);
  if (fact === undefined) return {};
  return {
    ...(fact.listType === undefined ? {} : { 'x-kubernetes-list-type': fact.listType }),
    ...(fact.listMapKeys === undefined ? {} : { 'x-kubernetes-list-map-keys': fact.listMapKeys }),
    ...(fact.mergeKey === undefined ? {} : { 'x-kubernetes-patch-merge-key': fact.mergeKey }),
    ...(fact.strategies.length === 0 ? {} : { 'x-kubernetes-patch-strategy': fact.strategies.join(',') }),
  };
}
