/** Whole numbers of any size as bytes, highest first. */

/** The number that bytes hold. */
export function integerOf(bytes: Uint8Array): bigint {
  let hex = '';
  for (const byte of bytes) hex += byte.toString(16).padStart(2, '0');
  return hex === '' ? 0n : BigInt(`0x${hex}`);
}

/** A number in as few bytes as it needs, or in exactly `length`. */
export function integerBytes(value: bigint, length?: number): Uint8Array {
  const digits = value.toString(16);
  const hex = digits.padStart(length === undefined ? digits.length + (digits.length % 2) : length * 2, '0');
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

/** As two's complement for a number that is not negative: a zero byte keeps the sign bit clear. */
export function signedBytes(value: bigint): Uint8Array {
  const bytes = integerBytes(value);
  return (bytes[0] ?? 0) < 0x80 ? bytes : Uint8Array.from([0, ...bytes]);
}

export const bitLength = (value: bigint): number => (value === 0n ? 0 : value.toString(2).length);

/** base ** exponent modulo modulus. */
export function powerModulo(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  const reduced = base % modulus;
  for (const bit of exponent.toString(2)) {
    result = (result * result) % modulus;
    if (bit === '1') result = (result * reduced) % modulus;
  }
  return result;
}

/** The inverse of `value` modulo `modulus`, which have no common divisor. */
export function inverseModulo(value: bigint, modulus: bigint): bigint {
  let [a, b] = [((value % modulus) + modulus) % modulus, modulus];
  let [x, y] = [1n, 0n];
  while (b !== 0n) {
    const quotient = a / b;
    [a, b] = [b, a - quotient * b];
    [x, y] = [y, x - quotient * y];
  }
  return ((x % modulus) + modulus) % modulus;
}
