/** Shell patterns (POSIX 2.13, bash extglob) as regular expressions. A backslash quotes the character after it. */

export interface PatternOptions {
  readonly extglob?: boolean;
  readonly ignoreCase?: boolean;
  /** `*` and `?` stop at slashes (path names). */
  readonly path?: boolean;
}

const CLASSES: Readonly<Record<string, string>> = {
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
  const made = compile(`^${patternSource(pattern, options)}$`, options);
  if (cache.size >= CACHE_LIMIT) cache.clear();
  cache.set(key, made);
  return made;
}

export const matches = (pattern: string, text: string, options: PatternOptions = {}): boolean =>
  patternRegExp(pattern, options).test(text);

function compile(source: string, options: PatternOptions): RegExp {
  try {
    return new RegExp(source, options.ignoreCase === true ? 'sui' : 'su');
  } catch {
    return /^(?!)$/;
  }
}

/** The body of the regular expression, without anchors. */
export function patternSource(pattern: string, options: PatternOptions = {}): string {
  const any = options.path === true ? '[^/]' : '.';
  let out = '';
  let i = 0;
  while (i < pattern.length) {
    const char = pattern.charAt(i);
    if (options.extglob === true && '?*+@!'.includes(char) && pattern.charAt(i + 1) === '(') {
      const close = closingParen(pattern, i + 1);
      if (close > 0) {
        const body = alternatives(pattern.slice(i + 2, close))
          .map((part) => patternSource(part, options))
          .join('|');
        if (char === '!') {
          const rest = patternSource(pattern.slice(close + 1), options);
          return `${out}(?!(?:${body})${rest}$)${any}*${rest}`;
        }
        out += `(?:${body})${char === '@' ? '' : char}`;
        i = close + 1;
        continue;
      }
    }
    if (char === '*') {
      while (pattern.charAt(i + 1) === '*' && !(options.extglob === true && pattern.charAt(i + 2) === '(')) i += 1;
      out += `${any}*`;
      i += 1;
    } else if (char === '?') {
      out += any;
      i += 1;
    } else if (char === '[') {
      const bracket = bracketSource(pattern, i, options.path === true);
      out += bracket?.source ?? '\\[';
      i = bracket?.end ?? i + 1;
    } else if (char === '\\' && i + 1 < pattern.length) {
      const next = String.fromCodePoint(pattern.codePointAt(i + 1) ?? 92);
      out += escapeRegExp(next);
      i += 1 + next.length;
    } else {
      const whole = String.fromCodePoint(pattern.codePointAt(i) ?? 0);
      out += escapeRegExp(whole);
      i += whole.length;
    }
  }
  return out;
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
      body += special[1] === ':' ? (CLASSES[name] ?? '') : escapeClass(name);
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
