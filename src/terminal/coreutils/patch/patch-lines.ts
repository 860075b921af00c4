/** The lines of a patch, read one after the other. */
export class PatchLines {
  readonly #lines: readonly string[];
  #at = 0;

  constructor(text: string) {
    this.#lines = text.split('\n');
    if (this.#lines.at(-1) === '') this.#lines = this.#lines.slice(0, -1);
  }

  /** The number of the line that comes next, from 0. */
  get at(): number {
    return this.#at;
  }

  peek(ahead = 0): string | undefined {
    return this.#lines[this.#at + ahead];
  }

  next(): string | undefined {
    const line = this.peek();
    if (line !== undefined) this.#at += 1;
    return line;
  }

  /** Lines from there to the next one. */
  slice(from: number): readonly string[] {
    return this.#lines.slice(from, this.#at);
  }
}
