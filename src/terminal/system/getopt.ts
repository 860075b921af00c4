/**
 * getopt (util-linux 2.39): the options of a script sorted before its operands, quoted for `eval set --`.
 * Models: short and long options with required and optional values, -a, the scanning modes `+` and `-`, -q, -Q, -s, -u, -T.
 */
import { helpHint } from '../coreutils/help-hint.ts';
import type { Io } from '../io.ts';
import { parseOptions, type CommandSpec, type Options } from '../coreutils/command.ts';
import { versionAsked } from '../program-version.ts';
import { plainProgram } from './plain-program.ts';

const OWN: CommandSpec = {
  name: 'getopt',
  short: 'ao:l:n:qQs:TuhV',
  long: {
    alternative: 'a',
    options: 'o',
    longoptions: 'l',
    name: 'n',
    quiet: 'q',
    'quiet-output': 'Q',
    shell: 's',
    test: 'T',
    unquoted: 'u',
    help: 'h',
    version: 'V',
  },
  stopEarly: true,
};

const HELP = `
Usage:
 getopt <optstring> <parameters>
 getopt [options] [--] <optstring> <parameters>
 getopt [options] -o|--options <optstring> [options] [--] <parameters>

Parse command options.

Options:
 -a, --alternative             allow long options starting with single -
 -l, --longoptions <longopts>  the long options to be recognized
 -n, --name <progname>         the name under which errors are reported
 -o, --options <optstring>     the short options to be recognized
 -q, --quiet                   disable error reporting by getopt(3)
 -Q, --quiet-output            no normal output
 -s, --shell <shell>           set quoting conventions to those of <shell>
 -T, --test                    test for getopt(1) version
 -u, --unquoted                do not quote the output

 -h, --help                    display this help
 -V, --version                 display version

For more details see getopt(1).
`;

export const getopt = plainProgram('getopt', async ({ process, io, invoked, args }) => {
  const version = versionAsked('getopt', args);
  if (version !== undefined) {
    io.line(version);
    return await io.end(0);
  }
  const compatible = process.env['GETOPT_COMPATIBLE'] !== undefined;
  const [first] = args;
  if (first === undefined) {
    if (!compatible) return await usageError(io, 'missing optstring argument');
    io.line(' --');
    return await io.end(0);
  }
  if (!first.startsWith('-') || compatible)
    return await answer(
      io,
      { short: first.replace(/^[-+]+/, ''), long: [], quote: plain, name: 'getopt' },
      args.slice(1),
    );
  const own = parseOptions(args, OWN);
  if ('problem' in own) {
    await io.raw(`${invoked}: ${own.problem}\n${helpHint(io)}\n`);
    return 2;
  }
  if (own.has('h')) {
    io.out(HELP);
    return await io.end(0);
  }
  if (own.has('T')) return 4;
  return await sorted(io, own, process.env['POSIXLY_CORRECT'] !== undefined);
});

async function usageError(io: Io, problem: string): Promise<2> {
  await io.warn(problem);
  await io.raw(`${helpHint(io)}\n`);
  return 2;
}

interface LongOption {
  readonly name: string;
  readonly value: 'no' | 'yes' | 'maybe';
}

interface Request {
  readonly short: string;
  readonly long: readonly LongOption[];
  readonly name: string;
  readonly quote: (word: string) => string;
  readonly alternative?: boolean;
  readonly mode?: '+' | '-' | undefined;
  readonly quiet?: boolean;
  readonly silent?: boolean;
}

async function sorted(io: Io, own: Options, posix: boolean): Promise<number> {
  const shell = own.value('s');
  if (shell !== undefined && !['sh', 'bash', 'csh', 'tcsh'].includes(shell))
    return await usageError(io, 'unknown shell after -s or --shell argument');
  const given = own.value('o');
  const [optstring, ...rest] = given === undefined ? own.operands : [given, ...own.operands];
  if (optstring === undefined) return await usageError(io, 'missing optstring argument');
  const mark = optstring.charAt(0);
  const long = own.values('l').flatMap(longOptions);
  if (long.includes('empty')) return await usageError(io, 'empty long option after -l or --long argument');
  const request: Request = {
    short: optstring.replace(/^[-+]/, ''),
    long: long.filter((each) => each !== 'empty'),
    name: own.value('n') ?? 'getopt',
    quote: own.has('u') ? plain : shell?.endsWith('csh') === true ? cshQuoted : quoted,
    alternative: own.has('a'),
    mode: mark === '-' ? '-' : mark === '+' || posix ? '+' : undefined,
    quiet: own.has('q'),
    silent: own.has('Q'),
  };
  return await answer(io, request, rest);
}

/** `name,value:,maybe::` */
const longOptions = (text: string): (LongOption | 'empty')[] =>
  text
    .split(/[, \t\n]/)
    .filter((name) => name !== '')
    .map((text) => {
      const name = text.replace(/:{1,2}$/, '');
      const colons = text.length - name.length;
      return name === '' ? 'empty' : { name, value: colons === 2 ? 'maybe' : colons === 1 ? 'yes' : 'no' };
    });

const plain = (word: string): string => ` ${word}`;
const quoted = (word: string): string => ` '${word.replaceAll("'", "'\\''")}'`;
const cshQuoted = (word: string): string =>
  ` '${word
    .replaceAll('\\', '\\\\')
    .replaceAll("'", "'\\''")
    .replaceAll('!', "'\\!'")
    .replaceAll('\n', '\\n')
    .replace(/\s/g, (blank) => `'\\${blank}'`)}'`;

async function answer(io: Io, request: Request, words: readonly string[]): Promise<number> {
  const scan = new Scan(request, words);
  scan.run();
  if (request.quiet !== true) for (const complaint of scan.complaints) await io.raw(`${request.name}: ${complaint}\n`);
  if (request.silent !== true) io.line(`${scan.options.join('')} --${scan.operands.map(request.quote).join('')}`);
  return await io.end(scan.complaints.length === 0 ? 0 : 1);
}

class Scan {
  readonly options: string[] = [];
  readonly operands: string[] = [];
  readonly complaints: string[] = [];
  readonly #rest: string[];

  constructor(
    private readonly request: Request,
    words: readonly string[],
  ) {
    this.#rest = [...words];
  }

  run(): void {
    const { mode, quote, alternative } = this.request;
    for (let word = this.#rest.shift(); word !== undefined; word = this.#rest.shift()) {
      if (word === '--') break;
      if (word === '-' || !word.startsWith('-')) {
        if (mode === '-') this.options.push(quote(word));
        else this.operands.push(word);
        if (mode === '+') break;
      } else if (word.startsWith('--')) this.#long(word.slice(2), '--');
      else if (alternative !== true || !this.#alternative(word)) this.#short(word.slice(1));
    }
    this.operands.push(...this.#rest);
  }

  /** -a: a word with one dash that a long option fits. */
  #alternative(word: string): boolean {
    const [name = ''] = word.slice(1).split('=');
    const known = this.#found(name).length > 0;
    if (!known && (word.length === 2 || this.request.short.includes(word.charAt(1)))) return false;
    this.#long(word.slice(1), '-');
    return true;
  }

  #found(name: string): readonly LongOption[] {
    const exact = this.request.long.find((option) => option.name === name);
    return exact === undefined ? this.request.long.filter((option) => option.name.startsWith(name)) : [exact];
  }

  #long(text: string, dashes: string): void {
    const at = text.indexOf('=');
    const name = at < 0 ? text : text.slice(0, at);
    const given = at < 0 ? undefined : text.slice(at + 1);
    const [option, ...others] = this.#found(name);
    if (option === undefined) this.complaints.push(`unrecognized option '${dashes}${name}'`);
    else if (others.length > 0) {
      const possible = [option, ...others].map((each) => ` '${dashes}${each.name}'`).join('');
      this.complaints.push(`option '${dashes}${name}' is ambiguous; possibilities:${possible}`);
    } else if (option.value === 'no' && given !== undefined)
      this.complaints.push(`option '${dashes}${option.name}' doesn't allow an argument`);
    else this.#take(`--${option.name}`, `'${dashes}${option.name}' requires an argument`, option.value, given);
  }

  #short(letters: string): void {
    for (let at = 0; at < letters.length; at += 1) {
      const letter = letters.charAt(at);
      const place = letter === ':' ? -1 : this.request.short.indexOf(letter);
      if (place < 0) {
        this.complaints.push(`invalid option -- '${letter}'`);
        continue;
      }
      const [colons = ''] = /^:{0,2}/.exec(this.request.short.slice(place + 1)) ?? [];
      const attached = letters.slice(at + 1);
      const value = colons === '' ? 'no' : colons === ':' ? 'yes' : 'maybe';
      this.#take(`-${letter}`, `requires an argument -- '${letter}'`, value, attached === '' ? undefined : attached);
      if (value !== 'no') return;
    }
  }

  #take(shown: string, lack: string, takes: LongOption['value'], given: string | undefined): void {
    if (takes === 'no') {
      this.options.push(` ${shown}`);
      return;
    }
    const value = given ?? (takes === 'maybe' ? '' : this.#rest.shift());
    if (value === undefined) this.complaints.push(`option ${lack}`);
    else this.options.push(` ${shown}${this.request.quote(value)}`);
  }
}
