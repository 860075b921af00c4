/** sort (GNU coreutils 9.4). --compress-program, -S, -T and --parallel change nothing: nothing is written in parts here. */
import { localeName } from '../../locale-name.ts';
import { helpHint } from '../help-hint.ts';
import { EMPTY_BYTES } from '../../../protocol/bytes.ts';
import { failed, strerror, type SysFailure } from '../../../protocol/errno.ts';
import type { Fd } from '../../../protocol/program.ts';
import { bytesToText, textToBytes } from '../../text.ts';
import { byteCompare } from './byte-order.ts';
import type { Applet, Invocation } from '../command.ts';
import { chooseArgument, type Choice } from '../argument-choice.ts';
import { command, eachInput, warnOfInput } from '../command.ts';
import { quotePlain } from '../quoting.ts';
import { debugLine, debugNotes } from './sort-debug.ts';
import { HeldMemory } from '../held-memory.ts';
import { LineReader, readOperand } from '../../io.ts';
import { comparer, incompatible, numberOf, parseKey, type Key, type Order } from './sort-order.ts';

const FAILURE = 2;
/** What sort keeps for each line beside its text. */
const LINE_BYTES = 32;

/** What --sort names. */
const SORT_WORDS: readonly Choice<string>[] = [
  ['g', 'general-numeric'],
  ['h', 'human-numeric'],
  ['M', 'month'],
  ['n', 'numeric'],
  ['R', 'random'],
  ['V', 'version'],
];
const CHECK_WORDS: readonly Choice<string>[] = [
  ['C', 'quiet', 'silent'],
  ['c', 'diagnose-first'],
];

const base = command(
  {
    name: 'sort',
    busybox: 'nrugMcszbdfhiokStTmVC',
    short: 'bdfgihMnRrVk:t:o:ucCsmzS:T:',
    long: {
      'ignore-leading-blanks': 'b',
      'dictionary-order': 'd',
      'ignore-case': 'f',
      'general-numeric-sort': 'g',
      'human-numeric-sort': 'h',
      'ignore-nonprinting': 'i',
      'month-sort': 'M',
      'numeric-sort': 'n',
      'random-sort': 'R',
      reverse: 'r',
      'version-sort': 'V',
      key: 'k',
      'field-separator': 't',
      output: 'o',
      unique: 'u',
      check: 'check::',
      stable: 's',
      merge: 'm',
      'zero-terminated': 'z',
      'buffer-size': 'S',
      'temporary-directory': 'T',
      parallel: 'parallel:',
      'batch-size': 'batch:',
      'compress-program': 'compress:',
      sort: 'sort:',
      debug: 'debug',
      'files0-from': 'files0:',
      'random-source': 'random:',
    },
    usageStatus: FAILURE,
  },
  async (given) => {
    const { options, io, process } = given;
    const words = await readWords(given);
    if (typeof words === 'number') return words;
    const call = await withListedFiles(given);
    if (typeof call === 'number') return call;
    const order = orderOf(call, words);
    if (typeof order === 'string') {
      await io.warn(order);
      return FAILURE;
    }
    const debugged = options.has('debug');
    if (debugged) for (const note of debugNotes(order, localeName(process.env, 'LC_COLLATE'))) await io.warn(note);
    const lists: string[][] = [];
    const good = await readLists(call, lists);
    if (!good) return FAILURE;
    const compare = comparer(order);
    const lines = lists.flat();
    if (words.check !== undefined) return await check(call, lines, compare, words.check);
    process.account(Math.ceil(lines.length * Math.max(1, lines.length.toString(2).length) * 0.05));
    let sorted = options.has('m') ? merged(lists, compare) : sortLines(lines, order, compare);
    if (options.has('u')) sorted = sorted.filter((line, at) => at === 0 || compare(sorted[at - 1] ?? '', line) !== 0);
    const end = options.has('z') ? '\0' : '\n';
    const target = options.value('o');
    if (target !== undefined) {
      const written = process.writeFile(target, textToBytes(sorted.map((line) => line + end).join('')));
      if (!failed(written)) return 0;
      await io.warn(`open failed: ${target}: ${strerror(written)}`);
      return FAILURE;
    }
    for (const line of sorted) {
      io.out(debugged ? debugLine(line, order) : line + end);
      if (io.full && !(await io.flush())) break;
    }
    return await io.end(0);
  },
);

/** `+1 -2` is older than -k 2,2: the fields are counted from 0. */
const applet: Applet['applet'] = async (process, flavour, argv) => {
  if (flavour === 'busybox') return await base.applet(process, flavour, argv);
  const words: string[] = [];
  for (let at = 0; at < argv.length; at += 1) {
    const word = argv[at] ?? '';
    const [, field, char = '0', letters = ''] = /^\+(\d+)(?:\.(\d+))?([bdfghiMnRrV]*)$/.exec(word) ?? [];
    if (at === 0 || field === undefined) {
      words.push(word);
      continue;
    }
    const [last, lastField, lastChar = '0', lastLetters = ''] =
      /^-(\d+)(?:\.(\d+))?([bdfghiMnRrV]*)$/.exec(argv[at + 1] ?? '') ?? [];
    if (last !== undefined) at += 1;
    const end = lastChar === '0' ? String(lastField) : `${String(Number(lastField) + 1)}.${lastChar}`;
    words.push(
      '-k',
      `${String(Number(field) + 1)}.${String(Number(char) + 1)}${letters}${last === undefined ? '' : `,${end}${lastLetters}`}`,
    );
  }
  return await base.applet(process, flavour, words);
};
export const sort: Applet = { ...base, run: (process) => applet(process, 'gnu', process.argv), applet };

/** The call with the operands that --files0-from lists; the status after a complaint. */
async function withListedFiles(call: Invocation): Promise<Invocation | number> {
  const { io, options, operands, process } = call;
  const list = options.value('files0');
  if (list === undefined) return call;
  if (operands[0] !== undefined) {
    await io.warn(`extra operand '${operands[0]}'`);
    await io.raw(`file operands cannot be combined with --files0-from\n${helpHint(io)}\n`);
    return FAILURE;
  }
  const bytes = await readOperand(process, list);
  if (failed(bytes)) {
    await io.warn(`open failed: ${list}: ${strerror(bytes)}`);
    return FAILURE;
  }
  const names = bytesToText(bytes).replace(/\0$/, '').split('\0');
  if (bytes.length === 0) await io.warn(`no input from '${list}'`);
  else if (names.includes('')) await io.warn(`${list}:${String(names.indexOf('') + 1)}: invalid zero-length file name`);
  else if (list === '-' && names.includes('-'))
    await io.warn("when reading file names from stdin, no file name of '-' allowed");
  else return { ...call, operands: names };
  return FAILURE;
}

/** The order that the options ask for, or what is wrong with them. */
function orderOf({ options, process, operands }: Invocation, words: Words): Order | string {
  const flags = [...'bdfghinMRrV'].filter((letter) => letter === words.sort || options.has(letter)).join('');
  const given = options.value('t');
  if (new Set(options.values('t')).size > 1) return 'incompatible tabs';
  const separator = given === '\\0' ? '\0' : given;
  if (separator !== undefined && [...separator].length !== 1)
    return separator === '' ? 'empty tab' : `multi-character tab \u2018${separator}\u2019`;
  const keys: Key[] = [];
  for (const text of options.values('k')) {
    const key = parseKey(text, flags);
    if (typeof key === 'string') return key;
    keys.push(key);
  }
  const clash = (keys.length === 0 ? [flags] : keys.map((key) => key.flags)).map(incompatible).find(Boolean);
  if (clash !== undefined) return `options '-${clash}' are incompatible`;
  const letter = words.check;
  if (letter === 'cC') return "options '-cC' are incompatible";
  if (letter !== undefined && operands[1] !== undefined)
    return `extra operand '${operands[1]}' not allowed with -${letter}`;
  if (options.has('debug') && (letter !== undefined || options.has('o')))
    return `options '-${letter ?? 'o'} --debug' are incompatible`;
  if (letter !== undefined && options.has('o')) return `options '-${letter}o' are incompatible`;
  const isRandom = flags.includes('R') || keys.some((key) => key.flags.includes('R'));
  const source = options.value('random');
  const chance = source === undefined ? process.random(16) : process.readFile(source);
  if (isRandom && failed(chance)) return `open failed: ${source ?? ''}: ${strerror(chance)}`;
  const bytes = failed(chance) ? EMPTY_BYTES : chance.subarray(0, 16);
  if (isRandom && bytes.length < 16) return `\u2018${source ?? ''}\u2019: end of file`;
  const salt = isRandom ? [...bytes].join() : '';
  return { keys, flags, separator, stable: options.has('s') || options.has('u'), salt };
}

/** What the words of --sort and --check stand for, and the numbers that are only looked at: nothing is done in parts here. */
interface Words {
  readonly sort: string | undefined;
  /** `cC` where both are asked for. */
  readonly check: 'c' | 'C' | 'cC' | undefined;
}

/** The status after a complaint. */
async function readWords(call: Invocation): Promise<Words | number> {
  const { io, options } = call;
  const [sort, check] = [options.value('sort'), options.value('check')];
  const letter = sort === undefined ? undefined : await chooseArgument(call, '--sort', sort, SORT_WORDS);
  if (sort !== undefined && letter === undefined) return 1;
  const checked =
    check === undefined ? undefined : await chooseArgument(call, '--check', check || 'diagnose-first', CHECK_WORDS);
  if (check !== undefined && checked === undefined) return 1;
  for (const [option, name] of [
    ['batch', '--batch-size'],
    ['parallel', '--parallel'],
    ['S', '-S'],
  ] as const) {
    const value = options.value(option);
    if (value === undefined || /^\d+[bkKMGTPEZY%]?$/.test(value)) continue;
    await io.warn(`invalid ${/^\d/.test(value) ? 'suffix in ' : ''}${name} argument '${value}'`);
    return FAILURE;
  }
  if (Number(options.value('batch') ?? 2) < 2) {
    await io.warn(`invalid --batch-size argument \u2018${options.value('batch') ?? ''}\u2019`);
    await io.warn('minimum --batch-size argument is \u20182\u2019');
    return FAILURE;
  }
  if (options.value('parallel') === '0') {
    await io.warn('number in parallel must be nonzero');
    return FAILURE;
  }
  const asksQuietly = options.has('C') || checked === 'C';
  const asksAloud = options.has('c') || checked === 'c';
  return { sort: letter, check: asksQuietly ? (asksAloud ? 'cC' : 'C') : asksAloud ? 'c' : undefined };
}

/** The lines of each operand. */
async function readLists(call: Invocation, lists: string[][]): Promise<boolean> {
  const memory = new HeldMemory(call.process);
  // -c opens its one input elsewhere, and says so.
  const [only] = call.operands;
  if (only !== undefined && only !== '-' && ['c', 'C'].some((letter) => call.options.has(letter))) {
    const opened = call.process.open(only, { read: true });
    if (failed(opened)) {
      await call.io.warn(`open failed: ${quotePlain(only)}: ${strerror(opened)}`);
      return false;
    }
    call.process.close(opened);
  }
  // All are looked at before one is read (check_inputs), and the first that is wrong ends it.
  for (const name of call.operands) {
    const readable = name === '-' ? undefined : call.process.access(name, { read: true });
    if (!failed(readable)) continue;
    await warnOfInput(call, name, readable);
    return false;
  }
  const inOrder = call.operands.length === 0 ? [[]] : call.operands.map((name) => [name]);
  const read = async (fd: Fd): Promise<SysFailure | undefined> => {
    const reader = new LineReader(call.process, fd, call.options.has('z') ? 0 : 10);
    const lines: string[] = [];
    lists.push(lines);
    const take = (line: Uint8Array): void => {
      lines.push(bytesToText(line));
    };
    for (;;) {
      const before = lines.length;
      for (let line = reader.ready(); line !== undefined; line = reader.ready()) take(line);
      const records = lines.length - before;
      if (!(await reader.fill())) break;
      const granted = memory.grow(reader.available + records * LINE_BYTES);
      if (failed(granted)) return granted;
    }
    const rest = reader.rest() ?? EMPTY_BYTES;
    if (rest.length > 0) take(rest);
    const { failure } = reader;
    return failed(failure) ? failure : undefined;
  };
  for (const names of inOrder) if (!(await eachInput(call, names, read))) return false;
  return true;
}

async function check(
  { io, operands, options }: Invocation,
  lines: readonly string[],
  compare: (a: string, b: string) => number,
  how: Words['check'],
): Promise<number> {
  for (let at = 1; at < lines.length; at += 1) {
    const order = compare(lines[at - 1] ?? '', lines[at] ?? '');
    if (order < 0 || (order === 0 && !options.has('u'))) continue;
    if (how === 'c') await io.warn(`${operands[0] ?? '-'}:${String(at + 1)}: disorder: ${lines[at] ?? ''}`);
    return 1;
  }
  return 0;
}

/** Plain numeric and plain text sorts are worth a faster way. */
function sortLines(
  lines: readonly string[],
  { keys, flags }: Order,
  compare: (a: string, b: string) => number,
): string[] {
  if (keys.length > 0 || !['n', 'nr', 'rn'].includes(flags)) return lines.toSorted(compare);
  const sign = flags.includes('r') ? -1 : 1;
  return lines
    .map((line) => ({ line, value: numberOf(line) }))
    .sort((a, b) => sign * (a.value - b.value || byteCompare(a.line, b.line)))
    .map(({ line }) => line);
}

/** -m: always the least of the lists' heads, whether or not the lists are in order. */
function merged(lists: readonly (readonly string[])[], compare: (a: string, b: string) => number): string[] {
  const heads = lists.map((lines) => ({ lines, at: 0 })).filter(({ lines }) => lines.length > 0);
  const out: string[] = [];
  while (heads.length > 0) {
    let least = 0;
    for (let at = 1; at < heads.length; at += 1) if (compare(headOf(heads[at]), headOf(heads[least])) < 0) least = at;
    const head = heads[least];
    if (head === undefined) break;
    out.push(headOf(head));
    head.at += 1;
    if (head.at >= head.lines.length) heads.splice(least, 1);
  }
  return out;
}
const headOf = (head: { readonly lines: readonly string[]; readonly at: number } | undefined): string =>
  head?.lines[head.at] ?? '';
