import type { JsonObject, JsonValue } from '../../../protocol/plain.ts';
import { type FailureStatus, badRequest, failedWith, isFailure } from '../apimachinery/status.ts';
import type { UserInfo, WriteOptions } from '../client/interface.ts';
import type { Core, Outcome } from './core.ts';
import { createObject } from './create.ts';
import { patchedObject } from './patch.ts';
import type { ResourceInfo } from './registry.ts';
import { isObject } from './selection.ts';
import { updateObject } from './update.ts';

/** PATCH with apply-patch+yaml: creates the object or merges what the manager applies. */
export function applyObject(core: Core, user: UserInfo, info: ResourceInfo, namespace: string, name: string, patch: JsonValue, options: WriteOptions): Outcome | FailureStatus {
  if (!isObject(patch)) return badRequest('error decoding YAML: the patch is not an object');
  if ((options.fieldManager ?? '') === '') return badRequest('PatchOptions.meta.k8s.io "" is invalid: fieldManager: Required value: is required for apply patch');
  const entry = core.storage.entry(info, namespace, name);
  if (failedWith(entry, 'NotFound')) return createObject(core, user, info, namespace, named(patch, name), options);
  if (isFailure(entry)) return entry;
  const merged = patchedObject(info, entry.value, info.model === undefined ? 'merge' : 'strategic', patch);
  return isFailure(merged) ? merged : updateObject(core, user, info, entry, merged, options);
}

const named = (patch: JsonObject, name: string): JsonObject => ({ ...patch, metadata: { ...(isObject(patch['metadata']) ? patch['metadata'] : {}), name } });
