/** The built-in kinds as one JSON schema for the editor, made at build time from the schema that the engine uses. */
import type { Plugin } from 'vite';
import { describeInText } from '../src/engine/kubernetes/schema/description-text.ts';
import {
  type Field,
  type ScalarType,
  modelNames,
  servedResources,
  typeOf,
} from '../src/engine/kubernetes/schema/index.ts';

type Schema = Readonly<Record<string, unknown>>;

const SCALARS: Readonly<Record<ScalarType, Schema>> = {
  string: { type: 'string' },
  integer: { type: 'integer' },
  number: { type: 'number' },
  boolean: { type: 'boolean' },
  object: { type: 'object' },
  any: {},
  'int-or-string': { type: ['integer', 'string'] },
  quantity: { type: ['string', 'number'] },
  'date-time': { type: 'string' },
  'micro-time': { type: 'string' },
  byte: { type: 'string' },
};

/** A schema that tells kinds apart by apiVersion and kind, so that each document meets only its own. */
export function kubernetesJsonSchema(): Schema {
  const resources = [...new Map(servedResources().map((resource) => [kindKey(resource), resource])).values()];
  const versionOf = ({ group, version }: { group: string; version: string }): string =>
    group === '' ? version : `${group}/${version}`;
  const unique = (values: readonly string[]): readonly string[] => [...new Set(values)].toSorted();
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    type: 'object',
    required: ['apiVersion', 'kind'],
    properties: {
      apiVersion: { type: 'string', ...offered(unique(resources.map(versionOf))) },
      kind: { type: 'string', ...offered(unique(resources.map(({ kind }) => kind))) },
    },
    allOf: resources.map((resource) => ({
      if: {
        // What is no object would have every property that is asked for.
        type: 'object',
        required: ['apiVersion', 'kind'],
        properties: { apiVersion: { const: versionOf(resource) }, kind: { const: resource.kind } },
      },
      then: {
        // What stands at `kind` is told as what the kind is.
        properties: { kind: { title: resource.kind, ...described(describeInText(resource.model)) } },
        allOf: [{ $ref: `#/definitions/${resource.model}` }],
      },
    })),
    definitions: Object.fromEntries(
      reachable(resources.map(({ model }) => model)).map((name) => [name, modelSchema(name)]),
    ),
  };
}

/** Offered while typing; examples would be listed wherever the word is pointed at. */
const offered = (words: readonly string[]): Schema => ({
  defaultSnippets: words.map((word) => ({ label: word, body: word })),
});

const kindKey = ({ group, version, kind }: { group: string; version: string; kind: string }): string =>
  `${group}/${version}/${kind}`;

function reachable(roots: readonly string[]): readonly string[] {
  const found = new Set<string>();
  const visit = (name: string): void => {
    if (found.has(name)) return;
    found.add(name);
    for (const { ref } of typeOf(name)?.fields.values() ?? []) if (ref !== undefined) visit(ref);
  };
  roots.forEach(visit);
  return modelNames().filter((name) => found.has(name));
}

function modelSchema(name: string): Schema {
  const model = typeOf(name);
  if (model === undefined) return {};
  const properties = [...model.fields.values()].map((field) => [field.name, fieldSchema(name, field)]);
  const required = model.required.length === 0 ? {} : { required: model.required };
  return {
    // As upstream names it; the version is told by apiVersion.
    title: name.replace(/^V\d+((Alpha|Beta)\d+)?(?=[A-Z])/, ''),
    type: 'object',
    ...described(describeInText(name)),
    ...required,
    additionalProperties: false,
    properties: Object.fromEntries(properties),
  };
}

function fieldSchema(model: string, field: Field): Schema {
  let schema: Schema = field.ref === undefined ? SCALARS[field.type] : { $ref: `#/definitions/${field.ref}` };
  if (field.array) schema = { type: 'array', items: schema };
  if (field.map) schema = { type: 'object', additionalProperties: schema };
  const description = described(describeInText(model, field.name));
  // Beside a $ref draft-07 ignores everything else.
  return '$ref' in schema ? { allOf: [schema], ...description } : { ...schema, ...description };
}

const described = (text: string): Schema => (text === '' ? {} : { description: text });

const ID = 'virtual:kubernetes-json-schema';

/** Offers the schema as a module of its own, loaded with the editor. */
export function kubernetesSchemaPlugin(): Plugin {
  return {
    name: 'drydock-kubernetes-json-schema',
    resolveId: (id) => (id === ID ? `\0${ID}` : undefined),
    load: (id) =>
      id === `\0${ID}`
        ? `export const kubernetesSchema = JSON.parse(${JSON.stringify(JSON.stringify(kubernetesJsonSchema()))});`
        : undefined,
  };
}
