/**
 * more on a terminal; elsewhere it copies, as the real one does.
 * Models: paging by keys with counts, / n, = , several files with :n :p, +N +/PATTERN. What is left out says so.
 */
import { helpHint } from '../help-hint.ts';
import { failed, strerror } from '../../../protocol/errno.ts';
import type { Process, WindowSize } from '../../../protocol/program.ts';
import { charWidth } from '../../../formats/cell-width.ts';
import { COOKED, RAW, resumeFullScreen, runFullScreen, sizeOf, type FullScreen } from '../../editors/key-loop.ts';
import { foldRows } from '../../fold-rows.ts';
import { readOperand } from '../../io.ts';
import { posixRegExp, RegexBound } from '../../posix-regex.ts';
import { bytesToText, textToBytes } from '../../text.ts';
import { command, type Applet, type Invocation } from '../command.ts';

interface PagerState {
  readonly files: readonly { readonly name: string; readonly lines: readonly string[] }[];
  readonly file: number;
  readonly top: number;
  /** A count, a colon or a search being typed. */
  readonly typed: string;
  readonly search: { readonly pattern: string; readonly forward: boolean } | undefined;
  readonly message: string;
  readonly keys: number;
  readonly done: boolean;
}

async function start(call: Invocation): Promise<number> {
  const { process, io, operands } = call;
  const begin = operands.find((operand) => operand.startsWith('+'));
  const names = operands.filter((operand) => !operand.startsWith('+'));
  if (names.length === 0 && process.isatty(0)) {
    await io.raw(`${io.name}: bad usage\n${helpHint(io)}\n`);
    return 1;
  }
  const files = await readFiles(call, names.length === 0 ? ['-'] : names);
  if (files.length === 0) return 1;
  if (!process.isatty(1)) return await copy(call, files);
  const fresh: PagerState = {
    files,
    file: 0,
    top: 0,
    typed: '',
    search: undefined,
    message: '',
    // What is paged over a pipe leaves the terminal to the keys.
    keys: process.isatty(0) && names.length > 0 ? 0 : 2,
    done: false,
  };
  process.setTermios(fresh.keys, { ...RAW, signals: true });
  return await leave(process, await runFullScreen(process, SCREEN, startAt(fresh, begin), ['SIGWINCH', 'SIGINT']));
}

async function readFiles(call: Invocation, names: readonly string[]): Promise<PagerState['files']> {
  const files: { readonly name: string; readonly lines: readonly string[] }[] = [];
  for (const name of names) {
    const bytes = await readOperand(call.process, name);
    if (failed(bytes))
      await call.io.raw(
        bytes.errno === 'EISDIR'
          ? `\n*** ${name}: directory ***\n\n`
          : `${call.io.name}: cannot open ${name}: ${strerror(bytes)}\n`,
      );
    else files.push({ name: name === '-' ? '' : name, lines: bytesToText(bytes).replace(/\n$/, '').split('\n') });
  }
  return files;
}

async function copy(call: Invocation, files: PagerState['files']): Promise<number> {
  for (const { name, lines } of files) {
    if (files.length > 1) call.io.out(`::::::::::::::\n${name}\n::::::::::::::\n`);
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

const linesOf = (state: PagerState): readonly string[] => state.files[state.file]?.lines ?? [];

const SCREEN: FullScreen<PagerState> = {
  paint,
  press: (process, before, key) => {
    let state = before;
    for (const name of key.type === 'key' ? [key.name] : [...key.text])
      if (!state.done) state = press(state, name, sizeOf(process));
    return state;
  },
  interrupted: (state) => ({ ...state, typed: '', message: '' }),
  isDone: ({ done }) => done,
  keys: ({ keys }) => keys,
};

async function leave(process: Process, { keys }: PagerState): Promise<number> {
  await process.write(1, textToBytes('\r\x1b[K'));
  process.setTermios(keys, COOKED);
  return 0;
}

function press(state: PagerState, key: string, screen: WindowSize): PagerState {
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
function moved(
  state: PagerState,
  key: string,
  count: number | undefined,
  { rows }: WindowSize,
): PagerState | undefined {
  const page = Math.max(1, rows - 1);
  const step = STEPS[key];
  if (['g', '<', 'home', 'M-<'].includes(key)) return move(state, (count ?? 1) - 1, page);
  if (['G', '>', 'end', 'M->'].includes(key))
    return move(state, count === undefined ? linesOf(state).length : count - 1, page);
  if (step === undefined) return undefined;
  // more ends where it would go on past the end.
  if ((step === 'page' || step === 'line') && atEnd(state, page)) return { ...state, done: true };
  const usual = step.startsWith('half') ? Math.floor(page / 2) : step.startsWith('line') ? 1 : page;
  return move(state, state.top + (count ?? usual) * (step.endsWith('back') ? -1 : 1), page);
}

function acted(state: PagerState, key: string, { rows }: WindowSize): PagerState {
  switch (key) {
    case 'q':
    case 'Q':
      return { ...state, done: true };
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
      return 'Fv&!sm-'.includes(key) ? { ...state, message: `drydock: '${key}' in more is not simulated` } : state;
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
    : { ...state, file, top: 0 };
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
  try {
    for (let at = state.top + (here ? 0 : forward ? 1 : -1); at >= 0 && at < lines.length; at += forward ? 1 : -1)
      if (pattern.test(plain(lines[at] ?? ''))) return { ...state, top: at };
  } catch (error) {
    if (!(error instanceof RegexBound)) throw error;
    return { ...state, message: error.message };
  }
  return { ...state, message: 'Pattern not found' };
}

const plain = (line: string): string => line.replace(/\x1b\[[0-9;]*m/g, '');

function paint(
  state: PagerState,
  { rows, columns }: WindowSize,
): { readonly text: string; readonly state: PagerState } {
  const page = Math.max(1, rows - 1);
  const lines = linesOf(state);
  const shown = move(state, Math.min(state.top, lines.length), 1);
  const inSight: string[] = [];
  for (let at = shown.top; inSight.length < page; at += 1) inSight.push(...folded(lines[at] ?? '', columns));
  const text = inSight
    .slice(0, page)
    .map((row) => `${row}\x1b[K\r\n`)
    .join('');
  return { text: `\x1b[H${text}${promptOf(shown, page)}\x1b[K`, state: shown };
}

function promptOf({ typed, message, top, ...state }: PagerState, page: number): string {
  if (typed !== '') return /^\d/.test(typed) ? `:${typed}` : typed;
  if (message !== '') return `\x1b[7m${message}\x1b[0m`;
  const { length } = state.files[state.file]?.lines ?? [];
  const percent = length === 0 ? 100 : Math.floor((Math.min(length, top + page) / length) * 100);
  return `\x1b[7m--More--(${String(percent)}%)\x1b[0m`;
}

/** A line as the rows it takes; tabs are blanks, control characters are shown as ^X unless they colour. */
const folded = (line: string, columns: number): readonly string[] =>
  foldRows(line.match(/\x1b\[[0-9;]*m|[^]/gu) ?? [], columns, (piece, column) => {
    if (piece.startsWith('\x1b[')) return { text: piece, width: 0 };
    const text = shownAs(piece, column);
    return { text, width: text.length > 1 ? text.length : charWidth(piece) };
  });

function shownAs(char: string, column: number): string {
  if (char === '\t') return ' '.repeat(8 - (column % 8));
  return char < ' ' ? `^${String.fromCharCode(char.charCodeAt(0) + 64)}` : char;
}

const base = command({ name: 'more', calls: 'short', short: 'dlfpcsu', long: {} }, start);
export const more: Applet = {
  ...base,
  resume: async (process, saved) => await leave(process, await resumeFullScreen(process, SCREEN, saved)),
};
