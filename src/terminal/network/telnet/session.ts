/** A connection of telnet: what is typed goes out, what comes in is shown, and the escape character leads to the prompt. */
import { concatBytes } from '../../../protocol/bytes.ts';
import { failed } from '../../../protocol/errno.ts';
import type { Fd, Process } from '../../../protocol/program.ts';
import { textToBytes } from '../../text.ts';
import type { Settings } from './settings.ts';
import { TypedLine, typedCharacter, type Typed } from './typing.ts';
import { CHARACTER_MODE, Hearing, OPENING, outgoing } from './wire.ts';

const RAW = { canonical: false, echo: false, signals: false, mapCrToNl: false } as const;
const COOKED = { canonical: true, echo: true, signals: true, mapCrToNl: true } as const;

export class Session {
  readonly #hearing = new Hearing();
  readonly #onTerminal: boolean;
  readonly #line: TypedLine;
  /** What was read leaves with the next turn; input that ends with it, or `close`, throws it away. */
  #held: Uint8Array[] = [];
  /** Characters leave as they are typed. */
  #single: boolean;

  constructor(
    private readonly process: Process,
    readonly fd: Fd,
    readonly host: string,
    readonly settings: Settings,
    telnetPort: boolean,
  ) {
    this.#onTerminal = process.isatty(0);
    this.#line = new TypedLine(settings.escape);
    this.#single = telnetPort;
  }

  get single(): boolean {
    return this.#single;
  }
  get echoesHere(): boolean {
    return !this.#hearing.echoes;
  }

  /** The first words of the protocol, where telnet says them. */
  async open(): Promise<void> {
    if (this.#single) await this.send(OPENING);
  }
  async characterMode(): Promise<void> {
    if (this.#single) return;
    this.#single = true;
    await this.send(CHARACTER_MODE);
  }
  async send(bytes: Uint8Array): Promise<void> {
    if (bytes.length > 0) await this.process.write(this.fd, bytes);
  }

  /** Until the escape character comes, with what stood behind it, or one of the ends is done. */
  async run(): Promise<{ readonly behind: Uint8Array } | 'ended'> {
    const { process } = this;
    if (this.#onTerminal) process.setTermios(0, RAW);
    try {
      for (;;) {
        const ready = await process.poll(
          [
            { fd: this.fd, read: true },
            { fd: 0, read: true },
          ],
          ...(this.#held.length > 0 ? [0] : []),
        );
        if (failed(ready)) continue;
        if (ready.includes(this.fd) && !(await this.#hear())) return 'ended';
        const typed = ready.includes(0) ? await process.read(0) : undefined;
        if (typed !== undefined && (failed(typed) || typed.length === 0)) return 'ended';
        await this.#release();
        if (typed === undefined) continue;
        const behind = await this.#take(typed);
        if (behind !== undefined) return { behind };
      }
    } finally {
      if (this.#onTerminal) process.setTermios(0, COOKED);
    }
  }

  async #release(): Promise<void> {
    const bytes = concatBytes(this.#held);
    this.#held = [];
    await this.send(bytes);
  }

  async #hear(): Promise<boolean> {
    const bytes = await this.process.read(this.fd);
    if (failed(bytes) || bytes.length === 0) return false;
    const { shown, answers } = this.#hearing.take(bytes);
    await this.send(answers);
    return shown.length === 0 || !failed(await this.process.write(1, shown));
  }

  /** What stands behind the escape character; undefined where it did not come. */
  async #take(bytes: Uint8Array): Promise<Uint8Array | undefined> {
    for (const [at, byte] of bytes.entries()) {
      const typed = this.#typed(byte);
      if (this.#onTerminal && this.echoesHere && typed.echo !== '')
        await this.process.write(1, textToBytes(typed.echo));
      if (typed.raw !== undefined) this.#held.push(typed.raw);
      if (typed.text !== undefined) this.#held.push(outgoing(Uint8Array.from(typed.text), this.settings.crlf));
      if (typed.escaped === true) return bytes.subarray(at + 1);
    }
    return undefined;
  }

  #typed(byte: number): Typed {
    if (this.#onTerminal) return this.#single ? typedCharacter(byte, this.settings.escape) : this.#line.take(byte);
    return byte === this.settings.escape.byte ? { echo: '', escaped: true } : { echo: '', text: [byte] };
  }
}
