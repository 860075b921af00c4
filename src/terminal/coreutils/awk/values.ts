import { float } from '../../printf-format.ts';

/** Text from input: it compares as a number where it looks like one. */
export interface InputText {
  readonly text: string;
}
/** `undefined` is a variable that nothing was put into: both '' and 0. */
export type Value = number | string | InputText | undefined;
export type AwkArray = Map<string, Value>;

const NUMBER = /^\s*[-+]?(?:\d+\.?\d*(?:[eE][-+]?\d+)?|\.\d+(?:[eE][-+]?\d+)?)/;
const WHOLE_NUMBER = new RegExp(`${NUMBER.source}\\s*$`);

export function toNumber(value: Value): number {
  if (typeof value === 'number') return value;
  if (value === undefined) return 0;
  const match = NUMBER.exec(typeof value === 'string' ? value : value.text);
  return match === null ? 0 : Number(match[0]);
}

/** The text of a value; `format` is CONVFMT or OFMT, for numbers that are not whole. */
export function toText(value: Value, format: string): string {
  if (typeof value === 'string') return value;
  if (value === undefined) return '';
  if (typeof value === 'object') return value.text;
  if (Number.isInteger(value) && Math.abs(value) < 1e16) return String(value === 0 ? 0 : value);
  const [, precision, type = 'g'] = /^%(?:\.(\d+))?([eEfFgG])$/.exec(format) ?? [];
  return float(value, type, precision === undefined ? undefined : Number(precision));
}

export function isTrue(value: Value): boolean {
  if (typeof value === 'number') return value !== 0;
  if (value === undefined) return false;
  if (typeof value === 'string') return value !== '';
  return WHOLE_NUMBER.test(value.text) ? toNumber(value) !== 0 : value.text !== '';
}

const isNumeric = (value: Value): boolean =>
  value === undefined || typeof value === 'number' || (typeof value === 'object' && WHOLE_NUMBER.test(value.text));

/** -1, 0 or 1: by number where both are numbers or look like them, else by text. */
export function compareValues(a: Value, b: Value, format: string): number {
  const numeric = isNumeric(a) && isNumeric(b);
  const [x, y] = numeric ? [toNumber(a), toNumber(b)] : [toText(a, format), toText(b, format)];
  return x < y ? -1 : x > y ? 1 : 0;
}
