/**
 * What the server serves, and which resource a word on the command line means.
 * Models: aggregated discovery with the older way as fallback, short names, singular and plural, kinds, `deploy.apps`,
 * `deployments.v1.apps`, categories.
 */
import type { JsonObject, JsonValue } from '../../../protocol/plain.ts';
import { isJsonObject } from '../../../formats/json.ts';
import type { Api } from './api.ts';
import { fatal } from './fatal.ts';

export interface ResourceType {
  readonly group: string;
  readonly version: string;
  readonly plural: string;
  readonly singular: string;
  readonly kind: string;
  readonly namespaced: boolean;
  readonly verbs: readonly string[];
  readonly shortNames: readonly string[];
  readonly categories: readonly string[];
  /** The first version of its group, which a bare name means. */
  readonly preferred: boolean;
}

const AGGREGATED = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json';

export class Discovery {
  private readonly api: Api;
  private known: readonly ResourceType[] | undefined;

  constructor(api: Api) {
    this.api = api;
  }

  /** Every resource in the server's order; asked once in a run. */
  async all(): Promise<readonly ResourceType[]> {
    this.known ??= [...(await this.group('/api')), ...(await this.group('/apis'))];
    return this.known;
  }

  /** `apps/v1`, sorted, for api-versions. */
  async versions(): Promise<string[]> {
    return [...new Set((await this.all()).map(groupVersion))].sort();
  }

  /** The resource that a word means; ends the command if there is none. */
  async find(word: string): Promise<ResourceType> {
    const found = await this.lookup(word);
    return found ?? fatal(`the server doesn't have a resource type "${word.split('.')[0] ?? word}"`);
  }

  /** Expands categories (`all`) and finds each word of a comma-separated list. */
  async findAll(words: string): Promise<ResourceType[]> {
    const out: ResourceType[] = [];
    for (const word of words.split(',')) {
      if (word === '') continue;
      const members = (await this.all()).filter(
        (type) => type.categories.includes(word.toLowerCase()) && type.preferred,
      );
      if (members.length > 0 && (await this.lookup(word)) === undefined) out.push(...members);
      else out.push(await this.find(word));
    }
    return out;
  }

  /** The resource of a kind (`apps/v1`, `Deployment`); undefined if it is not served. */
  async forKind(apiVersion: string, kind: string): Promise<ResourceType | undefined> {
    const [group, version] = splitVersion(apiVersion);
    return (await this.all()).find((type) => type.group === group && type.version === version && type.kind === kind);
  }

  /** The same, undefined if there is none. */
  async lookup(word: string): Promise<ResourceType | undefined> {
    const all = await this.all();
    const [name = '', ...rest] = word.split('.');
    const low = name.toLowerCase();
    const matches = (type: ResourceType): boolean =>
      type.plural === low || type.singular === low || type.shortNames.includes(low) || type.kind.toLowerCase() === low;
    const byPlace = (type: ResourceType): boolean => {
      if (rest.length === 0) return type.preferred;
      const dotted = rest.join('.').toLowerCase();
      return (
        `${type.version}.${type.group}` === dotted ||
        (type.preferred && (type.group === dotted || (type.group !== '' && type.group.startsWith(dotted))))
      );
    };
    const candidates = all.filter((type) => byPlace(type) && matches(type));
    const found = candidates.find((type) => type.plural === low) ?? candidates[0];
    if (found !== undefined && rest.length === 0) this.warnOfOthers(found, low, candidates);
    return found;
  }

  /** A short name that resources of several groups have means the first; kubectl says so. */
  private warnOfOthers(found: ResourceType, word: string, candidates: readonly ResourceType[]): void {
    if (!found.shortNames.includes(word)) return;
    for (const other of candidates)
      if (other.group !== found.group)
        this.api.warning(
          `short name ${JSON.stringify(word)} could also match lower priority resource ${resourceName(other)}`,
        );
  }

  private async group(root: '/api' | '/apis'): Promise<ResourceType[]> {
    const answer = await this.api.get(root, { timeout: '32s' }, AGGREGATED);
    if (answer['kind'] === 'APIGroupDiscoveryList') return listOf(answer['items']).flatMap(fromAggregated);
    return this.legacy(root, answer);
  }

  private async legacy(root: '/api' | '/apis', answer: JsonObject): Promise<ResourceType[]> {
    const out: ResourceType[] = [];
    const groups: { group: string; versions: string[] }[] =
      root === '/api'
        ? [{ group: '', versions: strings(answer['versions']) }]
        : listOf(answer['groups']).map((item) => ({
            group: text(item['name']),
            versions: listOf(item['versions']).map((version) => text(version['version'])),
          }));
    for (const { group, versions } of groups) {
      for (const [index, version] of versions.entries()) {
        const path = group === '' ? `/api/${version}` : `/apis/${group}/${version}`;
        const list = await this.api.get(path, { timeout: '32s' });
        for (const item of listOf(list['resources'])) {
          if (!text(item['name']).includes('/')) out.push(fromLegacy(item, group, version, index === 0));
        }
      }
    }
    return out;
  }
}

function fromAggregated(item: JsonObject): ResourceType[] {
  const group = text(object(item['metadata'])['name']);
  return listOf(item['versions']).flatMap((version, index) =>
    listOf(version['resources']).map((resource) => ({
      group,
      version: text(version['version']),
      plural: text(resource['resource']),
      singular:
        text(resource['singularResource']) === ''
          ? text(object(resource['responseKind'])['kind']).toLowerCase()
          : text(resource['singularResource']),
      kind: text(object(resource['responseKind'])['kind']),
      namespaced: resource['scope'] === 'Namespaced',
      verbs: strings(resource['verbs']),
      shortNames: strings(resource['shortNames']),
      categories: strings(resource['categories']),
      preferred: index === 0,
    })),
  );
}

function fromLegacy(item: JsonObject, group: string, version: string, preferred: boolean): ResourceType {
  return {
    group: text(item['group']) === '' ? group : text(item['group']),
    version: text(item['version']) === '' ? version : text(item['version']),
    plural: text(item['name']),
    singular: text(item['singularName']) === '' ? text(item['kind']).toLowerCase() : text(item['singularName']),
    kind: text(item['kind']),
    namespaced: item['namespaced'] === true,
    verbs: strings(item['verbs']),
    shortNames: strings(item['shortNames']),
    categories: strings(item['categories']),
    preferred,
  };
}

const text = (value: JsonValue): string => (typeof value === 'string' ? value : '');
const object = (value: JsonValue): JsonObject => (isJsonObject(value) ? value : {});
const listOf = (value: JsonValue): JsonObject[] =>
  Array.isArray(value) ? (value as readonly JsonValue[]).filter((item): item is JsonObject => isJsonObject(item)) : [];
const strings = (value: JsonValue): string[] =>
  Array.isArray(value)
    ? (value as readonly JsonValue[]).filter((item): item is string => typeof item === 'string')
    : [];

/** `v1` or `apps/v1`. */
export const groupVersion = ({ group, version }: { readonly group: string; readonly version: string }): string =>
  group === '' ? version : `${group}/${version}`;

export function splitVersion(apiVersion: string): readonly [group: string, version: string] {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? ['', apiVersion] : [apiVersion.slice(0, slash), apiVersion.slice(slash + 1)];
}

/** `pods` or `deployments.apps`, as messages name a resource. */
export const resourceName = (type: ResourceType): string =>
  type.group === '' ? type.plural : `${type.plural}.${type.group}`;

/** `pod` or `deployment.apps`, as results name a kind. */
export const kindName = (type: { readonly kind: string; readonly group: string }): string =>
  type.group === '' ? type.kind.toLowerCase() : `${type.kind.toLowerCase()}.${type.group}`;

/** The path of a collection, or of one object in it. */
export function resourcePath(
  type: ResourceType,
  namespace: string | undefined,
  name?: string,
  subresource?: string,
): string {
  const base = type.group === '' ? `/api/${type.version}` : `/apis/${type.group}/${type.version}`;
  const scope = type.namespaced && namespace !== undefined && namespace !== '' ? `/namespaces/${namespace}` : '';
  const end = name === undefined ? '' : `/${encodeURIComponent(name)}`;
  return `${base}${scope}/${type.plural}${end}${subresource === undefined ? '' : `/${subresource}`}`;
}
