import { RESOURCE_LINES } from './generated/resources.ts';

export interface Subresource {
  readonly name: string;
  /** Of the object it answers with; `scale` answers `autoscaling/v1 Scale` whatever it scales. */
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly verbs: readonly string[];
}

export interface Resource {
  /** Empty for the core group. */
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly plural: string;
  readonly singular: string;
  readonly namespaced: boolean;
  readonly verbs: readonly string[];
  readonly shortNames: readonly string[];
  readonly categories: readonly string[];
  readonly subresources: readonly Subresource[];
  /** Its name in the schema: `typeOf(resource.model)`. */
  readonly model: string;
  /** Whether an API server serves it without `--runtime-config`: stable versions only, since Kubernetes 1.24. */
  readonly servedByDefault: boolean;
}

let resources: readonly Resource[] | undefined;
const byPlural = new Map<string, Resource>();
const byKind = new Map<string, Resource>();

/** Every built-in resource, those of alpha and beta versions too, by group, version and plural. */
export function allResources(): readonly Resource[] {
  if (resources === undefined) {
    resources = RESOURCE_LINES.split('\n').map(parseResource);
    for (const resource of resources) {
      byPlural.set(`${resource.group}/${resource.version}/${resource.plural}`, resource);
      byKind.set(`${resource.group}/${resource.version}/${resource.kind}`, resource);
    }
  }
  return resources;
}

/** The resources that an API server serves by default. */
export function servedResources(): readonly Resource[] {
  return allResources().filter((resource) => resource.servedByDefault);
}

/** The resource whose objects have this kind, or undefined. The group is '' for core. */
export function kindOf(group: string, version: string, kind: string): Resource | undefined {
  allResources();
  return byKind.get(`${group}/${version}/${kind}`);
}

/** The resource with this plural name, or undefined. The group is '' for core. */
export function resourceOf(group: string, version: string, plural: string): Resource | undefined {
  allResources();
  return byPlural.get(`${group}/${version}/${plural}`);
}

function parseResource(line: string): Resource {
  const [path = '', kind = '', model = '', scope = '', verbs = '', shortNames = '', categories = '', ...subresources] =
    line.split(' ');
  const [group = '', version = '', plural = ''] = path.split('/');
  return {
    group,
    version,
    kind,
    plural,
    singular: kind.toLowerCase(),
    namespaced: scope === 'namespaced',
    verbs: parseList(verbs),
    shortNames: parseList(shortNames),
    categories: parseList(categories),
    subresources: subresources.map(parseSubresource),
    model,
    servedByDefault: !/alpha|beta/.test(version),
  };
}

function parseSubresource(word: string): Subresource {
  const [name = '', path = '', verbs = ''] = word.split('=');
  const [group = '', version = '', kind = ''] = path.split('/');
  return { name, group, version, kind, verbs: parseList(verbs) };
}

const parseList = (text: string): readonly string[] => (text === '-' || text === '' ? [] : text.split(','));
