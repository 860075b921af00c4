/** Kinds, and who acts on them. */
import { ACTED_ELSEWHERE } from '../../src/engine/assembly/cluster/acted-on.ts';
import { OWN_RESOURCES } from '../../src/engine/kubernetes/apiserver/server.ts';
import { CONTROLLED_RESOURCES } from '../../src/engine/kubernetes/controllers/index.ts';
import { strategyOf } from '../../src/engine/kubernetes/resources/index.ts';
import { type Resource, servedResources } from '../../src/engine/kubernetes/schema/index.ts';
import type { Evidence } from './evidence.ts';

export interface KindRow {
  readonly kind: string;
  readonly state: 'same' | 'unverified' | 'absent';
  /** Controllers, or which other part acts on it. */
  readonly actors: readonly string[];
  /** What a folder in resources/ adds: defaults, validation, columns. */
  readonly adds: readonly string[];
  readonly subresources: readonly string[];
}

const groupResource = ({ plural, group }: Resource): string => (group === '' ? plural : `${plural}.${group}`);
/** Controllers, or which other part acts on a kind. */
function actorsOf(resource: Resource): readonly string[] {
  const name = groupResource(resource);
  const controllers = Object.entries(CONTROLLED_RESOURCES)
    .filter(([, resources]) => resources.includes(name))
    .map(([controller]) => controller);
  if (OWN_RESOURCES.has(name)) return [...controllers, 'API server'];
  return ACTED_ELSEWHERE.includes(name) ? [...controllers, 'nodes'] : controllers;
}

/** Whether anything comes of an object; what cannot be listed is a question that the API server answers. */
export const isActedOn = (resource: Resource): boolean => !isList(resource) || actorsOf(resource).length > 0;

const isList = ({ verbs }: Resource): boolean => verbs.includes('list');

/** One row per kind that is served. */
export function kindRows(evidence: Evidence): KindRow[] {
  return servedResources()
    .map((resource): KindRow => {
      const name = groupResource(resource);
      const strategy = strategyOf(name);
      const adds = [
        ...(strategy.defaults === undefined ? [] : ['defaults']),
        ...(strategy.validate === undefined ? [] : ['validation']),
        ...(strategy.columns === undefined ? [] : ['columns']),
      ];
      const version = resource.group === '' ? resource.version : `${resource.group}/${resource.version}`;
      const compared = isList(resource) && resource.kind in evidence.fields;
      return {
        kind: `${version} ${resource.kind}`,
        state: !isActedOn(resource) ? 'absent' : compared ? 'same' : 'unverified',
        actors: actorsOf(resource),
        adds,
        subresources: resource.subresources.map((sub) => sub.name),
      };
    })
    .toSorted((a, b) => (a.kind < b.kind ? -1 : 1));
}
