import type { Io } from '../io.ts';
import { LineReader } from '../io.ts';

/** Questions of a program, answered by lines of its standard input. */
export class Questions {
  readonly #io: Io;
  readonly #answers: LineReader;

  constructor(io: Io) {
    this.#io = io;
    this.#answers = new LineReader(io.process, 0);
  }

  /** Whether the answer begins with y; the end of input is a no. */
  async agrees(question: string): Promise<boolean> {
    await this.#io.raw(`${this.#io.name}: ${question} `);
    return /^[yY]/.test((await this.#answers.nextText()) ?? '');
  }
}
