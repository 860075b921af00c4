import { textToBytes } from '../text.ts';

/**
 * Order in which bash lists an associative array: by bucket of its hash table (FNV-1, 1,024 buckets, doubled when the
 * table holds two entries per bucket), newest first within a bucket.
 */
export const assocOrder = (pairs: readonly [string, string][]): [string, string][] => tableOrder(pairs, 1_024);

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
