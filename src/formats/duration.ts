/**
 * Durations: Go's `1h30m` notation and the ages that kubectl prints.
 * Facts: Go time.ParseDuration and Duration.String; kubernetes apimachinery pkg/util/duration.
 */

export type DurationResult =
  | { readonly ok: true; readonly ns: bigint }
  /** `message` is Go's, for example `time: invalid duration "x"`. */
  | { readonly ok: false; readonly message: string };

const UNITS: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1_000n,
  µs: 1_000n,
  μs: 1_000n,
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
};
const MAX_INT64 = (1n << 63n) - 1n;

/** Reads Go's notation; the answer is in nanoseconds. */
export function parseGoDuration(text: string): DurationResult {
  const invalid = { ok: false, message: `time: invalid duration ${JSON.stringify(text)}` } as const;
  const sign = text.startsWith('-') ? -1n : 1n;
  let rest = text.replace(/^[+-]/, '');
  if (rest === '0') return { ok: true, ns: 0n };
  if (rest === '') return invalid;
  let total = 0n;
  while (rest !== '') {
    const found = /^([0-9]*)(?:\.([0-9]*))?([^0-9.]*)/.exec(rest);
    const [all = '', whole = '', fraction = '', unit = ''] = found ?? [];
    if (whole === '' && fraction === '') return invalid;
    if (unit === '') return { ok: false, message: `time: missing unit in duration ${JSON.stringify(text)}` };
    const size = UNITS[unit];
    if (size === undefined) {
      return { ok: false, message: `time: unknown unit ${JSON.stringify(unit)} in duration ${JSON.stringify(text)}` };
    }
    total += BigInt(whole === '' ? 0 : whole) * size;
    if (fraction !== '') total += (BigInt(fraction) * size) / 10n ** BigInt(fraction.length);
    if (total > MAX_INT64) return invalid;
    rest = rest.slice(all.length);
  }
  return { ok: true, ns: sign * total };
}

/** The same in milliseconds, which is what most of the simulation counts in; undefined if the text is no duration. */
export function parseGoDurationMs(text: string): number | undefined {
  const result = parseGoDuration(text);
  return result.ok ? Number(result.ns) / 1e6 : undefined;
}

/** Duration.String for whole or fractional milliseconds: `1h0m0s`, `1.5s`, `250ms`, `0s`. */
export function formatGoDuration(ms: number): string {
  const ns = BigInt(Math.round(ms * 1e6));
  if (ns === 0n) return '0s';
  const sign = ns < 0n ? '-' : '';
  const size = ns < 0n ? -ns : ns;
  if (size < 1_000n) return `${sign}${String(size)}ns`;
  if (size < 1_000_000n) return `${sign}${decimal(size, 3)}µs`;
  if (size < 1_000_000_000n) return `${sign}${decimal(size, 6)}ms`;
  const minutes = size / 60_000_000_000n;
  const seconds = `${decimal(size % 60_000_000_000n, 9)}s`;
  if (minutes === 0n) return sign + seconds;
  if (minutes < 60n) return `${sign}${String(minutes)}m${seconds}`;
  return `${sign}${String(minutes / 60n)}h${String(minutes % 60n)}m${seconds}`;
}

function decimal(value: bigint, places: number): string {
  const text = String(value).padStart(places + 1, '0');
  const fraction = text.slice(-places).replace(/0+$/, '');
  const whole = text.slice(0, -places);
  return fraction === '' ? whole : `${whole}.${fraction}`;
}

/** The AGE column: at most two units, coarser as time passes; `<invalid>` for the future. */
export function humanDuration(ms: number): string {
  const seconds = Math.trunc(ms / 1000);
  if (seconds < -1) return '<invalid>';
  if (seconds < 0) return '0s';
  if (seconds < 120) return `${String(seconds)}s`;
  const minutes = Math.trunc(seconds / 60);
  if (minutes < 10) return two(minutes, 'm', seconds % 60, 's');
  if (minutes < 180) return `${String(minutes)}m`;
  const hours = Math.trunc(minutes / 60);
  if (hours < 8) return two(hours, 'h', minutes % 60, 'm');
  if (hours < 48) return `${String(hours)}h`;
  const days = Math.trunc(hours / 24);
  if (hours < 24 * 8) return two(days, 'd', hours % 24, 'h');
  if (hours < 24 * 365 * 2) return `${String(days)}d`;
  const years = Math.trunc(days / 365);
  if (hours < 24 * 365 * 8) return two(years, 'y', days % 365, 'd');
  return `${String(years)}y`;
}

/** One unit only, used by a few describers. */
export function shortHumanDuration(ms: number): string {
  const seconds = Math.trunc(ms / 1000);
  if (seconds < -1) return '<invalid>';
  if (seconds < 0) return '0s';
  if (seconds < 60) return `${String(seconds)}s`;
  const minutes = Math.trunc(seconds / 60);
  if (minutes < 60) return `${String(minutes)}m`;
  const hours = Math.trunc(minutes / 60);
  if (hours < 24) return `${String(hours)}h`;
  const days = Math.trunc(hours / 24);
  return days < 365 ? `${String(days)}d` : `${String(Math.trunc(days / 365))}y`;
}

function two(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${String(large)}${largeUnit}` : `${String(large)}${largeUnit}${String(small)}${smallUnit}`;
}
