/** SHA-512 crypt (`$6$salt$…`), as crypt(5) describes it: what /etc/shadow keeps. */
import { sha512 } from '@noble/hashes/sha2.js';
import { concatBytes, encodeUtf8 } from '../../../protocol/bytes.ts';

const ALPHABET = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const DEFAULT_ROUNDS = 5_000;

/** Whether a password gives this hash; hashes of other kinds fit nothing. */
export function passwordFits(password: string, hash: string): boolean {
  const match = /^\$6\$(?:rounds=(\d+)\$)?([^$]{0,16})\$/.exec(hash);
  return (
    match !== null &&
    sha512Crypt(password, match[2] ?? '', match[1] === undefined ? undefined : Number(match[1])) === hash
  );
}

/** A salt of 16 characters from random bytes. */
export const saltFrom = (bytes: Uint8Array): string =>
  [...bytes.subarray(0, 16)].map((byte) => ALPHABET.charAt(byte & 63)).join('');

export function sha512Crypt(password: string, salt: string, rounds?: number): string {
  const key = encodeUtf8(password);
  const salted = encodeUtf8(salt);
  const alternate = sha512(concatBytes([key, salted, key]));
  const first: Uint8Array[] = [key, salted, repeat(alternate, key.length)];
  for (let length = key.length; length > 0; length >>= 1) first.push((length & 1) === 1 ? alternate : key);
  let digest = sha512(concatBytes(first));
  const p = repeat(sha512(concatBytes(Array.from({ length: key.length }, () => key))), key.length);
  const s = repeat(sha512(concatBytes(Array.from({ length: 16 + (digest[0] ?? 0) }, () => salted))), salted.length);
  for (let round = 0; round < (rounds ?? DEFAULT_ROUNDS); round += 1) {
    const parts: Uint8Array[] = [(round & 1) === 1 ? p : digest];
    if (round % 3 !== 0) parts.push(s);
    if (round % 7 !== 0) parts.push(p);
    parts.push((round & 1) === 1 ? digest : p);
    digest = sha512(concatBytes(parts));
  }
  return `$6$${rounds === undefined ? '' : `rounds=${String(rounds)}$`}${salt}$${encode(digest)}`;
}

function repeat(bytes: Uint8Array, length: number): Uint8Array {
  const out = new Uint8Array(length);
  for (let at = 0; at < length; at += 1) out[at] = bytes[at % bytes.length] ?? 0;
  return out;
}

/** Triples of bytes 21 apart, rotating, then the last byte alone. */
function encode(digest: Uint8Array): string {
  let out = '';
  const put = (value: number, count: number): void => {
    for (let at = 0; at < count; at += 1) out += ALPHABET.charAt((value >> (6 * at)) & 63);
  };
  let [a, b, c] = [0, 21, 42];
  for (let n = 0; n < 21; n += 1) {
    put(((digest[a] ?? 0) << 16) | ((digest[b] ?? 0) << 8) | (digest[c] ?? 0), 4);
    [a, b, c] = [b + 1, c + 1, a + 1];
  }
  put(digest[63] ?? 0, 2);
  return out;
}
