/** Kinds and their fields: who acts on them, and which fields no code of the engine reads. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ACTED_ELSEWHERE } from '../../src/engine/assembly/cluster/acted-on.ts';
import { OWN_RESOURCES } from '../../src/engine/kubernetes/apiserver/server.ts';
import { CONTROLLED_RESOURCES } from '../../src/engine/kubernetes/controllers/index.ts';
import { strategyOf } from '../../src/engine/kubernetes/resources/index.ts';
import { type Resource, servedResources, typeOf } from '../../src/engine/kubernetes/schema/index.ts';
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

export interface FieldRow {
  readonly model: string;
  readonly same: readonly string[];
  readonly unverified: readonly string[];
  readonly absent: readonly string[];
}

const groupResource = ({ plural, group }: Resource): string => (group === '' ? plural : `${plural}.${group}`);
const isList = ({ verbs }: Resource): boolean => verbs.includes('list');

/** One row per kind that is served. */
export function kindRows(evidence: Evidence): KindRow[] {
  return servedResources()
    .map((resource): KindRow => {
      const name = groupResource(resource);
      const actors = Object.entries(CONTROLLED_RESOURCES)
        .filter(([, resources]) => resources.includes(name))
        .map(([controller]) => controller);
      if (OWN_RESOURCES.has(name)) actors.push('API server');
      if (ACTED_ELSEWHERE.includes(name) && !actors.includes('API server')) actors.push('nodes');
      const strategy = strategyOf(name);
      const adds = [
        ...(strategy.defaults === undefined ? [] : ['defaults']),
        ...(strategy.validate === undefined ? [] : ['validation']),
        ...(strategy.columns === undefined ? [] : ['columns']),
      ];
      const version = resource.group === '' ? resource.version : `${resource.group}/${resource.version}`;
      const state = !isList(resource)
        ? 'unverified'
        : actors.length === 0
          ? 'absent'
          : resource.kind in evidence.fields
            ? 'same'
            : 'unverified';
      return {
        kind: `${version} ${resource.kind}`,
        state,
        actors,
        adds,
        subresources: resource.subresources.map((sub) => sub.name),
      };
    })
    .toSorted((a, b) => (a.kind < b.kind ? -1 : 1));
}

/**
 * One row per model that the kinds reach. A field whose name stands nowhere in the engine is certainly not acted upon;
 * one whose name does stand there is not known to be right, hence unverified.
 */
export function fieldRows(root: string, evidence: Evidence): FieldRow[] {
  const words = wordsOf(join(root, 'src/engine'));
  const compared = comparedFields(evidence);
  const found = new Set<string>();
  const visit = (model: string): void => {
    if (found.has(model)) return;
    found.add(model);
    for (const { ref } of typeOf(model)?.fields.values() ?? []) if (ref !== undefined) visit(ref);
  };
  for (const { model } of servedResources()) visit(model);
  return [...found].toSorted().flatMap((model) => {
    const names = [...(typeOf(model)?.fields.keys() ?? [])];
    if (names.length === 0) return [];
    const same = names.filter((name) => compared.has(`${model}.${name}`));
    const rest = names.filter((name) => !same.includes(name));
    return [
      {
        model,
        same,
        unverified: rest.filter((name) => words.has(name)),
        absent: rest.filter((name) => !words.has(name)),
      },
    ];
  });
}

/** `V1Container.image` for each path that a case reads back. */
function comparedFields(evidence: Evidence): ReadonlySet<string> {
  const found = new Set<string>();
  for (const resource of servedResources()) {
    for (const path of evidence.fields[resource.kind] ?? []) {
      let model: string | undefined = resource.model;
      for (const name of path.split('.')) {
        if (model === undefined) break;
        found.add(`${model}.${name}`);
        model = typeOf(model)?.fields.get(name)?.ref;
      }
    }
  }
  return found;
}

/** Every word of the engine's code except the schema itself; comments do not count. */
function wordsOf(folder: string): ReadonlySet<string> {
  const words = new Set<string>();
  const read = (path: string): void => {
    for (const entry of readdirSync(path, { withFileTypes: true })) {
      const full = join(path, entry.name);
      if (entry.isDirectory() && entry.name !== 'schema' && entry.name !== 'testing') read(full);
      else if (entry.isFile() && entry.name.endsWith('.ts') && !entry.name.includes('.spec')) {
        const code = readFileSync(full, 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, '');
        for (const [word] of code.matchAll(/[A-Za-z_$][\w$]*/g)) words.add(word);
      }
    }
  };
  read(folder);
  return words;
}
