/** Time spans as systemd reads them: `90`, `1min 30s`, `2 weeks` (systemd.time(7)). */
const SECOND = 1_000_000;
const UNITS: Readonly<Record<string, number>> = {
  us: 1,
  usec: 1,
  ms: 1000,
  msec: 1000,
  s: SECOND,
  sec: SECOND,
  second: SECOND,
  seconds: SECOND,
  m: 60 * SECOND,
  min: 60 * SECOND,
  minute: 60 * SECOND,
  minutes: 60 * SECOND,
  h: 3600 * SECOND,
  hr: 3600 * SECOND,
  hour: 3600 * SECOND,
  hours: 3600 * SECOND,
  d: 86_400 * SECOND,
  day: 86_400 * SECOND,
  days: 86_400 * SECOND,
  w: 604_800 * SECOND,
  week: 604_800 * SECOND,
  weeks: 604_800 * SECOND,
  M: 2_629_800 * SECOND,
  month: 2_629_800 * SECOND,
  months: 2_629_800 * SECOND,
  y: 31_557_600 * SECOND,
  year: 31_557_600 * SECOND,
  years: 31_557_600 * SECOND,
};

/** µs of a span; a number alone is seconds; undefined where it is no span. */
export function systemdSpanUs(text: string): number | undefined {
  if (text.trim() === '') return undefined;
  if (text.trim() === 'infinity') return Infinity;
  let total = 0;
  for (const [, amount, unit, stray] of text.trim().matchAll(/(\d+(?:\.\d+)?)\s*([a-zA-Z]*)\s*|(.)/g)) {
    const factor = unit === '' ? SECOND : UNITS[unit ?? ''];
    if (stray !== undefined || factor === undefined) return undefined;
    total += Number(amount) * factor;
  }
  return total;
}
