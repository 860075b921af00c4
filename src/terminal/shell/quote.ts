import { associativePairs } from './variables/assoc-order.ts';
import type { Shell } from './shell.ts';
import type { Variable } from './variables/variables.ts';
import { elements, scalar } from './variables/variables.ts';

/** Control characters, and bytes that are no character (text.ts keeps them as low surrogates). */
const UNPRINTABLE = /[\x00-\x1f\x7f\udc80-\udcff]/;

/** `${x@Q}`: always quoted. */
export function quoteForReuse(text: string): string {
  if (UNPRINTABLE.test(text)) return ansiQuote(text);
  return singleQuote(text);
}

/** A name in a message: as it is, unless a terminal would not show it. */
export const printable = (text: string): string => (UNPRINTABLE.test(text) ? ansiQuote(text) : text);

/** Within single quotes, a quote of its own behind a backslash. */
export const singleQuote = (text: string): string => (text === "'" ? "\\'" : `'${text.replace(/'/g, "'\\''")}'`);

/** As `set` and traces print a value: quoted only where it has to be. */
export function quoteIfNeeded(text: string): string {
  if (text === '') return "''";
  if (/[ \t\n'"\\|&;()<>!{}*[\]?^$`]|^#|(?:^|[=:])~/.test(text)) return `'${text.replace(/'/g, "'\\''")}'`;
  return UNPRINTABLE.test(text) ? ansiQuote(text) : text;
}

/** `printf %q`: backslashes. */
export function quoteBackslash(text: string): string {
  if (text === '') return "''";
  if (UNPRINTABLE.test(text)) return ansiQuote(text);
  return text.replace(/[^A-Za-z0-9_@%+=:./\-\u0080-\uffff]/g, '\\$&').replace(/^~/, '\\~');
}

/** `"…"` as declare -p prints values. */
export const quoteDouble = (text: string): string =>
  UNPRINTABLE.test(text) ? ansiQuote(text) : `"${text.replace(/[$`"\\]/g, '\\$&')}"`;

const ANSI: Readonly<Record<string, string>> = {
  '\n': '\\n',
  '\t': '\\t',
  '\r': '\\r',
  '\x07': '\\a',
  '\b': '\\b',
  '\x1b': '\\E',
  '\f': '\\f',
  '\v': '\\v',
  '\\': '\\\\',
  "'": "\\'",
};

function ansiQuote(text: string): string {
  const body = text.replace(
    /[\x00-\x1f\x7f\\'\udc80-\udcff]/g,
    (char) => ANSI[char] ?? `\\${(char.charCodeAt(0) & 0xff).toString(8).padStart(3, '0')}`,
  );
  return `$'${body}'`;
}

/** Attribute letters as `${x@a}` and declare show them. */
export function declareText(variable: Variable | undefined): string {
  if (variable === undefined) return '';
  const array = variable.indexed !== undefined ? 'a' : variable.associative !== undefined ? 'A' : '';
  const fold =
    variable.fold === 'lower' ? 'l' : variable.fold === 'upper' ? 'u' : variable.fold === 'capital' ? 'c' : '';
  return `${array}${variable.integer ? 'i' : ''}${variable.nameref ? 'n' : ''}${variable.readonly ? 'r' : ''}${variable.exported ? 'x' : ''}${fold}`;
}

/** The value part of `declare -p`. */
export function declareValue(variable: Variable): string | undefined {
  if (variable.bare && (variable.indexed ?? variable.associative)?.size === 0) return undefined;
  if (variable.indexed !== undefined)
    return `(${elements(variable)
      .map(([key, value]) => `[${key}]=${quoteDouble(value)}`)
      .join(' ')})`;
  if (variable.associative !== undefined) {
    const pairs = associativePairs(variable).map(
      ([key, value]) => `[${/^[\w.-]+$/.test(key) ? key : quoteDouble(key)}]=${quoteDouble(value)} `,
    );
    return `(${pairs.join('')})`;
  }
  return variable.value === undefined ? undefined : quoteDouble(variable.value);
}

export function declareLine(name: string, variable: Variable): string {
  const letters = declareText(variable);
  const value = declareValue(variable);
  return `declare -${letters === '' ? '-' : letters} ${name}${value === undefined ? '' : `=${value}`}`;
}

/** `${x@A}`, and `${x[@]@A}` for the whole of an array. */
export function assignText(shell: Shell, name: string, what: 'whole' | { readonly value: string | undefined }): string {
  const variable = shell.vars.own(name);
  if (variable === undefined) return '';
  const letters = declareText(variable);
  if (letters === '') return variable.value === undefined ? '' : `${name}=${quoteForReuse(variable.value)}`;
  if (what === 'whole' && (variable.indexed !== undefined || variable.associative !== undefined))
    return declareLine(name, variable);
  const first = what === 'whole' ? scalar(variable) : what.value;
  const value = first === undefined ? undefined : quoteForReuse(first);
  return `declare -${letters} ${name}${value === undefined ? '' : `=${value}`}`;
}
