import { PATCH_FACT_LINES } from './generated/patch-facts.ts';

/** How patches combine a list or object field; fields without such facts are replaced whole. */
export interface PatchFact {
  /** Strategic merge patch: empty means replace. */
  readonly strategies: readonly ('merge' | 'retainKeys')[];
  /** The key that tells elements apart in a strategic merge patch; a merged list without one holds plain values. */
  readonly mergeKey?: string;
  /** Server-side apply: who owns what in the list. */
  readonly listType?: 'atomic' | 'map' | 'set';
  readonly listMapKeys?: readonly string[];
}

/** By model, then by field. */
let facts: ReadonlyMap<string, ReadonlyMap<string, PatchFact>> | undefined;

/** Facts for patching the field of a model (`mergeKey('V1PodSpec', 'containers')`), or undefined for plain replacement. */
export function mergeKey(model: string, field: string): PatchFact | undefined {
  facts ??= readFacts();
  return facts.get(model)?.get(field);
}

function readFacts(): ReadonlyMap<string, ReadonlyMap<string, PatchFact>> {
  const byModel = new Map<string, Map<string, PatchFact>>();
  for (const line of PATCH_FACT_LINES.split('\n')) {
    const { model, field, fact } = parseLine(line);
    const known = byModel.get(model);
    if (known === undefined) byModel.set(model, new Map([[field, fact]]));
    else known.set(field, fact);
  }
  return byModel;
}

function parseLine(line: string): { readonly model: string; readonly field: string; readonly fact: PatchFact } {
  const [name = '', strategies = '-', key = '-', listType = '-', listMapKeys = '-'] = line.split(' ');
  const dot = name.indexOf('.');
  return {
    model: name.slice(0, dot),
    field: name.slice(dot + 1),
    fact: {
      strategies: (['merge', 'retainKeys'] as const).filter((strategy) => strategies.split(',').includes(strategy)),
      ...(key === '-' ? {} : { mergeKey: key }),
      ...(listType === 'atomic' || listType === 'map' || listType === 'set' ? { listType } : {}),
      ...(listMapKeys === '-' ? {} : { listMapKeys: listMapKeys.split(',') }),
    },
  };
}
