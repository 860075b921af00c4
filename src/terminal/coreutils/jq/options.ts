import { failed, strerror } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import { fileText } from '../../io.ts';
import { bytesToText } from '../../text.ts';
import type { Json } from './json.ts';
import { JsonFault, parseJson, ValueSplitter } from './json.ts';
import type { PrintStyle } from './print.ts';

export interface JqOptions {
  readonly program: string;
  readonly files: readonly string[];
  readonly variables: ReadonlyMap<string, Json>;
  readonly style: PrintStyle;
  readonly raw: boolean;
  readonly join: boolean;
  readonly zero: boolean;
  readonly slurp: boolean;
  readonly nullInput: boolean;
  readonly rawInput: boolean;
  readonly exitStatus: boolean;
  /** Whether all input has to be read before the filter runs. */
  readonly wholeInput: boolean;
}

const LETTERS: Readonly<Record<string, string>> = {
  'raw-output': 'r',
  'raw-output0': 'raw-output0',
  'join-output': 'j',
  'ascii-output': 'a',
  'compact-output': 'c',
  'color-output': 'C',
  'monochrome-output': 'M',
  tab: 'tab',
  'sort-keys': 'S',
  slurp: 's',
  'null-input': 'n',
  'raw-input': 'R',
  'exit-status': 'e',
  'from-file': 'f',
  unbuffered: 'unbuffered',
};
/** Options with arguments, and how many. */
const TAKES: Readonly<Record<string, number>> = {
  arg: 2,
  argjson: 2,
  slurpfile: 2,
  rawfile: 2,
  indent: 1,
};

class Complaint extends Error {}

/** The options and what they name, or a complaint. */
export function parseArguments(process: Process, args: readonly string[]): JqOptions | string {
  try {
    return new ArgumentReader(process, args).read();
  } catch (error) {
    if (error instanceof Complaint) return error.message;
    throw error;
  }
}

class ArgumentReader {
  readonly #process: Process;
  readonly #args: readonly string[];
  readonly #flags = new Set<string>();
  readonly #operands: string[] = [];
  readonly #named = new Map<string, Json>();
  readonly #positional: Json[] = [];
  #rest: 'files' | 'args' | 'jsonargs' = 'files';
  #program: string | undefined;
  #indent = 2;

  constructor(process: Process, args: readonly string[]) {
    this.#process = process;
    this.#args = args;
  }

  read(): JqOptions {
    let optionsEnd = false;
    for (let at = 0; at < this.#args.length; at += 1) {
      const arg = this.#args[at] ?? '';
      if (optionsEnd || !arg.startsWith('-') || arg === '-') this.#operand(arg);
      else if (arg === '--') optionsEnd = true;
      else if (arg.startsWith('--')) at += this.#long(arg.slice(2), this.#args.slice(at + 1));
      else this.#short(arg.slice(1));
    }
    return this.#finish();
  }

  #operand(text: string): void {
    if (this.#program === undefined) this.#program = text;
    else if (this.#rest === 'files') this.#operands.push(text);
    else if (this.#rest === 'args') this.#positional.push(text);
    else this.#positional.push(this.#json(text, `Invalid JSON text passed to --jsonargs`));
  }

  /** Answers how many of the words that follow it used. */
  #long(name: string, following: readonly string[]): number {
    if (name === 'args' || name === 'jsonargs') {
      this.#rest = name;
      return 0;
    }
    const count = TAKES[name];
    if (count !== undefined) {
      if (following.length < count)
        throw new Complaint(
          `jq: --${name} takes ${count === 1 ? 'one parameter' : 'two parameters (e.g. --' + name + ' varname value)'}\nUse jq --help for help with command-line options,\nor see the jq manpage, or online docs  at https://jqlang.github.io/jq`,
        );
      this.#value(name, following[0] ?? '', following[1] ?? '');
      return count;
    }
    const letter = LETTERS[name];
    if (letter === undefined) throw unknownOption(`--${name}`);
    this.#flags.add(letter);
    return 0;
  }

  #value(option: string, name: string, text: string): void {
    if (option === 'indent') this.#indent = Math.max(0, Math.min(7, Number(name)));
    else if (option === 'arg') this.#named.set(name, text);
    else if (option === 'argjson') this.#named.set(name, this.#json(text, 'jq: Invalid JSON text passed to --argjson'));
    else {
      const bytes = this.#process.readFile(text);
      if (failed(bytes))
        throw new Complaint(`jq: Bad JSON in --${option} ${name} ${text}: Could not open ${text}: ${strerror(bytes)}`);
      const content = bytesToText(bytes);
      this.#named.set(
        name,
        option === 'rawfile'
          ? content
          : new ValueSplitter()
              .push(content, true)
              .map((each) => this.#json(each.text, `jq: Bad JSON in --slurpfile ${name} ${text}`)),
      );
    }
  }

  #json(text: string, complaint: string): Json {
    try {
      return parseJson(text);
    } catch (error) {
      if (error instanceof JsonFault) throw new Complaint(complaint);
      throw error;
    }
  }

  #short(letters: string): void {
    for (const letter of letters) {
      if (!'rjacCMSsnRefh'.includes(letter)) throw unknownOption(`-${letters}`);
      this.#flags.add(letter);
    }
  }

  #finish(): JqOptions {
    const has = (flag: string): boolean => this.#flags.has(flag);
    const files = this.#operands;
    let program = this.#program;
    if (program !== undefined && has('f')) {
      const text = fileText(this.#process, program);
      if (text === undefined) throw new Complaint(`jq: error: Could not open ${program}: No such file or directory`);
      program = text;
    }
    if (program === undefined) throw new Complaint('Usage:\tjq [OPTIONS] FILTER [FILES...]');
    const slurp = has('s');
    return {
      program,
      files,
      variables: this.#variables(),
      style: {
        indent: has('c') ? '' : has('tab') ? '\t' : ' '.repeat(this.#indent),
        sortKeys: has('S'),
        colour: !has('M') && (has('C') || this.#process.isatty(1)),
        ascii: has('a'),
      },
      raw: has('r') || has('j') || has('raw-output0'),
      join: has('j'),
      zero: has('raw-output0'),
      slurp,
      nullInput: has('n'),
      rawInput: has('R'),
      exitStatus: has('e'),
      wholeInput: slurp || /\binputs?\b/.test(program),
    };
  }

  #variables(): ReadonlyMap<string, Json> {
    const args = new Map<string, Json>([
      ['positional', this.#positional],
      ['named', new Map(this.#named)],
    ]);
    return new Map<string, Json>([
      ['$ARGS', args],
      ...[...this.#named].map(([name, value]) => [`$${name}`, value] as const),
    ]);
  }
}

const unknownOption = (option: string): Complaint =>
  new Complaint(
    `jq: Unknown option: ${option}\nUse jq --help for help with command-line options,\nor see the jq manpage, or online docs  at https://jqlang.github.io/jq`,
  );
