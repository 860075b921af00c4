/** What each program says and which status it ends with where its output cannot be written. */
import type { SysFailure } from '../../protocol/errno.ts';
import { strerror } from '../../protocol/errno.ts';

interface Words {
  /** Messages, each after the program's name; none where nothing is said. */
  readonly full?: (reason: string) => readonly string[];
  /** Where standard output is closed; as `full` where absent. */
  readonly closed?: (reason: string) => readonly string[];
  readonly status?: number;
  readonly closedStatus?: number;
}

const simple = (reason: string): readonly string[] => [`write error: ${reason}`];
const bare = (): readonly string[] => ['write error'];
const silent = (): readonly string[] => [];
const named = (reason: string): readonly string[] => [`standard output: ${reason}`];
/** Written line by line, the reason is forgotten when the program ends and looks at its streams. */
const BY_LINE: Words = { full: bare, closed: simple };
/** util-linux takes a closed standard output as wished. */
const UTIL_LINUX: Words = { closed: silent, closedStatus: 0 };
const alike = (names: string, words: Words): readonly (readonly [string, Words])[] =>
  names.split(' ').map((name) => [name, words]);

const GNU: ReadonlyMap<string, Words> = new Map([
  ...alike('wc md5sum sha1sum sha224sum sha256sum sha384sum sha512sum b2sum cksum sum du comm', BY_LINE),
  ...alike('rev hexdump hd column look lsblk findmnt lscpu dmesg mcookie', UTIL_LINUX),
  ...alike('ls dir vdir grep egrep fgrep', { status: 2 }),
  ['awk', { full: (reason) => [`close failed on file /dev/stdout (${reason})`], status: 2 }],
  ['bc', { full: (reason) => [`could not write output file: ${reason}`] }],
  ['cat', { closed: named }],
  ['cmp', { full: named, closed: silent, status: 2, closedStatus: 1 }],
  ['colrm', { full: bare }],
  ['diff', { full: named, status: 2 }],
  ['expr', { status: 3 }],
  ['file', { full: silent }],
  ['getopt', { status: 3, ...UTIL_LINUX }],
  ['iconv', { full: (reason) => [`error while closing output file: ${reason}`] }],
  ['jq', { full: (reason) => [`Error: writing output failed: ${reason}`], status: 2 }],
  [
    'sed',
    {
      full: (reason) => [`couldn't flush stdout: ${reason}`],
      closed: (reason) => [`couldn't close stdout: ${reason}`],
      status: 4,
    },
  ],
  ['sort', { full: (reason) => [`fflush failed: 'standard output': ${reason}`, 'write error'], status: 2 }],
  ['xxd', { full: (reason) => [reason], status: 3 }],
]);

/** The messages, whole, and the least status that the program ends with. */
export function outputFailure(
  { name: called, program }: { readonly name: string; readonly program: string },
  flavour: string | undefined,
  failure: SysFailure,
): readonly [text: string, status: number] {
  const reason = strerror(failure);
  const words = flavour === 'busybox' ? undefined : GNU.get(program);
  const isClosed = failure.errno === 'EBADF';
  const full = words?.full ?? simple;
  const texts = (isClosed ? (words?.closed ?? full) : full)(reason);
  const status = (isClosed ? words?.closedStatus : undefined) ?? words?.status ?? 1;
  // dc is what computes behind bc, and jq names itself only in the sentence.
  const name = program === 'bc' && words !== undefined ? 'dc: ' : program === 'jq' ? '' : `${called}: `;
  return [texts.map((text) => `${name}${text}\n`).join(''), status];
}
