/** The functions every Go template has. Facts: text/template funcs.go. */
import { goValue, quoteGo } from '../go-syntax.ts';
import { isJsonObject } from '../json.ts';
import { goTypeName, sprintf } from './printf.ts';

/** What a function answers: a value, or the message of its error. */
export type Answer = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly message: string };
export type TemplateFunction = (...args: readonly unknown[]) => Answer;

export const value = (result: unknown): Answer => ({ ok: true, value: result });
export const refuse = (message: string): Answer => ({ ok: false, message });

/** Go's idea of a true value: not zero, not empty. */
export function isTruthy(item: unknown): boolean {
  if (item === null || item === undefined || item === false || item === '' || item === 0 || item === 0n) return false;
  if (Array.isArray(item)) return item.length > 0;
  return isJsonObject(item) ? Object.keys(item).length > 0 : true;
}

export const BUILTIN_FUNCTIONS: Readonly<Record<string, TemplateFunction>> = {
  and: (...args) => value(args.find((arg) => !isTruthy(arg)) ?? args.at(-1)),
  or: (...args) => value(args.find(isTruthy) ?? args.at(-1)),
  not: (arg) => value(!isTruthy(arg)),
  len: (arg) => {
    if (typeof arg === 'string') return value(BigInt(utf8Length(arg)));
    if (Array.isArray(arg)) return value(BigInt(arg.length));
    if (isJsonObject(arg)) return value(BigInt(Object.keys(arg).length));
    return refuse(arg === null || arg === undefined ? 'len of nil pointer' : `len of type ${goTypeName(arg)}`);
  },
  index: (item, ...keys) => index(item, keys),
  slice: (item, ...bounds) => slice(item, bounds),
  print: (...args) => value(sprint(args)),
  println: (...args) => value(`${args.map(goValue).join(' ')}\n`),
  printf: (format, ...args) =>
    typeof format === 'string'
      ? value(sprintf(format, args))
      : refuse(`wrong type for value; expected string; got ${goTypeName(format)}`),
  html: (...args) => value(escapeHtml(sprint(args))),
  js: (...args) => value(escapeJs(sprint(args))),
  urlquery: (...args) => value(encodeURIComponent(sprint(args)).replaceAll('%20', '+')),
  eq: (first, ...others) => {
    if (others.length === 0) return refuse('missing argument for comparison');
    for (const other of others) {
      const same = equal(first, other);
      if (typeof same === 'string') return refuse(same);
      if (same) return value(true);
    }
    return value(false);
  },
  ne: (a, b) => negate(equal(a, b)),
  lt: (a, b) => plain(less(a, b)),
  le: (a, b) => either(less(a, b), () => equal(a, b)),
  gt: (a, b) => negated(less(a, b), () => equal(a, b)),
  ge: (a, b) => negate(less(a, b)),
};

type Verdict = boolean | string;

function plain(verdict: Verdict): Answer {
  return typeof verdict === 'string' ? refuse(verdict) : value(verdict);
}

function negate(verdict: Verdict): Answer {
  return typeof verdict === 'string' ? refuse(verdict) : value(!verdict);
}

function either(first: Verdict, second: () => Verdict): Answer {
  return first === true || typeof first === 'string' ? plain(first) : plain(second());
}

function negated(first: Verdict, second: () => Verdict): Answer {
  const both = either(first, second);
  return both.ok ? value(both.value !== true) : both;
}

function equal(a: unknown, b: unknown): Verdict {
  const left = kindOf(a);
  const right = kindOf(b);
  if (left === 'nil' || right === 'nil') return left === right;
  if (left === 'other') return `non-comparable type ${goValue(a)}: ${goTypeName(a)}`;
  if (right === 'other') return `non-comparable type ${goValue(b)}: ${goTypeName(b)}`;
  if (left !== right) return 'incompatible types for comparison';
  return a === b;
}

function less(a: unknown, b: unknown): Verdict {
  const left = kindOf(a);
  const right = kindOf(b);
  if (left === 'nil' || right === 'nil' || left === 'bool' || left === 'other') return 'invalid type for comparison';
  if (left !== right) return 'incompatible types for comparison';
  if (typeof a === 'string' && typeof b === 'string') return a < b;
  return Number(a) < Number(b);
}

function kindOf(item: unknown): 'nil' | 'bool' | 'int' | 'float' | 'string' | 'other' {
  if (item === null || item === undefined) return 'nil';
  const kinds: Readonly<Record<string, 'bool' | 'int' | 'float' | 'string'>> = {
    boolean: 'bool',
    bigint: 'int',
    number: 'float',
    string: 'string',
  };
  return kinds[typeof item] ?? 'other';
}

function index(item: unknown, keys: readonly unknown[]): Answer {
  if (item === null || item === undefined) return refuse('index of untyped nil');
  let current: unknown = item;
  for (const key of keys) {
    if (current === null || current === undefined) return refuse('index of nil pointer');
    if (Array.isArray(current)) {
      const at = typeof key === 'bigint' ? Number(key) : undefined;
      if (at === undefined) return refuse(`cannot index slice/array with type ${goTypeName(key)}`);
      if (at < 0 || at >= current.length) return refuse(`index out of range: ${String(at)}`);
      current = current[at];
    } else if (isJsonObject(current)) {
      if (typeof key !== 'string') return refuse(`value has type ${goTypeName(key)}; should be string`);
      current = Object.hasOwn(current, key) ? (current[key] ?? null) : null;
    } else if (typeof current === 'string') {
      const at = typeof key === 'bigint' ? Number(key) : -1;
      if (at < 0 || at >= current.length) return refuse(`index out of range: ${String(key)}`);
      current = BigInt(current.charCodeAt(at));
    } else return refuse(`can't index item of type ${goTypeName(current)}`);
  }
  return value(current);
}

function slice(item: unknown, bounds: readonly unknown[]): Answer {
  if (bounds.length > 3) return refuse(`too many slice indexes: ${String(bounds.length)}`);
  if (typeof item !== 'string' && !Array.isArray(item)) return refuse(`can't slice item of type ${goTypeName(item)}`);
  const numbers = bounds.map((bound) => (typeof bound === 'bigint' ? Number(bound) : Number.NaN));
  const [from = 0, to = item.length] = numbers;
  for (const bound of numbers) {
    if (Number.isNaN(bound)) return refuse('cannot index slice/array with type string');
    if (bound < 0 || bound > item.length) return refuse(`index out of range: ${String(bound)}`);
  }
  if (from > to) return refuse(`invalid slice index: ${String(from)} > ${String(to)}`);
  return value(item.slice(from, to));
}

/** fmt.Sprint: spaces only between operands that are both no strings. */
function sprint(args: readonly unknown[]): string {
  let out = '';
  for (const [position, arg] of args.entries()) {
    const before = args[position - 1];
    if (position > 0 && typeof arg !== 'string' && typeof before !== 'string') out += ' ';
    out += goValue(arg);
  }
  return out;
}

function utf8Length(text: string): number {
  let length = 0;
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    length += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return length;
}

function escapeHtml(text: string): string {
  const map: Readonly<Record<string, string>> = {
    '"': '&#34;',
    "'": '&#39;',
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '\0': '\ufffd',
  };
  return text.replace(/["'&<>\0]/g, (char) => map[char] ?? char);
}

function escapeJs(text: string): string {
  return quoteGo(text)
    .slice(1, -1)
    .replace(/['<>&=]/g, (char) => (char === "'" ? "\\'" : `\\u00${char.charCodeAt(0).toString(16).toUpperCase()}`));
}
