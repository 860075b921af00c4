/** Fields of kinds: which are compared, which no code of the engine reads, and which are told to be stored only. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { STORED_ONLY, type StoredOnly } from '../../src/engine/kubernetes/resources/stored-only.ts';
import { servedResources, typeOf } from '../../src/engine/kubernetes/schema/index.ts';
import type { Evidence } from './evidence.ts';
import { isActedOn } from './kinds.ts';

export interface FieldRow {
  readonly model: string;
  readonly same: readonly string[];
  readonly unverified: readonly string[];
  /** With what is simplified of each. */
  readonly simplified: readonly string[];
  readonly absent: readonly string[];
}

/**
 * One row per model that the kinds reach on which somebody acts, and not below a field that is only stored. A field whose
 * name stands nowhere in the engine is certainly not acted upon; one whose name does stand there is not known to be
 * right, hence unverified.
 */
export function fieldRows(root: string, evidence: Evidence): FieldRow[] {
  const words = wordsOf(join(root, 'src/engine'));
  const compared = comparedFields(evidence);
  return reachedModels().flatMap((model) => {
    const names = [...(typeOf(model)?.fields.keys() ?? [])];
    const rest = names.filter((name) => !compared.has(`${model}.${name}`));
    const entry = (name: string): StoredOnly | undefined => STORED_ONLY[model]?.get(name);
    const isAbsent = (name: string): boolean =>
      (entry(name)?.effect ?? (words.has(name) ? 'whole' : 'none')) === 'none';
    if (names.length === 0) return [];
    return [
      {
        model,
        same: names.filter((name) => compared.has(`${model}.${name}`)),
        unverified: rest.filter((name) => !isAbsent(name) && entry(name) === undefined),
        simplified: rest.filter((name) => !isAbsent(name)).flatMap((name) => simplification(name, entry(name))),
        absent: rest.filter(isAbsent),
      },
    ];
  });
}

/** Fields of wishes, `V1PodSpec.hostUsers`, which no code of the engine reads and of which a writer is not told either. */
export function silentFields(root: string): readonly string[] {
  const words = wordsOf(join(root, 'src/engine'));
  const isWish = (model: string, name: string): boolean => name !== 'status' && !RECORDS.has(model);
  return reachedModels(isWish).flatMap((model) =>
    [...(typeOf(model)?.fields.keys() ?? [])]
      .filter((name) => isWish(model, name) && !words.has(name) && STORED_ONLY[model]?.has(name) !== true)
      .map((name) => `${model}.${name}`),
  );
}

/** Written to be read, not to have something done; and what RBAC, here as upstream, does not look at. */
const RECORDS: ReadonlySet<string> = new Set([
  'CoreV1Event',
  'EventsV1Event',
  'V1FieldSelectorAttributes',
  'V1LabelSelectorAttributes',
  'V1LeaseSpec',
  'V1ObjectMeta',
]);

function simplification(name: string, entry: StoredOnly | undefined): readonly string[] {
  if (entry?.effect === 'partly') return [`${name} (${entry.missing})`];
  if (entry?.effect === 'usual') return [`${name} (other than ${entry.values.map(shown).join(', ')} is only stored)`];
  return [];
}

const shown = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** Every model below the kinds that somebody acts on, by name. */
function reachedModels(follows: (model: string, field: string) => boolean = () => true): readonly string[] {
  const found = new Set<string>();
  const visit = (model: string): void => {
    if (found.has(model)) return;
    found.add(model);
    for (const [name, { ref }] of typeOf(model)?.fields ?? [])
      if (ref !== undefined && STORED_ONLY[model]?.has(name) !== true && follows(model, name)) visit(ref);
  };
  for (const resource of servedResources()) if (isActedOn(resource)) visit(resource.model);
  return [...found].toSorted();
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

const DECLARES = /^types|^stored-only\.ts$|\.spec/;

/** Every word of the engine's code; comments and what only declares fields do not count. */
function wordsOf(folder: string): ReadonlySet<string> {
  const words = new Set<string>();
  const read = (path: string): void => {
    for (const entry of readdirSync(path, { withFileTypes: true })) {
      const full = join(path, entry.name);
      if (entry.isDirectory() && entry.name !== 'schema' && entry.name !== 'testing') read(full);
      else if (entry.isFile() && entry.name.endsWith('.ts') && !DECLARES.test(entry.name)) {
        const code = readFileSync(full, 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, '');
        for (const [word] of code.matchAll(/[A-Za-z_$][\w$]*/g)) words.add(word);
      }
    }
  };
  read(folder);
  return words;
}
