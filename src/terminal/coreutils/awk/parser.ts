import { tokenize } from './lexer.ts';
import type { AwkFunction, AwkProgram, Expression, Redirection, Rule, Statement } from './syntax.ts';
import { ExpressionParser } from './expression-parser.ts';

/** Parses a program; throws `AwkSyntax`. */
export function parseAwk(source: string): AwkProgram {
  return new ProgramParser(tokenize(source)).program();
}

class ProgramParser extends ExpressionParser {
  readonly #functions = new Map<string, AwkFunction>();

  program(): AwkProgram {
    const rules: Rule[] = [];
    for (;;) {
      this.skipTerminators();
      if (this.token.type === 'end') return { rules, functions: this.#functions };
      if (this.eat('function') || this.eat('func')) this.#function();
      else rules.push(this.#rule());
    }
  }

  #function(): void {
    const name = this.name();
    this.want('(');
    const parameters: string[] = [];
    while (!this.eat(')')) {
      parameters.push(this.name());
      this.eat(',');
      this.skipNewlines();
    }
    this.skipNewlines();
    this.#functions.set(name, { parameters, body: this.#block() });
  }

  #rule(): Rule {
    for (const when of ['BEGIN', 'END'] as const)
      if (this.eat(when)) {
        this.skipNewlines();
        return { when, until: undefined, body: this.#block() };
      }
    let when: Expression | undefined;
    let until: Expression | undefined;
    if (!this.is('{')) {
      when = this.expression();
      if (this.eat(',')) {
        this.skipNewlines();
        until = this.expression();
      }
    }
    return { when, until, body: this.is('{') ? this.#block() : undefined };
  }

  #block(): Statement {
    this.want('{');
    this.depth += 1;
    const statements: Statement[] = [];
    this.skipTerminators();
    while (!this.eat('}')) {
      statements.push(this.#statement());
      this.skipTerminators();
    }
    this.depth -= 1;
    return { type: 'block', statements };
  }

  #statement(): Statement {
    if (this.is('{')) return this.#block();
    if (this.eat('if')) return this.#if();
    if (this.eat('while')) {
      const test = this.#test();
      return { type: 'while', test, body: this.#body() };
    }
    if (this.eat('do')) {
      const body = this.#body();
      this.skipTerminators();
      this.want('while');
      const test = this.#test();
      this.#endSimple();
      return { type: 'do', test, body };
    }
    if (this.eat('for')) return this.#for();
    const statement = this.#simple();
    this.#endSimple();
    return statement;
  }

  #if(): Statement {
    const test = this.#test();
    const yes = this.#body();
    const mark = this.mark();
    this.skipTerminators();
    if (this.eat('else')) return { type: 'if', test, yes, no: this.#body() };
    this.reset(mark);
    return { type: 'if', test, yes, no: undefined };
  }

  #test(): Expression {
    this.want('(');
    const test = this.expression();
    this.want(')');
    return test;
  }

  #body(): Statement {
    this.skipNewlines();
    return this.eat(';') ? { type: 'block', statements: [] } : this.#statement();
  }

  #for(): Statement {
    this.want('(');
    const [variable, word, array, close] = this.peek(4);
    if (variable?.type === 'name' && word?.text === 'in' && array?.type === 'name' && close?.text === ')') {
      this.reset(this.mark() + 4);
      return { type: 'for-in', variable: variable.text, array: array.text, body: this.#body() };
    }
    const first = this.is(';') ? undefined : this.#simple();
    this.want(';');
    this.skipNewlines();
    const test = this.is(';') ? undefined : this.expression();
    this.want(';');
    this.skipNewlines();
    const step = this.is(')') ? undefined : this.#simple();
    this.want(')');
    return { type: 'for', first, test, step, body: this.#body() };
  }

  #simple(): Statement {
    for (const type of ['next', 'break', 'continue', 'nextfile'] as const) if (this.eat(type)) return { type };
    for (const type of ['exit', 'return'] as const)
      if (this.eat(type)) return { type, value: this.#endsHere() ? undefined : this.expression() };
    for (const type of ['print', 'printf'] as const) if (this.eat(type)) return this.#print(type);
    if (!this.eat('delete')) return { type: 'expression', expression: this.expression() };
    const array = this.name();
    return { type: 'delete', array, key: this.eat('[') ? this.list(']') : undefined };
  }

  #endsHere(): boolean {
    const { type } = this.token;
    return type === 'newline' || type === 'end' || this.is(';') || this.is('}');
  }
  #endSimple(): void {
    if (this.is('}') || this.token.type === 'end') return;
    if (this.token.type !== 'newline' && !this.is(';')) throw this.unexpected();
    this.reset(this.mark() + 1);
  }

  #print(type: 'print' | 'printf'): Statement {
    const args: Expression[] = [];
    const isTarget = (): boolean => ['>', '>>', '|'].some((operator) => this.is(operator));
    this.noGreater = true;
    if (!this.#endsHere() && !isTarget()) {
      const first = this.expression();
      if (first.type === 'list') args.push(...first.items);
      else args.push(first);
      while (this.eat(',')) {
        this.skipNewlines();
        args.push(this.expression());
      }
    }
    this.noGreater = false;
    for (const how of ['>>', '>', '|'] satisfies Redirection[])
      if (this.eat(how)) return { type, args, target: { how, name: this.concatenation() } };
    return { type, args, target: undefined };
  }
}
