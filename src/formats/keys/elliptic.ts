/** Elliptic keys: NIST's curves for ECDSA, and Ed25519. Keys come from given bytes and signatures are deterministic. */
import { ecdsa, weierstrass } from '@noble/curves/abstract/weierstrass.js';
import { p256, p384, p521 } from '@noble/curves/nist.js';
import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import { integerBytes, integerOf } from './big-integer.ts';

export type NistCurve = 'P-256' | 'P-384' | 'P-521';
export const NIST_CURVES: readonly NistCurve[] = ['P-256', 'P-384', 'P-521'];

export interface EcPublicKey {
  readonly type: 'ec';
  readonly curve: NistCurve;
  /** Uncompressed point: 4, x, y. */
  readonly point: Uint8Array;
}
export interface EcPrivateKey extends EcPublicKey {
  readonly secret: Uint8Array;
}

// The library blinds secret multiplications with random bytes, which change no result: fixed ones do.
const fixedBytes = (count = 32): Uint8Array<ArrayBuffer> => new Uint8Array(count).fill(0x5d);
const signer = (curve: typeof p256, hash: typeof sha256 | typeof sha512): ReturnType<typeof ecdsa> =>
  ecdsa(weierstrass(curve.Point.CURVE(), { randomBytes: fixedBytes }), hash, { randomBytes: fixedBytes });
const SIGNERS = new Map<NistCurve, ReturnType<typeof ecdsa>>();
function signerOf(curve: NistCurve): ReturnType<typeof ecdsa> {
  const known = SIGNERS.get(curve);
  if (known !== undefined) return known;
  const made =
    curve === 'P-256' ? signer(p256, sha256) : curve === 'P-384' ? signer(p384, sha384) : signer(p521, sha512);
  SIGNERS.set(curve, made);
  return made;
}

/** Bytes of a coordinate. */
export const coordinateLength = (curve: NistCurve): number => (curve === 'P-256' ? 32 : curve === 'P-384' ? 48 : 66);

/** The key of a secret. */
export const ecKeyOf = (curve: NistCurve, secret: Uint8Array): EcPrivateKey => ({
  type: 'ec',
  curve,
  secret,
  point: signerOf(curve).getPublicKey(secret, false),
});

/** A key whose secret is drawn from `random`. */
export function generateEc(curve: NistCurve, random: (count: number) => Uint8Array): EcPrivateKey {
  const { order } = ORDERS[curve];
  const length = coordinateLength(curve);
  // Eight bytes more than needed leave the remainder without a bias worth counting (FIPS 186-5, A.2.1).
  return ecKeyOf(curve, integerBytes((integerOf(random(length + 8)) % (order - 1n)) + 1n, length));
}
const ORDERS: Readonly<Record<NistCurve, { readonly order: bigint }>> = {
  'P-256': { order: p256.Point.Fn.ORDER },
  'P-384': { order: p384.Point.Fn.ORDER },
  'P-521': { order: p521.Point.Fn.ORDER },
};

/** DER of an ECDSA signature; the message is hashed with `hash`, by default the curve's own. */
export const signEc = (message: Uint8Array, key: EcPrivateKey, hash = hashOf(key.curve)): Uint8Array =>
  signerOf(key.curve).sign(hash(message), key.secret, { format: 'der', prehash: false, lowS: false });

export function verifyEc(
  signature: Uint8Array,
  message: Uint8Array,
  key: EcPublicKey,
  hash = hashOf(key.curve),
): boolean {
  try {
    return signerOf(key.curve).verify(signature, hash(message), key.point, {
      format: 'der',
      prehash: false,
      lowS: false,
    });
  } catch {
    return false;
  }
}

function hashOf(curve: NistCurve): (bytes: Uint8Array) => Uint8Array {
  if (curve === 'P-256') return sha256;
  return curve === 'P-384' ? sha384 : sha512;
}
