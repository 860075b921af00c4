/** Message digests of openssl by name. */
import { md5, sha1 } from '@noble/hashes/legacy.js';
import { sha3_224, sha3_256, sha3_384, sha3_512 } from '@noble/hashes/sha3.js';
import { sha224, sha256, sha384, sha512 } from '@noble/hashes/sha2.js';

export const DIGESTS = {
  md5,
  sha1,
  sha224,
  sha256,
  sha384,
  sha512,
  'sha3-224': sha3_224,
  'sha3-256': sha3_256,
  'sha3-384': sha3_384,
  'sha3-512': sha3_512,
} as const;
export type DigestName = keyof typeof DIGESTS;
export const isDigest = (name: string): name is DigestName => Object.hasOwn(DIGESTS, name);
export const hexOf = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
