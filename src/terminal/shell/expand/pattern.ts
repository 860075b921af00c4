/** Shell patterns (POSIX 2.13, bash extglob) as regular expressions. A backslash quotes the character after it. */

import { BoundedRegExp } from '../../posix-regex/bounded.ts';
import { RegexBound } from '../../posix-regex/steps.ts';
import type { Node } from '../../posix-regex/syntax.ts';

export interface PatternOptions {
  readonly extglob?: boolean;
  readonly ignoreCase?: boolean;
  /** `*` and `?` stop at slashes (path names). */
  readonly path?: boolean;
}

/** What `[:name:]` stands for inside a class of RegExp. */
export const CHARACTER_CLASSES: Readonly<Record<string, string>> = {
  alpha: '\\p{L}',
  digit: '0-9',
  alnum: '\\p{L}0-9',
  upper: '\\p{Lu}',
  lower: '\\p{Ll}',
  space: '\\s',
  blank: ' \\t',
  cntrl: '\\x00-\\x1f\\x7f',
  punct: '!-\\/:-@\\[-`{-~',
  print: '\\x20-\\x7e\\u00a0-\\uffff',
  graph: '\\x21-\\x7e\\u00a1-\\uffff',
  xdigit: '0-9A-Fa-f',
  word: '\\p{L}0-9_',
  ascii: '\\x00-\\x7f',
};

const cache = new Map<string, RegExp>();
const CACHE_LIMIT = 2_000;

/** A whole-string matcher of a pattern. */
export function patternRegExp(pattern: string, options: PatternOptions = {}): RegExp {
  const key = `${options.extglob === true ? 'x' : ''}${options.ignoreCase === true ? 'i' : ''}${options.path === true ? 'p' : ''}:${pattern}`;
  const known = cache.get(key);
  if (known !== undefined) return known;
  const made = expressionOf(sequenceOf(START, patternNode(pattern, options), END), options);
  if (cache.size >= CACHE_LIMIT) cache.clear();
  cache.set(key, made);
  return made;
}

export const matches = (pattern: string, text: string, options: PatternOptions = {}): boolean =>
  patternRegExp(pattern, options).test(text);

/** Nothing matches a pattern that has no meaning. */
const NEVER = /^(?!)$/;

/** A RegExp of the tree of a pattern; of several matches at a place it takes the longest, or the shortest. */
export function expressionOf(
  node: Node,
  options: PatternOptions & { readonly global?: boolean },
  shortest = false,
): RegExp {
  const flags = `su${options.ignoreCase === true ? 'i' : ''}${options.global === true ? 'g' : ''}`;
  try {
    return BoundedRegExp.of(node, flags, shortest ? 'shortest' : 'longest') ?? NEVER;
  } catch (error) {
    if (error instanceof SyntaxError) return NEVER;
    throw error;
  }
}

export const START: Node = { type: 'assertion', source: '^' };
export const END: Node = { type: 'assertion', source: '$' };
export const sequenceOf = (...items: readonly Node[]): Node => ({ type: 'sequence', items });
const character = (source: string): Node => ({ type: 'character', source });
const repeated = (body: Node, sign: string): Node => ({
  type: 'repeat',
  body,
  min: sign === '+' ? 1 : 0,
  max: sign === '?' ? 1 : Infinity,
});

/** What a `!(…)` excludes is written down twice, so that many of them grow beyond all bounds. */
const EXCLUSIONS_BOUND = 12;

/** The tree of a pattern, without anchors. */
export function patternNode(pattern: string, options: PatternOptions = {}): Node {
  if (options.extglob === true && pattern.split('!(').length > EXCLUSIONS_BOUND + 1)
    throw new RegexBound(EXCLUSIONS_BOUND, '!(…) of one pattern');
  const any = character(options.path === true ? '[^/]' : '.');
  const items: Node[] = [];
  let i = 0;
  while (i < pattern.length) {
    const char = pattern.charAt(i);
    const close =
      options.extglob === true && /^[?*+@!]\(/.test(pattern.slice(i, i + 2)) ? closingParen(pattern, i + 1) : 0;
    if (close > 0) {
      const branches = alternatives(pattern.slice(i + 2, close)).map((part) => patternNode(part, options));
      const body: Node = { type: 'group', index: undefined, body: { type: 'choice', branches } };
      if (char === '!') {
        const rest = patternNode(pattern.slice(close + 1), options);
        const excluded: Node = { type: 'look', kind: '?!', body: sequenceOf(body, rest, END) };
        return sequenceOf(...items, excluded, repeated(any, '*'), rest);
      }
      items.push(char === '@' ? body : repeated(body, char));
      i = close + 1;
    } else if (char === '*') {
      while (pattern.charAt(i + 1) === '*' && !(options.extglob === true && pattern.charAt(i + 2) === '(')) i += 1;
      items.push(repeated(any, '*'));
      i += 1;
    } else if (char === '[') {
      const bracket = bracketSource(pattern, i, options.path === true);
      items.push(character(bracket?.source ?? '\\['));
      i = bracket?.end ?? i + 1;
    } else {
      if (char === '\\' && i + 1 < pattern.length) i += 1;
      const whole = String.fromCodePoint(pattern.codePointAt(i) ?? 0);
      items.push(char === '?' ? any : character(escapeRegExp(whole)));
      i += whole.length;
    }
  }
  return sequenceOf(...items);
}

/** A bracket expression as a class of RegExp's `u` mode; undefined where it is not closed. */
export function bracketSource(
  pattern: string,
  start: number,
  path = false,
): { readonly source: string; readonly end: number } | undefined {
  let i = start + 1;
  const negated = pattern.charAt(i) === '!' || pattern.charAt(i) === '^';
  if (negated) i += 1;
  let body = '';
  let first = true;
  for (;;) {
    if (i >= pattern.length) return undefined;
    const char = pattern.charAt(i);
    if (char === ']' && !first) break;
    if (path && char === '/') return undefined;
    first = false;
    const special = char === '[' ? /^\[([:.=])(.*?)\1\]/.exec(pattern.slice(i)) : null;
    if (special !== null) {
      const name = special[2] ?? '';
      body += special[1] === ':' ? (CHARACTER_CLASSES[name] ?? '') : escapeClass(name);
      i += special[0].length;
      continue;
    }
    let item = String.fromCodePoint(pattern.codePointAt(i) ?? 0);
    i += item.length;
    if (item === '\\' && i < pattern.length) {
      item = String.fromCodePoint(pattern.codePointAt(i) ?? 0);
      i += item.length;
    }
    if (pattern.charAt(i) === '-' && i + 1 < pattern.length && pattern.charAt(i + 1) !== ']') {
      i += 1;
      let upper = String.fromCodePoint(pattern.codePointAt(i) ?? 0);
      i += upper.length;
      if (upper === '\\' && i < pattern.length) {
        upper = String.fromCodePoint(pattern.codePointAt(i) ?? 0);
        i += upper.length;
      }
      if (item <= upper) body += `${escapeClass(item)}-${escapeClass(upper)}`;
    } else {
      body += escapeClass(item);
    }
  }
  if (body === '') return { source: negated ? (path ? '[^/]' : '.') : '(?!)', end: i + 1 };
  return { source: `[${negated ? `^${path ? '/' : ''}` : ''}${body}]`, end: i + 1 };
}

export const escapeRegExp = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
const escapeClass = (text: string): string =>
  text.replace(/[\\\]^[-]/g, '\\$&').replace(/[&~|]/g, (c) => (c === '|' ? '|' : c));

/** Quotes a text so that as a pattern it matches itself. */
export const escapePattern = (text: string): string =>
  /[*?[\]\\()|!@+]/.test(text) ? text.replace(/[*?[\]\\()|!@+]/g, '\\$&') : text;

/** Whether a pattern has an active special character. */
export function hasGlob(pattern: string, extglob: boolean): boolean {
  for (let i = 0; i < pattern.length; i += 1) {
    const char = pattern.charAt(i);
    if (char === '\\') i += 1;
    else if (char === '*' || char === '?') return true;
    else if (char === '[' && bracketSource(pattern, i) !== undefined) return true;
    else if (extglob && '+@!'.includes(char) && pattern.charAt(i + 1) === '(') return true;
  }
  return false;
}

function closingParen(pattern: string, open: number): number {
  let depth = 0;
  for (let i = open; i < pattern.length; i += 1) {
    const char = pattern.charAt(i);
    if (char === '\\') i += 1;
    else if (char === '(') depth += 1;
    else if (char === ')') {
      depth -= 1;
      if (depth === 0) return i;
    }
  }
  return -1;
}

function alternatives(body: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let i = 0; i < body.length; i += 1) {
    const char = body.charAt(i);
    if (char === '\\') i += 1;
    else if (char === '(') depth += 1;
    else if (char === ')') depth -= 1;
    else if (char === '|' && depth === 0) {
      parts.push(body.slice(from, i));
      from = i + 1;
    }
  }
  parts.push(body.slice(from));
  return parts;
}
