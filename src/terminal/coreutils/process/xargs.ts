/** xargs (findutils 4.9). Leaves out: -p, -o and --show-limits, which are refused. */
import { helpHint } from '../help-hint.ts';
import { encodeUtf8 } from '../../../protocol/bytes.ts';
import { failed, strerror } from '../../../protocol/errno.ts';
import { LineReader } from '../../io.ts';
import { bytesToText } from '../../text.ts';
import type { Invocation } from '../command.ts';
import { command } from '../command.ts';
import { delimited, delimiterOf, quotedItems, type Item, type Items } from './xargs-input.ts';
import { Runs } from './xargs-runs.ts';

/** What a command line may hold where -s does not say otherwise. */
const SIZE = 131_072;
/** What the kernel takes for arguments and environment, less what POSIX keeps free. */
const ARGUMENTS_LIMIT = 2_097_152 - 2_048;
const sizeLimit = ({ process }: Invocation): number =>
  ARGUMENTS_LIMIT - sizeOf(Object.entries(process.env).map(([name, value]) => `${name}=${value}`));

export const xargs = command(
  {
    name: 'xargs',
    short: '0I:i::n:L:l::P:rtpd:s:a:xE:e::o',
    long: {
      null: '0',
      replace: 'i::',
      'max-args': 'n',
      'max-lines': 'l::',
      'max-chars': 's',
      'max-procs': 'P',
      interactive: 'p',
      exit: 'x',
      eof: 'e::',
      'no-run-if-empty': 'r',
      verbose: 't',
      delimiter: 'd',
      'arg-file': 'a',
      'open-tty': 'o',
      'process-slot-var': 'slot:',
      'show-limits': 'show-limits',
    },
    stopEarly: true,
    busybox: '0artpoeEInLlsPx',
    absent: ['p', 'o', 'show-limits'],
  },
  async (call) => {
    const plan = await givenPlan(call);
    if (plan === undefined) return 1;
    const input = await openArguments(call);
    return input === undefined ? 1 : await runAll(call, plan, input);
  },
);

/** Runs command lines as the input fills them. */
async function runAll(call: Invocation, plan: Plan, input: LineReader): Promise<number> {
  const lines = new CommandLines(call, plan);
  const runs = new Runs(call);
  let open: Items['open'];
  let warned = false;
  for await (const piece of pieces(input, plan)) {
    const read = itemsOf(call, plan, piece);
    if (!warned && read.items.some(({ text }) => text.includes('\0'))) {
      warned = true;
      await call.io.warn(NUL_WARNING);
    }
    ({ open } = read);
    if (call.flavour === 'busybox' && open !== undefined) break;
    for (const line of lines.take(read.items)) if (!(await runs.start(line))) return await runs.end();
    if (open !== undefined || read.ended === true || lines.problem !== undefined) break;
  }
  if (call.flavour === 'busybox' && open !== undefined) {
    await call.io.warn(`unmatched ${open} quote`);
    return 1;
  }
  for (const line of lines.rest(open !== undefined)) if (!(await runs.start(line))) break;
  const status = await runs.end();
  // A file of -a is closed without a look at what became of it.
  if (failed(input.failure) && (call.options.value('a') ?? '-') === '-') {
    await call.io.warn(`error closing file${input.failure.errno === 'EBADF' ? `: ${strerror(input.failure)}` : ''}`);
    return 1;
  }
  if (status !== 0) return status;
  if (lines.problem !== undefined) await call.io.warn(lines.problem);
  if (open !== undefined)
    await call.io.warn(`unmatched ${open} quote; by default quotes are special to xargs unless you use the -0 option`);
  return open !== undefined || lines.problem !== undefined ? 1 : 0;
}

const NUL_WARNING =
  'WARNING: a NUL character occurred in the input.  It cannot be passed through in the argument list.  Did you mean to use the --null option?';

interface Plan {
  /** What is replaced by an item, arguments of a call, or lines of a call: the last of them counts. */
  readonly mode: { readonly type: 'all' } | { readonly type: 'replace'; readonly pattern: string } | Counted;
  readonly size: number;
  readonly delimiter: string | undefined;
}
interface Counted {
  readonly type: 'args' | 'lines';
  readonly count: number;
}

const LEAST: Readonly<Record<string, number>> = { n: 1, L: 1, l: 1, s: 1, P: 0 };

/** The options as a plan; undefined after a complaint. */
async function givenPlan(call: Invocation): Promise<Plan | undefined> {
  const { io, options } = call;
  let mode: Plan['mode'] = { type: 'all' };
  let size = SIZE;
  for (const [letter, value] of options.order) {
    const least = LEAST[letter];
    if (least !== undefined && !(letter === 'l' && value === '') && (await badNumber(call, letter, value, least)))
      return undefined;
    if (letter === 's') size = Math.min(Math.max(1, Number(value)), sizeLimit(call));
    const next = modeOf(letter, value);
    if (next === undefined || (mode.type === 'replace' && isSingle(next))) continue;
    if (mode.type !== 'all' && mode.type !== next.type) {
      const earlier = NAMES[mode.type];
      await io.warn(
        `warning: options ${earlier} and ${NEW_NAMES[letter] ?? ''} are mutually exclusive, ignoring previous ${earlier} value`,
      );
    }
    mode = next;
  }
  const given = options.order.findLast(([letter]) => letter === 'd' || letter === '0');
  const delimiter = given === undefined ? undefined : given[0] === '0' ? '\0' : delimiterOf(given[1]);
  if (given !== undefined && delimiter === undefined) {
    await io.warn(
      `Invalid input delimiter specification ${given[1]}: the delimiter must be either a single character or an escape sequence starting with \\.`,
    );
    return undefined;
  }
  return { mode, size, delimiter };
}

const NAMES = { replace: '--replace', args: '--max-args', lines: '--max-lines' };
const NEW_NAMES: Readonly<Record<string, string>> = {
  I: '--replace/-I/-i',
  i: '--replace/-I/-i',
  n: '--max-args/-n',
  L: '-L',
  l: '--max-lines/-l',
};

/** -n 1 says nothing else than -I does. */
const isSingle = (mode: Plan['mode']): boolean => mode.type === 'args' && mode.count === 1;

function modeOf(letter: string, value: string): Exclude<Plan['mode'], { type: 'all' }> | undefined {
  if (letter === 'I' || letter === 'i') return { type: 'replace', pattern: value || '{}' };
  if (letter === 'n') return { type: 'args', count: Number(value) };
  if (letter === 'L' || letter === 'l') return { type: 'lines', count: Number(value || '1') };
  return undefined;
}

/** Complains of a number that is none, or that is out of its range; true where xargs ends with it. */
async function badNumber(call: Invocation, letter: string, value: string, least: number): Promise<boolean> {
  const { io } = call;
  const isNumber = /^[-+]?\d+$/.test(value);
  const hint = `${helpHint(io)}\n`;
  if (!isNumber) {
    await io.warn(`invalid number "${value}" for -${letter} option`);
    await io.raw(hint);
    return true;
  }
  if (Number(value) < least) {
    await io.warn(`value ${value} for -${letter} option should be >= ${String(least)}`);
    if (letter !== 's') await io.raw(hint);
    return letter !== 's';
  }
  if (letter === 's' && Number(value) > sizeLimit(call))
    await io.warn(`value ${value} for -s option should be <= ${String(sizeLimit(call))}`);
  return false;
}

/** Standard input or the file of -a; undefined after a complaint. */
async function openArguments({ options, io, process }: Invocation): Promise<LineReader | undefined> {
  const file = options.value('a');
  const fd = file === undefined || file === '-' ? 0 : process.open(file, { read: true });
  const given = options.order.findLast(([letter]) => letter === 'd' || letter === '0');
  const delimiter = given === undefined ? '\n' : given[0] === '0' ? '\0' : (delimiterOf(given[1]) ?? '\n');
  if (!failed(fd)) return new LineReader(process, fd, encodeUtf8(delimiter).at(-1) ?? 10);
  await io.warn(`Cannot open input file \u2018${file ?? ''}\u2019: ${strerror(fd)}`);
  return undefined;
}

/** The input in pieces that hold whole items: a line that ends in a blank or a backslash goes on with the next. */
async function* pieces(input: LineReader, { delimiter }: Plan): AsyncGenerator<string> {
  let held = '';
  for (;;) {
    for (let line = input.ready(); line !== undefined; line = input.ready()) {
      held += bytesToText(line) + (delimiter ?? '\n');
      if (delimiter === undefined && /[ \t\\]\n$/.test(held)) continue;
      yield held;
      held = '';
    }
    if (!(await input.fill())) break;
  }
  const rest = input.rest();
  if (rest !== undefined) held += bytesToText(rest);
  if (held !== '') yield held;
}

function itemsOf({ options }: Invocation, { mode, delimiter }: Plan, text: string): Items {
  if (delimiter !== undefined) return delimited(text, delimiter);
  const end = options.order.findLast(([letter]) => letter === 'E' || letter === 'e')?.[1];
  const read = quotedItems(text, mode.type === 'replace', end === '' ? undefined : end);
  return mode.type === 'replace' ? { ...read, items: read.items.filter(({ text: line }) => line !== '') } : read;
}

const sizeOf = (args: readonly string[]): number => args.reduce((sum, arg) => sum + encodeUtf8(arg).length + 1, 0);

/** The command lines that items fill. */
class CommandLines {
  /** Why what is left is not run. */
  problem: string | undefined;
  readonly #base: readonly string[];
  #line: string[];
  #size: number;
  #ended = 0;
  #any = false;

  constructor(
    private readonly call: Invocation,
    private readonly plan: Plan,
  ) {
    this.#base = call.operands.length === 0 ? ['echo'] : call.operands;
    this.#line = [...this.#base];
    this.#size = sizeOf(this.#base);
    if (this.#size > plan.size) this.problem = 'cannot fit single argument within argument list size limit';
  }

  /** The lines that are full with these items. */
  take(items: readonly Item[]): readonly (readonly string[])[] {
    const full: (readonly string[])[] = [];
    for (const item of items) {
      if (this.problem !== undefined) break;
      this.#any = true;
      full.push(...this.#takeOne({ ...item, text: item.text.replace(/\0[^]*/, '') }));
    }
    return full;
  }

  /** What is left at the end; a line without items where there were none at all, and none were begun. */
  rest(isBegun: boolean): readonly (readonly string[])[] {
    const { mode } = this.plan;
    if ((this.problem !== undefined || isBegun) && !this.#any) return [];
    if (this.#any || mode.type === 'replace') return this.#flush();
    return this.call.options.has('r') ? [] : [this.#base];
  }

  #takeOne({ text, endsLine }: Item): readonly (readonly string[])[] {
    const { mode, size } = this.plan;
    if (mode.type === 'replace') {
      const line = this.#base.map((arg, at) => (at === 0 ? arg : arg.replaceAll(mode.pattern, text)));
      if (sizeOf(line) <= size) return [line];
      this.problem = 'argument list too long';
      return [];
    }
    const full: (readonly string[])[] = [];
    const own = sizeOf([text]);
    if (sizeOf(this.#base) + own > size) {
      this.problem = 'argument line too long';
      this.#line = [...this.#base];
      return [];
    }
    if (this.#size + own > size) {
      if (this.call.options.has('x') || mode.type === 'lines') {
        this.problem = 'argument list too long';
        this.#line = [...this.#base];
        return [];
      }
      full.push(...this.#flush());
    }
    this.#line.push(text);
    this.#size += own;
    if (endsLine) this.#ended += 1;
    const count = mode.type === 'args' ? this.#line.length - this.#base.length : this.#ended;
    if (mode.type !== 'all' && count >= mode.count) full.push(...this.#flush());
    return full;
  }

  #flush(): readonly (readonly string[])[] {
    const line = this.#line;
    this.#line = [...this.#base];
    this.#size = sizeOf(this.#base);
    this.#ended = 0;
    return line.length > this.#base.length ? [line] : [];
  }
}
