/** One file as grep goes through it: which lines are shown, with what before them, and what is counted. */
import { bytesToText, textToBytes } from '../../text.ts';
import type { Invocation } from '../command.ts';
import type { Settings } from './settings.ts';

interface Line {
  readonly text: string;
  /** From 1. */
  readonly number: number;
  /** Of its first byte. */
  readonly offset: number;
}

export class FileScan {
  /** Only counts and names are asked for. */
  readonly #quiet: boolean;
  /** The first hit decides. */
  readonly #first: boolean;
  /** Lines that a match further down may still want to show. */
  readonly #history: Line[] = [];
  #number = 0;
  #offset = 0;
  #count = 0;
  /** Lines of context after the last match that are still to be shown. */
  #tail = 0;
  #lastShown = 0;
  #binary = false;
  /** A line was not shown because it is no text. */
  #hidden = false;

  constructor(
    private readonly call: Invocation,
    private readonly settings: Settings,
    private readonly regex: RegExp,
    private readonly name: string,
    private readonly showsName: boolean,
    /** Columns of a number where -T lines things up. */
    private readonly width: number,
  ) {
    const has = (letter: string): boolean => call.options.has(letter);
    this.#first = has('q') || has('l') || has('L');
    this.#quiet = this.#first || has('c');
  }

  get found(): boolean {
    return this.#count > 0;
  }

  /** What follows holds bytes that no text has. */
  markBinary(): void {
    this.#binary = true;
  }

  /** The next line; says when nothing after it matters. */
  take(bytes: Uint8Array): 'more' | 'enough' {
    const text = bytesToText(bytes);
    const line: Line = { text, number: this.#number + 1, offset: this.#offset };
    this.#number += 1;
    this.#offset += bytes.length + 1;
    const isOver = this.#count >= this.settings.limit;
    this.regex.lastIndex = 0;
    if (!isOver && this.regex.test(text) !== this.settings.invert) return this.#hit(line);
    if (this.#tail > 0 && !this.#quiet) {
      this.#show(line, '-');
      this.#tail -= 1;
    } else if ((this.settings.before ?? 0) > 0 && !this.#quiet) {
      this.#history.push(line);
      if (this.#history.length > (this.settings.before ?? 0)) this.#history.shift();
    }
    return this.#isOver ? 'enough' : 'more';
  }

  /** Counts and names at the end of the file; the message where it is a binary file that matches. */
  finish(): string | undefined {
    const { options, io } = this.call;
    const { palette } = this.settings;
    if (options.has('q')) return undefined;
    const lists = options.order.findLast(([letter]) => letter === 'l' || letter === 'L')?.[0];
    if (options.has('c') && lists === undefined) {
      const head = options.has('Z') ? '\0' : palette.part('se', ':');
      io.line(`${this.showsName ? palette.part('fn', this.name) + head : ''}${String(this.#count)}`);
    }
    if (lists !== undefined && (lists === 'l') === this.found)
      io.out(`${palette.part('fn', this.name)}${options.has('Z') ? '\0' : '\n'}`);
    const tells = this.settings.binary === 'binary' && !this.#quiet;
    return tells && (this.#hidden || (this.#binary && this.found)) ? `${this.name}: binary file matches` : undefined;
  }

  get #isOver(): boolean {
    return this.#count >= this.settings.limit && this.#tail === 0;
  }

  #hit(line: Line): 'more' | 'enough' {
    this.#count += 1;
    if (this.#first || (this.#binary && !this.#quiet)) return 'enough';
    if (!this.#quiet) {
      for (const earlier of this.#history) this.#show(earlier, '-');
      this.#history.length = 0;
      this.#show(line, ':');
      this.#tail = this.settings.after ?? 0;
    }
    return this.#isOver ? 'enough' : 'more';
  }

  #show(line: Line, mark: ':' | '-'): void {
    const { io, options } = this.call;
    const { invert, before, after, separator, palette, end, binary } = this.settings;
    if (binary !== 'text' && /[\udc80-\udcff]/.test(line.text.replace(/[\ud800-\udbff][\udc00-\udfff]/g, ''))) {
      this.#hidden = true;
      return;
    }
    const grouped = before !== undefined || after !== undefined;
    if (grouped && separator !== undefined && this.#lastShown > 0 && line.number > this.#lastShown + 1)
      io.line(palette.part('se', separator));
    this.#lastShown = line.number;
    const selected = mark === ':';
    const holdsMatches = selected !== invert;
    if (options.has('o')) {
      if (!holdsMatches) return;
      const sign = invert ? '-' : ':';
      for (const match of this.#matchesIn(line.text)) {
        const offset = line.offset + textToBytes(line.text.slice(0, match.index)).length;
        io.out(this.#head(line, offset, sign, true) + palette.match(match[0], selected) + end);
      }
      return;
    }
    const text = palette.active ? this.#painted(line.text, selected, holdsMatches) : line.text;
    io.out(this.#head(line, line.offset, mark, line.text !== '') + text + end);
  }

  /** Name, number and offset, as far as they are asked for. */
  #head({ number }: Line, offset: number, mark: ':' | '-', hasText: boolean): string {
    const { options } = this.call;
    const { palette } = this.settings;
    const separator = palette.part('se', mark);
    const parts = [
      this.showsName ? palette.part('fn', this.name) + (options.has('Z') ? '\0' : separator) : '',
      options.has('n') ? palette.part('ln', String(number).padStart(this.width)) + separator : '',
      options.has('b') ? palette.part('bn', String(offset).padStart(this.width)) + separator : '',
    ].join('');
    return parts !== '' && options.has('T') && hasText ? `${parts}\t` : parts;
  }

  #painted(text: string, selected: boolean, holdsMatches: boolean): string {
    const { palette } = this.settings;
    if (!holdsMatches) return palette.after(text, selected);
    let out = '';
    let from = 0;
    for (const match of this.#matchesIn(text)) {
      out += palette.before(text.slice(from, match.index), selected) + palette.match(match[0], selected);
      from = match.index + match[0].length;
    }
    return out + palette.after(text.slice(from), selected);
  }

  #matchesIn(text: string): readonly RegExpExecArray[] {
    // matchAll begins where the last test ended.
    this.regex.lastIndex = 0;
    return [...text.matchAll(this.regex)].filter(([match]) => match !== '');
  }
}
