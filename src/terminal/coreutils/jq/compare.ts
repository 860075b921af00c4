import type { Json, JsonObject } from './json.ts';

export type JqType = 'null' | 'boolean' | 'number' | 'string' | 'array' | 'object';

export const isObject = (value: Json): value is JsonObject => value instanceof Map;
export const isArray = (value: Json): value is readonly Json[] => Array.isArray(value);

export function typeOf(value: Json): JqType {
  if (value === null) return 'null';
  if (isArray(value)) return 'array';
  if (isObject(value)) return 'object';
  return typeof value as 'boolean' | 'number' | 'string';
}

const RANK: Readonly<Record<JqType, number>> = { null: 0, boolean: 1, number: 3, string: 4, array: 5, object: 6 };

/** jq's order of all values: null, false, true, numbers, strings, arrays, objects. */
export function compareJson(a: Json, b: Json): number {
  const order = RANK[typeOf(a)] - RANK[typeOf(b)];
  if (order !== 0) return order;
  if (isArray(a) && isArray(b)) return compareItems(a, b);
  if (isObject(a) && isObject(b)) return compareObjects(a, b);
  if (a === b || a === null || b === null) return 0;
  if (typeof a === 'string' && typeof b === 'string') return compareText(a, b);
  return a < b ? -1 : a > b ? 1 : 0;
}

/** By code point. */
function compareText(a: string, b: string): number {
  const [x, y] = [[...a], [...b]];
  const at = x.findIndex((char, index) => char !== y[index]);
  if (at < 0) return x.length - y.length;
  return (x[at]?.codePointAt(0) ?? -1) - (y[at]?.codePointAt(0) ?? -1);
}

function compareItems(a: readonly Json[], b: readonly Json[]): number {
  for (const [at, item] of a.entries()) {
    if (at >= b.length) return 1;
    const order = compareJson(item, b[at] ?? null);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

export const sortedKeys = (object: JsonObject): readonly string[] => [...object.keys()].sort(compareText);

/** First their keys in order, then the values key by key. */
function compareObjects(a: JsonObject, b: JsonObject): number {
  const keys = sortedKeys(a);
  const order = compareItems(keys, sortedKeys(b));
  if (order !== 0) return order;
  for (const key of keys) {
    const each = compareJson(a.get(key) ?? null, b.get(key) ?? null);
    if (each !== 0) return each;
  }
  return 0;
}
