/** sed scripts as commands. */
import { posixRegExp } from '../posix-regex.ts';

export type Address =
  | { readonly type: 'line'; readonly line: number }
  | { readonly type: 'step'; readonly first: number; readonly step: number }
  | { readonly type: 'last' }
  | { readonly type: 'regex'; readonly regex: RegExp | undefined }
  | { readonly type: 'plus'; readonly count: number }
  | { readonly type: 'multiple'; readonly count: number };

export interface SedCommand {
  readonly from: Address | undefined;
  readonly to: Address | undefined;
  readonly negated: boolean;
  readonly name: string;
  readonly text: string;
  readonly regex?: RegExp | undefined;
  readonly emptyRegex?: boolean;
  readonly replacement?: readonly (string | number | { readonly fold: string })[];
  readonly flags?: string;
  readonly count?: number;
  readonly file?: string;
  readonly map?: ReadonlyMap<string, string>;
  /** Index of the command after a `{`'s `}`. */
  target: number;
  /** State of a range: the line it ends at. */
  active: boolean;
  endLine: number;
}

export interface SedFailure {
  readonly message: string;
  readonly at: number;
}

export function parseSed(script: string, extended: boolean): SedCommand[] | SedFailure {
  return new Parser(script, extended).parse();
}

class Fault extends Error {}

class Parser {
  readonly #text: string;
  readonly #extended: boolean;
  #at = 0;
  readonly #commands: SedCommand[] = [];

  constructor(text: string, extended: boolean) {
    this.#text = text;
    this.#extended = extended;
  }

  parse(): SedCommand[] | SedFailure {
    try {
      const open: number[] = [];
      for (;;) {
        this.#skip(/[\s;]/);
        if (this.#at >= this.#text.length) break;
        this.#one(open);
      }
      if (open.length > 0) return { message: "unmatched `{'", at: 0 };
      const labels = new Map(this.#commands.map((command, at) => [command.name === ':' ? command.text : '', at]));
      for (const command of this.#commands) {
        if (!'bt T'.includes(command.name) || command.name === ' ') continue;
        const target = command.text === '' ? this.#commands.length : labels.get(command.text);
        if (target === undefined) return { message: `can't find label for jump to \`${command.text}'`, at: -1 };
        command.target = target;
      }
      return this.#commands;
    } catch (error) {
      if (error instanceof Fault) return { message: error.message, at: this.#at };
      throw error;
    }
  }

  #skip(pattern: RegExp): void {
    while (this.#at < this.#text.length && pattern.test(this.#text.charAt(this.#at))) this.#at += 1;
  }

  #one(open: number[]): void {
    const from = this.#address(false);
    let to: Address | undefined;
    this.#skip(/[ \t]/);
    if (from !== undefined && this.#text.charAt(this.#at) === ',') {
      this.#at += 1;
      this.#skip(/[ \t]/);
      to = this.#address(true);
      if (to === undefined) throw new Fault("unexpected `,'");
    }
    this.#skip(/[ \t]/);
    let negated = false;
    while (this.#text.charAt(this.#at) === '!') {
      negated = true;
      this.#at += 1;
      this.#skip(/[ \t]/);
    }
    const name = this.#text.charAt(this.#at);
    this.#at += 1;
    const base = { from, to, negated, name, text: '', target: 0, active: false, endLine: 0 };
    this.#body(name, base, open);
  }

  #body(name: string, base: SedCommand, open: number[]): void {
    switch (name) {
      case '':
        throw new Fault('missing command');
      case '#':
        while (this.#at < this.#text.length && this.#text.charAt(this.#at) !== '\n') this.#at += 1;
        return;
      case '{':
        open.push(this.#commands.length);
        this.#commands.push(base);
        return;
      case '}': {
        const start = open.pop();
        const opened = start === undefined ? undefined : this.#commands[start];
        if (opened === undefined) throw new Fault("unexpected `}'");
        this.#commands.push(base);
        opened.target = this.#commands.length;
        this.#end();
        return;
      }
      case 's':
        this.#commands.push(this.#substitute(base));
        this.#end();
        return;
      case 'y':
        this.#commands.push(this.#transliterate(base));
        this.#end();
        return;
      case 'a':
      case 'i':
      case 'c':
        this.#commands.push({ ...base, text: this.#textArgument() });
        return;
      case ':':
      case 'b':
      case 't':
      case 'T': {
        this.#skip(/[ \t]/);
        const label = (name === ':' ? /^[^\n;]*/ : /^[^\n;}]*/).exec(this.#text.slice(this.#at))?.[0] ?? '';
        this.#at += label.length;
        this.#commands.push({ ...base, text: label.trim() });
        return;
      }
      case 'r':
      case 'R':
      case 'w':
      case 'W': {
        this.#skip(/[ \t]/);
        const file = /^[^\n]*/.exec(this.#text.slice(this.#at))?.[0] ?? '';
        if (file === '') throw new Fault('missing filename in r/R/w/W commands');
        this.#at += file.length;
        this.#commands.push({ ...base, file });
        return;
      }
      case 'q':
      case 'Q':
      case 'l':
      case 'L': {
        this.#skip(/[ \t]/);
        const digits = /^\d*/.exec(this.#text.slice(this.#at))?.[0] ?? '';
        this.#at += digits.length;
        this.#commands.push({ ...base, text: digits });
        this.#end();
        return;
      }
      default:
        if (!'=dDgGhHnNpPxzF'.includes(name)) throw new Fault(`unknown command: \`${name}'`);
        this.#commands.push(base);
        this.#end();
    }
  }

  #end(): void {
    this.#skip(/[ \t]/);
    const char = this.#text.charAt(this.#at);
    if (char === '' || char === '\n' || char === ';' || char === '}' || char === '#') return;
    throw new Fault('extra characters after command');
  }

  #address(second: boolean): Address | undefined {
    const rest = this.#text.slice(this.#at);
    const step = /^(\d+)~(\d+)/.exec(rest);
    if (step !== null) {
      this.#at += step[0].length;
      return { type: 'step', first: Number(step[1]), step: Number(step[2]) };
    }
    const relative = second ? /^([+~])(\d+)/.exec(rest) : null;
    if (relative !== null) {
      this.#at += relative[0].length;
      return relative[1] === '+'
        ? { type: 'plus', count: Number(relative[2]) }
        : { type: 'multiple', count: Number(relative[2]) };
    }
    const number = /^\d+/.exec(rest);
    if (number !== null) {
      this.#at += number[0].length;
      return { type: 'line', line: Number(number[0]) };
    }
    if (rest.startsWith('$')) {
      this.#at += 1;
      return { type: 'last' };
    }
    if (rest.startsWith('/') || rest.startsWith('\\')) {
      this.#at += rest.startsWith('/') ? 0 : 1;
      const source = this.#delimited(true);
      if (source === undefined) throw new Fault('unterminated address regex');
      const flags = /^[IM]*/.exec(this.#text.slice(this.#at))?.[0] ?? '';
      this.#at += flags.length;
      return {
        type: 'regex',
        regex: source === '' ? undefined : this.#regex(source, flags.includes('I'), flags.includes('M')),
      };
    }
    return undefined;
  }

  /** Text up to the delimiter that stands at the cursor. */
  #delimited(regex: boolean): string | undefined {
    const delimiter = this.#text.charAt(this.#at);
    let out = '';
    let bracket = false;
    for (let i = this.#at + 1; i < this.#text.length; i += 1) {
      const char = this.#text.charAt(i);
      if (char === '\\') {
        const next = this.#text.charAt(i + 1);
        out +=
          next === delimiter && !bracket
            ? regex && /[.*[\]^$+?(){}|]/.test(delimiter)
              ? `\\${next}`
              : next
            : next === 'n' && regex
              ? '\\n'
              : `\\${next}`;
        i += 1;
      } else if (regex && char === '[' && !bracket && this.#text.indexOf(']', i) > 0) {
        bracket = true;
        out += char;
        const more = /^\^?\]?/.exec(this.#text.slice(i + 1))?.[0] ?? '';
        out += more;
        i += more.length;
      } else if (bracket && char === ']') {
        bracket = false;
        out += char;
      } else if (char === delimiter && !bracket) {
        this.#at = i + 1;
        return out;
      } else if (char === '\n' && regex) return undefined;
      else out += char;
    }
    return undefined;
  }

  #regex(source: string, ignoreCase: boolean, multiline: boolean): RegExp {
    const made = posixRegExp(source, { extended: this.#extended, ignoreCase, multiline, global: true });
    if (made === undefined)
      throw new Fault(
        /\[[^\]]*$/.test(source)
          ? 'unterminated address regex'
          : /(?<!\\)\($/.test(source)
            ? 'Unmatched ( or \\('
            : 'Invalid preceding regular expression',
      );
    return made;
  }

  #substitute(base: SedCommand): SedCommand {
    const source = this.#delimited(true);
    if (source === undefined) throw new Fault("unterminated `s' command");
    this.#at -= 1;
    const replacement = this.#delimited(false);
    if (replacement === undefined) throw new Fault("unterminated `s' command");
    const flags = /^[gpiIme0-9]*/.exec(this.#text.slice(this.#at))?.[0] ?? '';
    this.#at += flags.length;
    let file: string | undefined;
    if (this.#text.charAt(this.#at) === 'w') {
      file = /^w\s*([^\n]*)/.exec(this.#text.slice(this.#at))?.[1] ?? '';
      this.#at = this.#text.indexOf('\n', this.#at) < 0 ? this.#text.length : this.#text.indexOf('\n', this.#at);
    } else if (/^[a-zA-Z]/.test(this.#text.charAt(this.#at)) && this.#text.charAt(this.#at) !== '}')
      throw new Fault("unknown option to `s'");
    const count = /\d+/.exec(flags)?.[0];
    return {
      ...base,
      flags,
      replacement: parseReplacement(replacement),
      ...(source === ''
        ? { emptyRegex: true }
        : { regex: this.#regex(source, /[iI]/.test(flags), /[mM]/.test(flags)) }),
      ...(count === undefined ? {} : { count: Number(count) }),
      ...(file === undefined ? {} : { file }),
    };
  }

  #transliterate(base: SedCommand): SedCommand {
    const from = this.#delimited(false);
    this.#at -= 1;
    const to = from === undefined ? undefined : this.#delimited(false);
    if (from === undefined || to === undefined) throw new Fault("unterminated `y' command");
    const plain = (text: string): string[] => [...text.replace(/\\n/g, '\n').replace(/\\\\/g, '\\')];
    const [a, b] = [plain(from), plain(to)];
    if (a.length !== b.length) throw new Fault("strings for `y' command are different lengths");
    return { ...base, map: new Map(a.map((char, at) => [char, b[at] ?? ''])) };
  }

  /** Text of a, i and c: one line form or after a backslash and a newline. */
  #textArgument(): string {
    this.#skip(/[ \t]/);
    if (this.#at >= this.#text.length) throw new Fault("expected \\ after `a', `c' or `i'");
    if (this.#text.startsWith('\\', this.#at)) {
      this.#at += 1;
      this.#skip(/[ \t]/);
      if (this.#text.charAt(this.#at) === '\n') this.#at += 1;
    }
    let out = '';
    while (this.#at < this.#text.length) {
      const char = this.#text.charAt(this.#at);
      this.#at += 1;
      if (char === '\n') break;
      if (char === '\\') {
        const next = this.#text.charAt(this.#at);
        out += next === 't' ? '\t' : next;
        this.#at += 1;
      } else out += char;
    }
    return `${out}\n`;
  }
}

function parseReplacement(text: string): (string | number | { readonly fold: string })[] {
  const out: (string | number | { readonly fold: string })[] = [];
  const literal = (part: string): void => {
    const last = out.at(-1);
    if (typeof last === 'string') out[out.length - 1] = last + part;
    else out.push(part);
  };
  for (let i = 0; i < text.length; i += 1) {
    const char = text.charAt(i);
    if (char === '&') out.push(0);
    else if (char === '\\') {
      i += 1;
      const next = text.charAt(i);
      if (/\d/.test(next)) out.push(Number(next));
      else if ('ULulE'.includes(next) && next !== '') out.push({ fold: next });
      else literal(next === 'n' ? '\n' : next === 't' ? '\t' : next);
    } else literal(char);
  }
  return out;
}
