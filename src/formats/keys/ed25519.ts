/** Ed25519 keys (RFC 8032): the public point of a secret. */
import { edwards } from '@noble/curves/abstract/edwards.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { integerOf } from './big-integer.ts';

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

/** The key of a 32-byte secret. */
export function ed25519KeyOf(secret: Uint8Array): Ed25519PrivateKey {
  const half = sha512(secret).slice(0, 32);
  half[0] = (half[0] ?? 0) & 0xf8;
  half[31] = ((half[31] ?? 0) & 0x7f) | 0x40;
  const scalar = integerOf(half.reverse()) % curve.Fn.ORDER;
  return { type: 'ed25519', secret, point: curve.BASE.multiply(scalar).toBytes() };
}
