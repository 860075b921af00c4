import { escapePattern, escapeRegExp } from './pattern.ts';

/** A stretch of a word's result; quoted text is never split and never a pattern. */
interface Piece {
  text: string;
  readonly quoted: boolean;
}

export class Field {
  readonly pieces: Piece[] = [];

  add(text: string, quoted: boolean): void {
    const last = this.pieces.at(-1);
    if (last?.quoted === quoted) last.text += text;
    else this.pieces.push({ text, quoted });
  }
  get text(): string {
    const [only] = this.pieces;
    if (this.pieces.length === 1 && only !== undefined) return only.text;
    let out = '';
    for (const piece of this.pieces) out += piece.text;
    return out;
  }
  /** As a shell pattern: what was quoted matches itself. */
  get pattern(): string {
    return this.pieces.map(({ text, quoted }) => (quoted ? escapePattern(text) : text)).join('');
  }
  /** As an extended regular expression: what was quoted matches itself. */
  get regex(): string {
    return this.pieces.map(({ text, quoted }) => (quoted ? escapeRegExp(text) : text)).join('');
  }
  /** Whether unquoted text could be a pattern. */
  get mayGlob(): boolean {
    return this.pieces.some(({ text, quoted }) => !quoted && /[*?[+@!]/.test(text));
  }
}

/** Gathers a word's result and splits it by IFS (POSIX 2.6.5). */
export class FieldBuilder {
  readonly fields: Field[] = [];
  readonly split: boolean;
  readonly #ifs: string;
  #open: Field | undefined;
  #afterSpace = false;

  constructor(split: boolean, ifs: string) {
    this.split = split;
    this.#ifs = ifs;
  }

  /** Text that the word itself contains. */
  literal(text: string, quoted: boolean): void {
    if (text === '' && !quoted) return;
    this.#field().add(text, quoted);
  }

  /** The result of an unquoted expansion. */
  expanded(text: string): void {
    if (text === '') return;
    if (!this.split || this.#ifs === '') {
      this.#field().add(text, false);
      return;
    }
    let from = -1;
    for (let i = 0; i < text.length; i += 1) {
      const char = text.charAt(i);
      if (!this.#ifs.includes(char)) {
        if (from < 0) from = i;
        continue;
      }
      if (from >= 0) this.#field().add(text.slice(from, i), false);
      from = -1;
      this.#delimiter(char);
    }
    if (from >= 0) this.#field().add(text.slice(from), false);
  }

  /** Ends a field where `"$@"` has its seams. */
  cut(): void {
    if (this.#open !== undefined) this.fields.push(this.#open);
    this.#open = undefined;
    this.#afterSpace = false;
  }

  finish(): readonly Field[] {
    this.cut();
    return this.fields;
  }

  /** One string of everything, for words that are not split. */
  single(): Field {
    this.cut();
    const [first = new Field(), ...more] = this.fields;
    for (const field of more) {
      first.add(' ', true);
      for (const piece of field.pieces) first.add(piece.text, piece.quoted);
    }
    return first;
  }

  #field(): Field {
    this.#afterSpace = false;
    this.#open ??= new Field();
    return this.#open;
  }

  #delimiter(char: string): void {
    const space = char === ' ' || char === '\t' || char === '\n';
    if (this.#open !== undefined) {
      this.fields.push(this.#open);
      this.#open = undefined;
      this.#afterSpace = space;
    } else if (!space) {
      if (this.#afterSpace) this.#afterSpace = false;
      else this.fields.push(new Field());
    }
  }
}
