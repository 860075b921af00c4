import type { Token } from './lexer.ts';
import type { Expression, Place } from './syntax.ts';
import { AwkSyntax } from './syntax.ts';

const ASSIGNMENTS = new Set(['=', '+=', '-=', '*=', '/=', '%=', '^=', '**=']);
const COMPARISONS = ['<', '<=', '==', '!=', '>', '>='];

const isPlace = (expression: Expression): expression is Place =>
  expression.type === 'variable' || expression.type === 'element' || expression.type === 'field';

/** Steps over tokens and parses expressions, from the loosest operator to the tightest. */
export class ExpressionParser {
  readonly #tokens: readonly Token[];
  #at = 0;
  /** Whether `>` redirects instead of comparing: inside print. */
  protected noGreater = false;
  /** How many braces are open. */
  protected depth = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  protected get token(): Token {
    return this.#tokens[this.#at] ?? { type: 'end', text: '', line: 1 };
  }
  protected peek(count: number): readonly Token[] {
    return this.#tokens.slice(this.#at, this.#at + count);
  }
  protected mark(): number {
    return this.#at;
  }
  protected reset(mark: number): void {
    this.#at = mark;
  }
  protected is(text: string): boolean {
    const { type, text: found } = this.token;
    return (type === 'operator' || type === 'keyword') && found === text;
  }
  protected eat(text: string): boolean {
    if (!this.is(text)) return false;
    this.#at += 1;
    return true;
  }
  protected want(text: string): void {
    if (!this.eat(text)) throw this.unexpected();
  }
  protected skipNewlines(): void {
    while (this.token.type === 'newline') this.#at += 1;
  }
  protected skipTerminators(): void {
    while (this.token.type === 'newline' || this.is(';')) this.#at += 1;
  }
  protected name(): string {
    const { type, text } = this.token;
    if (type !== 'name' && type !== 'call') throw this.unexpected();
    this.#at += 1;
    return text;
  }

  /** The complaint about the token at hand. */
  protected unexpected(): AwkSyntax {
    const { type, text, line } = this.token;
    if (type === 'end' && this.depth > 0) return new AwkSyntax('missing } near end of file', line + 1);
    const what = type === 'end' ? 'end of file' : type === 'newline' ? 'end of line' : text;
    return new AwkSyntax(`syntax error at or near ${what}`, line);
  }

  /** Expressions with commas between, up to a closing bracket. */
  protected list(close: string): readonly Expression[] {
    const items: Expression[] = [];
    const { noGreater } = this;
    this.noGreater = false;
    this.skipNewlines();
    while (!this.eat(close)) {
      items.push(this.expression());
      this.skipNewlines();
      if (!this.eat(',') && !this.is(close)) this.want(close);
      this.skipNewlines();
    }
    this.noGreater = noGreater;
    return items;
  }

  protected expression(): Expression {
    const left = this.#condition();
    const { type, text } = this.token;
    if (type !== 'operator' || !ASSIGNMENTS.has(text) || !isPlace(left)) return left;
    this.#at += 1;
    this.skipNewlines();
    const operator = text.slice(0, -1).replace('**', '^');
    return { type: 'assign', operator, place: left, value: this.expression() };
  }

  #condition(): Expression {
    const test = this.#or();
    if (!this.eat('?')) return test;
    this.skipNewlines();
    const yes = this.expression();
    this.skipNewlines();
    this.want(':');
    this.skipNewlines();
    return { type: 'condition', test, yes, no: this.expression() };
  }

  #or(): Expression {
    let left = this.#and();
    while (this.eat('||')) {
      this.skipNewlines();
      left = { type: 'binary', operator: '||', left, right: this.#and() };
    }
    return left;
  }
  #and(): Expression {
    let left = this.#in();
    while (this.eat('&&')) {
      this.skipNewlines();
      left = { type: 'binary', operator: '&&', left, right: this.#in() };
    }
    return left;
  }
  #in(): Expression {
    let left = this.#match();
    while (this.eat('in')) left = { type: 'in', key: left.type === 'list' ? left.items : [left], array: this.name() };
    return left;
  }
  #match(): Expression {
    let left = this.#comparison();
    while (this.is('~') || this.is('!~')) {
      const operator = this.token.text;
      this.#at += 1;
      left = { type: 'binary', operator, left, right: this.#comparison() };
    }
    return left;
  }

  #comparison(): Expression {
    let left = this.concatenation();
    while (this.is('|') && this.#tokens[this.#at + 1]?.text === 'getline') {
      this.#at += 2;
      left = { type: 'getline', from: 'command', source: left, place: this.#optionalPlace() };
    }
    const operator = COMPARISONS.find((each) => this.is(each) && !(each === '>' && this.noGreater));
    if (operator === undefined) return left;
    this.#at += 1;
    return { type: 'binary', operator, left, right: this.concatenation() };
  }

  protected concatenation(): Expression {
    let left = this.#sum();
    while (this.#startsOperand()) left = { type: 'binary', operator: ' ', left, right: this.#sum() };
    return left;
  }
  #startsOperand(): boolean {
    const { type, text } = this.token;
    if (type === 'operator') return ['$', '!', '(', '-', '+', '++', '--'].includes(text);
    return ['number', 'string', 'regex', 'name', 'call'].includes(type) || (type === 'keyword' && text === 'getline');
  }

  #sum(): Expression {
    let left = this.#product();
    while (this.is('+') || this.is('-')) {
      const operator = this.token.text;
      this.#at += 1;
      left = { type: 'binary', operator, left, right: this.#product() };
    }
    return left;
  }
  #product(): Expression {
    let left = this.#unary();
    while (this.is('*') || this.is('/') || this.is('%')) {
      const operator = this.token.text;
      this.#at += 1;
      left = { type: 'binary', operator, left, right: this.#unary() };
    }
    return left;
  }
  #unary(): Expression {
    for (const operator of ['!', '-', '+'] as const)
      if (this.eat(operator)) return { type: 'unary', operator, operand: this.#unary() };
    return this.#power();
  }
  #power(): Expression {
    const left = this.#postfix();
    if (!this.eat('^') && !this.eat('**')) return left;
    return { type: 'binary', operator: '^', left, right: this.#unary() };
  }
  #postfix(): Expression {
    const place = this.#primary();
    if (!isPlace(place)) return place;
    if (this.eat('++')) return { type: 'increment', by: 1, before: false, place };
    if (this.eat('--')) return { type: 'increment', by: -1, before: false, place };
    return place;
  }

  #primary(): Expression {
    const { type, text, line } = this.token;
    const start = this.#at;
    this.#at += 1;
    switch (type) {
      case 'number':
        return { type: 'number', value: Number(text) };
      case 'string':
        return { type: 'string', value: text };
      case 'regex':
        return { type: 'regex', source: text };
      case 'call':
        this.want('(');
        return { type: 'call', name: text, args: this.list(')'), line };
      case 'name':
        if (this.eat('[')) return { type: 'element', array: text, key: this.list(']') };
        return text === 'length' ? { type: 'call', name: text, args: [], line } : { type: 'variable', name: text };
      default: {
        const found = this.#bracketed(text);
        if (found !== undefined) return found;
        this.#at = start;
        throw this.unexpected();
      }
    }
  }

  /** What an operator or keyword begins at the start of an operand. */
  #bracketed(text: string): Expression | undefined {
    if (text === 'getline') return this.#getline();
    if (text === '$') return { type: 'field', index: this.#fieldIndex() };
    if (text === '++' || text === '--') {
      const place = this.#primary();
      if (!isPlace(place)) throw this.unexpected();
      return { type: 'increment', by: text === '++' ? 1 : -1, before: true, place };
    }
    if (text === '-' || text === '+' || text === '!') return { type: 'unary', operator: text, operand: this.#unary() };
    if (text !== '(') return undefined;
    const items = this.list(')');
    const [inner] = items;
    return items.length === 1 && inner !== undefined ? { type: 'parentheses', inner } : { type: 'list', items };
  }

  #fieldIndex(): Expression {
    for (const operator of ['-', '+', '!'] as const)
      if (this.eat(operator)) return { type: 'unary', operator, operand: this.#primary() };
    return this.#primary();
  }

  #optionalPlace(): Place | undefined {
    if (!this.is('$') && this.token.type !== 'name') return undefined;
    const place = this.#primary();
    if (!isPlace(place)) throw this.unexpected();
    return place;
  }
  #getline(): Expression {
    const place = this.#optionalPlace();
    if (this.eat('<')) return { type: 'getline', from: 'file', source: this.#primary(), place };
    return { type: 'getline', from: 'input', source: undefined, place };
  }
}
