import type { JsonObject } from '../../../protocol/plain.ts';
import { type FailureStatus, failure, isFailure, methodNotSupported, notFound } from '../apimachinery/status.ts';
import type { ApiRequest, UserInfo } from '../client/interface.ts';
import { applyObject } from './apply.ts';
import type { Core, Outcome } from './core.ts';
import { createObject } from './create.ts';
import { deleteObject } from './delete.ts';
import { patchObject, patchedObject } from './patch.ts';
import { listObjects, listOf } from './read.ts';
import type { ResourceInfo } from './registry.ts';
import { bindPod, evictPod, finalizeNamespace, scaleOf, writeEphemeralContainers, writeScale } from './subresources.ts';
import { SUCCESS } from './subresources.ts';
import { updateObject } from './update.ts';

/** Requests that are answered without an object of the resource in the store: reviews and tokens. */
export interface VirtualResources {
  create(
    user: UserInfo,
    info: ResourceInfo,
    request: Extract<ApiRequest, { verb: 'create' }>,
  ): Outcome | FailureStatus | undefined;
  /** Lease for a new object, where it expires by itself. */
  leaseFor(info: ResourceInfo): (() => number) | undefined;
}

/** Carries out one authorized request on a resource. */
export function dispatch(
  core: Core,
  virtual: VirtualResources,
  user: UserInfo,
  info: ResourceInfo,
  request: ApiRequest,
): Outcome | FailureStatus {
  switch (request.verb) {
    case 'get':
      return read(core, info, request);
    case 'list': {
      const listed = listObjects(core, info, request.options);
      return isFailure(listed) ? listed : { object: listOf(info, listed), code: 200 };
    }
    case 'create': {
      const answered = virtual.create(user, info, request);
      if (answered !== undefined) return answered;
      if (request.options.subresource !== undefined && request.options.subresource !== '')
        return createSubresource(core, user, info, request);
      return createObject(
        core,
        user,
        info,
        request.namespace ?? '',
        request.object,
        request.options,
        virtual.leaseFor(info),
      );
    }
    case 'update':
      return update(core, user, info, request);
    case 'patch':
      return patch(core, user, info, request);
    case 'delete': {
      const entry = core.storage.entry(info, request.namespace ?? '', request.name);
      return isFailure(entry) ? entry : deleteObject(core, user, info, entry, request.options);
    }
    case 'deletecollection': {
      const listed = listObjects(core, info, request.options);
      if (isFailure(listed)) return listed;
      for (const item of listed.items) deleteListed(core, user, info, item, request.options);
      return { object: listOf(info, listed), code: 200 };
    }
  }
}

type Of<V extends ApiRequest['verb']> = Extract<ApiRequest, { verb: V }>;

function deleteListed(
  core: Core,
  user: UserInfo,
  info: ResourceInfo,
  item: JsonObject,
  options: Of<'deletecollection'>['options'],
): void {
  const { namespace = '', name = '' } = item['metadata'] as { namespace?: string; name?: string };
  const entry = core.storage.entry(info, namespace, name);
  if (!isFailure(entry)) deleteObject(core, user, info, entry, options);
}

function read(core: Core, info: ResourceInfo, request: Of<'get'>): Outcome | FailureStatus {
  const entry = core.storage.entry(info, request.namespace ?? '', request.name);
  if (isFailure(entry)) return entry;
  if (request.subresource === 'scale') {
    const scale = scaleOf(info, entry.value);
    return isFailure(scale) ? scale : { object: scale, code: 200 };
  }
  return { object: entry.value, code: 200 };
}

function createSubresource(
  core: Core,
  user: UserInfo,
  info: ResourceInfo,
  request: Of<'create'>,
): Outcome | FailureStatus {
  const name = request.name ?? '';
  const entry = core.storage.entry(info, request.namespace ?? '', name);
  if (isFailure(entry)) return entry;
  switch (request.options.subresource) {
    case 'binding':
      return bindPod(core, info, entry, request.object);
    case 'eviction':
      return evictPod(core, user, info, entry, request.object);
    default:
      return methodNotSupported(`${info.plural}/${request.options.subresource ?? ''}`, 'create', info.group);
  }
}

function update(core: Core, user: UserInfo, info: ResourceInfo, request: Of<'update'>): Outcome | FailureStatus {
  if (!info.verbs.includes('update')) return methodNotSupported(info.plural, 'update', info.group);
  const entry = core.storage.entry(info, request.namespace ?? '', request.name);
  if (isFailure(entry)) return entry;
  switch (request.options.subresource) {
    case 'scale':
      return writeScale(core, user, info, entry, { object: request.object }, request.options);
    case 'finalize':
      return finalizeNamespace(core, info, entry, request.object);
    case 'ephemeralcontainers':
      return writeEphemeralContainers(core, user, info, entry, request.object, request.options);
    default:
      return updateObject(core, user, info, entry, request.object, request.options);
  }
}

function patch(core: Core, user: UserInfo, info: ResourceInfo, request: Of<'patch'>): Outcome | FailureStatus {
  const { patchType, options } = request;
  const namespace = request.namespace ?? '';
  if (patchType === 'apply') return applyObject(core, user, info, namespace, request.name, request.patch, options);
  const entry = core.storage.entry(info, namespace, request.name);
  if (isFailure(entry)) return entry;
  if (options.subresource === 'scale')
    return writeScale(core, user, info, entry, { type: patchType, patch: request.patch }, options);
  if (options.subresource === 'ephemeralcontainers') {
    const patched = patchedObject(info, entry.value, patchType, request.patch);
    return isFailure(patched) ? patched : writeEphemeralContainers(core, user, info, entry, patched, options);
  }
  return patchObject(core, user, info, entry, patchType, request.patch, options);
}

export { SUCCESS, failure, notFound };
