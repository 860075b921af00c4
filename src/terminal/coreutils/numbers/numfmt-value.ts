/** Numbers with unit letters, as numfmt(1) reads and writes them. */
import { wholePower } from '../../../formats/power.ts';

export type Scale = 'none' | 'si' | 'iec' | 'iec-i' | 'auto';
export type Rounding = 'up' | 'down' | 'from-zero' | 'towards-zero' | 'nearest';

const LETTERS = 'KMGTPEZY';

export interface Parsed {
  readonly value: number;
  /** Digits behind the point. */
  readonly decimals: number;
}

/** The number of a word, or the complaint about it. */
export function parseValue(word: string, from: Scale): Parsed | string {
  const match = /^\s*([+-]?\d+(?:\.(\d+))?)(.*)$/s.exec(word);
  if (match === null) return `invalid number: \u2018${word}\u2019`;
  const [, digits = '', fraction = '', suffix = ''] = match;
  const plain = { value: Number(digits), decimals: fraction.length };
  if (suffix === '') return plain;
  const power = LETTERS.indexOf(suffix.charAt(0)) + 1;
  const known = from !== 'none' && power > 0 && /^.(i?)$/.test(suffix);
  const binary = suffix.endsWith('i');
  if (from === 'none' && power > 0 && suffix.length === 1)
    return `rejecting suffix in input: \u2018${word}\u2019 (consider using --from)`;
  if (!known || (binary && (from === 'si' || from === 'iec'))) return `invalid suffix in input: \u2018${word}\u2019`;
  if (from === 'iec-i' && !binary) return `missing 'i' suffix in input: \u2018${word}\u2019 (e.g Ki/Mi/Gi)`;
  const base = from === 'si' || (from === 'auto' && !binary) ? 1000 : 1024;
  return { value: plain.value * wholePower(base, power), decimals: 0 };
}

/** To a whole number in the direction asked for. */
export function round(value: number, rounding: Rounding): number {
  switch (rounding) {
    case 'up':
      return Math.ceil(value);
    case 'down':
      return Math.floor(value);
    case 'from-zero':
      return value < 0 ? Math.floor(value) : Math.ceil(value);
    case 'towards-zero':
      return Math.trunc(value);
    case 'nearest':
      return Math.sign(value) * Math.floor(Math.abs(value) + 0.5);
  }
}

/** To so many decimals. */
export function roundTo(value: number, decimals: number, rounding: Rounding): number {
  const unit = wholePower(10, decimals);
  return round(value * unit, rounding) / unit;
}

/** Scaled down to a letter: one decimal below ten, none above, unless `decimals` says how many. */
export function formatValue(value: number, to: Scale, rounding: Rounding, decimals: number | undefined): string {
  const base = to === 'si' ? 1000 : 1024;
  let [rest, power] = [value, 0];
  while (Math.abs(rest) >= base && power < LETTERS.length) {
    rest /= base;
    power += 1;
  }
  const places = (amount: number): number => decimals ?? (power > 0 && Math.abs(amount) < 10 ? 1 : 0);
  const rounded = (amount: number): number => roundTo(amount, places(amount), rounding);
  rest = rounded(rest);
  if (Math.abs(rest) >= base && power < LETTERS.length) {
    rest = rounded(rest / base);
    power += 1;
  }
  const letter = power === 0 ? '' : power === 1 && to === 'si' ? 'K' : LETTERS.charAt(power - 1);
  return `${rest.toFixed(decimals ?? (power > 0 && Math.abs(rest) < 10 ? 1 : 0))}${letter}${power > 0 && to === 'iec-i' ? 'i' : ''}`;
}
