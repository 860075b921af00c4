/**
 * Who manages which fields (structured-merge-diff's sets, as metadata.managedFields writes them). Models: struct and map
 * fields, keyed lists, sets, atomic lists. Leaves out: versions other than the stored one.
 */
import type { JsonObject, JsonValue } from '../../../protocol/plain.ts';
import { canonical } from './equality.ts';
import type { PatchSchema } from './patch-schema.ts';

/** `{"f:spec": {"f:replicas": {}}}`; a leaf is empty. */
export type FieldSet = { readonly [path: string]: FieldSet };
export const EMPTY_SET: FieldSet = {};

/** The step of a field, `f:replicas`. Texts are kept, since making one anew costs more than the rest of a walk. */
export function fieldStep(field: string): string {
  const known = steps.get(field);
  if (known !== undefined) return known;
  const step = `f:${field}`;
  if (steps.size >= MAX_STEPS) steps.clear();
  steps.set(field, step);
  return step;
}
const steps = new Map<string, string>();
const MAX_STEPS = 4096;

const SERVER_META: ReadonlySet<string> = new Set([
  'name',
  'namespace',
  'uid',
  'resourceVersion',
  'creationTimestamp',
  'generation',
  'managedFields',
  'selfLink',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'generateName',
]);

const isMap = (value: JsonValue): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** How a list is taken apart: by keys, by value, or not at all. */
export function listShape(
  schema: PatchSchema,
  model: string | undefined,
  field: string,
): { readonly type: 'map' | 'set' | 'atomic'; readonly keys: readonly string[] } {
  const fact = model === undefined ? undefined : schema.mergeKey(model, field);
  if (fact?.listType === 'map') return { type: 'map', keys: fact.listMapKeys ?? [] };
  if (fact?.listType === 'set') return { type: 'set', keys: [] };
  if (fact?.listType === undefined && fact?.strategies.includes('merge') === true) {
    return fact.mergeKey === undefined ? { type: 'set', keys: [] } : { type: 'map', keys: [fact.mergeKey] };
  }
  return { type: 'atomic', keys: [] };
}

export const childModel = (schema: PatchSchema, model: string | undefined, field: string): string | undefined =>
  model === undefined ? undefined : schema.typeOf(model)?.fields.get(field)?.ref;

/** The element's identity in its list: `k:{"name":"c"}`. */
export const elementKey = (item: JsonValue, keys: readonly string[]): string => {
  const source = isMap(item) ? item : {};
  const [only] = keys;
  // One key is the common case; the text is what `canonical` would give.
  if (only !== undefined && keys.length === 1) {
    const value = source[only] ?? DEFAULT_KEYS[only];
    if (typeof value === 'string') return `k:{${JSON.stringify(only)}:${JSON.stringify(value)}}`;
  }
  return `k:${canonical(Object.fromEntries(keys.map((key) => [key, source[key] ?? DEFAULT_KEYS[key]]).filter(([, value]) => value !== undefined)))}`;
};
const DEFAULT_KEYS: Readonly<Record<string, JsonValue>> = { protocol: 'TCP' };
export const valueKey = (item: JsonValue): string => `v:${canonical(item)}`;

/** Every field that an object sets, but for those the server writes. */
export function fieldsOf(object: JsonObject, model: string | undefined, schema: PatchSchema): FieldSet {
  const { apiVersion: _version, kind: _kind, metadata: _metadata, ...rest } = object;
  const meta = clientMeta(object);
  return {
    ...(Object.keys(meta).length === 0 ? {} : { 'f:metadata': mapFields(meta, 'V1ObjectMeta', schema) }),
    ...mapFields(rest, model, schema),
  };
}

/** The metadata that clients write. */
export function clientMeta(object: JsonObject): JsonObject {
  const { metadata } = object;
  if (!isMap(metadata)) return {};
  const meta: { [key: string]: JsonValue } = {};
  for (const key of Object.keys(metadata)) if (!SERVER_META.has(key)) meta[key] = metadata[key];
  return meta;
}

/** Every field of a struct or map. */
export function mapFields(object: JsonObject, model: string | undefined, schema: PatchSchema): FieldSet {
  const set: { [path: string]: FieldSet } = {};
  for (const key of Object.keys(object)) {
    const value = object[key];
    if (value === undefined) continue;
    set[fieldStep(key)] = valueFields(value, model, key, schema);
  }
  return set;
}

/** The fields within a field's value; empty for a leaf. */
export function valueFields(value: JsonValue, model: string | undefined, field: string, schema: PatchSchema): FieldSet {
  if (isMap(value)) return mapFields(value, childModel(schema, model, field), schema);
  if (!Array.isArray(value)) return EMPTY_SET;
  const shape = listShape(schema, model, field);
  if (shape.type === 'atomic') return EMPTY_SET;
  const set: { [path: string]: FieldSet } = {};
  for (const item of value as readonly JsonValue[]) {
    if (shape.type === 'set') set[valueKey(item)] = EMPTY_SET;
    else if (isMap(item))
      set[elementKey(item, shape.keys)] = {
        '.': EMPTY_SET,
        ...mapFields(item, childModel(schema, model, field), schema),
      };
  }
  return set;
}

/** Fields of parts that replicas of one template share; the sets are shared as well. */
const ofShared = new WeakMap<object, { readonly model: string | undefined; readonly set: FieldSet }>();
const SHARED_PARTS: ReadonlySet<string> = new Set(['spec', 'labels', 'annotations', 'ownerReferences']);

/** As `valueFields`, remembering the sets of parts that come back often. */
export function sharedFields(
  value: JsonValue,
  model: string | undefined,
  field: string,
  schema: PatchSchema,
): FieldSet {
  if (typeof value !== 'object' || value === null || !SHARED_PARTS.has(field))
    return valueFields(value, model, field, schema);
  const known = ofShared.get(value);
  if (known !== undefined && known.model === model) return known.set;
  const set = valueFields(value, model, field, schema);
  ofShared.set(value, { model, set });
  return set;
}

export const isLeaf = (set: FieldSet): boolean => {
  for (const _key in set) return false;
  return true;
};

/** What is in either; `a` itself where it has everything. */
export function union(a: FieldSet, b: FieldSet): FieldSet {
  if (a === b || isLeaf(b)) return a;
  if (isLeaf(a)) return b;
  let merged: { [path: string]: FieldSet } | undefined;
  for (const key of Object.keys(b)) {
    const own = a[key];
    const both = union(own ?? EMPTY_SET, b[key] ?? EMPTY_SET);
    if (both === own) continue;
    merged ??= { ...a };
    merged[key] = both;
  }
  return merged ?? a;
}

/** What is in a and not in b, leaf by leaf; `a` itself where nothing goes. */
export function minus(a: FieldSet, b: FieldSet): FieldSet {
  if (isLeaf(b)) return a;
  const left: { [path: string]: FieldSet } = {};
  let same = true;
  for (const key of Object.keys(a)) {
    const own = a[key] ?? EMPTY_SET;
    const other = b[key];
    if (other === undefined) {
      left[key] = own;
      continue;
    }
    const inner = minus(own, other);
    if (inner !== own || isLeaf(own)) same = false;
    if (!isLeaf(inner)) left[key] = inner;
  }
  return same ? a : left;
}

export function intersect(a: FieldSet, b: FieldSet): FieldSet {
  const both: { [path: string]: FieldSet } = {};
  for (const key of Object.keys(a)) {
    const own = a[key] ?? EMPTY_SET;
    const other = b[key];
    if (other === undefined) continue;
    const inner = intersect(own, other);
    if (isLeaf(own) || isLeaf(other) || !isLeaf(inner)) both[key] = inner;
  }
  return both;
}

/** Paths of all leaves. */
export function leaves(set: FieldSet, path: readonly string[] = []): string[][] {
  return Object.keys(set).flatMap((key) => {
    const inner = set[key] ?? EMPTY_SET;
    return isLeaf(inner) ? [[...path, key]] : leaves(inner, [...path, key]);
  });
}

export function setOf(paths: readonly (readonly string[])[]): FieldSet {
  return paths.reduce<FieldSet>(
    (set, path) =>
      union(
        set,
        path.reduceRight<FieldSet>((inner, key) => ({ [key]: inner }), EMPTY_SET),
      ),
    EMPTY_SET,
  );
}

/** The value a path leads to; undefined where there is none. */
export function valueAt(object: JsonObject, path: readonly string[]): JsonValue {
  let value: JsonValue = object;
  for (const step of path) {
    if (step === '.') continue;
    if (step.startsWith('f:')) value = isMap(value) ? value[step.slice(2)] : undefined;
    else if (!Array.isArray(value)) return undefined;
    else if (step.startsWith('v:')) value = (value as readonly JsonValue[]).find((item) => valueKey(item) === step);
    else value = (value as readonly JsonValue[]).find((item) => elementKey(item, keysIn(step)) === step);
  }
  return value;
}

/** Names of the keys in `k:{"name":"c"}`. */
export function keysIn(step: string): readonly string[] {
  const value: unknown = JSON.parse(step.slice(2));
  return typeof value === 'object' && value !== null ? Object.keys(value) : [];
}

/** `.spec.containers[name="c"].image`, as conflicts name fields. */
export function pathText(path: readonly string[]): string {
  return path
    .filter((step) => step !== '.')
    .map((step) => {
      if (step.startsWith('f:')) return `.${step.slice(2)}`;
      if (step.startsWith('v:')) return `[=${step.slice(2)}]`;
      const entries: unknown = JSON.parse(step.slice(2));
      return `[${Object.entries(typeof entries === 'object' && entries !== null ? entries : {})
        .map(([key, value]) => `${key}=${JSON.stringify(value)}`)
        .join(',')}]`;
    })
    .join('');
}
