/** Server-side apply (kubernetes structured-merge-diff): merging what a manager applies into the live object. */
import type { JsonObject, JsonValue } from '../../../protocol/plain.ts';
import { changedFields } from './changed-fields.ts';
import { deepEqual } from './equality.ts';
import {
  EMPTY_SET,
  type FieldSet,
  childModel,
  elementKey,
  fieldsOf,
  intersect,
  isLeaf,
  keysIn,
  leaves,
  listShape,
  minus,
  pathText,
  setOf,
  union,
  valueAt,
  valueKey,
} from './field-set.ts';
import type { PatchSchema } from './patch-schema.ts';

/** One entry of metadata.managedFields. */
export type Manager = {
  readonly manager: string;
  readonly operation: 'Apply' | 'Update';
  readonly apiVersion: string;
  readonly time?: string;
  readonly fieldsType: 'FieldsV1';
  readonly fieldsV1: FieldSet;
  readonly subresource?: string;
};

/** Who writes, and when. */
type Writer = Omit<Manager, 'fieldsV1' | 'fieldsType' | 'operation'>;

export interface ApplyConflict {
  readonly manager: string;
  readonly apiVersion: string;
  readonly field: string;
}

export interface Applied {
  readonly object: JsonObject;
  readonly managers: readonly Manager[];
}

const isMap = (value: JsonValue): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Lays `config` over the live object for a manager; conflicts unless forced. */
export function serverSideApply(
  live: JsonObject,
  config: JsonObject,
  managers: readonly Manager[],
  who: Omit<Manager, 'fieldsV1' | 'fieldsType' | 'operation'>,
  force: boolean,
  model: string | undefined,
  schema: PatchSchema,
): Applied | { readonly conflicts: readonly ApplyConflict[] } {
  const wanted = fieldsOf(config, model, schema);
  const own = managers.find(
    (entry) => entry.manager === who.manager && entry.operation === 'Apply' && entry.subresource === who.subresource,
  );
  const others = managers.filter((entry) => entry !== own);
  // `.` owns an element's being there, not what is in it.
  const differs = (path: readonly string[]): boolean =>
    path.at(-1) === '.' ? valueAt(live, path) === undefined : !deepEqual(valueAt(live, path), valueAt(config, path));
  const differing = setOf(leaves(wanted).filter(differs));
  const conflicts = others.flatMap((entry) =>
    leaves(intersect(differing, entry.fieldsV1)).map((path) => ({
      manager: entry.manager,
      apiVersion: entry.apiVersion,
      field: pathText(path),
    })),
  );
  if (conflicts.length > 0 && !force) return { conflicts };
  const held = others.reduce<FieldSet>((all, entry) => union(all, entry.fieldsV1), EMPTY_SET);
  const dropped = own === undefined ? [] : leaves(minus(minus(own.fieldsV1, wanted), held));
  const merged = dropped.reduce<JsonObject>(
    (object, path) => asMap(removeAt(object, path)),
    mergeMaps(live, config, model, schema),
  );
  const rest = others
    .map((entry) => ({ ...entry, fieldsV1: minus(entry.fieldsV1, differing) }))
    .filter((entry) => Object.keys(entry.fieldsV1).length > 0);
  return {
    object: merged,
    managers: [...rest, { ...who, operation: 'Apply', fieldsType: 'FieldsV1', fieldsV1: wanted }],
  };
}

/** managedFields after a create, an update or a patch by a manager. */
export function trackUpdate(
  before: JsonObject,
  after: JsonObject,
  managers: readonly Manager[],
  who: Omit<Manager, 'fieldsV1' | 'fieldsType' | 'operation'>,
  model: string | undefined,
  schema: PatchSchema,
): readonly Manager[] {
  const { set, removed } = changedFields(before, after, model, schema);
  if (managers.length === 0 && !isLeaf(set)) return [updatedBy(who, set)];
  if (Object.keys(set).length === 0 && Object.keys(removed).length === 0) return managers;
  const isOwn = (entry: Manager): boolean =>
    entry.manager === who.manager && entry.operation === 'Update' && entry.subresource === who.subresource;
  const own = managers.find(isOwn);
  const rest = managers.flatMap((entry) => {
    if (isOwn(entry)) return [];
    const left = minus(minus(entry.fieldsV1, set), removed);
    if (left === entry.fieldsV1) return [entry];
    return Object.keys(left).length === 0 ? [] : [{ ...entry, fieldsV1: left }];
  });
  const fields = union(minus(own?.fieldsV1 ?? EMPTY_SET, removed), set);
  return Object.keys(fields).length === 0 ? rest : [...rest, updatedBy(who, fields)];
}

const updatedBy = ({ manager, apiVersion, time, subresource }: Writer, fieldsV1: FieldSet): Manager => ({
  manager,
  apiVersion,
  ...(time === undefined ? {} : { time }),
  ...(subresource === undefined ? {} : { subresource }),
  operation: 'Update',
  fieldsType: 'FieldsV1',
  fieldsV1,
});

function mergeMaps(live: JsonObject, config: JsonObject, model: string | undefined, schema: PatchSchema): JsonObject {
  const next: { [key: string]: JsonValue } = { ...live };
  for (const key of Object.keys(config)) {
    const value = config[key];
    const before = live[key];
    const inner = key === 'metadata' ? 'V1ObjectMeta' : childModel(schema, model, key);
    if (value === null || value === undefined) continue;
    if (isMap(value)) next[key] = mergeMaps(isMap(before) ? before : {}, value, inner, schema);
    else if (Array.isArray(value))
      next[key] = mergeLists(
        Array.isArray(before) ? (before as readonly JsonValue[]) : [],
        value as readonly JsonValue[],
        model,
        key,
        schema,
      );
    else next[key] = value;
  }
  return next;
}

function mergeLists(
  live: readonly JsonValue[],
  config: readonly JsonValue[],
  model: string | undefined,
  field: string,
  schema: PatchSchema,
): readonly JsonValue[] {
  const shape = listShape(schema, model, field);
  if (shape.type === 'atomic') return config;
  const identity = (item: JsonValue): string => (shape.type === 'set' ? valueKey(item) : elementKey(item, shape.keys));
  const sent = new Map(config.map((item) => [identity(item), item]));
  const present = new Set(live.map(identity));
  const merged = live.map((item) => {
    const other = sent.get(identity(item));
    return isMap(item) && other !== undefined && isMap(other)
      ? mergeMaps(item, other, childModel(schema, model, field), schema)
      : item;
  });
  return [...merged, ...config.filter((item) => !present.has(identity(item)))];
}

/** The value without what the path leads to; emptied keyed elements go whole when their `.` goes. */
function removeAt(value: JsonValue, path: readonly string[]): JsonValue {
  const [head, ...rest] = path;
  if (head === undefined) return undefined;
  if (head.startsWith('f:')) {
    if (!isMap(value)) return value;
    const key = head.slice(2);
    const inner = value[key];
    if (rest.length === 0 || inner === undefined)
      return Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
    return { ...value, [key]: removeAt(inner, rest) };
  }
  if (!Array.isArray(value)) return value;
  const list = value as readonly JsonValue[];
  const matches = (item: JsonValue): boolean =>
    head.startsWith('v:') ? valueKey(item) === head : elementKey(item, keysIn(head)) === head;
  if (rest.length === 0 || rest[0] === '.') return list.filter((item) => !matches(item));
  return list.map((item) => (matches(item) ? removeAt(item, rest) : item));
}

const asMap = (value: JsonValue): JsonObject => (isMap(value) ? value : {});
