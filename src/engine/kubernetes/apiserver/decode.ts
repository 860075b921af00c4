/**
 * Checks a request body against the generated schema as Go's decoder would.
 * Models: wrong types with encoding/json's texts, unknown fields, nulls and empty collections left out, quantities.
 * Leaves out: case-insensitive field names.
 */
import type { JsonObject, JsonValue } from '../../../protocol/plain.ts';
import { formatQuantity, parseQuantity } from '../../../formats/quantity.ts';
import { parseRfc3339 } from '../../sim/clock.ts';
import { type Field, type Model, typeOf } from '../schema/index.ts';

export interface Decoded {
  readonly object: JsonObject;
  /** Paths of unknown fields, in the order met. */
  readonly unknown: readonly string[];
}
export interface DecodeFailure {
  readonly error: string;
}

/** Parts that have passed the check of a model; they come back often, since versions and replicas share them. */
const passed = new WeakMap<object, string>();

class TypeMismatch extends Error {}

/** The object as Go would read it into the model's struct, or the decoder's message; parts it shares with `stored` have passed before. */
export function decode(object: JsonObject, model: string, stored?: JsonObject): Decoded | DecodeFailure {
  const type = typeOf(model);
  if (type === undefined) return { object, unknown: [] };
  const unknown: string[] = [];
  try {
    return { object: struct(object, type, { steps: [], unknown }, stored), unknown };
  } catch (error) {
    if (error instanceof TypeMismatch) return { error: error.message };
    throw error;
  }
}

/** Says that an object needs no check: the server made it. */
export function trust(object: JsonObject, model: string): void {
  passed.set(object, model);
}

/** Where the decoder is. Steps are field names, `.key` in maps and `[0]` in lists; texts are made of them only for a message. */
interface Place {
  readonly steps: string[];
  readonly unknown: string[];
}

/** Without indexes, as the decoder names fields. */
const pathOf = ({ steps }: Place): string =>
  steps.filter((step) => !step.startsWith('.') && !step.startsWith('[')).join('.');
/** With indexes, as strict decoding names them. */
const indexedPath = ({ steps }: Place, last: string): string =>
  [...steps, last].reduce(
    (path, step) => (path === '' || step.startsWith('.') || step.startsWith('[') ? path + step : `${path}.${step}`),
    '',
  );

function struct(value: JsonObject, model: Model, place: Place, stored: JsonValue): JsonObject {
  const remembers = model.name.endsWith('Spec');
  if (value === stored || (remembers && passed.get(value) === model.name)) return value;
  const known =
    typeof stored === 'object' && stored !== null && !Array.isArray(stored) ? (stored as JsonObject) : undefined;
  const unknownBefore = place.unknown.length;
  /** Members that differ from what was sent; undefined ones go. */
  let changed: Map<string, JsonValue> | undefined;
  for (const key of Object.keys(value)) {
    const member = value[key];
    const before = known?.[key];
    if (member === before && typeof member === 'object') continue;
    const field = model.fields.get(key);
    if (field === undefined) {
      if (model.fields.size > 0) {
        place.unknown.push(indexedPath(place, key));
        changed = (changed ?? new Map<string, JsonValue>()).set(key, undefined);
      }
      continue;
    }
    place.steps.push(key);
    const next = fieldValue(member, field, model, place, before);
    place.steps.pop();
    if (next !== member || next === undefined) changed = (changed ?? new Map<string, JsonValue>()).set(key, next);
  }
  const result = changed === undefined ? value : withMembers(value, changed);
  // Specs come back often, since versions and replicas share them; the rest is checked as fast as remembered.
  if (remembers && place.unknown.length === unknownBefore) passed.set(result, model.name);
  return result;
}

/** Built anew rather than copied and cut: objects that lost members are slow for good. */
function withMembers(value: JsonObject, changed: ReadonlyMap<string, JsonValue>): JsonObject {
  const copy: { [key: string]: JsonValue } = {};
  for (const key of Object.keys(value)) {
    const member = changed.has(key) ? changed.get(key) : value[key];
    if (member !== undefined) copy[key] = member;
  }
  return copy;
}

function fieldValue(value: JsonValue, field: Field, owner: Model, place: Place, stored: JsonValue): JsonValue {
  if (value === null || value === undefined) return field.type === 'any' && value === null ? null : undefined;
  if (field.map) return mapValue(value, field, owner, place);
  if (field.array) return listValue(value, field, owner, place, stored);
  return single(value, field, owner, place, stored);
}

function mapValue(value: JsonValue, field: Field, owner: Model, place: Place): JsonValue {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return mismatch(value, goType(field), owner, place);
  const map = value as JsonObject;
  const keys = Object.keys(map);
  if (keys.length === 0 && !field.required) return undefined;
  let copy: { [key: string]: JsonValue } | undefined;
  for (const key of keys) {
    const member = map[key];
    if (field.type === 'string' && field.ref === undefined && !field.array && typeof member === 'string') continue;
    place.steps.push(`.${key}`);
    const next =
      member === null
        ? ''
        : field.array
          ? listValue(member, field, owner, place, undefined)
          : single(member, field, owner, place, undefined);
    place.steps.pop();
    if (next === member) continue;
    copy ??= { ...map };
    copy[key] = next;
  }
  return copy ?? map;
}

function listValue(value: JsonValue, field: Field, owner: Model, place: Place, stored: JsonValue): JsonValue {
  if (!Array.isArray(value)) return mismatch(value, goType(field), owner, place);
  const list = value as readonly JsonValue[];
  if (list.length === 0 && !field.required) return undefined;
  const known = Array.isArray(stored) ? (stored as readonly JsonValue[]) : undefined;
  let changed: JsonValue[] | undefined;
  for (let index = 0; index < list.length; index += 1) {
    const item = list[index];
    if (typeof item === 'object' && item !== null && item === known?.[index]) continue;
    place.steps.push(`[${String(index)}]`);
    const result =
      item === null || item === undefined
        ? field.ref === undefined
          ? ''
          : {}
        : single(item, field, owner, place, known?.[index]);
    place.steps.pop();
    if (result === item) continue;
    changed ??= [...list];
    changed[index] = result;
  }
  return changed ?? list;
}

function single(value: JsonValue, field: Field, owner: Model, place: Place, stored: JsonValue): JsonValue {
  if (field.ref !== undefined) {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      return mismatch(value, goType(field), owner, place);
    const model = typeOf(field.ref);
    return model === undefined ? value : struct(value as JsonObject, model, place, stored);
  }
  switch (field.type) {
    case 'string':
    case 'byte':
      return typeof value === 'string'
        ? value
        : mismatch(value, field.type === 'byte' ? '[]uint8' : 'string', owner, place);
    case 'boolean':
      return typeof value === 'boolean' ? value : mismatch(value, 'bool', owner, place);
    case 'integer':
      if (typeof value === 'number' && Number.isInteger(value)) return value;
      return mismatch(
        typeof value === 'number' ? `number ${String(value)}` : value,
        field.format ?? 'int32',
        owner,
        place,
        typeof value === 'number',
      );
    case 'number':
      return typeof value === 'number' ? value : mismatch(value, 'float64', owner, place);
    case 'int-or-string':
      return typeof value === 'number' || typeof value === 'string' ? value : mismatch(value, 'string', owner, place);
    case 'quantity':
      return quantity(value);
    case 'date-time':
    case 'micro-time':
      return time(value);
    default:
      return value;
  }
}

/** Canonical quantities met lately: most come again and again. */
const canonicalQuantities = new Set<string>();
/** Times met lately that are well formed. */
const goodTimes = new Set<string>();
const MAX_REMEMBERED_TEXTS = 1024;

function remember(texts: Set<string>, text: string): void {
  if (texts.size >= MAX_REMEMBERED_TEXTS) texts.clear();
  texts.add(text);
}

function quantity(value: JsonValue): JsonValue {
  if (typeof value === 'string' && canonicalQuantities.has(value)) return value;
  const text = typeof value === 'number' ? String(value) : typeof value === 'string' ? value : '';
  const result = parseQuantity(text);
  if (!result.ok) throw new TypeMismatch(result.message);
  const formatted = formatQuantity(result.quantity);
  if (formatted === value) remember(canonicalQuantities, value);
  return formatted;
}

function time(value: JsonValue): JsonValue {
  if (typeof value === 'string') {
    if (goodTimes.has(value)) return value;
    if (parseRfc3339(value) !== undefined) {
      remember(goodTimes, value);
      return value;
    }
  }
  if (typeof value === 'string') {
    throw new TypeMismatch(`parsing time "${value}" as "2006-01-02T15:04:05Z07:00": cannot parse "${value}" as "2006"`);
  }
  throw new TypeMismatch(`json: cannot unmarshal ${jsonType(value)} into Go value of type string`);
}

const jsonType = (value: JsonValue): string =>
  Array.isArray(value)
    ? 'array'
    : typeof value === 'boolean'
      ? 'bool'
      : typeof value === 'object'
        ? 'object'
        : typeof value;

function goType(field: Field): string {
  const element =
    field.ref === undefined
      ? ((
          {
            boolean: 'bool',
            integer: field.format ?? 'int32',
            number: 'float64',
            byte: '[]uint8',
            quantity: 'resource.Quantity',
          } as Record<string, string>
        )[field.type] ?? 'string')
      : `v1.${goName(field.ref)}`;
  const list = field.array ? `[]${element}` : element;
  return field.map ? `map[string]${list}` : list;
}

/** `PodSpec` of `V1PodSpec`, `EndpointPort` of `CoreV1EndpointPort`. */
const goName = (model: string): string => model.replace(/^(?:[A-Z][a-z]+)?V\d+(?:(?:alpha|beta)\d+)?(?=[A-Z])/, '');

function mismatch(value: JsonValue, wanted: string, owner: Model, place: Place, worded = false): never {
  const found = worded && typeof value === 'string' ? value : jsonType(value);
  throw new TypeMismatch(
    `json: cannot unmarshal ${found} into Go struct field ${goName(owner.name)}.${pathOf(place)} of type ${wanted}`,
  );
}
