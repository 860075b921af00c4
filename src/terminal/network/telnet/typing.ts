/**
 * What is typed while telnet is connected, as it has the terminal work on it: a line that is edited here and sent whole, or
 * one character after the other. Its own escape character ends a line at once.
 */
import type { Escape } from './settings.ts';
import { marked } from './wire.ts';

const CONTROL = { intr: 3, eof: 4, backspace: 8, tab: 9, lf: 10, cr: 13, reprint: 18, kill: 21, lnext: 22, word: 23 };
const SUSPEND = 26;
const QUIT = 28;
const DELETE = 127;
const SPACE = 32;
/** The protocol's commands for a signal: interrupt process, suspend, break. */
const SIGNALS = new Map([
  [CONTROL.intr, 244],
  [SUSPEND, 237],
  [QUIT, 243],
]);

export interface Typed {
  /** To be sent as it is. */
  readonly raw?: Uint8Array;
  /** To be sent as text. */
  readonly text?: readonly number[];
  readonly echo: string;
  /** The escape character came. */
  readonly escaped?: boolean;
}

const shown = (byte: number): string =>
  byte === DELETE
    ? '^?'
    : byte < SPACE && byte !== CONTROL.tab
      ? `^${String.fromCharCode(byte + 64)}`
      : String.fromCharCode(byte);

/** A line as the terminal driver would edit it. */
export class TypedLine {
  #bytes: number[] = [];
  #literal = false;

  constructor(private readonly escape: Escape) {}

  take(byte: number): Typed {
    if (this.#literal) {
      this.#literal = false;
      return this.#add(byte);
    }
    const signal = SIGNALS.get(byte);
    if (signal !== undefined) {
      this.#bytes = [];
      return { raw: marked(signal), echo: shown(byte) };
    }
    if (byte === this.escape.byte) return { text: this.#leave(), echo: shown(byte), escaped: true };
    switch (byte) {
      case CONTROL.cr:
      case CONTROL.lf:
        return { text: [...this.#leave(), CONTROL.lf], echo: '\n' };
      case CONTROL.eof:
        return { text: this.#bytes.length === 0 ? [CONTROL.eof] : this.#leave(), echo: '' };
      case CONTROL.lnext:
        this.#literal = true;
        return { echo: '^\b' };
      case CONTROL.reprint:
        return { echo: `^R\n${this.#bytes.map(shown).join('')}` };
      case CONTROL.backspace:
      case DELETE:
        return { echo: this.#erase() };
      case CONTROL.kill:
        return { echo: this.#eraseWhile(() => true) };
      case CONTROL.word: {
        const blanks = this.#eraseWhile((last) => last === SPACE);
        return { echo: blanks + this.#eraseWhile((last) => last !== SPACE) };
      }
      default:
        return this.#add(byte);
    }
  }

  #add(byte: number): Typed {
    this.#bytes.push(byte);
    return { echo: shown(byte) };
  }
  #leave(): readonly number[] {
    const line = this.#bytes;
    this.#bytes = [];
    return line;
  }
  #erase(): string {
    // The bytes of one character go together.
    while ((this.#bytes.at(-1) ?? 0) >> 6 === 2) this.#bytes.pop();
    const byte = this.#bytes.pop();
    return byte === undefined ? '' : '\b \b'.repeat(shown(byte).length);
  }
  #eraseWhile(wanted: (byte: number) => boolean): string {
    let echo = '';
    for (let last = this.#bytes.at(-1); last !== undefined && wanted(last); last = this.#bytes.at(-1))
      echo += this.#erase();
    return echo;
  }
}

/** One character after the other. */
export function typedCharacter(byte: number, escape: Escape): Typed {
  const signal = SIGNALS.get(byte);
  if (signal !== undefined) return { raw: marked(signal), echo: shown(byte) };
  return byte === escape.byte ? { echo: shown(byte), escaped: true } : { text: [byte], echo: shown(byte) };
}
