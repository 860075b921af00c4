/** How split cuts: after so many lines, after whole lines of so many bytes, or into a number of chunks. */
import { concatBytes } from '../../../protocol/bytes.ts';

export interface Chunks {
  /** Plain bytes, whole lines, or lines in turn. */
  readonly how: 'bytes' | 'l' | 'r';
  readonly count: number;
  /** Only this one is wanted, on standard output. */
  readonly only: number | undefined;
}

/** `3`, `2/3`, `l/3`, `l/2/3`, `r/3`, or what is wrong. */
export function parseChunks(text: string): Chunks | string {
  const match = /^(?:([lr])\/)?(?:(\d+)\/)?(\d+)$/.exec(text);
  const bad = (part: string): string => `invalid number of chunks: \u2018${part}\u2019`;
  if (match === null) return bad(text.replace(/^[lr]\//, ''));
  const [, kind, only, digits = ''] = match;
  const count = Number(digits);
  if (count === 0) return `${bad(digits)}: Numerical result out of range`;
  if (only !== undefined && (Number(only) === 0 || Number(only) > count))
    return `invalid chunk number: \u2018${only}\u2019: Numerical result out of range`;
  const how = kind === 'l' || kind === 'r' ? kind : 'bytes';
  return { how, count, only: only === undefined ? undefined : Number(only) };
}

/** Every record with what ends it. */
function* records(bytes: Uint8Array, separator: number): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length;) {
    const end = bytes.indexOf(separator, at);
    const next = end < 0 ? bytes.length : end + 1;
    yield bytes.subarray(at, next);
    at = next;
  }
}

export function* byLines(bytes: Uint8Array, count: number, separator: number): Generator<Uint8Array> {
  let held: Uint8Array[] = [];
  for (const record of records(bytes, separator)) {
    held.push(record);
    if (held.length < count) continue;
    yield concatBytes(held);
    held = [];
  }
  if (held.length > 0) yield concatBytes(held);
}

/** Lines together while they fit; one that is longer is cut. */
export function* byWholeLines(bytes: Uint8Array, size: number, separator: number): Generator<Uint8Array> {
  for (let from = 0; from < bytes.length;) {
    const most = Math.min(bytes.length, from + size);
    const end = most === bytes.length ? most : bytes.lastIndexOf(separator, most - 1) + 1;
    const to = end > from ? end : most;
    yield bytes.subarray(from, to);
    from = to;
  }
}

export function* chunks(bytes: Uint8Array, { how, count }: Chunks, separator: number): Generator<Uint8Array> {
  if (how === 'r') {
    const parts: Uint8Array[][] = Array.from({ length: count }, () => []);
    let turn = 0;
    for (const record of records(bytes, separator)) {
      parts[turn % count]?.push(record);
      turn += 1;
    }
    for (const part of parts) yield concatBytes(part);
    return;
  }
  // What does not divide goes to the first chunks, a byte each.
  const size = Math.floor(bytes.length / count);
  const more = bytes.length % count;
  const boundary = (index: number): number => index * size + Math.min(index, more);
  if (how === 'bytes') {
    for (let at = 0; at < count; at += 1) yield bytes.subarray(boundary(at), boundary(at + 1));
    return;
  }
  let from = 0;
  for (let at = 1; at <= count; at += 1) {
    const limit = boundary(at);
    let to = from;
    // A line belongs to the chunk that its first byte lies in.
    if (limit > from) {
      const end = bytes.indexOf(separator, limit - 1);
      to = at === count || end < 0 ? bytes.length : end + 1;
    }
    yield bytes.subarray(from, to);
    from = to;
  }
}
