/** What vi does with files: opening, saving, :r. */
import { EMPTY_BYTES } from '../../../protocol/bytes.ts';
import { failed } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import { bytesToText, textToBytes } from '../../text.ts';
import { remember } from './buffer.ts';
import type { ViState } from './state.ts';
import { freshVi } from './state.ts';

const linesOf = (text: string): readonly string[] => (text === '' ? [] : text.replace(/\n$/, '').split('\n'));
const folderOf = (path: string): string =>
  path.slice(0, Math.max(0, path.lastIndexOf('/'))) || (path.startsWith('/') ? '/' : '.');

/** The state with which a file is opened; a file that is not there yet begins empty. */
export function openFile(process: Process, path: string): ViState {
  const stat = process.stat(path);
  if (!failed(stat) && stat.type === 'directory') return freshVi(path, '', `"${path}" is a directory`, 0);
  const bytes = process.readFile(path);
  if (failed(bytes)) {
    const isNew = bytes.errno === 'ENOENT';
    const kind = isNew ? (failed(process.stat(folderOf(path))) ? '[New DIRECTORY]' : '[New]') : '[Permission Denied]';
    return freshVi(path, '', `"${path}" ${kind}`, 0);
  }
  const text = bytesToText(bytes).normalize('NFC');
  const readonly = cannotWrite(process, path);
  const size = `${String(linesOf(text).length)}L, ${String(bytes.length)}B`;
  return { ...freshVi(path, text, `"${path}" ${readonly ? '[readonly] ' : ''}${size}`, 0), readonly };
}

/** A file without a bit for writing is read-only for vim even where its reader is root. */
function cannotWrite(process: Process, path: string): boolean {
  const stat = process.stat(path);
  return !failed(stat) && ((stat.mode & 0o222) === 0 || failed(process.access(path, { write: true })));
}

/** Does what the last key asked of files. */
export function doFileWork(process: Process, state: ViState): ViState {
  if (state.write !== undefined) return save(process, state, state.write);
  if (state.read !== undefined) return insertFile(process, state, state.read);
  return state.edit === undefined ? state : reopen(process, state, state.edit);
}

/** :e keeps what is not of the text: registers, options, what was searched. */
function reopen(process: Process, state: ViState, path: string): ViState {
  const opened = openFile(process, path);
  const { edit: _edit, ...rest } = state;
  const { lines, saved, message, readonly } = opened;
  const row = path === state.path ? Math.min(state.row, lines.length - 1) : 0;
  return { ...rest, path, lines, saved, message, readonly, row, column: 0, wanted: 0, undo: [], redo: [], marks: {} };
}

function save(process: Process, before: ViState, work: NonNullable<ViState['write']>): ViState {
  const { write: _write, ...state } = before;
  const { path, lines, force, append } = work;
  const stat = process.stat(path);
  const own = path === state.path;
  const refuse = (message: string): ViState => ({ ...state, message });
  if (own && state.readonly && !force) return refuse("E45: 'readonly' option is set (add ! to override)");
  if (!failed(stat) && stat.type === 'directory') return refuse(`E17: "${absolute(process, path)}" is a directory`);
  if (!failed(stat) && !own && !force && !append) return refuse('E13: File exists (add ! to override)');
  const old = append ? process.readFile(path) : EMPTY_BYTES;
  if (failed(old)) return refuse(`E212: Can't open file for writing: ${path}`);
  const empty = lines.length === 1 && lines[0] === '';
  const bytes = empty ? EMPTY_BYTES : textToBytes(`${lines.join('\n')}\n`);
  const text = append ? textToBytes(bytesToText(old) + bytesToText(bytes)) : bytes;
  if (failed(process.writeFile(path, text))) return refuse(`"${path}" E212: Can't open file for writing`);
  const size = `${String(empty ? 0 : lines.length)}L, ${String(bytes.length)}B`;
  const message = `"${path}"${failed(stat) ? ' [New]' : ''} ${size} ${append ? 'appended' : 'written'}`;
  const whole = lines === state.lines && (own || state.path === undefined);
  const kept = whole ? { path, saved: state.lines } : {};
  return { ...state, ...kept, message, exit: work.exits ? 0 : undefined };
}

const absolute = (process: Process, path: string): string => (path.startsWith('/') ? path : `${process.cwd()}/${path}`);

function insertFile(process: Process, before: ViState, work: NonNullable<ViState['read']>): ViState {
  const { read: _read, ...state } = before;
  const { path, below } = work;
  const bytes = process.readFile(path);
  if (failed(bytes)) return { ...state, message: `E484: Can't open file ${path}` };
  const added = linesOf(bytesToText(bytes).normalize('NFC'));
  const at = below + 1;
  const known = remember(state);
  const lines = [...state.lines.slice(0, at), ...added, ...state.lines.slice(at)];
  const message = `"${path}" ${String(added.length)}L, ${String(bytes.length)}B`;
  return { ...known, lines, row: at, column: 0, message };
}
