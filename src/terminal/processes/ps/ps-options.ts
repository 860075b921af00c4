/** The command line of ps: SysV options with a dash, BSD letters without, GNU long ones (procps 4.0 parser.c). */

/** Processes by what is named; several lists give their union. */
export interface Listed {
  readonly by: 'pid' | 'ppid' | 'name' | 'user' | 'group' | 'tty' | 'session';
  readonly text: string;
}

export interface PsOptions {
  readonly listed: readonly Listed[];
  /** `-A -e -a -d`, or the BSD letters `a x g`; letters as given. */
  readonly sysv: ReadonlySet<string>;
  readonly bsd: ReadonlySet<string>;
  /** A word without a dash was there: standard columns are BSD's. */
  readonly bsdWords: boolean;
  /** -o, as given. */
  readonly format: readonly string[];
  readonly sort: string | undefined;
  readonly forest: 'none' | 'bsd' | 'gnu' | 'sysv';
  readonly headers: boolean;
  /** Columns of the screen; undefined where --cols does not say. */
  readonly columns: number | undefined;
  readonly wide: number;
  readonly negate: boolean;
}
/** What is wrong; `absent` is what ps has and this one has not. */
export type PsComplaint = { readonly complaint: string; readonly absent?: string };

const ABSENT_LONG = ['cumulative', 'lines', 'rows', 'help', 'info', 'signames'];
const ABSENT_SYSV = 'OPDm';
const ABSENT_BSD = 'OSNt';

const SYSV_LISTS: Readonly<Record<string, Listed['by']>> = {
  p: 'pid',
  q: 'pid',
  C: 'name',
  u: 'user',
  U: 'user',
  G: 'group',
  g: 'session',
  s: 'session',
  t: 'tty',
};
const BSD_LISTS: Readonly<Record<string, Listed['by']>> = { p: 'pid', q: 'pid', U: 'user', t: 'tty' };
const LONG_LISTS: Readonly<Record<string, Listed['by']>> = {
  pid: 'pid',
  'quick-pid': 'pid',
  ppid: 'ppid',
  user: 'user',
  User: 'user',
  group: 'group',
  Group: 'group',
  tty: 'tty',
  sid: 'session',
};
const SYSV_FLAGS = 'aAdefFHjlLMNTwyZc';
const BSD_FLAGS = 'aefghjlLnrsTuvwxXZcm';
const NO_HEADERS = new Set(['no-headers', 'no-heading', 'noheader', 'noheaders', 'noheading', 'noheadings']);

class Reading {
  readonly listed: Listed[] = [];
  readonly sysv = new Set<string>();
  readonly bsd = new Set<string>();
  readonly format: string[] = [];
  sort: string | undefined;
  forest: PsOptions['forest'] = 'none';
  headers = true;
  columns: number | undefined;
  wide = 0;
  bsdWords = false;
  at = 0;
  constructor(readonly args: readonly string[]) {}

  next(): string | undefined {
    this.at += 1;
    return this.args[this.at];
  }
}

/** Sorts a command line; `isUser` tells `-aux` (BSD letters) from `-au x`. */
export function parsePs(args: readonly string[], isUser: (name: string) => boolean): PsOptions | PsComplaint {
  const reading = new Reading(args);
  for (; reading.at < args.length; reading.at += 1) {
    const arg = args[reading.at] ?? '';
    const complaint = arg.startsWith('--')
      ? longOption(reading, arg.slice(2))
      : arg.startsWith('-')
        ? sysvLetters(reading, arg.slice(1), isUser)
        : /^[\d,]+$/.test(arg)
          ? bsdList(reading, arg)
          : bsdLetters(reading, arg);
    if (complaint !== undefined) return complaintOf(complaint, arg);
  }
  const { at: _, args: __, ...options } = reading;
  return { ...options, negate: reading.sysv.has('N') };
}

function complaintOf(complaint: string, arg: string): PsComplaint {
  const letters = arg.replace(/^-/, '');
  const absent = complaint.startsWith('unknown gnu')
    ? ABSENT_LONG.includes(arg.slice(2).replace(/=.*/, ''))
    : complaint.startsWith('unsupported SysV')
      ? [...letters].some((letter) => ABSENT_SYSV.includes(letter))
      : complaint.startsWith('unsupported option') && [...letters].some((letter) => ABSENT_BSD.includes(letter));
  return absent ? { complaint, absent: arg } : { complaint };
}

function longOption(reading: Reading, text: string): string | undefined {
  const cut = text.indexOf('=');
  const name = cut < 0 ? text : text.slice(0, cut);
  const value = (): string | undefined => (cut < 0 ? reading.next() : text.slice(cut + 1));
  const by = LONG_LISTS[name];
  if (by !== undefined) {
    const list = value();
    if (list === undefined) return 'list of process IDs must follow --pid';
    reading.listed.push({ by, text: list });
  } else if (NO_HEADERS.has(name)) reading.headers = false;
  else if (name === 'headers') reading.headers = true;
  else if (name === 'forest') reading.forest = 'gnu';
  else if (name === 'deselect') reading.sysv.add('N');
  else if (name === 'sort') {
    reading.sort = value();
    if (reading.sort === undefined) return 'long sort specification must follow --sort';
  } else if (name === 'format') reading.format.push(value() ?? '');
  else if (['cols', 'columns', 'width'].includes(name)) reading.columns = Number(value());
  else if (name === 'context') reading.sysv.add('Z');
  else return 'unknown gnu long option';
  return undefined;
}

function sysvLetters(reading: Reading, letters: string, isUser: (name: string) => boolean): string | undefined {
  for (const [index, letter] of [...letters].entries()) {
    const rest = letters.slice(index + 1);
    const by = SYSV_LISTS[letter];
    if (by !== undefined || letter === 'o') {
      if (letter === 'u' && rest === 'x' && !isUser('x')) {
        for (const each of [...reading.sysv]) if ('ae'.includes(each)) reading.sysv.delete(each);
        return bsdLetters(reading, letters);
      }
      const value = rest === '' ? reading.next() : rest;
      if (value === undefined)
        return letter === 'o'
          ? 'format specification must follow -o'
          : `list of ${WHAT[by ?? 'pid']} must follow -${letter}`;
      if (by === undefined) reading.format.push(value);
      else reading.listed.push({ by, text: value });
      return undefined;
    }
    if (!SYSV_FLAGS.includes(letter)) return 'unsupported SysV option';
    if (letter === 'H') reading.forest = 'sysv';
    else if (letter === 'w') reading.wide += 1;
    else reading.sysv.add(letter);
  }
  return undefined;
}

const WHAT: Readonly<Record<Listed['by'], string>> = {
  pid: 'process IDs',
  ppid: 'process IDs',
  name: 'command names',
  user: 'users',
  group: 'real groups',
  tty: 'terminals (pty, tty...)',
  session: 'session leaders OR effective group names',
};

/** Numbers by themselves are processes. */
function bsdList(reading: Reading, text: string): string | undefined {
  reading.bsdWords = true;
  reading.listed.push({ by: 'pid', text });
  return undefined;
}

function bsdLetters(reading: Reading, letters: string): string | undefined {
  reading.bsdWords = true;
  for (const [index, letter] of [...letters].entries()) {
    const rest = letters.slice(index + 1);
    const by = BSD_LISTS[letter];
    if (letter === 'o' || letter === 'k' || (by !== undefined && !(letter === 't' && rest === ''))) {
      const value = rest === '' ? reading.next() : rest;
      if (value === undefined) return letter === 'o' ? 'format specification must follow o' : 'list must follow it';
      if (letter === 'o') reading.format.push(value);
      else if (letter === 'k') reading.sort = value;
      else if (by !== undefined) reading.listed.push({ by, text: value });
      return undefined;
    }
    if (!BSD_FLAGS.includes(letter)) return 'unsupported option (BSD syntax)';
    if (letter === 'f') reading.forest = 'bsd';
    else if (letter === 'h') reading.headers = false;
    else if (letter === 'w') reading.wide += 1;
    reading.bsd.add(letter);
  }
  return undefined;
}
