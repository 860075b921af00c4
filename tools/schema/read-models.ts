import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { commentOf } from './comment.ts';
import { OBJECT_FIELDS, QUANTITY_FIELDS } from './field-facts.ts';

export interface ModelField {
  readonly name: string;
  readonly required: boolean;
  /** The encoded type: see the legend in src/engine/kubernetes/schema/model-text.ts. */
  readonly type: string;
  readonly description: string;
}

export interface ModelSource {
  readonly name: string;
  readonly description: string;
  readonly fields: readonly ModelField[];
}

interface Attribute {
  readonly name: string;
  readonly baseName: string;
  readonly type: string;
  readonly format: string;
}

/**
 * Reads every model of the pinned client package: JSON names, types and formats from its `attributeTypeMap`,
 * which fields are required and what they mean from its type declarations.
 */
export function readModels(generatedRoot: string): ModelSource[] {
  const folder = join(generatedRoot, 'models');
  const names = [...readFileSync(join(folder, 'all.d.ts'), 'utf8').matchAll(/models\/(\w+)\.js/g)].map(
    (match) => match[1] ?? '',
  );
  const unused = new Set([...QUANTITY_FIELDS, ...OBJECT_FIELDS]);
  const models = names.sort(byCodeUnit).map((name) => readModel(folder, name, unused));
  if (unused.size > 0) throw new Error(`facts that match no field: ${[...unused].join(', ')}`);
  return models;
}

function readModel(folder: string, name: string, unused: Set<string>): ModelSource {
  const declared = readDeclaration(join(folder, `${name}.d.ts`), name);
  const fields = readAttributes(join(folder, `${name}.js`)).map((attribute) => {
    const declaration = declared.fields.get(attribute.name);
    if (declaration === undefined) throw new Error(`${name}.${attribute.name} is not declared`);
    return {
      name: attribute.baseName,
      required: declaration.required,
      type: encodeType(attribute, `${withoutVersion(name)}.${attribute.baseName}`, unused),
      description: declaration.description,
    };
  });
  return { name, description: declared.description, fields };
}

/** `V1beta1Foo` and `CoreV1Foo` both become `Foo`: facts by hand hold for every version of a type. */
export function withoutVersion(model: string): string {
  return model.replace(/^[A-Z][a-z]+(?=V\d)/, '').replace(/^V\d+((alpha|beta)\d+)?(?=[A-Z])/, '');
}

function readAttributes(file: string): Attribute[] {
  const text = readFileSync(file, 'utf8');
  const start = text.indexOf('.attributeTypeMap = [');
  if (start < 0) return [];
  const open = text.indexOf('[', start);
  return JSON.parse(text.slice(open, text.indexOf('\n];', open) + 2)) as Attribute[];
}

const SCALARS: Readonly<Record<string, string>> = { string: 's', boolean: 'b', any: 'a', Date: 't', IntOrString: 'x' };

function encodeType(attribute: Attribute, fact: string, unused: Set<string>): string {
  const { prefix, element } = unwrap(attribute.type);
  const plain = encodeElement(element, attribute.format);
  if (QUANTITY_FIELDS.includes(fact)) {
    unused.delete(fact);
    return `${prefix}q`;
  }
  if (OBJECT_FIELDS.includes(fact)) {
    unused.delete(fact);
    return `${prefix}o`;
  }
  return prefix + plain;
}

function unwrap(type: string): { prefix: string; element: string } {
  const map = /^\{ \[key: string\]: (.*); \}$/.exec(type);
  if (map?.[1] !== undefined) return prefixed('{}', unwrap(map[1]));
  const array = /^Array<(.*)>$/.exec(type);
  if (array?.[1] !== undefined) return prefixed('[]', unwrap(array[1]));
  return { prefix: '', element: type };
}

const prefixed = (prefix: string, inner: { prefix: string; element: string }) => ({
  prefix: prefix + inner.prefix,
  element: inner.element,
});

function encodeElement(element: string, format: string): string {
  if (format === 'byte') return 'y';
  if (format === 'date-time-micro') return 'u';
  if (element === 'number') return format === 'double' ? 'n' : format === 'int64' ? 'l' : 'i';
  return SCALARS[element] ?? element.replace(/^V1MicroTime$/, 'u');
}

interface Declaration {
  readonly description: string;
  readonly fields: ReadonlyMap<string, { readonly required: boolean; readonly description: string }>;
}

function readDeclaration(file: string, name: string): Declaration {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2023, true);
  const declared = source.statements.filter(ts.isClassDeclaration).find((node) => node.name?.text === name);
  if (declared === undefined) throw new Error(`no class ${name} in ${file}`);
  const fields = new Map<string, { required: boolean; description: string }>();
  for (const member of declared.members) {
    if (!ts.isPropertyDeclaration(member) || !ts.isStringLiteral(member.name)) continue;
    fields.set(member.name.text, { required: member.questionToken === undefined, description: commentOf(member) });
  }
  return { description: commentOf(declared), fields };
}

export const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
