/** Values by their paths: `["a", 0, {"start": 1, "end": 3}]`. */
import { compareJson, isArray, isObject, typeOf } from './compare.ts';
import type { Json } from './json.ts';
import { printJson } from './print.ts';

/** What a filter raises, for `try` to catch. */
export class JqError extends Error {
  constructor(readonly value: Json) {
    super(typeof value === 'string' ? value : `${printJson(value)} (not a string)`);
  }
}
export const fail = (message: string): never => {
  throw new JqError(message);
};

export type Path = readonly Json[];

/** `.[key]` of a value; throws `JqError`. */
export function getKey(value: Json, key: Json): Json {
  if (isObject(key)) return sliceByKey(value, key);
  if (typeof key === 'string') {
    if (isObject(value)) return value.get(key) ?? null;
    return value === null ? null : fail(`Cannot index ${typeOf(value)} with string "${key}"`);
  }
  if (typeof key === 'number') {
    if (isArray(value)) return value[wholeIndex(value, key)] ?? null;
    return value === null ? null : fail(`Cannot index ${typeOf(value)} with number`);
  }
  if (isArray(key) && isArray(value)) return indicesOf(value, key);
  return fail(`Cannot index ${typeOf(value)} with ${typeOf(key)}`);
}

const wholeIndex = (value: readonly Json[], index: number): number =>
  Math.floor(index) + (index < 0 ? value.length : 0);

/** Where a list, an item or a text occurs. */
export function indicesOf(value: Json, part: Json): Json {
  if (value === null) return null;
  if (typeof value === 'string' && typeof part === 'string') {
    const found: number[] = [];
    for (let at = value.indexOf(part); at >= 0 && part !== ''; at = value.indexOf(part, at + 1)) found.push(at);
    return found.length === 0 && part === '' ? null : found;
  }
  if (!isArray(value)) return fail(`Cannot determine indices of ${typeOf(value)}`);
  const wanted = isArray(part) ? part : [part];
  if (wanted.length === 0) return null;
  return value
    .map((_, at) => at)
    .filter((at) =>
      wanted.every((item, offset) => at + offset < value.length && compareJson(value[at + offset] ?? null, item) === 0),
    );
}

/** The bounds of a slice within a length. */
function bounds(length: number, from: Json, to: Json): readonly [number, number] {
  if ((from !== null && typeof from !== 'number') || (to !== null && typeof to !== 'number'))
    return fail('Start and end indices of an array slice must be numbers');
  const clamp = (at: number): number => Math.max(0, Math.min(length, at < 0 ? at + length : at));
  const start = from === null ? 0 : clamp(Math.floor(from));
  return [start, Math.max(start, to === null ? length : clamp(Math.ceil(to)))];
}

export function getSlice(value: Json, from: Json, to: Json): Json {
  if (value === null) return null;
  if (typeof value === 'string') {
    const chars = [...value];
    return chars.slice(...bounds(chars.length, from, to)).join('');
  }
  if (!isArray(value)) return fail(`Cannot index ${typeOf(value)} with object`);
  return value.slice(...bounds(value.length, from, to));
}
const sliceByKey = (value: Json, key: ReadonlyMap<string, Json>): Json =>
  getSlice(value, key.get('start') ?? null, key.get('end') ?? null);

export const getPath = (value: Json, path: Path): Json =>
  path.reduce<Json>((inner, key) => (inner === null ? null : getKey(inner, key)), value);

/** The value with another in the place of what a path names. */
export function setPath(value: Json, path: Path, wanted: Json): Json {
  const [key, ...rest] = path;
  if (key === undefined) return wanted;
  const inner = rest.length === 0 ? wanted : setPath(value === null ? null : getKey(value, key), rest, wanted);
  return setKey(value, key, inner);
}

function setKey(value: Json, key: Json, wanted: Json): Json {
  if (isObject(key)) {
    const list = value ?? [];
    if (!isArray(list) || !isArray(wanted)) return fail('A slice of an array can only be assigned another array');
    const [from, to] = bounds(list.length, key.get('start') ?? null, key.get('end') ?? null);
    return [...list.slice(0, from), ...wanted, ...list.slice(to)];
  }
  if (typeof key === 'string') {
    if (value !== null && !isObject(value)) return fail(`Cannot index ${typeOf(value)} with string "${key}"`);
    return new Map(value ?? []).set(key, wanted);
  }
  if (typeof key !== 'number') return fail(`Cannot index ${typeOf(value)} with ${typeOf(key)}`);
  if (value !== null && !isArray(value)) return fail(`Cannot index ${typeOf(value)} with number`);
  const items: Json[] = [...(value ?? [])];
  const at = wholeIndex(items, key);
  if (at < 0) return fail('Out of bounds negative array index');
  while (items.length < at) items.push(null);
  items[at] = wanted;
  return items;
}

/** The value without what the paths name. */
export function deletePaths(value: Json, paths: readonly Path[]): Json {
  // The last ones first, so that earlier indices stay what they were.
  const ordered = paths.toSorted((a, b) => -compareJson(a, b));
  return ordered.reduce<Json>((inner, path) => deletePath(inner, path), value);
}

function deletePath(value: Json, [key, ...rest]: Path): Json {
  if (key === undefined || value === null) return null;
  if (rest.length > 0) {
    const inner = getKey(value, key);
    return inner === null ? value : setKey(value, key, deletePath(inner, rest));
  }
  if (isObject(value) && typeof key === 'string') return new Map([...value].filter(([name]) => name !== key));
  if (isArray(value) && typeof key === 'number') return value.filter((_, at) => at !== wholeIndex(value, key));
  if (isArray(value) && isObject(key)) return setKey(value, key, []);
  return fail(`Cannot delete field at ${typeof key === 'string' ? 'object' : 'array'} index of ${typeOf(value)}`);
}
