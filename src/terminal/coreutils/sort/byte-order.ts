import { textToBytes } from '../../text.ts';

/** Bytes compared as unsigned numbers, as memcmp(3) and the C locale order them. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const size = Math.min(a.length, b.length);
  for (let at = 0; at < size; at += 1) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** strcmp of the UTF-8 bytes (LC_ALL=C, and C.UTF-8 alike). */
export function byteCompare(a: string, b: string): number {
  if (a === b) return 0;
  if (/[\ud800-\uffff]/.test(a) || /[\ud800-\uffff]/.test(b)) return compareBytes(textToBytes(a), textToBytes(b));
  return a < b ? -1 : 1;
}
