/**
 * kubectl explain, from the OpenAPI document that the server publishes for the kind.
 * Facts: kubectl pkg/explain/v2 (layout).
 */
import type { JsonObject } from '../../../../protocol/plain.ts';
import type { Context } from '../context.ts';
import type { ResourceType } from '../discovery.ts';
import { fatal, fatalText } from '../fatal.ts';
import { fieldAt, objectAt, objectsAt, sortedEntries, textAt, textsAt } from '../fields.ts';
import type { Verb } from '../verb.ts';
import { wordWrap } from '../word-wrap.ts';

const WIDTH = 80;

export const explain: Verb = {
  path: 'explain',
  short: 'Get documentation for a resource',
  examples: ['kubectl explain pods', 'kubectl explain pods.spec.containers'],
  flags: ['api-version', 'output', 'recursive'],
  run: async (context) => {
    const { flags } = context;
    const [word, more] = flags.args;
    if (word === undefined)
      fatal(
        'You must specify the type of resource to explain. Use "kubectl api-resources" for a complete list of supported resources.',
      );
    if (more !== undefined) fatal(`We accept only this format: explain RESOURCE\n`);
    if (flags.changed('output') && flags.string('output') !== 'plaintext')
      context.notSimulated(`kubectl explain --output=${flags.string('output')}`);
    const { type, path } = await target(context, word);
    const document = new Document(await documentOf(context, type));
    const root = document.kind(type);
    if (root === undefined)
      fatal(`couldn't find resource for "${type.group}/${type.version}, Resource=${type.plural}"`);
    // The head stands even where the field is not found.
    context.io.out(head(type));
    context.io.out(body(document, root, path, flags.bool('recursive')));
    return 0;
  },
};

async function target(context: Context, word: string): Promise<{ type: ResourceType; path: readonly string[] }> {
  const apiVersion = context.flags.string('api-version');
  const parts = word.split('.');
  const [first = ''] = parts;
  // `deployments.apps` and `deployments.v1.apps` name a group; what follows is the path.
  let type =
    (await context.discovery.lookup(first)) ??
    fatalText(`the server doesn't have a resource type ${JSON.stringify(first)}`);
  let path = parts.slice(1);
  if (type.group !== '' && path.join('.').startsWith(type.group)) path = path.slice(type.group.split('.').length);
  if (apiVersion !== '') {
    const all = await context.discovery.all();
    const [group, version] = apiVersion.includes('/') ? apiVersion.split('/') : ['', apiVersion];
    type =
      all.find((item) => item.plural === type.plural && item.group === group && item.version === version) ??
      fatal(`couldn't find resource for "${apiVersion}, Kind=${type.kind}"`);
  }
  return { type, path };
}

async function documentOf(context: Context, type: ResourceType): Promise<JsonObject> {
  const index = await context.api.get('/openapi/v3');
  const key = type.group === '' ? `api/${type.version}` : `apis/${type.group}/${type.version}`;
  const url = textAt(index, 'paths', key, 'serverRelativeURL');
  if (url === '')
    fatal(
      `couldn't find resource for "${type.group === '' ? '' : `${type.group}/`}${type.version}, Resource=${type.plural}"`,
    );
  return context.api.get(url);
}

class Document {
  private readonly schemas: JsonObject;

  constructor(document: JsonObject) {
    this.schemas = objectAt(document, 'components', 'schemas');
  }

  kind(type: ResourceType): JsonObject | undefined {
    return Object.values(this.schemas).find((schema): schema is JsonObject =>
      objectsAt(schema, 'x-kubernetes-group-version-kind').some(
        (item) =>
          textAt(item, 'group') === type.group &&
          textAt(item, 'version') === type.version &&
          textAt(item, 'kind') === type.kind,
      ),
    );
  }

  /** The schema behind references, without its list or map. */
  resolve(schema: JsonObject): JsonObject {
    const reference = this.reference(schema);
    if (reference !== '') return this.resolve(objectAt(this.schemas, reference));
    if (fieldAt(schema, 'items') !== undefined) return this.resolve(objectAt(schema, 'items'));
    if (fieldAt(schema, 'additionalProperties') !== undefined)
      return this.resolve(objectAt(schema, 'additionalProperties'));
    return schema;
  }

  reference(schema: JsonObject): string {
    const own = textAt(schema, '$ref');
    const from =
      own === ''
        ? objectsAt(schema, 'allOf')
            .map((item) => textAt(item, '$ref'))
            .find((text) => text !== '')
        : own;
    return from === undefined ? '' : (from.split('/').at(-1) ?? '');
  }

  typeName(schema: JsonObject): string {
    const reference = this.reference(schema);
    if (reference !== '') {
      const named = objectAt(this.schemas, reference);
      const type = textAt(named, 'type');
      return type === '' || type === 'object' ? (reference.split('.').at(-1) ?? reference) : type;
    }
    if (textAt(schema, 'type') === 'array') return `[]${this.typeName(objectAt(schema, 'items'))}`;
    if (fieldAt(schema, 'additionalProperties') !== undefined)
      return `map[string]${this.typeName(objectAt(schema, 'additionalProperties'))}`;
    const type = textAt(schema, 'type');
    return type === '' || type === 'object' ? 'Object' : type;
  }
}

const head = ({ group, kind, version }: ResourceType): string =>
  `${group === '' ? '' : `GROUP:      ${group}\n`}KIND:       ${kind}\nVERSION:    ${version}\n\n`;

function body(document: Document, root: JsonObject, path: readonly string[], recursive: boolean): string {
  let schema = root;
  for (const name of path) {
    const inner = document.resolve(schema);
    if (fieldAt(inner, 'properties', name) === undefined) fatal(`field ${JSON.stringify(name)} does not exist`);
    schema = objectAt(inner, 'properties', name);
  }
  const lines: string[] = [];
  if (schema !== root)
    lines.push(`FIELD: ${path.at(-1) ?? ''} <${document.typeName(schema)}>`, ...enumLines(schema, ''), '', '');
  const resolved = document.resolve(schema);
  lines.push('DESCRIPTION:', ...descriptionLines(schema, resolved));
  const properties = sortedEntries(objectAt(resolved, 'properties'));
  if (properties.length > 0) {
    lines.push('FIELDS:');
    const required = textsAt(resolved, 'required');
    for (const [name, member] of properties) {
      const field = objectAt({ member }, 'member');
      lines.push(...fieldLines(document, name, field, required.includes(name), recursive, 2, new Set([resolved])));
    }
  }
  return `${lines.join('\n')}\n\n`;
}

/** What the field says of itself, then what its type says. */
function descriptionLines(schema: JsonObject, resolved: JsonObject): readonly string[] {
  const texts = [schema, ...(resolved === schema ? [] : [resolved])].map((one) => textAt(one, 'description'));
  const known = texts.filter((text) => text !== '');
  return known.length === 0 ? ['    <empty>'] : wrap(`${known.join('\n')}\n`, 4);
}

function fieldLines(
  document: Document,
  name: string,
  schema: JsonObject,
  isRequired: boolean,
  recursive: boolean,
  indent: number,
  seen: ReadonlySet<JsonObject>,
): string[] {
  const pad = ' '.repeat(indent);
  const head = `${pad}${name}\t<${document.typeName(schema)}>${isRequired ? ' -required-' : ''}`;
  if (!recursive) {
    const text = textAt(schema, 'description');
    return [head, ...enumLines(schema, pad), ...wrap(text === '' ? '<no description>' : text, indent + 2), ''];
  }
  const inner = document.resolve(schema);
  const lines = [head, ...enumLines(schema, pad)];
  if (seen.has(inner)) return lines;
  const required = textsAt(inner, 'required');
  for (const [key, member] of sortedEntries(objectAt(inner, 'properties'))) {
    lines.push(
      ...fieldLines(
        document,
        key,
        objectAt({ member }, 'member'),
        required.includes(key),
        true,
        indent + 2,
        new Set([...seen, inner]),
      ),
    );
  }
  return lines;
}

function enumLines(schema: JsonObject, pad: string): string[] {
  const values = textsAt(schema, 'enum');
  if (values.length === 0) return [];
  const shown = values.slice(0, 4).join(', ');
  return [`${pad}enum: ${shown}${values.length > 4 ? ', ....' : ''}`];
}

const wrap = (text: string, indent: number): readonly string[] =>
  wordWrap(text, WIDTH - indent).map((line) => `${' '.repeat(indent)}${line}`);
