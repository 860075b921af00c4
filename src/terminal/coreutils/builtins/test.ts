/** test and [ (GNU coreutils 9.4): the grammar that goes by how many arguments there are. */
import { Shell } from '../../shell/shell.ts';
import { testArguments } from '../../shell/commands/test-expression.ts';
import { namedIo, type Applet } from '../command.ts';

const run: Applet['applet'] = async (process, flavour, argv) => {
  const io = namedIo(process, flavour, argv, { name: 'test' });
  const isBracket = argv[0]?.endsWith('[') === true;
  if (isBracket && argv.at(-1) !== ']') {
    await io.warn(flavour === 'busybox' ? 'missing ]' : 'missing \u2018]\u2019');
    return 2;
  }
  const words = argv.slice(1, isBracket ? -1 : undefined);
  const shell = new Shell(process);
  try {
    return new Grammar(words, isBracket, (some) => leaf(shell, some)).answer() ? 0 : 1;
  } catch (error) {
    if (!(error instanceof SyntaxFault)) throw error;
    const number = /^invalid integer \u2018(.*)\u2019$/s.exec(error.message)?.[1];
    if (flavour === 'busybox' && number !== undefined)
      await io.raw(`${isBracket ? '[' : 'test'}: ${number}: bad number\n`);
    else await io.warn(error.message);
    return 2;
  }
};
export const testProgram: Applet = { name: 'test', run: (process) => run(process, 'gnu', process.argv), applet: run };

/** One operator with its operands. */
function leaf(shell: Shell, words: readonly string[]): boolean {
  const answer = testArguments(shell, words);
  if (typeof answer === 'boolean') return answer;
  throw new SyntaxFault(answer.message);
}

class SyntaxFault extends Error {}

const BINARY = new Set(['=', '==', '!=', '-nt', '-ot', '-ef', '-eq', '-ne', '-lt', '-le', '-gt', '-ge']);
const UNARY = /^-[a-zA-Z]$/;
const UNARY_LETTERS = 'bcdefghknoprstuwxzGLNOS';
const NUMERIC = /^-(eq|ne|lt|le|gt|ge)$/;
const quote = (text: string): string => `\u2018${text}\u2019`;

class Grammar {
  #at = 0;

  constructor(
    private readonly words: readonly string[],
    private readonly isBracket: boolean,
    private readonly evaluate: (words: readonly string[]) => boolean,
  ) {}

  answer(): boolean {
    if (this.words.length === 0) return false;
    const value = this.#byCount(this.words.length);
    const extra = this.words[this.#at];
    if (extra !== undefined) throw new SyntaxFault(`extra argument ${quote(extra)}`);
    return value;
  }

  #word(ahead = 0): string {
    return this.words[this.#at + ahead] ?? '';
  }
  get #left(): number {
    return this.words.length - this.#at;
  }
  #advance(mustHaveMore: boolean): void {
    this.#at += 1;
    if (mustHaveMore && this.#left <= 0) this.#beyond();
  }
  #beyond(): never {
    throw new SyntaxFault(`missing argument after ${quote(this.words.at(-1) ?? '')}`);
  }

  #byCount(count: number): boolean {
    if (count === 1) return this.#one();
    if (count === 2) return this.#two();
    if (count === 3) return this.#three();
    if (count === 4 && this.#word() === '!') {
      this.#advance(true);
      return !this.#three();
    }
    if (count === 4 && this.#word() === '(' && this.#word(3) === ')') return this.#inside(() => this.#two());
    return this.#or();
  }

  #inside(value: () => boolean): boolean {
    this.#advance(false);
    const answer = value();
    this.#advance(false);
    return answer;
  }

  #one(): boolean {
    const value = this.#word() !== '';
    this.#advance(false);
    return value;
  }

  #two(): boolean {
    if (this.#word() === '!') {
      this.#advance(false);
      return !this.#one();
    }
    return UNARY.test(this.#word()) ? this.#unary() : this.#beyond();
  }

  #three(): boolean {
    if (BINARY.has(this.#word(1))) return this.#binary();
    if (this.#word() === '!') {
      this.#advance(true);
      return !this.#two();
    }
    if (this.#word() === '(' && this.#word(2) === ')') return this.#inside(() => this.#one());
    if (this.#word(1) === '-a' || this.#word(1) === '-o') return this.#or();
    throw new SyntaxFault(`${quote(this.#word(1))}: binary operator expected`);
  }

  #or(): boolean {
    let value = this.#and();
    while (this.#word() === '-o' && this.#left > 0) {
      this.#advance(true);
      value = this.#and() || value;
    }
    return value;
  }

  #and(): boolean {
    let value = this.#term();
    while (this.#word() === '-a' && this.#left > 0) {
      this.#advance(true);
      value = this.#term() && value;
    }
    return value;
  }

  #term(): boolean {
    let negated = false;
    while (this.#left > 0 && this.#word() === '!') {
      this.#advance(true);
      negated = !negated;
    }
    if (this.#left <= 0) this.#beyond();
    return this.#primary() !== negated;
  }

  #primary(): boolean {
    if (this.#word() === '(') {
      this.#advance(true);
      const close = this.words.indexOf(')', this.#at + 1) - this.#at;
      const value = this.#byCount(close > 0 && close <= 4 ? close : this.#left);
      // GNU's [ still sees its closing bracket here.
      const found = this.words[this.#at] ?? (this.isBracket ? ']' : undefined);
      if (found === undefined) throw new SyntaxFault(`${quote(')')} expected`);
      if (found !== ')') throw new SyntaxFault(`${quote(')')} expected, found ${quote(found)}`);
      this.#advance(false);
      return value;
    }
    if (this.#left >= 4 && this.#word() === '-l' && BINARY.has(this.#word(2))) {
      this.#at += 1;
      return this.#binary(true);
    }
    if (this.#left >= 3 && BINARY.has(this.#word(1))) return this.#binary();
    return UNARY.test(this.#word()) ? this.#unary() : this.#one();
  }

  #unary(): boolean {
    const operator = this.#word();
    if (!UNARY_LETTERS.includes(operator.slice(1)))
      throw new SyntaxFault(`${quote(operator)}: unary operator expected`);
    this.#advance(true);
    const operand = this.#word();
    this.#advance(false);
    if (operator === '-t') this.#integer(operand);
    return this.evaluate([operator, operand]);
  }

  /** `-l TEXT` stands for a length. */
  #binary(leftIsLength = false): boolean {
    const [left, operator] = [this.#word(), this.#word(1)];
    const rightIsLength = this.#word(2) === '-l' && this.#left > 3;
    const right = this.#word(rightIsLength ? 3 : 2);
    this.#at += rightIsLength ? 4 : 3;
    if (!NUMERIC.test(operator)) return this.evaluate([left, operator, right]);
    const value = (text: string, isLength: boolean): string => (isLength ? String(text.length) : this.#integer(text));
    return this.evaluate([value(left, leftIsLength), operator, value(right, rightIsLength)]);
  }

  #integer(text: string): string {
    const digits = /^\s*([-+]?\d+)\s*$/.exec(text)?.[1];
    if (digits === undefined) throw new SyntaxFault(`invalid integer ${quote(text)}`);
    return digits.replace(/^\+/, '');
  }
}
