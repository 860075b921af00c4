import type { JsonObject } from '../../../protocol/plain.ts';
import { formatRfc3339 } from '../../sim/clock.ts';
import { type FailureStatus, type SuccessStatus, conflict, isFailure } from '../apimachinery/status.ts';
import type { ApiObject, ObjectMeta } from '../apimachinery/types.ts';
import type { DeleteOptions, Propagation, UserInfo } from '../client/interface.ts';
import type { Entry } from '../etcd/store.ts';
import type { Core, Outcome } from './core.ts';
import type { ResourceInfo } from './registry.ts';
import { asApiObject, asJson, objectAt } from './selection.ts';

const ORPHAN = 'orphan';
const FOREGROUND = 'foregroundDeletion';
const JOB_ORPHANS =
  'child pods are preserved by default when jobs are deleted; set propagationPolicy=Background to remove them or set propagationPolicy=Orphan to suppress this warning';

/** DELETE of one object: at once, gracefully, or when its finalizers are done. */
export function deleteObject(
  core: Core,
  user: UserInfo,
  info: ResourceInfo,
  entry: Entry,
  options: DeleteOptions,
): Outcome | FailureStatus {
  const object = asApiObject(entry.value);
  const { metadata } = object;
  const { uid, resourceVersion } = options.preconditions ?? {};
  if (uid !== undefined && uid !== metadata.uid) {
    return conflict(
      info.plural,
      metadata.name,
      info.group,
      `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${metadata.uid}`,
    );
  }
  if (resourceVersion !== undefined && resourceVersion !== metadata.resourceVersion) {
    return conflict(
      info.plural,
      metadata.name,
      info.group,
      `Precondition failed: ResourceVersion in precondition: ${resourceVersion}, ResourceVersion in object meta: ${metadata.resourceVersion}`,
    );
  }
  const request = {
    user,
    operation: 'DELETE',
    info,
    namespace: metadata.namespace ?? '',
    name: metadata.name,
    subresource: '',
    object: entry.value,
    old: entry.value,
    dryRun: options.dryRun === true,
  } as const;
  const refused = core.review(request);
  if (refused !== undefined) return refused;
  const finalizers = finalizersFor(info, metadata.finalizers ?? [], options.propagationPolicy);
  const warnings = info.groupResource === 'jobs.batch' && options.propagationPolicy === undefined ? [JOB_ORPHANS] : [];
  const grace = info.strategy.gracePeriodSeconds?.(object, options.gracePeriodSeconds) ?? 0;
  const next = marked(core, info, object, finalizers, grace);
  const pending =
    grace > 0 || finalizers.length > 0 || (info.groupResource === 'namespaces' && hasNamespaceFinalizer(entry.value));
  if (options.dryRun === true)
    return { object: pending ? (next ?? asJson(object)) : deletedStatus(info, metadata), code: 200 };
  if (pending) {
    if (next === undefined) return { object: entry.value, code: 200, warnings };
    const stored = core.storage.replace(info, entry, next);
    return isFailure(stored) ? stored : { object: stored, code: 200, warnings };
  }
  const removed = core.storage.remove(info, entry);
  return isFailure(removed) ? removed : { object: deletedStatus(info, metadata), code: 200 };
}

/** Finalizers after the propagation policy has had its say. */
function finalizersFor(
  info: ResourceInfo,
  existing: readonly string[],
  policy: Propagation | undefined,
): readonly string[] {
  const others = existing.filter((name) => name !== ORPHAN && name !== FOREGROUND);
  if (policy === 'Orphan') return [...others, ORPHAN];
  if (policy === 'Foreground') return [...others, FOREGROUND];
  if (policy === 'Background') return others;
  if (existing.includes(ORPHAN) || existing.includes(FOREGROUND)) return existing;
  return info.strategy.orphansByDefault === true ? [...others, ORPHAN] : existing;
}

/** The object with deletion marked; undefined when an equal or earlier deletion is under way. */
function marked(
  core: Core,
  info: ResourceInfo,
  object: ApiObject,
  finalizers: readonly string[],
  grace: number,
): JsonObject | undefined {
  const { metadata } = object;
  const { clock } = core.simulation;
  const already = metadata.deletionTimestamp !== undefined;
  const sooner = !already || grace < (metadata.deletionGracePeriodSeconds ?? 0);
  const sameFinalizers =
    finalizers.length === (metadata.finalizers ?? []).length &&
    finalizers.every((name) => metadata.finalizers?.includes(name) === true);
  if (!sooner && sameFinalizers) return undefined;
  const { finalizers: _old, ...rest } = metadata;
  const kept: ObjectMeta = finalizers.length === 0 ? rest : { ...rest, finalizers };
  const leaving: ObjectMeta = sooner
    ? {
        ...kept,
        deletionTimestamp: formatRfc3339(clock.unixMs + grace * 1000),
        deletionGracePeriodSeconds: grace,
        ...(metadata.generation === undefined || already ? {} : { generation: metadata.generation + 1 }),
      }
    : kept;
  const view: JsonObject = { ...asJson(object), metadata: leaving };
  return info.groupResource === 'namespaces'
    ? { ...view, status: { ...objectAt(view, 'status'), phase: 'Terminating' } }
    : view;
}

const hasNamespaceFinalizer = (namespace: JsonObject): boolean => {
  const finalizers = objectAt(namespace, 'spec')?.['finalizers'];
  return Array.isArray(finalizers) && finalizers.length > 0;
};

function deletedStatus(info: ResourceInfo, metadata: ObjectMeta): SuccessStatus {
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Success',
    details: {
      name: metadata.name,
      ...(info.group === '' ? {} : { group: info.group }),
      kind: info.plural,
      uid: metadata.uid,
    },
  };
}
