/** What nano does with files and commands. */
import { concatBytes, EMPTY_BYTES } from '../../../protocol/bytes.ts';
import { failed, strerror } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import { readAll } from '../../io.ts';
import { waitFor } from '../../run-child.ts';
import { bytesToText, textToBytes } from '../../text.ts';
import { insertText } from './edit.ts';
import { ask, freshNano, markedRegion, type NanoOptions, type NanoState, type NanoWork } from './state.ts';

/** A file that is larger is not opened: a text of this size takes the memory of many simulated machines. */
const LARGEST_FILE = 32 * 1024 * 1024;

const countOf = (lines: number): string => `${String(lines)} line${lines === 1 ? '' : 's'}`;
const linesIn = (text: string): number => (text === '' ? 0 : text.replace(/\n$/, '').split('\n').length);

/** The state with which a file is opened; one that cannot be read leaves an empty buffer. */
export function openNano(process: Process, path: string, options: NanoOptions): NanoState {
  const empty = (name: string, message: string): NanoState => freshNano(name, '', message, options);
  if (path === '') return empty('', 'Welcome to nano.  For basic help, type Ctrl+G.');
  const stat = process.stat(path);
  if (failed(stat)) {
    const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) || '/' : '.';
    return empty(path, failed(process.stat(folder)) ? `Directory '${folder}' does not exist` : 'New File');
  }
  if (stat.type === 'directory') return empty('', `"${path}" is a directory`);
  if (stat.size > LARGEST_FILE)
    return empty(
      '',
      `drydock: "${path}" is larger than the ${String(LARGEST_FILE / 1_048_576)} MiB that nano opens here`,
    );
  const bytes = process.readFile(path);
  if (failed(bytes)) return empty('', `Error reading ${path}: ${strerror(bytes)}`);
  const text = bytesToText(bytes).normalize('NFC');
  const state = freshNano(path, text, '', options);
  const unwritable = failed(process.access(path, { write: true }));
  const converted = state.dos ? ' (Converted from DOS format)' : '';
  return {
    ...state,
    message: unwritable ? `File '${path}' is unwritable` : `Read ${countOf(linesIn(text))}${converted}`,
  };
}

export async function doNanoWork(process: Process, before: NanoState): Promise<NanoState> {
  const { work } = before;
  if (work === undefined) return before;
  const state: NanoState = { ...before, work: undefined };
  if (work.type === 'write') return save(process, state, work);
  return work.type === 'insert'
    ? insertFile(process, state, work.path)
    : await insertOutput(process, state, work.command);
}

function save(
  process: Process,
  state: NanoState,
  { path, asked }: Extract<NanoWork, { readonly type: 'write' }>,
): NanoState {
  const { how, selection, thenExit, dos } = state.writing;
  const whole = how === 'whole' && !selection;
  const exists = !failed(process.stat(path));
  if (whole && asked === 'nothing' && state.path !== '' && path !== state.path) return ask(state, 'different', path);
  if (how === 'whole' && asked !== 'all' && path !== state.path && exists) return ask(state, 'overwrite', path);
  const text = selection ? selectedText(state) : state.lines.join('\n');
  const bytes = textToBytes(dos ? text.replaceAll('\n', '\r\n') : text);
  const old = process.readFile(path);
  const kept = how === 'whole' || failed(old) ? EMPTY_BYTES : old;
  if (state.options.backup && exists && !failed(old)) process.writeFile(`${path}~`, old);
  const written = process.writeFile(path, how === 'prepend' ? concatBytes([bytes, kept]) : concatBytes([kept, bytes]));
  if (failed(written)) return { ...state, message: `Error writing ${path}: ${strerror(written)}` };
  const message = `Wrote ${countOf(linesIn(text))}`;
  if (!whole) return { ...state, message, mark: selection ? undefined : state.mark };
  return { ...state, path, dos, saved: state.lines, exit: thenExit, message };
}

function selectedText(state: NanoState): string {
  const region = markedRegion(state);
  if (region === undefined) return state.lines.join('\n');
  const { from, to } = region;
  return state.lines
    .slice(from.row, to.row + 1)
    .map((line, at) =>
      [...line].slice(at === 0 ? from.column : 0, from.row + at === to.row ? to.column : undefined).join(''),
    )
    .join('\n');
}

const inserted = (state: NanoState, text: string): NanoState => ({
  ...insertText(state, text, 'insertion'),
  message: `Read ${countOf(linesIn(text))}`,
});

function insertFile(process: Process, state: NanoState, path: string): NanoState {
  const stat = process.stat(path);
  if (failed(stat)) return { ...state, message: `File "${path}" not found` };
  if (stat.type === 'directory') return { ...state, message: `"${path}" is a directory` };
  const bytes = process.readFile(path);
  if (failed(bytes)) return { ...state, message: `Error reading ${path}: ${strerror(bytes)}` };
  return inserted(state, bytesToText(bytes).normalize('NFC').replaceAll('\r\n', '\n'));
}

/** ^T: what a command prints, at the cursor. */
async function insertOutput(process: Process, state: NanoState, command: string): Promise<NanoState> {
  const output = process.pipe();
  if (failed(output)) return { ...state, message: `Could not create pipe: ${strerror(output)}` };
  const [read, write] = output;
  const shell = process.env['SHELL'] ?? '/bin/sh';
  const pid = process.spawn(shell, [shell, '-c', command], {
    fds: [
      [1, write],
      [2, write],
    ],
  });
  process.close(write);
  const bytes = await readAll(process, read);
  process.close(read);
  if (failed(pid)) return { ...state, message: `Error: ${strerror(pid)}` };
  await waitFor(process, pid);
  return failed(bytes) ? { ...state, message: strerror(bytes) } : inserted(state, bytesToText(bytes).normalize('NFC'));
}
