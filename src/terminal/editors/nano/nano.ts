/**
 * nano: the editor of Debian and Ubuntu.
 * Models: insert, arrows, words, pages, ^K ^U cut and paste, ^O ^S ^X with its questions, ^W M-W search, ^\ replace, ^R insert, ^_ go to line, ^C position, ^G help, M-U M-E undo and redo, -l -v +LINE,COLUMN.
 * Leaves out: marks, several buffers, ^J justify, ^T execute, syntax colours, nanorc: a key that is left out says so.
 */
import { failed, strerror } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import type { Applet, Invocation } from '../../coreutils/command.ts';
import { command } from '../../coreutils/command.ts';
import type { Key } from '../../readline/keys.ts';
import { bytesToText, textToBytes } from '../../text.ts';
import { COOKED, RAW, resumeFullScreen, runFullScreen, type FullScreen } from '../key-loop.ts';
import { paintNano } from './screen.ts';
import { insertText } from './edit.ts';
import { nanoKey } from './keys.ts';
import { freshNano, type NanoKey, type NanoState } from './state.ts';

const ABSENT = ['B', 'm', 'a', 'M', 'S', 'Y', 't', 'R', 'C'];

async function start(call: Invocation): Promise<number> {
  const { io, options, process } = call;
  const absent = ABSENT.find((letter) => options.has(letter));
  const names = call.operands.filter((operand) => !/^\+\d*(,\d+)?$/.test(operand));
  if (absent !== undefined || names.length > 1) {
    await io.raw(`drydock: 'nano ${absent === undefined ? 'with several files' : `-${absent}`}' is not simulated\n`);
    return 1;
  }
  if (!process.isatty(0)) {
    await io.raw('Standard input is not a terminal\n');
    return 1;
  }
  const [, row = '1', , column = '1'] =
    /^\+(\d*)(,(\d+))?$/.exec(call.operands.find((operand) => operand.startsWith('+')) ?? '') ?? [];
  const [path = ''] = names;
  const stat = path === '' ? undefined : process.stat(path);
  let text = '';
  let message = path === '' ? '' : 'New File';
  let name = path;
  if (stat !== undefined && !failed(stat)) {
    const bytes = stat.type === 'directory' ? undefined : process.readFile(path);
    if (bytes === undefined || failed(bytes)) {
      message = bytes === undefined ? `"${path}" is a directory` : `Error reading ${path}: ${strerror(bytes)}`;
      name = '';
    } else {
      text = bytesToText(bytes).normalize('NFC');
      const lines = text === '' ? 0 : text.replace(/\n$/, '').split('\n').length;
      message = failed(process.access(path, { write: true }))
        ? `File '${path}' is unwritable`
        : `Read ${String(lines)} line${lines === 1 ? '' : 's'}`;
    }
  } else if (path.includes('/') && failed(process.stat(path.slice(0, path.lastIndexOf('/')) || '/')))
    message = `Directory '${path.slice(0, path.lastIndexOf('/'))}' does not exist`;
  const state = freshNano(name, text, message, {
    numbers: options.has('l'),
    readonly: options.has('v'),
    row: Number(row === '' ? '1' : row) - 1,
    column: Math.max(0, Number(column) - 1),
  });
  process.setTermios(0, RAW);
  await process.write(1, textToBytes('\x1b[?1049h\x1b[?2004h'));
  return await leave(process, await runFullScreen(process, SCREEN, state));
}

async function leave(process: Process, _state: NanoState): Promise<number> {
  await process.write(1, textToBytes('\x1b[?2004l\x1b[?1049l'));
  process.setTermios(0, COOKED);
  return 0;
}

const SCREEN: FullScreen<NanoState> = { paint: paintNano, press: take, isDone: ({ exit }) => exit };

function take(process: Process, before: NanoState, key: Key): NanoState {
  if (key.type !== 'key' && before.prompt === undefined && !before.help)
    return before.readonly
      ? { ...before, message: 'Key is invalid in view mode' }
      : insertText({ ...before, message: '', cutting: false }, key.text.normalize('NFC').replace(/\r\n?/g, '\n'));
  let state = before;
  const presses: readonly NanoKey[] =
    key.type === 'key' ? [{ special: key.name }] : [...key.text.normalize('NFC')].map((char) => ({ char }));
  for (const press of presses) {
    const next = nanoKey(state, press);
    state = state.readonly && next.lines !== state.lines ? { ...state, message: 'Key is invalid in view mode' } : next;
    if (state.work?.type === 'write') state = save(process, state, state.work);
    else if (state.work?.type === 'insert') state = insertFile(process, state, state.work.path);
    if (state.exit) break;
  }
  return state;
}

function save(
  process: Process,
  before: NanoState,
  work: { readonly path: string; readonly thenExit: boolean; readonly overwrite: boolean },
): NanoState {
  const state: NanoState = { ...before, work: undefined };
  const { path } = work;
  if (!work.overwrite && path !== state.path && !failed(process.stat(path)))
    return { ...state, prompt: { kind: 'overwrite', label: `File "${path}" exists; OVERWRITE?`, text: path } };
  const text = state.lines.join('\n');
  const written = process.writeFile(path, textToBytes(text));
  if (failed(written)) return { ...state, message: `Error writing ${path}: ${strerror(written)}` };
  const lines = state.lines.length - (state.lines.at(-1) === '' ? 1 : 0);
  return {
    ...state,
    path,
    modified: false,
    exit: work.thenExit,
    message: `Wrote ${String(lines)} line${lines === 1 ? '' : 's'}`,
  };
}

function insertFile(process: Process, before: NanoState, path: string): NanoState {
  const state: NanoState = { ...before, work: undefined };
  const bytes = process.readFile(path);
  if (failed(bytes))
    return {
      ...state,
      message: bytes.errno === 'ENOENT' ? `File "${path}" not found` : `Error reading ${path}: ${strerror(bytes)}`,
    };
  const text = bytesToText(bytes).normalize('NFC');
  const lines = text.replace(/\n$/, '').split('\n').length;
  return { ...insertText(state, text), message: `Inserted ${String(lines)} line${lines === 1 ? '' : 's'}` };
}

const base = command(
  {
    name: 'nano',
    short: 'AaBCcDEFGHIiJKLlMmNnOPpQqRrSsT:tUuvWwxYZz',
    long: { linenumbers: 'l', view: 'v', backup: 'B', mouse: 'm', autoindent: 'i', tabsize: 'T' },
  },
  start,
);
export const nano: Applet = {
  ...base,
  memoryBytes: 4_000_000,
  resume: async (process, state) => await leave(process, await resumeFullScreen(process, SCREEN, state)),
};
