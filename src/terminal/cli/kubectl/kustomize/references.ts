/** Names of other objects inside objects, changed when those objects are renamed (kustomize's nameReference). */
import type { JsonObject, JsonValue } from '../../../../protocol/plain.ts';
import { isJsonObject } from '../../../../formats/json.ts';
import { textAt } from '../fields.ts';
import { kindText, rebuild, type Resource } from './resource.ts';

/** Members that hold a name, by the kind they name. */
const NAMED_BY_TEXT: Readonly<Record<string, string>> = {
  secretName: 'Secret',
  claimName: 'PersistentVolumeClaim',
  serviceAccountName: 'ServiceAccount',
  serviceName: 'Service',
};
/** Members that hold a map with a name in it. */
const NAMED_IN_MAP: Readonly<Record<string, string>> = {
  configMap: 'ConfigMap',
  configMapRef: 'ConfigMap',
  configMapKeyRef: 'ConfigMap',
  secret: 'Secret',
  secretRef: 'Secret',
  secretKeyRef: 'Secret',
  service: 'Service',
};
/** Members that hold a map, or a list of maps, with a kind and a name. */
const NAMED_BY_KIND: ReadonlySet<string> = new Set(['roleRef', 'subjects', 'scaleTargetRef']);

/** Every object with the present names of the others in it. */
export function resolveReferences(resources: readonly Resource[]): readonly JsonObject[] {
  const current = new Map<string, string>();
  for (const resource of resources)
    for (const name of resource.names) current.set(`${kindText(resource)}/${name}`, resource.names.at(-1) ?? name);
  const nameFor = (kind: string, name: string): string => current.get(`${kind}/${name}`) ?? name;
  const inMap = (value: JsonValue, kind: string): JsonValue =>
    isJsonObject(value) && typeof value['name'] === 'string' ? { ...value, name: nameFor(kind, value['name']) } : value;
  const member = (key: string, value: JsonValue): JsonValue => {
    const byText = NAMED_BY_TEXT[key];
    if (byText !== undefined && typeof value === 'string') return nameFor(byText, value);
    const kind = NAMED_IN_MAP[key];
    if (kind !== undefined) return inMap(value, kind);
    const list = Array.isArray(value) ? (value as readonly JsonValue[]) : undefined;
    if (key === 'imagePullSecrets') return list?.map((item) => inMap(item, 'Secret')) ?? value;
    if (NAMED_BY_KIND.has(key))
      return list === undefined
        ? inMap(value, textAt(value, 'kind'))
        : list.map((item) => inMap(item, textAt(item, 'kind')));
    return value;
  };
  return resources.map(
    ({ object }) =>
      rebuild(object, (map) =>
        Object.fromEntries(Object.entries(map).map(([key, value]) => [key, member(key, value)])),
      ) as JsonObject,
  );
}
