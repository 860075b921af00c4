/** Values as Go's fmt shows them with %#v and %v, as far as they came from JSON. */
import { formatGoFloat } from './go-number.ts';
import { isJsonObject } from './json.ts';

/** `%#v`: `map[string]interface {}{"a":1}` with sorted keys. */
export function goSyntax(value: unknown): string {
  if (typeof value === 'string') return quoteGo(value);
  if (value === null || value === undefined) return 'interface {}(nil)';
  if (Array.isArray(value)) return `[]interface {}{${value.map(goSyntax).join(', ')}}`;
  if (isJsonObject(value)) {
    const entries = sortedEntries(value).map(([key, item]) => `${quoteGo(key)}:${goSyntax(item)}`);
    return `map[string]interface {}{${entries.join(', ')}}`;
  }
  return scalarText(value);
}

/** `%v`: `map[a:1 b:[x y]]`, strings raw, nil as `<nil>`. */
export function goValue(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value === null || value === undefined) return '<nil>';
  if (Array.isArray(value)) return `[${value.map(goValue).join(' ')}]`;
  if (isJsonObject(value)) {
    return `map[${sortedEntries(value)
      .map(([key, item]) => `${key}:${goValue(item)}`)
      .join(' ')}]`;
  }
  return scalarText(value);
}

function scalarText(value: unknown): string {
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : formatGoFloat(value);
  return typeof value === 'boolean' || typeof value === 'bigint' ? String(value) : '';
}

function sortedEntries(value: Readonly<Record<string, unknown>>): [string, unknown][] {
  return Object.entries(value)
    .filter((entry) => entry[1] !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '\\': '\\\\',
  '"': '\\"',
};

/** `%q`: a Go string literal in double quotes. */
export function quoteGo(text: string): string {
  let out = '"';
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    const known = ESCAPES[char];
    if (known !== undefined) out += known;
    else if (code < 0x20 || code === 0x7f) out += `\\x${code.toString(16).padStart(2, '0')}`;
    else if (/^[\p{Zs}\p{Zl}\p{Zp}\p{C}]$/u.test(char) && char !== ' ') {
      out += code > 0xffff ? `\\U${code.toString(16).padStart(8, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
    } else out += char;
  }
  return `${out}"`;
}
