import { groupResource } from '../apimachinery/status.ts';
import { type Strategy, strategyOf } from '../resources/index.ts';
import { type Resource, resourceOf, servedResources } from '../schema/index.ts';

/** A resource as the server serves it: the schema's facts, where it is stored, how it behaves. */
export interface ResourceInfo extends Omit<Resource, 'model' | 'servedByDefault'> {
  /** Name of its schema; absent for custom resources, whose fields are kept as they come. */
  readonly model?: string;
  /** `deployments.apps`. */
  readonly groupResource: string;
  /** `apps/v1`. */
  readonly apiVersion: string;
  /** `/registry/deployments/`. */
  readonly prefix: string;
  readonly strategy: Strategy;
  readonly hasStatus: boolean;
  /** The version objects are stored in; others are converted on the way. */
  readonly stored: boolean;
}

/** Where upstream's keys do not follow the plural. */
const KEY_QUIRKS: Readonly<Record<string, string>> = {
  nodes: 'minions',
  services: 'services/specs',
  endpoints: 'services/endpoints',
  replicationcontrollers: 'controllers',
  'ingresses.networking.k8s.io': 'ingress',
  'podsecuritypolicies.policy': 'podsecuritypolicy',
  'customresourcedefinitions.apiextensions.k8s.io': 'apiextensions.k8s.io/customresourcedefinitions',
  'apiservices.apiregistration.k8s.io': 'apiregistration.k8s.io/apiservices',
  'events.events.k8s.io': 'events',
};

/** All resources in discovery order, found by group resource or by path. */
export class Registry {
  readonly #byGroupResource = new Map<string, ResourceInfo>();
  readonly #byPath = new Map<string, ResourceInfo>();
  readonly #byPrefix = new Map<string, ResourceInfo>();

  constructor() {
    for (const resource of servedResources()) this.add(infoOf(resource));
  }

  add(info: ResourceInfo): void {
    this.#byPath.set(`${info.group}/${info.version}/${info.plural}`, info);
    // Of several versions the newest stable one that is listed last wins (autoscaling v2 over v1).
    this.#byGroupResource.set(info.groupResource, info);
    if (info.stored) this.#byPrefix.set(info.prefix, info);
  }

  remove(info: ResourceInfo): void {
    this.#byPath.delete(`${info.group}/${info.version}/${info.plural}`);
    this.#byGroupResource.delete(info.groupResource);
    this.#byPrefix.delete(info.prefix);
  }

  /** `pods`, `deployments.apps`. */
  find(groupResourceName: string): ResourceInfo | undefined {
    return this.#byGroupResource.get(groupResourceName);
  }

  at(group: string, version: string, plural: string): ResourceInfo | undefined {
    return this.#byPath.get(`${group}/${version}/${plural}`);
  }

  all(): Iterable<ResourceInfo> {
    return this.#byPath.values();
  }

  /** The resource whose objects are stored under this key. */
  ofKey(key: string): ResourceInfo | undefined {
    for (let end = key.indexOf('/', 10); end > 0; end = key.indexOf('/', end + 1)) {
      const info = this.#byPrefix.get(key.slice(0, end + 1));
      if (info !== undefined) return info;
    }
    return undefined;
  }
}

function infoOf(resource: Resource): ResourceInfo {
  const name = groupResource(resource.plural, resource.group);
  return {
    ...resource,
    groupResource: name,
    apiVersion: resource.group === '' ? resource.version : `${resource.group}/${resource.version}`,
    prefix: `/registry/${KEY_QUIRKS[name] ?? resource.plural}/`,
    strategy: strategyOf(name),
    hasStatus: resource.subresources.some((subresource) => subresource.name === 'status'),
    stored:
      name !== 'events.events.k8s.io' && (name !== 'horizontalpodautoscalers.autoscaling' || resource.version === 'v2'),
  };
}

/** The store's key of an object. */
export const keyFor = (info: ResourceInfo, namespace: string, name: string): string =>
  info.namespaced ? `${info.prefix}${namespace}/${name}` : `${info.prefix}${name}`;

export { resourceOf };
