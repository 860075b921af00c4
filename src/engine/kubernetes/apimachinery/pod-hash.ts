/**
 * The hash in names of ReplicaSets and ControllerRevisions.
 * Models: FNV-1a over a canonical text of the template, safe-encoded as upstream (util/rand.SafeEncodeString), so names have
 * upstream's alphabet and length.
 * Leaves out: upstream's input, the dump of a Go struct; a template's hash differs from a real cluster's.
 */
import { canonical } from './equality.ts';

const SAFE = 'bcdfghjklmnpqrstvwxz2456789';

const OFFSET_BASIS = 0x811c9dc5;

/** FNV-1a, 32 bits, over UTF-16 code units; `before` is the hash of what stands before the text. */
export function fnv32a(text: string, before = OFFSET_BASIS): number {
  let hash = before;
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
export function podTemplateHash(template: object, collisionCount?: number): string {
  const suffix = collisionCount === undefined ? '' : `#${String(collisionCount)}`;
  return safeEncode(String(fnv32a(suffix, templateHash(template))));
}

/** Every reconcile asks, and templates seldom change. */
const hashes = new WeakMap<object, number>();

function templateHash(template: object): number {
  const known = hashes.get(template);
  if (known !== undefined) return known;
  const hash = fnv32a(canonical(template));
  hashes.set(template, hash);
  return hash;
}
