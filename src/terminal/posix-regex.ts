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
  return new Translator(source, extended).translate();
}

class Translator {
  readonly #source: string;
  readonly #extended: boolean;
  #at = 0;
  #out = '';
  /** Whether a `*` here would be literal: at the start, after `(` or `|`. */
  #start = true;
  /** What a quantifier would repeat. */
  #atom = '';

  constructor(source: string, extended: boolean) {
    this.#source = source;
    this.#extended = extended;
  }

  translate(): string | undefined {
    while (this.#at < this.#source.length) if (!this.#next()) return undefined;
    return this.#out;
  }

  /** Translates one piece; false where it is malformed. */
  #next(): boolean {
    const char = String.fromCodePoint(this.#source.codePointAt(this.#at) ?? 0);
    this.#at += char.length;
    if (char === '\\') return this.#escape();
    if (char === '[') return this.#bracket();
    if (this.#extended && '(){}|+?'.includes(char)) return this.#operator(char);
    if (char === '*' && !this.#start) this.#quantify('*');
    else if (char === '.') this.#put('.');
    else if (char === '^') this.#caret();
    else if (char === '$') this.#put(this.#isAnchor() ? '$' : '\\$');
    else this.#put(escapeRegExp(char));
    return true;
  }

  #put(text: string): void {
    this.#out += text;
    this.#atom = text;
    this.#start = false;
  }

  /** A quantifier on an assertion or on another quantifier is legal in POSIX. */
  #quantify(text: string): void {
    const atom = this.#atom;
    if (atom === '^' || atom === '$' || atom.startsWith('(?'))
      this.#out = `${this.#out.slice(0, this.#out.length - atom.length)}(?:${atom})${text}`;
    else if (/^[*+?{]/.test(atom)) this.#out = `(?:${this.#out})${text}`;
    else this.#out += text;
    this.#atom = text;
  }

  #escape(): boolean {
    const next = this.#source.charAt(this.#at);
    if (next === '') return false;
    this.#at += 1;
    if (!this.#extended && '(){}|+?'.includes(next)) return this.#operator(next);
    this.#put(/[1-9]/.test(next) ? `\\${next}(?:)` : (ESCAPES[next] ?? escapeRegExp(next)));
    return true;
  }

  #bracket(): boolean {
    const bracket = bracketOf(this.#source, this.#at - 1);
    if (bracket === undefined) return false;
    this.#put(bracket.source);
    this.#at = bracket.end;
    return true;
  }

  #caret(): void {
    if (!this.#extended && !this.#start) {
      this.#put('\\^');
      return;
    }
    this.#out += '^';
    this.#atom = '^';
    this.#start = true;
  }
  #isAnchor(): boolean {
    const { length } = this.#source;
    return this.#extended || this.#at === length || /^\\[)|]/.test(this.#source.slice(this.#at, this.#at + 2));
  }

  #operator(operator: string): boolean {
    if (operator === '(' || operator === ')' || operator === '|') {
      this.#out += operator;
      this.#atom = operator;
      this.#start = operator !== ')';
      return true;
    }
    if (operator === '{') return this.#interval();
    if (operator === '}' || this.#start) this.#put(`\\${operator}`);
    else this.#quantify(operator);
    return true;
  }

  #interval(): boolean {
    const closed = this.#extended ? /^(\d*)(,?)(\d*)\}/ : /^(\d*)(,?)(\d*)\\\}/;
    const [whole, from, comma = '', to] = closed.exec(this.#source.slice(this.#at)) ?? [];
    if (whole === undefined || (from === '' && to === '')) {
      // An interval that is none stands for itself in extended expressions.
      if (this.#extended) this.#put('\\{');
      return this.#extended;
    }
    if (this.#start) this.#put('\\{');
    else {
      this.#at += whole.length;
      this.#quantify(`{${from === '' ? '0' : (from ?? '0')}${comma}${to ?? ''}}`);
    }
    return true;
  }
}

/** What GNU's compiler says of an expression that cannot be compiled. */
export function regexFault(source: string, extended: boolean): string {
  if (/(^|[^\\])(\\\\)*\\$/.test(source)) return 'Trailing backslash';
  if (
    /\[:[^\]]*:\]/.test(source) &&
    !/\[:(alpha|digit|alnum|upper|lower|space|blank|punct|print|graph|cntrl|xdigit):\]/.test(source)
  )
    return 'Invalid character class name';
  const bare = source.replace(/\[\^?\]?(?:\[[:.=][^\]]*\]|[^\]])*\]/g, 'x');
  if (/(^|[^\\])\[/.test(bare)) return 'Unmatched [, [^, [:, [., or [=';
  const operators = extended ? bare.replace(/\\./g, '') : (bare.match(/\\[(){}]/g) ?? []).join('').replaceAll('\\', '');
  const depth = [...operators].reduce(
    (open, char) => (open < 0 ? open : open + (char === '(' ? 1 : char === ')' ? -1 : 0)),
    0,
  );
  if (depth < 0) return 'Unmatched ) or \\)';
  if (depth > 0) return 'Unmatched ( or \\(';
  if (operators.includes('{') && !operators.includes('}')) return 'Unmatched \\{';
  if (/\\[1-9]/.test(bare)) return 'Invalid back reference';
  if (/\{/.test(operators)) return 'Invalid content of \\{\\}';
  return /\[[^\]]*-[^\]]*\]/.test(source) ? 'Invalid range end' : 'Invalid preceding regular expression';
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
