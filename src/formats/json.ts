/**
 * JSON as Go's encoding/json writes and reads it.
 * Models: HTML-safe escapes, key order, kubectl's four-space indent, the texts of syntax errors.
 * Leaves out: numbers beyond 2^53, which are rounded as everywhere in JavaScript.
 */

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

/** True for a plain map; arrays and null are not objects here. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export interface JsonStyle {
  /** Indent of one level; compact when empty or absent. */
  readonly indent?: string;
  /** Go sorts the keys of maps and keeps the order of struct fields; true sorts. */
  readonly sortKeys?: boolean;
  /** False leaves `<`, `>` and `&` as they are (Encoder.SetEscapeHTML(false)). */
  readonly escapeHtml?: boolean;
}

/** Text of a value as Go's json.Marshal or MarshalIndent gives it; `undefined` members are left out. */
export function stringifyJson(value: unknown, style: JsonStyle = {}): string {
  const writer = { indent: style.indent ?? '', sort: style.sortKeys ?? true, html: style.escapeHtml ?? true };
  return writeValue(value, writer, '\n');
}

/** What `kubectl -o json` prints: sorted keys, four spaces, a final newline. */
export function stringifyKubectlJson(value: unknown): string {
  return `${stringifyJson(value, { indent: '    ' })}\n`;
}

interface Writer {
  readonly indent: string;
  readonly sort: boolean;
  readonly html: boolean;
}

function writeValue(value: unknown, writer: Writer, newline: string): string {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'string') return quoteJson(value, writer.html);
  if (typeof value === 'number') return Number.isFinite(value) ? String(Object.is(value, -0) ? 0 : value) : 'null';
  if (typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  const inner = writer.indent === '' ? '' : newline + writer.indent;
  const outer = writer.indent === '' ? '' : newline;
  const below = newline + writer.indent;
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]';
    return `[${inner}${value.map((item) => writeValue(item, writer, below)).join(`,${inner}`)}${outer}]`;
  }
  if (typeof value !== 'object') return 'null';
  const entries = Object.entries(value).filter((entry) => entry[1] !== undefined);
  if (entries.length === 0) return '{}';
  if (writer.sort) entries.sort(([a], [b]) => compareKeys(a, b));
  const colon = writer.indent === '' ? ':' : ': ';
  const lines = entries.map(([key, item]) => quoteJson(key, writer.html) + colon + writeValue(item, writer, below));
  return `{${inner}${lines.join(`,${inner}`)}${outer}}`;
}

function compareKeys(a: string, b: string): number {
  if (a < b) return -1;
  return a > b ? 1 : 0;
}

const NEEDS_ESCAPE = /["\\<>&\u0000-\u001f\u2028\u2029\ud800-\udfff]/;
const SHORT_ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

/** A string literal as Go writes it: `<`, `>`, `&` and the two separators are escaped too. */
export function quoteJson(text: string, escapeHtml = true): string {
  if (!NEEDS_ESCAPE.test(text)) return `"${text}"`;
  let out = '';
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    const short = SHORT_ESCAPES[char];
    if (short !== undefined) out += short;
    else if (code < 0x20 || code === 0x2028 || code === 0x2029) out += unicodeEscape(code);
    else if (escapeHtml && (char === '<' || char === '>' || char === '&')) out += unicodeEscape(code);
    else out += code >= 0xd800 && code <= 0xdfff ? '\ufffd' : char;
  }
  return `"${out}"`;
}

function unicodeEscape(code: number): string {
  return `\\u${code.toString(16).padStart(4, '0')}`;
}
