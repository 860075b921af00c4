/**
 * Swap files: .NAME.swp beside a file while it is edited, and what a second vi says of it (E325).
 * Models: the first block with process, user, host and file, .swo and on, removal at the end, -n and 'noswapfile'.
 * Leaves out: the text in it, so that nothing is recovered from it; :recover and -r say so.
 */
import { civilFromUnix } from '../../../../formats/civil-time.ts';
import { decodeUtf8, encodeUtf8 } from '../../../../protocol/bytes.ts';
import { failed } from '../../../../protocol/errno.ts';
import type { Process } from '../../../../protocol/program.ts';
import { userNameOf } from '../../../accounts.ts';
import { isChanged } from '../state/buffer.ts';
import { leave } from './leave.ts';
import type { ViState } from '../state/state.ts';
import { fail } from '../state/state.ts';

const BLOCK = 4096;
/** A swap file of a small text has three blocks. */
const SIZE = 3 * BLOCK;
const PID_AT = 24;
const USER_AT = 28;
const HOST_AT = 68;
const FILE_AT = 108;
const DIRTY_AT = 1007;
const DIRTY = 0x55;

interface Header {
  readonly pid: number;
  readonly user: string;
  readonly host: string;
  readonly file: string;
  readonly modified: boolean;
}

function headerBytes({ pid, user, host, file, modified }: Header): Uint8Array {
  const block = new Uint8Array(SIZE);
  block.set(encodeUtf8('b0VIM 9.1'), 0);
  block.set([BLOCK & 0xff, BLOCK >> 8, 0, 0], 12);
  block.set([pid & 0xff, (pid >> 8) & 0xff, (pid >> 16) & 0xff, 0], PID_AT);
  block.set(encodeUtf8(user).subarray(0, 39), USER_AT);
  block.set(encodeUtf8(host).subarray(0, 39), HOST_AT);
  block.set(encodeUtf8(file).subarray(0, 890), FILE_AT);
  block[DIRTY_AT] = modified ? DIRTY : 0;
  return block;
}

/** Undefined for what is no swap file. */
function parseHeader(bytes: Uint8Array): Header | undefined {
  if (bytes.length < BLOCK || decodeUtf8(bytes.subarray(0, 5)) !== 'b0VIM') return undefined;
  const text = (at: number, length: number): string =>
    decodeUtf8(bytes.subarray(at, at + length)).replace(/\0[^]*$/, '');
  const [low = 0, middle = 0, high = 0] = bytes.subarray(PID_AT, PID_AT + 3);
  return {
    pid: low | (middle << 8) | (high << 16),
    user: text(USER_AT, 40),
    host: text(HOST_AT, 40),
    file: text(FILE_AT, 890),
    modified: bytes[DIRTY_AT] === DIRTY,
  };
}

const partsOf = (path: string): readonly [folder: string, name: string] => {
  const at = path.lastIndexOf('/') + 1;
  return [path.slice(0, at), path.slice(at)];
};
function swapName(path: string, last: string): string {
  const [folder, name] = partsOf(path);
  return `${folder}.${name}.sw${last}`;
}
/** .swp, then .swo, .swn and on. */
const freeName = (process: Process, path: string): string | undefined =>
  [...'ponmlkjihgfedcba'].map((last) => swapName(path, last)).find((name) => failed(process.lstat(name)));

const absolute = (process: Process, path: string): string => (path.startsWith('/') ? path : `${process.cwd()}/${path}`);
const ownerName = (process: Process, uid: number): string => userNameOf(process, uid) ?? String(uid);

/** A file under the home folder of its user, as vim writes it. */
function shownName(process: Process, path: string, user: string): string {
  const home = process.env['HOME'] ?? '';
  return home !== '' && path.startsWith(`${home}/`) ? `~${user}${path.slice(home.length)}` : path;
}

function headerFor(process: Process, state: ViState, modified: boolean): Header {
  const user = ownerName(process, process.credentials().uid);
  const file = shownName(process, absolute(process, state.path ?? ''), user);
  return { pid: process.pid, user, host: process.hostname(), file, modified };
}

/** The swap file of a text that was opened; where there is one already the state asks what to do. */
export function openSwap(process: Process, before: ViState): ViState {
  const state = closeSwap(process, before);
  const { path } = state;
  if (path === undefined || !state.swaps || state.readonly || state.options.others['swapfile'] === false) return state;
  const found = swapName(path, 'p');
  const bytes = process.readFile(found);
  if (failed(bytes)) return createSwap(process, state);
  const header = parseHeader(bytes);
  const runs = header !== undefined && isRunning(process, header);
  // An editor that ended without having changed anything has left nothing to keep.
  if (header !== undefined && !header.modified && !runs) {
    process.unlink(found);
    return createSwap(process, state);
  }
  return { ...state, attention: { lines: attentionLines(process, path, found, header, runs), swap: found, runs } };
}

const isRunning = (process: Process, { pid, host }: Header): boolean =>
  host === process.hostname() && !failed(process.kill(pid, 0));

function createSwap(process: Process, state: ViState): ViState {
  const name = state.path === undefined ? undefined : freeName(process, state.path);
  if (name === undefined) return state;
  const swap = absolute(process, name);
  const written = process.writeFile(swap, headerBytes(headerFor(process, state, false)), { mode: 0o600 });
  return failed(written) ? state : { ...state, swap, swapDirty: false };
}

export function closeSwap(process: Process, state: ViState): ViState {
  if (state.swap !== undefined) process.unlink(state.swap);
  return { ...state, swap: undefined, swapDirty: false };
}

/** Notes in the swap file whether there are changes; without 'swapfile' it goes. */
export function keepSwap(process: Process, state: ViState): ViState {
  if (state.options.others['swapfile'] === false) return state.swap === undefined ? state : closeSwap(process, state);
  const dirty = isChanged(state);
  if (state.swap === undefined || dirty === state.swapDirty) return state;
  process.writeFile(state.swap, headerBytes(headerFor(process, state, dirty)));
  return { ...state, swapDirty: dirty };
}

function dated(process: Process, path: string): string | undefined {
  const stat = process.stat(path);
  if (failed(stat)) return undefined;
  const { weekday, month, day, hour, minute, second, year } = civilFromUnix(Math.floor(stat.modifiedMs / 1000));
  const two = (number: number): string => String(number).padStart(2, '0');
  const names = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
  const days = 'Sun Mon Tue Wed Thu Fri Sat'.split(' ');
  return `${days[weekday] ?? ''} ${names[month - 1] ?? ''} ${String(day).padStart(2)} ${two(hour)}:${two(minute)}:${two(second)} ${String(year)}`;
}

function attentionLines(
  process: Process,
  path: string,
  swap: string,
  header: Header | undefined,
  runs: boolean,
): readonly string[] {
  const stat = process.stat(swap);
  const owner = failed(stat) ? '' : ownerName(process, stat.uid);
  const known =
    header === undefined
      ? ['         [cannot be read]']
      : [
          `         file name: ${header.file}`,
          `          modified: ${header.modified ? 'YES' : 'no'}`,
          `         user name: ${header.user}   host name: ${header.host}`,
          `        process ID: ${String(header.pid)}${runs ? ' (STILL RUNNING)' : ''}`,
        ];
  const date = dated(process, path);
  return [
    'E325: ATTENTION',
    `Found a swap file by the name "${swap}"`,
    `          owned by: ${owner}   dated: ${dated(process, swap) ?? ''}`,
    ...known,
    `While opening file "${path}"`,
    date === undefined ? '      CANNOT BE FOUND' : `             dated: ${date}`,
    '',
    '(1) Another program may be editing the same file.  If this is the case,',
    '    be careful not to end up with two different instances of the same',
    '    file when making changes.  Quit, or continue with caution.',
    '(2) An edit session for this file crashed.',
    `    If this is the case, use ":recover" or "vim -r ${path}"`,
    '    to recover the changes (see ":help recovery").',
    `    If you did this already, delete the swap file "${swap}"`,
    '    to avoid this message.',
    '',
    `Swap file "${swap}" already exists!`,
    runs
      ? '[O]pen Read-Only, (E)dit anyway, (R)ecover, (Q)uit, (A)bort: '
      : '[O]pen Read-Only, (E)dit anyway, (R)ecover, (D)elete it, (Q)uit, (A)bort: ',
  ];
}

/** The answer to E325. */
export function answerAttention(process: Process, state: ViState, key: string): ViState {
  const { attention } = state;
  if (attention === undefined) return state;
  const calm: ViState = { ...state, attention: undefined };
  switch (key.toLowerCase()) {
    case 'o':
    case 'enter':
      return { ...calm, readonly: true, message: calm.message.replace(/^("[^"]*") (?=\d)/, '$1 [readonly] ') };
    case 'e':
      return createSwap(process, calm);
    case 'r':
      return fail(createSwap(process, calm), 'drydock: recovering from a swap file is not simulated');
    case 'd':
      if (attention.runs) return state;
      process.unlink(attention.swap);
      return createSwap(process, calm);
    case 'q':
    case 'a':
      return { ...leave(calm, true), exit: 1 };
    default:
      return state;
  }
}
