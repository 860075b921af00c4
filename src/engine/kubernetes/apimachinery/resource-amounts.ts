/**
 * Quantities as plain numbers, for arithmetic over many pods: CPU in millicores, everything else in whole units. Amounts up
 * to 2^53 are exact. Parsed texts are remembered, for a cluster uses few different ones.
 */
const SUFFIX: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 1024,
  Mi: 1024 ** 2,
  Gi: 1024 ** 3,
  Ti: 1024 ** 4,
  Pi: 1024 ** 5,
  Ei: 1024 ** 6,
};
const MAX_REMEMBERED = 10_000;
const milli = new Map<string, number>();

/** Thousandths of a quantity, rounded up; undefined where the text is no quantity. */
export function parseMilli(text: string | number): number | undefined {
  const key = String(text);
  const known = milli.get(key);
  if (known !== undefined) return known;
  const match = /^([+-]?(?:\d+\.?\d*|\.\d+))(?:[eE]([+-]?\d+)|([numkMGTPE]|[KMGTPE]i)?)$/.exec(key);
  if (match === null) return undefined;
  const exponent = match[2] === undefined ? 1 : powerOfTen(Number(match[2]));
  const exact = Number(match[1]) * 1000 * exponent * (SUFFIX[match[3] ?? ''] ?? 1);
  // 0.1 × 1000 and the like leave a tail in the last bits that must not be rounded up.
  const near = Math.round(exact);
  const value = Math.abs(exact - near) < 1e-6 * Math.max(1, Math.abs(near) * 1e-9) ? near : Math.ceil(exact);
  if (milli.size < MAX_REMEMBERED) milli.set(key, value);
  return value;
}

function powerOfTen(exponent: number): number {
  let value = 1;
  for (let i = 0; i < Math.min(Math.abs(exponent), 30); i += 1) value = exponent < 0 ? value / 10 : value * 10;
  return value;
}

/** Millicores of a quantity; 0 where there is none. */
export const milliOf = (text: string | number | undefined): number =>
  text === undefined ? 0 : (parseMilli(text) ?? 0);

/** Whole units (bytes, pods) of a quantity, rounded up; 0 where there is none. */
export const wholeOf = (text: string | number | undefined): number => Math.ceil(milliOf(text) / 1000);

/** Millicores as the API writes them: `250m`, `2`. */
export const formatMilli = (value: number): string => (value % 1000 === 0 ? String(value / 1000) : `${String(value)}m`);

const BINARY = ['Ei', 'Pi', 'Ti', 'Gi', 'Mi', 'Ki'] as const;

/** Bytes in the largest binary unit that divides them: `4Gi`, `1500Ki`, `1000`. */
export function formatBytes(value: number): string {
  if (value === 0) return '0';
  for (const suffix of BINARY) {
    const unit = SUFFIX[suffix] ?? 1;
    if (value % unit === 0) return `${String(value / unit)}${suffix}`;
  }
  return String(value);
}
