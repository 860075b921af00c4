/** What every part of a kustomize build works on. */
import { kindOf } from '../../../../engine/kubernetes/schema/index.ts';
import type { JsonObject, JsonValue } from '../../../../protocol/plain.ts';
import { isJsonObject } from '../../../../formats/json.ts';
import { splitVersion } from '../discovery.ts';
import { nameOf, objectAt, textAt } from '../fields.ts';

/** One object on its way through the layers of a build. */
export interface Resource {
  readonly object: JsonObject;
  /** Every name that it has had, which references in other objects may still use. */
  readonly names: readonly string[];
  /** A hash of the content is to be added to the name at the end. */
  readonly hashed: boolean;
}

export const resourceOf = (object: JsonObject, hashed = false): Resource => ({
  object,
  names: [nameOf(object)],
  hashed,
});

export const kindText = ({ object }: Resource): string => textAt(object, 'kind');

/** Whether objects of that kind live in a namespace; of kinds that the schema does not have it is assumed. */
export function isNamespaced(object: JsonObject): boolean {
  const [group, version] = splitVersion(textAt(object, 'apiVersion'));
  return kindOf(group, version, textAt(object, 'kind'))?.namespaced ?? true;
}

/** The same resource under another name. */
export const renamed = (resource: Resource, name: string): Resource => ({
  ...resource,
  object: withMetadata(resource.object, { name }),
  names: [...resource.names, name],
});

export const withMetadata = (object: JsonObject, members: JsonObject): JsonObject => ({
  ...object,
  metadata: { ...objectAt(object, 'metadata'), ...members },
});

/** Rebuilds a value; `visit` sees every map from the inside out. */
export function rebuild(value: JsonValue, visit: (map: JsonObject) => JsonObject): JsonValue {
  if (Array.isArray(value)) return (value as readonly JsonValue[]).map((item) => rebuild(item, visit));
  if (!isJsonObject(value)) return value;
  return visit(Object.fromEntries(Object.entries(value).map(([key, item]) => [key, rebuild(item, visit)])));
}
