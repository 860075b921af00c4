/**
 * Reads JSON with the error texts and offsets of Go's encoding/json.
 * Facts: encoding/json scanner.go.
 */
import type { Json } from './json.ts';

export type JsonParseResult =
  | { readonly ok: true; readonly value: Json; readonly end: number }
  /** `message` is Go's, `offset` counts characters read, the offending one included. */
  | { readonly ok: false; readonly message: string; readonly offset: number };

/** Parses one whole document; anything but white space after it is an error. */
export function parseJson(text: string): JsonParseResult {
  const first = parseJsonPrefix(text, 0);
  if (!first.ok) return first;
  const rest = skipSpace(text, first.end);
  if (rest < text.length) return unexpected(text, rest, 'after top-level value');
  return first;
}

/** Parses one value that starts at `start` and says where it ends, so that a stream of values can be read. */
export function parseJsonPrefix(text: string, start: number): JsonParseResult {
  const reader = new Reader(text, start);
  try {
    reader.space();
    return { ok: true, value: reader.value('looking for beginning of value', 0), end: reader.position };
  } catch (problem) {
    if (problem instanceof Problem) return { ok: false, message: problem.message, offset: problem.offset };
    throw problem;
  }
}

const MAX_DEPTH = 1000;

class Problem extends Error {
  readonly offset: number;
  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

class Reader {
  readonly text: string;
  position: number;

  constructor(text: string, position: number) {
    this.text = text;
    this.position = position;
  }

  space(): void {
    this.position = skipSpace(this.text, this.position);
  }

  value(context: string, depth: number): Json {
    if (depth > MAX_DEPTH) throw new Problem('exceeded max depth', this.position);
    const char = this.text[this.position];
    switch (char) {
      case '{':
        return this.object(depth);
      case '[':
        return this.array(depth);
      case '"':
        return this.string();
      case 't':
        return this.literal('true', true);
      case 'f':
        return this.literal('false', false);
      case 'n':
        return this.literal('null', null);
      default:
        if (char !== undefined && (char === '-' || (char >= '0' && char <= '9'))) return this.number();
        throw this.problem(context);
    }
  }

  private object(depth: number): Json {
    const entries: [string, Json][] = [];
    this.position += 1;
    this.space();
    if (this.text[this.position] === '}') {
      this.position += 1;
      return {};
    }
    for (;;) {
      if (this.text[this.position] !== '"') throw this.problem('looking for beginning of object key string');
      const key = this.string();
      this.space();
      if (this.text[this.position] !== ':') throw this.problem('after object key');
      this.position += 1;
      this.space();
      entries.push([key, this.value('looking for beginning of value', depth + 1)]);
      this.space();
      const next = this.text[this.position];
      if (next !== ',' && next !== '}') throw this.problem('after object key:value pair');
      this.position += 1;
      if (next === '}') return Object.fromEntries(entries);
      this.space();
    }
  }

  private array(depth: number): Json {
    const items: Json[] = [];
    this.position += 1;
    this.space();
    if (this.text[this.position] === ']') {
      this.position += 1;
      return items;
    }
    for (;;) {
      items.push(this.value('looking for beginning of value', depth + 1));
      this.space();
      const next = this.text[this.position];
      if (next !== ',' && next !== ']') throw this.problem('after array element');
      this.position += 1;
      if (next === ']') return items;
      this.space();
    }
  }

  private string(): string {
    this.position += 1;
    let out = '';
    for (;;) {
      const char = this.text[this.position];
      if (char === undefined || char < ' ') throw this.problem('in string literal');
      this.position += 1;
      if (char === '"') return out;
      if (char !== '\\') {
        out += char;
        continue;
      }
      const escape = this.text[this.position];
      if (escape === 'u') {
        out += this.unicode();
        continue;
      }
      const plain = escape === undefined ? undefined : ESCAPES[escape];
      if (plain === undefined) throw this.problem('in string escape code');
      this.position += 1;
      out += plain;
    }
  }

  private unicode(): string {
    this.position += 1;
    const start = this.position;
    for (let index = 0; index < 4; index += 1) {
      if (!/^[0-9a-fA-F]$/.test(this.text[this.position] ?? ''))
        throw this.problem('in \\u hexadecimal character escape');
      this.position += 1;
    }
    return String.fromCharCode(Number.parseInt(this.text.slice(start, this.position), 16));
  }

  private number(): number {
    const start = this.position;
    if (this.text[this.position] === '-') this.position += 1;
    if (this.text[this.position] === '0') this.position += 1;
    else this.digits('in numeric literal');
    if (this.text[this.position] === '.') {
      this.position += 1;
      this.digits('after decimal point in numeric literal');
    }
    if (this.text[this.position] === 'e' || this.text[this.position] === 'E') {
      this.position += 1;
      if (this.text[this.position] === '+' || this.text[this.position] === '-') this.position += 1;
      this.digits('in exponent of numeric literal');
    }
    return Number(this.text.slice(start, this.position));
  }

  private digits(context: string): void {
    const start = this.position;
    while (isDigit(this.text[this.position])) this.position += 1;
    if (this.position === start) throw this.problem(context);
  }

  private literal(word: string, value: Json): Json {
    for (let index = 0; index < word.length; index += 1) {
      const want = word.charAt(index);
      if (this.text[this.position] !== want) throw this.problem(`in literal ${word} (expecting '${want}')`);
      this.position += 1;
    }
    return value;
  }

  private problem(context: string): Problem {
    const failed = unexpected(this.text, this.position, context);
    return new Problem(failed.message, failed.offset);
  }
}

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

function unexpected(text: string, position: number, context: string) {
  const char = text[position];
  if (char === undefined) return { ok: false, message: 'unexpected end of JSON input', offset: position } as const;
  return { ok: false, message: `invalid character ${quoteChar(char)} ${context}`, offset: position + 1 } as const;
}

function quoteChar(char: string): string {
  if (char === "'") return "'\\''";
  if (char === '"') return "'\"'";
  const named: Readonly<Record<string, string>> = { '\n': '\\n', '\t': '\\t', '\r': '\\r', '\\': '\\\\' };
  const code = char.charCodeAt(0);
  return `'${named[char] ?? (code < 0x20 ? `\\x${code.toString(16).padStart(2, '0')}` : char)}'`;
}

function isDigit(char: string | undefined): boolean {
  return char !== undefined && char >= '0' && char <= '9';
}

function skipSpace(text: string, from: number): number {
  let position = from;
  while (position < text.length && ' \t\r\n'.includes(text.charAt(position))) position += 1;
  return position;
}
