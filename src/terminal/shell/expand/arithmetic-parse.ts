/** Arithmetic expressions (bash(1), ARITHMETIC EVALUATION) as a tree. */
export type Arith =
  | { readonly type: 'number'; readonly value: bigint }
  | { readonly type: 'name'; readonly name: string; readonly index: string | undefined }
  | { readonly type: 'unary'; readonly operator: string; readonly operand: Arith }
  | { readonly type: 'step'; readonly target: Arith; readonly delta: bigint; readonly prefix: boolean }
  | {
      readonly type: 'binary';
      readonly operator: string;
      readonly left: Arith;
      readonly right: Arith;
      readonly rest: string;
    }
  | { readonly type: 'assign'; readonly operator: string; readonly target: Arith; readonly value: Arith }
  | { readonly type: 'ternary'; readonly test: Arith; readonly then: Arith; readonly otherwise: Arith };

/** Why a text is not an expression: bash's words and the token where it stopped. */
export class ArithError extends Error {
  readonly token: string;
  /** The text it is in, where that is the value of a variable. */
  expression: string | undefined;
  constructor(message: string, token: string) {
    super(message);
    this.token = token;
  }
}

const cache = new Map<string, Arith>();

/** The tree of an expression; an empty one is 0. Throws ArithError, which the evaluator turns into bash's message. */
export function parseArith(text: string): Arith {
  const known = cache.get(text);
  if (known !== undefined) return known;
  const made = new Parser(text).whole();
  if (cache.size > 1_000) cache.clear();
  cache.set(text, made);
  return made;
}

const BINARY: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['|'],
  ['^'],
  ['&'],
  ['==', '!='],
  ['<=', '>=', '<', '>'],
  ['<<', '>>'],
  ['+', '-'],
  ['*', '/', '%'],
];
const ASSIGN = ['<<=', '>>=', '+=', '-=', '*=', '/=', '%=', '&=', '^=', '|=', '='];

class Parser {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  whole(): Arith {
    this.#space();
    if (this.#at >= this.#text.length) return { type: 'number', value: 0n };
    const tree = this.#comma();
    this.#space();
    if (this.#at < this.#text.length) {
      const rest = this.#text.slice(this.#at);
      // A number is read before its place is found wrong.
      if (/^\d/.test(rest)) this.#primary();
      if (/^[)\]}:?,;#@.\\"'`$]/.test(rest))
        throw new ArithError(
          /^[@.#\\"'`$;}]/.test(rest) ? 'syntax error: invalid arithmetic operator' : 'syntax error in expression',
          rest,
        );
      throw new ArithError('syntax error in expression', rest);
    }
    return tree;
  }

  #comma(): Arith {
    let left = this.#assign();
    while (this.#eat(',')) left = { type: 'binary', operator: ',', left, right: this.#assign(), rest: '' };
    return left;
  }

  #assign(): Arith {
    const left = this.#ternary();
    this.#space();
    const operator = ASSIGN.find((candidate) => this.#text.startsWith(candidate, this.#at));
    if (operator === undefined || (operator === '=' && this.#text.charAt(this.#at + 1) === '=')) return left;
    if (left.type !== 'name') throw new ArithError('attempted assignment to non-variable', this.#text.slice(this.#at));
    this.#at += operator.length;
    return { type: 'assign', operator: operator.slice(0, -1), target: left, value: this.#assign() };
  }

  #ternary(): Arith {
    const test = this.#binary(0);
    if (!this.#eat('?')) return test;
    const then = this.#comma();
    if (!this.#eat(':'))
      throw new ArithError("`:' expected for conditional expression", this.#text.slice(this.#at) || this.#lastToken());
    return { type: 'ternary', test, then, otherwise: this.#assign() };
  }

  #binary(level: number): Arith {
    const operators = BINARY[level];
    if (operators === undefined) return this.#power();
    let left = this.#binary(level + 1);
    for (;;) {
      this.#space();
      const operator = operators.find((candidate) => this.#isOperator(candidate));
      if (operator === undefined) return left;
      this.#at += operator.length;
      this.#space();
      const rest = this.#text.slice(this.#at);
      left = { type: 'binary', operator, left, right: this.#binary(level + 1), rest };
    }
  }

  #isOperator(operator: string): boolean {
    if (!this.#text.startsWith(operator, this.#at)) return false;
    const after = this.#text.charAt(this.#at + operator.length);
    if (operator.length === 1 && '|&<>'.includes(operator) && after === operator) return false;
    if (operator === '*' && after === '*') return false;
    return (
      after !== '=' ||
      operator === '<=' ||
      operator === '>=' ||
      operator === '==' ||
      operator === '!=' ||
      operator === '||' ||
      operator === '&&'
    );
  }

  #power(): Arith {
    const left = this.#unary();
    this.#space();
    if (!this.#text.startsWith('**', this.#at)) return left;
    this.#at += 2;
    this.#space();
    const rest = this.#text.slice(this.#at);
    return { type: 'binary', operator: '**', left, right: this.#power(), rest };
  }

  #unary(): Arith {
    this.#space();
    const two = this.#text.slice(this.#at, this.#at + 2);
    if (two === '++' || two === '--') {
      const save = this.#at;
      this.#at += 2;
      const operand = this.#unary();
      if (operand.type === 'name')
        return { type: 'step', target: operand, delta: two === '++' ? 1n : -1n, prefix: true };
      this.#at = save;
    }
    const char = this.#text.charAt(this.#at);
    if (char !== '' && '+-!~'.includes(char)) {
      this.#at += 1;
      return { type: 'unary', operator: char, operand: this.#unary() };
    }
    return this.#postfix();
  }

  #postfix(): Arith {
    const operand = this.#primary();
    this.#space();
    const two = this.#text.slice(this.#at, this.#at + 2);
    if ((two === '++' || two === '--') && operand.type === 'name') {
      this.#at += 2;
      return { type: 'step', target: operand, delta: two === '++' ? 1n : -1n, prefix: false };
    }
    return operand;
  }

  #primary(): Arith {
    this.#space();
    const rest = this.#text.slice(this.#at);
    if (rest.startsWith('(')) {
      this.#at += 1;
      const inner = this.#comma();
      if (!this.#eat(')')) throw new ArithError("missing `)'", this.#text.slice(this.#at));
      return inner;
    }
    const name = /^[A-Za-z_][A-Za-z0-9_]*/.exec(rest);
    if (name !== null) {
      this.#at += name[0].length;
      return { type: 'name', name: name[0], index: this.#index() };
    }
    const number = /^(?:(\d+)#([0-9A-Za-z@_]*)|[0-9][0-9A-Za-z_]*)/.exec(rest);
    if (number !== null) {
      this.#at += number[0].length;
      return { type: 'number', value: parseNumber(number[0], rest) };
    }
    throw new ArithError(
      rest === '' || /^[-+*/%&|^<>=!?:),]/.test(rest)
        ? 'syntax error: operand expected'
        : 'syntax error: operand expected',
      rest === '' ? this.#lastToken() : rest,
    );
  }

  #lastToken(): string {
    return /\S+\s*$/.exec(this.#text)?.[0].replace(/^.*?([-+]\s*|[*/%&|^<>=!?:,(]+\s*)$/, '$1') ?? '';
  }

  #index(): string | undefined {
    if (this.#text.charAt(this.#at) !== '[') return undefined;
    let depth = 0;
    for (let i = this.#at; i < this.#text.length; i += 1) {
      const char = this.#text.charAt(i);
      if (char === '[') depth += 1;
      else if (char === ']') {
        depth -= 1;
        if (depth === 0) {
          const index = this.#text.slice(this.#at + 1, i);
          this.#at = i + 1;
          return index;
        }
      }
    }
    throw new ArithError(
      'bad array subscript',
      (/[A-Za-z_]\w*$/.exec(this.#text.slice(0, this.#at))?.[0] ?? '') + this.#text.slice(this.#at),
    );
  }

  #eat(token: string): boolean {
    this.#space();
    if (!this.#text.startsWith(token, this.#at)) return false;
    this.#at += token.length;
    return true;
  }

  #space(): void {
    while (/\s/.test(this.#text.charAt(this.#at))) this.#at += 1;
  }
}

const DIGITS = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ@_';

/** A constant: decimal, 0octal, 0xhex, base#digits. */
export function parseNumber(text: string, rest: string): bigint {
  const based = /^(\d+)#(.*)$/.exec(text);
  const base = based === null ? (/^0[xX]/.test(text) ? 16 : /^0\d/.test(text) ? 8 : 10) : Number(based[1]);
  const digits = based === null ? (base === 16 ? text.slice(2) : text) : (based[2] ?? '');
  if (based !== null && (base < 2 || base > 64)) throw new ArithError('invalid arithmetic base', rest);
  if (base === 10 && /^\d{1,15}$/.test(digits)) return BigInt(digits);
  let value = 0n;
  for (const char of digits) {
    const digit = DIGITS.indexOf(base <= 36 ? char.toLowerCase() : char);
    if (digit < 0 || digit >= base) throw new ArithError('value too great for base', rest);
    value = BigInt.asIntN(64, value * BigInt(base) + BigInt(digit));
  }
  return value;
}
