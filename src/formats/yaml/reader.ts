/** Walks over the characters of a YAML text and keeps the mark; the leaves of the scanner build on it. */
import type { Mark } from './tokens.ts';

const TAB = 9;
const LF = 10;
const CR = 13;
const SPACE = 32;
const NEL = 0x85;
const LS = 0x2028;
const PS = 0x2029;

export class Reader {
  readonly text: string;
  offset = 0;
  line = 0;
  column = 0;

  constructor(text: string) {
    this.text = text;
    if (text.charCodeAt(0) === 0xfeff) this.offset = 1;
  }

  mark(): Mark {
    return { offset: this.offset, line: this.line, column: this.column };
  }

  /** Code unit at a distance from here; NaN past the end. */
  code(ahead = 0): number {
    return this.text.charCodeAt(this.offset + ahead);
  }

  char(ahead = 0): string {
    return this.text.charAt(this.offset + ahead);
  }

  atEnd(): boolean {
    return this.offset >= this.text.length;
  }

  isBlank(ahead = 0): boolean {
    const code = this.code(ahead);
    return code === SPACE || code === TAB;
  }

  isSpace(): boolean {
    return this.code() === SPACE;
  }

  isTab(): boolean {
    return this.code() === TAB;
  }

  isBreak(ahead = 0): boolean {
    return isBreakCode(this.code(ahead));
  }

  isBreakOrEnd(ahead = 0): boolean {
    return this.isBreak(ahead) || this.offset + ahead >= this.text.length;
  }

  isBlankOrEnd(ahead = 0): boolean {
    return this.isBlank(ahead) || this.isBreakOrEnd(ahead);
  }

  skip(count = 1): void {
    this.offset += count;
    this.column += count;
  }

  /** Consumes a line break and answers it normalised: CR and CRLF become LF, the Unicode separators stay. */
  readBreak(): string {
    const code = this.code();
    const isPair = code === CR && this.code(1) === LF;
    this.offset += isPair ? 2 : 1;
    this.column = 0;
    this.line += 1;
    return code === LS || code === PS ? String.fromCharCode(code) : '\n';
  }

  /** `---` or `...` at the start of a line, followed by white space or the end. */
  isDocumentIndicator(): boolean {
    if (this.column !== 0) return false;
    return (
      (this.text.startsWith('---', this.offset) || this.text.startsWith('...', this.offset)) && this.isBlankOrEnd(3)
    );
  }
}

export function isBreakCode(code: number): boolean {
  return code === LF || code === CR || code === NEL || code === LS || code === PS;
}
