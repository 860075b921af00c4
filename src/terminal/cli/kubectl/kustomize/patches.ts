/** patches, patchesStrategicMerge and patchesJson6902 of a kustomization. */
import { applyJsonPatch } from '../../../../engine/kubernetes/apimachinery/json-patch.ts';
import { applyMergePatch } from '../../../../engine/kubernetes/apimachinery/json-merge-patch.ts';
import { parseLabelSelector } from '../../../../engine/kubernetes/apimachinery/label-selector.ts';
import { applyStrategicPatch } from '../../../../engine/kubernetes/apimachinery/strategic-merge-patch.ts';
import { kindOf, mergeKey, typeOf } from '../../../../engine/kubernetes/schema/index.ts';
import type { JsonObject, JsonValue } from '../../../../protocol/plain.ts';
import { isJsonObject } from '../../../../formats/json.ts';
import { splitVersion } from '../discovery.ts';
import { fatal } from '../fatal.ts';
import { fieldAt, mapAt, nameOf, namespaceOf, textAt } from '../fields.ts';
import type { Resource } from './resource.ts';

export interface Patch {
  /** A list of JSON patch operations, or part of an object. */
  readonly body: JsonValue;
  /** Which resources it is for; absent for those that the part of an object names. */
  readonly target?: JsonObject;
}

/** Applies a patch to the resources that it is for. */
export function patched(resources: readonly Resource[], { body, target }: Patch): readonly Resource[] {
  if (target === undefined && !isJsonObject(body)) fatal('must specify a target for JSON patch');
  const wanted = target ?? targetOf(body);
  const hits = resources.filter((resource) => isMeant(resource, wanted));
  if (target === undefined && hits.length === 0)
    fatal(
      `no resource matches strategic merge patch ${JSON.stringify(resourceText(body))}: no matches for Id ${resourceText(body)}; failed to find unique target for patch ${resourceText(body)}`,
    );
  return resources
    .map((resource) => (hits.includes(resource) ? { ...resource, object: apply(resource.object, body) } : resource))
    .filter(({ object }) => Object.keys(object).length > 0);
}

const targetOf = (part: JsonValue): JsonObject => {
  const [group, version] = splitVersion(textAt(part, 'apiVersion'));
  return { group, version, kind: textAt(part, 'kind'), name: textAt(part, 'metadata', 'name') };
};

/** `Deployment.v1.apps/web.[noNs]`. */
function resourceText(part: JsonValue): string {
  const { group, version, kind, name } = targetOf(part) as Readonly<Record<string, string>>;
  const namespace = textAt(part, 'metadata', 'namespace');
  return `${kind ?? ''}.${version ?? ''}.${group === '' ? '[noGrp]' : (group ?? '')}/${name ?? ''}.${namespace === '' ? '[noNs]' : namespace}`;
}

/** Names and kinds of a target are anchored regular expressions. */
function isMeant({ object, names }: Resource, target: JsonObject): boolean {
  const [group, version] = splitVersion(textAt(object, 'apiVersion'));
  const matches = (member: string, ...values: readonly string[]): boolean => {
    const pattern = textAt(target, member);
    return pattern === '' || values.some((value) => new RegExp(`^(?:${pattern})$`).test(value));
  };
  const selector = textAt(target, 'labelSelector');
  const parsed = selector === '' ? undefined : parseLabelSelector(selector);
  return (
    matches('group', group) &&
    matches('version', version) &&
    matches('kind', textAt(object, 'kind')) &&
    matches('name', ...names, nameOf(object)) &&
    matches('namespace', namespaceOf(object)) &&
    (parsed === undefined || ('matches' in parsed && parsed.matches(mapAt(object, 'metadata', 'labels'))))
  );
}

function apply(object: JsonObject, body: JsonValue): JsonObject {
  if (Array.isArray(body)) {
    const done = applyJsonPatch(object, body as readonly JsonValue[]);
    return 'error' in done ? fatal(done.error) : (done.value as JsonObject);
  }
  if (!isJsonObject(body)) return fatal('patch is neither an object nor a list of operations');
  if (fieldAt(body, '$patch') === 'delete') return {};
  // The patch names its object as it was called before.
  const [group, version] = splitVersion(textAt(object, 'apiVersion'));
  const model = kindOf(group, version, textAt(object, 'kind'))?.model;
  const { metadata, ...rest } = body;
  const part: JsonObject = { ...rest, metadata: { ...(isJsonObject(metadata) ? metadata : {}), name: nameOf(object) } };
  const done =
    model === undefined
      ? { value: applyMergePatch(object, part) as JsonObject }
      : applyStrategicPatch(object, part, model, { typeOf, mergeKey });
  return 'error' in done ? fatal(done.error) : done.value;
}
