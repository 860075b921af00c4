/** POSIX basic and extended regular expressions, with GNU's extensions. */
import { bracketSource, escapeRegExp } from '../shell/expand/pattern.ts';
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

/** The parts of an expression; undefined where it is malformed. */
export function parsePosix(source: string, extended: boolean): Node | undefined {
  return new Parser(source, extended).whole();
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
  readonly #source: string;
  readonly #extended: boolean;
  #at = 0;
  #groups = 0;
  /** Groups that are closed: only these can be referred to. */
  readonly #closed = new Set<number>();
  #malformed = false;

  constructor(source: string, extended: boolean) {
    this.#source = source;
    this.#extended = extended;
  }

  whole(): Node | undefined {
    const node = this.#choice(0);
    return this.#malformed || this.#at < this.#source.length ? undefined : node;
  }

  #choice(depth: number): Node {
    const branches = [this.#sequence(depth)];
    while (this.#takeOperator('|')) branches.push(this.#sequence(depth));
    return branches.length === 1 && branches[0] !== undefined ? branches[0] : { type: 'choice', branches };
  }

  #sequence(depth: number): Node {
    const items: Node[] = [];
    // Before anything that it could repeat, a quantifier is a character like others.
    let start = true;
    while (!this.#malformed && this.#at < this.#source.length && !this.#sees('|')) {
      if (this.#sees(')')) {
        if (depth > 0) break;
        return this.#fail();
      }
      const repeated = start ? undefined : this.#quantified(items.at(-1));
      if (repeated !== undefined) {
        items[items.length - 1] = repeated;
        continue;
      }
      const item = this.#item(depth, start);
      start = start ? item.type === 'assertion' && item.source === '^' : false;
      items.push(item);
    }
    return items.length === 1 && items[0] !== undefined ? items[0] : { type: 'sequence', items };
  }

  /** What stands before a quantifier, repeated; undefined where no quantifier follows. */
  #quantified(body: Node | undefined): Node | undefined {
    if (body === undefined) return undefined;
    const repeat = (min: number, max: number): Node => ({ type: 'repeat', body, min, max });
    if (this.#source.charAt(this.#at) === '*') {
      this.#at += 1;
      return repeat(0, Infinity);
    }
    if (this.#takeOperator('+')) return repeat(1, Infinity);
    if (this.#takeOperator('?')) return repeat(0, 1);
    if (!this.#sees('{')) return undefined;
    const closed = this.#extended ? /^(\d*)(,?)(\d*)\}/ : /^(\d*)(,?)(\d*)\\\}/;
    const [whole, from = '', comma = '', to = ''] =
      closed.exec(this.#source.slice(this.#at + (this.#extended ? 1 : 2))) ?? [];
    if (whole === undefined || (from === '' && comma === '')) {
      // An interval that is none stands for itself in extended expressions.
      return this.#extended ? undefined : this.#fail();
    }
    this.#at += whole.length + (this.#extended ? 1 : 2);
    const min = Number(from);
    const max = comma === '' ? min : to === '' ? Infinity : Number(to);
    return min > max || min > REPEAT_MAX || (max > REPEAT_MAX && max !== Infinity) ? this.#fail() : repeat(min, max);
  }

  #item(depth: number, start: boolean): Node {
    if (this.#takeOperator('(')) return this.#group(depth);
    const char = String.fromCodePoint(this.#source.codePointAt(this.#at) ?? 0);
    this.#at += char.length;
    if (char === '\\') return this.#escape();
    if (char === '[') return this.#bracket();
    if (char === '.') return { type: 'character', source: '.' };
    if (char === '^' && (this.#extended || start)) return { type: 'assertion', source: '^' };
    if (char === '$' && this.#endsHere()) return { type: 'assertion', source: '$' };
    return literal(char);
  }

  #group(depth: number): Node {
    this.#groups += 1;
    const index = this.#groups;
    const body = this.#choice(depth + 1);
    if (!this.#takeOperator(')')) return this.#fail();
    this.#closed.add(index);
    return { type: 'group', index, body };
  }

  #escape(): Node {
    const next = String.fromCodePoint(this.#source.codePointAt(this.#at) ?? 0);
    if (this.#at >= this.#source.length) return this.#fail();
    this.#at += next.length;
    if (/[1-9]/.test(next)) {
      const index = Number(next);
      return this.#closed.has(index) ? { type: 'back-reference', index } : this.#fail();
    }
    const assertion = ASSERTIONS[next];
    if (assertion !== undefined) return { type: 'assertion', source: assertion };
    const character = CHARACTERS[next];
    return character === undefined ? literal(next) : { type: 'character', source: character };
  }

  /** A bracket expression: in POSIX a backslash inside it is itself. */
  #bracket(): Node {
    const doubled = this.#source.slice(this.#at - 1).replace(/\\/g, '\\\\');
    const made = bracketSource(doubled, 0);
    if (made === undefined) return this.#fail();
    const extra = (doubled.slice(0, made.end).match(/\\\\/g) ?? []).length;
    this.#at += made.end - extra - 1;
    return { type: 'character', source: made.source };
  }

  #endsHere(): boolean {
    return (
      this.#extended || this.#at === this.#source.length || /^\\[)|]/.test(this.#source.slice(this.#at, this.#at + 2))
    );
  }

  /** Whether an operator follows, as this kind of expression writes it. */
  #sees(operator: string): boolean {
    return this.#source.startsWith(this.#extended ? operator : `\\${operator}`, this.#at);
  }
  #takeOperator(operator: string): boolean {
    if (!this.#sees(operator)) return false;
    this.#at += this.#extended ? 1 : 2;
    return true;
  }

  #fail(): Node {
    this.#malformed = true;
    return { type: 'sequence', items: [] };
  }
}

const literal = (char: string): Node => ({ type: 'character', source: escapeRegExp(char) });
