/**
 * P-256 of a cluster's certificates. Keys come from given bytes and signatures are deterministic (RFC 6979). These keys
 * protect nothing, so that secret numbers are multiplied the quick way, whose time tells what they are: a world makes some
 * thirty of them before its first prompt.
 */
import { ecdsa, weierstrass } from '@noble/curves/abstract/weierstrass.js';
import { p256 as platformP256 } from '@noble/curves/nist.js';
import { createHmacDrbg } from '@noble/curves/utils.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, encodeUtf8 } from '../../protocol/bytes.ts';
import { derInteger, derSequence } from '../der.ts';
import { integerBytes, integerOf, inverseModulo } from './big-integer.ts';

export interface KeyPair {
  readonly secret: Uint8Array;
  /** Uncompressed point, 65 bytes. */
  readonly public: Uint8Array;
}

/** Of a scalar and of a coordinate. */
const BYTES = 32;
// The library asks for the platform's chance even where it needs none.
const fixedBytes = (count = BYTES): Uint8Array<ArrayBuffer> => new Uint8Array(count).fill(0x5d);
const curve = weierstrass(platformP256.Point.CURVE(), { randomBytes: fixedBytes });
const ORDER = curve.Fn.ORDER;
// A small table of the base point's multiples: what a larger one saves it costs to make.
curve.BASE.precompute(4);
const verifier = ecdsa(curve, sha256, { randomBytes: fixedBytes });

/** A key pair whose secret is derived from the seed text; equal texts give equal keys. */
export function keyPairFrom(seedText: string): KeyPair {
  let secret = sha256(encodeUtf8(seedText));
  while (!verifier.utils.isValidSecretKey(secret)) secret = sha256(secret);
  return { secret, public: curve.BASE.multiplyUnsafe(integerOf(secret)).toBytes(false) };
}

/** DER of the ECDSA signature over the message's SHA-256, with the smaller of the two values of S. */
export function signP256(message: Uint8Array, { secret }: KeyPair): Uint8Array {
  const digest = integerOf(sha256(message)) % ORDER;
  const key = integerOf(secret);
  const chance = createHmacDrbg<Uint8Array>(BYTES, BYTES, (mac: Uint8Array, text: Uint8Array) =>
    hmac(sha256, mac, text),
  );
  return chance(concatBytes([secret, integerBytes(digest, BYTES)]), (bytes) => {
    const nonce = integerOf(bytes);
    if (nonce === 0n || nonce >= ORDER) return undefined;
    const r = curve.BASE.multiplyUnsafe(nonce).toAffine().x % ORDER;
    const s = (inverseModulo(nonce, ORDER) * ((digest + r * key) % ORDER)) % ORDER;
    if (r === 0n || s === 0n) return undefined;
    return derSequence(derInteger(r), derInteger(s > ORDER / 2n ? ORDER - s : s));
  });
}

/** @param point uncompressed */
export function verifyP256(signature: Uint8Array, message: Uint8Array, point: Uint8Array): boolean {
  try {
    // openssl and Go make either of the two values of S.
    return verifier.verify(signature, message, point, { format: 'der', lowS: false });
  } catch {
    return false;
  }
}
