/**
 * vi/vim over the terminal. State is data between keys, so a snapshot can be taken with an editor open.
 * Models: normal, insert, replace, visual (characters and lines) and command-line modes; motions, operators and text
 * objects with counts, undo and redo, `.`, search, registers and marks by letter, ranges, :s :g :m :t :w :q :wq :x :e! :r,
 * :set nu ic ai et sw ts.
 * Leaves out: macros (they say so), windows, blocks, syntax colours.
 */
import type { Plain } from '../../../protocol/plain.ts';
import { failed, strerror } from '../../../protocol/errno.ts';
import type { Process, Program } from '../../../protocol/program.ts';
import type { Applet } from '../../coreutils/command.ts';
import type { Key } from '../../readline/keys.ts';
import { parseKeys } from '../../readline/keys.ts';
import { bytesToText, textToBytes, wholeCharacters } from '../../text.ts';
import { concatBytes, EMPTY_BYTES } from '../../../protocol/bytes.ts';
import { viKey } from './keys.ts';
import { paintVi } from './screen.ts';
import type { ViKey, ViState } from './state.ts';
import { freshVi } from './state.ts';

async function start(process: Process): Promise<number> {
  const operands = process.argv.slice(1).filter((arg) => !/^[-+]/.test(arg));
  const plus = process.argv.find((arg) => /^\+\d+$/.test(arg));
  const [path] = operands;
  let text = '';
  let message = '';
  if (path !== undefined) {
    const bytes = process.readFile(path);
    if (failed(bytes)) message = bytes.errno === 'ENOENT' ? `"${path}" [New]` : `"${path}" ${strerror(bytes)}`;
    else {
      text = bytesToText(bytes).normalize('NFC');
      const lines = text === '' ? 0 : text.replace(/\n$/, '').split('\n').length;
      message = `"${path}" ${String(lines)}L, ${String(bytes.length)}B`;
    }
  }
  return await edit(process, freshVi(path, text, message, plus === undefined ? 0 : Number(plus.slice(1)) - 1));
}

/** What a key is awaited with; the screen is painted. */
interface Awaiting {
  readonly state: ViState;
  /** An unfinished key and an unfinished character. */
  readonly pending: string;
  readonly held: Uint8Array;
}

async function edit(process: Process, first: ViState): Promise<number> {
  if (!process.isatty(0)) {
    await process.write(2, textToBytes('Vim: Warning: Input is not from a terminal\n'));
    return 1;
  }
  process.setTermios(0, { canonical: false, echo: false, signals: false, mapCrToNl: false });
  process.sigaction('SIGWINCH', 'catch');
  await process.write(1, textToBytes('\x1b[?1049h\x1b[?2004h'));
  return await loop(process, { state: await paint(process, first), pending: '', held: EMPTY_BYTES });
}

async function paint(process: Process, state: ViState): Promise<ViState> {
  const size = process.windowSize(0);
  const painted = paintVi(state, failed(size) ? { columns: 80, rows: 24 } : size);
  await process.write(1, textToBytes(painted.text));
  return painted.state;
}

/** Begins where a key is awaited: a restored editor goes on here and makes no other call first. */
async function loop(process: Process, first: Awaiting): Promise<number> {
  let { state, pending, held } = first;
  while (state.exit === undefined) {
    const saved = { state, pending, held };
    process.checkpointLazily(() => saved as unknown as Plain);
    const bytes = await process.read(0, 4_096);
    if (failed(bytes)) {
      if (bytes.errno !== 'EINTR') break;
      process.takeSignals();
      state = await paint(process, state);
      continue;
    }
    if (bytes.length === 0) break;
    const all = concatBytes([held, bytes]);
    const whole = wholeCharacters(all);
    held = all.subarray(whole);
    const { keys, rest } = parseKeys(pending + bytesToText(all.subarray(0, whole)));
    pending = rest;
    for (const key of keys) {
      for (const pressed of viKeys(key)) {
        state = viKey(state, pressed);
        if (state.write !== undefined) state = save(process, state);
        if (state.read !== undefined) state = insertFile(process, state);
        if (state.exit !== undefined) break;
      }
      if (state.exit !== undefined) break;
    }
    if (state.exit === undefined) state = await paint(process, state);
  }
  await process.write(1, textToBytes('\x1b[?2004l\x1b[?1049l'));
  process.setTermios(0, { canonical: true, echo: true, signals: true, mapCrToNl: true });
  return state.exit ?? 1;
}

/** vi knows no Alt: what comes with an escape before it is Escape and then that key. */
function viKeys(key: Key): readonly ViKey[] {
  if (key.type !== 'key') return [...key.text.normalize('NFC')].map((char) => ({ char }));
  if (!key.name.startsWith('M-')) return [key.name.length > 1 ? { special: key.name } : { char: key.name }];
  return [{ special: 'escape' }, ...parseKeys(key.sequence.slice(1)).keys.flatMap(viKeys)];
}

function save(process: Process, state: ViState): ViState {
  const path = state.write ?? '';
  const bytes = textToBytes(`${state.lines.join('\n')}\n`);
  const existed = !failed(process.stat(path));
  const access = existed ? process.access(path, { write: true }) : undefined;
  const readonly = access !== undefined && failed(access);
  const written =
    readonly && !state.force
      ? { errno: 'EACCES' as const }
      : process.writeFile(path, state.lines.length === 1 && state.lines[0] === '' ? EMPTY_BYTES : bytes);
  const { write: _write, ...rest } = state;
  if (failed(written))
    return {
      ...rest,
      exit: undefined,
      exitAfterWrite: undefined,
      message:
        written.errno === 'EACCES' && readonly
          ? "E45: 'readonly' option is set (add ! to override)"
          : `"${path}" E212: Can't open file for writing`,
    };
  return {
    ...rest,
    path: state.path ?? path,
    saved: state.lines,
    message: `"${path}"${existed ? '' : ' [New]'} ${String(state.lines.length)}L, ${String(bytes.length)}B written`,
    exit: state.exitAfterWrite,
  };
}

function insertFile(process: Process, state: ViState): ViState {
  const { read, ...rest } = state;
  const bytes = process.readFile(read ?? '');
  if (failed(bytes)) return { ...rest, message: `E484: Can't open file ${read ?? ''}` };
  const added = bytesToText(bytes).replace(/\n$/, '').split('\n');
  return {
    ...rest,
    lines: [...state.lines.slice(0, state.row + 1), ...added, ...state.lines.slice(state.row + 1)],
    row: state.row + 1,
    column: 0,
  };
}

const program: Program = {
  name: 'vi',
  memoryBytes: 6_000_000,
  run: start,
  resume: async (process, state) => await loop(process, state as unknown as Awaiting),
};
export const vi: Applet = { ...program, applet: (process) => start(process) };
