/** What -v tells on standard error: notes, the heads of requests and answers, and that data went by. */
import type { Io } from '../../io.ts';

export class Verbose {
  /** Data was told of since the last other line. */
  #dataTold = false;

  constructor(
    private readonly io: Io,
    private readonly on: boolean,
    /** The body is seen on a terminal, so that its passing needs no line. */
    private readonly bodyIsShown: boolean,
  ) {}

  note(text: string): Promise<void> {
    return this.#line(`* ${text}`);
  }
  async requestHead(lines: readonly string[]): Promise<void> {
    for (const line of [...lines, '']) await this.#line(`> ${line}\r`);
  }
  responseLine(line: string): Promise<void> {
    return this.#line(`< ${line}\r`);
  }
  async data(direction: '{' | '}', bytes: number): Promise<void> {
    if (this.#dataTold || this.bodyIsShown) return;
    await this.#line(`${direction} [${String(bytes)} bytes data]`);
    this.#dataTold = true;
  }

  async #line(text: string): Promise<void> {
    this.#dataTold = false;
    if (this.on) await this.io.raw(`${text}\n`);
  }
}
