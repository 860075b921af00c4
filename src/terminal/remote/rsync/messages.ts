/** The words of rsync 3.2.7: failed calls, and how it ends. */
import { strerror, type SysFailure } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';

export const VERSION = '3.2.7';

/** Linux's numbers of the errors that calls on files answer. */
const NUMBERS: Readonly<Partial<Record<SysFailure['errno'], number>>> = {
  EPERM: 1,
  ENOENT: 2,
  EIO: 5,
  ENOMEM: 12,
  EACCES: 13,
  EBUSY: 16,
  EEXIST: 17,
  EXDEV: 18,
  ENOTDIR: 20,
  EISDIR: 21,
  EINVAL: 22,
  EFBIG: 27,
  ENOSPC: 28,
  EROFS: 30,
  EPIPE: 32,
  ENAMETOOLONG: 36,
  ENOTEMPTY: 39,
  ELOOP: 40,
  EDQUOT: 122,
};

export type Role = 'sender' | 'Receiver' | 'receiver' | 'generator' | 'client';

/** `rsync: [sender] link_stat "/x" failed: No such file or directory (2)`. */
export const callFailed = (role: Role, call: string, failure: SysFailure): string =>
  troubleWith(role, `${call} failed`, failure);

/** The same where what failed is said otherwise: `failed to open "/x"`. */
export function troubleWith(role: Role, what: string, failure: SysFailure): string {
  const number = NUMBERS[failure.errno];
  return `rsync: [${role}] ${what}: ${strerror(failure)}${number === undefined ? '' : ` (${String(number)})`}`;
}

/** A path as messages name it: from the root, in quotes. */
export function fullName(process: Process, path: string): string {
  const whole = path.startsWith('/') ? path : `${process.cwd().replace(/\/$/, '')}/${path.replace(/^\.\//, '')}`;
  return `"${whole.replace(/\/\.$/, '')}"`;
}

const ENDINGS: Readonly<Record<number, string>> = {
  1: 'syntax or usage error',
  2: 'protocol incompatibility',
  3: 'errors selecting input/output files, dirs',
  11: 'error in file IO',
  12: 'error in rsync protocol data stream',
  14: 'error in IPC code',
  23: 'some files/attrs were not transferred (see previous errors)',
  24: 'some files vanished before they could be transferred',
  25: 'the --max-delete limit stopped deletions',
  124: 'remote shell failed',
  125: 'remote shell killed',
  126: 'remote command could not be run',
  127: 'remote command not found',
};

/** The last line of a run that went wrong; `where` is a place in rsync's source. */
export function ending(code: number, where: string, role: Role): string {
  const text = ENDINGS[code] ?? 'unexplained error';
  return `rsync ${code === 24 ? 'warning' : 'error'}: ${text} (code ${String(code)}) at ${where} [${role}=${VERSION}]`;
}

const UNITS = ['', 'K', 'M', 'G', 'T'];

/** 1,234,567, or 1.23M where -h asks for it. */
export function shownNumber(value: number, human: boolean): string {
  if (!human || value < 1_000) return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
  let [scaled, unit] = [value, 0];
  for (; scaled >= 1_000 && unit < UNITS.length - 1; unit += 1) scaled /= 1_000;
  return `${scaled.toFixed(2)}${UNITS[unit] ?? ''}`;
}

/** The same with two decimals. */
export function shownDecimal(value: number, human: boolean): string {
  if (human && value >= 1_000) return shownNumber(value, true);
  const [whole = '0', decimals = '00'] = value.toFixed(2).split('.');
  return `${shownNumber(Number(whole), false)}.${decimals}`;
}
