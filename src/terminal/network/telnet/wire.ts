/**
 * What TELNET (RFC 854) adds to a stream: commands behind IAC and the carriage returns at the ends of lines.
 * Leaves out: every option of the protocol but the other end's echo and the suppressed go-ahead; the others are declined.
 */
export const IAC = 255;
const DONT = 254;
const DO = 253;
const WONT = 252;
const WILL = 251;
const SUB = 250;
const END_OF_SUB = 240;
const ECHO = 1;
const SUPPRESS_GO_AHEAD = 3;
const TIMING_MARK = 6;
const CR = 13;
const LF = 10;
const NUL = 0;

/** What telnet begins with on its own port, where a telnet server is to be expected. */
export const OPENING = Uint8Array.of(
  ...[
    DO,
    38,
    WILL,
    38,
    DO,
    SUPPRESS_GO_AHEAD,
    WILL,
    24,
    WILL,
    31,
    WILL,
    32,
    WILL,
    33,
    WILL,
    34,
    WILL,
    39,
    DO,
    5,
  ].flatMap((byte, at) => (at % 2 === 0 ? [IAC, byte] : [byte])),
);
/** One character after the other, which the other end echoes. */
export const CHARACTER_MODE = Uint8Array.of(IAC, DO, SUPPRESS_GO_AHEAD, IAC, DO, ECHO);
export const LOGOUT = Uint8Array.of(IAC, DO, 18);

/** A command, and the mark after which the other end has thrown away what came before. */
export const marked = (command: number): Uint8Array => Uint8Array.of(IAC, command, IAC, DO, TIMING_MARK);

/** Bytes that were typed, as they leave: a line ends with CR LF, a bare return is CR NUL, or CR LF after `toggle crlf`. */
export function outgoing(bytes: Uint8Array, crlf: boolean): Uint8Array {
  return Uint8Array.from(
    [...bytes].flatMap((byte) => {
      if (byte === LF) return [CR, LF];
      if (byte === CR) return [CR, crlf ? LF : NUL];
      return byte === IAC ? [IAC, IAC] : [byte];
    }),
  );
}

interface Heard {
  /** For the screen. */
  readonly shown: Uint8Array;
  /** For the other end. */
  readonly answers: Uint8Array;
}

/** What came from the other end, piece by piece. */
export class Hearing {
  /** The other end echoes what it gets. */
  echoes = false;
  #state: 'data' | 'return' | 'command' | 'option' | 'sub' | 'sub command' = 'data';
  #command = 0;

  take(bytes: Uint8Array): Heard {
    const shown: number[] = [];
    const answers: number[] = [];
    for (const byte of bytes) this.#byte(byte, shown, answers);
    return { shown: Uint8Array.from(shown), answers: Uint8Array.from(answers) };
  }

  #byte(byte: number, shown: number[], answers: number[]): void {
    switch (this.#state) {
      case 'return':
        this.#state = 'data';
        if (byte === LF && !this.echoes) shown.push(LF);
        else shown.push(CR);
        if (byte === NUL || (byte === LF && !this.echoes)) return;
        this.#byte(byte, shown, answers);
        return;
      case 'data':
        if (byte === IAC) this.#state = 'command';
        else if (byte === CR) this.#state = 'return';
        else shown.push(byte);
        return;
      case 'command':
        this.#command = byte;
        this.#state = byte === SUB ? 'sub' : byte >= WILL && byte <= DONT ? 'option' : 'data';
        if (byte === IAC) shown.push(IAC);
        return;
      case 'option':
        this.#state = 'data';
        this.#option(byte, answers);
        return;
      case 'sub':
        if (byte === IAC) this.#state = 'sub command';
        return;
      default:
        this.#state = byte === END_OF_SUB ? 'data' : 'sub';
    }
  }

  #option(option: number, answers: number[]): void {
    if (this.#command === DO) answers.push(IAC, option === SUPPRESS_GO_AHEAD ? WILL : WONT, option);
    else if (this.#command === WILL) {
      const wanted = option === ECHO || option === SUPPRESS_GO_AHEAD;
      if (option === ECHO && this.echoes) return;
      if (option === ECHO) this.echoes = true;
      answers.push(IAC, wanted ? DO : DONT, option);
    } else if (this.#command === WONT && option === ECHO && this.echoes) {
      this.echoes = false;
      answers.push(IAC, DONT, ECHO);
    }
  }
}
