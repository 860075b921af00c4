import { C_ESCAPES } from '../../../formats/c-escapes.ts';
import { AwkSyntax } from './syntax.ts';

export interface Token {
  /** `call` is a name with its parenthesis right after it. */
  readonly type: 'number' | 'string' | 'regex' | 'name' | 'call' | 'keyword' | 'operator' | 'newline' | 'end';
  readonly text: string;
  readonly line: number;
}

const KEYWORDS = new Set(
  'BEGIN END function func if else while for do break continue next nextfile exit return delete in getline print printf'.split(
    ' ',
  ),
);

/** Longer operators before those that they begin with. */
const OPERATORS = /^(?:\*\*=|&&|\|\||==|!=|<=|>=|\+\+|--|\+=|-=|\*=|\/=|%=|\^=|\*\*|>>|!~|[{}()[\];,+\-*/%^!<>|?:~$=])/;

const ESCAPES: Readonly<Record<string, string>> = { ...C_ESCAPES, '"': '"', '/': '/' };

/** The tokens of a program, the end included. */
export function tokenize(source: string): readonly Token[] {
  return new Lexer(source).all();
}

class Lexer {
  readonly #source: string;
  #at = 0;
  #line = 1;
  readonly #tokens: Token[] = [];

  constructor(source: string) {
    this.#source = source;
  }

  all(): readonly Token[] {
    for (;;) {
      this.#at += /^(?:[ \t\r]|\\\r?\n|#[^\n]*)*/.exec(this.#rest())?.[0].length ?? 0;
      if (this.#at >= this.#source.length) break;
      this.#one();
    }
    this.#push('end', '', 0);
    return this.#tokens;
  }

  #rest(): string {
    return this.#source.slice(this.#at);
  }
  #push(type: Token['type'], text: string, length: number): void {
    this.#tokens.push({ type, text, line: this.#line });
    this.#at += length;
  }

  #one(): void {
    const rest = this.#rest();
    const char = rest.charAt(0);
    if (char === '\n') {
      this.#push('newline', '\n', 1);
      this.#line += 1;
      return;
    }
    const number = /^(?:0[xX][0-9a-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)/.exec(rest)?.[0];
    if (number !== undefined) {
      this.#push('number', number, number.length);
      return;
    }
    const name = /^[A-Za-z_]\w*/.exec(rest)?.[0];
    if (name !== undefined) {
      const type = KEYWORDS.has(name) ? 'keyword' : rest.charAt(name.length) === '(' ? 'call' : 'name';
      this.#push(type, name, name.length);
    } else if (char === '"') this.#string();
    else if (char === '/' && !this.#endsValue()) this.#regex();
    else {
      const operator = OPERATORS.exec(rest)?.[0];
      if (operator === undefined) throw new AwkSyntax(`syntax error at or near ${char}`, this.#line);
      this.#push('operator', operator, operator.length);
    }
  }

  /** Whether what came before is a value, after which a slash divides. */
  #endsValue(): boolean {
    const last = this.#tokens.at(-1);
    if (last === undefined) return false;
    if (['number', 'string', 'regex', 'name'].includes(last.type)) return true;
    return last.type === 'operator' && [')', ']', '$', '++', '--'].includes(last.text);
  }

  #string(): void {
    let value = '';
    for (this.#at += 1; this.#source.charAt(this.#at) !== '"'; this.#at += 1) {
      const char = this.#source.charAt(this.#at);
      if (char === '' || char === '\n') throw new AwkSyntax(`runaway string constant "${value} ...`, this.#line);
      value += char === '\\' ? this.#escape() : char;
    }
    this.#push('string', value, 1);
  }

  /** What a backslash and what follows it mean; stops at the last character of it. */
  #escape(): string {
    const rest = this.#source.slice(this.#at + 1);
    const octal = /^[0-7]{1,3}/.exec(rest)?.[0];
    if (octal !== undefined) {
      this.#at += octal.length;
      return String.fromCharCode(Number.parseInt(octal, 8));
    }
    const next = rest.charAt(0);
    this.#at += 1;
    return next === '\n' ? '' : (ESCAPES[next] ?? `\\${next}`);
  }

  #regex(): void {
    let value = '';
    let bracket = false;
    for (this.#at += 1; this.#source.charAt(this.#at) !== '/' || bracket; this.#at += 1) {
      const char = this.#source.charAt(this.#at);
      if (char === '' || char === '\n') throw new AwkSyntax(`runaway regular expression /${value} ...`, this.#line);
      if (char === '\\') {
        const next = this.#source.charAt(this.#at + 1);
        value += next === '/' ? '/' : char + next;
        this.#at += 1;
        continue;
      }
      if (char === '[' && !bracket) {
        bracket = true;
        // A `]` that comes first is an ordinary one.
        const first = /^\[\^?\]?/.exec(this.#rest())?.[0] ?? '[';
        value += first;
        this.#at += first.length - 1;
        continue;
      }
      if (char === ']') bracket = false;
      value += char;
    }
    this.#push('regex', value, 1);
  }
}
