/** What each program says about an input that it cannot open or read: GNU's differ from one to the next. */
import type { SysFailure } from '../../protocol/errno.ts';
import { strerror } from '../../protocol/errno.ts';
import { HELD_BOUND_TEXT } from './held-memory.ts';
import { quoteName, quotePlain } from './quoting.ts';

type Message = (name: string, reason: string) => string;
interface Words {
  /** Where it cannot be opened; `name: reason` where absent. */
  readonly open?: Message;
  readonly read?: Message;
  /** What standard input is called; `-` where absent. */
  readonly input?: string;
  /** The same only where no operand names it. */
  readonly implied?: string;
  /** A second line where standard input is closed: closing it fails as well. */
  readonly closing?: string;
  /** The name is written as it is. */
  readonly plain?: true;
}

const quoted =
  (before: string, after = ''): Message =>
  (name, reason) =>
    `${before}${quoteName(name)}${after}: ${reason}`;
const readError: Message = (_, reason) => `read error: ${reason}`;
const alike = (names: string, words: Words): readonly (readonly [string, Words])[] =>
  names.split(' ').map((name) => [name, words]);

const GNU: ReadonlyMap<string, Words> = new Map([
  ...alike('base32 base64 basenc', { read: readError }),
  ...alike('cut expand fold nl paste unexpand', { closing: '-' }),
  ...alike('md5sum sha1sum sha224sum sha256sum sha384sum sha512sum b2sum sum cksum', { closing: 'standard input' }),
  ...alike('colrm hexdump hd', { plain: true }),
  ...alike('grep egrep fgrep', { input: '(standard input)', plain: true }),
  ['cat', { closing: 'closing standard input' }],
  ['column', { read: (_, reason) => `read failed: ${reason}`, plain: true }],
  [
    'fmt',
    { open: quoted('cannot open ', ' for reading'), read: () => 'read error', closing: 'closing standard input' },
  ],
  [
    'head',
    {
      open: quoted('cannot open ', ' for reading'),
      read: quoted('error reading '),
      input: 'standard input',
      closing: '-',
    },
  ],
  ['od', { input: 'standard input', closing: 'standard input' }],
  [
    'rev',
    {
      open: (name, reason) => `cannot open ${name}: ${reason}`,
      read: (name, reason) => `${name}: 0: ${reason}`,
      input: 'stdin',
      plain: true,
    },
  ],
  [
    'sort',
    {
      open: (name, reason) => `cannot read: ${quotePlain(name)}: ${reason}`,
      read: (name, reason) =>
        reason === 'Bad file descriptor'
          ? `stat failed: ${name}: ${reason}`
          : `read failed: ${quotePlain(name)}: ${reason}`,
    },
  ],
  [
    'tac',
    {
      open: quoted('failed to open ', ' for reading'),
      read: (name, reason) =>
        `${quotePlain(name)}: read error: ${reason === 'Bad file descriptor' ? reason : 'Invalid argument'}`,
      input: 'standard input',
      closing: '-',
    },
  ],
  [
    'tail',
    {
      open: quoted('cannot open ', ' for reading'),
      read: (name, reason) =>
        `${reason === 'Bad file descriptor' ? 'cannot fstat' : 'error reading'} ${quoteName(name)}: ${reason}`,
      input: 'standard input',
      closing: '-',
    },
  ],
  ['xargs', { plain: true }],
  ['uniq', { read: (name) => `error reading ${quoteName(name)}` }],
  ['wc', { implied: 'standard input', closing: '-' }],
]);

/** Applets that say only which file it was. */
const BUSYBOX_PLAIN = new Set(['base32', 'base64', 'head', 'sort', 'tee', 'wc']);

/** The messages, each without the program's name; `implied`: the name is `-` because none was given. */
export function inputMessages(
  program: string,
  flavour: 'gnu' | 'busybox',
  name: string,
  failure: SysFailure,
  implied = false,
): readonly string[] {
  if (failure.errno === 'ENOMEM') return [`memory exhausted (${HELD_BOUND_TEXT})`];
  const reason = strerror(failure);
  const isClosed = failure.errno === 'EBADF' && name === '-';
  const isRead = failure.errno === 'EISDIR' || isClosed;
  if (name === '' && (program === 'wc' || program === 'du') && flavour === 'gnu')
    return ['invalid zero-length file name'];
  if (flavour === 'busybox') {
    if (BUSYBOX_PLAIN.has(program)) return [`${name}: ${reason}`];
    return [isRead ? `read error: ${reason}` : `can't open '${name}': ${reason}`];
  }
  const words = GNU.get(program) ?? {};
  const called = name === '-' ? (words.input ?? (implied ? words.implied : undefined) ?? name) : name;
  const say = isRead ? words.read : words.open;
  // Two words are two words: what has no file name is quoted, too.
  const text = say?.(called, reason) ?? `${words.plain === true ? called : quotePlain(called)}: ${reason}`;
  return isClosed && words.closing !== undefined ? [text, `${words.closing}: ${reason}`] : [text];
}
