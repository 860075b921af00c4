import { failed } from '../../../protocol/errno.ts';
import type { FileStat, Process } from '../../../protocol/program.ts';

type Predicate = (found: FileStat, process: Process) => boolean;
const isType =
  (type: FileStat['type']): Predicate =>
  (found) =>
    found.type === type;
const hasMode =
  (bit: number): Predicate =>
  (found) =>
    (found.mode & bit) !== 0;

/** What stat(2) answers for these. */
const STAT_TESTS: Readonly<Record<string, Predicate>> = {
  '-e': () => true,
  '-a': () => true,
  '-f': isType('file'),
  '-d': isType('directory'),
  '-b': isType('block'),
  '-c': isType('char'),
  '-p': isType('fifo'),
  '-S': isType('socket'),
  '-s': ({ size }) => size > 0,
  '-u': hasMode(0o4000),
  '-g': hasMode(0o2000),
  '-k': hasMode(0o1000),
  '-O': ({ uid }, process) => uid === process.credentials().uid,
  '-G': ({ gid }, process) => gid === process.credentials().gid,
  '-N': ({ modifiedMs, accessedMs }) => modifiedMs > accessedMs,
};

/** `-f file` and its like. */
export function fileTest(process: Process, operator: string, path: string): boolean {
  switch (operator) {
    case '-h':
    case '-L': {
      const found = process.lstat(path);
      return !failed(found) && found.type === 'symlink';
    }
    case '-r':
      return !failed(process.access(path, { read: true }));
    case '-w':
      return !failed(process.access(path, { write: true }));
    case '-x':
      return !failed(process.access(path, { execute: true }));
    default: {
      const test = STAT_TESTS[operator];
      const found = test === undefined ? undefined : statOf(process, path);
      return test !== undefined && found !== undefined && test(found, process);
    }
  }
}

/** A file by its path; a descriptor by its name under /dev/fd. */
function statOf(process: Process, path: string): FileStat | undefined {
  const fd = /^\/dev\/fd\/(\d+)$/.exec(path)?.[1];
  const found = fd === undefined ? process.stat(path) : process.fstat(Number(fd));
  return failed(found) ? undefined : found;
}

/** `-nt`, `-ot`, `-ef`. */
export function fileCompare(process: Process, operator: string, left: string, right: string): boolean {
  const a = process.stat(left);
  const b = process.stat(right);
  if (operator === '-ef') return !failed(a) && !failed(b) && a.device === b.device && a.inode === b.inode;
  if (operator === '-nt') return !failed(a) && (failed(b) || a.modifiedMs > b.modifiedMs);
  if (operator === '-ot') return !failed(b) && (failed(a) || a.modifiedMs < b.modifiedMs);
  return false;
}
