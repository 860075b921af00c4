import type { JsonObject } from '../../../protocol/plain.ts';
import { deepEqual } from '../apimachinery/equality.ts';
import { shareParts } from '../apimachinery/sharing.ts';
import { invalidObject } from '../apimachinery/field-error.ts';
import { type Answer, type FailureStatus, badRequest, conflict, isFailure } from '../apimachinery/status.ts';
import type { UserInfo, WriteOptions } from '../client/interface.ts';
import type { Entry } from '../etcd/store.ts';
import type { Core, Outcome } from './core.ts';
import type { ResourceInfo } from './registry.ts';
import { asApiObject, asJson } from './selection.ts';
import { metaOf, receive, textAt, tracksGeneration, validateMeta, validateMetaUpdate } from './write-common.ts';

/** PUT, and the second half of every patch: replaces the object that `entry` holds. */
export function updateObject(
  core: Core,
  user: UserInfo,
  info: ResourceInfo,
  entry: Entry,
  body: JsonObject,
  options: WriteOptions,
): Outcome | FailureStatus {
  const old = entry.value;
  const received = receive(info, shareParts(body, old), options, old);
  if (isFailure(received)) return received;
  const oldMeta = metaOf(old);
  const name = textAt(oldMeta, 'name');
  const merged = onto(info, received.object, old, options.subresource ?? '');
  if (isFailure(merged)) return merged;
  const { strategy } = info;
  const oldView = asApiObject(old);
  let view = asApiObject(merged);
  view = strategy.defaults?.(view) ?? view;
  const subresource = options.subresource ?? '';
  const request = {
    user,
    operation: 'UPDATE',
    info,
    namespace: textAt(oldMeta, 'namespace'),
    name,
    subresource,
    old,
    dryRun: options.dryRun === true,
  } as const;
  const tracked = core.trackFields(info, asJson(view), old, options);
  const admitted = core.admit({ ...request, object: tracked });
  if (isFailure(admitted)) return admitted;
  view = asApiObject(admitted);
  const errors = [];
  let next: JsonObject;
  if (subresource === 'status') {
    next = asJson(view);
    errors.push(...(strategy.validateStatusUpdate?.(view, oldView) ?? []));
  } else {
    view = strategy.prepareForUpdate?.(view, oldView) ?? view;
    const allocated = core.allocate(info, asJson(view), old);
    if (isFailure(allocated)) return allocated;
    next = withGeneration(info, allocated, old);
    view = asApiObject(next);
    errors.push(...validateMeta(info, view), ...validateMetaUpdate(view, oldView));
    // What is checked on creation holds for updates too, beside what may not change.
    if (subresource === '')
      errors.push(...(strategy.validate?.(view) ?? []), ...(strategy.validateUpdate?.(view, oldView) ?? []));
  }
  if (errors.length > 0) return invalidObject(info.kind, info.group, name, errors);
  const refused = core.review({ ...request, object: next });
  if (refused !== undefined) return refused;
  const warnings = [...received.warnings, ...(strategy.warnings?.(view) ?? [])];
  if (deepEqual(next, old)) return { object: old, code: 200, warnings };
  if (options.dryRun === true) return { object: next, code: 200, warnings };
  const stored = store(core, info, entry, next);
  return isFailure(stored) ? stored : { object: stored, code: 200, warnings };
}

/** Writes; an object on its way out whose last finalizer went is removed instead. */
function store(core: Core, info: ResourceInfo, entry: Entry, next: JsonObject): Answer<JsonObject> {
  const { metadata } = asApiObject(next);
  const leaving = metadata.deletionTimestamp !== undefined && (metadata.deletionGracePeriodSeconds ?? 0) === 0;
  const held = (metadata.finalizers ?? []).length > 0 || (info.groupResource === 'namespaces' && namespaceHeld(next));
  const waitsForKubelet =
    info.groupResource === 'pods' && asApiObject(entry.value).metadata.deletionGracePeriodSeconds !== 0;
  if (leaving && !held && !waitsForKubelet) {
    const removed = core.storage.remove(info, entry);
    return removed;
  }
  return core.storage.replace(info, entry, next);
}

function namespaceHeld(namespace: JsonObject): boolean {
  const { spec } = namespace;
  const finalizers = typeof spec === 'object' && spec !== null && 'finalizers' in spec ? spec.finalizers : undefined;
  return Array.isArray(finalizers) && finalizers.length > 0;
}

/** The sent object with what the path may not change put back. */
function onto(info: ResourceInfo, sent: JsonObject, old: JsonObject, subresource: string): JsonObject | FailureStatus {
  const meta = metaOf(sent);
  const oldMeta = metaOf(old);
  const name = textAt(oldMeta, 'name');
  const sentName = textAt(meta, 'name');
  if (sentName !== '' && sentName !== name)
    return badRequest(`the name of the object (${sentName}) does not match the name on the URL (${name})`);
  const namespace = textAt(oldMeta, 'namespace');
  const sentNamespace = textAt(meta, 'namespace');
  if (sentNamespace !== '' && sentNamespace !== namespace)
    return badRequest('the namespace of the object does not match the namespace on the request');
  const uid = textAt(meta, 'uid');
  if (uid !== '' && uid !== textAt(oldMeta, 'uid')) {
    return conflict(
      info.plural,
      name,
      info.group,
      `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${textAt(oldMeta, 'uid')}`,
    );
  }
  const revision = textAt(meta, 'resourceVersion');
  if (revision !== '' && revision !== '0' && revision !== textAt(oldMeta, 'resourceVersion'))
    return conflict(info.plural, name, info.group);
  if (subresource === 'status') return { ...old, metadata: statusMeta(info, meta, oldMeta), status: sent['status'] };
  const { deletionTimestamp: _d, deletionGracePeriodSeconds: _g, selfLink: _s, ...kept } = meta;
  const metadata = {
    ...kept,
    name,
    ...(info.namespaced ? { namespace } : {}),
    uid: oldMeta['uid'],
    creationTimestamp: oldMeta['creationTimestamp'],
    resourceVersion: oldMeta['resourceVersion'],
    ...(oldMeta['generation'] === undefined ? {} : { generation: oldMeta['generation'] }),
    ...(oldMeta['deletionTimestamp'] === undefined
      ? {}
      : {
          deletionTimestamp: oldMeta['deletionTimestamp'],
          deletionGracePeriodSeconds: oldMeta['deletionGracePeriodSeconds'],
        }),
  };
  const { status: _status, ...rest } = sent;
  if (!info.hasStatus) return { ...sent, metadata };
  return old['status'] === undefined ? { ...rest, metadata } : { ...rest, metadata, status: old['status'] };
}

/** Pods and nodes let writers of their status change labels and annotations too (flanneld does); other kinds do not. */
function statusMeta(info: ResourceInfo, meta: JsonObject, oldMeta: JsonObject): JsonObject {
  if (info.groupResource !== 'nodes' && info.groupResource !== 'pods') return oldMeta;
  if (meta['labels'] === oldMeta['labels'] && meta['annotations'] === oldMeta['annotations']) return oldMeta;
  const { labels: _labels, annotations: _annotations, ...kept } = oldMeta;
  const { labels, annotations } = meta;
  return {
    ...kept,
    ...(labels === undefined ? {} : { labels }),
    ...(annotations === undefined ? {} : { annotations }),
  };
}

/** Counts a change of anything but metadata and status. */
function withGeneration(info: ResourceInfo, next: JsonObject, old: JsonObject): JsonObject {
  if (!tracksGeneration(info)) return next;
  const same = [...new Set([...Object.keys(next), ...Object.keys(old)])].every(
    (key) => key === 'metadata' || key === 'status' || deepEqual(next[key], old[key]),
  );
  if (same) return next;
  const meta = metaOf(next);
  const generation = typeof meta['generation'] === 'number' ? meta['generation'] : 0;
  return { ...next, metadata: { ...meta, generation: generation + 1 } };
}
