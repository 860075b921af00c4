/**
 * less and more on a terminal; elsewhere they copy, as the real ones do.
 * Models: paging by keys with counts, / ? n N, g G, F is refused, -N -S -R -F -X +N +/pattern; several files with :n :p. Resumable.
 */
import { EMPTY_BYTES } from '../../protocol/bytes.ts';
import type { Plain } from '../../protocol/plain.ts';
import { failed, strerror } from '../../protocol/errno.ts';
import type { Process } from '../../protocol/program.ts';
import { charWidth } from '../../formats/cell-width.ts';
import { readOperand } from '../io.ts';
import { parseKeys } from '../readline/keys.ts';
import { posixRegExp } from '../posix-regex.ts';
import { bytesToText, textToBytes } from '../text.ts';
import type { Applet, Invocation } from './command.ts';
import { command } from './command.ts';

interface PagerState {
  readonly program: 'less' | 'more';
  readonly files: readonly { readonly name: string; readonly lines: readonly string[] }[];
  readonly file: number;
  readonly top: number;
  readonly numbers: boolean;
  readonly chop: boolean;
  readonly left: number;
  /** A count, a colon or a search being typed. */
  readonly typed: string;
  readonly search: { readonly pattern: string; readonly forward: boolean } | undefined;
  readonly message: string;
  readonly keys: number;
  readonly alternate: boolean;
  readonly done: boolean;
}

function pager(name: 'less' | 'more'): Applet {
  const base = command(
    {
      name,
      short: name === 'less' ? 'NSRrFXiIMmqQseEfg' : 'dlfpcsu',
      long: {
        'LINE-NUMBERS': 'N',
        'chop-long-lines': 'S',
        'RAW-CONTROL-CHARS': 'R',
        'quit-if-one-screen': 'F',
        'no-init': 'X',
        'ignore-case': 'i',
      },
    },
    async (call) => {
      const begin = call.operands.find((operand) => operand.startsWith('+'));
      const names = call.operands.filter((operand) => !operand.startsWith('+'));
      if (names.length === 0 && call.process.isatty(0)) {
        await call.io.raw(
          name === 'less'
            ? 'Missing filename ("less --help" for help)\n'
            : "more: bad usage\nTry 'more --help' for more information.\n",
        );
        return 1;
      }
      const files = await readFiles(call, names.length === 0 ? ['-'] : names);
      if (files.length === 0) return 1;
      if (!call.process.isatty(1)) return await copy(call, files);
      const keys = call.process.isatty(0) && names.length > 0 ? 0 : 2;
      const fresh: PagerState = {
        program: name,
        files,
        file: 0,
        top: 0,
        numbers: call.options.has('N'),
        chop: call.options.has('S'),
        left: 0,
        typed: '',
        search: undefined,
        message: '',
        keys,
        alternate: name === 'less' && !call.options.has('X'),
        done: false,
      };
      if (call.options.has('F') && files.length === 1 && (files[0]?.lines.length ?? 0) < size(call.process).rows)
        return await copy(call, files);
      return await show(call.process, startAt(fresh, begin));
    },
  );
  return { ...base, resume: (process, state) => loop(process, state as unknown as PagerState) };
}

async function readFiles(call: Invocation, names: readonly string[]): Promise<PagerState['files']> {
  const files: { readonly name: string; readonly lines: readonly string[] }[] = [];
  for (const name of names) {
    const bytes = await readOperand(call.process, name);
    if (failed(bytes))
      await call.io.raw(
        bytes.errno === 'EISDIR'
          ? call.io.name === 'less'
            ? `${name} is a directory\n`
            : `\n*** ${name}: directory ***\n\n`
          : call.io.name === 'less'
            ? `${name}: ${strerror(bytes)}\n`
            : `more: cannot open ${name}: ${strerror(bytes)}\n`,
      );
    else files.push({ name: name === '-' ? '' : name, lines: bytesToText(bytes).replace(/\n$/, '').split('\n') });
  }
  return files;
}

async function copy(call: Invocation, files: PagerState['files']): Promise<number> {
  for (const { name, lines } of files) {
    if (call.io.name === 'more' && files.length > 1) call.io.out(`::::::::::::::\n${name}\n::::::::::::::\n`);
    for (const line of lines) {
      call.io.line(line);
      if (call.io.full && !(await call.io.flush())) return 0;
    }
  }
  return await call.io.end(0);
}

function startAt(state: PagerState, begin: string | undefined): PagerState {
  if (begin === undefined) return state;
  if (begin === '+G') return { ...state, top: Number.MAX_SAFE_INTEGER };
  if (begin.startsWith('+/')) return find({ ...state, search: { pattern: begin.slice(2), forward: true } }, true, true);
  return { ...state, top: Math.max(0, Number(begin.slice(1)) - 1 || 0) };
}

const size = (process: Process): { readonly rows: number; readonly columns: number } => {
  const found = process.windowSize(1);
  return failed(found) ? { rows: 24, columns: 80 } : found;
};
const linesOf = (state: PagerState): readonly string[] => state.files[state.file]?.lines ?? [];

async function show(process: Process, first: PagerState): Promise<number> {
  process.setTermios(first.keys, { canonical: false, echo: false, signals: true, mapCrToNl: false });
  process.sigaction('SIGWINCH', 'catch');
  process.sigaction('SIGINT', 'catch');
  if (first.alternate) await process.write(1, textToBytes('\x1b[?1049h'));
  return await loop(process, await paint(process, first));
}

/** Begins where a key is awaited, so that a restored pager goes on here. */
async function loop(process: Process, first: PagerState): Promise<number> {
  let state = first;
  while (!state.done) {
    const saved = state;
    process.checkpointLazily(() => saved as unknown as Plain);
    const bytes = await process.read(state.keys, 4_096);
    if (failed(bytes) && bytes.errno !== 'EINTR') break;
    const signals = process.takeSignals();
    if (signals.includes('SIGINT')) state = { ...state, typed: '', message: '' };
    const input = failed(bytes) ? EMPTY_BYTES : bytes;
    if (!failed(bytes) && bytes.length === 0) break;
    for (const key of parseKeys(bytesToText(input)).keys) {
      const names = key.type === 'key' ? [key.name] : [...key.text];
      for (const name of names) if (!state.done) state = press(state, name, size(process));
    }
    if (!state.done) state = await paint(process, state);
  }
  await process.write(1, textToBytes(state.alternate ? '\x1b[?1049l' : '\r\x1b[K'));
  process.setTermios(state.keys, { canonical: true, echo: true, signals: true, mapCrToNl: true });
  return 0;
}

interface Screen {
  readonly rows: number;
  readonly columns: number;
}

function press(state: PagerState, key: string, screen: Screen): PagerState {
  const calm = { ...state, message: '' };
  if (/^[/?]/.test(state.typed)) return searchKey(calm, key);
  if (state.typed.startsWith(':')) return colon({ ...calm, typed: '' }, key);
  if (/^\d$/.test(key) || key === '/' || key === '?' || key === ':')
    return { ...calm, typed: /^[/?:]$/.test(key) ? key : state.typed + key };
  const count = state.typed === '' ? undefined : Number(state.typed);
  const idle = { ...calm, typed: '' };
  return moved(idle, key, count, screen) ?? acted(idle, key, screen);
}

/** Keys by what they do: lines or parts of a page on or back. */
const STEPS: Readonly<Record<string, 'page' | 'back' | 'half' | 'half-back' | 'line' | 'line-back'>> = {
  ...keysFor('page', ' ', 'f', '^F', '^V', 'page-down'),
  ...keysFor('back', 'b', '^B', 'page-up'),
  ...keysFor('half', 'd', '^D'),
  ...keysFor('half-back', 'u', '^U'),
  ...keysFor('line', 'j', 'e', 'enter', 'down', '^N', '^E'),
  ...keysFor('line-back', 'k', 'y', 'up', '^P', '^Y'),
};
function keysFor<T extends string>(what: T, ...keys: readonly string[]): Readonly<Record<string, T>> {
  return Object.fromEntries(keys.map((key) => [key, what]));
}

/** The text moved by the key; undefined for one that does not move it. */
function moved(state: PagerState, key: string, count: number | undefined, { rows }: Screen): PagerState | undefined {
  const page = Math.max(1, rows - 1);
  const step = STEPS[key];
  if (['g', '<', 'home', 'M-<'].includes(key)) return move(state, (count ?? 1) - 1, page);
  if (['G', '>', 'end', 'M->'].includes(key))
    return move(state, count === undefined ? linesOf(state).length : count - 1, page);
  if (step === undefined) return undefined;
  // more ends where it would go on past the end.
  if ((step === 'page' || step === 'line') && atEnd(state, page) && state.program === 'more')
    return { ...state, done: true };
  const usual = step.startsWith('half') ? Math.floor(page / 2) : step.startsWith('line') ? 1 : page;
  return move(state, state.top + (count ?? usual) * (step.endsWith('back') ? -1 : 1), page);
}

function acted(state: PagerState, key: string, { rows, columns }: Screen): PagerState {
  const half = Math.floor(columns / 2);
  switch (key) {
    case 'q':
    case 'Q':
      return { ...state, done: true };
    case 'right':
      return { ...state, left: state.left + half };
    case 'left':
      return { ...state, left: Math.max(0, state.left - half) };
    case 'n':
    case 'N':
      return state.search === undefined
        ? { ...state, message: 'No previous regular expression' }
        : find(state, key === 'n' ? state.search.forward : !state.search.forward);
    case '=':
    case '^G':
      return { ...state, message: placeText(state, Math.max(1, rows - 1)) };
    case 'h':
    case 'H':
      return { ...state, message: 'SPACE b j k g G /pattern ?pattern n N :n :p q' };
    default:
      return 'Fv&!sm-'.includes(key)
        ? { ...state, message: `drydock: '${key}' in ${state.program} is not simulated` }
        : state;
  }
}

function placeText(state: PagerState, page: number): string {
  const { length } = linesOf(state);
  const last = Math.min(length, state.top + page);
  return `${state.files[state.file]?.name ?? ''} lines ${String(state.top + 1)}-${String(last)}/${String(length)}`;
}

function colon(state: PagerState, key: string): PagerState {
  if (key === 'q' || key === 'Q') return { ...state, done: true };
  if (key !== 'n' && key !== 'p') return state;
  const file = state.file + (key === 'n' ? 1 : -1);
  return state.files[file] === undefined
    ? { ...state, message: key === 'n' ? 'No next file' : 'No previous file' }
    : { ...state, file, top: 0, left: 0 };
}

const atEnd = (state: PagerState, page: number): boolean => state.top + page >= linesOf(state).length;
function move(state: PagerState, top: number, page: number): PagerState {
  return { ...state, top: Math.max(0, Math.min(top, Math.max(0, linesOf(state).length - page))) };
}

function searchKey(state: PagerState, key: string): PagerState {
  if (key === 'enter') {
    const pattern = state.typed.slice(1) || (state.search?.pattern ?? '');
    const forward = state.typed.startsWith('/');
    return find({ ...state, typed: '', search: { pattern, forward } }, forward);
  }
  if (key === 'backspace' || key === '^H') return { ...state, typed: [...state.typed].slice(0, -1).join('') };
  if (key === 'escape' || key === '^C' || key === '^G') return { ...state, typed: '' };
  return key.length > 2 ? state : { ...state, typed: state.typed + key };
}

function find(state: PagerState, forward: boolean, here = false): PagerState {
  const pattern = posixRegExp(state.search?.pattern ?? '', { extended: true });
  if (pattern === undefined) return { ...state, message: 'Invalid pattern' };
  const lines = linesOf(state);
  for (let at = state.top + (here ? 0 : forward ? 1 : -1); at >= 0 && at < lines.length; at += forward ? 1 : -1)
    if (pattern.test(plain(lines[at] ?? ''))) return { ...state, top: at };
  return { ...state, message: 'Pattern not found' };
}

const plain = (line: string): string => line.replace(/\x1b\[[0-9;]*m/g, '');

async function paint(process: Process, state: PagerState): Promise<PagerState> {
  const { rows, columns } = size(process);
  const page = Math.max(1, rows - 1);
  const lines = linesOf(state);
  const shown = move(state, Math.min(state.top, lines.length), 1);
  let out = '\x1b[H';
  let used = 0;
  for (let at = shown.top; used < page; at += 1) {
    const line = lines[at];
    const rowsOf =
      line === undefined
        ? [state.program === 'less' ? '~' : '']
        : wrap((state.numbers ? `${String(at + 1).padStart(7)} ` : '') + line, columns, state);
    for (const row of rowsOf.slice(0, page - used)) {
      out += `${row}\x1b[K\r\n`;
      used += 1;
    }
  }
  const end = shown.top + page >= lines.length;
  const name = state.files[state.file]?.name ?? '';
  const percent =
    lines.length === 0 ? 100 : Math.floor((Math.min(lines.length, shown.top + page) / lines.length) * 100);
  const prompt =
    state.typed !== ''
      ? /^\d/.test(state.typed)
        ? `:${state.typed}`
        : state.typed
      : state.message !== ''
        ? `\x1b[7m${state.message}\x1b[0m`
        : state.program === 'more'
          ? `\x1b[7m--More--(${String(percent)}%)\x1b[0m`
          : end
            ? '\x1b[7m(END)\x1b[0m'
            : shown.top === 0 && name !== ''
              ? `\x1b[7m${name}\x1b[0m`
              : ':';
  await process.write(1, textToBytes(`${out}${prompt}\x1b[K`));
  return shown;
}

/** A line as the rows it takes; tabs are blanks, control characters are shown as ^X unless they colour. */
function wrap(line: string, columns: number, { chop, left }: PagerState): readonly string[] {
  const rows: string[] = [];
  let row = '';
  let width = 0;
  let skipped = 0;
  const pieces = line.match(/\x1b\[[0-9;]*m|[\s\S]/gu) ?? [];
  for (const piece of pieces) {
    if (piece.startsWith('\x1b[')) {
      row += piece;
      continue;
    }
    const text =
      piece === '\t'
        ? ' '.repeat(8 - ((width + skipped) % 8))
        : piece < ' '
          ? `^${String.fromCharCode(piece.charCodeAt(0) + 64)}`
          : piece;
    const cells = text.length > 1 && piece.length === 1 ? text.length : charWidth(piece);
    if (chop && skipped < left) {
      skipped += cells;
      continue;
    }
    if (width + cells > columns) {
      rows.push(row);
      if (chop) return rows;
      row = '';
      width = 0;
    }
    row += text;
    width += cells;
  }
  return [...rows, row];
}

export const less = pager('less');
export const more = pager('more');
