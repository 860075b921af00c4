/** What bash says of a `[[` that it cannot read (parse.y cond_term, cond_error). */

export interface ConditionalFault {
  /** Nothing is said where an expression ends before it has begun. */
  readonly message: string | undefined;
  readonly pos: number;
  /** The text ends before `]]`. */
  readonly unfinished: boolean;
  /** Nothing comes after it. */
  readonly last: boolean;
}

type Token = { readonly type: 'word' | 'end' | 'eof' | 'operator'; readonly text: string; readonly pos: number };

const UNARY = /^-[abcdefghknoprstuvwxzGLORSN]$/;
const BINARY = new Set('= == != =~ -nt -ot -ef -eq -ne -lt -le -gt -ge'.split(' '));
const PATTERNS = new Set(['=', '==', '!=', '=~']);

/** The first fault of the conditional command that begins at `start`; undefined where it can be read. */
export function conditionalFault(text: string, start: number): ConditionalFault | undefined {
  return new Reader(text, start + '[['.length).fault(start);
}

class Reader {
  #fault: ConditionalFault | undefined;
  #ended = false;
  #next: Token;

  constructor(
    private readonly text: string,
    private at: number,
  ) {
    this.#next = this.#read(false);
  }

  fault(start: number): ConditionalFault | undefined {
    this.#expression();
    if (this.#fault === undefined && this.#next.type !== 'end') {
      const { type, text } = this.#next;
      if (type === 'eof') this.#fail("unexpected EOF while looking for `]]'", start);
      else if (type === 'word') this.#fail('syntax error in conditional expression', start);
      else this.#fail(`syntax error in conditional expression: unexpected token \`${text}'`, start);
    }
    return this.#fault;
  }

  #fail(message: string | undefined, pos = this.#next.pos): void {
    this.#fault ??= { message, pos, unfinished: message?.includes('EOF') === true, last: this.#ended };
  }

  /** `||` and `&&` need no order of their own here: both join terms. */
  #expression(): void {
    for (;;) {
      this.#skipNewlines();
      this.#term();
      if (this.#fault !== undefined) return;
      this.#skipNewlines();
      if (this.#next.text !== '&&' && this.#next.text !== '||') return;
      this.#advance();
    }
  }

  #term(): void {
    const { type, text } = this.#next;
    if (type === 'end') this.#fail(undefined);
    else if (type === 'eof') this.#fail("unexpected EOF while looking for `]]'");
    else if (text === '(') this.#group();
    else if (text === '!') {
      this.#advance();
      this.#skipNewlines();
      this.#term();
    } else if (type !== 'word') this.#fail(`unexpected token \`${text}' in conditional command`);
    else if (UNARY.test(text)) this.#operand('unary');
    else this.#comparison();
  }

  #group(): void {
    this.#advance();
    this.#expression();
    if (this.#fault !== undefined) {
      // bash goes on to miss the parenthesis.
      const said = this.#fault.message === undefined ? '' : `${this.#fault.message}\n`;
      if (!this.#fault.unfinished) this.#fault = { ...this.#fault, message: `${said}expected \`)'` };
      return;
    }
    const { type, text } = this.#next;
    if (text === ')' && type === 'operator') this.#advance();
    else if (type === 'eof') this.#fail("unexpected EOF while looking for `]]'");
    else this.#fail(type === 'word' ? "expected `)'" : `unexpected token \`${text}', expected \`)'`);
  }

  #comparison(): void {
    this.#advance();
    const { type, text } = this.#next;
    if (type === 'end' || text === '&&' || text === '||' || text === ')') return;
    if ((type === 'word' && BINARY.has(text)) || text === '<' || text === '>')
      this.#operand('binary', PATTERNS.has(text));
    else if (type === 'word') this.#fail('conditional binary operator expected');
    else this.#fail(`unexpected token \`${text}', conditional binary operator expected`);
  }

  #operand(of: 'unary' | 'binary', isPattern = false): void {
    this.#advance(isPattern);
    const { type, text } = this.#next;
    if (type === 'word') this.#advance();
    else this.#fail(`unexpected argument \`${text}' to conditional ${of} operator`);
  }

  #skipNewlines(): void {
    while (this.#next.text === 'newline' && this.#next.type === 'operator') this.#advance();
  }

  #advance(pattern = false): void {
    this.#next = this.#read(pattern);
  }

  #read(pattern: boolean): Token {
    const blanks = /^(?:[ \t]|\\\n)*/.exec(this.text.slice(this.at))?.[0].length ?? 0;
    const pos = this.at + blanks;
    const rest = this.text.slice(pos);
    // The last line ends as every line does, before the text does.
    if (rest === '') {
      const type = this.#ended || this.text.endsWith('\n') ? 'eof' : 'operator';
      this.#ended = true;
      return { type, text: 'newline', pos };
    }
    if (rest.startsWith('\n')) {
      this.at = pos + 1;
      return { type: 'operator', text: 'newline', pos };
    }
    const operator = pattern ? undefined : /^(?:&&|\|\||;;|[;&|()<>])/.exec(rest)?.[0];
    if (operator !== undefined) {
      this.at = pos + operator.length;
      return { type: 'operator', text: operator, pos };
    }
    this.at = wordEnd(this.text, pos, pattern);
    const text = this.text.slice(pos, this.at);
    return { type: text === ']]' ? 'end' : 'word', text, pos };
  }
}

const CLOSERS: Readonly<Record<string, string>> = { '(': ')', '{': '}' };

/** Where a word ends: quotes and expansions are part of it, and parentheses of a pattern. */
function wordEnd(text: string, start: number, pattern: boolean): number {
  let depth = 0;
  let at = start;
  while (at < text.length) {
    const letter = text.charAt(at);
    if (letter === '\\') at += 2;
    else if (letter === "'" || letter === '"' || letter === '`') at = quoteEnd(text, at, letter);
    else if (letter === '$' && CLOSERS[text.charAt(at + 1)] !== undefined)
      at = bracketEnd(text, at + 1, text.charAt(at + 1), CLOSERS[text.charAt(at + 1)] ?? ')');
    else if (depth === 0 && /\s/.test(letter)) break;
    else if (pattern && (letter === '(' || (letter === ')' && depth > 0))) {
      depth += letter === '(' ? 1 : -1;
      at += 1;
    } else if (!pattern && /[;&|()<>]/.test(letter)) break;
    else if (pattern && depth === 0 && /[;&]/.test(letter)) break;
    else at += 1;
  }
  return Math.min(at, text.length);
}

function quoteEnd(text: string, start: number, quote: string): number {
  let at = start + 1;
  while (at < text.length && text.charAt(at) !== quote) at += text.charAt(at) === '\\' && quote !== "'" ? 2 : 1;
  return at + 1;
}

function bracketEnd(text: string, start: number, open: string, close: string): number {
  let depth = 0;
  let at = start;
  for (; at < text.length; at += 1) {
    const letter = text.charAt(at);
    if (letter === "'" || letter === '"') at = quoteEnd(text, at, letter) - 1;
    else if (letter === open) depth += 1;
    else if (letter === close) {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return at;
}
