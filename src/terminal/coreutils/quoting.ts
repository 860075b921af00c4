/** How GNU's programs write names that need quotes (gnulib's quotearg): ls --quoting-style, printf %q, stat %N. */
import { C_ESCAPED } from '../../formats/c-escapes.ts';
import { encodeUtf8 } from '../../protocol/bytes.ts';

export type QuotingStyle =
  'literal' | 'shell' | 'shell-always' | 'shell-escape' | 'shell-escape-always' | 'c' | 'c-maybe' | 'escape' | 'locale';

export const QUOTING_STYLES: readonly QuotingStyle[] = [
  'literal',
  'shell',
  'shell-always',
  'shell-escape',
  'shell-escape-always',
  'c',
  'c-maybe',
  'escape',
  'locale',
];

export function quoted(text: string, style: QuotingStyle): string {
  switch (style) {
    case 'literal':
      return text;
    case 'escape':
      return backslashed(text).replace(/ /g, '\\ ');
    case 'c':
      return inDoubleQuotes(text);
    case 'c-maybe':
      return needsDoubleQuotes(text) ? inDoubleQuotes(text) : text;
    case 'locale':
      return `\u2018${backslashed(text)}\u2019`;
    default:
      return forShell(text, style.includes('always'), style.includes('escape'));
  }
}

/** A name inside a message, always in quotes (gnulib's quoteaf). */
export const quoteName = (name: string): string => quoted(name, 'shell-escape-always');
/** A name before a colon: in quotes only where it needs them (gnulib's quotef). */
export const quotePlain = (name: string): string =>
  quoted(name, name.includes(':') ? 'shell-escape-always' : 'shell-escape');

/** A backslash alone does not ask for quotes. */
function needsDoubleQuotes(text: string): boolean {
  const rest = text.replaceAll('\\', '');
  return rest.includes('"') || backslashed(rest) !== rest;
}
const inDoubleQuotes = (text: string): string => `"${backslashed(text).replace(/"/g, '\\"')}"`;

/** What does not print as C writes it. */
const backslashed = (text: string): string =>
  [...text].map((char) => (char === '\\' ? '\\\\' : escaped(char))).join('');

export function escaped(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  const isStray = code >= 0xdc80 && code <= 0xdcff;
  if (!isStray && code >= 32 && code !== 127 && !(code >= 0x80 && code < 0xa0)) return char;
  const bytes = isStray ? [code - 0xdc00] : encodeUtf8(char);
  return [...bytes]
    .map((byte) => (byte === 0 ? undefined : C_ESCAPED[byte]) ?? `\\${byte.toString(8).padStart(3, '0')}`)
    .join('');
}

const SPECIAL = /[ !"$&()*;<=>?[^`|\\'\t\n]|^[#~]|^[{}]$|^$/;

function forShell(text: string, always: boolean, escapes: boolean): string {
  const parts = [...text].map((char) => ({ char, shown: escapes ? escaped(char) : char }));
  const isPlain = parts.every(({ char, shown }) => char === shown);
  if (!always && isPlain && !SPECIAL.test(text)) return text;
  if (isPlain && text.includes("'") && !/["$`\\!&()*;<=>?[^|{}]/.test(text)) return `"${text}"`;
  let out = "'";
  let inEscape = false;
  for (const { char, shown } of parts) {
    const needsEscape = shown !== char;
    if (needsEscape !== inEscape) out += needsEscape ? "'$'" : "''";
    inEscape = needsEscape;
    out += needsEscape ? shown : char === "'" ? "'\\''" : char;
  }
  return `${out}'`;
}
