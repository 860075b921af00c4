/** What the options of ls ask for; of options that contradict each other the last one counts. */
import { failed } from '../../../protocol/errno.ts';
import type { CommandSpec, Invocation } from '../command.ts';
import { QUOTING_STYLES, type QuotingStyle } from '../quoting.ts';
import { blockUnit, type Unit } from './sizes.ts';

export const SPEC: CommandSpec = {
  name: 'ls',
  short: 'aAbBcCdDfFgGhHiI:klLmnNopqQrRsStT:uUvw:xXZ1',
  long: {
    all: 'a',
    'almost-all': 'A',
    author: 'author',
    'block-size': 'block-size:',
    classify: 'classify::',
    color: 'color::',
    context: 'Z',
    dereference: 'L',
    'dereference-command-line': 'H',
    'dereference-command-line-symlink-to-dir': 'to-dir',
    directory: 'd',
    dired: 'D',
    escape: 'b',
    'file-type': 'file-type',
    format: 'format:',
    'full-time': 'full-time',
    'group-directories-first': 'dirs-first',
    hide: 'hide:',
    'hide-control-chars': 'q',
    'human-readable': 'h',
    hyperlink: 'hyperlink::',
    ignore: 'I',
    'ignore-backups': 'B',
    'indicator-style': 'indicator-style:',
    inode: 'i',
    kibibytes: 'k',
    literal: 'N',
    'no-group': 'G',
    'numeric-uid-gid': 'n',
    'quote-name': 'Q',
    'quoting-style': 'quoting-style:',
    recursive: 'R',
    reverse: 'r',
    'show-control-chars': 'show-control',
    si: 'si',
    size: 's',
    sort: 'sort:',
    tabsize: 'T',
    time: 'time:',
    'time-style': 'time-style:',
    width: 'w',
    zero: 'zero',
  },
  usageStatus: 2,
};

/** Options that change what is printed and that nothing here does. */
export const ABSENT: ReadonlyMap<string, string> = new Map([
  ['D', '-D'],
  ['hyperlink', '--hyperlink'],
]);

export type Format = 'long' | 'single-column' | 'vertical' | 'across' | 'commas';
export type Order = 'name' | 'none' | 'time' | 'size' | 'extension' | 'version' | 'width';
export type Clock = 'modifiedMs' | 'accessedMs' | 'changedMs';
type Indicators = 'none' | 'slash' | 'file-type' | 'classify';

export interface Settings {
  readonly format: Format;
  readonly order: Order;
  readonly clock: Clock;
  readonly indicators: Indicators;
  readonly quoting: QuotingStyle;
  /** Of sizes of files, and of blocks. */
  readonly fileUnit: Unit;
  readonly blockUnit: Unit;
  /** For recent times and for older ones. */
  readonly times: readonly [recent: string, old: string];
  /** 0: without end. */
  readonly width: number;
  readonly tab: number;
  readonly colours: boolean;
  readonly end: string;
}

/** A value that an option does not take; words of a list that are wrong give status 1, all others 2. */
export interface BadSetting {
  readonly problem: string;
  /** What it does take, a line each; without them there is no hint at the help either. */
  readonly valid?: readonly string[];
  readonly status: 1 | 2;
}

type Choice<T> = readonly [words: readonly string[], meaning: T];
class Rejected extends Error {
  constructor(readonly bad: BadSetting) {
    super(bad.problem);
  }
}

export function readSettings(call: Invocation): Settings | BadSetting {
  try {
    return settingsOf(call);
  } catch (error) {
    if (error instanceof Rejected) return error.bad;
    throw error;
  }
}

function settingsOf(call: Invocation): Settings {
  const { options, process, flavour } = call;
  const tty = process.isatty(1);
  const format = formatOf(call, tty);
  const colours = coloursOf(call, tty);
  const blocks = unitOf(call);
  const clock = clockOf(call);
  const zero = options.has('zero');
  return {
    format,
    order: orderOf(call) ?? (clock !== undefined && format !== 'long' ? 'time' : 'name'),
    clock: clock ?? 'modifiedMs',
    indicators: indicatorsOf(call, tty),
    quoting: zero || flavour === 'busybox' ? 'literal' : quotingOf(call, tty),
    fileUnit: blocks ?? { type: 'blocks', size: 1, suffix: '' },
    blockUnit: (options.has('k') ? undefined : blocks) ?? { type: 'blocks', size: 1_024, suffix: '' },
    times: format === 'long' ? timesOf(call) : ['', ''],
    width: widthOf(call),
    tab: colours || flavour === 'busybox' ? 0 : count(options.value('T') ?? '8', 'invalid tab size'),
    colours: colours && !zero,
    end: zero ? '\0' : '\n',
  };
}

function choose<T>(option: string, given: string, choices: readonly Choice<T>[]): T {
  const exact = choices.find(([words]) => words.includes(given));
  const begun = choices.filter(([words]) => words.some((word) => word.startsWith(given)));
  const found = exact ?? (begun.length === 1 ? begun[0] : undefined);
  if (found !== undefined && given !== '') return found[1];
  throw new Rejected({
    problem: `${begun.length > 1 ? 'ambiguous' : 'invalid'} argument \u2018${given}\u2019 for \u2018${option}\u2019`,
    valid: choices.map(([words]) => words.map((word) => `\u2018${word}\u2019`).join(', ')),
    status: 1,
  });
}

function count(text: string, problem: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  throw new Rejected({ problem: `${problem}: \u2018${text}\u2019`, status: 2 });
}

const FORMATS: readonly Choice<Format>[] = [
  [['verbose', 'long'], 'long'],
  [['commas'], 'commas'],
  [['horizontal', 'across'], 'across'],
  [['vertical'], 'vertical'],
  [['single-column'], 'single-column'],
];
function formatOf({ options }: Invocation, tty: boolean): Format {
  let format: Format | undefined;
  for (const [letter, value] of options.order) {
    if (['l', 'n', 'g', 'o', 'full-time'].includes(letter)) format = 'long';
    else if (letter === 'C') format = 'vertical';
    else if (letter === 'x') format = 'across';
    else if (letter === 'm') format = 'commas';
    else if (letter === 'format') format = choose('--format', value, FORMATS);
    else if ((letter === '1' || letter === 'zero') && format !== 'long') format = 'single-column';
  }
  return format ?? (tty ? 'vertical' : 'single-column');
}

const ORDERS: readonly Choice<Order>[] = [
  [['none'], 'none'],
  [['time'], 'time'],
  [['size'], 'size'],
  [['extension'], 'extension'],
  [['version'], 'version'],
  [['width'], 'width'],
];
const ORDER_LETTERS: Readonly<Record<string, Order>> = {
  U: 'none',
  f: 'none',
  t: 'time',
  S: 'size',
  X: 'extension',
  v: 'version',
};
function orderOf({ options }: Invocation): Order | undefined {
  let order: Order | undefined;
  for (const [letter, value] of options.order)
    order = letter === 'sort' ? choose('--sort', value, ORDERS) : (ORDER_LETTERS[letter] ?? order);
  return order;
}

const CLOCKS: readonly Choice<Clock | 'birth'>[] = [
  [['atime', 'access', 'use'], 'accessedMs'],
  [['ctime', 'status'], 'changedMs'],
  [['mtime', 'modification'], 'modifiedMs'],
  [['birth', 'creation'], 'birth'],
];
function clockOf({ options }: Invocation): Clock | undefined {
  let clock: Clock | undefined;
  for (const [letter, value] of options.order) {
    if (letter === 'c') clock = 'changedMs';
    else if (letter === 'u') clock = 'accessedMs';
    else if (letter === 'time') {
      const chosen = choose('--time', value, CLOCKS);
      if (chosen === 'birth') throw new Rejected({ problem: "drydock: 'ls --time=birth' is not simulated", status: 2 });
      clock = chosen;
    }
  }
  return clock;
}

const WHEN: readonly Choice<'always' | 'never' | 'auto'>[] = [
  [['always', 'yes', 'force'], 'always'],
  [['never', 'no', 'none'], 'never'],
  [['auto', 'tty', 'if-tty'], 'auto'],
];
function isOn(option: string, value: string, tty: boolean): boolean {
  const when = value === '' ? 'always' : choose(option, value, WHEN);
  return when === 'always' || (when === 'auto' && tty);
}
function coloursOf({ options, flavour, process }: Invocation, tty: boolean): boolean {
  const given = options.value('color');
  if (given === undefined) return flavour === 'busybox' && tty;
  const { TERM = '', COLORTERM = '' } = process.env;
  return isOn('--color', given, tty) && (flavour === 'busybox' || COLORTERM !== '' || COLOUR_TERMINALS.test(TERM));
}

/** The terminals that dircolors(1) knows. */
const COLOUR_TERMINALS =
  /^(?:Eterm|ansi|.*color.*|con\d.*x\d.*|cons25|console|cygwin|.*direct.*|dtterm|gnome|hurd|jfbterm|konsole|kterm|linux|linux-c|mlterm|putty|rxvt.*|screen.*|st|terminator|tmux.*|vt100|xterm.*)$/;

const INDICATORS: readonly Choice<Indicators>[] = [
  [['none'], 'none'],
  [['slash'], 'slash'],
  [['file-type'], 'file-type'],
  [['classify'], 'classify'],
];
function indicatorsOf({ options }: Invocation, tty: boolean): Indicators {
  let indicators: Indicators = 'none';
  for (const [letter, value] of options.order) {
    if (letter === 'F') indicators = 'classify';
    else if (letter === 'classify') indicators = isOn('--classify', value, tty) ? 'classify' : indicators;
    else if (letter === 'p') indicators = 'slash';
    else if (letter === 'file-type') indicators = 'file-type';
    else if (letter === 'indicator-style') indicators = choose('--indicator-style', value, INDICATORS);
  }
  return indicators;
}

const STYLES: readonly Choice<QuotingStyle>[] = [
  ...QUOTING_STYLES.map((style): Choice<QuotingStyle> => [[style], style]),
  [['clocale'], 'locale'],
];
function quotingOf({ options, process }: Invocation, tty: boolean): QuotingStyle {
  const fromEnvironment = QUOTING_STYLES.find((style) => style === process.env['QUOTING_STYLE']);
  let style: QuotingStyle = fromEnvironment ?? (tty ? 'shell-escape' : 'literal');
  for (const [letter, value] of options.order) {
    if (letter === 'N') style = 'literal';
    else if (letter === 'b') style = 'escape';
    else if (letter === 'Q') style = 'c';
    else if (letter === 'quoting-style') style = choose('--quoting-style', value, STYLES);
  }
  return style;
}

function unitOf({ options }: Invocation): Unit | undefined {
  let unit: Unit | undefined;
  for (const [letter, value] of options.order) {
    if (letter === 'h') unit = { type: 'human', base: 1_024 };
    else if (letter === 'si') unit = { type: 'human', base: 1_000 };
    else if (letter === 'block-size') {
      unit = blockUnit(value);
      if (unit === undefined) throw new Rejected({ problem: `invalid --block-size argument '${value}'`, status: 2 });
    }
  }
  return unit;
}

const TIME_STYLES: Readonly<Record<string, readonly [string, string]>> = {
  'full-iso': ['%Y-%m-%d %H:%M:%S.%N %z', '%Y-%m-%d %H:%M:%S.%N %z'],
  'long-iso': ['%Y-%m-%d %H:%M', '%Y-%m-%d %H:%M'],
  iso: ['%m-%d %H:%M', '%Y-%m-%d '],
  locale: ['%b %e %H:%M', '%b %e  %Y'],
};
function timesOf({ options, process }: Invocation): readonly [string, string] {
  const last = options.order.findLast(([letter]) => letter === 'full-time' || letter === 'time-style');
  const style = last?.[0] === 'full-time' ? 'full-iso' : (last?.[1] ?? process.env['TIME_STYLE'] ?? 'locale');
  if (style.startsWith('+')) {
    const [recent = '', old = recent] = style.slice(1).split('\n');
    return [recent, old];
  }
  const known = TIME_STYLES[style.replace(/^posix-/, '')];
  if (known !== undefined) return known;
  throw new Rejected({
    problem: `invalid argument \u2018${style}\u2019 for \u2018time style\u2019`,
    valid: [
      '[posix-]full-iso',
      '[posix-]long-iso',
      '[posix-]iso',
      '[posix-]locale',
      "+FORMAT (e.g., +%H:%M) for a 'date'-style format",
    ],
    status: 2,
  });
}

function widthOf({ options, process }: Invocation): number {
  const given = options.value('w');
  if (given !== undefined) return count(given, 'invalid line width');
  const size = process.windowSize(1);
  return Number(failed(size) ? (process.env['COLUMNS'] ?? '80') : size.columns) || 80;
}
