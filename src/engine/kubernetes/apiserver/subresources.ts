import type { JsonObject, JsonValue } from '../../../protocol/plain.ts';
import { formatRfc3339 } from '../../sim/clock.ts';
import { invalid, invalidObject, required } from '../apimachinery/field-error.ts';
import { matcherOf } from '../apimachinery/label-selector.ts';
import { withCondition } from '../apimachinery/meta.ts';
import {
  type FailureStatus,
  type SuccessStatus,
  badRequest,
  conflict,
  isFailure,
  notFound,
} from '../apimachinery/status.ts';
import type { Condition, Pod } from '../apimachinery/types.ts';
import type { DeleteOptions, PatchType, UserInfo, WriteOptions } from '../client/interface.ts';
import type { Entry } from '../etcd/store.ts';
import type { Core, Outcome } from './core.ts';
import { deleteObject } from './delete.ts';
import { patchedObject } from './patch.ts';
import type { ResourceInfo } from './registry.ts';
import { asApiObject, asJson, isObject, objectAt } from './selection.ts';
import { updateObject } from './update.ts';
import { metaOf, textAt } from './write-common.ts';

export const SUCCESS: SuccessStatus = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success' };

/** A pod from the store: its schema was checked on the way in. */
export const asPod = (object: JsonObject): Pod => object as unknown as Pod;

/** POST pods/{name}/binding: gives the pod its node, once. */
export function bindPod(core: Core, info: ResourceInfo, entry: Entry, binding: JsonObject): Outcome | FailureStatus {
  const pod = asPod(entry.value);
  const node = textAt(objectAt(binding, 'target') ?? {}, 'name');
  const { name } = pod.metadata;
  if (node === '') return invalidObject('Binding', '', name, [required('target.name')]);
  const uid = textAt(metaOf(binding), 'uid');
  const refuse = (why: string): FailureStatus => conflict('pods/binding', name, '', why);
  if (uid !== '' && uid !== pod.metadata.uid) {
    return refuse(`Precondition failed: UID in precondition: ${uid}, UID in object meta: ${pod.metadata.uid}`);
  }
  if (pod.metadata.deletionTimestamp !== undefined)
    return refuse(`pod ${name} is being deleted, cannot be assigned to a host`);
  if (pod.spec.nodeName !== undefined && pod.spec.nodeName !== '')
    return refuse(`pod ${name} is already assigned to node "${pod.spec.nodeName}"`);
  const scheduled: Condition = {
    type: 'PodScheduled',
    status: 'True',
    lastProbeTime: null,
    lastTransitionTime: formatRfc3339(core.simulation.clock.unixMs),
  };
  const bound = {
    ...entry.value,
    spec: { ...pod.spec, nodeName: node },
    status: { ...pod.status, conditions: withCondition(pod.status.conditions, scheduled) },
  };
  const stored = core.storage.replace(info, entry, bound);
  return isFailure(stored) ? stored : { object: SUCCESS, code: 201 };
}

/** POST pods/{name}/eviction: a delete that disruption budgets may hold back. */
export function evictPod(
  core: Core,
  user: UserInfo,
  info: ResourceInfo,
  entry: Entry,
  eviction: JsonObject,
): Outcome | FailureStatus {
  const asked = objectAt(eviction, 'deleteOptions') ?? {};
  const grace = asked['gracePeriodSeconds'];
  const options: DeleteOptions = { ...(typeof grace === 'number' ? { gracePeriodSeconds: grace } : {}) };
  const held = disruptionHold(core, asPod(entry.value));
  if (held !== undefined) return held;
  const deleted = deleteObject(core, user, info, entry, options);
  return isFailure(deleted) ? deleted : { object: SUCCESS, code: 201 };
}

function disruptionHold(core: Core, pod: Pod): FailureStatus | undefined {
  const info = core.registry.find('poddisruptionbudgets.policy');
  const store = core.storage.store();
  if (info === undefined || 'kind' in store) return undefined;
  const range = store.range(`${info.prefix}${pod.metadata.namespace ?? ''}/`);
  if ('error' in range) return undefined;
  for (const { value } of range.entries) {
    const spec = objectAt(value, 'spec');
    const selector = spec === undefined ? undefined : objectAt(spec, 'selector');
    if (selector === undefined || !matcherOf(selector).matches(pod.metadata.labels)) continue;
    const allowed = objectAt(value, 'status')?.['disruptionsAllowed'];
    if (typeof allowed === 'number' && allowed > 0) continue;
    const name = textAt(metaOf(value), 'name');
    return {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      reason: 'TooManyRequests',
      code: 429,
      message: "Cannot evict pod as it would violate the pod's disruption budget.",
      details: {
        causes: [
          {
            reason: 'DisruptionBudget',
            message: `The disruption budget ${name} needs more healthy pods than are available now`,
          },
        ],
      },
    };
  }
  return undefined;
}

/** GET of the scale subresource: autoscaling/v1 Scale over whatever has replicas. */
export function scaleOf(info: ResourceInfo, object: JsonObject): JsonObject | FailureStatus {
  const scale = info.strategy.scale?.(asApiObject(object));
  const { metadata } = asApiObject(object);
  if (scale === undefined) return notFound(info.plural, metadata.name, info.group);
  const selector = matcherOf(scale.selector).text;
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: {
      name: metadata.name,
      ...(metadata.namespace === undefined ? {} : { namespace: metadata.namespace }),
      uid: metadata.uid,
      resourceVersion: metadata.resourceVersion,
      creationTimestamp: metadata.creationTimestamp,
    },
    spec: scale.replicas === 0 ? {} : { replicas: scale.replicas },
    status: { replicas: scale.observed, ...(selector === '' ? {} : { selector }) },
  };
}

/** PUT or PATCH of the scale subresource: only the replicas reach the object. */
export function writeScale(
  core: Core,
  user: UserInfo,
  info: ResourceInfo,
  entry: Entry,
  change: { readonly type: PatchType; readonly patch: JsonValue } | { readonly object: JsonObject },
  options: WriteOptions,
): Outcome | FailureStatus {
  const current = scaleOf(info, entry.value);
  if (isFailure(current)) return current;
  const scaleInfo = { ...info, model: 'V1Scale' };
  const next = 'object' in change ? change.object : patchedObject(scaleInfo, current, change.type, change.patch);
  if (isFailure(next)) return next;
  const revision = textAt(metaOf(next), 'resourceVersion');
  const view = asApiObject(entry.value);
  if (revision !== '' && revision !== view.metadata.resourceVersion)
    return conflict(info.plural, view.metadata.name, info.group);
  const replicas = objectAt(next, 'spec')?.['replicas'] ?? 0;
  if (typeof replicas !== 'number')
    return badRequest(
      'Scale in version "v1" cannot be handled as a Scale: json: cannot unmarshal string into Go struct field ScaleSpec.spec.replicas of type int32',
    );
  if (replicas < 0) {
    return invalidObject('Scale', 'autoscaling', view.metadata.name, [
      invalid('spec.replicas', replicas, 'must be greater than or equal to 0'),
    ]);
  }
  const changed = info.strategy.withReplicas?.(view, replicas) ?? view;
  const written = updateObject(core, user, info, entry, asJson(changed), { ...options, subresource: 'scale' });
  if (isFailure(written)) return written;
  const scale = scaleOf(info, written.object);
  return isFailure(scale) ? scale : { object: scale, code: 200 };
}

/** PUT namespaces/{name}/finalize: the namespace goes when its finalizers are gone. */
export function finalizeNamespace(
  core: Core,
  info: ResourceInfo,
  entry: Entry,
  sent: JsonObject,
): Outcome | FailureStatus {
  const finalizers = objectAt(sent, 'spec')?.['finalizers'];
  const left = Array.isArray(finalizers) ? finalizers : [];
  const { metadata } = asApiObject(entry.value);
  if (left.length === 0 && metadata.deletionTimestamp !== undefined && (metadata.finalizers ?? []).length === 0) {
    const removed = core.storage.remove(info, entry);
    return isFailure(removed) ? removed : { object: removed, code: 200 };
  }
  const stored = core.storage.replace(info, entry, {
    ...entry.value,
    spec: left.length === 0 ? {} : { finalizers: left },
  });
  return isFailure(stored) ? stored : { object: stored, code: 200 };
}

/** PUT or PATCH pods/{name}/ephemeralcontainers: containers may be added, never changed. */
export function writeEphemeralContainers(
  core: Core,
  user: UserInfo,
  info: ResourceInfo,
  entry: Entry,
  sent: JsonObject,
  options: WriteOptions,
): Outcome | FailureStatus {
  const pod = asPod(entry.value);
  const wanted = objectAt(sent, 'spec')?.['ephemeralContainers'];
  const list = Array.isArray(wanted) ? wanted.filter(isObject) : [];
  const gone = (pod.spec.ephemeralContainers ?? []).some(
    ({ name }) => !list.some((container) => container['name'] === name),
  );
  if (gone) {
    return invalidObject('Pod', '', pod.metadata.name, [
      {
        type: 'Forbidden',
        field: 'spec.ephemeralContainers',
        body: 'Forbidden: existing ephemeral containers may not be removed',
      },
    ]);
  }
  const next = { ...entry.value, spec: { ...pod.spec, ephemeralContainers: list } };
  return updateObject(core, user, info, entry, next, { ...options, subresource: 'ephemeralcontainers' });
}
