/** xargs (findutils 4.9). Leaves out: -p, -o and --show-limits, which are refused. */
import { encodeUtf8 } from '../../protocol/bytes.ts';
import { failed, strerror } from '../../protocol/errno.ts';
import { readAll } from '../io.ts';
import { runAndWait } from '../run-child.ts';
import { bytesToText } from '../text.ts';
import type { Invocation } from './command.ts';
import { command } from './command.ts';
import { delimited, delimiterOf, quotedItems, type Item, type Items } from './xargs-input.ts';

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
    const text = await inputText(call);
    if (text === undefined) return 1;
    const { items, open } = itemsOf(call, plan, text);
    if (call.flavour === 'busybox' && open !== undefined) {
      await call.io.warn(`unmatched ${open} quote`);
      return 1;
    }
    const batches = planBatches(call, plan, await withoutNul(call, items));
    const status = await runBatches(call, batches.lines);
    if (batches.problem !== undefined && status === 0) await call.io.warn(batches.problem);
    if (open !== undefined && status === 0)
      await call.io.warn(
        `unmatched ${open} quote; by default quotes are special to xargs unless you use the -0 option`,
      );
    return status === 0 && (open !== undefined || batches.problem !== undefined) ? 1 : status;
  },
);

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
  const hint = "Try 'xargs --help' for more information.\n";
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

/** Everything of standard input or the file of -a; undefined after a complaint. */
async function inputText({ options, io, process }: Invocation): Promise<string | undefined> {
  const file = options.value('a');
  const fd = file === undefined || file === '-' ? 0 : process.open(file, { read: true });
  if (failed(fd)) {
    await io.warn(`Cannot open input file \u2018${file ?? ''}\u2019: ${strerror(fd)}`);
    return undefined;
  }
  const all = await readAll(process, fd);
  return failed(all) ? undefined : bytesToText(all);
}

function itemsOf({ options }: Invocation, { mode, delimiter }: Plan, text: string): Items {
  if (delimiter !== undefined) return delimited(text, delimiter);
  const end = options.order.findLast(([letter]) => letter === 'E' || letter === 'e')?.[1];
  const read = quotedItems(text, mode.type === 'replace', end === '' ? undefined : end);
  return mode.type === 'replace' ? { ...read, items: read.items.filter(({ text: line }) => line !== '') } : read;
}

async function withoutNul(call: Invocation, items: readonly Item[]): Promise<readonly Item[]> {
  if (!items.some(({ text }) => text.includes('\0'))) return items;
  await call.io.warn(
    'WARNING: a NUL character occurred in the input.  It cannot be passed through in the argument list.  Did you mean to use the --null option?',
  );
  return items.map((item) => ({ ...item, text: item.text.replace(/\0[^]*/, '') }));
}

interface Batches {
  readonly lines: readonly (readonly string[])[];
  /** Why what is left is not run. */
  readonly problem?: string;
}

const sizeOf = (args: readonly string[]): number => args.reduce((sum, arg) => sum + encodeUtf8(arg).length + 1, 0);

/** The command lines to run. */
function planBatches({ options, operands }: Invocation, { mode, size }: Plan, items: readonly Item[]): Batches {
  const base = operands.length === 0 ? ['echo'] : operands;
  if (sizeOf(base) > size) return { lines: [], problem: 'cannot fit single argument within argument list size limit' };
  if (mode.type === 'replace') {
    const lines = items.map(({ text }) => base.map((arg, at) => (at === 0 ? arg : arg.replaceAll(mode.pattern, text))));
    const long = lines.findIndex((line) => sizeOf(line) > size);
    return long < 0 ? { lines } : { lines: lines.slice(0, long), problem: 'argument list too long' };
  }
  if (items.length === 0) return { lines: options.has('r') ? [] : [[...base]] };
  const lines: string[][] = [];
  let line = [...base];
  let ended = 0;
  const flush = (): void => {
    if (line.length > base.length) lines.push(line);
    line = [...base];
    ended = 0;
  };
  for (const { text, endsLine } of items) {
    if (sizeOf([...base, text]) > size) return { lines, problem: 'argument line too long' };
    if (sizeOf([...line, text]) > size) {
      if (options.has('x') || mode.type === 'lines') return { lines, problem: 'argument list too long' };
      flush();
    }
    line.push(text);
    if (endsLine) ended += 1;
    if (mode.type !== 'all' && (mode.type === 'args' ? line.length - base.length : ended) >= mode.count) flush();
  }
  flush();
  return { lines };
}

async function runBatches(call: Invocation, batches: readonly (readonly string[])[]): Promise<number> {
  const { options, io, process } = call;
  const width = Math.max(1, Number(options.value('P') ?? '1') || batches.length);
  const slotName = options.value('slot');
  let status = 0;
  for (let group = 0; group < batches.length; group += width) {
    const together = batches.slice(group, group + width);
    const results = await Promise.all(
      together.map(async (argv, slot) => {
        if (options.has('t')) await io.raw(`${argv.join(' ')}\n`);
        const env = slotName === undefined ? process.env : { ...process.env, [slotName]: String(slot) };
        return await runAndWait(process, argv, { env });
      }),
    );
    for (const [at, result] of results.entries()) {
      const name = together[at]?.[0] ?? '';
      if (result.type === 'missing') {
        await io.warn(`${name}: ${result.message}`);
        return result.code;
      }
      if (result.signal !== undefined) {
        await io.warn(`${name}: terminated by signal ${String(result.signal)}`);
        return 125;
      }
      if (result.code === 255) {
        await io.warn(`${name}: exited with status 255; aborting`);
        return 124;
      }
      if (result.code !== 0) status = 123;
    }
  }
  return status;
}
