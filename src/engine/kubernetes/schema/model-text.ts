import { MODEL_LINES } from './generated/models.ts';

/** What a field holds when it is neither a list, nor a map, nor another model. */
export type ScalarType =
  | 'string'
  | 'integer'
  | 'number'
  | 'boolean'
  | 'object'
  | 'any'
  | 'int-or-string'
  | 'quantity'
  | 'date-time'
  | 'micro-time'
  | 'byte';

export interface Field {
  /** The JSON spelling: `clusterIP`, `$ref`, `x-kubernetes-validations`. */
  readonly name: string;
  /** Of one element, if the field is a list or a map; `object` where `ref` names a model. */
  readonly type: ScalarType;
  readonly format?: 'int32' | 'int64' | 'double';
  /** The model of one element. */
  readonly ref?: string;
  readonly array: boolean;
  /** With `array` too, a map whose values are lists. */
  readonly map: boolean;
  readonly required: boolean;
}

export interface Model {
  readonly name: string;
  /** In alphabetical order. */
  readonly fields: ReadonlyMap<string, Field>;
  readonly required: readonly string[];
}

const SCALARS: Readonly<Record<string, Pick<Field, 'type' | 'format'>>> = {
  a: { type: 'any' },
  b: { type: 'boolean' },
  i: { type: 'integer', format: 'int32' },
  l: { type: 'integer', format: 'int64' },
  n: { type: 'number', format: 'double' },
  o: { type: 'object' },
  q: { type: 'quantity' },
  s: { type: 'string' },
  t: { type: 'date-time' },
  u: { type: 'micro-time' },
  x: { type: 'int-or-string' },
  y: { type: 'byte' },
};

let lines: ReadonlyMap<string, string> | undefined;
const parsed = new Map<string, Model>();

/** The model of that name (`V1PodSpec`, `CoreV1Event`), or undefined. Parsed on first use: most are never asked for. */
export function typeOf(model: string): Model | undefined {
  const known = parsed.get(model);
  if (known !== undefined) return known;
  const line = modelLines().get(model);
  if (line === undefined) return undefined;
  const result = parseModel(line);
  parsed.set(model, result);
  return result;
}

/** Names of every built-in model, in alphabetical order. */
export function modelNames(): readonly string[] {
  return [...modelLines().keys()];
}

function modelLines(): ReadonlyMap<string, string> {
  lines ??= new Map(MODEL_LINES.split('\n').map((line) => [line.slice(0, (line + ' ').indexOf(' ')), line]));
  return lines;
}

function parseModel(line: string): Model {
  const [name = '', ...words] = line.split(' ');
  const fields = words.map(parseField);
  return {
    name,
    fields: new Map(fields.map((field) => [field.name, field])),
    required: fields.filter((field) => field.required).map((field) => field.name),
  };
}

/** `name!:{}[]V1Foo`: `!` is required, `{}` a map, `[]` a list; one small letter is a scalar, else a model. */
function parseField(word: string): Field {
  const colon = word.lastIndexOf(':');
  const required = word[colon - 1] === '!';
  const name = word.slice(0, required ? colon - 1 : colon);
  const map = word.startsWith('{}', colon + 1);
  const array = word.includes('[]', colon);
  const element = word.slice(colon + 1 + (map ? 2 : 0) + (array ? 2 : 0));
  const scalar = SCALARS[element];
  return { name, ...(scalar ?? { type: 'object', ref: element }), array, map, required };
}
