/** FNV hashes as Go's hash/fnv computes them. */

/** 32-bit FNV-1a over bytes, as an unsigned number. */
export function fnv32a(bytes: Iterable<number>): number {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash >>> 0;
}
