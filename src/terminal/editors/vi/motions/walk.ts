import type { ViPlace, ViState } from '../state/state.ts';

/** Where a step has led: along the line, behind its last character, to another line, or nowhere. */
export type Step = 'moved' | 'line-end' | 'other-line' | 'stuck';

/** A place that goes through a text a character at a time; behind the last of each line is a place too. */
export class Walk implements ViPlace {
  row: number;
  column: number;
  readonly #lines: readonly string[];
  /** The characters of the row that was looked at last. */
  #known: { readonly row: number; readonly chars: readonly string[] } | undefined;

  constructor({ lines }: Pick<ViState, 'lines'>, { row, column }: ViPlace) {
    this.#lines = lines;
    this.row = row;
    this.column = column;
  }
  copy(): Walk {
    return new Walk({ lines: this.#lines }, this);
  }
  goTo({ row, column }: ViPlace): void {
    this.row = row;
    this.column = column;
  }
  get place(): ViPlace {
    return { row: this.row, column: this.column };
  }
  get chars(): readonly string[] {
    if (this.#known?.row !== this.row) this.#known = { row: this.row, chars: [...(this.#lines[this.row] ?? '')] };
    return this.#known.chars;
  }
  /** Empty behind the last character. */
  get char(): string {
    return this.chars[this.column] ?? '';
  }
  get isOnEmptyLine(): boolean {
    return this.chars.length === 0;
  }
  get isOnLastLine(): boolean {
    return this.row + 1 >= this.#lines.length;
  }
  get isOnBlank(): boolean {
    return this.char === ' ' || this.char === '\t';
  }
  /** Whether there is nothing but blanks before this place and under it. */
  get isInIndent(): boolean {
    const { chars } = this;
    const first = chars.findIndex((char) => char !== ' ' && char !== '\t');
    return (first < 0 ? chars.length : first) > this.column;
  }
  isAt({ row, column }: ViPlace): boolean {
    return this.row === row && this.column === column;
  }
  isBefore({ row, column }: ViPlace): boolean {
    return this.row < row || (this.row === row && this.column < column);
  }

  on(): Step {
    const { length } = this.chars;
    if (this.column < length) {
      this.column += 1;
      return this.column === length ? 'line-end' : 'moved';
    }
    if (this.isOnLastLine) return 'stuck';
    this.row += 1;
    this.column = 0;
    return 'other-line';
  }
  back(): Step {
    if (this.column > 0) {
      this.column -= 1;
      return 'moved';
    }
    if (this.row === 0) return 'stuck';
    this.row -= 1;
    this.column = this.chars.length;
    return 'other-line';
  }
  /** The same past the ends of lines that are not empty. */
  onPastEnds(): Step {
    const step = this.on();
    return step !== 'moved' && step !== 'stuck' && this.column > 0 ? this.on() : step;
  }
  backPastEnds(): Step {
    const step = this.back();
    return step === 'other-line' && this.column > 0 ? this.back() : step;
  }
}
