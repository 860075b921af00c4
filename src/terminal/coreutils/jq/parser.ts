import type { Token } from './lexer.ts';
import { tokenize } from './lexer.ts';
import type { Definition, Filter, Pattern } from './syntax.ts';
import { JqSyntax } from './syntax.ts';

const IDENTITY: Filter = { type: 'identity' };

/** Parses a program; throws `JqSyntax`. */
export function parseJq(source: string): Filter {
  const parser = new Parser(tokenize(source));
  return parser.program();
}
/** Parses definitions without a filter after them. */
export function parseDefinitions(source: string): readonly Definition[] {
  return new Parser(tokenize(source)).definitions();
}

/** Binary operators from the loosest to the tightest; the first are right- or non-associative. */
const LEVELS: readonly (readonly string[])[] = [
  ['//'],
  ['=', '|=', '+=', '-=', '*=', '/=', '%=', '//='],
  ['or'],
  ['and'],
  ['==', '!=', '<', '<=', '>', '>='],
  ['+', '-'],
  ['*', '/', '%'],
];
const RESERVED = new Set(
  'def if then elif else end as reduce foreach try catch label import include and or __loc__'.split(' '),
);

class Parser {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  get #token(): Token {
    return this.#tokens[this.#at] ?? { type: 'end', text: '' };
  }
  #is(text: string): boolean {
    const { type, text: found } = this.#token;
    return (type === 'operator' || type === 'name') && found === text;
  }
  #isType(type: Token['type']): boolean {
    return this.#token.type === type;
  }
  #eat(text: string): boolean {
    if (!this.#is(text)) return false;
    this.#at += 1;
    return true;
  }
  #want(text: string): void {
    if (!this.#eat(text)) throw this.#unexpected();
  }
  #unexpected(): JqSyntax {
    const { type, text } = this.#token;
    const what = type === 'end' ? 'end of file' : type === 'name' && !RESERVED.has(text) ? 'IDENT' : `'${text}'`;
    return new JqSyntax(`syntax error, unexpected ${what}`);
  }
  #take(type: Token['type']): string {
    const token = this.#token;
    if (token.type !== type) throw this.#unexpected();
    this.#at += 1;
    return token.text;
  }

  program(): Filter {
    if (this.#isType('end')) return IDENTITY;
    const definitions = this.definitions(false);
    const body = this.#isType('end') ? IDENTITY : this.#pipe();
    if (!this.#isType('end')) throw this.#unexpected();
    return definitions.reduceRight<Filter>((inner, definition) => ({ type: 'define', definition, body: inner }), body);
  }

  definitions(alone = true): readonly Definition[] {
    const found: Definition[] = [];
    while (this.#is('def')) found.push(this.#definition());
    if (alone && !this.#isType('end')) throw this.#unexpected();
    return found;
  }

  #definition(): Definition {
    this.#want('def');
    const name = this.#take('name');
    const parameters: string[] = [];
    if (this.#eat('(')) {
      do parameters.push(this.#isType('variable') ? this.#take('variable') : this.#take('name'));
      while (this.#eat(';'));
      this.#want(')');
    }
    this.#want(':');
    const body = this.#pipe();
    this.#want(';');
    return { name, parameters, body };
  }

  #pipe(): Filter {
    if (this.#is('def')) {
      const definition = this.#definition();
      return { type: 'define', definition, body: this.#pipe() };
    }
    if (this.#eat('label')) {
      const name = this.#take('variable');
      this.#want('|');
      return { type: 'label', name, body: this.#pipe() };
    }
    const left = this.#comma();
    return this.#eat('|') ? { type: 'pipe', left, right: this.#pipe() } : left;
  }

  #comma(): Filter {
    let left = this.#binary(0);
    while (this.#eat(',')) left = { type: 'comma', left, right: this.#binary(0) };
    return left;
  }

  #binary(level: number): Filter {
    const operators = LEVELS[level];
    if (operators === undefined) return this.#unary();
    let left = this.#binary(level + 1);
    for (;;) {
      const operator = operators.find((each) => this.#is(each));
      if (operator === undefined) return left;
      this.#at += 1;
      // `//` groups to the right; assignments and comparisons do not group.
      const right = operator === '//' ? this.#binary(level) : this.#binary(level + 1);
      left = combine(operator, level, left, right);
    }
  }

  #unary(): Filter {
    return this.#eat('-') ? { type: 'negate', of: this.#unary() } : this.#postfix();
  }

  /** A term with what follows it; `as` binds its results unless a fold does. */
  #postfix(binds = true): Filter {
    let filter = this.#term();
    for (;;) {
      if (this.#eat('?')) filter = { type: 'try', body: filter, handler: undefined };
      else if (this.#isType('field')) filter = { type: 'index', of: filter, key: this.#fieldName() };
      else if (this.#is('.') && this.#tokens[this.#at + 1]?.type === 'quote') {
        this.#at += 1;
        filter = { type: 'index', of: filter, key: this.#string(undefined) };
      } else if (this.#is('.') && this.#tokens[this.#at + 1]?.text === '[') this.#at += 1;
      else if (this.#eat('[')) filter = this.#bracket(filter);
      else if (binds && this.#eat('as')) {
        const pattern = this.#pattern();
        this.#want('|');
        return { type: 'bind', source: filter, pattern, body: this.#pipe() };
      } else return filter;
    }
  }

  #fieldName(): Filter {
    return { type: 'literal', value: this.#take('field').slice(1) };
  }

  /** What stands in brackets after a term. */
  #bracket(of: Filter): Filter {
    if (this.#eat(']')) return { type: 'iterate', of };
    if (this.#eat(':')) {
      const to = this.#pipe();
      this.#want(']');
      return { type: 'slice', of, from: undefined, to };
    }
    const key = this.#pipe();
    if (this.#eat(':')) {
      const to = this.#is(']') ? undefined : this.#pipe();
      this.#want(']');
      return { type: 'slice', of, from: key, to };
    }
    this.#want(']');
    return { type: 'index', of, key };
  }

  #term(): Filter {
    const { type, text } = this.#token;
    switch (type) {
      case 'number':
        this.#at += 1;
        return { type: 'literal', value: Number(text) };
      case 'quote':
        return this.#string(undefined);
      case 'format':
        this.#at += 1;
        return this.#isType('quote') ? this.#string(text) : { type: 'format', name: text };
      case 'field':
        return { type: 'index', of: IDENTITY, key: this.#fieldName() };
      case 'variable':
        this.#at += 1;
        return { type: 'variable', name: text };
      case 'name':
        return this.#named(text);
      default:
        return this.#symbol();
    }
  }

  #symbol(): Filter {
    if (this.#eat('..')) return { type: 'recurse' };
    if (this.#eat('.')) {
      if (this.#isType('quote')) return { type: 'index', of: IDENTITY, key: this.#string(undefined) };
      return IDENTITY;
    }
    if (this.#eat('(')) {
      const inner = this.#pipe();
      this.#want(')');
      return inner;
    }
    if (this.#eat('[')) {
      const items = this.#is(']') ? undefined : this.#pipe();
      this.#want(']');
      return { type: 'array', items };
    }
    if (this.#eat('{')) return this.#object();
    throw this.#unexpected();
  }

  #named(name: string): Filter {
    if (this.#eat('if')) return this.#if();
    if (this.#eat('try')) {
      const body = this.#postfix();
      return { type: 'try', body, handler: this.#eat('catch') ? this.#postfix() : undefined };
    }
    if (name === 'reduce' || name === 'foreach') return this.#fold(name);
    if (name === 'def') {
      const definition = this.#definition();
      return { type: 'define', definition, body: this.#pipe() };
    }
    if (RESERVED.has(name)) throw this.#unexpected();
    this.#at += 1;
    if (name === 'break' && this.#isType('variable')) return { type: 'break', name: this.#take('variable') };
    const args: Filter[] = [];
    if (this.#eat('(')) {
      do args.push(this.#pipe());
      while (this.#eat(';'));
      this.#want(')');
    }
    return { type: 'call', name, args };
  }

  #if(): Filter {
    const test = this.#pipe();
    this.#want('then');
    const yes = this.#pipe();
    if (this.#eat('elif')) return { type: 'if', test, yes, no: this.#if() };
    const no = this.#eat('else') ? this.#pipe() : IDENTITY;
    this.#want('end');
    return { type: 'if', test, yes, no };
  }

  #fold(type: 'reduce' | 'foreach'): Filter {
    this.#at += 1;
    const source = this.#postfix(false);
    this.#want('as');
    const pattern = this.#pattern();
    this.#want('(');
    const start = this.#pipe();
    this.#want(';');
    const update = this.#pipe();
    const extract = type === 'foreach' && this.#eat(';') ? this.#pipe() : IDENTITY;
    this.#want(')');
    return type === 'reduce'
      ? { type, source, pattern, start, update }
      : { type, source, pattern, start, update, extract };
  }

  #pattern(): Pattern {
    if (this.#isType('variable')) return { type: 'name', name: this.#take('variable') };
    if (this.#eat('[')) {
      const items: Pattern[] = [];
      do items.push(this.#pattern());
      while (this.#eat(','));
      this.#want(']');
      return { type: 'items', items };
    }
    this.#want('{');
    const fields: { key: Filter; name: string | undefined; pattern: Pattern | undefined }[] = [];
    do {
      const name = this.#isType('variable') ? this.#take('variable') : undefined;
      const key: Filter = name === undefined ? this.#objectKey() : { type: 'literal', value: name.slice(1) };
      fields.push({ key, name, pattern: this.#eat(':') ? this.#pattern() : undefined });
    } while (this.#eat(','));
    this.#want('}');
    return { type: 'fields', fields };
  }

  #object(): Filter {
    const entries: { key: Filter; value: Filter }[] = [];
    while (!this.#eat('}')) {
      entries.push(this.#entry());
      if (!this.#eat(',') && !this.#is('}')) throw this.#unexpected();
    }
    return { type: 'object', entries };
  }

  #entry(): { readonly key: Filter; readonly value: Filter } {
    if (this.#isType('variable')) {
      const name = this.#take('variable');
      return { key: { type: 'literal', value: name.slice(1) }, value: { type: 'variable', name } };
    }
    const key = this.#objectKey();
    if (this.#eat(':')) return { key, value: this.#entryValue() };
    return { key, value: { type: 'index', of: IDENTITY, key } };
  }
  #entryValue(): Filter {
    let value = this.#binaryOfEntry();
    while (this.#eat('|')) value = { type: 'pipe', left: value, right: this.#binaryOfEntry() };
    return value;
  }
  #binaryOfEntry(): Filter {
    return this.#is('-') ? this.#unary() : this.#binary(0);
  }

  #objectKey(): Filter {
    const { type, text } = this.#token;
    if (type === 'name' || type === 'number') {
      this.#at += 1;
      return { type: 'literal', value: text };
    }
    if (type === 'quote') return this.#string(undefined);
    if (type === 'format') return this.#term();
    this.#want('(');
    const key = this.#pipe();
    this.#want(')');
    return key;
  }

  #string(format: string | undefined): Filter {
    this.#take('quote');
    const parts: (string | Filter)[] = [];
    while (!this.#isType('quote')) {
      if (this.#isType('text')) parts.push(this.#take('text'));
      else {
        this.#want('(');
        parts.push(this.#pipe());
        this.#want(')');
      }
    }
    this.#at += 1;
    const [only] = parts;
    if (parts.length === 1 && typeof only === 'string') return { type: 'literal', value: only };
    return { type: 'string', parts, format };
  }
}

function combine(operator: string, level: number, left: Filter, right: Filter): Filter {
  if (operator === '//') return { type: 'alternative', left, right };
  if (operator === 'and' || operator === 'or') return { type: operator, left, right };
  if (level === 1) return { type: 'update', operator, target: left, value: right };
  return { type: 'binary', operator, left, right };
}
