/** Text of bc as statements. */
export type Expression =
  | { readonly type: 'number'; readonly text: string }
  | { readonly type: 'name'; readonly name: string }
  | { readonly type: 'element'; readonly name: string; readonly index: Expression }
  | { readonly type: 'negate' | 'not'; readonly value: Expression }
  | { readonly type: 'assign'; readonly operator: string; readonly target: Expression; readonly value: Expression }
  | { readonly type: 'step'; readonly target: Expression; readonly by: 1 | -1; readonly prefix: boolean }
  | { readonly type: 'call'; readonly name: string; readonly args: readonly Expression[] }
  | { readonly type: 'binary'; readonly operator: string; readonly left: Expression; readonly right: Expression };

export type Statement =
  | { readonly type: 'expression'; readonly value: Expression }
  | { readonly type: 'string'; readonly text: string }
  | { readonly type: 'print'; readonly parts: readonly (Expression | string)[] }
  | { readonly type: 'block'; readonly body: readonly Statement[] }
  | {
      readonly type: 'if';
      readonly condition: Expression;
      readonly then: Statement;
      readonly otherwise: Statement | undefined;
    }
  | {
      readonly type: 'for';
      readonly start: Expression | undefined;
      readonly condition: Expression | undefined;
      readonly step: Expression | undefined;
      readonly body: Statement;
    }
  | { readonly type: 'break' }
  | { readonly type: 'quit' };

export type Parsed =
  | { readonly type: 'statements'; readonly statements: readonly Statement[] }
  | { readonly type: 'error' }
  /** A block, string or comment is still open. */
  | { readonly type: 'more' }
  | { readonly type: 'unsupported'; readonly what: string };

class SyntaxProblem extends Error {}
class Unfinished extends Error {}
class Unsupported extends Error {}

const TOKEN =
  /[ \t]*(?:#[^\n]*)?(\n|"[^"]*"|[0-9A-F]+\.?[0-9A-F]*|\.[0-9A-F]+|[a-z][a-z0-9_]*|\+\+|--|&&|\|\||[-+*/%^=!<>]=|[-+*/%^=!<>(){}[\];,.])/y;

export function parseBc(source: string): Parsed {
  const text = source.replace(/\/\*[\s\S]*?\*\//g, ' ');
  if (text.includes('/*') || (text.match(/"/g)?.length ?? 0) % 2 === 1) return { type: 'more' };
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  for (let at = 0; at < text.length; at = TOKEN.lastIndex) {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(text);
    if (match === null)
      return /^[ \t]*$/.test(text.slice(at)) ? { type: 'statements', statements: [] } : { type: 'error' };
    tokens.push(match[1] ?? '');
  }
  try {
    return { type: 'statements', statements: new Parser(tokens).all() };
  } catch (error) {
    if (error instanceof Unfinished) return { type: 'more' };
    if (error instanceof Unsupported) return { type: 'unsupported', what: error.message };
    if (error instanceof SyntaxProblem) return { type: 'error' };
    throw error;
  }
}

/** From loosest to tightest; comparison stands above assignment in bc. */
const LEVELS: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['!'],
  ['==', '!=', '<', '<=', '>', '>='],
  ['='],
  ['+', '-'],
  ['*', '/', '%'],
];
const ASSIGNMENTS = new Set(['=', '+=', '-=', '*=', '/=', '%=', '^=']);

class Parser {
  #at = 0;
  #depth = 0;
  constructor(private readonly tokens: readonly string[]) {}

  all(): readonly Statement[] {
    const out: Statement[] = [];
    for (;;) {
      while (this.#peek() === ';' || this.#peek() === '\n') this.#at += 1;
      if (this.#at >= this.tokens.length) return out;
      out.push(this.#statement());
      if (this.#at < this.tokens.length && this.#peek() !== ';' && this.#peek() !== '\n') throw new SyntaxProblem();
    }
  }

  #peek(): string | undefined {
    return this.tokens[this.#at];
  }
  #take(): string {
    const token = this.tokens[this.#at];
    if (token === undefined) throw this.#depth > 0 ? new Unfinished() : new SyntaxProblem();
    this.#at += 1;
    return token;
  }
  #expect(token: string): void {
    if (this.#take() !== token) throw new SyntaxProblem();
  }
  #skipNewlines(): void {
    while (this.#peek() === '\n') this.#at += 1;
    if (this.#peek() === undefined) throw new Unfinished();
  }

  #statement(): Statement {
    const token = this.#peek() ?? '';
    if (token.startsWith('"')) {
      this.#at += 1;
      return { type: 'string', text: token.slice(1, -1) };
    }
    switch (token) {
      case '{':
        return this.#block();
      case 'if':
        return this.#if();
      case 'while': {
        this.#at += 1;
        this.#expect('(');
        const condition = this.expression();
        this.#expect(')');
        this.#skipNewlines();
        return { type: 'for', start: undefined, condition, step: undefined, body: this.#statement() };
      }
      case 'for':
        return this.#for();
      case 'break':
      case 'quit':
        this.#at += 1;
        return { type: token };
      case 'halt':
        this.#at += 1;
        return { type: 'quit' };
      case 'print': {
        const parts: (Expression | string)[] = [];
        do {
          this.#at += 1;
          const next = this.#peek() ?? '';
          if (next.startsWith('"')) {
            parts.push(next.slice(1, -1));
            this.#at += 1;
          } else parts.push(this.expression());
        } while (this.#peek() === ',');
        return { type: 'print', parts };
      }
      case 'define':
      case 'return':
      case 'auto':
      case 'read':
      case 'limits':
      case 'warranty':
      case 'continue':
        throw new Unsupported(token);
      default:
        return { type: 'expression', value: this.expression() };
    }
  }

  #block(): Statement {
    this.#at += 1;
    this.#depth += 1;
    const body: Statement[] = [];
    for (;;) {
      while (this.#peek() === ';' || this.#peek() === '\n') this.#at += 1;
      if (this.#peek() === '}') break;
      if (this.#peek() === undefined) throw new Unfinished();
      body.push(this.#statement());
    }
    this.#at += 1;
    this.#depth -= 1;
    return { type: 'block', body };
  }

  #if(): Statement {
    this.#at += 1;
    this.#expect('(');
    const condition = this.expression();
    this.#expect(')');
    this.#skipNewlines();
    const then = this.#statement();
    if (this.#peek() !== 'else') return { type: 'if', condition, then, otherwise: undefined };
    this.#at += 1;
    this.#skipNewlines();
    return { type: 'if', condition, then, otherwise: this.#statement() };
  }

  #for(): Statement {
    this.#at += 1;
    this.#expect('(');
    const part = (end: string): Expression | undefined => {
      const found = this.#peek() === end ? undefined : this.expression();
      this.#expect(end);
      return found;
    };
    const [start, condition, step] = [part(';'), part(';'), part(')')];
    this.#skipNewlines();
    return { type: 'for', start, condition, step, body: this.#statement() };
  }

  expression(level = 0): Expression {
    const operators = LEVELS[level];
    if (operators === undefined) return this.#power();
    if (operators[0] === '!') {
      if (this.#peek() !== '!') return this.expression(level + 1);
      this.#at += 1;
      return { type: 'not', value: this.expression(level) };
    }
    const left = this.expression(level + 1);
    if (operators[0] === '=') {
      const operator = this.#peek() ?? '';
      if (!ASSIGNMENTS.has(operator)) return left;
      if (left.type !== 'name' && left.type !== 'element') throw new SyntaxProblem();
      this.#at += 1;
      return { type: 'assign', operator: operator.slice(0, -1), target: left, value: this.expression(level) };
    }
    let out = left;
    for (let operator = this.#peek() ?? ''; operators.includes(operator); operator = this.#peek() ?? '') {
      this.#at += 1;
      out = { type: 'binary', operator, left: out, right: this.expression(level + 1) };
    }
    return out;
  }

  #power(): Expression {
    const left = this.#unary();
    if (this.#peek() !== '^') return left;
    this.#at += 1;
    return { type: 'binary', operator: '^', left, right: this.#power() };
  }

  #unary(): Expression {
    const token = this.#take();
    if (token === '-') return { type: 'negate', value: this.#unary() };
    if (token === '++' || token === '--')
      return { type: 'step', target: this.#unary(), by: token === '++' ? 1 : -1, prefix: true };
    if (token === '(') {
      const inner = this.expression();
      this.#expect(')');
      return inner;
    }
    if (/^[0-9A-F.]/.test(token) && token !== '.') return { type: 'number', text: token };
    if (token === '.') return { type: 'name', name: 'last' };
    if (!/^[a-z]/.test(token)) throw new SyntaxProblem();
    return this.#postfix(this.#named(token));
  }

  #named(token: string): Expression {
    if (this.#peek() === '[') {
      this.#at += 1;
      const index = this.expression();
      this.#expect(']');
      return { type: 'element', name: token, index };
    }
    if (this.#peek() !== '(') return { type: 'name', name: token };
    if (token === 'read') throw new Unsupported('read()');
    this.#at += 1;
    const args: Expression[] = [];
    while (this.#peek() !== ')') {
      args.push(this.expression());
      if (this.#peek() === ',') this.#at += 1;
      else if (this.#peek() !== ')') throw new SyntaxProblem();
    }
    this.#at += 1;
    return { type: 'call', name: token, args };
  }

  #postfix(value: Expression): Expression {
    const token = this.#peek();
    if (token !== '++' && token !== '--') return value;
    this.#at += 1;
    return { type: 'step', target: value, by: token === '++' ? 1 : -1, prefix: false };
  }
}
