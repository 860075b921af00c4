import { posixRegExp, regexFault } from '../../posix-regex.ts';

/** Value of an expr(1) expression, or its complaint. */
export function evaluateExpr(args: readonly string[]): string | { readonly problem: string } {
  const parser = new Parser(args);
  try {
    return parser.whole();
  } catch (error) {
    if (error instanceof ExprFault) return { problem: error.message };
    throw error;
  }
}
class ExprFault extends Error {}
const LEVELS: readonly (readonly string[])[] = [
  ['|'],
  ['&'],
  ['<', '<=', '=', '==', '!=', '>=', '>'],
  ['+', '-'],
  ['*', '/', '%'],
  [':'],
];

class Parser {
  #at = 0;
  constructor(readonly args: readonly string[]) {}
  whole(): string {
    const value = this.#level(0);
    if (this.#at < this.args.length)
      throw new ExprFault(`syntax error: unexpected argument \u2018${this.args[this.#at] ?? ''}\u2019`);
    return value;
  }
  #level(level: number): string {
    const operators = LEVELS[level];
    if (operators === undefined) return this.#primary();
    let left = this.#level(level + 1);
    for (
      let operator = this.args[this.#at];
      operator !== undefined && operators.includes(operator);
      operator = this.args[this.#at]
    ) {
      this.#at += 1;
      left = apply(operator, left, this.#level(level + 1));
    }
    return left;
  }
  /** After `+` a word is a string though it be an operator. */
  #literal(): string {
    const word = this.args[this.#at] ?? '';
    this.#at += 1;
    return word;
  }
  #primary(): string {
    const arg = this.args[this.#at];
    if (arg === undefined)
      throw new ExprFault(`syntax error: missing argument after \u2018${this.args[this.#at - 1] ?? ''}\u2019`);
    this.#at += 1;
    if (arg === '(') {
      const value = this.#level(0);
      if (this.args[this.#at] !== ')')
        throw new ExprFault(`syntax error: expecting ')' after \u2018${this.args[this.#at - 1] ?? ''}\u2019`);
      this.#at += 1;
      return value;
    }
    if (arg === '+' && this.#at < this.args.length) return this.#literal();
    const more = this.args.length - this.#at;
    if (arg === 'length' && more > 0) return String([...this.#primary()].length);
    if (arg === 'match' && more > 1) return apply(':', this.#primary(), this.#primary());
    if (arg === 'index' && more > 1) {
      const [text, chars] = [[...this.#primary()], this.#primary()];
      return String(text.findIndex((char) => chars.includes(char)) + 1);
    }
    if (arg === 'substr' && more > 2) {
      const [text, from, size] = [[...this.#primary()], Number(this.#primary()), Number(this.#primary())];
      return from < 1 || size < 1 ? '' : text.slice(from - 1, from - 1 + size).join('');
    }
    return arg;
  }
}

function apply(operator: string, left: string, right: string): string {
  const empty = (text: string): boolean => text === '' || /^-?0+$/.test(text);
  if (operator === '|') return empty(left) ? (empty(right) ? '0' : right) : left;
  if (operator === '&') return empty(left) || empty(right) ? '0' : left;
  if (operator === ':') {
    const regex = posixRegExp(`^${right}`, { extended: false, dialect: 'grep' });
    if (regex === undefined) throw new ExprFault(regexFault(right, { extended: false, dialect: 'grep' }));
    const match = regex.exec(left);
    if (match === null) return /\\\(/.test(right) ? '' : '0';
    return match.length > 1 ? (match[1] ?? '') : String([...match[0]].length);
  }
  const numeric = /^-?\d+$/.test(left) && /^-?\d+$/.test(right);
  if (['<', '<=', '=', '==', '!=', '>=', '>'].includes(operator)) {
    const order = numeric ? Number(BigInt(left) - BigInt(right)) : left < right ? -1 : left > right ? 1 : 0;
    const truth =
      operator === '<'
        ? order < 0
        : operator === '<='
          ? order <= 0
          : operator === '!='
            ? order !== 0
            : operator === '>='
              ? order >= 0
              : operator === '>'
                ? order > 0
                : order === 0;
    return truth ? '1' : '0';
  }
  if (!numeric) throw new ExprFault('non-integer argument');
  const [a, b] = [BigInt(left), BigInt(right)];
  if ((operator === '/' || operator === '%') && b === 0n) throw new ExprFault('division by zero');
  return String(
    operator === '+' ? a + b : operator === '-' ? a - b : operator === '*' ? a * b : operator === '/' ? a / b : a % b,
  );
}
