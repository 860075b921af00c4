import type { Json } from './json.ts';

export interface PrintStyle {
  /** '' for compact output. */
  readonly indent: string;
  readonly sortKeys: boolean;
  readonly colour: boolean;
  readonly ascii: boolean;
}

export const COMPACT: PrintStyle = { indent: '', sortKeys: false, colour: false, ascii: false };

/** jq's own colours, unless JQ_COLORS says otherwise. */
const COLOURS = {
  null: '1;30',
  boolean: '0;39',
  number: '0;39',
  string: '0;32',
  container: '1;39',
  key: '34;1',
} as const;

/** A value as text. */
export function printJson(value: Json, style: PrintStyle = COMPACT, margin = ''): string {
  const paint = (text: string, colour: keyof typeof COLOURS): string =>
    style.colour ? `\x1b[${COLOURS[colour]}m${text}\x1b[0m` : text;
  if (value === null) return paint('null', 'null');
  if (typeof value === 'boolean') return paint(String(value), 'boolean');
  if (typeof value === 'number') return paint(printNumber(value), 'number');
  if (typeof value === 'string') return paint(printString(value, style.ascii), 'string');
  const inner = margin + style.indent;
  const [gap, end] = style.indent === '' ? ['', ''] : [`\n${inner}`, `\n${margin}`];
  if (!(value instanceof Map)) {
    const items = value as readonly Json[];
    if (items.length === 0) return paint('[]', 'container');
    const shown = items.map((item) => gap + printJson(item, style, inner));
    return paint('[', 'container') + shown.join(paint(',', 'container')) + paint(`${end}]`, 'container');
  }
  const entries = [...(value as ReadonlyMap<string, Json>)];
  if (entries.length === 0) return paint('{}', 'container');
  if (style.sortKeys) entries.sort(([a], [b]) => (a < b ? -1 : 1));
  const colon = paint(':', 'container') + (style.indent === '' ? '' : ' ');
  const shown = entries.map(
    ([key, item]) => `${gap}${paint(printString(key, style.ascii), 'key')}${colon}${printJson(item, style, inner)}`,
  );
  return paint('{', 'container') + shown.join(paint(',', 'container')) + paint(`${end}}`, 'container');
}

function printNumber(value: number): string {
  if (Number.isNaN(value)) return 'null';
  if (!Number.isFinite(value)) return value > 0 ? '1.7976931348623157e+308' : '-1.7976931348623157e+308';
  if (Object.is(value, -0)) return '-0';
  return String(value).replace(/e([-+])(\d)$/, 'e$10$2');
}

function printString(text: string, ascii: boolean): string {
  const quoted = JSON.stringify(text).replaceAll('\x7f', '\\u007f');
  if (!ascii) return quoted;
  return quoted.replace(/[\u0080-\uffff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
