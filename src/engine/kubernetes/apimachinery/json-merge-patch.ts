import type { JsonObject, JsonValue } from '../../../protocol/plain.ts';
import { deepEqual } from './equality.ts';

const isMap = (value: JsonValue): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Applies a JSON merge patch (RFC 7386); unchanged parts are shared with the original, which is answered where all are. */
export function applyMergePatch(original: JsonValue, patch: JsonValue): JsonValue {
  if (patch === original || !isMap(patch)) return patch;
  const base = isMap(original) ? original : {};
  let next: { [key: string]: JsonValue } | undefined = base === original ? undefined : {};
  for (const key of Object.keys(patch)) {
    const value = patch[key];
    const before = base[key];
    if (value === undefined || (value === null && before === undefined)) continue;
    const after = value === null ? undefined : applyMergePatch(before, value);
    if (after === before) continue;
    next ??= { ...base };
    if (after === undefined) delete next[key];
    else next[key] = after;
  }
  return next ?? base;
}

/** The merge patch that turns `original` into `modified`; undefined where they are equal. */
export function createMergePatch(original: JsonObject, modified: JsonObject): JsonObject | undefined {
  const patch: { [key: string]: JsonValue } = {};
  for (const key of new Set([...Object.keys(original), ...Object.keys(modified)])) {
    const before = original[key];
    const after = modified[key];
    if (deepEqual(before, after)) continue;
    if (after === undefined) patch[key] = null;
    else if (isMap(before) && isMap(after)) patch[key] = createMergePatch(before, after);
    else patch[key] = after;
  }
  return Object.keys(patch).length === 0 ? undefined : patch;
}
