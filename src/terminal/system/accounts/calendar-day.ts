const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const FORMS: readonly (readonly [form: RegExp, order: 'ymd' | 'mdy' | 'dmy'])[] = [
  [/^(\d{4})[-/](\d{1,2})[-/](\d{1,2})$/, 'ymd'],
  [/^(\d{1,2})\/(\d{1,2})\/(\d{4})$/, 'mdy'],
  [/^([a-z]{3,9})\.?\s+(\d{1,2})\s*,?\s*(\d{4})$/i, 'mdy'],
  [/^(\d{1,2})[\s-]+([a-z]{3,9})\.?,?[\s-]+(\d{4})$/i, 'dmy'],
];

/** Whether a text counts from today on, as getdate also understands and this does not. */
export const usesRelativeDay = (text: string): boolean =>
  /\b(?:now|today|tomorrow|yesterday|next|last|ago|(?:day|week|fortnight|month|year)s?|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b/i.test(
    text,
  );

/** Days since 1970 of `2026-03-02`, `03/02/2026`, `Mar 2, 2026` or `2 March 2026`; undefined where it is no date. */
export function parseDay(text: string): number | undefined {
  for (const [form, order] of FORMS) {
    const parts = form.exec(text.trim())?.slice(1);
    if (parts === undefined) continue;
    const part = (letter: string): string => parts[order.indexOf(letter)] ?? '';
    const month = monthOf(part('m'));
    const [year, day] = [Number(part('y')), Number(part('d'))];
    if (month === undefined || day < 1 || day > 31) return undefined;
    return dayNumber(year, month, day);
  }
  return undefined;
}

function monthOf(text: string): number | undefined {
  if (/^\d+$/.test(text)) return Number(text) >= 1 && Number(text) <= 12 ? Number(text) : undefined;
  const at = MONTHS.indexOf(text.slice(0, 3).toLowerCase());
  return at < 0 ? undefined : at + 1;
}

function dayNumber(year: number, month: number, day: number): number {
  // Years begin in March, so that the leap day is their last.
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  return (
    era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
  );
}
