/** JSON Patch (RFC 6902) with the error texts of evanphx/json-patch. */
import type { JsonObject, JsonValue } from '../../../protocol/plain.ts';
import { deepEqual } from './equality.ts';

export interface PatchError {
  readonly error: string;
}

class Refused extends Error {}

/** Applies the operations in order; the first that fails ends it. */
export function applyJsonPatch(
  document: JsonValue,
  operations: readonly JsonValue[],
): { readonly value: JsonValue } | PatchError {
  try {
    return { value: operations.reduce<JsonValue>(applyOne, document) };
  } catch (error) {
    if (error instanceof Refused) return { error: error.message };
    throw error;
  }
}

function applyOne(document: JsonValue, operation: JsonValue): JsonValue {
  if (!isMap(operation)) return refuse('Unexpected kind: unknown');
  const { op, path, from, value } = operation;
  const where = typeof path === 'string' ? path : '';
  switch (op) {
    case 'add':
      return write(document, parts(where), value ?? null, 'add', where);
    case 'replace':
      return write(document, parts(where), value ?? null, 'replace', where);
    case 'remove':
      return write(document, parts(where), undefined, 'remove', where);
    case 'move': {
      const moved = read(document, parts(String(from)), 'move', String(from));
      return write(
        write(document, parts(String(from)), undefined, 'remove', String(from)),
        parts(where),
        moved,
        'add',
        where,
      );
    }
    case 'copy':
      return write(document, parts(where), read(document, parts(String(from)), 'copy', String(from)), 'add', where);
    case 'test': {
      const found = find(document, parts(where));
      return deepEqual(found ?? null, value ?? null) ? document : refuse(`testing value ${where} failed: test failed`);
    }
    default:
      return refuse(`Unexpected kind: ${String(op)}`);
  }
}

const parts = (pointer: string): readonly string[] =>
  pointer === ''
    ? []
    : pointer
        .replace(/^\//, '')
        .split('/')
        .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));

function find(document: JsonValue, path: readonly string[]): JsonValue {
  let value = document;
  for (const part of path) {
    if (Array.isArray(value)) value = (value as readonly JsonValue[])[Number(part)];
    else if (isMap(value)) value = value[part];
    else return undefined;
  }
  return value;
}

function read(document: JsonValue, path: readonly string[], op: string, pointer: string): JsonValue {
  const value = find(document, path);
  return value === undefined
    ? refuse(`${op} operation does not apply: doc is missing from path: ${pointer}: missing value`)
    : value;
}

type Mode = 'add' | 'replace' | 'remove';

function write(document: JsonValue, path: readonly string[], value: JsonValue, mode: Mode, pointer: string): JsonValue {
  const [head, ...rest] = path;
  if (head === undefined) return value ?? null;
  if (Array.isArray(document)) return writeList(document, head, rest, value, mode, pointer);
  if (!isMap(document)) return refuse(missing(mode, pointer));
  if (rest.length > 0) {
    const inner = document[head];
    if (inner === undefined || inner === null) return refuse(missing(mode, pointer));
    return { ...document, [head]: write(inner, rest, value, mode, pointer) };
  }
  if (mode !== 'add' && !(head in document)) {
    return refuse(
      mode === 'remove'
        ? `remove operation does not apply: doc is missing path: ${pointer}: missing value`
        : `replace operation does not apply: doc is missing key: ${pointer}: missing value`,
    );
  }
  if (mode !== 'remove') return { ...document, [head]: value };
  return Object.fromEntries(Object.entries(document).filter(([key]) => key !== head));
}

function writeList(
  list: readonly JsonValue[],
  head: string,
  rest: readonly string[],
  value: JsonValue,
  mode: Mode,
  pointer: string,
): JsonValue {
  const append = head === '-' && mode === 'add' && rest.length === 0;
  const index = append ? list.length : Number(head);
  const limit = mode === 'add' && rest.length === 0 ? list.length : list.length - 1;
  if (!Number.isInteger(index) || index < 0 || index > limit) {
    return refuse(
      `${mode} operation does not apply: doc is missing ${rest.length > 0 ? 'path' : 'index'}: ${pointer}: ${rest.length > 0 ? 'missing value' : `invalid index referenced`}`,
    );
  }
  const copy = [...list];
  if (rest.length > 0) copy[index] = write(list[index], rest, value, mode, pointer);
  else if (mode === 'add') copy.splice(index, 0, value);
  else if (mode === 'remove') copy.splice(index, 1);
  else copy[index] = value;
  return copy;
}

const missing = (mode: Mode, pointer: string): string =>
  `${mode} operation does not apply: doc is missing path: ${pointer}: missing value`;
const isMap = (value: JsonValue): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function refuse(message: string): never {
  throw new Refused(message);
}
