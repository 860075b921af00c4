/**
 * The inexact functions of Math differ between engines in the last bit; these use only exactly rounded operations, in a
 * fixed order, so every engine gives the same bits. Accuracy is a few units in the last place.
 */
const LN2 = 0.6931471805599453;

/** e to the power x. */
export function exp(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x > 709.79) return Infinity;
  if (x < -745.2) return 0;
  const k = Math.round(x / LN2);
  const r = x - k * LN2;
  let term = 1;
  let sum = 1;
  for (let n = 1; n < 20; n += 1) {
    term = (term * r) / n;
    sum += term;
  }
  return sum * powerOfTwo(k);
}

/** Natural logarithm. */
export function log(x: number): number {
  if (Number.isNaN(x) || x < 0) return NaN;
  if (x === 0) return -Infinity;
  if (x === Infinity) return x;
  let exponent = 0;
  let m = x;
  while (m >= 1.4142135623730951) {
    m /= 2;
    exponent += 1;
  }
  while (m < 0.7071067811865476) {
    m *= 2;
    exponent -= 1;
  }
  const s = (m - 1) / (m + 1);
  const square = s * s;
  let term = s;
  let sum = 0;
  for (let n = 1; n < 40; n += 2) {
    sum += term / n;
    term *= square;
  }
  return 2 * sum + exponent * LN2;
}

/** x to the power y; whole powers by repeated squaring. */
export function pow(x: number, y: number): number {
  if (Number.isInteger(y) && Math.abs(y) < 1024) {
    let base = y < 0 ? 1 / x : x;
    let left = Math.abs(y);
    let result = 1;
    while (left > 0) {
      if (left % 2 === 1) result *= base;
      base *= base;
      left = Math.floor(left / 2);
    }
    return result;
  }
  return x > 0 ? exp(y * log(x)) : x === 0 ? 0 : NaN;
}

/** Square root: IEEE 754 demands exact rounding of it, so the built-in one is the same everywhere. */

export const sqrt = (x: number): number => Math.sqrt(x);

function powerOfTwo(k: number): number {
  let result = 1;
  const factor = k < 0 ? 0.5 : 2;
  for (let i = Math.abs(k); i > 0; i -= 1) result *= factor;
  return result;
}
