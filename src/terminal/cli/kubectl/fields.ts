/** Members of API objects, read without trusting their shape. */
import type { JsonObject, JsonValue } from '../../../protocol/plain.ts';
import { isJsonObject } from '../../../formats/json.ts';

export function fieldAt(value: JsonValue, ...path: readonly (string | number)[]): JsonValue {
  let current = value;
  for (const step of path) {
    if (typeof step === 'number')
      current = Array.isArray(current) ? (current as readonly JsonValue[])[step] : undefined;
    else current = isJsonObject(current) && Object.hasOwn(current, step) ? (current as JsonObject)[step] : undefined;
    if (current === undefined || current === null) return undefined;
  }
  return current;
}

/** A string member; numbers and booleans as text, anything else empty. */
export function textAt(value: JsonValue, ...path: readonly (string | number)[]): string {
  const found = fieldAt(value, ...path);
  return typeof found === 'string' || typeof found === 'number' || typeof found === 'boolean' ? String(found) : '';
}

export function numberAt(value: JsonValue, ...path: readonly (string | number)[]): number {
  const found = fieldAt(value, ...path);
  return typeof found === 'number' ? found : 0;
}

export function objectAt(value: JsonValue, ...path: readonly (string | number)[]): JsonObject {
  const found = fieldAt(value, ...path);
  return isJsonObject(found) ? found : {};
}

/** The objects of a list member. */
export function objectsAt(value: JsonValue, ...path: readonly (string | number)[]): readonly JsonObject[] {
  const found = fieldAt(value, ...path);
  return Array.isArray(found)
    ? (found as readonly JsonValue[]).filter((item): item is JsonObject => isJsonObject(item))
    : [];
}

export function textsAt(value: JsonValue, ...path: readonly (string | number)[]): readonly string[] {
  const found = fieldAt(value, ...path);
  return Array.isArray(found)
    ? (found as readonly JsonValue[]).filter((item): item is string => typeof item === 'string')
    : [];
}

/** A map of strings. */
export function mapAt(value: JsonValue, ...path: readonly (string | number)[]): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(objectAt(value, ...path)).map(([key, item]) => [key, textAt(item)]));
}

export const nameOf = (object: JsonObject): string => textAt(object, 'metadata', 'name');
export const namespaceOf = (object: JsonObject): string => textAt(object, 'metadata', 'namespace');

/** A copy with one member put in place; maps on the way are made. */
export function withField(object: JsonObject, path: readonly string[], value: JsonValue): JsonObject {
  const [step, ...rest] = path;
  if (step === undefined) return object;
  const inner = rest.length === 0 ? value : withField(objectAt(object, step), rest, value);
  if (inner !== undefined) return { ...object, [step]: inner };
  return Object.fromEntries(Object.entries(object).filter(([key]) => key !== step));
}

/** `a=1,b=2`, or `<none>`. */
export function formatLabels(labels: Readonly<Record<string, string>>): string {
  const text = sortedEntries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(',');
  return text === '' ? '<none>' : text;
}

export function sortedEntries<T>(map: Readonly<Record<string, T>>): [string, T][] {
  return Object.entries(map).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}
