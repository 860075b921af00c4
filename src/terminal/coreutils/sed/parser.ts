/** sed scripts as commands. */
import { encodeUtf8 } from '../../../protocol/bytes.ts';
import { CLASS_SYNTAX, posixRegExp, regexFault, type RegexOptions, type Syntax } from '../../posix-regex.ts';
import type { Address, ReplacementPart, SedCommand, SedFailure } from './script.ts';

export function parseSed(script: string, syntax: Syntax): SedCommand[] | SedFailure {
  return new Parser(script, syntax).parse();
}

/** What is wrong, and where: at the cursor, one further, at the end of the script, or without a place. */
class Fault extends Error {
  constructor(
    message: string,
    readonly place: 'here' | 'next' | 'end' | 'nowhere' = 'here',
  ) {
    super(message);
  }
}

class Parser {
  readonly #text: string;
  readonly #syntax: Syntax;
  #at = 0;
  readonly #commands: SedCommand[] = [];

  constructor(text: string, syntax: Syntax) {
    this.#text = text;
    this.#syntax = syntax;
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
      return this.#resolveLabels() ?? this.#commands;
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      if (error.place === 'nowhere') return { message: error.message, at: undefined };
      const at = error.place === 'end' ? Infinity : this.#at + (error.place === 'next' ? 1 : 0);
      return { message: error.message, at: encodeUtf8(this.#text.slice(0, at)).length };
    }
  }

  #resolveLabels(): SedFailure | undefined {
    const labels = new Map(this.#commands.flatMap(({ name, text }, at) => (name === ':' ? [[text, at] as const] : [])));
    for (const command of this.#commands) {
      if (!['b', 't', 'T'].includes(command.name)) continue;
      const target = command.text === '' ? this.#commands.length : labels.get(command.text);
      if (target === undefined) return { message: `can't find label for jump to \`${command.text}'`, at: undefined };
      command.target = target;
    }
    return undefined;
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
      if (to === undefined) throw new Fault("unexpected `,'", 'next');
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
    if (name === '') throw new Fault('missing command');
    if (name === '#') this.#skip(/[^\n]/);
    else if (name === '{') {
      open.push(this.#commands.length);
      this.#commands.push(base);
    } else if (name === '}') {
      const start = open.pop();
      const opened = start === undefined ? undefined : this.#commands[start];
      if (opened === undefined) throw new Fault("unexpected `}'");
      this.#add(base);
      opened.target = this.#commands.length;
    } else if (name === 's') this.#add(this.#substitute(base));
    else if (name === 'y') this.#add(this.#transliterate(base));
    else if ('aic'.includes(name)) this.#commands.push({ ...base, text: this.#textArgument() });
    else if (':btT'.includes(name)) this.#commands.push({ ...base, text: this.#label(name) });
    else if ('rRwW'.includes(name)) this.#commands.push({ ...base, text: this.#fileName() });
    else if ('qQlL'.includes(name)) this.#add({ ...base, text: this.#number() });
    else if (name === 'e') throw new Fault("drydock: 'sed e' is not simulated");
    else if ('=dDgGhHnNpPxzF'.includes(name)) this.#add(base);
    else throw new Fault(`unknown command: \`${name}'`);
  }

  /** A command after which nothing may stand but a separator. */
  #add(command: SedCommand): void {
    this.#commands.push(command);
    this.#end();
  }

  #take(pattern: RegExp): string {
    this.#skip(/[ \t]/);
    const text = pattern.exec(this.#text.slice(this.#at))?.[0] ?? '';
    this.#at += text.length;
    return text;
  }
  #label(name: string): string {
    const label = this.#take(name === ':' ? /^[^\n;]*/ : /^[^\n;}]*/).trim();
    if (name === ':' && label === '') throw new Fault('":" lacks a label');
    return label;
  }
  #fileName(): string {
    const file = this.#take(/^[^\n]*/);
    if (file === '') throw new Fault('missing filename in r/R/w/W commands');
    return file;
  }
  #number(): string {
    return this.#take(/^\d*/);
  }

  #end(): void {
    this.#skip(/[ \t]/);
    const char = this.#text.charAt(this.#at);
    if (char === '' || char === '\n' || char === ';' || char === '}' || char === '#') return;
    throw new Fault('extra characters after command', 'next');
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
      if (source === undefined) throw new Fault('unterminated address regex', 'end');
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
      } else if (regex && char === '[' && !bracket) {
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
    const how: RegexOptions = { ...this.#syntax, dialect: 'sed', ignoreCase, multiline, global: true };
    const made = posixRegExp(source, how);
    if (made !== undefined) return made;
    const fault = regexFault(source, how);
    throw new Fault(fault, fault === CLASS_SYNTAX ? 'nowhere' : 'here');
  }

  #substitute(base: SedCommand): SedCommand {
    const source = this.#delimited(true);
    if (source === undefined) throw new Fault("unterminated `s' command", 'end');
    this.#at -= 1;
    const text = this.#delimited(false);
    if (text === undefined) throw new Fault("unterminated `s' command", 'end');
    const flags = this.#substituteFlags();
    const regex =
      source === '' ? undefined : this.#regex(source, /[iI]/.test(flags.letters), /[mM]/.test(flags.letters));
    const replacement = parseReplacement(text);
    const highest = Math.max(0, ...replacement.filter((part) => typeof part === 'number'));
    if (regex !== undefined && highest > groupsOf(source, this.#syntax.extended))
      throw new Fault(`invalid reference \\${String(highest)} on \`s' command's RHS`);
    const { letters, from, file } = flags;
    const [all, print] = [letters.includes('g'), letters.includes('p')];
    return { ...base, substitution: { regex, replacement, from, all, print, file } };
  }

  #substituteFlags(): { readonly letters: string; readonly from: number; readonly file: string | undefined } {
    let letters = '';
    let from = 1;
    for (;;) {
      const char = this.#text.charAt(this.#at);
      if (/^[\s;}#]?$/.test(char)) return { letters, from, file: undefined };
      const digits = /^\d+/.exec(this.#text.slice(this.#at))?.[0];
      this.#at += digits?.length ?? 1;
      if (digits !== undefined) {
        from = Number(digits);
        if (from === 0) throw new Fault("number option to `s' command may not be zero");
      } else if (char === 'w') return { letters, from, file: this.#fileName() };
      else if (char === 'e') throw new Fault("drydock: 'sed s///e' is not simulated");
      else if (!'gpiImM'.includes(char)) throw new Fault("unknown option to `s'");
      else if ('gp'.includes(char) && letters.includes(char))
        throw new Fault(`multiple \`${char}' options to \`s' command`);
      else letters += char;
    }
  }

  #transliterate(base: SedCommand): SedCommand {
    const from = this.#delimited(false);
    this.#at -= 1;
    const to = from === undefined ? undefined : this.#delimited(false);
    if (from === undefined || to === undefined) throw new Fault("unterminated `y' command", 'end');
    const plain = (text: string): string[] => [...text.replace(/\\n/g, '\n').replace(/\\\\/g, '\\')];
    const [a, b] = [plain(from), plain(to)];
    if (a.length !== b.length) throw new Fault("strings for `y' command are different lengths");
    return { ...base, map: new Map(a.map((char, at) => [char, b[at] ?? ''])) };
  }

  /** Text of a, i and c: on the same line, or after a backslash, which also keeps the blanks that follow it. */
  #textArgument(): string {
    this.#skip(/[ \t]/);
    const marked = /^\\[ \t]*\n|^\\/.exec(this.#text.slice(this.#at));
    this.#at += marked?.[0].length ?? 0;
    if (this.#at >= this.#text.length) {
      if (marked !== null) return '';
      throw new Fault("expected \\ after `a', `c' or `i'");
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

/** How many groups a regular expression has. */
function groupsOf(source: string, extended: boolean): number {
  const bare = source.replace(/\[\^?\]?[^\]]*\]/g, '');
  return (extended ? bare.replace(/\\./g, '').match(/\(/g) : bare.match(/\\\(/g))?.length ?? 0;
}

const REPLACEMENT_ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  f: '\f',
  v: '\v',
  a: '\x07',
};

export function parseReplacement(text: string): readonly ReplacementPart[] {
  const out: ReplacementPart[] = [];
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
      else literal(REPLACEMENT_ESCAPES[next] ?? next);
    } else literal(char);
  }
  return out;
}
