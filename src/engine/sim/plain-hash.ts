import { encodeBase64 } from '../../protocol/bytes.ts';
import type { Plain } from '../../protocol/plain.ts';
import { RunningHash } from './hash.ts';

/**
 * 16 hexadecimal digits over a plain graph's content. Sharing does not count: two equal objects give the same as one object
 * met twice, so that a world that was restored compares equal to the one that went on.
 */
export function hashPlain(value: Plain): string {
  const known = new Map<object, string>();
  const digestOf = (item: Plain): string => {
    if (typeof item === 'string') return `"${item}"`;
    if (typeof item !== 'object' || item === null) return Object.is(item, -0) ? '-0' : String(item);
    const seen = known.get(item);
    if (seen !== undefined) return seen;
    const hash = new RunningHash();
    if (item instanceof Uint8Array) hash.update(`b${encodeBase64(item)}`);
    else if (Array.isArray(item)) {
      hash.update('[');
      for (const member of item as readonly Plain[]) hash.update(`${digestOf(member)},`);
    } else {
      hash.update('{');
      for (const [key, member] of Object.entries(item)) hash.update(`${key}:${digestOf(member)},`);
    }
    const digest = `#${hash.digest()}`;
    known.set(item, digest);
    return digest;
  };
  return digestOf(value).replace('#', '').slice(-16);
}
