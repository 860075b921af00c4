/**
 * OpenAPI v3: the index, and per group version the paths that clients look for with the schemas that explain shows.
 * Leaves out: parameters beyond fieldValidation, responses, security.
 */
import { KUBERNETES_VERSION } from '../../../versions.ts';
import type { JsonObject, JsonValue } from '../../../../protocol/plain.ts';
import { type Field, loadDescriptions, typeOf } from '../../schema/index.ts';
import { fnv32a } from '../../apimachinery/pod-hash.ts';
import type { Registry, ResourceInfo } from '../registry.ts';

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

/** `io.k8s.api.core.v1.Pod`-like name; only its uniqueness matters to clients. */
const schemaName = (model: string): string => `io.k8s.${model}`;

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
    properties[field.name] = fieldSchema(field, describe(model, field.name));
    if (field.ref !== undefined) addSchema(schemas, field.ref, describe);
  }
}

function fieldSchema(field: Field, description: string): JsonObject {
  const element = elementSchema(field);
  const list: JsonObject = field.array ? { type: 'array', items: element } : element;
  const whole: JsonObject = field.map ? { type: 'object', additionalProperties: list } : list;
  // A reference stands inside allOf, so that it can have a description beside it.
  return field.ref !== undefined && !field.array && !field.map
    ? { description, allOf: [element], default: {} }
    : { description, ...whole };
}

function elementSchema(field: Field): JsonObject {
  if (field.ref !== undefined) return { $ref: `#/components/schemas/${schemaName(field.ref)}` };
  switch (field.type) {
    case 'boolean':
    case 'object':
      return { type: field.type };
    case 'integer':
    case 'number':
      return { type: field.type, ...(field.format === undefined ? {} : { format: field.format }) };
    case 'int-or-string':
      return { type: 'string', format: 'int-or-string' };
    case 'date-time':
    case 'micro-time':
      return { type: 'string', format: 'date-time' };
    case 'byte':
      return { type: 'string', format: 'byte' };
    case 'any':
      return {};
    default:
      return { type: 'string' };
  }
}
