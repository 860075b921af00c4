/** One file as grep goes through it: which lines are shown, with what before them, and what is counted. */
import type { Invocation } from './command.ts';

export interface Search {
  readonly regex: RegExp;
  readonly invert: boolean;
  readonly names: boolean;
  readonly before: number;
  readonly after: number;
  readonly limit: number;
}

interface Line {
  readonly text: string;
  /** From 1. */
  readonly number: number;
  /** Of its first byte. */
  readonly offset: number;
}

export class FileScan {
  readonly #quiet: boolean;
  readonly #color: boolean;
  /** Lines that a match further down may still want to show. */
  readonly #history: Line[] = [];
  #number = 0;
  #offset = 0;
  #count = 0;
  /** Lines of context after the last match that are still to be shown. */
  #tail = 0;
  #lastShown = 0;

  constructor(
    private readonly call: Invocation,
    private readonly search: Search,
    private readonly name: string,
  ) {
    const { options, process } = call;
    this.#quiet = ['q', 'l', 'L', 'c'].some((letter) => options.has(letter));
    const when = options.value('color');
    this.#color = options.has('color') && when !== 'never' && (when === 'always' || process.isatty(1));
  }

  get found(): boolean {
    return this.#count > 0;
  }

  /** The next line; says when nothing after it matters, `binary` after the only word about such a file. */
  take(text: string, bytes: number): 'more' | 'enough' | 'binary' {
    const { options, io } = this.call;
    const line: Line = { text, number: this.#number + 1, offset: this.#offset };
    this.#number += 1;
    this.#offset += bytes + 1;
    const isHit = this.#matches(text);
    if (isHit && this.#isBinary(line)) {
      io.out(`grep: ${this.name}: binary file matches\n`);
      return 'binary';
    }
    if (isHit) return this.#hit(line);
    if (this.#tail > 0 && !this.#quiet) {
      this.#show(line, '-');
      this.#tail -= 1;
      return this.#isOver ? 'enough' : 'more';
    }
    if (this.search.before > 0 && !this.#quiet) {
      this.#history.push(line);
      if (this.#history.length > this.search.before) this.#history.shift();
    }
    return options.has('q') && this.found ? 'enough' : 'more';
  }

  /** Counts and names at the end of the file; answers whether it counts as found. */
  finish(): boolean {
    const { options, io } = this.call;
    if (options.has('c') && !options.has('q'))
      io.line(`${this.search.names ? `${this.name}:` : ''}${String(this.#count)}`);
    if (options.has('l') && this.found && !options.has('q')) io.out(`${this.name}${options.has('Z') ? '\0' : '\n'}`);
    if (options.has('L') && !this.found) io.line(this.name);
    return options.has('L') ? !this.found : this.found;
  }

  get #isOver(): boolean {
    return this.#count >= this.search.limit && this.#tail === 0;
  }

  #matches(text: string): boolean {
    this.search.regex.lastIndex = 0;
    return this.search.regex.test(text) !== this.search.invert;
  }

  #isBinary({ text, number }: Line): boolean {
    const { options } = this.call;
    return number === 1 && text.includes('\0') && !options.has('a') && !options.has('z') && !this.#quiet;
  }

  #hit(line: Line): 'more' | 'enough' {
    const { options } = this.call;
    this.#count += 1;
    if (options.has('q') || options.has('l') || options.has('L')) return 'enough';
    if (!this.#quiet) {
      for (const earlier of this.#history) this.#show(earlier, '-');
      this.#history.length = 0;
      if (!(options.has('o') && this.search.invert)) this.#show(line, ':');
      this.#tail = this.search.after;
    }
    return this.#isOver ? 'enough' : 'more';
  }

  #show({ text, number, offset }: Line, mark: ':' | '-'): void {
    const { options, io } = this.call;
    const { regex, invert, before, after } = this.search;
    if (this.#lastShown > 0 && number > this.#lastShown + 1 && (before > 0 || after > 0)) io.line('--');
    this.#lastShown = number;
    const head = [
      this.search.names ? this.name + mark : '',
      options.has('n') ? `${String(number)}${mark}` : '',
      options.has('b') ? `${String(offset)}${mark}` : '',
    ].join('');
    if (options.has('o') && mark === ':') {
      // matchAll begins where the last test ended.
      regex.lastIndex = 0;
      for (const [match] of text.matchAll(regex))
        if (match !== '') io.line(head + (this.#color ? paint(match) : match));
      return;
    }
    const isPainted = this.#color && mark === ':' && !invert;
    io.line(head + (isPainted ? text.replace(regex, (match) => (match === '' ? '' : paint(match))) : text));
  }
}

const paint = (text: string): string => `\x1b[01;31m\x1b[K${text}\x1b[m\x1b[K`;
