import type { ResourceEntry, Strategy } from './strategy.ts';

export type { Cell, Column, RowContext, Strategy } from './strategy.ts';

/** One line per kind that has more than the common behaviour. */
const ENTRIES: readonly ResourceEntry[] = [];

const BY_RESOURCE: ReadonlyMap<string, Strategy> = new Map(ENTRIES.map(({ resource, strategy }) => [resource, strategy]));
const PLAIN: Strategy = {};

/** What a kind adds to the common path; nothing for kinds without a folder. */
export const strategyOf = (resource: string): Strategy => BY_RESOURCE.get(resource) ?? PLAIN;
