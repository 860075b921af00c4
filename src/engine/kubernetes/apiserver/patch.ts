import type { JsonObject, JsonValue } from '../../../protocol/plain.ts';
import { applyJsonPatch } from '../apimachinery/json-patch.ts';
import { applyMergePatch } from '../apimachinery/json-merge-patch.ts';
import { type FailureStatus, badRequest, failure, isFailure } from '../apimachinery/status.ts';
import { applyStrategicPatch } from '../apimachinery/strategic-merge-patch.ts';
import type { PatchType, UserInfo, WriteOptions } from '../client/interface.ts';
import type { Entry } from '../etcd/store.ts';
import { mergeKey, typeOf } from '../schema/index.ts';
import type { Core, Outcome } from './core.ts';
import type { ResourceInfo } from './registry.ts';
import { isObject } from './selection.ts';
import { updateObject } from './update.ts';

/** PATCH of an existing object in one of the three client-side kinds. */
export function patchObject(
  core: Core,
  user: UserInfo,
  info: ResourceInfo,
  entry: Entry,
  type: PatchType,
  patch: JsonValue,
  options: WriteOptions,
): Outcome | FailureStatus {
  const patched = patchedObject(info, entry.value, type, patch);
  return isFailure(patched) ? patched : updateObject(core, user, info, entry, patched, options);
}

/** The object as the patch leaves it. */
export function patchedObject(
  info: ResourceInfo,
  object: JsonObject,
  type: PatchType,
  patch: JsonValue,
): JsonObject | FailureStatus {
  if (type === 'json') {
    if (!Array.isArray(patch)) return badRequest('json: cannot unmarshal object into Go value of type jsonpatch.Patch');
    const result = applyJsonPatch(object, patch as readonly JsonValue[]);
    if ('error' in result) return refusedPatch(result.error);
    return isObject(result.value) ? result.value : refusedPatch('the patch replaced the document');
  }
  if (!isObject(patch))
    return badRequest(
      `error decoding patch: json: cannot unmarshal ${Array.isArray(patch) ? 'array' : typeof patch} into Go value of type map[string]interface {}`,
    );
  if (type === 'merge') {
    const result = applyMergePatch(object, patch);
    return isObject(result) ? result : refusedPatch('the patch replaced the document');
  }
  if (info.model === undefined) {
    return failure(
      'UnsupportedMediaType',
      'the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml',
    );
  }
  const result = applyStrategicPatch(object, patch, info.model, { typeOf, mergeKey });
  return 'error' in result ? badRequest(result.error) : result.value;
}

const refusedPatch = (message: string): FailureStatus =>
  failure(
    'Invalid',
    'the server rejected our request due to an error in our request',
    { causes: [{ reason: 'UnexpectedServerResponse', message }] },
    422,
  );
