/**
 * Scans the five scalar styles.
 * Follows the algorithm of libyaml as go-yaml v2 has it, which decides folding, tabs and the exact errors.
 */
import type { Reader } from './reader.ts';
import { scannerProblem, type Mark, type Token } from './tokens.ts';

export interface ScannedScalar {
  readonly token: Token;
  /** True if a plain scalar ended on a new line, where a simple key may start. */
  readonly endedLine: boolean;
}

/** Scans a plain scalar; `indent` is the least column its further lines need. */
export function scanPlain(reader: Reader, indent: number, inFlow: boolean): ScannedScalar {
  const start = reader.mark();
  let end = start;
  let value = '';
  let gap = { spaces: '', first: '', more: '', broken: false };
  for (;;) {
    if (reader.isDocumentIndicator() || reader.char() === '#') break;
    const from = reader.offset;
    while (!reader.isBlankOrEnd() && !endsPlain(reader, inFlow)) reader.skip();
    if (reader.offset > from) {
      value += joinFold(gap) + reader.text.slice(from, reader.offset);
      gap = { spaces: '', first: '', more: '', broken: false };
      end = reader.mark();
    }
    if (!reader.isBlank() && !reader.isBreak()) break;
    gap = scanGap(reader, gap, () => {
      if (reader.column < indent && reader.isTab()) {
        throw scannerProblem('found a tab character that violates indentation', reader.mark(), start);
      }
    });
    if (!inFlow && reader.column < indent) break;
  }
  return { token: { type: 'scalar', value, style: 'plain', start, end }, endedLine: gap.broken };
}

function endsPlain(reader: Reader, inFlow: boolean): boolean {
  const char = reader.char();
  if (char === ':') return reader.isBlankOrEnd(1);
  return inFlow && (char === ',' || char === '?' || char === '[' || char === ']' || char === '{' || char === '}');
}

interface Gap {
  spaces: string;
  first: string;
  more: string;
  broken: boolean;
}

/** White space and line breaks between the words of a scalar; continues `gap`. */
function scanGap(reader: Reader, gap: Gap, checkTab: () => void): Gap {
  const found = { ...gap };
  while (reader.isBlank() || reader.isBreak()) {
    if (reader.isBlank()) {
      if (found.broken) checkTab();
      else found.spaces += reader.char();
      reader.skip();
    } else if (found.broken) {
      found.more += reader.readBreak();
    } else {
      found.spaces = '';
      found.first = reader.readBreak();
      found.broken = true;
    }
  }
  return found;
}

function joinFold(gap: Gap): string {
  if (!gap.broken) return gap.spaces;
  if (gap.first !== '\n') return gap.first + gap.more;
  return gap.more === '' ? ' ' : gap.more;
}

/** Scans a quoted scalar; the reader stands on the opening quote. */
export function scanQuoted(reader: Reader): Token {
  const start = reader.mark();
  const quote = reader.char();
  const style = quote === "'" ? 'single' : 'double';
  reader.skip();
  let value = '';
  for (;;) {
    if (reader.isDocumentIndicator()) throw scannerProblem('found unexpected document indicator', reader.mark(), start);
    if (reader.atEnd()) throw scannerProblem('found unexpected end of stream', reader.mark(), start);
    let gap: Gap = { spaces: '', first: '', more: '', broken: false };
    const word = style === 'single' ? scanSingleWord(reader) : scanDoubleWord(reader, start);
    value += word.text;
    if (word.escapedBreak) gap = { spaces: '', first: '', more: '', broken: true };
    if (reader.char() === quote && !word.escapedBreak) break;
    gap = scanGap(reader, gap, () => undefined);
    value += word.escapedBreak ? gap.more : joinFold(gap);
  }
  reader.skip();
  return { type: 'scalar', value, style, start, end: reader.mark() };
}

interface Word {
  readonly text: string;
  readonly escapedBreak: boolean;
}

function scanSingleWord(reader: Reader): Word {
  let text = '';
  let from = reader.offset;
  while (!reader.isBlankOrEnd()) {
    if (reader.char() === "'") {
      if (reader.char(1) !== "'") break;
      text += reader.text.slice(from, reader.offset + 1);
      reader.skip(2);
      from = reader.offset;
    } else reader.skip();
  }
  return { text: text + reader.text.slice(from, reader.offset), escapedBreak: false };
}

function scanDoubleWord(reader: Reader, start: Mark): Word {
  let text = '';
  let from = reader.offset;
  while (!reader.isBlankOrEnd() && reader.char() !== '"') {
    if (reader.char() !== '\\') {
      reader.skip();
      continue;
    }
    text += reader.text.slice(from, reader.offset);
    if (reader.isBreak(1)) {
      reader.skip();
      reader.readBreak();
      return { text, escapedBreak: true };
    }
    text += scanEscape(reader, start);
    from = reader.offset;
  }
  return { text: text + reader.text.slice(from, reader.offset), escapedBreak: false };
}

const ESCAPES: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  t: '\t',
  '\t': '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
  e: '\x1b',
  ' ': ' ',
  '"': '"',
  "'": "'",
  '\\': '\\',
  N: '\u0085',
  _: '\u00a0',
  L: '\u2028',
  P: '\u2029',
};

function scanEscape(reader: Reader, start: Mark): string {
  const kind = reader.char(1);
  const length = kind === 'x' ? 2 : kind === 'u' ? 4 : kind === 'U' ? 8 : 0;
  if (length === 0) {
    const plain = ESCAPES[kind];
    if (plain === undefined) throw scannerProblem('found unknown escape character', reader.mark(), start);
    reader.skip(2);
    return plain;
  }
  reader.skip(2);
  const digits = reader.text.slice(reader.offset, reader.offset + length);
  if (!/^[0-9a-fA-F]+$/.test(digits) || digits.length < length) {
    throw scannerProblem('did not find expected hexdecimal number', reader.mark(), start);
  }
  const code = Number.parseInt(digits, 16);
  if ((code >= 0xd800 && code <= 0xdfff) || code > 0x10ffff) {
    throw scannerProblem('found invalid Unicode character escape code', reader.mark(), start);
  }
  reader.skip(length);
  return String.fromCodePoint(code);
}

/** Scans a literal or folded block scalar; `parentIndent` is the indent of the block around it (-1 at the top). */
export function scanBlockScalar(reader: Reader, parentIndent: number): Token {
  const start = reader.mark();
  const literal = reader.char() === '|';
  reader.skip();
  const header = scanBlockHeader(reader, start);
  let indent = header.increment > 0 ? Math.max(parentIndent, 0) + header.increment : 0;
  let value = '';
  let leadingBreak = '';
  let leadingBlank = false;
  let trailing = scanBlockBreaks(reader, indent, parentIndent, start);
  indent = trailing.indent;
  let end = reader.mark();
  while (reader.column === indent && !reader.atEnd()) {
    const trailingBlank = reader.isBlank();
    if (!literal && !leadingBlank && !trailingBlank && leadingBreak.startsWith('\n')) {
      if (trailing.breaks === '') value += ' ';
    } else value += leadingBreak;
    value += trailing.breaks;
    leadingBlank = reader.isBlank();
    const from = reader.offset;
    while (!reader.isBreakOrEnd()) reader.skip();
    value += reader.text.slice(from, reader.offset);
    end = reader.mark();
    leadingBreak = reader.atEnd() ? '' : reader.readBreak();
    trailing = scanBlockBreaks(reader, indent, parentIndent, start);
  }
  if (header.chomping !== 'strip') value += leadingBreak;
  if (header.chomping === 'keep') value += trailing.breaks;
  return { type: 'scalar', value, style: literal ? 'literal' : 'folded', start, end };
}

function scanBlockHeader(reader: Reader, start: Mark): { chomping: 'clip' | 'strip' | 'keep'; increment: number } {
  let chomping: 'clip' | 'strip' | 'keep' = 'clip';
  let increment = 0;
  for (let index = 0; index < 2; index += 1) {
    const char = reader.char();
    if ((char === '+' || char === '-') && chomping === 'clip') {
      chomping = char === '+' ? 'keep' : 'strip';
      reader.skip();
    } else if (char >= '0' && char <= '9' && increment === 0) {
      if (char === '0') throw scannerProblem('found an indentation indicator equal to 0', reader.mark(), start);
      increment = Number(char);
      reader.skip();
    }
  }
  while (reader.isBlank()) reader.skip();
  if (reader.char() === '#') while (!reader.isBreakOrEnd()) reader.skip();
  if (!reader.isBreakOrEnd()) throw scannerProblem('did not find expected comment or line break', reader.mark(), start);
  if (reader.isBreak()) reader.readBreak();
  return { chomping, increment };
}

function scanBlockBreaks(
  reader: Reader,
  indent: number,
  parentIndent: number,
  start: Mark,
): { breaks: string; indent: number } {
  let breaks = '';
  let widest = 0;
  for (;;) {
    while ((indent === 0 || reader.column < indent) && reader.isSpace()) reader.skip();
    widest = Math.max(widest, reader.column);
    if ((indent === 0 || reader.column < indent) && reader.isTab()) {
      throw scannerProblem('found a tab character where an indentation space is expected', reader.mark(), start);
    }
    if (!reader.isBreak()) break;
    breaks += reader.readBreak();
  }
  return { breaks, indent: indent === 0 ? Math.max(widest, parentIndent + 1, 1) : indent };
}
