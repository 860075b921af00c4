/** crypt(3) by MD5 (`$1$`), and Apache's variant of it (`$apr1$`), which differs in its name alone. */
import { md5 } from '@noble/hashes/legacy.js';
import { concatBytes, encodeUtf8 } from '../../protocol/bytes.ts';

const ALPHABET = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const ROUNDS = 1_000;
/** Which bytes of the digest make a group of four characters; the last byte stands alone. */
const GROUPS = [
  [0, 6, 12],
  [1, 7, 13],
  [2, 8, 14],
  [3, 9, 15],
  [4, 10, 5],
] as const;

export function md5Crypt(password: string, salt: string, magic: '1' | 'apr1'): string {
  const key = encodeUtf8(password);
  const salted = encodeUtf8(salt.slice(0, 8));
  const alternate = md5(concatBytes([key, salted, key]));
  const parts = [key, encodeUtf8(`$${magic}$`), salted];
  for (let left = key.length; left > 0; left -= 16) parts.push(alternate.subarray(0, Math.min(16, left)));
  for (let bits = key.length; bits > 0; bits >>= 1)
    parts.push((bits & 1) === 1 ? Uint8Array.of(0) : key.subarray(0, 1));
  let digest = md5(concatBytes(parts));
  for (let round = 0; round < ROUNDS; round += 1)
    digest = md5(
      concatBytes([
        ...(round % 2 === 1 ? [key] : [digest]),
        ...(round % 3 === 0 ? [] : [salted]),
        ...(round % 7 === 0 ? [] : [key]),
        ...(round % 2 === 1 ? [digest] : [key]),
      ]),
    );
  return `$${magic}$${salt.slice(0, 8)}$${encoded(digest)}`;
}

function encoded(digest: Uint8Array): string {
  const byte = (at: number): number => digest[at] ?? 0;
  const groups = GROUPS.map(([a, b, c]) => characters((byte(a) << 16) | (byte(b) << 8) | byte(c), 4));
  return `${groups.join('')}${characters(byte(11), 2)}`;
}

const characters = (value: number, count: number): string =>
  Array.from({ length: count }, (_, at) => ALPHABET.charAt((value >> (6 * at)) & 63)).join('');
