/** What the server serves: legacy and aggregated discovery (kubernetes apidiscovery.k8s.io). */
import type { JsonObject } from '../../../../protocol/plain.ts';
import { GROUP_ORDER } from '../../schema/index.ts';
import type { Registry, ResourceInfo } from '../registry.ts';

/** Resources by group and version, in discovery order. */
function byGroup(registry: Registry): ReadonlyMap<string, ReadonlyMap<string, readonly ResourceInfo[]>> {
  const groups = new Map<string, Map<string, ResourceInfo[]>>();
  const all = [...registry.all()];
  const names = [...GROUP_ORDER, ...all.map(({ group }) => group).toSorted()];
  for (const name of new Set(names)) {
    for (const info of all) {
      if (info.group !== name) continue;
      const versions = groups.get(name) ?? new Map<string, ResourceInfo[]>();
      versions.set(info.version, [...(versions.get(info.version) ?? []), info]);
      groups.set(name, versions);
    }
  }
  for (const [name, versions] of groups)
    groups.set(name, new Map([...versions].toSorted(([a], [b]) => (a > b ? -1 : 1))));
  return groups;
}

const readable = (info: ResourceInfo): JsonObject => ({
  name: info.plural,
  singularName: info.singular,
  namespaced: info.namespaced,
  kind: info.kind,
  verbs: info.verbs,
  ...(info.shortNames.length === 0 ? {} : { shortNames: info.shortNames }),
  ...(info.categories.length === 0 ? {} : { categories: info.categories }),
});

/** APIResourceList of a group version, subresources included; undefined where it is not served. */
export function resourceList(registry: Registry, group: string, version: string): JsonObject | undefined {
  const infos = byGroup(registry).get(group)?.get(version);
  if (infos === undefined) return undefined;
  return {
    kind: 'APIResourceList',
    ...(group === '' ? {} : { apiVersion: 'v1' }),
    groupVersion: group === '' ? version : `${group}/${version}`,
    resources: infos.flatMap((info) => [
      readable(info),
      ...info.subresources.map((subresource) => ({
        name: `${info.plural}/${subresource.name}`,
        singularName: '',
        namespaced: info.namespaced,
        ...(subresource.group === info.group ? {} : { group: subresource.group, version: subresource.version }),
        kind: subresource.kind,
        verbs: subresource.verbs,
      })),
    ]),
  };
}

export const apiVersions = (address: string): JsonObject => ({
  kind: 'APIVersions',
  versions: ['v1'],
  serverAddressByClientCIDRs: [{ clientCIDR: '0.0.0.0/0', serverAddress: address }],
});

const groupOf = (name: string, versions: readonly string[]): JsonObject => {
  const listed = versions.map((version) => ({ groupVersion: `${name}/${version}`, version }));
  return { name, versions: listed, preferredVersion: listed[0] };
};

export const groupList = (registry: Registry): JsonObject => ({
  kind: 'APIGroupList',
  apiVersion: 'v1',
  groups: [...byGroup(registry)]
    .filter(([name]) => name !== '')
    .map(([name, versions]) => groupOf(name, [...versions.keys()])),
});

export function group(registry: Registry, name: string): JsonObject | undefined {
  const versions = byGroup(registry).get(name);
  return versions === undefined || name === ''
    ? undefined
    : { kind: 'APIGroup', apiVersion: 'v1', ...groupOf(name, [...versions.keys()]) };
}

/** APIGroupDiscoveryList: the core group at /api, the others at /apis. */
export function aggregated(registry: Registry, core: boolean, version: 'v2' | 'v2beta1'): JsonObject {
  const groups = [...byGroup(registry)].filter(([name]) => (name === '') === core);
  return {
    kind: 'APIGroupDiscoveryList',
    apiVersion: `apidiscovery.k8s.io/${version}`,
    metadata: {},
    items: groups.map(([name, versions]) => ({
      metadata: { ...(name === '' ? {} : { name }), creationTimestamp: null },
      versions: [...versions].map(([own, infos]) => ({
        version: own,
        resources: infos.map(discovered),
        freshness: 'Current',
      })),
    })),
  };
}

const discovered = (info: ResourceInfo): JsonObject => ({
  resource: info.plural,
  responseKind: { group: info.group, version: info.version, kind: info.kind },
  scope: info.namespaced ? 'Namespaced' : 'Cluster',
  singularResource: info.singular,
  verbs: info.verbs,
  ...(info.shortNames.length === 0 ? {} : { shortNames: info.shortNames }),
  ...(info.categories.length === 0 ? {} : { categories: info.categories }),
  ...(info.subresources.length === 0
    ? {}
    : {
        subresources: info.subresources.map((subresource) => ({
          subresource: subresource.name,
          responseKind: { group: subresource.group, version: subresource.version, kind: subresource.kind },
          verbs: subresource.verbs,
        })),
      }),
});
