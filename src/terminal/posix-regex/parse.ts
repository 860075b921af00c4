/** POSIX basic and extended regular expressions, with GNU's extensions. */
import { escapeRegExp } from '../shell/expand/pattern.ts';
import { parseBracket } from './bracket.ts';
import type { Node } from './syntax.ts';

const WORD = '[\\p{L}\\p{N}_]';
const CHARACTERS: Readonly<Record<string, string>> = {
  w: WORD,
  W: '[^\\p{L}\\p{N}_]',
  s: '\\s',
  S: '\\S',
  n: '\\n',
  t: '\\t',
};
const ASSERTIONS: Readonly<Record<string, string>> = {
  b: `(?:(?<=${WORD})(?!${WORD})|(?<!${WORD})(?=${WORD}))`,
  B: `(?:(?<=${WORD})(?=${WORD})|(?<!${WORD})(?!${WORD}))`,
  '<': `(?<!${WORD})(?=${WORD})`,
  '>': `(?<=${WORD})(?!${WORD})`,
  '`': '(?<![\\s\\S])',
  "'": '(?![\\s\\S])',
};
/** RE_DUP_MAX of the C library. */
const REPEAT_MAX = 32_767;

/** Who reads the expression: regcomp(3) where nobody is named. They differ where POSIX leaves it open. */
export type Dialect = 'grep' | 'sed' | 'awk' | 'emacs';

export interface Syntax {
  readonly extended: boolean;
  readonly dialect?: Dialect | undefined;
  /** In C.UTF-8 characters beyond ASCII have no order and cannot end a range, and a stray byte is none. */
  readonly locale?: 'C.UTF-8' | undefined;
}

/** Why an expression cannot be compiled, in the C library's words. */
export interface Malformed {
  readonly type: 'malformed';
  readonly fault: string;
}

/** The parts of an expression. */
export function parsePosix(source: string, syntax: Syntax): Node | Malformed {
  return new Parser(source, syntax).whole();
}

/** Quantifiers that an extended expression of grep passes over, as its warnings call them. */
export function strayQuantifiers(source: string): readonly string[] {
  const parser = new Parser(source, { extended: true, dialect: 'grep' });
  parser.whole();
  return parser.stray;
}

/** Between which edges an expression has to match. */
export type Whole = 'word' | 'line';

/** An expression that has to be whole words or whole lines. */
export function wholly(node: Node, whole: Whole): Node {
  const edge = (source: string): Node => ({ type: 'assertion', source });
  const [before, after] = whole === 'line' ? ['^', '$'] : [`(?<!${WORD})`, `(?!${WORD})`];
  return { type: 'sequence', items: [edge(before), { type: 'group', index: undefined, body: node }, edge(after)] };
}

class Parser {
  readonly stray: string[] = [];
  readonly #source: string;
  readonly #extended: boolean;
  readonly #dialect: Dialect | undefined;
  readonly #locale: Syntax['locale'];
  #at = 0;
  #groups = 0;
  /** Groups that are closed: only these can be referred to. */
  readonly #closed = new Set<number>();
  #fault: string | undefined;

  constructor(source: string, { extended, dialect, locale }: Syntax) {
    this.#source = source;
    this.#extended = extended;
    this.#dialect = dialect;
    this.#locale = locale;
  }

  whole(): Node | Malformed {
    const node = this.#choice(0);
    return this.#fault === undefined ? node : { type: 'malformed', fault: this.#fault };
  }

  #choice(depth: number): Node {
    const branches = [this.#sequence(depth)];
    while (this.#takeOperator('|')) branches.push(this.#sequence(depth));
    return branches.length === 1 && branches[0] !== undefined ? branches[0] : { type: 'choice', branches };
  }

  #sequence(depth: number): Node {
    const items: Node[] = [];
    const begin = this.#at;
    // Before anything that it could repeat, a quantifier has another meaning.
    let repeatable = false;
    while (this.#fault === undefined && this.#at < this.#source.length && !this.#sees('|')) {
      if (this.#sees(')') && (depth > 0 || !this.#isPlainParenthesis)) {
        if (depth > 0) break;
        return this.#fail('Unmatched ) or \\)');
      }
      const body = items.at(-1);
      const repeated = repeatable && body !== undefined ? this.#quantified(body) : undefined;
      if (repeated !== undefined) {
        items[items.length - 1] = repeated;
        if (!this.#extended && this.#isStrict && /^(?:\*|\\\{)/.test(this.#source.slice(this.#at)))
          return this.#fail('Invalid preceding regular expression');
        continue;
      }
      if (!repeatable && this.#passQuantifier()) continue;
      const item = this.#item(depth, this.#at === begin);
      repeatable = item.type !== 'assertion';
      items.push(item);
    }
    return items.length === 1 && items[0] !== undefined ? items[0] : { type: 'sequence', items };
  }

  /** Of those that do not need a partner, `)` alone is a character in an extended expression. */
  get #isPlainParenthesis(): boolean {
    return this.#extended && (this.#dialect === undefined || this.#dialect === 'grep');
  }

  /** Whether a basic expression may not repeat what is repeated already, or nothing. */
  get #isStrict(): boolean {
    return this.#dialect === undefined || this.#dialect === 'sed';
  }

  /** A quantifier without anything before it: malformed, passed over, or (false) a character like others. */
  #passQuantifier(): boolean {
    const [sign] = /^(?:[*+?]|\{[^}]*\}?)/.exec(this.#source.slice(this.#at)) ?? [];
    if (!this.#extended) {
      if (this.#sees('{') && this.#isStrict) this.#fail('Invalid preceding regular expression');
      return this.#fault !== undefined;
    }
    if (sign === undefined || this.#dialect === 'awk') return false;
    if (this.#dialect !== 'grep') this.#fail('Invalid preceding regular expression');
    else if (sign.startsWith('{')) {
      if (this.#quantified({ type: 'sequence', items: [] }) === undefined) return false;
      this.stray.push('{...}');
    } else {
      this.stray.push(sign);
      this.#at += 1;
    }
    return true;
  }

  /** What stands before a quantifier, repeated; undefined where no quantifier follows. */
  #quantified(body: Node): Node | undefined {
    const repeat = (min: number, max: number): Node => ({ type: 'repeat', body, min, max });
    if (this.#source.charAt(this.#at) === '*') {
      this.#at += 1;
      return repeat(0, Infinity);
    }
    if (this.#takeOperator('+')) return repeat(1, Infinity);
    if (this.#takeOperator('?')) return repeat(0, 1);
    if (!this.#sees('{') || this.#dialect === 'emacs') return undefined;
    const rest = this.#source.slice(this.#at + (this.#extended ? 1 : 2));
    const closed = this.#extended ? /^(\d*)(,?)(\d*)\}/ : /^(\d*)(,?)(\d*)\\\}/;
    const [whole, from = '', comma = '', to = ''] = closed.exec(rest) ?? [];
    if (whole === undefined || (from === '' && comma === '')) return this.#badInterval(rest, whole !== undefined);
    this.#at += whole.length + (this.#extended ? 1 : 2);
    const min = Number(from);
    const max = comma === '' ? min : to === '' ? Infinity : Number(to);
    if (min > max) return this.#fail('Invalid content of \\{\\}');
    return min > REPEAT_MAX || (max > REPEAT_MAX && max !== Infinity)
      ? this.#fail('Regular expression too big')
      : repeat(min, max);
  }

  /** An interval that is none: in some dialects it stands for itself. */
  #badInterval(rest: string, empty: boolean): Node | undefined {
    if (this.#extended && (this.#dialect === 'awk' || (this.#dialect === 'grep' && !empty))) return undefined;
    return this.#fail(rest.includes(this.#extended ? '}' : '\\}') ? 'Invalid content of \\{\\}' : 'Unmatched \\{');
  }

  #item(depth: number, start: boolean): Node {
    if (this.#takeOperator('(')) return this.#group(depth);
    const char = String.fromCodePoint(this.#source.codePointAt(this.#at) ?? 0);
    this.#at += char.length;
    if (char === '\\') return this.#escape();
    if (char === '[') return this.#bracket();
    if (char === '.') return { type: 'character', source: this.#locale === undefined ? '.' : '[^\\udc80-\\udcff]' };
    if (char === '^' && (this.#extended || start)) return { type: 'assertion', source: '^' };
    if (char === '$' && this.#endsHere()) return { type: 'assertion', source: '$' };
    return literal(char);
  }

  #group(depth: number): Node {
    this.#groups += 1;
    const index = this.#groups;
    const body = this.#choice(depth + 1);
    if (!this.#takeOperator(')')) return this.#fail('Unmatched ( or \\(');
    this.#closed.add(index);
    return { type: 'group', index, body };
  }

  #escape(): Node {
    const next = String.fromCodePoint(this.#source.codePointAt(this.#at) ?? 0);
    if (this.#at >= this.#source.length) return this.#fail('Trailing backslash');
    this.#at += next.length;
    if (/[1-9]/.test(next)) {
      const index = Number(next);
      return this.#closed.has(index) ? { type: 'back-reference', index } : this.#fail('Invalid back reference');
    }
    const assertion = ASSERTIONS[next];
    if (assertion !== undefined) return { type: 'assertion', source: assertion };
    const character = CHARACTERS[next];
    return character === undefined ? literal(next) : { type: 'character', source: character };
  }

  #bracket(): Node {
    const made = parseBracket(this.#source, this.#at - 1, this.#locale === 'C.UTF-8');
    if (made.fault !== undefined) return this.#fail(made.fault);
    this.#at = made.end;
    return { type: 'character', source: made.source };
  }

  #endsHere(): boolean {
    return (
      this.#extended || this.#at === this.#source.length || /^\\[)|]/.test(this.#source.slice(this.#at, this.#at + 2))
    );
  }

  /** Whether an operator follows, as this kind of expression writes it. */
  #sees(operator: string): boolean {
    return this.#source.startsWith(this.#written(operator), this.#at);
  }
  #takeOperator(operator: string): boolean {
    if (!this.#sees(operator)) return false;
    this.#at += this.#written(operator).length;
    return true;
  }
  #written(operator: string): string {
    const plain = this.#extended || (this.#dialect === 'emacs' && '+?'.includes(operator));
    return plain ? operator : `\\${operator}`;
  }

  #fail(fault: string): Node {
    this.#fault ??= fault;
    return { type: 'sequence', items: [] };
  }
}

const literal = (char: string): Node => ({ type: 'character', source: escapeRegExp(char) });
