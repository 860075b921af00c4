/** Arithmetic expressions (bash(1), ARITHMETIC EVALUATION) as a tree. */
export type Arith =
  | { readonly type: 'number'; readonly value: bigint }
  | {
      readonly type: 'name';
      readonly name: string;
      readonly index: string | undefined;
      /** The expression from here on. */
      readonly rest: string;
    }
  | { readonly type: 'unary'; readonly operator: string; readonly operand: Arith }
  | { readonly type: 'step'; readonly target: Arith; readonly delta: bigint; readonly prefix: boolean }
  | {
      readonly type: 'binary';
      readonly operator: string;
      readonly left: Arith;
      readonly right: Arith;
      readonly rest: string;
    }
  | {
      readonly type: 'assign';
      readonly operator: string;
      readonly target: Arith;
      readonly value: Arith;
      readonly rest: string;
    }
  | { readonly type: 'ternary'; readonly test: Arith; readonly then: Arith; readonly otherwise: Arith }
  /** What was read before a fault has its effects, a token looked ahead at too. */
  | { readonly type: 'fault'; readonly before: readonly Arith[]; readonly error: ArithError };

/** Why a text is not an expression: bash's words and the token where it stopped. */
export class ArithError extends Error {
  readonly token: string;
  /** The text it is in, where that is not the whole: the value of a variable, or what stands up to a wrong number. */
  expression: string | undefined;
  constructor(message: string, token: string, expression?: string) {
    super(message);
    this.token = token;
    this.expression = expression;
  }
}

const cache = new Map<string, Arith>();

/** bash's expressions, or what dash has of them: no `**`, `++`, `--`, comma or `base#`, and an empty one is wrong. */
export type Dialect = 'bash' | 'posix';

/** The tree of an expression; an empty one is 0. Where it is wrong the tree has a fault, which the evaluator comes to in its turn. */
export function parseArith(text: string, dialect: Dialect = 'bash'): Arith {
  const key = dialect === 'bash' ? text : `\0${text}`;
  const known = cache.get(key);
  if (known !== undefined) return known;
  const made = new Parser(text, dialect === 'posix').whole();
  if (cache.size > 1_000) cache.clear();
  cache.set(key, made);
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
/** What begins with no operator, parenthesis, digit or letter. */
const NO_OPERATOR = /^[^=><+\-*/%!()&|^~?:,\w]/;
const ASSIGN = ['<<=', '>>=', '+=', '-=', '*=', '/=', '%=', '&=', '^=', '|=', '='];

const NUMBER = /^(?:(\d+)#([0-9A-Za-z@_]*)|[0-9][0-9A-Za-z_]*)/;
/** Decimal, octal or hexadecimal: what is no digit of it belongs to the next token. */
const POSIX_NUMBER = /^(?:0[xX][0-9A-Fa-f]+|0[0-7]*|[1-9]\d*)/;

class Parser {
  readonly #text: string;
  readonly #posix: boolean;
  #at = 0;
  #last = 0;
  #fault: ArithError | undefined;

  constructor(text: string, posix: boolean) {
    this.#text = text;
    this.#posix = posix;
  }

  whole(): Arith {
    this.#space();
    if (this.#at >= this.#text.length && !this.#posix) return { type: 'number', value: 0n };
    const tree = this.#comma();
    this.#space();
    if (this.#fault !== undefined) return { type: 'fault', before: [tree], error: this.#fault };
    return this.#at < this.#text.length ? this.#trailing(tree) : tree;
  }

  /** Nothing can be read after a fault. */
  #fail(error: ArithError, ...before: readonly Arith[]): Arith {
    this.#fault ??= error;
    this.#at = this.#text.length;
    return { type: 'fault', before, error };
  }

  /** An expression that more text stands behind. After a name bash looks one token ahead, and on while that is a name. */
  #trailing(tree: Arith): Arith {
    const rest = this.#text.slice(this.#at);
    const next = rest.replace(/^(?:[A-Za-z_]\w*[ \t\n]*)+/, '');
    if (NO_OPERATOR.test(next)) {
      const error = new ArithError('syntax error: invalid arithmetic operator', next);
      return { type: 'fault', before: /^[A-Za-z_]/.test(this.#lastToken()) ? [] : [tree], error };
    }
    const ahead = /^\w/.test(rest) ? [this.#primary()] : [];
    return { type: 'fault', before: [tree, ...ahead], error: new ArithError('syntax error in expression', rest) };
  }

  #comma(): Arith {
    let left = this.#assign();
    while (!this.#posix && this.#eat(','))
      left = { type: 'binary', operator: ',', left, right: this.#assign(), rest: '' };
    return left;
  }

  #assign(): Arith {
    const left = this.#ternary();
    this.#space();
    const operator = ASSIGN.find((candidate) => this.#text.startsWith(candidate, this.#at));
    if (operator === undefined || (operator === '=' && this.#text.charAt(this.#at + 1) === '=')) return left;
    if (left.type !== 'name')
      return this.#fail(new ArithError('attempted assignment to non-variable', this.#text.slice(this.#at)), left);
    this.#take(operator);
    const value = this.#assign();
    return { type: 'assign', operator: operator.slice(0, -1), target: left, value, rest: this.#lastToken() };
  }

  #ternary(): Arith {
    const test = this.#binary(0);
    if (!this.#eat('?')) return test;
    const then = this.#comma();
    if (this.#fault !== undefined) return { type: 'ternary', test, then, otherwise: then };
    if (!this.#eat(':')) {
      const token = this.#text.slice(this.#at) || this.#lastToken();
      return this.#fail(new ArithError("`:' expected for conditional expression", token), test, then);
    }
    if (this.#text.slice(this.#at).trim() === '')
      return this.#fail(new ArithError('expression expected', this.#lastToken()), test, then);
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
      this.#take(operator);
      this.#space();
      const rest = this.#text.slice(this.#at);
      left = { type: 'binary', operator, left, right: this.#binary(level + 1), rest };
    }
  }

  #isOperator(operator: string): boolean {
    if (!this.#text.startsWith(operator, this.#at)) return false;
    const after = this.#text.charAt(this.#at + operator.length);
    if (operator.length === 1 && '|&<>'.includes(operator) && after === operator) return false;
    if (operator === '*' && after === '*') return this.#posix;
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
    if (this.#posix || !this.#text.startsWith('**', this.#at)) return left;
    this.#take('**');
    this.#space();
    const rest = this.#text.slice(this.#at);
    return { type: 'binary', operator: '**', left, right: this.#power(), rest };
  }

  #unary(): Arith {
    this.#space();
    const two = this.#text.slice(this.#at, this.#at + 2);
    if (!this.#posix && (two === '++' || two === '--')) {
      const save = this.#at;
      this.#take(two);
      const operand = this.#unary();
      if (operand.type === 'name')
        return { type: 'step', target: operand, delta: two === '++' ? 1n : -1n, prefix: true };
      this.#at = save;
    }
    const char = this.#text.charAt(this.#at);
    if (char !== '' && '+-!~'.includes(char)) {
      this.#take(char);
      return { type: 'unary', operator: char, operand: this.#unary() };
    }
    return this.#postfix();
  }

  #postfix(): Arith {
    const operand = this.#primary();
    this.#space();
    const two = this.#text.slice(this.#at, this.#at + 2);
    if (!this.#posix && (two === '++' || two === '--') && operand.type === 'name') {
      this.#take(two);
      return { type: 'step', target: operand, delta: two === '++' ? 1n : -1n, prefix: false };
    }
    return operand;
  }

  #primary(): Arith {
    this.#space();
    const rest = this.#text.slice(this.#at);
    if (rest.startsWith('(')) {
      this.#take('(');
      const inner = this.#comma();
      if (this.#fault !== undefined) return inner;
      if (!this.#eat(')'))
        return this.#fail(new ArithError("missing `)'", this.#text.slice(this.#at) || this.#lastToken()), inner);
      return inner;
    }
    const name = /^[A-Za-z_][A-Za-z0-9_]*/.exec(rest);
    if (name !== null) {
      this.#take(name[0]);
      return this.#named(name[0]);
    }
    const number = (this.#posix ? POSIX_NUMBER : NUMBER).exec(rest);
    if (number !== null) {
      this.#take(number[0]);
      const value = parseNumber(number[0]);
      if (typeof value === 'bigint') return { type: 'number', value };
      return this.#fail(new ArithError(value, number[0], this.#text.slice(0, this.#at)));
    }
    return this.#fail(new ArithError('syntax error: operand expected', rest === '' ? this.#lastToken() : rest));
  }

  /** The token read last, to the end of the text: what is shown where the text ends too early. */
  #lastToken(): string {
    return this.#text.slice(this.#last);
  }

  /** Passes a token. */
  #take(token: string): void {
    this.#last = this.#at;
    this.#at += token.length;
  }

  /** A name with the subscript that follows it. */
  #named(name: string): Arith {
    const rest = this.#lastToken();
    if (this.#text.charAt(this.#at) !== '[') return { type: 'name', name, index: undefined, rest };
    let depth = 0;
    for (let i = this.#at; i < this.#text.length; i += 1) {
      const char = this.#text.charAt(i);
      if (char === '[') depth += 1;
      else if (char === ']') {
        depth -= 1;
        if (depth > 0) continue;
        const index = this.#text.slice(this.#at + 1, i);
        this.#at = i + 1;
        return { type: 'name', name, index, rest };
      }
    }
    return this.#fail(new ArithError('bad array subscript', name + this.#text.slice(this.#at)));
  }

  #eat(token: string): boolean {
    this.#space();
    if (!this.#text.startsWith(token, this.#at)) return false;
    this.#take(token);
    return true;
  }

  #space(): void {
    while (/[ \t\n]/.test(this.#text.charAt(this.#at))) this.#at += 1;
  }
}

const DIGITS = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ@_';

/** A constant: decimal, 0octal, 0xhex, base#digits; or what is wrong with it. */
function parseNumber(text: string): bigint | string {
  const based = /^(\d+)#(.*)$/.exec(text);
  const base = based === null ? (/^0[xX]/.test(text) ? 16 : /^0\d/.test(text) ? 8 : 10) : Number(based[1]);
  const digits = based === null ? (base === 16 ? text.slice(2) : text) : (based[2] ?? '');
  if (based !== null && (base < 2 || base > 64)) return 'invalid arithmetic base';
  if (base === 10 && /^\d{1,15}$/.test(digits)) return BigInt(digits);
  let value = 0n;
  for (const char of digits) {
    const digit = DIGITS.indexOf(base <= 36 ? char.toLowerCase() : char);
    if (digit < 0 || digit >= base) return 'value too great for base';
    value = BigInt.asIntN(64, value * BigInt(base) + BigInt(digit));
  }
  return value;
}
