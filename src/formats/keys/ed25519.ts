/** Ed25519 (RFC 8032): the public point of a secret, and signatures. */
import { edwards } from '@noble/curves/abstract/edwards.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { concatBytes } from '../../protocol/bytes.ts';
import { integerBytes, integerOf } from './big-integer.ts';

export interface Ed25519PublicKey {
  readonly type: 'ed25519';
  /** 32 bytes. */
  readonly point: Uint8Array;
}
export interface Ed25519PrivateKey extends Ed25519PublicKey {
  /** 32 bytes from which everything else follows. */
  readonly secret: Uint8Array;
}

const PRIME = 2n ** 255n - 19n;
// The library blinds secret multiplications with random bytes, which change no result: fixed ones do.
const fixedBytes = (count = 32): Uint8Array<ArrayBuffer> => new Uint8Array(count).fill(0x5d);
const curve = edwards(
  {
    p: PRIME,
    n: 2n ** 252n + 27742317777372353535851937790883648493n,
    h: 8n,
    a: PRIME - 1n,
    d: 0x52036cee2b6ffe738cc740797779e89800700a4d4141d8ab75eb4dca135978a3n,
    Gx: 0x216936d3cd6e53fec0a4e231fdd6dc5c692cc7609525a7b2c9562d608f25d51an,
    Gy: 0x6666666666666666666666666666666666666666666666666666666666666658n,
  },
  { randomBytes: fixedBytes },
);
// A world makes a handful of keys: a table of the base point's multiples would cost more than it saves.
curve.BASE.precompute(1);

/** The scalar of a secret, and what its nonces begin with. */
function expanded(secret: Uint8Array): { readonly scalar: bigint; readonly prefix: Uint8Array } {
  const digest = sha512(secret);
  const half = digest.slice(0, 32);
  half[0] = (half[0] ?? 0) & 0xf8;
  half[31] = ((half[31] ?? 0) & 0x7f) | 0x40;
  return { scalar: littleEndian(half) % curve.Fn.ORDER, prefix: digest.slice(32) };
}

const littleEndian = (bytes: Uint8Array): bigint => integerOf(bytes.slice().reverse());
/** The digest of parts as a scalar. */
const scalarOf = (...parts: readonly Uint8Array[]): bigint => littleEndian(sha512(concatBytes(parts))) % curve.Fn.ORDER;

/** The key of a 32-byte secret. */
export function ed25519KeyOf(secret: Uint8Array): Ed25519PrivateKey {
  return { type: 'ed25519', secret, point: curve.BASE.multiply(expanded(secret).scalar).toBytes() };
}

/** 64 bytes: a point and a scalar. */
export function signEd25519(message: Uint8Array, { secret, point }: Ed25519PrivateKey): Uint8Array {
  const { scalar, prefix } = expanded(secret);
  const nonce = scalarOf(prefix, message);
  const commitment = curve.BASE.multiply(nonce).toBytes();
  const answer = (nonce + scalarOf(commitment, point, message) * scalar) % curve.Fn.ORDER;
  return concatBytes([commitment, integerBytes(answer, 32).reverse()]);
}

export function verifyEd25519(signature: Uint8Array, message: Uint8Array, { point }: Ed25519PublicKey): boolean {
  const answer = littleEndian(signature.slice(32));
  if (signature.length !== 64 || answer >= curve.Fn.ORDER) return false;
  const commitment = signature.slice(0, 32);
  try {
    const expected = curve
      .fromBytes(commitment)
      .add(curve.fromBytes(point).multiplyUnsafe(scalarOf(commitment, point, message)));
    return curve.BASE.multiplyUnsafe(answer).equals(expected);
  } catch {
    // What stands for a point is none.
    return false;
  }
}
