/** What nano holds and how its keys change it; nothing here asks the system. */
import { cellWidth } from '../cell-width.ts';

export interface NanoPrompt {
  readonly kind:
    | 'write'
    | 'write-exit'
    | 'overwrite'
    | 'exit'
    | 'search'
    | 'replace'
    | 'replace-with'
    | 'replace-each'
    | 'insert'
    | 'go-to';
  readonly label: string;
  readonly text: string;
}
export interface NanoPlace {
  readonly row: number;
  /** In characters. */
  readonly column: number;
}
export interface NanoState extends NanoPlace {
  readonly path: string;
  readonly lines: readonly string[];
  readonly modified: boolean;
  readonly top: number;
  readonly cut: readonly string[];
  /** Whether the last key cut a line, so that the next cut adds to it. */
  readonly cutting: boolean;
  readonly prompt: NanoPrompt | undefined;
  readonly message: string;
  readonly search: string;
  readonly replacement: { readonly from: string; readonly to: string; readonly count: number } | undefined;
  readonly help: boolean;
  readonly numbers: boolean;
  readonly readonly: boolean;
  readonly pageRows: number;
  readonly undo: readonly NanoUndo[];
  readonly redo: readonly NanoUndo[];
  /** What the program has to do with files. */
  readonly work:
    | { readonly type: 'write'; readonly path: string; readonly thenExit: boolean; readonly overwrite: boolean }
    | { readonly type: 'insert'; readonly path: string }
    | undefined;
  readonly exit: boolean;
}
interface NanoUndo extends NanoPlace {
  readonly lines: readonly string[];
}
export type NanoKey = { readonly char: string } | { readonly special: string };

export function freshNano(
  path: string,
  text: string,
  message: string,
  options: { readonly numbers: boolean; readonly readonly: boolean; readonly row: number; readonly column: number },
): NanoState {
  const lines = text === '' ? [''] : text.replace(/\n$/, '').split('\n').concat('');
  return {
    path,
    lines,
    modified: false,
    row: Math.max(0, Math.min(options.row, lines.length - 1)),
    column: options.column,
    top: 0,
    cut: [],
    cutting: false,
    prompt: undefined,
    message,
    search: '',
    replacement: undefined,
    help: false,
    numbers: options.numbers,
    readonly: options.readonly,
    pageRows: 20,
    undo: [],
    redo: [],
    work: undefined,
    exit: false,
  };
}

export function nanoKey(state: NanoState, key: NanoKey): NanoState {
  if (state.help)
    return {
      ...state,
      help: 'special' in key && ['^X', '^G', '^C', 'escape'].includes(key.special) ? false : state.help,
    };
  if (state.prompt !== undefined) return promptKey(state, state.prompt, key);
  const calm: NanoState = { ...state, message: '', cutting: false };
  if ('char' in key) return insertText(calm, key.char);
  return command(calm, key.special, state.cutting);
}

const chars = (state: NanoState, row = state.row): string[] => [...(state.lines[row] ?? '')];
const remember = (state: NanoState): NanoState => ({
  ...state,
  modified: true,
  undo: [...state.undo.slice(-200), { lines: state.lines, row: state.row, column: state.column }],
  redo: [],
});
/** nano keeps an empty line at the end of what is not empty. */
const withLines = (state: NanoState, lines: readonly string[]): NanoState => ({
  ...state,
  lines: lines.at(-1) === '' ? lines : [...lines, ''],
});

export function insertText(state: NanoState, text: string): NanoState {
  const line = chars(state);
  const parts = text.split('\n');
  const made = [line.slice(0, state.column).join('') + (parts[0] ?? ''), ...parts.slice(1)];
  const column = [...(made.at(-1) ?? '')].length;
  made[made.length - 1] = (made.at(-1) ?? '') + line.slice(state.column).join('');
  const next = withLines(remember(state), [
    ...state.lines.slice(0, state.row),
    ...made,
    ...state.lines.slice(state.row + 1),
  ]);
  return { ...next, row: state.row + parts.length - 1, column };
}

function removeAt(state: NanoState, row: number, column: number): NanoState {
  const line = chars(state, row);
  if (column < line.length) {
    const lines = state.lines.map((each, at) =>
      at === row ? [...line.slice(0, column), ...line.slice(column + 1)].join('') : each,
    );
    return { ...withLines(remember(state), lines), row, column };
  }
  if (row + 1 >= state.lines.length) return state;
  return {
    ...withLines(remember(state), [
      ...state.lines.slice(0, row),
      (state.lines[row] ?? '') + (state.lines[row + 1] ?? ''),
      ...state.lines.slice(row + 2),
    ]),
    row,
    column,
  };
}

function command(state: NanoState, name: string, wasCutting: boolean): NanoState {
  const { row, column } = state;
  const length = chars(state).length;
  switch (name) {
    case 'enter':
    case '^M':
      return insertText(state, '\n');
    case 'tab':
      return insertText(state, '\t');
    case 'backspace':
    case '^H':
      return column > 0
        ? removeAt(state, row, column - 1)
        : row > 0
          ? removeAt(state, row - 1, chars(state, row - 1).length)
          : state;
    case 'delete':
    case '^D':
      return removeAt(state, row, column);
    case 'left':
    case '^B':
      return column > 0
        ? { ...state, column: column - 1 }
        : row > 0
          ? { ...state, row: row - 1, column: chars(state, row - 1).length }
          : state;
    case 'right':
    case '^F':
      return column < length
        ? { ...state, column: column + 1 }
        : row + 1 < state.lines.length
          ? { ...state, row: row + 1, column: 0 }
          : state;
    case 'up':
    case '^P':
      return vertical(state, -1);
    case 'down':
    case '^N':
      return vertical(state, 1);
    case 'page-up':
    case '^Y':
      return vertical(state, -Math.max(1, state.pageRows - 2));
    case 'page-down':
    case '^V':
      return vertical(state, Math.max(1, state.pageRows - 2));
    case 'home':
    case '^A':
      return { ...state, column: 0 };
    case 'end':
    case '^E':
      return { ...state, column: length };
    case 'word-right':
      return { ...state, ...wordRight(state) };
    case 'word-left':
      return { ...state, ...wordLeft(state) };
    case 'history-first':
    case 'unknown \\':
      return { ...state, row: 0, column: 0 };
    case 'history-last':
    case 'unknown /':
      return { ...state, row: state.lines.length - 1, column: chars(state, state.lines.length - 1).length };
    case '^K':
      return cutLine(state, wasCutting);
    case '^U':
      return state.cut.length === 0 ? state : insertText(state, `${state.cut.join('\n')}\n`);
    case 'upcase-word':
      return undo(state, 'undo');
    case 'unknown e':
      return undo(state, 'redo');
    case '^O':
      return ask(state, 'write', 'File Name to Write', state.path);
    case '^S':
      return state.path === ''
        ? ask(state, 'write', 'File Name to Write', '')
        : { ...state, work: { type: 'write', path: state.path, thenExit: false, overwrite: true } };
    case '^X':
      return state.modified && !state.readonly
        ? ask(state, 'exit', 'Save modified buffer?', '')
        : { ...state, exit: true };
    case '^W':
      return ask(state, 'search', `Search${state.search === '' ? '' : ` [${state.search}]`}`, '');
    case 'unknown w':
    case '^Q':
      return state.search === '' ? ask(state, 'search', 'Search', '') : find(state, state.search);
    case '^\\':
    case 'unknown r':
      return ask(state, 'replace', `Search (to replace)${state.search === '' ? '' : ` [${state.search}]`}`, '');
    case '^R':
      return ask(state, 'insert', 'File to insert [from ./]', '');
    case '^_':
    case 'unknown g':
      return ask(state, 'go-to', 'Enter line number, column number', '');
    case '^C':
      return { ...state, message: position(state) };
    case '^G':
      return { ...state, help: true };
    case 'unknown n':
    case 'unknown N':
      return { ...state, numbers: !state.numbers };
    case '^J':
    case '^T':
    case '^^':
    case '^Z':
      return { ...state, message: `drydock: nano's ${name} is not simulated` };
    case '^L':
      return state;
    default:
      return name.startsWith('unknown') || name.startsWith('^') ? { ...state, message: 'Unbound key' } : state;
  }
}

function vertical(state: NanoState, by: number): NanoState {
  const row = Math.max(0, Math.min(state.lines.length - 1, state.row + by));
  const wanted = cellWidth(chars(state).slice(0, state.column).join(''));
  let column = 0;
  let width = 0;
  const line = chars(state, row);
  while (column < line.length && width + cellWidth(line[column] ?? '') <= wanted) {
    width += cellWidth(line[column] ?? '');
    column += 1;
  }
  return { ...state, row, column };
}

const isWord = (char: string | undefined): boolean => char !== undefined && /[\p{L}\p{N}_]/u.test(char);
function wordRight(state: NanoState): NanoPlace {
  let { row, column } = state;
  const line = chars(state);
  while (isWord(line[column])) column += 1;
  for (; row < state.lines.length; row += 1, column = 0) {
    const here = chars(state, row);
    while (column < here.length && !isWord(here[column])) column += 1;
    if (column < here.length) return { row, column };
  }
  return { row: state.lines.length - 1, column: chars(state, state.lines.length - 1).length };
}
function wordLeft(state: NanoState): NanoPlace {
  let { row, column } = state;
  for (;;) {
    const line = chars(state, row);
    while (column > 0 && !isWord(line[column - 1])) column -= 1;
    if (column > 0) {
      while (column > 0 && isWord(line[column - 1])) column -= 1;
      return { row, column };
    }
    if (row === 0) return { row: 0, column: 0 };
    row -= 1;
    column = chars(state, row).length;
  }
}

function cutLine(state: NanoState, more: boolean): NanoState {
  if (state.row === state.lines.length - 1 && (state.lines[state.row] ?? '') === '')
    return { ...state, cutting: more, message: 'Nothing was cut' };
  const next = withLines(remember(state), [...state.lines.slice(0, state.row), ...state.lines.slice(state.row + 1)]);
  return { ...next, column: 0, cut: [...(more ? state.cut : []), state.lines[state.row] ?? ''], cutting: true };
}

function undo(state: NanoState, way: 'undo' | 'redo'): NanoState {
  const last = state[way].at(-1);
  if (last === undefined) return { ...state, message: way === 'undo' ? 'Nothing to undo' : 'Nothing to redo' };
  const here: NanoUndo = { lines: state.lines, row: state.row, column: state.column };
  const rest = state[way].slice(0, -1);
  const other = way === 'undo' ? [...state.redo, here] : [...state.undo, here];
  return {
    ...state,
    ...last,
    modified: true,
    undo: way === 'undo' ? rest : other,
    redo: way === 'undo' ? other : rest,
    message: way === 'undo' ? 'Undid action' : 'Redid action',
  };
}

function position(state: NanoState): string {
  const total = state.lines.reduce((sum, line) => sum + [...line].length + 1, -1);
  const before = state.lines.slice(0, state.row).reduce((sum, line) => sum + [...line].length + 1, 0) + state.column;
  const share = (part: number, whole: number): string =>
    String(whole === 0 ? 0 : Math.floor((part / whole) * 100)).padStart(2);
  const length = chars(state).length;
  return `line ${String(state.row + 1)}/${String(state.lines.length)} (${share(state.row + 1, state.lines.length)}%), col ${String(state.column + 1)}/${String(length + 1)} (${share(state.column + 1, length + 1)}%), char ${String(before)}/${String(total)} (${share(before, total)}%)`;
}

const ask = (state: NanoState, kind: NanoPrompt['kind'], label: string, text: string): NanoState => ({
  ...state,
  prompt: { kind, label, text },
});

function promptKey(state: NanoState, prompt: NanoPrompt, key: NanoKey): NanoState {
  const name = 'special' in key ? key.special : key.char;
  const closed: NanoState = { ...state, prompt: undefined };
  if (name === '^C' || name === 'escape') return { ...closed, replacement: undefined, message: 'Cancelled' };
  if (prompt.kind === 'exit') {
    if (/^[yY]$/.test(name)) return ask(closed, 'write-exit', 'File Name to Write', state.path);
    return /^[nN]$/.test(name) ? { ...closed, exit: true } : state;
  }
  if (prompt.kind === 'overwrite') {
    if (/^[yY]$/.test(name))
      return { ...closed, work: { type: 'write', path: prompt.text, thenExit: false, overwrite: true } };
    return /^[nN]$/.test(name) ? closed : state;
  }
  if (prompt.kind === 'replace-each') return replaceKey(closed, name);
  if ('char' in key) return { ...state, prompt: { ...prompt, text: prompt.text + key.char } };
  if (name === 'backspace' || name === '^H')
    return { ...state, prompt: { ...prompt, text: [...prompt.text].slice(0, -1).join('') } };
  if (name === '^U' || name === '^K') return { ...state, prompt: { ...prompt, text: '' } };
  if (prompt.kind === 'search' && name === '^\\') return ask(closed, 'replace', 'Search (to replace)', prompt.text);
  return name === 'enter' ? answered(closed, prompt) : state;
}

function answered(closed: NanoState, prompt: NanoPrompt): NanoState {
  switch (prompt.kind) {
    case 'write':
    case 'write-exit':
      return prompt.text === ''
        ? { ...closed, message: 'Cancelled' }
        : {
            ...closed,
            work: { type: 'write', path: prompt.text, thenExit: prompt.kind === 'write-exit', overwrite: false },
          };
    case 'insert':
      return prompt.text === ''
        ? { ...closed, message: 'Cancelled' }
        : { ...closed, work: { type: 'insert', path: prompt.text } };
    case 'search': {
      const text = prompt.text || closed.search;
      return text === '' ? { ...closed, message: 'Cancelled' } : find({ ...closed, search: text }, text);
    }
    case 'replace': {
      const text = prompt.text || closed.search;
      return text === ''
        ? { ...closed, message: 'Cancelled' }
        : ask(
            { ...closed, search: text, replacement: { from: text, to: '', count: 0 } },
            'replace-with',
            'Replace with',
            '',
          );
    }
    case 'replace-with':
      return nextReplacement(
        { ...closed, replacement: { from: closed.replacement?.from ?? '', to: prompt.text, count: 0 } },
        true,
      );
    case 'go-to': {
      const match = /^\s*(\d*)\s*(?:[,.;:\s]\s*(\d+))?\s*$/.exec(prompt.text);
      if (match === null || prompt.text.trim() === '') return { ...closed, message: 'Invalid line or column number' };
      const row = match[1] === '' ? closed.row : Math.max(0, Math.min(closed.lines.length, Number(match[1])) - 1);
      return { ...closed, row, column: Math.min(Math.max(0, Number(match[2] ?? '1') - 1), chars(closed, row).length) };
    }
    default:
      return closed;
  }
}
function places(state: NanoState, text: string): readonly NanoPlace[] {
  const found: NanoPlace[] = [];
  const wanted = text.toLowerCase();
  for (const [row, line] of state.lines.entries()) {
    const low = line.toLowerCase();
    for (let at = low.indexOf(wanted); at >= 0; at = low.indexOf(wanted, at + 1))
      found.push({ row, column: [...line.slice(0, at)].length });
  }
  return found;
}
const isAfter = (a: NanoPlace, b: NanoPlace, orAt: boolean): boolean =>
  a.row > b.row || (a.row === b.row && (a.column > b.column || (orAt && a.column === b.column)));

function find(state: NanoState, text: string): NanoState {
  const all = places(state, text);
  const [first] = all;
  if (first === undefined) return { ...state, message: `"${text}" not found` };
  const next = all.find((place) => isAfter(place, state, false));
  if (next !== undefined) return { ...state, ...next };
  return {
    ...state,
    ...first,
    message:
      first.row === state.row && first.column === state.column ? 'This is the only occurrence' : 'Search Wrapped',
  };
}

function nextReplacement(state: NanoState, orAt: boolean): NanoState {
  const { replacement } = state;
  const next =
    replacement === undefined
      ? undefined
      : places(state, replacement.from).find((place) => isAfter(place, state, orAt));
  if (next !== undefined) return ask({ ...state, ...next }, 'replace-each', 'Replace this instance?', '');
  const count = replacement?.count ?? 0;
  const none = count === 0 && replacement !== undefined && places(state, replacement.from).length === 0;
  return {
    ...state,
    replacement: undefined,
    message: none ? `"${replacement.from}" not found` : `Replaced ${String(count)} occurrence${count === 1 ? '' : 's'}`,
  };
}

function replaceKey(state: NanoState, name: string): NanoState {
  if (/^[nN]$/.test(name)) return nextReplacement(state, false);
  if (!/^[yYaA]$/.test(name)) return ask(state, 'replace-each', 'Replace this instance?', '');
  let next = replaceHere(state);
  if (/^[yY]$/.test(name)) return nextReplacement(next, true);
  for (let turn = nextReplacement(next, true); turn.prompt !== undefined; turn = nextReplacement(next, true))
    next = replaceHere({ ...turn, prompt: undefined });
  return nextReplacement(next, true);
}

function replaceHere(state: NanoState): NanoState {
  const { from, to, count } = state.replacement ?? { from: '', to: '', count: 0 };
  const line = chars(state);
  const text = [...line.slice(0, state.column), to, ...line.slice(state.column + [...from].length)].join('');
  const lines = state.lines.map((each, at) => (at === state.row ? text : each));
  return {
    ...withLines(remember(state), lines),
    column: state.column + [...to].length,
    replacement: { from, to, count: count + 1 },
  };
}
