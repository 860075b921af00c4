import type { JsonObject } from '../../../protocol/plain.ts';
import { type FieldErrors, forbiddenField, invalid, required } from '../apimachinery/field-error.ts';
import { isDns1123Label, isDns1123Subdomain, isLabelValue, isQualifiedName } from '../apimachinery/names.ts';
import { type FailureStatus, badRequest } from '../apimachinery/status.ts';
import type { ApiObject } from '../apimachinery/types.ts';
import type { WriteOptions } from '../client/interface.ts';
import { type DecodeFailure, type Decoded, decode } from './decode.ts';
import type { ResourceInfo } from './registry.ts';
import { objectAt } from './selection.ts';

export interface Received {
  readonly object: JsonObject;
  readonly warnings: readonly string[];
}

/**
 * Checks kind, version and types of a body; unknown fields fail, warn or go, as fieldValidation says. Parts shared with the
 * stored object have been checked when that was written.
 */
export function receive(
  info: ResourceInfo,
  body: JsonObject,
  options: WriteOptions,
  stored?: JsonObject,
): Received | FailureStatus {
  const apiVersion = body['apiVersion'] ?? info.apiVersion;
  const kind = body['kind'] ?? info.kind;
  if (apiVersion !== info.apiVersion) {
    return badRequest(
      `the API version in the data (${String(apiVersion)}) does not match the expected API version (${info.apiVersion})`,
    );
  }
  if (kind !== info.kind)
    return badRequest(
      `${String(kind)} in version "${info.version}" cannot be handled as a ${info.kind}: converting (v1.${String(kind)}) to (core.${info.kind}): unknown conversion`,
    );
  const complete: JsonObject =
    body['apiVersion'] === undefined || body['kind'] === undefined
      ? { apiVersion: info.apiVersion, kind: info.kind, ...body }
      : body;
  const decoded = info.model === undefined ? decodeCustom(complete) : decode(complete, info.model, stored);
  const cannot = `${info.kind} in version "${info.version}" cannot be handled as a ${info.kind}:`;
  if ('error' in decoded) return badRequest(`${cannot} ${decoded.error}`);
  if (decoded.unknown.length === 0) return { object: decoded.object, warnings: NO_WARNINGS };
  const problems = decoded.unknown.map((path) => `unknown field "${path}"`);
  if (options.fieldValidation === 'Strict')
    return badRequest(`${cannot} strict decoding error: ${problems.join(', ')}`);
  return { object: decoded.object, warnings: options.fieldValidation === 'Warn' ? problems : NO_WARNINGS };
}

/** Custom resources: only the metadata has a schema of ours. */
function decodeCustom(object: JsonObject): Decoded | DecodeFailure {
  const metadata = decode(metaOf(object), 'V1ObjectMeta');
  return 'error' in metadata
    ? metadata
    : { object: { ...object, metadata: metadata.object }, unknown: metadata.unknown.map((path) => `metadata.${path}`) };
}

const NO_WARNINGS: readonly string[] = [];

/** Checks that hold for the metadata of every kind. */
export function validateMeta(info: ResourceInfo, object: ApiObject): FieldErrors {
  const { metadata } = object;
  const errors = [];
  if (metadata.name === '' || metadata.name === undefined) {
    errors.push(required('metadata.name', 'name or generateName is required'));
  } else {
    const problems = (info.strategy.validateName ?? isDns1123Subdomain)(metadata.name);
    for (const problem of problems) errors.push(invalid('metadata.name', metadata.name, problem));
  }
  if (info.namespaced && metadata.namespace !== undefined) {
    for (const problem of isDns1123Label(metadata.namespace))
      errors.push(invalid('metadata.namespace', metadata.namespace, problem));
  }
  if (metadata.labels !== undefined) errors.push(...validateLabels(metadata.labels, 'metadata.labels'));
  if (metadata.annotations !== undefined) {
    for (const key of Object.keys(metadata.annotations)) {
      for (const problem of isQualifiedName(key.toLowerCase()))
        errors.push(invalid('metadata.annotations', key, problem));
    }
  }
  for (const finalizer of metadata.finalizers ?? []) {
    const problems = isQualifiedName(finalizer);
    for (const problem of problems) errors.push(invalid('metadata.finalizers', finalizer, problem));
  }
  (metadata.ownerReferences ?? []).forEach((owner, index) => {
    const path = `metadata.ownerReferences[${String(index)}]`;
    if (!owner.apiVersion) errors.push(invalid(`${path}.apiVersion`, owner.apiVersion, 'version must not be empty'));
    if (!owner.kind) errors.push(invalid(`${path}.kind`, owner.kind, 'must not be empty'));
    if (!owner.name) errors.push(invalid(`${path}.name`, owner.name, 'must not be empty'));
    if (!owner.uid) errors.push(invalid(`${path}.uid`, owner.uid, 'must not be empty'));
  });
  return errors;
}

/** Label maps of metadata and pod templates. */
export function validateLabels(labels: Readonly<Record<string, string>>, path: string): FieldErrors {
  const errors = [];
  for (const [key, value] of Object.entries(labels)) {
    for (const problem of isQualifiedName(key)) errors.push(invalid(path, key, problem));
    for (const problem of isLabelValue(value)) errors.push(invalid(path, value, problem));
  }
  return errors;
}

/** What an update may not change in metadata. */
export function validateMetaUpdate(object: ApiObject, old: ApiObject): FieldErrors {
  const errors = [];
  if (object.metadata.name !== old.metadata.name)
    errors.push(invalid('metadata.name', object.metadata.name, 'field is immutable'));
  if (old.metadata.deletionTimestamp !== undefined) {
    const before = old.metadata.finalizers ?? [];
    const added = (object.metadata.finalizers ?? []).filter((finalizer) => !before.includes(finalizer));
    if (added.length > 0) {
      errors.push(
        forbiddenField(
          'metadata.finalizers',
          `no new finalizers can be added if the object is being deleted, found new finalizers []string{${added.map((name) => JSON.stringify(name)).join(', ')}}`,
        ),
      );
    }
  }
  return errors;
}

/** Resources whose metadata.generation counts spec changes (each kind's strategy in kubernetes pkg/registry). */
const GENERATION: ReadonlySet<string> = new Set([
  'pods',
  'replicationcontrollers',
  'deployments.apps',
  'replicasets.apps',
  'daemonsets.apps',
  'statefulsets.apps',
  'jobs.batch',
  'cronjobs.batch',
  'ingresses.networking.k8s.io',
  'ingressclasses.networking.k8s.io',
  'networkpolicies.networking.k8s.io',
  'poddisruptionbudgets.policy',
  'endpointslices.discovery.k8s.io',
  'priorityclasses.scheduling.k8s.io',
  'customresourcedefinitions.apiextensions.k8s.io',
  'flowschemas.flowcontrol.apiserver.k8s.io',
  'prioritylevelconfigurations.flowcontrol.apiserver.k8s.io',
  'validatingwebhookconfigurations.admissionregistration.k8s.io',
  'mutatingwebhookconfigurations.admissionregistration.k8s.io',
  'validatingadmissionpolicies.admissionregistration.k8s.io',
]);
export const tracksGeneration = (info: ResourceInfo): boolean =>
  info.model === undefined || GENERATION.has(info.groupResource);

/** The object's metadata as JSON; empty where a client sent none. */
export const metaOf = (object: JsonObject): JsonObject => objectAt(object, 'metadata') ?? {};

export const textAt = (object: JsonObject, key: string): string => {
  const value = object[key];
  return typeof value === 'string' ? value : '';
};
