/** Which fields two versions of an object differ in. Parts that both share are not looked into. */
import type { JsonObject, JsonValue } from '../../../protocol/plain.ts';
import { deepEqual } from './equality.ts';
import {
  EMPTY_SET,
  type FieldSet,
  childModel,
  clientMeta,
  elementKey,
  fieldStep,
  isLeaf,
  listShape,
  mapFields,
  sharedFields,
  valueFields,
  valueKey,
} from './field-set.ts';
import type { PatchSchema } from './patch-schema.ts';

type Mutable = { [path: string]: FieldSet };

interface Difference {
  /** Leaves that are new or whose values differ. */
  readonly set: FieldSet;
  /** Leaves that are in the older version only. */
  readonly removed: FieldSet;
}
const NONE: Difference = { set: EMPTY_SET, removed: EMPTY_SET };
const NO_OBJECT: JsonObject = {};
const NO_LIST: readonly JsonValue[] = [];

const isMap = (value: JsonValue): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isList = (value: JsonValue): value is readonly JsonValue[] => Array.isArray(value);

/** Fields whose values differ between two objects, or are in one only. */
export function changedFields(
  before: JsonObject,
  after: JsonObject,
  model: string | undefined,
  schema: PatchSchema,
): Difference {
  const set: Mutable = {};
  const removed: Mutable = {};
  if (before['metadata'] !== after['metadata'])
    add(set, removed, 'f:metadata', metaDifference(clientMeta(before), clientMeta(after), schema));
  compareMembers(before, after, model, schema, set, removed, isTop);
  return { set, removed };
}

const isTop = (key: string): boolean => key === 'apiVersion' || key === 'kind' || key === 'metadata';
const isNothing = (): boolean => false;

function metaDifference(before: JsonObject, after: JsonObject, schema: PatchSchema): Difference {
  return mapDifference(before, after, 'V1ObjectMeta', schema);
}

function add(set: Mutable, removed: Mutable, step: string, difference: Difference): void {
  if (!isLeaf(difference.set)) set[step] = difference.set;
  if (!isLeaf(difference.removed)) removed[step] = difference.removed;
}

function mapDifference(
  before: JsonObject,
  after: JsonObject,
  model: string | undefined,
  schema: PatchSchema,
): Difference {
  if (before === after) return NONE;
  const set: Mutable = {};
  const removed: Mutable = {};
  compareMembers(before, after, model, schema, set, removed, isNothing);
  return isLeaf(set) && isLeaf(removed) ? NONE : { set, removed };
}

function compareMembers(
  before: JsonObject,
  after: JsonObject,
  model: string | undefined,
  schema: PatchSchema,
  set: Mutable,
  removed: Mutable,
  skips: (key: string) => boolean,
): void {
  for (const key of Object.keys(after)) {
    const now = after[key];
    const was = before[key];
    if (now === was || now === undefined || skips(key)) continue;
    if (was === undefined) set[fieldStep(key)] = sharedFields(now, model, key, schema);
    else if (!compareValues(was, now, model, key, schema, set, removed)) set[fieldStep(key)] = EMPTY_SET;
  }
  for (const key of Object.keys(before)) {
    if (before[key] !== undefined && after[key] === undefined && !skips(key))
      removed[fieldStep(key)] = valueFields(before[key], model, key, schema);
  }
}

/** Puts the differences within two values of one field; false where the field itself is a leaf that differs. */
function compareValues(
  was: JsonValue,
  now: JsonValue,
  model: string | undefined,
  field: string,
  schema: PatchSchema,
  set: Mutable,
  removed: Mutable,
): boolean {
  const step = fieldStep(field);
  if (isMap(now)) {
    const inner = childModel(schema, model, field);
    add(set, removed, step, mapDifference(isMap(was) ? was : NO_OBJECT, now, inner, schema));
    return hasMembers(now) || deepEqual(was, now);
  }
  const shape = isList(now) || isList(was) ? listShape(schema, model, field) : undefined;
  if (shape !== undefined && shape.type !== 'atomic') {
    const before = isList(was) ? was : NO_LIST;
    const after = isList(now) ? now : NO_LIST;
    add(
      set,
      removed,
      step,
      shape.type === 'set'
        ? setDifference(before, after)
        : listDifference(before, after, shape.keys, childModel(schema, model, field), schema),
    );
    return isList(now) && now.length > 0 ? true : deepEqual(was, now);
  }
  if (isMap(was)) add(set, removed, step, { set: EMPTY_SET, removed: valueFields(was, model, field, schema) });
  return deepEqual(was, now);
}

function hasMembers(value: JsonObject): boolean {
  for (const key in value) if (value[key] !== undefined) return true;
  return false;
}

function setDifference(before: readonly JsonValue[], after: readonly JsonValue[]): Difference {
  const was = new Set(before.map(valueKey));
  const now = new Set(after.map(valueKey));
  const set: Mutable = {};
  const removed: Mutable = {};
  for (const key of now) if (!was.has(key)) set[key] = EMPTY_SET;
  for (const key of was) if (!now.has(key)) removed[key] = EMPTY_SET;
  return { set, removed };
}

function listDifference(
  before: readonly JsonValue[],
  after: readonly JsonValue[],
  keys: readonly string[],
  model: string | undefined,
  schema: PatchSchema,
): Difference {
  const set: Mutable = {};
  const removed: Mutable = {};
  if (areAligned(before, after, keys)) {
    // The common case: elements have changed in their places. Their keys are needed only where something differs.
    for (let at = 0; at < after.length; at += 1) {
      const [was, now] = [before[at], after[at]];
      if (was === now || !isMap(was) || !isMap(now)) continue;
      const difference = mapDifference(was, now, model, schema);
      if (difference !== NONE) add(set, removed, elementKey(now, keys), difference);
    }
    return { set, removed };
  }
  const was = elements(before, keys);
  const now = elements(after, keys);
  for (const [key, item] of now) {
    const known = was.get(key);
    if (known === item) continue;
    if (known === undefined) set[key] = { '.': EMPTY_SET, ...mapFields(item, model, schema) };
    else add(set, removed, key, mapDifference(known, item, model, schema));
  }
  for (const [key, item] of was)
    if (!now.has(key)) removed[key] = { '.': EMPTY_SET, ...mapFields(item, model, schema) };
  return { set, removed };
}

/** Whether both lists have the same elements, by their keys, in the same places. */
function areAligned(before: readonly JsonValue[], after: readonly JsonValue[], keys: readonly string[]): boolean {
  if (before.length !== after.length) return false;
  for (let at = 0; at < after.length; at += 1) {
    const [was, now] = [before[at], after[at]];
    if (was !== now && !(isMap(was) && isMap(now) && keys.every((key) => was[key] === now[key]))) return false;
  }
  return true;
}

function elements(list: readonly JsonValue[], keys: readonly string[]): ReadonlyMap<string, JsonObject> {
  const byKey = new Map<string, JsonObject>();
  for (const item of list) {
    if (!isMap(item)) continue;
    const key = elementKey(item, keys);
    if (!byKey.has(key)) byKey.set(key, item);
  }
  return byKey;
}
