/** C's %a of a number that is written out: a long double's 64 bits, with four of them before the point, as glibc has it. */

interface Fraction {
  readonly over: bigint;
  readonly under: bigint;
}

const NUMBER = /^\s*[-+]?(?:0[xX]([\da-fA-F]*)\.?([\da-fA-F]*)(?:[pP]([-+]?\d+))?|(\d*)\.?(\d*)(?:[eE]([-+]?\d+))?)$/;

function fractionOf(text: string): Fraction | undefined {
  const match = NUMBER.exec(text);
  if (match === null) return undefined;
  const [, hex, hexRest = '', power = '0', whole = '', rest = '', exponent = '0'] = match;
  if (hex !== undefined) return scaled(BigInt(`0x0${hex}${hexRest}`), 2n, BigInt(power) - BigInt(4 * hexRest.length));
  return scaled(BigInt(`0${whole}${rest}`), 10n, BigInt(exponent) - BigInt(rest.length));
}

const scaled = (digits: bigint, base: bigint, power: bigint): Fraction =>
  power >= 0n ? { over: digits * raised(base, power), under: 1n } : { over: digits, under: raised(base, -power) };

const raised = (base: bigint, power: bigint): bigint =>
  base === 2n ? 1n << power : BigInt(`1${'0'.repeat(Number(power))}`);

const bitLength = (value: bigint): number => value.toString(2).length;

/** `0xc.8p+3`; undefined where the text is no number. */
export function hexFloat(text: string, precision: number | undefined): string | undefined {
  const fraction = fractionOf(text);
  if (fraction === undefined) return undefined;
  const sign = /^\s*-/.test(text) ? '-' : '';
  const { over, under } = fraction;
  const zeros = precision === undefined || precision === 0 ? '' : `.${'0'.repeat(precision)}`;
  if (over === 0n) return `${sign}0x0${zeros}p+0`;
  const bits = precision === undefined ? 64 : Math.min(64, 4 + 4 * precision);
  let exponent = bitLength(over) - bitLength(under) - bits;
  let mantissa = rounded(over, under, exponent);
  while (bitLength(mantissa) > bits) {
    exponent += 1;
    mantissa = rounded(over, under, exponent);
  }
  while (bitLength(mantissa) < bits) {
    exponent -= 1;
    mantissa = rounded(over, under, exponent);
  }
  let digits = mantissa.toString(16);
  exponent += bits - 4;
  if (precision === undefined) digits = digits.replace(/0+$/, '');
  const after = precision === undefined ? digits.slice(1) : digits.slice(1).padEnd(precision, '0');
  return `${sign}0x${digits.charAt(0)}${after === '' ? '' : `.${after}`}p${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent))}`;
}

/** over / under / 2^exponent, to the nearest, ties to even. */
function rounded(over: bigint, under: bigint, exponent: number): bigint {
  const [a, b] = exponent >= 0 ? [over, under << BigInt(exponent)] : [over << BigInt(-exponent), under];
  const [quotient, rest] = [a / b, a % b];
  const twice = rest * 2n;
  return twice > b || (twice === b && quotient % 2n === 1n) ? quotient + 1n : quotient;
}
