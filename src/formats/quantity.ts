/**
 * Amounts such as `100m`, `1.5Gi` or `1e3`.
 * Models: Kubernetes' resource.Quantity: parsing, canonical text, exact arithmetic.
 * Leaves out: amounts beyond 2^63 are not capped; digits below nano are rounded up, as upstream does.
 */

export type QuantityFormat = 'DecimalSI' | 'BinarySI' | 'DecimalExponent';

/** An exact amount in billionths, and the notation it is written in. */
export interface Quantity {
  readonly nano: bigint;
  readonly format: QuantityFormat;
}

export type QuantityResult =
  | { readonly ok: true; readonly quantity: Quantity }
  /** `message` is upstream's text. */
  | { readonly ok: false; readonly message: string };

const FORMAT_WRONG = "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
const SUFFIX_WRONG = "unable to parse quantity's suffix";
const NUMBER_WRONG = 'unable to parse numeric part of quantity';

const NANO = 1_000_000_000n;
const BINARY: Readonly<Record<string, bigint>> = {
  Ki: 1n << 10n,
  Mi: 1n << 20n,
  Gi: 1n << 30n,
  Ti: 1n << 40n,
  Pi: 1n << 50n,
  Ei: 1n << 60n,
};
const DECIMAL: Readonly<Record<string, number>> = { n: -9, u: -6, m: -3, '': 0, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 };
const DECIMAL_SUFFIX = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'];

/** How many texts are remembered; clusters repeat a few amounts very often. */
const CACHE_SIZE = 4096;
const cache = new Map<string, QuantityResult>();

/** Reads the text of an amount (kubernetes apimachinery pkg/api/resource ParseQuantity). */
export function parseQuantity(text: string): QuantityResult {
  const known = cache.get(text);
  if (known !== undefined) return known;
  const result = parseUncached(text);
  if (cache.size >= CACHE_SIZE) cache.clear();
  cache.set(text, result);
  return result;
}

function parseUncached(text: string): QuantityResult {
  const found = /^([+-]?)([0-9]*)(?:(\.)([0-9]*))?([eEinumkKMGTP]*)([-+]?[0-9]*)$/.exec(text);
  if (found === null || text === '') return { ok: false, message: FORMAT_WRONG };
  const [, sign = '', whole = '', point = '', fraction = '', letters = '', exponent = ''] = found;
  if (whole === '' && fraction === '') return { ok: false, message: point === '' ? FORMAT_WRONG : NUMBER_WRONG };
  const scale = parseSuffix(letters, exponent);
  if (scale === undefined) return { ok: false, message: SUFFIX_WRONG };
  const digits = BigInt(whole + fraction) * scale.factor * NANO;
  const shift = scale.power - fraction.length;
  const magnitude = shift >= 0 ? digits * 10n ** BigInt(shift) : divideUp(digits, 10n ** BigInt(-shift));
  return { ok: true, quantity: { nano: sign === '-' ? -magnitude : magnitude, format: scale.format } };
}

interface Scale {
  readonly factor: bigint;
  readonly power: number;
  readonly format: QuantityFormat;
}

function parseSuffix(letters: string, exponent: string): Scale | undefined {
  if ((letters === 'e' || letters === 'E') && /^[-+]?[0-9]+$/.test(exponent)) {
    const power = Number(exponent);
    return power > 1000 || power < -1000 ? undefined : { factor: 1n, power, format: 'DecimalExponent' };
  }
  if (exponent !== '') return undefined;
  const binary = BINARY[letters];
  if (binary !== undefined) return { factor: binary, power: 0, format: 'BinarySI' };
  const power = DECIMAL[letters];
  return power === undefined ? undefined : { factor: 1n, power, format: 'DecimalSI' };
}

/** The shortest exact notation, as it is stored and shown: `1000m` becomes `1`, `1.5Gi` becomes `1536Mi`. */
export function formatQuantity(quantity: Quantity): string {
  const { nano } = quantity;
  if (nano === 0n) return '0';
  const isBinary = quantity.format === 'BinarySI' && nano % NANO === 0n && magnitudeOf(nano) >= 1024n * NANO;
  if (isBinary) return formatBinary(nano / NANO);
  const { mantissa, power } = reduce(nano);
  if (quantity.format === 'DecimalExponent')
    return power === 0 ? String(mantissa) : `${String(mantissa)}e${String(power)}`;
  return `${String(mantissa)}${DECIMAL_SUFFIX[power / 3 + 3] ?? ''}`;
}

function formatBinary(value: bigint): string {
  const suffixes = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
  let rest = value;
  let step = 0;
  while (step < suffixes.length - 1 && rest % 1024n === 0n) {
    rest /= 1024n;
    step += 1;
  }
  return `${String(rest)}${suffixes[step] ?? ''}`;
}

function reduce(nano: bigint): { mantissa: bigint; power: number } {
  let mantissa = nano;
  let power = -9;
  while (power < 18 && mantissa % 1000n === 0n) {
    mantissa /= 1000n;
    power += 3;
  }
  return { mantissa, power };
}

/** Text in canonical form, or the text itself if it is no amount. */
export function canonicalQuantity(text: string): string {
  const result = parseQuantity(text);
  return result.ok ? formatQuantity(result.quantity) : text;
}

/** A sum keeps the notation of its first part that is not zero. */
export function addQuantities(a: Quantity, b: Quantity): Quantity {
  return { nano: a.nano + b.nano, format: a.nano === 0n ? b.format : a.format };
}

export function subtractQuantities(a: Quantity, b: Quantity): Quantity {
  return { nano: a.nano - b.nano, format: a.nano === 0n ? b.format : a.format };
}

/** Negative, zero or positive, as a sort function wants it. */
export function compareQuantities(a: Quantity, b: Quantity): number {
  if (a.nano === b.nano) return 0;
  return a.nano < b.nano ? -1 : 1;
}

/** Whole units, rounded up (Quantity.Value): bytes of `1Gi`, cores of `1500m` (2). */
export function quantityValue(quantity: Quantity): number {
  return Number(divideUp(quantity.nano, NANO));
}

/** Thousandths, rounded up (Quantity.MilliValue): millicores of `0.5` (500). */
export function quantityMilliValue(quantity: Quantity): number {
  return Number(divideUp(quantity.nano, 1_000_000n));
}

/** An amount from whole units. */
export function quantityOf(value: number | bigint, format: QuantityFormat = 'DecimalSI'): Quantity {
  return { nano: BigInt(value) * NANO, format };
}

/** An amount from thousandths. */
export function milliQuantityOf(milli: number | bigint, format: QuantityFormat = 'DecimalSI'): Quantity {
  return { nano: BigInt(milli) * 1_000_000n, format };
}

function magnitudeOf(value: bigint): bigint {
  return value < 0n ? -value : value;
}

/** Division away from zero, as upstream rounds. */
function divideUp(value: bigint, by: bigint): bigint {
  const quotient = value / by;
  if (value % by === 0n) return quotient;
  return value < 0n ? quotient - 1n : quotient + 1n;
}
