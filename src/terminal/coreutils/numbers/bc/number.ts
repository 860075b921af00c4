/** bc's numbers: whole digits with a count of decimals; results are cut, never rounded. */
export interface Decimal {
  readonly digits: bigint;
  readonly scale: number;
}

const power10 = (n: number): bigint => 10n ** BigInt(Math.max(0, n));
export const whole = (n: bigint | number): Decimal => ({ digits: BigInt(n), scale: 0 });
export const ZERO = whole(0);

export const rescale = (a: Decimal, scale: number): Decimal => ({
  digits: scale >= a.scale ? a.digits * power10(scale - a.scale) : a.digits / power10(a.scale - scale),
  scale,
});
export const compare = (a: Decimal, b: Decimal): number => {
  const scale = Math.max(a.scale, b.scale);
  const [x, y] = [rescale(a, scale).digits, rescale(b, scale).digits];
  return x < y ? -1 : x > y ? 1 : 0;
};
export function add(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale);
  return { digits: rescale(a, scale).digits + rescale(b, scale).digits, scale };
}
export const negate = (a: Decimal): Decimal => ({ digits: -a.digits, scale: a.scale });
export function multiply(a: Decimal, b: Decimal, scale: number): Decimal {
  const full: Decimal = { digits: a.digits * b.digits, scale: a.scale + b.scale };
  return rescale(full, Math.min(full.scale, Math.max(scale, a.scale, b.scale)));
}
export const divide = (a: Decimal, b: Decimal, scale: number): Decimal => ({
  digits: (a.digits * power10(scale + b.scale)) / (b.digits * power10(a.scale)),
  scale,
});
/** a - (a / b) * b, with the quotient at `scale`. */
export function remainder(a: Decimal, b: Decimal, scale: number): Decimal {
  const quotient = divide(a, b, scale);
  const product: Decimal = { digits: quotient.digits * b.digits, scale: quotient.scale + b.scale };
  return rescale(add(a, negate(product)), Math.max(scale + b.scale, a.scale));
}
export function raise(a: Decimal, exponent: number, scale: number): Decimal {
  const size = Math.abs(exponent);
  // eslint-disable-next-line no-restricted-syntax -- whole numbers of any size are exact
  const full: Decimal = { digits: a.digits ** BigInt(size), scale: a.scale * size };
  return exponent < 0 ? divide(whole(1), full, scale) : rescale(full, Math.min(full.scale, Math.max(scale, a.scale)));
}
export function squareRoot(a: Decimal, scale: number): Decimal {
  const wanted = Math.max(scale, a.scale);
  const value = rescale(a, wanted * 2).digits;
  if (value === 0n) return { digits: 0n, scale: wanted };
  let guess = BigInt(Math.floor(Math.sqrt(Number(value)) || 1)) || 1n;
  if (value > 10n ** 300n) guess = 10n ** BigInt(Math.ceil(String(value).length / 2));
  for (let round = 0; round < 2_000; round += 1) {
    const next = (guess + value / guess) / 2n;
    if (next === guess || next === guess + 1n || next === guess - 1n) {
      guess = next;
      break;
    }
    guess = next;
  }
  while (guess * guess > value) guess -= 1n;
  while ((guess + 1n) * (guess + 1n) <= value) guess += 1n;
  return { digits: guess, scale: wanted };
}

/** Digits as bc prints them: no 0 before the point, long ones continued with a backslash. */
export function show(a: Decimal, base: number): string {
  const sign = a.digits < 0n ? '-' : '';
  const size = a.digits < 0n ? -a.digits : a.digits;
  const unit = power10(a.scale);
  const [head, rest] = [size / unit, size % unit];
  let text = head === 0n && a.scale > 0 && rest !== 0n ? '' : head.toString(base).toUpperCase();
  if (a.scale > 0 && (rest !== 0n || head !== 0n))
    text += `.${base === 10 ? String(rest).padStart(a.scale, '0') : fraction(rest, unit, base, a.scale)}`;
  return wrap(sign + text);
}

function fraction(rest: bigint, unit: bigint, base: number, scale: number): string {
  let out = '';
  let left = rest;
  for (let weight = 1n; weight < power10(scale); weight *= BigInt(base)) {
    left *= BigInt(base);
    out += (left / unit).toString(base).toUpperCase();
    left %= unit;
  }
  return out;
}

function wrap(text: string): string {
  if (text.length <= 69) return text;
  const rows: string[] = [];
  for (let at = 0; at < text.length; at += 68) rows.push(text.slice(at, at + 68));
  return rows.join('\\\n');
}
