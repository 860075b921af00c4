/**
 * Making strategic merge patches (kubernetes apimachinery/pkg/util/strategicpatch CreateTwoWayMergePatch and
 * CreateThreeWayMergePatch): what `kubectl apply` and `kubectl edit` send.
 */
import type { JsonObject, JsonValue } from '../../../protocol/plain.ts';
import { deepEqual } from './equality.ts';
import { type PatchField, type PatchSchema, patchField } from './patch-schema.ts';
import { DELETE_FROM, DIRECTIVE, RETAIN_KEYS, SET_ORDER } from './strategic-merge-patch.ts';

type Mutable = { [key: string]: JsonValue };

interface Mode {
  readonly ignoreAdditions: boolean;
  readonly ignoreDeletions: boolean;
  readonly setElementOrder: boolean;
}

/** The patch that turns `original` into `modified`; empty where they are equal. */
export const createTwoWayPatch = (
  original: JsonObject,
  modified: JsonObject,
  model: string | undefined,
  schema: PatchSchema,
): JsonObject =>
  diffMaps(original, modified, model, schema, {
    ignoreAdditions: false,
    ignoreDeletions: false,
    setElementOrder: true,
  });

/**
 * What apply sends: additions and changes from the live object to `modified`, deletions from what was last applied to
 * `modified`. Empty where nothing has to change.
 */
export function createThreeWayPatch(
  lastApplied: JsonObject,
  modified: JsonObject,
  current: JsonObject,
  model: string | undefined,
  schema: PatchSchema,
): JsonObject {
  const delta = diffMaps(current, modified, model, schema, {
    ignoreAdditions: false,
    ignoreDeletions: true,
    setElementOrder: true,
  });
  const deletions = diffMaps(lastApplied, modified, model, schema, {
    ignoreAdditions: true,
    ignoreDeletions: false,
    setElementOrder: true,
  });
  return mergePatches(deletions, delta, model, schema);
}

function diffMaps(
  original: JsonObject,
  modified: JsonObject,
  model: string | undefined,
  schema: PatchSchema,
  mode: Mode,
): JsonObject {
  const patch: Mutable = {};
  for (const key of Object.keys(modified)) {
    const after = modified[key];
    if (after === undefined) continue;
    const before = original[key];
    if (before === undefined || before === null) {
      if (!mode.ignoreAdditions) patch[key] = after;
      continue;
    }
    diffField(patch, key, before, after, patchField(schema, model, key), schema, mode);
  }
  if (!mode.ignoreDeletions) {
    for (const key of Object.keys(original))
      if (modified[key] === undefined && original[key] !== undefined) patch[key] = null;
  }
  return patch;
}

function diffField(
  patch: Mutable,
  key: string,
  before: JsonValue,
  after: JsonValue,
  field: PatchField,
  schema: PatchSchema,
  mode: Mode,
): void {
  if (isMap(before) && isMap(after)) {
    const inner = diffMaps(before, after, field.model, schema, mode);
    if (Object.keys(inner).length === 0) return;
    patch[key] = field.retainsKeys ? { [RETAIN_KEYS]: Object.keys(after).toSorted(), ...inner } : inner;
    return;
  }
  if (Array.isArray(before) && Array.isArray(after) && field.merges) {
    diffLists(patch, key, before as readonly JsonValue[], after as readonly JsonValue[], field, schema, mode);
    return;
  }
  if (deepEqual(before, after)) return;
  if (!mode.ignoreAdditions) patch[key] = after;
}

function diffLists(
  patch: Mutable,
  key: string,
  before: readonly JsonValue[],
  after: readonly JsonValue[],
  field: PatchField,
  schema: PatchSchema,
  mode: Mode,
): void {
  const { mergeKey } = field;
  const changes: JsonValue[] = [];
  if (mergeKey === undefined) {
    const added = mode.ignoreAdditions ? [] : after.filter((item) => !before.some((known) => deepEqual(known, item)));
    const gone = mode.ignoreDeletions ? [] : before.filter((item) => !after.some((kept) => deepEqual(kept, item)));
    if (added.length > 0) patch[key] = added;
    if (gone.length > 0) patch[DELETE_FROM + key] = gone;
    if (added.length + gone.length > 0 && after.length > 0) patch[SET_ORDER + key] = after;
    return;
  }
  const keyed = (item: JsonValue): JsonValue => (isMap(item) ? item[mergeKey] : undefined);
  for (const item of after) {
    const known = before.find((other) => deepEqual(keyed(other), keyed(item)));
    if (known === undefined) {
      if (!mode.ignoreAdditions) changes.push(item);
    } else if (isMap(known) && isMap(item)) {
      const inner = diffMaps(known, item, field.model, schema, mode);
      if (Object.keys(inner).length > 0) changes.push({ ...inner, [mergeKey]: keyed(item) });
    }
  }
  if (!mode.ignoreDeletions) {
    for (const item of before)
      if (!after.some((other) => deepEqual(keyed(other), keyed(item))))
        changes.push({ [DIRECTIVE]: 'delete', [mergeKey]: keyed(item) });
  }
  const sameOrder =
    before.length === after.length && before.every((item, index) => deepEqual(keyed(item), keyed(after[index])));
  if (changes.length === 0 && (sameOrder || mode.ignoreAdditions || mode.ignoreDeletions)) return;
  if (changes.length > 0) patch[key] = changes;
  if (mode.setElementOrder && after.length > 0)
    patch[SET_ORDER + key] = after.map((item) => ({ [mergeKey]: keyed(item) }));
}

/** Lays the second patch over the first; both come from diffs towards the same object. */
function mergePatches(
  first: JsonObject,
  second: JsonObject,
  model: string | undefined,
  schema: PatchSchema,
): JsonObject {
  const merged: Mutable = { ...first };
  for (const key of Object.keys(second)) {
    const a = merged[key];
    const b = second[key];
    if (isMap(a) && isMap(b)) merged[key] = mergePatches(a, b, patchField(schema, model, key).model, schema);
    else if (Array.isArray(a) && Array.isArray(b) && !key.startsWith('$')) {
      merged[key] = mergeChanges(
        a as readonly JsonValue[],
        b as readonly JsonValue[],
        patchField(schema, model, key),
        schema,
      );
    } else merged[key] = b;
  }
  return merged;
}

function mergeChanges(
  a: readonly JsonValue[],
  b: readonly JsonValue[],
  field: PatchField,
  schema: PatchSchema,
): readonly JsonValue[] {
  const { mergeKey } = field;
  if (!field.merges || mergeKey === undefined) return b;
  const rest = [...b];
  const merged = a.map((item) => {
    const index = rest.findIndex((other) => isMap(item) && isMap(other) && deepEqual(item[mergeKey], other[mergeKey]));
    const [other] = index < 0 ? [undefined] : rest.splice(index, 1);
    return isMap(item) && isMap(other ?? null) ? mergePatches(item, other as JsonObject, field.model, schema) : item;
  });
  // Upstream sends additions and changes before deletions.
  return [...rest, ...merged];
}

const isMap = (value: JsonValue): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
