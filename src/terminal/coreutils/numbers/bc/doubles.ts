/** Math's inexact functions by decimal series: every engine gives the same bits. */
import type { Decimal } from './number.ts';
import { divide, remainder, whole } from './number.ts';
import { series } from './series.ts';

const SCALE = 40;
const toDecimal = (value: number): Decimal => {
  const [mantissa = '0', exponent = '0'] = value.toExponential(17).split('e');
  const digits = BigInt(mantissa.replace('.', ''));
  const power = Number(exponent) - 17;
  if (power >= 0) return { digits: digits * 10n ** BigInt(power), scale: 0 };
  return { digits, scale: -power };
};
const toDouble = ({ digits, scale }: Decimal): number => Number(`${String(digits)}e-${String(scale)}`);
const apply = (name: string, value: Decimal): number => {
  const result = series(name, value, SCALE);
  return result === undefined ? Number.NaN : toDouble(result);
};

export function exp(value: number): number {
  if (Number.isNaN(value)) return value;
  if (value > 709.79) return Infinity;
  return value < -745.2 ? 0 : apply('e', toDecimal(value));
}
export function log(value: number): number {
  if (value === 0) return -Infinity;
  return value < 0 || !Number.isFinite(value) ? (value > 0 ? value : Number.NaN) : apply('l', toDecimal(value));
}

const PI = series('a', whole(1), SCALE + 40) ?? whole(0);
const TURN: Decimal = { digits: PI.digits * 8n, scale: PI.scale };
const reduced = (value: number): Decimal => remainder(toDecimal(value), TURN, 0);

export const sin = (value: number): number => (Number.isFinite(value) ? apply('s', reduced(value)) : Number.NaN);
export const cos = (value: number): number => (Number.isFinite(value) ? apply('c', reduced(value)) : Number.NaN);

export function atan2(y: number, x: number): number {
  if (Number.isNaN(x) || Number.isNaN(y)) return Number.NaN;
  const pi = toDouble({ digits: PI.digits * 4n, scale: PI.scale });
  if (y === 0) return x < 0 || Object.is(x, -0) ? pi : y;
  if (x === 0) return y > 0 ? pi / 2 : -pi / 2;
  const angle = apply('a', divide(toDecimal(y), toDecimal(x), SCALE));
  if (x > 0) return angle;
  return y > 0 ? angle + pi : angle - pi;
}

export function power(base: number, exponent: number): number {
  if (Number.isInteger(exponent) && Math.abs(exponent) < 1_024) {
    let result = 1;
    for (let turn = 0; turn < Math.abs(exponent); turn += 1) result *= base;
    return exponent < 0 ? 1 / result : result;
  }
  if (exponent === 0.5) return Math.sqrt(base);
  return base < 0 ? Number.NaN : exp(exponent * log(base));
}
