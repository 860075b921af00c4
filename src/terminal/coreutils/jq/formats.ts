/** `@csv` and its like. */
import { decodeBase64, decodeUtf8, encodeBase64, encodeUtf8 } from '../../../protocol/bytes.ts';
import { isArray } from './compare.ts';
import type { Json } from './json.ts';
import { fail } from './paths.ts';
import { printJson } from './print.ts';
import { named } from './arithmetic.ts';

/** Strings as they are, other values as JSON (`tostring`). */
export const toText = (value: Json): string => (typeof value === 'string' ? value : printJson(value));

const ENTITIES: Readonly<Record<string, string>> = {
  '<': '&lt;',
  '>': '&gt;',
  '&': '&amp;',
  "'": '&#39;',
  '"': '&quot;',
};

function row(value: Json, name: string, separator: string, quote: (text: string) => string): string {
  if (!isArray(value)) return fail(`${named(value)} cannot be ${name}-formatted, only an array can be`);
  return value
    .map((item) => {
      if (typeof item === 'string') return quote(item);
      if (item === null) return '';
      return typeof item === 'object' ? fail(`${named(item)} is not valid in a ${name} row`) : printJson(item);
    })
    .join(separator);
}

const shellWord = (value: Json): string =>
  typeof value === 'string'
    ? `'${value.replaceAll("'", "'\\''")}'`
    : value !== null && typeof value === 'object'
      ? fail(`${named(value)} can not be escaped for shell`)
      : printJson(value);

const percent = (text: string): string =>
  [...encodeUtf8(text)]
    .map((byte) => {
      const char = String.fromCharCode(byte);
      return /[A-Za-z0-9\-_.~]/.test(char) ? char : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    })
    .join('');

function fromBase64(value: Json): string {
  const text = toText(value).replace(/=+$/, '');
  const bytes = decodeBase64(text.padEnd(Math.ceil(text.length / 4) * 4, '='));
  return bytes === undefined ? fail(`${named(value)} is not valid base64 data`) : decodeUtf8(bytes);
}

const FORMATS: Readonly<Record<string, (value: Json) => string>> = {
  '@text': toText,
  '@json': (value) => printJson(value),
  '@csv': (value) => row(value, 'csv', ',', (text) => `"${text.replaceAll('"', '""')}"`),
  '@tsv': (value) =>
    row(value, 'tsv', '\t', (text) =>
      text.replaceAll('\\', '\\\\').replaceAll('\t', '\\t').replaceAll('\n', '\\n').replaceAll('\r', '\\r'),
    ),
  '@html': (value) => toText(value).replace(/[<>&'"]/g, (char) => ENTITIES[char] ?? char),
  '@uri': (value) => percent(toText(value)),
  '@sh': (value) => (isArray(value) ? value.map(shellWord).join(' ') : shellWord(value)),
  '@base64': (value) => encodeBase64(encodeUtf8(toText(value))),
  '@base64d': fromBase64,
};

export function formatValue(name: string, value: Json): string {
  const format = FORMATS[name];
  return format === undefined ? fail(`${name.slice(1)} is not a valid format`) : format(value);
}
