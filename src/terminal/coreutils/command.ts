import { wholePower } from '../../formats/power.ts';
import type { Result, SysFailure } from '../../protocol/errno.ts';
import { failed, strerror } from '../../protocol/errno.ts';
import type { Fd, Process, Program } from '../../protocol/program.ts';
import { RegexBound } from '../posix-regex/steps.ts';
import { baseName, Io, LineReader, openInput } from '../io.ts';
import { versionAsked } from '../program-version.ts';

export type Flavour = 'gnu' | 'busybox';

/** Options and operands of one call, as getopt_long(3) sorts them. */
export interface Options {
  readonly operands: readonly string[];
  has(letter: string): boolean;
  /** The last value given. */
  value(letter: string): string | undefined;
  values(letter: string): readonly string[];
  /** All options in the order they came. */
  readonly order: readonly (readonly [letter: string, value: string])[];
  /** How many operands stand before each of them. */
  readonly places?: readonly number[];
}

export interface Invocation {
  readonly process: Process;
  readonly io: Io;
  readonly options: Options;
  readonly operands: readonly string[];
  readonly flavour: Flavour;
  /** The synopsis, from the program's name on. */
  readonly usage: string;
}

/** A program that busybox carries as well. */
export interface Applet extends Program {
  /** Its options, where it reads them by getopt. */
  readonly spec?: CommandSpec;
  readonly applet: (process: Process, flavour: Flavour, argv: readonly string[]) => Promise<number>;
}

export interface CommandSpec {
  readonly name: string;
  /** Letters as getopt writes them: `n:` takes a value, `i::` an attached one. */
  readonly short: string;
  /** Long names to letters; letters longer than one character stand for options without a short form. */
  readonly long?: Readonly<Record<string, string>>;
  /** getopt(3) reads them, which has no long options: `--x` is a letter `-` that there is not. */
  readonly onlyLetters?: true;
  /** Options end at the first operand (xargs, env, timeout). */
  readonly stopEarly?: boolean;
  /** `-5` for `-n 5`. */
  readonly numeric?: string;
  readonly usageStatus?: number;
  readonly usage?: string;
  /** The line after a complaint about options, where it is not coreutils'; empty where there is none. */
  readonly hint?: string | ((name: string) => string);
  /**
   * What its messages, its hint and its usage call it: the last part of argv[0], as err(3) has it; without this, all of
   * argv[0], as error(3) has it. getopt's complaints have all of it in either case.
   */
  readonly calls?: 'short';
  /** After a complaint about options: another reading of the arguments, on a line before the hint. */
  readonly meant?: (process: Process, args: readonly string[]) => string | undefined;
  /** A letter that asks for help as --help does. */
  readonly helpOption?: '-h';
  /** Options that the real one has and this one refuses by name: as `short` and `long` call them. */
  readonly absent?: readonly string[];
  /** The letters that busybox' program has, and after blanks its long names; without it, all. */
  readonly busybox?: string;
  /** Long names without a letter that are refused, too: `name`, or `name=` where a value follows. */
  readonly absentLong?: string;
}

/** A program from its options and what it does. */
export function command(given: CommandSpec, run: (call: Invocation) => Promise<number>): Applet {
  const whole = withAbsentLong(given);
  const small = given.busybox === undefined ? whole : onlyBusybox(whole, given.busybox);
  const applet = async (process: Process, flavour: Flavour, argv: readonly string[]): Promise<number> => {
    const spec = flavour === 'busybox' ? small : whole;
    const io = namedIo(process, flavour, argv, spec);
    const args = argv.slice(1);
    const usage = `${io.name} ${spec.usage ?? '[OPTION]... [FILE]...'}`;
    if (args.length === 1 && (args[0] === '--help' || args[0] === spec.helpOption) && flavour === 'gnu') {
      io.out(`Usage: ${usage}\n`);
      return await io.end(0);
    }
    if (args.length === 1 && args[0] === '--help' && flavour === 'busybox') {
      const { busyboxUsage } = await process.hold(import('./usage-messages.ts'));
      await busyboxUsage(io, usage);
      return 0;
    }
    const version = flavour === 'gnu' ? versionAsked(spec.name, args) : undefined;
    if (version !== undefined) {
      io.line(version);
      return await io.end(0);
    }
    const options = parseOptions(args, spec);
    if ('problem' in options) {
      const { optionComplaint } = await process.hold(import('./usage-messages.ts'));
      return await optionComplaint(io, spec, argv, options.problem, usage);
    }
    const absent = absentOption(spec, options);
    if (absent !== undefined) {
      await io.raw(`drydock: '${spec.name} ${absent}' is not simulated\n`);
      return 1;
    }
    return await bounded(io, run({ process, io, options, operands: options.operands, flavour, usage }));
  };
  return {
    name: given.name,
    spec: whole,
    memoryBytes: 1_200_000,
    run: (process) => applet(process, 'gnu', process.argv),
    applet,
  };
}

/** The streams of a call, whose messages begin with the name that the program was called by. */
export function namedIo(
  process: Process,
  flavour: Flavour,
  argv: readonly string[],
  { name, calls }: Pick<CommandSpec, 'name' | 'calls'>,
): Io {
  const whole = argv[0] ?? name;
  return new Io(process, calls === 'short' || flavour === 'busybox' ? baseName(whole) : whole, flavour, name);
}

/** The options of which busybox' program knows. */
function onlyBusybox(spec: CommandSpec, known: string): CommandSpec {
  const [letters = '', ...names] = known.split(' ');
  const short = (spec.short.match(/[^:]:*/g) ?? []).filter((option) => letters.includes(option.charAt(0)));
  const long = Object.entries(spec.long ?? {}).filter(([name]) => names.includes(name));
  return { ...spec, short: short.join(''), long: Object.fromEntries(long) };
}

function withAbsentLong(spec: CommandSpec): CommandSpec {
  if (spec.absentLong === undefined) return spec;
  const names = spec.absentLong.split(' ');
  return {
    ...spec,
    long: { ...Object.fromEntries(names.map((name) => [name.replace('=', ''), name.replace('=', ':')])), ...spec.long },
    absent: [...(spec.absent ?? []), ...names.map((name) => name.replace('=', ''))],
  };
}

/** The first option given that is not modelled, as it is written. */
export function absentOption({ absent = [] }: Pick<CommandSpec, 'absent'>, { order }: Options): string | undefined {
  const found = order.find(([letter]) => absent.includes(letter))?.[0];
  return found === undefined ? undefined : `${found.length === 1 ? '-' : '--'}${found}`;
}

/** A search that is over its bound ends its program with a message. */
async function bounded(io: Io, running: Promise<number>): Promise<number> {
  try {
    return await running;
  } catch (error) {
    if (!(error instanceof RegexBound)) throw error;
    await io.warn(error.message);
    return await io.end(2);
  }
}

/** Options sorted from operands, or getopt's complaint. */
export function parseOptions(args: readonly string[], spec: CommandSpec): Options | { readonly problem: string } {
  const order: [string, string][] = [];
  const operands: string[] = [];
  const places: number[] = [];
  const note = (option: [string, string]): void => {
    order.push(option);
    places.push(operands.length);
  };
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? '';
    if (arg === '--') {
      operands.push(...args.slice(at + 1));
      break;
    }
    if (arg.startsWith('--') && spec.onlyLetters !== true) {
      const [name, attached] = splitLong(arg);
      const letter = findLong(name, spec.long ?? {});
      if (typeof letter !== 'string') return { problem: letter.problem };
      const plain = letter.replace(/:+$/, '');
      const takes = letter.endsWith(':') ? (letter.endsWith('::') ? 'maybe' : 'yes') : kind(spec.short, letter);
      if (takes === 'no' && attached !== undefined) return { problem: `option '--${name}' doesn't allow an argument` };
      if (takes === 'yes' && attached === undefined) {
        at += 1;
        if (at >= args.length) return { problem: `option '--${name}' requires an argument` };
        note([plain, args[at] ?? '']);
      } else note([plain, attached ?? '']);
      continue;
    }
    if (arg === '-' || !arg.startsWith('-')) {
      operands.push(arg);
      if (spec.stopEarly === true) {
        operands.push(...args.slice(at + 1));
        break;
      }
      continue;
    }
    if (spec.numeric !== undefined && /^-\d+$/.test(arg)) {
      note([spec.numeric, arg.slice(1)]);
      continue;
    }
    for (let i = 1; i < arg.length; i += 1) {
      const letter = arg.charAt(i);
      const takes = letter === ':' ? undefined : spec.short.includes(letter) ? kind(spec.short, letter) : undefined;
      if (takes === undefined) return { problem: `invalid option -- '${letter}'` };
      if (takes === 'no') {
        note([letter, '']);
        continue;
      }
      const rest = arg.slice(i + 1);
      if (rest !== '' || takes === 'maybe') note([letter, rest]);
      else {
        at += 1;
        if (at >= args.length) return { problem: `option requires an argument -- '${letter}'` };
        note([letter, args[at] ?? '']);
      }
      break;
    }
  }
  return {
    operands,
    order,
    places,
    has: (letter) => order.some(([given]) => given === letter),
    value: (letter) => order.findLast(([given]) => given === letter)?.[1],
    values: (letter) => order.filter(([given]) => given === letter).map(([, value]) => value),
  };
}

function kind(short: string, letter: string): 'no' | 'yes' | 'maybe' {
  const at = short.indexOf(letter);
  if (at < 0 || short.charAt(at + 1) !== ':') return 'no';
  return short.charAt(at + 2) === ':' ? 'maybe' : 'yes';
}
function splitLong(arg: string): readonly [string, string | undefined] {
  const at = arg.indexOf('=');
  return at < 0 ? [arg.slice(2), undefined] : [arg.slice(2, at), arg.slice(at + 1)];
}
function findLong(name: string, long: Readonly<Record<string, string>>): string | { readonly problem: string } {
  const exact = long[name];
  if (exact !== undefined) return exact;
  const found = Object.keys(long)
    .filter((candidate) => candidate.startsWith(name))
    .sort();
  const letters = new Set(found.map((candidate) => long[candidate]));
  const [only] = letters;
  if (letters.size === 1 && only !== undefined) return only;
  if (found.length === 0) return { problem: `unrecognized option '--${name}'` };
  const possible = found.map((candidate) => `'--${candidate}'`).join(' ');
  return { problem: `option '--${name}' is ambiguous; possibilities: ${possible}` };
}

/** Each operand opened in turn (standard input where there is none); answers whether all could be read. */
export async function eachInput(
  call: Invocation,
  operands: readonly string[],
  use: (fd: Fd, name: string) => Promise<SysFailure | undefined>,
): Promise<boolean> {
  let good = true;
  for (const name of operands.length === 0 ? ['-'] : operands) {
    const fd = openInput(call.process, name);
    const failure = failed(fd) ? fd : await useInput(call.process, fd, name, use);
    if (failure !== undefined) {
      good = false;
      await warnOfInput(call, name, failure, operands.length === 0);
    }
    if (call.io.broken) return good;
  }
  return good;
}

/** Says what is wrong with an input; `implied` where none was named. */
export async function warnOfInput(
  { io, process, flavour }: Invocation,
  name: string,
  failure: SysFailure,
  implied = false,
): Promise<void> {
  // Few calls fail: the words are not there before one does.
  const { inputMessages } = await process.hold(import('./input-messages.ts'));
  for (const text of inputMessages(io.program, flavour, name, failure, implied)) await io.warn(text);
}

async function useInput(
  process: Process,
  fd: Fd,
  name: string,
  use: (fd: Fd, name: string) => Promise<SysFailure | undefined>,
): Promise<SysFailure | undefined> {
  const stat = process.fstat(fd);
  const failure: SysFailure | undefined = failed(stat)
    ? stat
    : stat.type === 'directory'
      ? { errno: 'EISDIR' }
      : await use(fd, name);
  if (fd !== 0) process.close(fd);
  return failure;
}

/** Every line of the operands, with output leaving after each piece that was read. */
export async function eachLine(
  call: Invocation,
  operands: readonly string[],
  use: (line: Uint8Array, reader: LineReader, name: string) => unknown,
  delimiter = 10,
): Promise<boolean> {
  return await eachInput(call, operands, async (fd, name) => {
    const reader = new LineReader(call.process, fd, delimiter);
    for (;;) {
      for (let line = reader.ready(); line !== undefined; line = reader.ready()) {
        if (use(line, reader, name) === 'stop') return undefined;
        if (call.io.full && !(await call.io.flush())) return undefined;
      }
      if (!(await call.io.flush())) return undefined;
      if (!(await reader.fill())) break;
    }
    const rest = reader.rest();
    if (rest !== undefined) use(rest, reader, name);
    return reader.failure;
  });
}

/** A complaint with GNU's second line. */
export async function usageError(call: Invocation, text: string, status = 1, hint?: string): Promise<number> {
  const { usageComplaint } = await call.process.hold(import('./usage-messages.ts'));
  return await usageComplaint(call, text, status, hint);
}

/** The two operands that a program needs; where they are not two it has complained. */
export async function twoOperands(call: Invocation): Promise<readonly [string, string] | undefined> {
  const [first, second, third] = call.operands;
  if (first !== undefined && second !== undefined && third === undefined) return [first, second];
  await usageError(
    call,
    first === undefined
      ? 'missing operand'
      : second === undefined
        ? `missing operand after '${first}'`
        : `extra operand '${third ?? ''}'`,
  );
  return undefined;
}

/** Writes `name: text: strerror`. */
export async function complain(call: Invocation, text: string, failure: Result<unknown>): Promise<number> {
  await call.io.warn(failed(failure) ? `${text}: ${strerror(failure)}` : text);
  return 1;
}

/** `10`, `5K`, `1M`, `2GB`: bytes; undefined where it is no number. */
export function parseSize(text: string): number | undefined {
  const match = /^(\d+)(?:([bkKMGTPE])(i?B)?)?$/.exec(text);
  if (match === null) return undefined;
  const [, digits = '0', unit, suffix] = match;
  if (unit === undefined) return Number(digits);
  if (unit === 'b') return Number(digits) * 512;
  const power = 'KMGTPE'.indexOf(unit.toUpperCase()) + 1;
  return Number(digits) * wholePower(suffix === 'B' ? 1_000 : 1_024, power);
}

/** 1.5K, 23M: at most three significant characters, rounded up as GNU's -h. */
export function humanSize(bytes: number, base = 1_024): string {
  if (bytes < base) return String(bytes);
  let value = bytes;
  let unit = -1;
  while (value >= base && unit < 5) {
    value /= base;
    unit += 1;
  }
  const letter = (base === 1_000 ? 'kMGTPE' : 'KMGTPE').charAt(unit);
  if (value < 10) {
    const tenths = Math.ceil(value * 10 - 1e-9) / 10;
    if (tenths < 10) return `${tenths.toFixed(1)}${letter}`;
  }
  const whole = Math.ceil(value - 1e-9);
  return whole >= base ? `1.0${'KMGTPE'.charAt(unit + 1)}` : `${String(whole)}${letter}`;
}
