import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { byCodeUnit, withoutVersion } from './read-models.ts';
import { CATEGORIES, CONNECT_VERBS, SCALE_KIND, SHORT_NAMES, SUBRESOURCE_KINDS } from './resource-facts.ts';

export interface ResourceSource {
  group: string;
  version: string;
  plural: string;
  kind: string;
  model: string;
  namespaced: boolean;
  verbs: string[];
  shortNames: readonly string[];
  categories: readonly string[];
  subresources: { name: string; group: string; version: string; kind: string; verbs: string[] }[];
}

interface Operation {
  readonly path: string;
  readonly method: string;
  readonly name: string;
  readonly watchable: boolean;
  readonly model: string;
}

const PATH =
  /^\/(?:api|apis\/(?<group>[^/]+))\/(?<version>v\d\w*)\/(?<scope>namespaces\/\{namespace\}\/)?(?<plural>[a-z]+)(?<item>\/\{name\})?(?:\/(?<sub>[a-z]+))?$/;

/** Reads which resources the API has from the request factories of the pinned client: one operation per path and method. */
export function readResources(generatedRoot: string): ResourceSource[] {
  // The package still carries files of APIs long removed; the living ones are those its client classes import.
  const imports = readFileSync(join(generatedRoot, 'types/ObservableAPI.js'), 'utf8').matchAll(
    /from ["']\.\.\/apis\/(\w+)\.js["']/g,
  );
  const files = [...new Set([...imports].map((match) => `${match[1] ?? ''}.js`))];
  const found = new Map<string, ResourceSource>();
  for (const file of files.filter((name) => /V\d\w*Api\.js$/.test(name)).sort(byCodeUnit)) {
    for (const operation of readOperations(readFileSync(join(generatedRoot, 'apis', file), 'utf8')))
      addOperation(found, operation);
  }
  // A namespace's own objects can also be listed across namespaces; that path alone must not make a resource.
  return [...found.values()]
    .filter((resource) => resource.verbs.length > 0)
    .map(finish)
    .sort((a, b) => byCodeUnit(`${a.group}/${a.version}/${a.plural}`, `${b.group}/${b.version}/${b.plural}`));
}

function readOperations(text: string): Operation[] {
  const operations: Operation[] = [];
  const split = text.search(/^export class \w+ResponseProcessor/m);
  const requests = text.slice(0, split);
  const responses = responseModels(text.slice(split));
  const heads = [...requests.matchAll(/^ {4}async (\w+)\(([^)]*)\) \{/gm)];
  heads.forEach((head, index) => {
    const body = requests.slice(head.index, heads[index + 1]?.index);
    const path = /const localVarPath = '([^']+)'/.exec(body)?.[1];
    const method = /HttpMethod\.([A-Z]+)/.exec(body)?.[1];
    const name = head[1] ?? '';
    if (path === undefined || method === undefined) return;
    const watchable = /\bwatch\b/.test(head[2] ?? '');
    operations.push({ path, method, name, watchable, model: responses.get(name) ?? '' });
  });
  return operations;
}

function responseModels(text: string): Map<string, string> {
  const models = new Map<string, string>();
  const heads = [...text.matchAll(/^ {4}async (\w+)WithHttpInfo\(response\) \{/gm)];
  heads.forEach((head, index) => {
    const body = text.slice(head.index, heads[index + 1]?.index);
    models.set(head[1] ?? '', /deserialize\(.*, "(\w+)", ""\)/.exec(body)?.[1] ?? '');
  });
  return models;
}

function addOperation(found: Map<string, ResourceSource>, operation: Operation): void {
  const parts = PATH.exec(operation.path)?.groups;
  if (parts?.['version'] === undefined || parts['plural'] === undefined) return;
  const { group = '', version, plural, sub } = parts;
  const key = `${group}/${version}/${plural}`;
  const resource = found.get(key) ?? newResource(group, version, plural);
  found.set(key, resource);
  if (parts['scope'] !== undefined) resource.namespaced = true;
  const onItem = parts['item'] !== undefined;
  if (sub !== undefined) return addToSubresource(resource, sub, operation);
  const verb = verbOf(operation.method, onItem);
  // Lists over all namespaces have the same verb under a second path.
  if (!resource.verbs.includes(verb)) resource.verbs.push(verb);
  // The client offers `watch` on every list; component statuses are computed on read and have nothing to watch.
  if (verb === 'list' && operation.watchable && plural !== 'componentstatuses' && !resource.verbs.includes('watch'))
    resource.verbs.push('watch');
  if (verb === 'get' || verb === 'create') resource.model = operation.model;
}

function newResource(group: string, version: string, plural: string): ResourceSource {
  return {
    group,
    version,
    plural,
    kind: '',
    model: '',
    namespaced: false,
    verbs: [],
    shortNames: [],
    categories: [],
    subresources: [],
  };
}

function verbOf(method: string, onItem: boolean): string {
  switch (method) {
    case 'GET':
      return onItem ? 'get' : 'list';
    case 'POST':
      return 'create';
    case 'PUT':
      return 'update';
    case 'PATCH':
      return 'patch';
    case 'DELETE':
      return onItem ? 'delete' : 'deletecollection';
    default:
      throw new Error(`no verb for ${method}`);
  }
}

function addToSubresource(resource: ResourceSource, name: string, operation: Operation): void {
  const known = resource.subresources.find((sub) => sub.name === name);
  const target = known ?? { name, group: '', version: '', kind: '', verbs: [] };
  if (known === undefined) resource.subresources.push(target);
  // Connections have one operation per HTTP method; CONNECT_VERBS says which of them discovery names.
  if (operation.name.startsWith('connect')) return;
  const verb = verbOf(operation.method, true);
  if (!target.verbs.includes(verb)) target.verbs.push(verb);
}

function finish(resource: ResourceSource): ResourceSource {
  const kind = withoutVersion(resource.model);
  return {
    ...resource,
    kind,
    verbs: resource.verbs.sort(byCodeUnit),
    shortNames: SHORT_NAMES[resource.plural] ?? [],
    categories: CATEGORIES[resource.plural] ?? [],
    subresources: resource.subresources
      .map((sub) => finishSubresource(resource, kind, sub))
      .sort((a, b) => byCodeUnit(a.name, b.name)),
  };
}

function finishSubresource(
  resource: ResourceSource,
  ownKind: string,
  sub: ResourceSource['subresources'][number],
): ResourceSource['subresources'][number] {
  const [group, version, kind] =
    sub.name === 'scale'
      ? SCALE_KIND
      : (SUBRESOURCE_KINDS[`${resource.plural}/${sub.name}`] ?? ([resource.group, resource.version, ownKind] as const));
  return { name: sub.name, group, version, kind, verbs: [...(CONNECT_VERBS[sub.name] ?? sub.verbs)].sort(byCodeUnit) };
}
