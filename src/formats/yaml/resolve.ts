/**
 * Which type a scalar has.
 * Follows go-yaml v2's resolve.go as sigs.k8s.io/yaml carries it: YAML 1.1 booleans (also y and n), octal by a leading 0,
 * underscores in numbers, timestamps kept as text, no sexagesimal.
 */

export type Resolved =
  | { readonly type: 'null' }
  | { readonly type: 'bool'; readonly value: boolean }
  | { readonly type: 'int'; readonly value: bigint }
  | { readonly type: 'float'; readonly value: number }
  | { readonly type: 'merge' }
  | { readonly type: 'timestamp' }
  | { readonly type: 'str' };

const STRING: Resolved = { type: 'str' };

const WORDS: ReadonlyMap<string, Resolved> = new Map<string, Resolved>([
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, { type: 'null' }] as const),
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'].map(
    (word) => [word, { type: 'bool', value: true }] as const,
  ),
  ...['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'].map(
    (word) => [word, { type: 'bool', value: false }] as const,
  ),
  ...['.nan', '.NaN', '.NAN'].map((word) => [word, { type: 'float', value: Number.NaN }] as const),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map(
    (word) => [word, { type: 'float', value: Infinity }] as const,
  ),
  ...['-.inf', '-.Inf', '-.INF'].map((word) => [word, { type: 'float', value: -Infinity }] as const),
  ['<<', { type: 'merge' }],
]);

const INT = /^([-+]?)(0[xX][0-9a-fA-F]+|0[oO][0-7]+|0[bB][01]+|0[0-7]*|[1-9][0-9]*)$/;
const FLOAT = /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/;
const MAX_UINT64 = (1n << 64n) - 1n;
const MIN_INT64 = -(1n << 63n);

/** The type that an untagged plain scalar resolves to. */
export function resolvePlain(text: string): Resolved {
  const word = WORDS.get(text);
  if (word !== undefined) return word;
  const first = text.charCodeAt(0);
  // Digits, sign or point; everything else is text.
  if (!((first >= 48 && first <= 57) || first === 43 || first === 45 || first === 46)) return STRING;
  if (first === 46) return FLOAT.test(text) ? resolveFloat(text) : STRING;
  if (isTimestamp(text)) return { type: 'timestamp' };
  const plain = text.includes('_') ? text.replaceAll('_', '') : text;
  return resolveInt(plain) ?? (FLOAT.test(plain) ? resolveFloat(plain) : STRING);
}

function resolveInt(plain: string): Resolved | undefined {
  const found = INT.exec(plain);
  const digits = found?.[2];
  if (digits === undefined) return undefined;
  const isOldOctal = digits.length > 1 && /^0[0-7]/.test(digits);
  const magnitude = BigInt(isOldOctal ? `0o${digits.slice(1)}` : digits);
  const value = found?.[1] === '-' ? -magnitude : magnitude;
  return value <= MAX_UINT64 && value >= MIN_INT64 ? { type: 'int', value } : undefined;
}

function resolveFloat(plain: string): Resolved {
  const value = Number(plain);
  return Number.isFinite(value) ? { type: 'float', value } : STRING;
}

const TIMESTAMP =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:(?:[Tt](\d{1,2}):(\d{1,2}):(\d{1,2})(?:\.\d+)?(?:Z|[-+]\d\d:\d\d))|(?: (\d{1,2}):(\d{1,2}):(\d{1,2})(?:\.\d+)?))?$/;

function isTimestamp(text: string): boolean {
  const found = TIMESTAMP.exec(text);
  if (found === null) return false;
  const [, year = '', month = '', day = '', h1, m1, s1, h2, m2, s2] = found;
  const hour = Number(h1 ?? h2 ?? 0);
  const minute = Number(m1 ?? m2 ?? 0);
  const second = Number(s1 ?? s2 ?? 0);
  if (hour > 23 || minute > 59 || second > 59) return false;
  return Number(day) >= 1 && Number(day) <= daysIn(Number(year), Number(month));
}

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [31, 0, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
}

const BASE_60 = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/;

/** True if a string may be written without quotes and still be read as a string. */
export function isPlainString(text: string): boolean {
  const type = resolvePlain(text).type;
  return (type === 'str' || type === 'merge') && !BASE_60.test(text);
}
