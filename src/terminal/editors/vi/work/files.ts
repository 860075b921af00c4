/** What vi does with files: opening, saving, :r. */
import { concatBytes, EMPTY_BYTES } from '../../../../protocol/bytes.ts';
import { failed } from '../../../../protocol/errno.ts';
import type { Process } from '../../../../protocol/program.ts';
import { bytesToText, textToBytes } from '../../../text.ts';
import { movesRows } from '../screen/scroll.ts';
import { addUndone } from './work-text.ts';
import type { ViState, ViWork } from '../state/state.ts';
import { fileMessage, isChanged } from '../state/buffer.ts';
import { freshText, textPart } from '../state/fresh-state.ts';
import { fail, failLines } from '../state/state.ts';

/** A file that is larger is not opened: a text of this size takes the memory of many simulated machines. */
const LARGEST_FILE = 32 * 1024 * 1024;

const folderOf = (path: string): string =>
  path.slice(0, Math.max(0, path.lastIndexOf('/'))) || (path.startsWith('/') ? '/' : '.');

/** The state with a file in place of what was there; one that is not there yet begins empty. */
export function openFile(process: Process, state: ViState, path: string): ViState {
  const begun: ViState = { ...state, ...freshText(path, ['']), readonly: false };
  const stat = process.stat(path);
  if (!failed(stat) && stat.type === 'directory') return { ...begun, message: `"${path}" is a directory` };
  if (!failed(stat) && stat.size > LARGEST_FILE)
    return {
      ...begun,
      readonly: true,
      message: `drydock: "${path}" is larger than the ${String(LARGEST_FILE / 1_048_576)} MiB that vi opens here`,
    };
  const bytes = process.readFile(path);
  if (failed(bytes)) {
    const isNew = bytes.errno === 'ENOENT';
    const kind = isNew ? (failed(process.stat(folderOf(path))) ? '[New DIRECTORY]' : '[New]') : '[Permission Denied]';
    return { ...begun, message: `"${path}" ${kind}` };
  }
  const text = textOf(bytesToText(bytes).normalize('NFC'));
  const readonly = cannotWrite(process, path);
  const notes =
    `${readonly ? '[readonly] ' : ''}${text.noEol ? '[noeol] ' : ''}${text.format === 'dos' ? '[dos] ' : ''}`.replaceAll(
      '] [',
      '][',
    );
  const size = `${String(bytes.length === 0 ? 0 : text.lines.length)}L, ${String(bytes.length)}B`;
  const first = { row: 0, column: 0 };
  const marks = { '"': first, '[': first, ']': { row: text.lines.length - 1, column: 0 } };
  return { ...begun, ...text, marks, saved: text.lines, readonly, message: `"${path}" ${notes}${size}` };
}

/** The lines of a text, and how they end: all with CR LF makes it a DOS file. */
export function textOf(text: string): Pick<ViState, 'lines' | 'blank' | 'format' | 'noEol'> {
  const noEol = text !== '' && !text.endsWith('\n');
  const lines = text === '' ? [''] : (noEol ? text : text.slice(0, -1)).split('\n');
  const dos =
    text.includes('\r\n') && lines.every((line, at) => line.endsWith('\r') || (noEol && at === lines.length - 1));
  return {
    lines: dos ? lines.map((line) => line.replace(/\r$/, '')) : lines,
    blank: text === '',
    format: dos ? 'dos' : 'unix',
    noEol,
  };
}

/** A file without a bit for writing is read-only for vim even where its reader is root. */
function cannotWrite(process: Process, path: string): boolean {
  const stat = process.stat(path);
  return !failed(stat) && ((stat.mode & 0o222) === 0 || failed(process.access(path, { write: true })));
}

/** Another file in place of this one; what is not of the text stays: registers, options, what was searched. */
export function reopen(process: Process, state: ViState, path: string, force = false): ViState {
  const left = withLeft(state, force);
  const known = left.find((file) => file.path === path);
  const alternate = state.path !== path ? state.path : state.alternate;
  const around = { opened: left, alternate, unlisted: state.unlisted.filter((each) => each !== path) };
  if (path === '') {
    const message = state.history.at(-1) ?? '';
    return { ...state, ...freshText(undefined, ['']), readonly: false, ...around, message };
  }
  const file = state.files.indexOf(path);
  const place = { file: file < 0 ? state.file : file };
  if (known?.text !== undefined && path !== state.path) {
    const back: ViState = { ...state, ...known.text, ...around, ...place };
    return { ...back, message: fileMessage(back) };
  }
  const opened = openFile(process, state, path);
  const row = Math.min(path === state.path ? state.row : (known?.row ?? 0), opened.lines.length - 1);
  return { ...opened, ...around, ...place, row, column: path === state.path ? state.column : 0 };
}

/** The files that were opened, with this one; with `hidden` its text stays as it is. */
function withLeft(state: ViState, force: boolean): ViState['opened'] {
  const { path, row, column, readonly } = state;
  if (path === undefined) return state.opened;
  const others = state.opened.filter((file) => file.path !== path);
  const keeps = state.options.hidden && !force;
  return [...others, { path, row, column, ...(keeps ? { text: { ...textPart(state), readonly } } : {}) }];
}

export function save(process: Process, state: ViState, work: Extract<ViWork, { readonly type: 'write' }>): ViState {
  const { path, lines, force, append } = work;
  const stat = process.stat(path);
  const own = path === state.path;
  if (own && state.readonly && !force) return fail(state, "E45: 'readonly' option is set (add ! to override)");
  if (!failed(stat) && stat.type === 'directory')
    return fail(state, `E17: "${absolute(process, path)}" is a directory`);
  if (!failed(stat) && !own && !force && !append) return fail(state, 'E13: File exists (add ! to override)');
  const old = append ? process.readFile(path) : EMPTY_BYTES;
  if (failed(old) && !(force && old.errno === 'ENOENT'))
    return failLines(state, [`"${path}"`, `"${path}" E212: Can't open file for writing`]);
  const empty = state.blank;
  const end = state.format === 'dos' ? '\r\n' : '\n';
  const bytes = empty ? EMPTY_BYTES : textToBytes(lines.join(end) + end);
  if (failed(process.writeFile(path, append && !failed(old) ? concatBytes([old, bytes]) : bytes)))
    return failLines(state, [`"${path}"`, `"${path}" E212: Can't open file for writing`]);
  const notes = `${failed(stat) ? '[New] ' : ''}${state.format === 'dos' ? '[dos] ' : ''}`.replaceAll('] [', '][');
  const size = `${String(empty ? 0 : lines.length)}L, ${String(bytes.length)}B`;
  const message = `"${path}" ${notes}${size} ${append ? 'appended' : 'written'}`;
  const whole = lines === state.lines && (own || state.path === undefined);
  const kept = whole ? { path, saved: state.lines, noEol: false } : { alternate: state.alternate ?? path };
  const writes = own && whole ? [...state.writes, state.undo.at(-1)?.number ?? 0] : state.writes;
  return { ...state, ...kept, writes, message };
}

/** Writes this text and the hidden ones, where they were changed. */
export function saveAll(process: Process, state: ViState, force: boolean): ViState {
  const how = { type: 'write', force, append: false, exits: false } as const;
  const { path, lines } = state;
  if (isChanged(state) && path === undefined) return fail(state, 'E141: No file name for buffer 1');
  let made = isChanged(state) && path !== undefined ? save(process, state, { ...how, path, lines }) : state;
  for (const file of state.opened) {
    const { text } = file;
    if (made.failed) return made;
    if (text === undefined || file.path === path || !isChanged({ ...state, ...text })) continue;
    const other = save(process, { ...state, ...text, path: file.path }, { ...how, path: file.path, lines: text.lines });
    if (other.failed) return { ...made, failed: true, message: other.message, output: other.output };
    const opened = made.opened.map((each) =>
      each === file ? { ...each, text: { ...text, saved: text.lines } } : each,
    );
    made = { ...made, opened, message: other.message };
  }
  return made;
}

export const absolute = (process: Process, path: string): string =>
  path.startsWith('/') ? path : `${process.cwd()}/${path}`;

export function insertFile(process: Process, state: ViState, path: string, below: number): ViState {
  const bytes = process.readFile(path);
  if (failed(bytes)) {
    const known = { ...state, undo: state.undo.slice(0, -1) };
    const fault = `E484: Can't open file ${path}`;
    return bytes.errno === 'EISDIR' ? failLines(known, [`"${path}" is a directory`, fault]) : fail(known, fault);
  }
  const { lines } = textOf(bytesToText(bytes).normalize('NFC'));
  const added = bytes.length === 0 ? [] : lines;
  const made = addUndone(state, added, below);
  // What is said of the file goes where lines of the screen move.
  return movesRows(state, made)
    ? { ...made, message: '' }
    : { ...made, message: `"${path}" ${String(added.length)}L, ${String(bytes.length)}B` };
}
