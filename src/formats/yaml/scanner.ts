/**
 * Turns YAML text into tokens.
 * Follows the algorithm of libyaml as go-yaml v2 has it: indentation stack, simple keys found afterwards, token queue.
 * That is what makes error texts and their line numbers equal to kubectl's.
 */
import { Reader } from './reader.ts';
import { scanBlockScalar, scanPlain, scanQuoted } from './scan-scalar.ts';
import { scannerProblem, type Mark, type Token, type TokenType } from './tokens.ts';

interface SimpleKey {
  possible: boolean;
  readonly required: boolean;
  readonly tokenNumber: number;
  readonly mark: Mark;
}

/** A simple key is on one line and its `:` comes within this many characters. */
const MAX_SIMPLE_KEY = 1024;
/** Nesting that is refused, so that a hostile text cannot exhaust the stack. */
const MAX_DEPTH = 1000;

export class Scanner {
  private readonly reader: Reader;
  private queue: Token[] = [];
  private head = 0;
  private taken = 0;
  private started = false;
  private ended = false;
  private indent = -1;
  private readonly indents: number[] = [];
  private flowLevel = 0;
  private readonly simpleKeys: (SimpleKey | undefined)[] = [];
  private simpleKeyAllowed = true;

  constructor(text: string) {
    this.reader = new Reader(text);
  }

  peek(): Token {
    this.fill();
    const token = this.queue[this.head];
    return token ?? { type: 'stream-end', start: this.reader.mark(), end: this.reader.mark() };
  }

  next(): Token {
    const token = this.peek();
    this.head += 1;
    this.taken += 1;
    if (this.head > 64) {
      this.queue = this.queue.slice(this.head);
      this.head = 0;
    }
    return token;
  }

  /** Scans on while the head of the queue might still become a key. */
  private fill(): void {
    while (!this.ended) {
      if (this.head < this.queue.length) {
        const waiting = this.simpleKeys.find((key) => key?.possible === true && key.tokenNumber === this.taken);
        if (waiting === undefined || !this.isValid(waiting)) return;
      }
      this.fetch();
    }
  }

  private isValid(key: SimpleKey | undefined): key is SimpleKey {
    if (key?.possible !== true) return false;
    const { line, offset } = this.reader;
    if (key.mark.line < line || key.mark.offset + MAX_SIMPLE_KEY < offset) {
      if (key.required) throw scannerProblem("could not find expected ':'", this.reader.mark(), key.mark);
      key.possible = false;
      return false;
    }
    return true;
  }

  private fetch(): void {
    if (!this.started) {
      this.started = true;
      this.simpleKeys.push(undefined);
      this.push('stream-start');
      return;
    }
    const { reader } = this;
    this.skipToToken();
    this.unroll(reader.column);
    if (reader.atEnd()) {
      this.fetchEnd();
      return;
    }
    const char = reader.char();
    if (reader.column === 0 && char === '%') this.fetchDirective();
    else if (reader.isDocumentIndicator()) this.fetchDocumentIndicator(char);
    else if (!this.fetchIndicator(char)) this.fetchPlain(char);
  }

  private fetchIndicator(char: string): boolean {
    const { reader } = this;
    const inFlow = this.flowLevel > 0;
    switch (char) {
      case '[':
      case '{':
        this.fetchFlowStart(char);
        return true;
      case ']':
      case '}':
        this.fetchFlowEnd(char);
        return true;
      case ',':
        this.removeSimpleKey();
        this.simpleKeyAllowed = true;
        this.pushSkipping('flow-entry', 1);
        return true;
      case '-':
        if (!reader.isBlankOrEnd(1)) return false;
        this.fetchBlockEntry();
        return true;
      case '?':
        if (!inFlow && !reader.isBlankOrEnd(1)) return false;
        this.fetchKey();
        return true;
      case ':':
        if (!inFlow && !reader.isBlankOrEnd(1)) return false;
        this.fetchValue();
        return true;
      case '*':
      case '&':
        this.saveSimpleKey();
        this.simpleKeyAllowed = false;
        this.scanAnchor(char === '*' ? 'alias' : 'anchor');
        return true;
      case '!':
        this.saveSimpleKey();
        this.simpleKeyAllowed = false;
        this.scanTag();
        return true;
      case '|':
      case '>':
        if (inFlow) return false;
        this.removeSimpleKey();
        this.simpleKeyAllowed = true;
        this.queue.push(scanBlockScalar(reader, this.indent));
        return true;
      case "'":
      case '"':
        this.saveSimpleKey();
        this.simpleKeyAllowed = false;
        this.queue.push(scanQuoted(reader));
        return true;
      default:
        return false;
    }
  }

  private fetchPlain(char: string): void {
    const { reader } = this;
    const isPlain =
      !(reader.isBlankOrEnd() || '-?:,[]{}#&*!|>\'"%@`'.includes(char)) ||
      (char === '-' && !reader.isBlank(1)) ||
      (this.flowLevel === 0 && (char === '?' || char === ':') && !reader.isBlankOrEnd(1));
    if (!isPlain) throw scannerProblem('found character that cannot start any token', reader.mark());
    this.saveSimpleKey();
    this.simpleKeyAllowed = false;
    const scanned = scanPlain(reader, this.indent + 1, this.flowLevel > 0);
    this.queue.push(scanned.token);
    if (scanned.endedLine) this.simpleKeyAllowed = true;
  }

  private skipToToken(): void {
    const { reader } = this;
    for (;;) {
      while (reader.isSpace() || ((this.flowLevel > 0 || !this.simpleKeyAllowed) && reader.isTab())) reader.skip();
      if (reader.char() === '#') while (!reader.isBreakOrEnd()) reader.skip();
      if (!reader.isBreak()) return;
      reader.readBreak();
      if (this.flowLevel === 0) this.simpleKeyAllowed = true;
    }
  }

  private saveSimpleKey(): void {
    if (!this.simpleKeyAllowed) return;
    const required = this.flowLevel === 0 && this.indent === this.reader.column;
    this.removeSimpleKey();
    this.simpleKeys[this.simpleKeys.length - 1] = {
      possible: true,
      required,
      tokenNumber: this.taken + (this.queue.length - this.head),
      mark: this.reader.mark(),
    };
  }

  private removeSimpleKey(): void {
    const key = this.simpleKeys.at(-1);
    if (key?.possible !== true) return;
    if (key.required) throw scannerProblem("could not find expected ':'", this.reader.mark(), key.mark);
    key.possible = false;
  }

  private roll(column: number, type: TokenType, mark: Mark, tokenNumber?: number): void {
    if (this.flowLevel > 0 || this.indent >= column) return;
    this.indents.push(this.indent);
    this.indent = column;
    if (this.indents.length > MAX_DEPTH) throw scannerProblem(`exceeded max depth of ${String(MAX_DEPTH)}`, mark);
    const token = { type, start: mark, end: mark };
    if (tokenNumber === undefined) this.queue.push(token);
    else this.queue.splice(this.head + tokenNumber - this.taken, 0, token);
  }

  private unroll(column: number): void {
    if (this.flowLevel > 0) return;
    while (this.indent > column) {
      this.push('block-end');
      this.indent = this.indents.pop() ?? -1;
    }
  }

  private fetchEnd(): void {
    const { reader } = this;
    if (reader.column !== 0) {
      reader.column = 0;
      reader.line += 1;
    }
    this.unroll(-1);
    this.removeSimpleKey();
    this.simpleKeyAllowed = false;
    this.push('stream-end');
    this.ended = true;
  }

  private fetchDirective(): void {
    this.unroll(-1);
    this.removeSimpleKey();
    this.simpleKeyAllowed = false;
    const { reader } = this;
    const start = reader.mark();
    reader.skip();
    const name = this.take(/[A-Za-z0-9_-]/);
    if (name === '') throw scannerProblem('could not find expected directive name', reader.mark(), start);
    if (!reader.isBlankOrEnd())
      throw scannerProblem('found unexpected non-alphabetical character', reader.mark(), start);
    const from = reader.offset;
    while (!reader.isBreakOrEnd()) reader.skip();
    const rest = reader.text
      .slice(from, reader.offset)
      .replace(/(^|\s)#.*$/, '')
      .trim();
    if (name !== 'YAML' && name !== 'TAG') throw scannerProblem('found unknown directive name', start, start);
    this.queue.push({ type: 'directive', value: name, suffix: rest, start, end: reader.mark() });
  }

  private fetchDocumentIndicator(char: string): void {
    this.unroll(-1);
    this.removeSimpleKey();
    this.simpleKeyAllowed = false;
    this.pushSkipping(char === '-' ? 'document-start' : 'document-end', 3);
  }

  private fetchFlowStart(char: string): void {
    this.saveSimpleKey();
    this.simpleKeys.push(undefined);
    this.flowLevel += 1;
    if (this.flowLevel > MAX_DEPTH) {
      throw scannerProblem(`exceeded max depth of ${String(MAX_DEPTH)}`, this.reader.mark());
    }
    this.simpleKeyAllowed = true;
    this.pushSkipping(char === '[' ? 'flow-sequence-start' : 'flow-mapping-start', 1);
  }

  private fetchFlowEnd(char: string): void {
    this.removeSimpleKey();
    if (this.flowLevel > 0) {
      this.flowLevel -= 1;
      this.simpleKeys.pop();
    }
    this.simpleKeyAllowed = false;
    this.pushSkipping(char === ']' ? 'flow-sequence-end' : 'flow-mapping-end', 1);
  }

  private fetchBlockEntry(): void {
    const mark = this.reader.mark();
    if (this.flowLevel === 0) {
      if (!this.simpleKeyAllowed) throw scannerProblem('block sequence entries are not allowed in this context', mark);
      this.roll(mark.column, 'block-sequence-start', mark);
    }
    this.removeSimpleKey();
    this.simpleKeyAllowed = true;
    this.pushSkipping('block-entry', 1);
  }

  private fetchKey(): void {
    const mark = this.reader.mark();
    if (this.flowLevel === 0) {
      if (!this.simpleKeyAllowed) throw scannerProblem('mapping keys are not allowed in this context', mark);
      this.roll(mark.column, 'block-mapping-start', mark);
    }
    this.removeSimpleKey();
    this.simpleKeyAllowed = this.flowLevel === 0;
    this.pushSkipping('key', 1);
  }

  private fetchValue(): void {
    const key = this.simpleKeys.at(-1);
    if (this.isValid(key)) {
      const token: Token = { type: 'key', start: key.mark, end: key.mark };
      this.queue.splice(this.head + key.tokenNumber - this.taken, 0, token);
      this.roll(key.mark.column, 'block-mapping-start', key.mark, key.tokenNumber);
      key.possible = false;
      this.simpleKeyAllowed = false;
    } else {
      if (this.flowLevel === 0) {
        const mark = this.reader.mark();
        if (!this.simpleKeyAllowed) throw scannerProblem('mapping values are not allowed in this context', mark);
        this.roll(mark.column, 'block-mapping-start', mark);
      }
      this.simpleKeyAllowed = this.flowLevel === 0;
    }
    this.pushSkipping('value', 1);
  }

  private scanAnchor(type: 'alias' | 'anchor'): void {
    const { reader } = this;
    const start = reader.mark();
    reader.skip();
    const value = this.take(/[A-Za-z0-9_-]/);
    if (value === '' || !(reader.isBlankOrEnd() || '?:,]}%@`'.includes(reader.char()))) {
      throw scannerProblem('did not find expected alphabetic or numeric character', reader.mark(), start);
    }
    this.queue.push({ type, value, start, end: reader.mark() });
  }

  private scanTag(): void {
    const { reader } = this;
    const start = reader.mark();
    const found = /^!<([^>\s]*)(>?)|^(!(?:[A-Za-z0-9_-]*!)?)([^\s,[\]{}]*)/.exec(
      reader.text.slice(reader.offset, reader.offset + 1024),
    );
    const [all = '!', uri, closing, handle, suffix] = found ?? [];
    reader.skip(all.length);
    if (uri !== undefined && uri === '') throw scannerProblem('did not find expected tag URI', reader.mark(), start);
    if (uri !== undefined && closing === '')
      throw scannerProblem("did not find the expected '>'", reader.mark(), start);
    if (!reader.isBlankOrEnd() && !(this.flowLevel > 0 && reader.char() === ',')) {
      throw scannerProblem('did not find expected whitespace or line break', reader.mark(), start);
    }
    const value = uri === undefined ? (handle ?? '!') : '';
    this.queue.push({ type: 'tag', value, suffix: uri ?? suffix ?? '', start, end: reader.mark() });
  }

  private take(allowed: RegExp): string {
    const { reader } = this;
    const from = reader.offset;
    while (allowed.test(reader.char())) reader.skip();
    return reader.text.slice(from, reader.offset);
  }

  private push(type: TokenType): void {
    const mark = this.reader.mark();
    this.queue.push({ type, start: mark, end: mark });
  }

  private pushSkipping(type: TokenType, length: number): void {
    const start = this.reader.mark();
    this.reader.skip(length);
    this.queue.push({ type, start, end: this.reader.mark() });
  }
}
