/** The patch that apply sends: strategic where the kind is known, a JSON merge patch elsewhere. */
import { createMergePatch } from '../../../engine/kubernetes/apimachinery/json-merge-patch.ts';
import { createThreeWayPatch, createTwoWayPatch } from '../../../engine/kubernetes/apimachinery/strategic-diff.ts';
import { kindOf, mergeKey, typeOf } from '../../../engine/kubernetes/schema/index.ts';
import type { JsonObject, JsonValue } from '../../../protocol/plain.ts';
import { isJsonObject } from '../../../formats/json.ts';
import type { PatchKind } from './api.ts';
import type { ResourceType } from './discovery.ts';

const SCHEMA = { typeOf, mergeKey };

export interface Patch {
  readonly kind: PatchKind;
  readonly body: JsonObject;
}

/** What turns the live object into the modified one, taking back what was applied before and is gone. */
export function applyPatch(type: ResourceType, last: JsonObject, modified: JsonObject, live: JsonObject): Patch {
  const model = kindOf(type.group, type.version, type.kind)?.model;
  if (model !== undefined) return { kind: 'strategic', body: createThreeWayPatch(last, modified, live, model, SCHEMA) };
  const additions = keep(createMergePatch(live, modified) ?? {}, false);
  const deletions = keep(createMergePatch(last, modified) ?? {}, true);
  return { kind: 'merge', body: mergeDeep(deletions, additions) };
}

/** What turns one version of an object into another. */
export function editPatch(type: ResourceType, before: JsonObject, after: JsonObject): Patch {
  const model = kindOf(type.group, type.version, type.kind)?.model;
  if (model === undefined) return { kind: 'merge', body: createMergePatch(before, after) ?? {} };
  return { kind: 'strategic', body: createTwoWayPatch(before, after, model, SCHEMA) };
}

/** Only the deletions (null members) of a merge patch, or all but those. */
function keep(patch: JsonObject, deletions: boolean): JsonObject {
  const out: Record<string, JsonValue> = {};
  for (const [key, value] of Object.entries(patch)) {
    if (isJsonObject(value)) {
      const inner = keep(value, deletions);
      if (Object.keys(inner).length > 0) out[key] = inner;
    } else if ((value === null) === deletions) out[key] = value;
  }
  return out;
}

function mergeDeep(a: JsonObject, b: JsonObject): JsonObject {
  const out: Record<string, JsonValue> = { ...a };
  for (const [key, value] of Object.entries(b)) {
    const old = out[key];
    out[key] = isJsonObject(old) && isJsonObject(value) ? mergeDeep(old, value) : value;
  }
  return out;
}
