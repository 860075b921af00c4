/** JSON values as jq holds them: objects keep the order of their keys. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export type JsonObject = ReadonlyMap<string, Json>;

/** Text that is no JSON. */
export class JsonFault extends Error {
  constructor(
    message: string,
    readonly at: number,
  ) {
    super(message);
  }
}

/** Parses one value, with nothing but blanks around it; throws `JsonFault`. */
export function parseJson(text: string): Json {
  return new JsonParser(text).whole();
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f' };
const DEEPEST = 10_000;

class JsonParser {
  readonly #text: string;
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  whole(): Json {
    const value = this.#value();
    this.#blanks();
    if (this.#at < this.#text.length) throw new JsonFault('Unexpected extra JSON values', this.#at);
    return value;
  }

  #blanks(): void {
    while (/[ \t\r\n]/.test(this.#text.charAt(this.#at))) this.#at += 1;
  }
  #eat(char: string): boolean {
    this.#blanks();
    if (this.#text.charAt(this.#at) !== char) return false;
    this.#at += 1;
    return true;
  }

  #value(): Json {
    this.#depth += 1;
    if (this.#depth > DEEPEST) throw new JsonFault('Exceeds depth limit for parsing', this.#at);
    const value = this.#eat('[') ? this.#array() : this.#eat('{') ? this.#object() : this.#scalar();
    this.#depth -= 1;
    return value;
  }

  #scalar(): Json {
    if (this.#text.charAt(this.#at) === '"') return this.#string();
    const word = /^[-+.\w]+/.exec(this.#text.slice(this.#at, this.#at + 400))?.[0] ?? '';
    this.#at += word.length;
    if (word === 'true' || word === 'false') return word === 'true';
    if (word === 'null' || word === 'nan') return null;
    if (/^-?\d+(?:\.\d*)?(?:[eE][-+]?\d+)?$/.test(word)) return Number(word);
    if (word === '') throw new JsonFault('Unfinished JSON term', this.#at);
    throw new JsonFault(/^[-\d]/.test(word) ? 'Invalid numeric literal' : 'Invalid literal', this.#at);
  }

  #string(): string {
    let out = '';
    for (this.#at += 1; this.#text.charAt(this.#at) !== '"'; this.#at += 1) {
      const char = this.#text.charAt(this.#at);
      if (char === '') throw new JsonFault('Unfinished string', this.#at);
      if (char !== '\\') {
        out += char;
        continue;
      }
      this.#at += 1;
      const letter = this.#text.charAt(this.#at);
      if (letter !== 'u') {
        out += ESCAPES[letter] ?? letter;
        continue;
      }
      out += String.fromCharCode(Number.parseInt(this.#text.slice(this.#at + 1, this.#at + 5), 16));
      this.#at += 4;
    }
    this.#at += 1;
    return out;
  }

  #array(): Json {
    const items: Json[] = [];
    if (this.#eat(']')) return items;
    do items.push(this.#value());
    while (this.#eat(','));
    if (!this.#eat(']')) throw new JsonFault('Expected separator between values', this.#at);
    return items;
  }

  #object(): Json {
    const entries = new Map<string, Json>();
    if (this.#eat('}')) return entries;
    do {
      this.#blanks();
      if (this.#text.charAt(this.#at) !== '"') throw new JsonFault('Object keys must be strings', this.#at);
      const key = this.#string();
      if (!this.#eat(':')) throw new JsonFault('Objects must consist of key:value pairs', this.#at);
      entries.set(key, this.#value());
    } while (this.#eat(','));
    if (!this.#eat('}')) throw new JsonFault('Expected separator between values', this.#at);
    return entries;
  }
}

/** The text of a value, and how many ends of lines came before its end. */
export interface SplitValue {
  readonly text: string;
  readonly line: number;
}

/** Cuts text that comes in pieces into the texts of whole values. */
export class ValueSplitter {
  #text = '';
  #scanned = 0;
  #depth = 0;
  #inString = false;
  #lines = 0;

  /** The values that are whole now; at the end also what is left. */
  push(piece: string, last: boolean): readonly SplitValue[] {
    this.#text += piece;
    const values: SplitValue[] = [];
    for (; this.#scanned < this.#text.length; this.#scanned += 1)
      if (this.#endsValue(this.#text.charAt(this.#scanned))) values.push(this.#cut());
    if (last && this.#text.trim() !== '') values.push(this.#cut());
    return values.filter(({ text }) => text.trim() !== '');
  }

  #cut(): SplitValue {
    const text = this.#text.slice(0, this.#scanned + 1);
    // jq has read the line that a value ends in.
    const value = { text, line: this.#lines + (text.endsWith('\n') ? 0 : 1) };
    this.#text = this.#text.slice(this.#scanned + 1);
    this.#scanned = -1;
    return value;
  }

  /** Whether a value ends with this character: its own bracket or quote, or the blank after a word. */
  #endsValue(char: string): boolean {
    if (char === '\n') this.#lines += 1;
    if (this.#inString) {
      if (char === '\\') this.#scanned += 1;
      else if (char === '"') this.#inString = false;
      return !this.#inString && this.#depth === 0;
    }
    if (char === '"') this.#inString = true;
    else if (char === '[' || char === '{') this.#depth += 1;
    else if (char === ']' || char === '}') {
      this.#depth -= 1;
      return this.#depth <= 0;
    }
    return this.#depth === 0 && /\s/.test(char);
  }
}
