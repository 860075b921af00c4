/**
 * Descriptions of Roles, ClusterRoles and their bindings.
 * Facts: kubectl pkg/describe describe.go; component-helpers auth/rbac/validation (rules are broken down and joined).
 */
import type { JsonObject } from '../../../../protocol/plain.ts';
import type { Context } from '../context.ts';
import { nameOf, objectsAt, textAt, textsAt } from '../fields.ts';
import { metadataLines, Page } from './page.ts';

/** One resource of one group, or one URL, with what may be done to it. */
interface Grant {
  readonly resource: string;
  readonly group: string;
  readonly urls: readonly string[];
  readonly names: readonly string[];
  verbs: readonly string[];
}

export function describeRole(_context: Context, object: JsonObject): Promise<string> {
  const page = new Page();
  page.line(0, 'Name:', nameOf(object));
  metadataLines(page, object);
  page.line(0, 'PolicyRule:');
  page.line(1, 'Resources', 'Non-Resource URLs', 'Resource Names', 'Verbs');
  page.line(1, '---------', '-----------------', '--------------', '-----');
  for (const row of grantRows(objectsAt(object, 'rules'))) page.line(1, ...row);
  return Promise.resolve(page.text());
}

export function describeRoleBinding(_context: Context, object: JsonObject): Promise<string> {
  const page = new Page();
  page.line(0, 'Name:', nameOf(object));
  metadataLines(page, object);
  page.line(0, 'Role:');
  page.line(1, 'Kind:', textAt(object, 'roleRef', 'kind'));
  page.line(1, 'Name:', textAt(object, 'roleRef', 'name'));
  page.line(0, 'Subjects:');
  page.line(1, 'Kind', 'Name', 'Namespace');
  page.line(1, '----', '----', '---------');
  for (const subject of objectsAt(object, 'subjects'))
    page.line(1, textAt(subject, 'kind'), textAt(subject, 'name'), textAt(subject, 'namespace'));
  return Promise.resolve(page.text());
}

/** Resources, URLs, names and verbs of rules, one row for each resource or URL. */
export const grantRows = (rules: readonly JsonObject[]): readonly (readonly string[])[] =>
  grantsOf(rules).map((grant) => [
    resourceText(grant),
    bracketed(grant.urls),
    bracketed(grant.names),
    bracketed(grant.verbs),
  ]);

const bracketed = (words: readonly string[]): string => `[${words.join(' ')}]`;

function resourceText({ resource, group }: Grant): string {
  const [name = '', subresource] = resource.split('/');
  return `${name}${group === '' || name === '' ? '' : `.${group}`}${subresource === undefined ? '' : `/${subresource}`}`;
}

/** Rules of one resource each; verbs that several rules give for the same resource stand together. */
function grantsOf(rules: readonly JsonObject[]): readonly Grant[] {
  const joined = new Map<string, Grant>();
  const urls: Grant[] = [];
  for (const rule of rules) {
    const verbs = textsAt(rule, 'verbs');
    for (const url of textsAt(rule, 'nonResourceURLs'))
      for (const verb of verbs) urls.push({ resource: '', group: '', urls: [url], names: [], verbs: [verb] });
    for (const group of textsAt(rule, 'apiGroups'))
      for (const resource of textsAt(rule, 'resources'))
        for (const names of namesOf(rule)) {
          const key = JSON.stringify([group, resource, names]);
          const before = joined.get(key) ?? { resource, group, urls: [], names, verbs: [] };
          joined.set(key, { ...before, verbs: [...new Set([...before.verbs, ...verbs])] });
        }
  }
  return [...urls, ...joined.values()]
    .map((grant) => ({ grant, key: sortKey(grant) }))
    .toSorted((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ grant }) => grant);
}

const namesOf = (rule: JsonObject): readonly (readonly string[])[] => {
  const names = textsAt(rule, 'resourceNames');
  return names.length === 0 ? [[]] : names.map((name) => [name]);
};

/** Rules are in the order of their text in Go: verbs before groups before resources. */
const sortKey = ({ verbs, group, resource, names, urls }: Grant): string =>
  [verbs, resource === '' ? [] : [group], resource === '' ? [] : [resource], names, urls].map(bracketed).join(',');
