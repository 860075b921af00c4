/** The lists that select processes (procps 4.0 ps/parser.c parse_list): numbers, users, groups, terminals, names. */
import { failed } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import { accountOf, groupIdOf } from '../../accounts.ts';
import type { ProcEntry } from '../process-list.ts';
import type { PsFacts } from './ps-facts.ts';

export type ListKind =
  'pid' | 'quick' | 'ppid' | 'group' | 'session' | 'euid' | 'ruid' | 'egid' | 'rgid' | 'tty' | 'comm';

/** Processes of which one thing has one of these values. */
export interface Selection {
  readonly kind: ListKind;
  readonly values: readonly (number | string)[];
}

type Parsed = number | string | { readonly problem: string };
const problem = (text: string): { readonly problem: string } => ({ problem: text });

/** strtoul(3) with base 0 over the whole word. */
function wholeNumber(word: string): number | undefined {
  const match = /^\s*([-+]?)(0[xX][\da-fA-F]+|0[0-7]*|[1-9]\d*)$/.exec(word);
  if (match === null) return undefined;
  const digits = match[2] ?? '';
  const value = /^0[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : Number(digits);
  return match[1] === '-' ? 2 ** 64 - value : value;
}

export function parsePid(word: string): number | { readonly problem: string } {
  const value = wholeNumber(word);
  if (value === undefined) return problem('process ID list syntax error');
  return value < 1 || value > 0x7fffffff ? problem('process ID out of range') : value;
}

const parseIdentity =
  (what: 'user' | 'group', find: (word: string) => number | undefined, negated: boolean) =>
  (word: string): Parsed => {
    const value = wholeNumber(word) ?? find(word);
    if (value === undefined) return negated ? -1 : problem(`${what} name does not exist`);
    return !negated && value > 0xfffffffe ? problem(`${what} ID out of range`) : value;
  };

/** The number that a process has of the terminal: major and minor. */
const parseTty =
  (process: Process) =>
  (word: string): Parsed => {
    const paths = word.startsWith('/')
      ? [word]
      : [`/dev/pts/${word}`, `/dev/${word}`, `/dev/tty${word}`, `/dev/pty${word}`, `/dev/${word}nsole`];
    for (const path of paths) {
      const found = process.stat(path);
      if (failed(found)) continue;
      if (found.type !== 'char' || found.rdev === undefined) return problem('list member was not a TTY');
      return found.rdev[0] * 256 + found.rdev[1];
    }
    if (word === '-' || word === '?') return 0;
    // What the shell may have made of a question mark.
    if (word.length === 1 && !failed(process.stat(word))) return 0;
    return problem('TTY could not be found');
  };

/** A list parted by blanks or commas; a text says what is wrong with it. */
export function parseList(process: Process, kind: ListKind, text: string, negated: boolean): Selection | string {
  const words = text.split(/[ ,\t]/);
  if (words.includes('')) return 'improper list';
  const user = parseIdentity('user', (word) => accountOf(process, word)?.uid, negated);
  const group = parseIdentity('group', (word) => groupIdOf(process, word), negated);
  const parsers: Readonly<Record<ListKind, (word: string) => Parsed>> = {
    pid: parsePid,
    quick: parsePid,
    ppid: parsePid,
    group: parsePid,
    session: parsePid,
    euid: user,
    ruid: user,
    egid: group,
    rgid: group,
    tty: parseTty(process),
    comm: (word) => word,
  };
  const values: (number | string)[] = [];
  for (const word of words) {
    const value = parsers[kind](word);
    if (typeof value === 'object') return value.problem;
    values.push(value);
  }
  return { kind, values };
}

/** What of a process a list of this kind is compared with. */
export function listedValue(kind: ListKind, entry: ProcEntry, facts: PsFacts): number | string {
  switch (kind) {
    case 'pid':
    case 'quick':
      return entry.pid;
    case 'ppid':
      return entry.ppid;
    case 'group':
      return entry.group;
    case 'session':
      return entry.session;
    case 'euid':
      return facts.identity(entry, 'Uid', 1);
    case 'ruid':
      return facts.identity(entry, 'Uid', 0);
    case 'egid':
      return facts.identity(entry, 'Gid', 1);
    case 'rgid':
      return facts.identity(entry, 'Gid', 0);
    case 'tty':
      return entry.tty;
    case 'comm':
      return entry.name;
  }
}
