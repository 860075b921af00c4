import { textToBytes } from '../../text.ts';
import type { Variable } from './variables.ts';

/**
 * Order in which bash lists an associative array: by bucket of its hash table (FNV-1, 1,024 buckets, doubled when the
 * table holds two entries per bucket), newest first within a bucket.
 */
export function associativePairs({ associative = new Map(), tableBuckets }: Variable): [string, string][] {
  // A view is filled anew from its table, bucket by bucket: what was newest is oldest then.
  return tableBuckets === undefined
    ? tableOrder([...associative], 1_024)
    : tableOrder([...associative].reverse(), tableBuckets);
}

/** The same for any of bash's hash tables, by the buckets that it begins with. */
export function tableOrder<T extends readonly [string, unknown]>(pairs: readonly T[], first: number): T[] {
  let buckets = first;
  while (pairs.length > buckets * 2) buckets *= 4;
  return pairs
    .map((pair, at) => ({ pair, at, bucket: hash(pair[0]) & (buckets - 1) }))
    .sort((a, b) => a.bucket - b.bucket || b.at - a.at)
    .map(({ pair }) => pair);
}

function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const byte of textToBytes(text)) value = (Math.imul(value, 16_777_619) ^ byte) >>> 0;
  return value;
}
