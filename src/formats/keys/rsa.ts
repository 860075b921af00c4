/** RSA (RFC 8017): key generation from given bytes, PKCS #1 v1.5 signatures with SHA-256, SHA-1 or SHA-512. */
import { sha1 } from '@noble/hashes/legacy.js';
import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import { bitLength, integerBytes, integerOf, inverseModulo, powerModulo } from './big-integer.ts';

export interface RsaPublicKey {
  readonly type: 'rsa';
  readonly modulus: bigint;
  readonly exponent: bigint;
}
export interface RsaPrivateKey extends RsaPublicKey {
  readonly privateExponent: bigint;
  readonly primes: readonly [bigint, bigint];
}
export type RsaDigest = 'sha1' | 'sha256' | 'sha384' | 'sha512';

const EXPONENT = 65_537n;
/** Candidates are sieved by the primes below this. */
const SIEVE_LIMIT = 40_000;
/** Odd numbers looked at from one random start. */
const SIEVE_SPAN = 8_192;

/** A key of so many bits; the bytes that `random` gives decide it. */
export function generateRsa(bits: number, random: (count: number) => Uint8Array): RsaPrivateKey {
  for (;;) {
    const first = primeOf(Math.ceil(bits / 2), random);
    const second = primeOf(Math.floor(bits / 2), random, first);
    const key = rsaKeyOf(first, second);
    if (key !== undefined && bitLength(key.modulus) === bits) return key;
  }
}

/** The key of two primes; undefined where the exponent has no inverse. */
function rsaKeyOf(first: bigint, second: bigint): RsaPrivateKey | undefined {
  const primes: readonly [bigint, bigint] = first > second ? [first, second] : [second, first];
  const totient = (first - 1n) * (second - 1n);
  if (totient % EXPONENT === 0n) return undefined;
  return {
    type: 'rsa',
    modulus: first * second,
    exponent: EXPONENT,
    privateExponent: inverseModulo(EXPONENT, totient),
    primes,
  };
}

/** A prime that is not the other one, with its two highest bits set, so that a product of two has all its bits. */
function primeOf(bits: number, random: (count: number) => Uint8Array, other?: bigint): bigint {
  const small = smallPrimes();
  for (;;) {
    const drawn = integerOf(random(Math.ceil(bits / 8))) & ((1n << BigInt(bits)) - 1n);
    const start = drawn | (3n << BigInt(bits - 2)) | 1n;
    const composite = new Uint8Array(SIEVE_SPAN);
    for (const prime of small) {
      const rest = Number(start % BigInt(prime));
      // start + 2k is divisible by the prime from this k on.
      const first = rest === 0 ? 0 : (prime - rest) % 2 === 0 ? (prime - rest) / 2 : (2 * prime - rest) / 2;
      for (let at = first; at < SIEVE_SPAN; at += prime) composite[at] = 1;
    }
    for (let at = 0; at < SIEVE_SPAN; at += 1) {
      const candidate = start + 2n * BigInt(at);
      if (composite[at] === 1 || candidate === other || bitLength(candidate) !== bits) continue;
      if (isProbablePrime(candidate)) return candidate;
    }
  }
}

let sieved: readonly number[] | undefined;
/** The odd primes of the sieve. */
function smallPrimes(): readonly number[] {
  if (sieved !== undefined) return sieved;
  const composite = new Uint8Array(SIEVE_LIMIT);
  const found: number[] = [];
  for (let at = 3; at < SIEVE_LIMIT; at += 2) {
    if (composite[at] === 1) continue;
    found.push(at);
    for (let multiple = at * at; multiple < SIEVE_LIMIT; multiple += 2 * at) composite[multiple] = 1;
  }
  sieved = found;
  return found;
}

/** Miller and Rabin's test; for random numbers of this size four bases leave no doubt worth counting. */
export function isProbablePrime(candidate: bigint): boolean {
  let odd = candidate - 1n;
  let twos = 0;
  while ((odd & 1n) === 0n) {
    odd >>= 1n;
    twos += 1;
  }
  return [2n, 3n, 5n, 7n].every((base) => {
    let power = powerModulo(base, odd, candidate);
    if (power === 1n || power === candidate - 1n) return true;
    for (let at = 1; at < twos; at += 1) {
      power = (power * power) % candidate;
      if (power === candidate - 1n) return true;
    }
    return false;
  });
}

/** DER of DigestInfo up to the digest itself (RFC 8017, section 9.2, note 1). */
const DIGESTS: Readonly<Record<RsaDigest, { prefix: string; hash: (bytes: Uint8Array) => Uint8Array }>> = {
  sha1: { prefix: '3021300906052b0e03021a05000414', hash: sha1 },
  sha256: { prefix: '3031300d060960864801650304020105000420', hash: sha256 },
  sha384: { prefix: '3041300d060960864801650304020205000430', hash: sha384 },
  sha512: { prefix: '3051300d060960864801650304020305000440', hash: sha512 },
};

/** EMSA-PKCS1-v1_5 as a number. */
function paddedDigest(message: Uint8Array, digest: RsaDigest, length: number): bigint {
  const { prefix, hash } = DIGESTS[digest];
  const info = integerOf(hash(message))
    .toString(16)
    .padStart(hash(new Uint8Array(0)).length * 2, '0');
  const tail = `00${prefix}${info}`;
  return BigInt(`0x0001${'ff'.repeat(length - tail.length / 2 - 2)}${tail}`);
}

export function signRsa(message: Uint8Array, key: RsaPrivateKey, digest: RsaDigest = 'sha256'): Uint8Array {
  const length = Math.ceil(bitLength(key.modulus) / 8);
  const padded = paddedDigest(message, digest, length);
  const [p, q] = key.primes;
  // By the Chinese remainder theorem: two powers of half the size.
  const onP = powerModulo(padded, key.privateExponent % (p - 1n), p);
  const onQ = powerModulo(padded, key.privateExponent % (q - 1n), q);
  const lift = (inverseModulo(q, p) * (onP - (onQ % p) + p)) % p;
  return integerBytes(onQ + lift * q, length);
}

export function verifyRsa(
  signature: Uint8Array,
  message: Uint8Array,
  key: RsaPublicKey,
  digest: RsaDigest = 'sha256',
): boolean {
  const length = Math.ceil(bitLength(key.modulus) / 8);
  if (signature.length !== length) return false;
  return powerModulo(integerOf(signature), key.exponent, key.modulus) === paddedDigest(message, digest, length);
}
