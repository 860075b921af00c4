/**
 * Strategic merge patch (kubernetes apimachinery/pkg/util/strategicpatch).
 * Models: merge by key, replace and delete directives, $setElementOrder, $retainKeys, $deleteFromPrimitiveList.
 * Leaves out: $patch: replace inside a list of plain values.
 */
import type { JsonObject, JsonValue } from '../../../protocol/plain.ts';
import { deepEqual } from './equality.ts';
import { type PatchField, type PatchSchema, patchField } from './patch-schema.ts';

type Mutable = { [key: string]: JsonValue };

export const DIRECTIVE = '$patch';
export const RETAIN_KEYS = '$retainKeys';
export const DELETE_FROM = '$deleteFromPrimitiveList/';
export const SET_ORDER = '$setElementOrder/';

/** Thrown and caught within this file. */
class Refused extends Error {}

/** Applies a strategic merge patch to an object of a model; parts the patch does not name are shared. */
export function applyStrategicPatch(
  original: JsonObject,
  patch: JsonObject,
  model: string | undefined,
  schema: PatchSchema,
): { readonly value: JsonObject } | { readonly error: string } {
  try {
    return { value: mergeMap(original, patch, model, schema) };
  } catch (error) {
    if (error instanceof Refused) return { error: error.message };
    throw error;
  }
}

function mergeMap(original: JsonObject, patch: JsonObject, model: string | undefined, schema: PatchSchema): JsonObject {
  const directive = patch[DIRECTIVE];
  if (directive === 'replace') return stripped(patch);
  if (directive === 'delete') return {};
  if (directive !== undefined && directive !== 'merge') return refuse(`Unknown patch type: ${String(directive)} found`);
  const next: Mutable = { ...original };
  const retain = patch[RETAIN_KEYS];
  if (Array.isArray(retain)) {
    for (const key of Object.keys(next)) if (!(retain as readonly JsonValue[]).includes(key)) delete next[key];
  }
  for (const key of Object.keys(patch)) {
    if (key === DIRECTIVE || key === RETAIN_KEYS || key.startsWith(SET_ORDER)) continue;
    if (key.startsWith(DELETE_FROM)) {
      const field = key.slice(DELETE_FROM.length);
      next[field] = asList(next[field]).filter((item) => !asList(patch[key]).some((gone) => deepEqual(gone, item)));
      continue;
    }
    const value = patch[key];
    if (value === null) {
      delete next[key];
      continue;
    }
    if (value !== undefined)
      next[key] = mergeField(
        next[key],
        value,
        patchField(schema, model, key),
        schema,
        asListOrUndefined(patch[SET_ORDER + key]),
      );
  }
  for (const key of Object.keys(patch)) {
    const field = key.startsWith(SET_ORDER) ? key.slice(SET_ORDER.length) : undefined;
    if (field === undefined || patch[field] !== undefined || next[field] === undefined) continue;
    next[field] = ordered(asList(next[field]), asList(patch[key]), patchField(schema, model, field).mergeKey);
  }
  return next;
}

function mergeField(
  before: JsonValue,
  value: JsonValue,
  field: PatchField,
  schema: PatchSchema,
  order: readonly JsonValue[] | undefined,
): JsonValue {
  if (Array.isArray(value)) return mergeList(asList(before), value as readonly JsonValue[], field, schema, order);
  if (!isMap(value)) return value;
  return mergeMap(isMap(before) ? before : {}, value, field.model, schema);
}

function mergeList(
  before: readonly JsonValue[],
  patch: readonly JsonValue[],
  field: PatchField,
  schema: PatchSchema,
  order: readonly JsonValue[] | undefined,
): readonly JsonValue[] {
  if (!field.merges) return patch.map((item) => (isMap(item) ? stripped(item) : item));
  const { mergeKey } = field;
  if (mergeKey === undefined || !patch.some(isMap)) {
    const merged = [...before, ...patch.filter((item) => !before.some((known) => deepEqual(known, item)))];
    return order === undefined ? merged : ordered(merged, order, undefined);
  }
  if (patch.some((item) => isMap(item) && item[DIRECTIVE] === 'replace')) {
    return patch
      .filter((item) => !(isMap(item) && item[DIRECTIVE] === 'replace' && item[mergeKey] === undefined))
      .map((item) => (isMap(item) ? stripped(item) : item));
  }
  const merged = [...before];
  for (const item of patch) {
    if (!isMap(item)) return refuse('cannot merge a list of maps with plain values');
    const key = item[mergeKey];
    if (key === undefined)
      return refuse(`map: ${JSON.stringify(item)} does not contain declared merge key: ${mergeKey}`);
    const index = merged.findIndex((known) => isMap(known) && deepEqual(known[mergeKey], key));
    const known = merged[index];
    if (item[DIRECTIVE] === 'delete') {
      if (index >= 0) merged.splice(index, 1);
    } else if (index >= 0 && isMap(known)) merged[index] = mergeMap(known, item, field.model, schema);
    else merged.push(mergeMap({}, item, field.model, schema));
  }
  return order === undefined ? merged : ordered(merged, order, mergeKey);
}

/** Puts elements into the patch's order; those it does not name keep their place relative to what stood before them. */
function ordered(
  list: readonly JsonValue[],
  order: readonly JsonValue[],
  mergeKey: string | undefined,
): readonly JsonValue[] {
  const identity = (item: JsonValue): JsonValue => (mergeKey !== undefined && isMap(item) ? item[mergeKey] : item);
  const rank = (item: JsonValue): number => order.findIndex((wanted) => deepEqual(identity(wanted), identity(item)));
  const named = list.filter((item) => rank(item) >= 0).toSorted((a, b) => rank(a) - rank(b));
  const result: JsonValue[] = [];
  let at = 0;
  for (const item of list) {
    if (rank(item) < 0) {
      result.push(item);
      continue;
    }
    const next = named[at];
    at += 1;
    if (next !== undefined) result.push(next);
  }
  return result;
}

/** The value without directives, as it is stored when it is new. */
function stripped(value: JsonObject): JsonObject {
  if (!Object.keys(value).some((key) => key.startsWith('$'))) return value;
  return Object.fromEntries(
    Object.entries(value).filter(
      ([key]) => key !== DIRECTIVE && key !== RETAIN_KEYS && !key.startsWith(SET_ORDER) && !key.startsWith(DELETE_FROM),
    ),
  );
}

const asList = (value: JsonValue): readonly JsonValue[] =>
  Array.isArray(value) ? (value as readonly JsonValue[]) : [];
const asListOrUndefined = (value: JsonValue): readonly JsonValue[] | undefined =>
  Array.isArray(value) ? (value as readonly JsonValue[]) : undefined;
const isMap = (value: JsonValue): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function refuse(message: string): never {
  throw new Refused(message);
}
