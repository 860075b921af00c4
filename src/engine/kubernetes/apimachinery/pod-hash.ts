/**
 * The hash in names of ReplicaSets and ControllerRevisions.
 * Models: FNV-1a over a canonical text of the template, safe-encoded as upstream (util/rand.SafeEncodeString), so names have
 * upstream's alphabet and length.
 * Leaves out: upstream's input, the dump of a Go struct; a template's hash differs from a real cluster's.
 */
const SAFE = 'bcdfghjklmnpqrstvwxz2456789';

/** FNV-1a, 32 bits, over UTF-16 code units. */
export function fnv32a(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    hash = Math.imul(hash ^ (unit & 255), 0x01000193);
    if (unit > 255) hash = Math.imul(hash ^ (unit >>> 8), 0x01000193);
  }
  return hash >>> 0;
}

/** Each character mapped into the alphabet without vowels (kubernetes util/rand SafeEncodeString). */
export const safeEncode = (text: string): string =>
  Array.from(text, (char) => SAFE.charAt(char.charCodeAt(0) % SAFE.length)).join('');

/** pod-template-hash of a template; `collisionCount` is added as upstream does. */
export function podTemplateHash(template: unknown, collisionCount?: number): string {
  const suffix = collisionCount === undefined ? '' : `#${String(collisionCount)}`;
  return safeEncode(String(fnv32a(canonical(template) + suffix)));
}

/** A text equal for equal values whatever the order of keys. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  return `{${entries.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`).join(',')}}`;
}

/** Deep equality of JSON values; absent and undefined members are equal. Shared references answer at once. */
export function deepEqual(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((item, index) => deepEqual(item, b[index]));
  }
  const left = Object.entries(a).filter(([, member]) => member !== undefined);
  const right = new Map(Object.entries(b).filter(([, member]) => member !== undefined));
  return left.length === right.size && left.every(([key, member]) => right.has(key) && deepEqual(member, right.get(key)));
}
