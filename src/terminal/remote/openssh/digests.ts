import { md5, sha1 } from '@noble/hashes/legacy.js';
import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js';

/** Digests that fingerprints may be of (-E). */
export const DIGESTS: Readonly<Record<string, (bytes: Uint8Array) => Uint8Array>> = {
  md5,
  sha1,
  sha256,
  sha384,
  sha512,
};

export const digestOf = (bytes: Uint8Array, name: string): Uint8Array => (DIGESTS[name] ?? sha256)(bytes);
