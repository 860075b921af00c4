/** UUIDs as RFC 9562 makes them. */
import { md5, sha1 } from '@noble/hashes/legacy.js';
import { concatBytes } from '../../protocol/bytes.ts';
import { hex } from '../coreutils/digests/digests.ts';
import { textToBytes } from '../text.ts';

/** Sixteen bytes with a version and the variant, as text. */
function uuidText(bytes: Uint8Array, version: number): string {
  const made = bytes.slice(0, 16);
  made[6] = ((made[6] ?? 0) & 0x0f) | (version << 4);
  made[8] = ((made[8] ?? 0) & 0x3f) | 0x80;
  return hex(made).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

export const randomUuid = (random: Uint8Array): string => uuidText(random, 4);

/** Days from the start of the Gregorian calendar to 1970, in units of 100 ns. */
const GREGORIAN = 122_192_928_000_000_000n;

/** Version 1: a time, a clock sequence and a node, the latter two from eight random bytes. */
export function timeUuid(realtimeUs: number, random: Uint8Array): string {
  const ticks = BigInt(Math.floor(realtimeUs)) * 10n + GREGORIAN;
  const bytes = new Uint8Array(16);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, Number(ticks & 0xffffffffn));
  view.setUint16(4, Number((ticks >> 32n) & 0xffffn));
  view.setUint16(6, Number((ticks >> 48n) & 0x0fffn));
  bytes.set(random.subarray(0, 8), 8);
  // A node that is no network card's has the multicast bit.
  bytes[10] = (bytes[10] ?? 0) | 1;
  return uuidText(bytes, 1);
}

/** Namespaces that have names, with their UUIDs' bytes. */
const NAMESPACES: Readonly<Record<string, number>> = { '@dns': 0x10, '@url': 0x11, '@oid': 0x12, '@x500': 0x14 };

/** The bytes of a UUID or of a namespace's name. */
export function uuidBytes(text: string): Uint8Array | undefined {
  const known = NAMESPACES[text];
  const whole = known === undefined ? text : `6ba7b8${known.toString(16)}-9dad-11d1-80b4-00c04fd430c8`;
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(whole)) return undefined;
  return Uint8Array.from(whole.replaceAll('-', '').match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

export function namedUuid(namespace: Uint8Array, name: string, kind: 'md5' | 'sha1'): string {
  const bytes = concatBytes([namespace, textToBytes(name)]);
  return kind === 'md5' ? uuidText(md5(bytes), 3) : uuidText(sha1(bytes), 5);
}
