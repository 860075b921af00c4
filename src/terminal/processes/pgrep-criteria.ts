/** By what pgrep, pkill and pidwait choose processes (procps 4.0 pgrep.c). */
import { failed } from '../../protocol/errno.ts';
import { signalNumber, type Signal } from '../../protocol/program.ts';
import { accountOf, groupIdOf } from '../accounts.ts';
import type { Invocation } from '../coreutils/command.ts';
import { localeOf, posixRegExp, regexFault } from '../posix-regex.ts';
import { readProcess, ttyName, type ProcEntry } from './process-list.ts';
import { PsFacts } from './ps/ps-facts.ts';

export interface Criteria {
  /** How many are given beside the pattern. */
  readonly count: number;
  readonly matches: (entry: ProcEntry) => boolean;
}

const LETTERS = ['F', 'G', 'O', 'P', 'U', 'g', 'n', 'o', 'r', 's', 't', 'u', 'cgroup', 'ns', 'H'];
const KINDS = ['ipc', 'mnt', 'net', 'pid', 'user', 'uts', 'cgroup', 'time'];

const wholeNumber = (word: string): number | undefined => (/^-?\d+$/.test(word) ? Number(word) : undefined);

type Test = (entry: ProcEntry) => boolean;

/** A text says what is wrong; `usage` where the real one is at a loss for words. */
export function readCriteria(call: Invocation, signal: Signal | 0): Criteria | string {
  const { options, process } = call;
  const facts = new PsFacts(process, false);
  const tests: Test[] = [];
  const list = (letter: string): readonly string[] | undefined => options.value(letter)?.split(',');
  const numbers = (
    letter: string,
    read: (word: string) => number | undefined,
    complaint: string,
    of: (entry: ProcEntry) => number,
  ): string | undefined => {
    const words = list(letter);
    if (words === undefined) return undefined;
    const wanted = words.map(read);
    const bad = wanted.indexOf(undefined);
    if (bad >= 0) return `${complaint}: ${words[bad] ?? ''}`;
    tests.push((entry) => wanted.includes(of(entry)));
    return undefined;
  };
  // 0 is that of pgrep itself.
  const own = (of: number) => (word: string) => (word === '0' ? of : wholeNumber(word));
  const self = readProcess(process, process.pid);
  const user = (word: string): number | undefined => wholeNumber(word) ?? accountOf(process, word)?.uid;
  const mistake =
    numbers('P', wholeNumber, 'not a number', ({ ppid }) => ppid) ??
    numbers('g', own(self?.group ?? 0), 'invalid process group', ({ group }) => group) ??
    numbers('s', own(self?.session ?? 0), 'invalid session id', ({ session }) => session) ??
    numbers('u', user, 'invalid user name', (entry) => facts.identity(entry, 'Uid', 1)) ??
    numbers('U', user, 'invalid user name', (entry) => facts.identity(entry, 'Uid', 0)) ??
    numbers(
      'G',
      (word) => groupIdOf(process, word),
      'invalid group name',
      (entry) => facts.identity(entry, 'Gid', 0),
    );
  if (mistake !== undefined) return mistake;
  const terminals = list('t')?.map((word) => word.replace(/^\/dev\//, ''));
  if (terminals !== undefined) tests.push(({ tty }) => terminals.includes(ttyName(tty)));
  const older = Number.parseInt(options.value('O') ?? '0', 10) || 0;
  if (older > 0) tests.push((entry) => facts.elapsed(entry) >= older);
  const states = options.value('r');
  if (states !== undefined) tests.push(({ state }) => states.includes(state));
  const groups = list('cgroup');
  if (groups !== undefined)
    tests.push((entry) => groups.includes((facts.file(entry, 'cgroup') ?? '').trim().replace(/^0::/, '')));
  if (options.has('H') && signal !== 0) {
    const bit = 1n << BigInt(signalNumber(signal) - 1);
    tests.push((entry) => (BigInt(`0x${facts.status(entry, 'SigCgt') ?? '0'}`) & bit) !== 0n);
  }
  const namespace = namespaceTest(call, facts);
  if (typeof namespace === 'string') return namespace;
  if (namespace !== undefined) tests.push(namespace);
  const pattern = patternTest(call);
  if (typeof pattern === 'string') return pattern;
  tests.push(pattern);
  return {
    count: LETTERS.filter((letter) => options.has(letter)).length,
    matches: (entry) => tests.every((test) => test(entry)),
  };
}

function namespaceTest({ options, process }: Invocation, facts: PsFacts): Test | string | undefined {
  const names = options.value('nslist')?.split(',') ?? KINDS;
  if (names.some((name) => !KINDS.includes(name))) return 'usage';
  const pid = options.value('ns');
  if (pid === undefined) return undefined;
  const wanted = names.map((name) => process.readlink(`/proc/${pid}/ns/${name}`));
  if (wanted.every(failed)) return 'Error reading reference namespace information\n';
  return (entry) =>
    names.every((name, at) => {
      const link = wanted[at];
      return link === undefined || failed(link) || facts.link(entry, `ns/${name}`) === link;
    });
}

function patternTest({ options, operands, process }: Invocation): Test | string {
  const [pattern] = operands;
  if (pattern === undefined) return () => true;
  const source = options.has('x') ? `^(${pattern})$` : pattern;
  const syntax = { extended: true, ignoreCase: options.has('i'), locale: localeOf(process.env) };
  const regex = posixRegExp(source, syntax);
  // A bracket without anything in it is no regular expression at all.
  if (regex === undefined)
    return `regex error: ${/\[\^?$/.test(pattern) ? 'Invalid regular expression' : regexFault(source, syntax)}`;
  return (entry) => {
    regex.lastIndex = 0;
    return regex.test(options.has('f') ? entry.args : entry.name);
  };
}
