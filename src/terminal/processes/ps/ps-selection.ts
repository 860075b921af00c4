/** Which processes ps shows (procps ps/select.c). */
import { failed } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import { groupIdOf, userIdOf } from '../../accounts.ts';
import { readProcesses, ttyName, type ProcEntry } from '../process-list.ts';
import type { Listed, PsComplaint, PsOptions } from './ps-options.ts';

type Test = (entry: ProcEntry) => boolean;

/** Processes by pid, or what is wrong with the lists. */
export function selectProcesses(process: Process, options: PsOptions): readonly ProcEntry[] | PsComplaint {
  const all = readProcesses(process);
  const tests: Test[] = [];
  for (const listed of options.listed) {
    const test = testOf(process, listed);
    if (typeof test === 'string') return { complaint: test };
    tests.push(test);
  }
  const own = all.find(({ pid }) => pid === process.pid);
  const simple = simpleTest(options, own);
  if (simple !== undefined) tests.push(simple);
  const isWanted = (entry: ProcEntry): boolean => tests.some((test) => test(entry)) !== options.negate;
  return all.filter((entry) => isWanted(entry) && (!options.bsd.has('r') || entry.state === 'R'));
}

/** The test of the options without a list; undefined where lists alone decide. */
function simpleTest({ listed, sysv, bsd }: PsOptions, own: ProcEntry | undefined): Test | undefined {
  const hasTty: Test = ({ tty }) => tty !== 0;
  const isMine: Test = ({ uid }) => uid === own?.uid;
  if (sysv.has('A') || sysv.has('e') || (bsd.has('a') && bsd.has('x'))) return () => true;
  if (sysv.has('d')) return ({ pid, session }) => pid !== session;
  if (sysv.has('a')) return (entry) => hasTty(entry) && entry.pid !== entry.session;
  if (sysv.has('T') || bsd.has('T')) return ({ tty }) => tty === own?.tty;
  if (bsd.has('a')) return hasTty;
  if (bsd.has('x')) return isMine;
  if (listed.length > 0) return undefined;
  if (bsd.size > 0) return (entry) => isMine(entry) && (hasTty(entry) || own?.tty === 0);
  return (entry) => isMine(entry) && entry.tty === own?.tty;
}

function testOf(process: Process, { by, text }: Listed): Test | string {
  const words = text.split(/[, ]+/).filter((word) => word !== '');
  if (by === 'name') return ({ name }) => words.some((word) => word.slice(0, 15) === name);
  if (by === 'tty') {
    const names = words.map((word) => word.replace(/^\/dev\//, ''));
    const isThere = (name: string): boolean =>
      name === '-' || [name, `tty${name}`].some((each) => !failed(process.stat(`/dev/${each}`)));
    if (!names.every(isThere)) return 'TTY could not be found';
    return ({ tty }) => {
      const name = ttyName(tty);
      return names.some((each) => each === name || (each === '-' && tty === 0) || `tty${each}` === name);
    };
  }
  const numbers = words.map((word) =>
    by === 'user' ? userIdOf(process, word) : by === 'group' ? groupIdOf(process, word) : wholeNumber(word),
  );
  if (numbers.includes(undefined)) return SYNTAX[by];
  const field = ({ pid: 'pid', ppid: 'ppid', user: 'uid', group: 'gid', session: 'session' } as const)[by];
  return (entry) => numbers.includes(entry[field]);
}

const wholeNumber = (word: string): number | undefined => (/^\d+$/.test(word) ? Number(word) : undefined);
const SYNTAX = {
  pid: 'process ID list syntax error',
  ppid: 'process ID list syntax error',
  user: 'user name does not exist',
  group: 'group name does not exist',
  session: 'session ID list syntax error',
} as const;
