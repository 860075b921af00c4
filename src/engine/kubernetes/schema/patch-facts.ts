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

let facts: ReadonlyMap<string, PatchFact> | undefined;

/** Facts for patching the field of a model (`mergeKey('V1PodSpec', 'containers')`), or undefined for plain replacement. */
export function mergeKey(model: string, field: string): PatchFact | undefined {
  facts ??= new Map(PATCH_FACT_LINES.split('\n').map(parseLine));
  return facts.get(`${model}.${field}`);
}

function parseLine(line: string): [string, PatchFact] {
  const [name = '', strategies = '-', key = '-', listType = '-', listMapKeys = '-'] = line.split(' ');
  return [
    name,
    {
      strategies: (['merge', 'retainKeys'] as const).filter((strategy) => strategies.split(',').includes(strategy)),
      ...(key === '-' ? {} : { mergeKey: key }),
      ...(listType === 'atomic' || listType === 'map' || listType === 'set' ? { listType } : {}),
      ...(listMapKeys === '-' ? {} : { listMapKeys: listMapKeys.split(',') }),
    },
  ];
}
