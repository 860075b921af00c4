/** POSIX basic and extended regular expressions (with GNU's extensions) as JavaScript's. */
import { bracketSource, escapeRegExp } from './shell/expand/pattern.ts';

export interface RegexOptions {
  readonly extended: boolean;
  readonly ignoreCase?: boolean;
  readonly global?: boolean;
  /** `^` and `$` match at lines inside the text. */
  readonly multiline?: boolean;
}

const cache = new Map<string, RegExp | undefined>();

/** A compiled expression; undefined where it is malformed. */
export function posixRegExp(source: string, options: RegexOptions): RegExp | undefined {
  const flags = `u${options.ignoreCase === true ? 'i' : ''}${options.global === true ? 'g' : ''}${options.multiline === true ? 'm' : 's'}`;
  const key = `${options.extended ? 'e' : 'b'}${flags}:${source}`;
  const known = cache.get(key);
  if (known !== undefined) {
    known.lastIndex = 0;
    return known;
  }
  const made = compile(source, options, flags);
  if (cache.size > 500) cache.clear();
  cache.set(key, made);
  return made;
}

function compile(source: string, options: RegexOptions, flags: string): RegExp | undefined {
  const translated = translate(source, options.extended);
  if (translated === undefined) return undefined;
  try {
    return new RegExp(translated, flags);
  } catch {
    return undefined;
  }
}

const WORD = '[\\p{L}\\p{N}_]';
const ESCAPES: Readonly<Record<string, string>> = {
  w: WORD,
  W: `[^\\p{L}\\p{N}_]`,
  s: '\\s',
  S: '\\S',
  b: `(?:(?<=${WORD})(?!${WORD})|(?<!${WORD})(?=${WORD}))`,
  B: `(?:(?<=${WORD})(?=${WORD})|(?<!${WORD})(?!${WORD}))`,
  '<': `(?<!${WORD})(?=${WORD})`,
  '>': `(?<=${WORD})(?!${WORD})`,
  '`': '(?<![\\s\\S])',
  "'": '(?![\\s\\S])',
  n: '\\n',
  t: '\\t',
};

/** The JavaScript source of a POSIX expression; undefined where brackets are not closed. */
export function translate(source: string, extended: boolean): string | undefined {
  let out = '';
  let i = 0;
  /** Whether a `*` here would be literal: at the start, after `(` or `|`. */
  let start = true;
  let atom = '';
  const put = (text: string): void => {
    out += text;
    atom = text;
    start = false;
  };
  const quantify = (text: string): void => {
    // A quantifier on an assertion or on another quantifier is legal in POSIX.
    if (atom === '^' || atom === '$' || atom.startsWith('(?'))
      out = `${out.slice(0, out.length - atom.length)}(?:${atom})${text}`;
    else if (/^[*+?{]/.test(atom)) out = `(?:${out})${text}`;
    else out += text;
    atom = text;
  };
  while (i < source.length) {
    const char = String.fromCodePoint(source.codePointAt(i) ?? 0);
    i += char.length;
    if (char === '\\') {
      const next = source.charAt(i);
      if (next === '') return undefined;
      i += 1;
      const operator = !extended && '(){}|+?'.includes(next);
      if (operator) {
        const done = special(next);
        if (done === undefined) return undefined;
      } else if (/[1-9]/.test(next)) put(`\\${next}(?:)`);
      else put(ESCAPES[next] ?? escapeRegExp(next));
      continue;
    }
    if (char === '[') {
      const bracket = bracketSource(
        source.replace(/\\/g, (c) => c),
        i - 1,
      );
      const plain = bracketOf(source, i - 1);
      if (bracket === undefined || plain === undefined) return undefined;
      put(plain.source);
      i = plain.end;
    } else if (char === '*') {
      if (start) put('\\*');
      else quantify('*');
    } else if (char === '.') put('.');
    else if (char === '^') {
      if (extended || start) {
        out += '^';
        atom = '^';
        start = true;
      } else put('\\^');
    } else if (char === '$') {
      if (extended || i === source.length || source.startsWith('\\)', i) || source.startsWith('\\|', i)) put('$');
      else put('\\$');
    } else if (extended && '(){}|+?'.includes(char)) {
      if (special(char) === undefined) return undefined;
    } else put(escapeRegExp(char));
  }
  return out;

  function special(operator: string): true | undefined {
    if (operator === '(') {
      out += '(';
      atom = '(';
      start = true;
    } else if (operator === ')') {
      out += ')';
      atom = ')';
      start = false;
    } else if (operator === '|') {
      out += '|';
      atom = '|';
      start = true;
    } else if (operator === '{') {
      const match = (extended ? /^(\d*)(,?)(\d*)\}/ : /^(\d*)(,?)(\d*)\\\}/).exec(source.slice(i));
      if (match === null || (match[1] === '' && match[3] === '')) {
        if (!extended) return undefined;
        put('\\{');
        return true;
      }
      if (start) put('\\{');
      else {
        i += match[0].length;
        quantify(`{${match[1] === '' ? '0' : (match[1] ?? '0')}${match[2] ?? ''}${match[3] ?? ''}}`);
      }
    } else if (operator === '}') put('\\}');
    else if (start) put(`\\${operator}`);
    else quantify(operator);
    return true;
  }
}

/** A bracket expression: in POSIX a backslash inside it is itself. */
function bracketOf(source: string, start: number): { readonly source: string; readonly end: number } | undefined {
  const head = source.slice(start);
  const doubled = head.replace(/\\/g, '\\\\');
  const made = bracketSource(doubled, 0);
  if (made === undefined) return undefined;
  const consumed = doubled.slice(0, made.end);
  const extra = (consumed.match(/\\\\/g) ?? []).length;
  return { source: made.source, end: start + made.end - extra };
}
