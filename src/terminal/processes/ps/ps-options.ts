/**
 * The command line of ps (procps 4.0 ps/parser.c): SysV options with a dash, BSD letters without, GNU long ones. What is
 * wrong in this reading is read a second time as BSD letters throughout, dashes or not (`ps -aux`).
 */
import type { Process } from '../../../protocol/program.ts';
import { parseList, parsePid, type ListKind, type Selection } from './ps-lists.ts';

/** A format or a sort order; SysV's `-o` goes on to a title where the others part at commas, too. */
export interface Deferred {
  readonly from: '-o' | '-O' | 'o' | 'O' | '--format' | '--sort';
  readonly text: string;
}

export class PsOptions {
  selections: Selection[] = [];
  all = false;
  /** `-a -d` as Ua Ud, `a g x` as Ba Bg Bx. */
  readonly simple = new Set<'Ua' | 'Ud' | 'Ba' | 'Bg' | 'Bx'>();
  runningOnly = false;
  negate = false;
  /** Formats that letters ask for: `-f -l` as Uf Ul, `j l s u v X m` as Bj … LX Lm; --context as Fc. */
  readonly formats = new Set<'Uf' | 'Ul' | 'Bj' | 'Bl' | 'Bs' | 'Bu' | 'Bv' | 'LX' | 'Lm' | 'Fc'>();
  readonly modifiers = new Set<'F' | 'M' | 'P' | 'c' | 'j' | 'y'>();
  /** `-L -T -m` as UL UT Um, `H m` as BH Bm. */
  readonly threads = new Set<'UL' | 'UT' | 'Um' | 'BH' | 'Bm'>();
  readonly deferred: Deferred[] = [];
  forest: 'none' | 'bsd' | 'gnu' | 'sysv' = 'none';
  header: 'once' | 'none' | 'pages' = 'once';
  columns: number | undefined;
  rows: number | undefined;
  wide = 0;
  trueNames = false;
  environment = false;
  numbers = false;
  deadChildren = false;
  prefersBsd = false;
  /** What is to be answered instead of processes. */
  answer: 'specifiers' | 'version' | 'help' | undefined;
  /** What the real one has and this one has not. */
  absent: string | undefined;
}

interface Reading {
  readonly process: Process;
  readonly args: readonly string[];
  readonly options: PsOptions;
  /** The second reading. */
  readonly forcedBsd: boolean;
  at: number;
}
type Complaint = string | undefined;

/** One reading of the arguments; a text says what is wrong. */
export function readPsOptions(process: Process, args: readonly string[], forcedBsd: boolean): PsOptions | string {
  const options = new PsOptions();
  options.prefersBsd = forcedBsd;
  const reading: Reading = { process, args, options, forcedBsd, at: 0 };
  for (; reading.at < args.length; reading.at += 1) {
    const complaint = readArgument(reading, args[reading.at] ?? '');
    if (complaint !== undefined) return complaint;
    if (options.answer !== undefined || options.absent !== undefined) return options;
  }
  return threadConflict(options) ?? options;
}

function readArgument(reading: Reading, arg: string): Complaint {
  const { options, forcedBsd } = reading;
  if (/^--[a-zA-Z]/.test(arg)) return readLong(reading, arg.slice(2));
  if (/^-[a-zA-Z]/.test(arg) && !forcedBsd) return readSysV(reading, arg.slice(1));
  if (/^-?[a-zA-Z]/.test(arg)) {
    // The second reading is only for letters that a dash has made look like SysV's.
    if (forcedBsd && !arg.startsWith('-')) return 'way bad';
    options.prefersBsd = true;
    return readBsd(reading, arg.replace(/^-/, ''));
  }
  if (/^-?\d|^\+/.test(arg)) {
    options.prefersBsd = true;
    return readTrailing(reading);
  }
  return 'garbage option';
}

function threadConflict({ threads, forest }: PsOptions): Complaint {
  if (threads.size === 0) return undefined;
  const has = (...names: readonly string[]): boolean => names.some((name) => (threads as Set<string>).has(name));
  if (forest !== 'none') return 'thread display conflicts with forest display';
  if (has('BH') && has('Bm', 'Um')) return "thread flags conflict; can't use H with m or -m";
  if (has('Bm') && has('Um')) return "thread flags conflict; can't use both m and -m";
  return has('UL') && has('UT') ? "thread flags conflict; can't use both -L and -T" : undefined;
}

/** The value of an option: what follows its letter, or the next argument. */
function valueOf(reading: Reading, rest: string): string | undefined {
  if (rest !== '') return rest;
  const next = reading.args[reading.at + 1];
  if (next === undefined || next === '') return undefined;
  reading.at += 1;
  return next;
}

function select(reading: Reading, kind: ListKind, value: string | undefined, missing: string): Complaint {
  if (value === undefined) return missing;
  const list = parseList(reading.process, kind, value, reading.options.negate);
  if (typeof list === 'string') return list;
  reading.options.selections.push(list);
  return undefined;
}

function exclusive(reading: Reading, word: string): Complaint {
  return reading.args.length === 1 && reading.args[0] === word ? undefined : `the option is exclusive: ${word}`;
}

const SYSV_LISTS: Readonly<Record<string, readonly [kind: ListKind, missing: string]>> = {
  C: ['comm', 'list of command names must follow -C'],
  G: ['rgid', 'list of real groups must follow -G'],
  U: ['ruid', 'list of real users must follow -U'],
  p: ['pid', 'list of process IDs must follow -p'],
  q: ['quick', 'List of process IDs must follow -q.'],
  s: ['session', 'list of session IDs must follow -s'],
  t: ['tty', 'list of terminals (pty, tty...) must follow -t'],
  u: ['euid', 'list of users must follow -u'],
};

const SYSV_FLAGS: Readonly<Record<string, (options: PsOptions) => unknown>> = {
  A: (o) => (o.all = true),
  e: (o) => (o.all = true),
  F: (o) => [o.modifiers.add('F'), o.formats.add('Uf')],
  H: (o) => (o.forest = 'sysv'),
  L: (o) => o.threads.add('UL'),
  M: (o) => o.modifiers.add('M'),
  N: (o) => (o.negate = true),
  P: (o) => o.modifiers.add('P'),
  T: (o) => o.threads.add('UT'),
  Z: (o) => o.modifiers.add('M'),
  a: (o) => o.simple.add('Ua'),
  c: (o) => o.modifiers.add('c'),
  d: (o) => o.simple.add('Ud'),
  f: (o) => o.formats.add('Uf'),
  j: (o) => o.modifiers.add('j'),
  l: (o) => o.formats.add('Ul'),
  m: (o) => o.threads.add('Um'),
  w: (o) => (o.wide += 1),
  y: (o) => o.modifiers.add('y'),
};

function readSysV(reading: Reading, letters: string): Complaint {
  const { options } = reading;
  for (const [index, letter] of [...letters].entries()) {
    const rest = letters.slice(index + 1);
    const list = SYSV_LISTS[letter];
    if (list !== undefined) return select(reading, list[0], valueOf(reading, rest), list[1]);
    if (letter === 'g') return sessionsOrGroups(reading, valueOf(reading, rest));
    if (letter === 'o' || letter === 'O') {
      const text = valueOf(reading, rest);
      if (text === undefined)
        return letter === 'o' ? 'format specification must follow -o' : 'format or sort specification must follow -O';
      options.deferred.push({ from: `-${letter}`, text });
      return undefined;
    }
    if (letter === 'V') {
      options.answer = 'version';
      return exclusive(reading, '-V');
    }
    if (letter === 'x') return 'must set personality to get -x option';
    if (letter === '-') return "embedded '-' among SysV options makes no sense";
    const flag = SYSV_FLAGS[letter];
    if (flag === undefined) return 'unsupported SysV option';
    flag(options);
  }
  return undefined;
}

function sessionsOrGroups(reading: Reading, value: string | undefined): Complaint {
  if (value === undefined) return 'list of session leaders OR effective group names must follow -g';
  const isEither = (['session', 'egid'] as const).some((kind) => select(reading, kind, value, '') === undefined);
  return isEither ? undefined : 'list of session leaders OR effective group IDs was invalid';
}

const BSD_LISTS: Readonly<Record<string, readonly [kind: ListKind, missing: string]>> = {
  U: ['euid', 'list of users must follow U'],
  p: ['pid', 'list of process IDs must follow p'],
  q: ['quick', 'List of process IDs must follow q.'],
};
const BSD_DEFERRED: Readonly<Record<string, readonly [from: Deferred['from'], missing: string]>> = {
  O: ['O', 'format or sort specification must follow O'],
  k: ['--sort', "long sort specification must follow 'k'"],
  o: ['o', 'format specification must follow o'],
};

const BSD_FLAGS: Readonly<Record<string, (options: PsOptions, reading: Reading) => unknown>> = {
  H: (o) => o.threads.add('BH'),
  M: (o) => o.threads.add('Bm'),
  S: (o) => (o.deadChildren = true),
  T: ownTerminal,
  X: (o) => o.formats.add('LX'),
  Z: (o) => o.modifiers.add('M'),
  a: (o) => o.simple.add('Ba'),
  c: (o) => (o.trueNames = true),
  e: (o) => (o.environment = true),
  f: (o) => (o.forest = 'bsd'),
  g: (o) => o.simple.add('Bg'),
  j: (o) => o.formats.add('Bj'),
  l: (o) => o.formats.add('Bl'),
  m: (o, { forcedBsd }) => (forcedBsd ? o.formats.add('Lm') : o.threads.add('Bm')),
  n: (o) => (o.numbers = true),
  r: (o) => (o.runningOnly = true),
  s: (o) => o.formats.add('Bs'),
  u: (o) => o.formats.add('Bu'),
  v: (o) => o.formats.add('Bv'),
  w: (o) => (o.wide += 1),
  x: (o) => o.simple.add('Bx'),
};

/** The terminal that ps itself has; it knows its number as /proc tells it. */
function ownTerminal(options: PsOptions): void {
  options.selections.push({ kind: 'tty', values: [OWN_TERMINAL] });
}
export const OWN_TERMINAL = 'own';

function readBsd(reading: Reading, letters: string): Complaint {
  const { options } = reading;
  for (const [index, letter] of [...letters].entries()) {
    const rest = letters.slice(index + 1);
    if (/\d/.test(letter)) return select(reading, 'pid', letters.slice(index), '');
    const list = BSD_LISTS[letter];
    if (list !== undefined) return select(reading, list[0], valueOf(reading, rest), list[1]);
    const deferred = BSD_DEFERRED[letter];
    if (deferred !== undefined) {
      const text = valueOf(reading, rest);
      if (text === undefined) return deferred[1];
      options.deferred.push({ from: deferred[0], text });
      return undefined;
    }
    if (letter === 't') {
      const value = valueOf(reading, rest);
      if (value !== undefined) return select(reading, 'tty', value, '');
      ownTerminal(options);
      return undefined;
    }
    if (letter === 'L' || letter === 'V') {
      options.answer = letter === 'L' ? 'specifiers' : 'version';
      return exclusive(reading, letter);
    }
    if (letter === 'W') return 'obsolete W option not supported (you have a /dev/drum?)';
    if (letter === '-') return "embedded '-' among BSD options makes no sense";
    if (letter === 'h') {
      if (options.header !== 'once') return 'only one heading option may be specified';
      options.header = 'none';
      continue;
    }
    const flag = BSD_FLAGS[letter];
    if (flag === undefined) return 'unsupported option (BSD syntax)';
    flag(options, reading);
  }
  return undefined;
}

const LONG_LISTS: Readonly<Record<string, readonly [kind: ListKind, missing: string]>> = {
  Group: ['rgid', 'list of real groups must follow --Group'],
  User: ['ruid', 'list of real users must follow --User'],
  group: ['egid', 'list of effective groups must follow --group'],
  pid: ['pid', 'list of process IDs must follow --pid'],
  'quick-pid': ['quick', 'List of process IDs must follow --quick-pid.'],
  ppid: ['ppid', 'list of process IDs must follow --ppid'],
  sid: ['session', 'some sid thing(s) must follow --sid'],
  tty: ['tty', 'list of ttys must follow --tty'],
  user: ['euid', 'list of effective users must follow --user'],
};
const LONG_FLAGS: Readonly<Record<string, (options: PsOptions) => unknown>> = {
  cumulative: (o) => (o.deadChildren = true),
  deselect: (o) => (o.negate = true),
  forest: (o) => (o.forest = 'gnu'),
};

function readLong(reading: Reading, text: string): Complaint {
  const { options } = reading;
  const cut = /[:=]/.exec(text)?.index ?? text.length;
  const name = text.slice(0, cut);
  const value = (): string | undefined => (cut < text.length ? text.slice(cut + 1) || undefined : valueOf(reading, ''));
  const list = LONG_LISTS[name];
  if (list !== undefined) return select(reading, list[0], value(), list[1]);
  const flag = LONG_FLAGS[name];
  if (flag !== undefined) {
    if (cut < text.length) return `option --${name} does not take an argument`;
    flag(options);
    return undefined;
  }
  if (/^(?:no-?)?head(?:er|ers|ing|ings)$/.test(name)) {
    const isNone = name.startsWith('no');
    if (cut < text.length) return `option --${isNone ? 'no-' : ''}heading does not take an argument`;
    if (options.header !== 'once') return 'only one heading option may be specified';
    options.header = isNone ? 'none' : 'pages';
    return undefined;
  }
  if (name === 'format' || name === 'sort') {
    const given = value();
    if (given === undefined)
      return name === 'sort'
        ? 'long sort specification must follow --sort'
        : 'format specification must follow --format';
    options.deferred.push({ from: `--${name}`, text: given });
    return undefined;
  }
  return readLongSize(reading, name, value);
}

function readLongSize(reading: Reading, name: string, value: () => string | undefined): Complaint {
  const { options } = reading;
  switch (name) {
    case 'cols':
    case 'columns':
    case 'width': {
      options.columns = positive(value());
      return options.columns === undefined ? 'number of columns must follow --cols, --width, or --columns' : undefined;
    }
    case 'rows':
    case 'lines': {
      options.rows = positive(value());
      return options.rows === undefined ? 'number of rows must follow --rows or --lines' : undefined;
    }
    case 'context':
      options.formats.add('Fc');
      return undefined;
    case 'help':
      options.answer = 'help';
      if (value() !== undefined) options.absent = '--help with a topic';
      return undefined;
    case 'version':
      options.answer = 'version';
      return exclusive(reading, '--version');
    case 'info':
      options.absent = '--info';
      return exclusive(reading, '--info');
    default:
      return 'unknown gnu long option';
  }
}

function positive(text: string | undefined): number | undefined {
  const value = text !== undefined && /^\d+$/.test(text) ? Number(text) : 0;
  return value > 0 && value < 2_000_000_000 ? value : undefined;
}

/** Numbers by themselves, to the end: processes, groups with a minus, sessions with a plus. */
function readTrailing(reading: Reading): Complaint {
  const found: Record<'pid' | 'group' | 'session', number[]> = { pid: [], group: [], session: [] };
  for (const word of reading.args.slice(reading.at)) {
    const kind = word.startsWith('-') ? 'group' : word.startsWith('+') ? 'session' : 'pid';
    const number = parsePid(kind === 'pid' ? word : word.slice(1));
    if (typeof number === 'object') return number.problem;
    found[kind].push(number);
  }
  for (const kind of ['pid', 'group', 'session'] as const)
    if (found[kind].length > 0) reading.options.selections.push({ kind, values: found[kind] });
  reading.at = reading.args.length;
  return undefined;
}
