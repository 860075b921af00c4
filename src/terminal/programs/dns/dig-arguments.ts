/** dig's command line: servers, names, types and options, each lookup with those that stand after its name. */
import { typeNumber, TYPES } from '../../dns-message.ts';
import { isIpv4 } from '../../resolver.ts';
import { absent, AT_FIRST, invalid, takeOption, type Lookup, type Refusal } from './dig-options.ts';

export interface DigArguments {
  readonly port: number;
  readonly from: { readonly ip?: string; readonly port?: number } | undefined;
  /** -u */
  readonly microseconds: boolean;
  readonly lookups: readonly Lookup[];
  /** The server that was known when the first lookup was read, which is when dig says how many it found. */
  readonly announced: string | undefined;
  /** -f */
  readonly file: string | undefined;
  /** Lines on stderr before anything is asked. */
  readonly warnings: readonly string[];
}

const fresh = (): Lookup => ({
  name: '.',
  type: 'NS',
  servers: [],
  on: new Set(AT_FIRST),
  isTransportSaid: false,
  tries: 3,
  timeoutSeconds: 5,
  ndots: undefined,
  domain: undefined,
  udpSize: 1232,
  cookie: undefined,
});

class Reader {
  port = 53;
  from: DigArguments['from'];
  microseconds = false;
  announced: string | undefined;
  file: string | undefined;
  readonly warnings: string[] = [];
  readonly lookups: Lookup[] = [];
  readonly #standard = fresh();
  /** The first lookup's type may stand before its name. */
  #early: string | undefined;
  readonly #typed = new Set<Lookup>();
  only: string | undefined;

  /** Where options and servers go: the last name's lookup, or what all begin with. */
  get current(): Lookup {
    return this.lookups.at(-1) ?? this.#standard;
  }

  server(server: string): void {
    this.current.servers = [...this.current.servers, server];
    if (this.lookups.length === 0) this.announced = server;
  }

  name(name: string): void {
    const lookup = { ...this.#standard, name, type: this.#early ?? 'A', on: new Set(this.#standard.on) };
    if (this.#early !== undefined) this.#typed.add(lookup);
    this.#early = undefined;
    this.lookups.push(lookup);
  }

  type(word: string): void {
    const number = typeNumber(word);
    const type = Object.keys(TYPES).find((name) => TYPES[name] === number) ?? word;
    const last = this.lookups.at(-1);
    if (last === undefined ? this.#early !== undefined : this.#typed.has(last))
      this.warnings.push(';; Warning, extra type option');
    if (last === undefined) this.#early = type;
    else {
      last.type = type;
      this.#typed.add(last);
    }
  }

  option(option: string): Refusal | undefined {
    const { current } = this;
    const refusal = takeOption(current, option);
    // Whether answers are short and the command is shown is said of all at once.
    for (const each of ['short', 'cmd'] as const)
      for (const { on } of [this.#standard, ...this.lookups])
        if (current.on.has(each)) on.add(each);
        else on.delete(each);
    return refusal;
  }

  finish(): DigArguments {
    const { port, from, microseconds, announced, file, warnings } = this;
    const lookups = this.lookups.length > 0 || file !== undefined ? this.lookups : [this.#standard];
    return { port, from, microseconds, announced, file, warnings, lookups };
  }

  /** An option with its value. */
  valued(letter: string, value: string): Refusal | undefined {
    switch (letter) {
      case 't':
        if (typeNumber(value) !== undefined) this.type(value.toUpperCase());
        else if (/^([ai]xfr)/i.test(value)) return absent(`-t ${value}`);
        else this.warnings.push(`;; Warning, ignoring invalid type ${value}`);
        return undefined;
      case 'c':
        if (/^(ch|chaos|hs|hesiod|any|class\d+)$/i.test(value)) return absent(`-c ${value}`);
        if (!/^in$/i.test(value)) this.warnings.push(`;; Warning, ignoring invalid class ${value}`);
        return undefined;
      case 'q':
        this.name(value);
        return undefined;
      case 'f':
        this.file = value;
        return undefined;
      case 'x':
        this.name(`${value.split('.').reverse().join('.')}.in-addr.arpa`);
        this.type('PTR');
        return undefined;
      case 'p':
        if (!/^\d+$/.test(value))
          return {
            stdout: `invalid port number '${value}': not a valid number\n`,
            stderr: "dig: Couldn't parse port number\n",
            status: 1,
          };
        this.port = Number(value);
        return undefined;
      case 'b':
        return this.#source(value);
      default:
        return absent(`-${letter}`);
    }
  }

  #source(value: string): Refusal | undefined {
    const [ip = '', port] = value.split('#');
    if (!isIpv4(ip)) return { stderr: `dig: invalid address ${ip}\n`, status: 1 };
    this.from = { ...(ip === '0.0.0.0' ? {} : { ip }), ...(port === undefined ? {} : { port: Number(port) }) };
    return undefined;
  }

  /** A word that is no option. */
  word(word: string): Refusal | undefined {
    if (/^(in|class1)$/i.test(word)) return undefined;
    if (/^(ch|chaos|hs|hesiod)$/i.test(word)) return absent(word);
    if (/^[ai]xfr(=|$)/i.test(word)) return absent(word);
    if (typeNumber(word) === undefined) this.name(word);
    else this.type(word.toUpperCase());
    return undefined;
  }
}

/** Options with a value, which may be attached, and those without. */
const VALUED = 'tpqxcbfky';
const PLAIN = '46hirmuv';

export function readDigArguments(args: readonly string[]): DigArguments | Refusal {
  const reader = new Reader();
  for (let i = 0; i < args.length; i += 1) {
    const arg = args[i] ?? '';
    const letter = arg.charAt(1);
    let refusal: Refusal | undefined;
    if (arg.startsWith('@')) reader.server(arg.slice(1));
    else if (arg.startsWith('+')) refusal = reader.option(arg);
    else if (!arg.startsWith('-') || arg === '-') refusal = reader.word(arg);
    else if (letter !== '' && VALUED.includes(letter)) {
      if (arg.length === 2) i += 1;
      const value = arg.length > 2 ? arg.slice(2) : args[i];
      refusal = value === undefined ? invalid(arg) : reader.valued(letter, value);
    } else refusal = plain(reader, arg);
    if (refusal !== undefined) return refusal;
  }
  return reader.finish();
}

function plain(reader: Reader, arg: string): Refusal | undefined {
  for (const letter of arg.slice(1)) {
    if (!PLAIN.includes(letter)) return invalid(arg);
    if (letter === 'u') reader.microseconds = true;
    if (letter === 'm' || letter === '6') {
      if (letter === '6' && reader.only === '4') return { stderr: 'dig: only one of -4 and -6 allowed\n', status: 1 };
      return absent(`-${letter}`);
    }
    if (letter === '4') reader.only = letter;
  }
  return undefined;
}
