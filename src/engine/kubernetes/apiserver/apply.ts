import type { JsonObject, JsonValue } from '../../../protocol/plain.ts';
import { formatRfc3339 } from '../../sim/clock.ts';
import { type ApplyConflict, type Manager, serverSideApply, trackUpdate } from '../apimachinery/server-side-apply.ts';
import { type FailureStatus, badRequest, failedWith, failure, isFailure } from '../apimachinery/status.ts';
import type { UserInfo, WriteOptions } from '../client/interface.ts';
import { mergeKey, typeOf } from '../schema/index.ts';
import type { Core, Outcome } from './core.ts';
import { createObject } from './create.ts';
import type { ResourceInfo } from './registry.ts';
import { isObject } from './selection.ts';
import { updateObject } from './update.ts';
import { metaOf, receive } from './write-common.ts';

const SCHEMA = { typeOf, mergeKey };

/** PATCH with apply-patch+yaml: creates the object or merges what the manager applies. */
export function applyObject(
  core: Core,
  user: UserInfo,
  info: ResourceInfo,
  namespace: string,
  name: string,
  patch: JsonValue,
  options: WriteOptions,
): Outcome | FailureStatus {
  if (!isObject(patch)) return badRequest('error decoding YAML: the patch is not an object');
  const manager = options.fieldManager ?? '';
  if (manager === '')
    return failure(
      'Invalid',
      'PatchOptions.meta.k8s.io "" is invalid: fieldManager: Required value: is required for apply patch',
    );
  const config = receive(
    info,
    { ...patch, metadata: { ...metaOf(patch), name, ...(info.namespaced ? { namespace } : {}) } },
    options,
  );
  if (isFailure(config)) return config;
  const entry = core.storage.entry(info, namespace, name);
  const missing = failedWith(entry, 'NotFound');
  if (isFailure(entry) && !missing) return entry;
  const live: JsonObject =
    missing || isFailure(entry) ? { apiVersion: info.apiVersion, kind: info.kind, metadata: { name } } : entry.value;
  const who = whoIs(core, info, options);
  const applied = serverSideApply(
    live,
    config.object,
    managersOf(live),
    who,
    options.force === true,
    info.model,
    SCHEMA,
  );
  if ('conflicts' in applied) return conflictsFound(applied.conflicts);
  const managed = withManagers(applied.object, applied.managers);
  // The set of owned fields is already known: the common path need not track this write.
  const { fieldManager: _manager, ...rest } = options;
  if (missing || isFailure(entry)) return createObject(core, user, info, namespace, managed, rest);
  return updateObject(core, user, info, entry, managed, rest);
}

/** What kubectl shows of fields that others own, by manager. */
function conflictsFound(conflicts: readonly ApplyConflict[]): FailureStatus {
  const [first] = conflicts;
  const alone = conflicts.length === 1 ? first : undefined;
  const byManager = new Map<string, string[]>();
  for (const { manager, apiVersion, field } of conflicts) {
    const head = `conflicts with "${manager}" using ${apiVersion}:`;
    byManager.set(head, [...(byManager.get(head) ?? []), `- ${field}`]);
  }
  const lines =
    alone === undefined
      ? [...byManager].flatMap(([head, fields]) => [head, ...fields]).join('\n')
      : `conflict with "${alone.manager}" using ${alone.apiVersion}: ${alone.field}`;
  return failure(
    'Conflict',
    `Apply failed with ${String(conflicts.length)} conflict${alone === undefined ? 's' : ''}: ${lines}`,
    {
      causes: conflicts.map(({ manager, apiVersion, field }) => ({
        reason: 'FieldManagerConflict',
        message: `conflict with "${manager}" using ${apiVersion}`,
        field,
      })),
    },
  );
}

/** managedFields of an object after a write by a named manager; unchanged for writers without a name. */
export function trackFields(
  core: Core,
  info: ResourceInfo,
  next: JsonObject,
  old: JsonObject | undefined,
  options: WriteOptions,
): JsonObject {
  if ((options.fieldManager ?? '') === '') return next;
  const before = old ?? {};
  const managers = trackUpdate(before, next, managersOf(before), whoIs(core, info, options), info.model, SCHEMA);
  return withManagers(next, managers);
}

const whoIs = (
  core: Core,
  info: ResourceInfo,
  options: WriteOptions,
): Pick<Manager, 'manager' | 'apiVersion' | 'time' | 'subresource'> => ({
  manager: options.fieldManager ?? '',
  apiVersion: info.apiVersion,
  time: formatRfc3339(core.simulation.clock.unixMs),
  ...(options.subresource === undefined || options.subresource === '' ? {} : { subresource: options.subresource }),
});

function managersOf(object: JsonObject): readonly Manager[] {
  // Only the server writes this field.
  const entries = metaOf(object)['managedFields'] as unknown as readonly Manager[] | undefined;
  return entries ?? [];
}

function withManagers(object: JsonObject, managers: readonly Manager[]): JsonObject {
  const meta = metaOf(object);
  if (meta['managedFields'] === managers) return object;
  const { managedFields: _old, ...rest } = meta;
  return {
    ...object,
    metadata: managers.length === 0 ? rest : { ...rest, managedFields: managers as unknown as JsonValue },
  };
}
