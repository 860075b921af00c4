import { posixRegExp } from '../posix-regex.ts';

export interface ViState {
  readonly path: string | undefined;
  readonly lines: readonly string[];
  readonly saved: readonly string[];
  readonly row: number;
  /** In characters. */
  readonly column: number;
  readonly top: number;
  readonly left: number;
  readonly mode: 'normal' | 'insert' | 'command';
  /** The row where visual line mode began. */
  readonly visual: number | undefined;
  /** Count, operator and first letters typed so far. */
  readonly pending: string;
  readonly command: string;
  readonly register: readonly string[];
  readonly linewise: boolean;
  readonly undo: readonly { readonly lines: readonly string[]; readonly row: number; readonly column: number }[];
  readonly redo: readonly { readonly lines: readonly string[]; readonly row: number; readonly column: number }[];
  readonly search: string;
  readonly numbers: boolean;
  readonly message: string;
  readonly write?: string;
  readonly force?: boolean;
  readonly read?: string;
  readonly exit: number | undefined;
  readonly exitAfterWrite: number | undefined;
}
export type ViKey = { readonly char: string } | { readonly special: string };

export function freshVi(path: string | undefined, text: string, message: string, row: number): ViState {
  const lines = text === '' ? [''] : text.replace(/\n$/, '').split('\n');
  return {
    path,
    lines,
    saved: lines,
    row: Math.max(0, Math.min(row, lines.length - 1)),
    column: 0,
    top: 0,
    left: 0,
    mode: 'normal',
    visual: undefined,
    pending: '',
    command: '',
    register: [''],
    linewise: false,
    undo: [],
    redo: [],
    search: '',
    numbers: false,
    message,
    exit: undefined,
    exitAfterWrite: undefined,
  };
}

export function viKey(state: ViState, key: ViKey): ViState {
  if (state.mode === 'insert') return insertKey({ ...state, message: '' }, key);
  if (state.mode === 'command') return commandKey(state, key);
  return clamp(normalKey({ ...state, message: '' }, key));
}

const chars = (state: ViState, row = state.row): string[] => [...(state.lines[row] ?? '')];
const withLine = (state: ViState, row: number, text: string): ViState => ({
  ...state,
  lines: state.lines.map((line, at) => (at === row ? text : line)),
});
const mark = (state: ViState): ViState => ({
  ...state,
  undo: [...state.undo.slice(-100), { lines: state.lines, row: state.row, column: state.column }],
  redo: [],
});
function clamp(state: ViState): ViState {
  if (state.mode !== 'normal') return state;
  const row = Math.max(0, Math.min(state.row, state.lines.length - 1));
  return { ...state, row, column: Math.max(0, Math.min(state.column, [...(state.lines[row] ?? '')].length - 1)) };
}

function insertKey(state: ViState, key: ViKey): ViState {
  const line = chars(state);
  if ('char' in key && key.char !== '\n')
    return {
      ...withLine(state, state.row, [...line.slice(0, state.column), key.char, ...line.slice(state.column)].join('')),
      column: state.column + 1,
    };
  const name = 'special' in key ? key.special : 'enter';
  switch (name) {
    case 'escape':
    case '^[':
    case '^C':
      return clamp({ ...state, mode: 'normal', column: state.column - 1 });
    case 'enter':
    case '^J': {
      const rest = line.slice(state.column).join('');
      const indent = 'special' in key ? '' : '';
      return {
        ...state,
        lines: [
          ...state.lines.slice(0, state.row),
          line.slice(0, state.column).join(''),
          indent + rest,
          ...state.lines.slice(state.row + 1),
        ],
        row: state.row + 1,
        column: 0,
      };
    }
    case 'tab':
      return insertKey(state, { char: '\t' });
    case 'backspace':
    case '^H':
      if (state.column > 0)
        return {
          ...withLine(state, state.row, [...line.slice(0, state.column - 1), ...line.slice(state.column)].join('')),
          column: state.column - 1,
        };
      if (state.row === 0) return state;
      return {
        ...state,
        lines: [
          ...state.lines.slice(0, state.row - 1),
          (state.lines[state.row - 1] ?? '') + line.join(''),
          ...state.lines.slice(state.row + 1),
        ],
        row: state.row - 1,
        column: chars(state, state.row - 1).length,
      };
    case 'delete':
      return withLine(state, state.row, [...line.slice(0, state.column), ...line.slice(state.column + 1)].join(''));
    case '^W':
      return {
        ...withLine(
          state,
          state.row,
          line
            .slice(0, state.column)
            .join('')
            .replace(/\S*\s*$/, '') + line.slice(state.column).join(''),
        ),
        column: [
          ...line
            .slice(0, state.column)
            .join('')
            .replace(/\S*\s*$/, ''),
        ].length,
      };
    default: {
      const moved = motion(state, name, 1);
      return moved === undefined
        ? state
        : { ...state, row: moved.row, column: Math.min(moved.column, chars(state, moved.row).length) };
    }
  }
}

interface Place {
  readonly row: number;
  readonly column: number;
  readonly linewise?: boolean;
  readonly inclusive?: boolean;
}

function motion(state: ViState, name: string, count: number, given = false): Place | undefined {
  const { row, column, lines } = state;
  const line = chars(state);
  const firstText = (at: number): number => Math.max(0, (lines[at] ?? '').search(/\S/));
  switch (name) {
    case 'h':
    case 'left':
    case 'backspace':
      return { row, column: Math.max(0, column - count) };
    case 'l':
    case 'right':
    case ' ':
      return { row, column: Math.min(line.length, column + count) };
    case 'j':
    case 'down':
    case '^N':
      return { row: Math.min(lines.length - 1, row + count), column, linewise: true };
    case 'k':
    case 'up':
    case '^P':
      return { row: Math.max(0, row - count), column, linewise: true };
    case 'enter':
    case '+':
      return {
        row: Math.min(lines.length - 1, row + count),
        column: firstText(Math.min(lines.length - 1, row + count)),
        linewise: true,
      };
    case '-':
      return { row: Math.max(0, row - count), column: firstText(Math.max(0, row - count)), linewise: true };
    case '0':
    case 'home':
      return { row, column: 0 };
    case '^':
      return { row, column: firstText(row) };
    case '$':
    case 'end':
      return { row, column: Math.max(0, line.length - 1), inclusive: true };
    case 'G': {
      const to = given ? Math.min(lines.length, count) - 1 : lines.length - 1;
      return { row: to, column: firstText(to), linewise: true };
    }
    case 'gg': {
      const to = given ? Math.min(lines.length, count) - 1 : 0;
      return { row: to, column: firstText(to), linewise: true };
    }
    case '^F':
    case 'page-down':
      return { row: Math.min(lines.length - 1, row + 20 * count), column: 0, linewise: true };
    case '^B':
    case 'page-up':
      return { row: Math.max(0, row - 20 * count), column: 0, linewise: true };
    case '^D':
      return { row: Math.min(lines.length - 1, row + 11), column: 0, linewise: true };
    case '^U':
      return { row: Math.max(0, row - 11), column: 0, linewise: true };
    case 'w':
    case 'W':
    case 'b':
    case 'B':
    case 'e':
    case 'E':
      return words(state, name, count);
    default:
      return undefined;
  }
}

function words(state: ViState, name: string, count: number): Place {
  const text = state.lines.join('\n');
  const all = [...text];
  const kind = (at: number): number => {
    const char = all[at] ?? '';
    return /\s/.test(char) || char === '' ? 0 : name === name.toUpperCase() || /[\p{L}\p{N}_]/u.test(char) ? 1 : 2;
  };
  let at = state.lines.slice(0, state.row).reduce((sum, line) => sum + [...line].length + 1, 0) + state.column;
  for (let i = 0; i < count; i += 1) {
    if (name.toLowerCase() === 'w') {
      const from = kind(at);
      while (at < all.length && from !== 0 && kind(at) === from) at += 1;
      while (at < all.length && kind(at) === 0) at += 1;
    } else if (name.toLowerCase() === 'e') {
      at += 1;
      while (at < all.length && kind(at) === 0) at += 1;
      while (at + 1 < all.length && kind(at + 1) === kind(at)) at += 1;
    } else {
      at -= 1;
      while (at > 0 && kind(at) === 0) at -= 1;
      while (at > 0 && kind(at - 1) === kind(at)) at -= 1;
    }
  }
  const head = all
    .slice(0, Math.max(0, Math.min(at, all.length)))
    .join('')
    .split('\n');
  return {
    row: Math.min(head.length - 1, state.lines.length - 1),
    column: [...(head.at(-1) ?? '')].length,
    ...(name.toLowerCase() === 'e' ? { inclusive: true } : {}),
  };
}

function normalKey(state: ViState, key: ViKey): ViState {
  const name = 'special' in key ? key.special : key.char;
  if (name === 'escape' || name === '^C' || name === '^[') return { ...state, pending: '', visual: undefined };
  const typed = state.pending + ('special' in key ? `\0${name}` : name);
  const match = /^(\d*)([dyc<>]?)(\d*)([\s\S]*)$/.exec(/^0/.test(typed) ? typed : typed);
  const zero = typed === '0' || (!/^[1-9]\d*$/.test(state.pending) && /[dyc]0$/.test(typed));
  const [, n1 = '', operator = '', n2 = '', rest0 = ''] = zero
    ? ['', '', typed.length > 1 ? typed.charAt(0) : '', '', '0']
    : (match ?? []);
  const rest = rest0.replace('\0', '');
  const given = n1 !== '' || n2 !== '';
  const count = Number(n1 === '' ? '1' : n1) * Number(n2 === '' ? '1' : n2);
  if (rest === '' && !(operator === '<' || operator === '>'))
    return state.visual !== undefined && operator !== ''
      ? visualOperator(state, operator)
      : { ...state, pending: typed };
  if ((operator === '<' || operator === '>') && rest === '')
    return state.visual !== undefined ? visualOperator(state, operator) : { ...state, pending: typed };
  if (/^[gzrftFT]$/.test(rest) && !(rest === 'r' && operator !== '')) return { ...state, pending: typed };
  const done: ViState = { ...state, pending: '' };
  if (operator !== '') return operate(done, operator, rest, count, given);
  const find = /^([ftFT])([\s\S])$/u.exec(rest);
  const place = find === null ? motion(done, rest, count, given) : findChar(done, find[1] ?? '', find[2] ?? '', count);
  if (place !== undefined) return { ...done, row: place.row, column: place.column };
  if (rest.length > 1 && rest.startsWith('r')) return replaceChars(done, rest.slice(1), count);
  return action(done, rest, count);
}

function findChar(state: ViState, how: string, char: string, count: number): Place | undefined {
  const line = chars(state);
  const step = how === 'f' || how === 't' ? 1 : -1;
  let at = state.column;
  for (let left = count; left > 0; left -= 1) {
    at += step;
    while (at >= 0 && at < line.length && line[at] !== char) at += step;
  }
  if (line[at] !== char) return { row: state.row, column: state.column };
  return { row: state.row, column: how === 't' ? at - 1 : how === 'T' ? at + 1 : at, inclusive: true };
}

function replaceChars(state: ViState, char: string, count: number): ViState {
  const line = chars(state);
  if (line.length < state.column + count) return state;
  return withLine(
    mark(state),
    state.row,
    [
      ...line.slice(0, state.column),
      ...Array.from({ length: count }, () => char),
      ...line.slice(state.column + count),
    ].join(''),
  );
}

function operate(state: ViState, operator: string, name: string, count: number, given: boolean): ViState {
  if (name === operator)
    return lineOperator(state, operator, state.row, Math.min(state.lines.length - 1, state.row + count - 1));
  if (name === 'iw' || name === 'aw' || name === 'i' || name === 'a') {
    if (name.length === 1) return { ...state, pending: operator + name };
    const line = chars(state);
    const inWord = (at: number): boolean => /[\p{L}\p{N}_]/u.test(line[at] ?? '');
    let from = state.column;
    let to = state.column;
    while (from > 0 && inWord(from - 1) === inWord(state.column)) from -= 1;
    while (to < line.length && inWord(to) === inWord(state.column)) to += 1;
    return charOperator(state, operator, from, to);
  }
  const find = /^([ftFT])([\s\S])$/u.exec(name);
  let place =
    find === null
      ? motion(state, name === 'w' && operator === 'c' ? 'e' : name, count, given)
      : findChar(state, find[1] ?? '', find[2] ?? '', count);
  if (place === undefined) return state;
  if (place.linewise === true)
    return lineOperator(state, operator, Math.min(state.row, place.row), Math.max(state.row, place.row));
  if (place.row !== state.row) place = { row: state.row, column: chars(state).length };
  const from = Math.min(state.column, place.column);
  return charOperator(state, operator, from, Math.max(state.column, place.column) + (place.inclusive === true ? 1 : 0));
}

function charOperator(state: ViState, operator: string, from: number, to: number): ViState {
  const line = chars(state);
  const taken: ViState = { ...state, register: [line.slice(from, to).join('')], linewise: false, column: from };
  if (operator === 'y') return taken;
  return {
    ...withLine(
      mark({ ...taken, column: state.column }),
      state.row,
      [...line.slice(0, from), ...line.slice(to)].join(''),
    ),
    column: from,
    mode: operator === 'c' ? 'insert' : 'normal',
  };
}

function lineOperator(state: ViState, operator: string, from: number, to: number): ViState {
  const picked = state.lines.slice(from, to + 1);
  if (operator === '>' || operator === '<') {
    const shifted = state.lines.map((line, at) =>
      at < from || at > to
        ? line
        : operator === '>'
          ? line === ''
            ? ''
            : `\t${line}`
          : line.replace(/^(\t| {1,8})/, ''),
    );
    return { ...mark(state), lines: shifted, row: from, visual: undefined };
  }
  const taken: ViState = {
    ...state,
    register: picked,
    linewise: true,
    visual: undefined,
    message: picked.length > 2 ? `${String(picked.length)} ${operator === 'y' ? 'lines yanked' : 'fewer lines'}` : '',
  };
  if (operator === 'y') return { ...taken, row: from };
  const rest = [...state.lines.slice(0, from), ...(operator === 'c' ? [''] : []), ...state.lines.slice(to + 1)];
  return {
    ...mark(taken),
    lines: rest.length === 0 ? [''] : rest,
    row: Math.min(from, Math.max(0, rest.length - 1)),
    column: 0,
    mode: operator === 'c' ? 'insert' : 'normal',
  };
}
const visualOperator = (state: ViState, operator: string): ViState =>
  lineOperator(
    { ...state, pending: '' },
    operator,
    Math.min(state.visual ?? state.row, state.row),
    Math.max(state.visual ?? state.row, state.row),
  );

function action(state: ViState, name: string, count: number): ViState {
  const line = chars(state);
  const insert = (column: number): ViState => ({ ...mark(state), mode: 'insert', column });
  const open = (row: number): ViState => ({
    ...mark(state),
    lines: [
      ...state.lines.slice(0, row),
      /^\s*/.exec(state.lines[state.row] ?? '')?.[0] ?? '',
      ...state.lines.slice(row),
    ],
    row,
    column: [...(/^\s*/.exec(state.lines[state.row] ?? '')?.[0] ?? '')].length,
    mode: 'insert',
  });
  switch (name) {
    case 'i':
      return insert(state.column);
    case 'a':
      return insert(Math.min(line.length, state.column + 1));
    case 'I':
      return insert(Math.max(0, (state.lines[state.row] ?? '').search(/\S/)));
    case 'A':
      return insert(line.length);
    case 'o':
      return open(state.row + 1);
    case 'O':
      return open(state.row);
    case 'x':
    case 'delete':
      return line.length === 0
        ? state
        : charOperator(state, 'd', state.column, Math.min(line.length, state.column + count));
    case 'X':
      return charOperator(state, 'd', Math.max(0, state.column - count), state.column);
    case 'D':
      return charOperator(state, 'd', state.column, line.length);
    case 'C':
      return charOperator(state, 'c', state.column, line.length);
    case 's':
      return charOperator(state, 'c', state.column, state.column + count);
    case 'S':
      return lineOperator(state, 'c', state.row, state.row);
    case 'Y':
      return lineOperator(state, 'y', state.row, state.row);
    case 'J':
      return state.row + 1 >= state.lines.length
        ? state
        : {
            ...mark(state),
            lines: [
              ...state.lines.slice(0, state.row),
              `${(state.lines[state.row] ?? '').trimEnd()} ${(state.lines[state.row + 1] ?? '').trimStart()}`,
              ...state.lines.slice(state.row + 2),
            ],
            column: line.length,
          };
    case '~':
      return {
        ...withLine(
          mark(state),
          state.row,
          line
            .map((char, at) =>
              at === state.column ? (char === char.toUpperCase() ? char.toLowerCase() : char.toUpperCase()) : char,
            )
            .join(''),
        ),
        column: state.column + 1,
      };
    case 'p':
    case 'P':
      return put(state, name === 'p', count);
    case 'u': {
      const last = state.undo.at(-1);
      return last === undefined
        ? { ...state, message: 'Already at oldest change' }
        : {
            ...state,
            ...last,
            undo: state.undo.slice(0, -1),
            redo: [...state.redo, { lines: state.lines, row: state.row, column: state.column }],
          };
    }
    case '^R': {
      const next = state.redo.at(-1);
      return next === undefined
        ? { ...state, message: 'Already at newest change' }
        : {
            ...state,
            ...next,
            redo: state.redo.slice(0, -1),
            undo: [...state.undo, { lines: state.lines, row: state.row, column: state.column }],
          };
    }
    case 'V':
    case 'v':
      return { ...state, visual: state.visual === undefined ? state.row : undefined };
    case ':':
      return { ...state, mode: 'command', command: state.visual === undefined ? ':' : ":'<,'>" };
    case '/':
    case '?':
      return { ...state, mode: 'command', command: name };
    case 'n':
      return searchNext(state, state.search, true);
    case 'N':
      return searchNext(state, state.search, false);
    case 'ZZ':
      return execute(state, 'x');
    case 'Z':
      return { ...state, pending: 'Z' };
    default:
      return state;
  }
}

function put(state: ViState, after: boolean, count: number): ViState {
  const text = Array.from({ length: count }, () => state.register);
  if (state.linewise) {
    const row = state.row + (after ? 1 : 0);
    return {
      ...mark(state),
      lines: [...state.lines.slice(0, row), ...text.flat(), ...state.lines.slice(row)],
      row,
      column: 0,
    };
  }
  const line = chars(state);
  const at = Math.min(line.length, state.column + (after ? 1 : 0));
  const added = text.flat().join('');
  return {
    ...withLine(mark(state), state.row, line.slice(0, at).join('') + added + line.slice(at).join('')),
    column: at + [...added].length - 1,
  };
}

function searchNext(state: ViState, pattern: string, forward: boolean): ViState {
  const regex = posixRegExp(pattern, { extended: false, global: true });
  if (regex === undefined || pattern === '') return { ...state, message: 'E35: No previous regular expression' };
  const total = state.lines.length;
  for (let step = 0; step <= total; step += 1) {
    const row = (((state.row + (forward ? step : -step)) % total) + total) % total;
    const line = state.lines[row] ?? '';
    regex.lastIndex = 0;
    const hits = [...line.matchAll(regex)]
      .map((hit) => [...line.slice(0, hit.index)].length)
      .filter(
        (at) => (step > 0 && step < total) || (step === 0 ? (forward ? at > state.column : at < state.column) : true),
      );
    const column = forward ? hits[0] : hits.at(-1);
    if (column !== undefined)
      return {
        ...state,
        row,
        column,
        message: forward && row < state.row ? 'search hit BOTTOM, continuing at TOP' : '',
      };
  }
  return { ...state, message: `E486: Pattern not found: ${pattern}` };
}

function commandKey(state: ViState, key: ViKey): ViState {
  const name = 'special' in key ? key.special : '';
  if ('char' in key && key.char !== '\n') return { ...state, command: state.command + key.char };
  if (name === 'escape' || name === '^C') return { ...state, mode: 'normal', command: '', message: '' };
  if (name === 'backspace' || name === '^H')
    return state.command.length <= 1
      ? { ...state, mode: 'normal', command: '' }
      : { ...state, command: [...state.command].slice(0, -1).join('') };
  if (name !== 'enter' && name !== '^J' && name !== '') return state;
  const done: ViState = { ...state, mode: 'normal', command: '', message: '' };
  const text = state.command.slice(1);
  if (state.command.startsWith(':')) return clamp(execute(done, text));
  const pattern = text === '' ? state.search : text;
  return clamp(searchNext({ ...done, search: pattern }, pattern, state.command.startsWith('/')));
}

function execute(state: ViState, text: string): ViState {
  const range = /^(?:(%)|('<,'>)|(\d+|\.|\$)(?:,(\d+|\.|\$))?)?\s*([\s\S]*)$/.exec(text.trim());
  const [, whole, visual, first, second, body = ''] = range ?? [];
  const line = (spec: string): number =>
    spec === '.' ? state.row : spec === '$' ? state.lines.length - 1 : Number(spec) - 1;
  const from =
    whole !== undefined
      ? 0
      : visual !== undefined
        ? Math.min(state.visual ?? state.row, state.row)
        : first === undefined
          ? state.row
          : line(first);
  const to =
    whole !== undefined
      ? state.lines.length - 1
      : visual !== undefined
        ? Math.max(state.visual ?? state.row, state.row)
        : second !== undefined
          ? line(second)
          : from;
  const base: ViState = { ...state, visual: undefined };
  if (body === '')
    return first === undefined ? base : { ...base, row: Math.max(0, Math.min(to, state.lines.length - 1)), column: 0 };
  const substitution = /^s(.)((?:\\.|(?!\1).)*)\1((?:\\.|(?!\1).)*)(?:\1([gi]*))?$/.exec(body);
  if (substitution !== null)
    return substitute(base, from, to, substitution[2] ?? '', substitution[3] ?? '', substitution[4] ?? '');
  if (/^d(elete)?$/.test(body)) return lineOperator(base, 'd', from, to);
  if (/^y(ank)?$/.test(body)) return lineOperator(base, 'y', from, to);
  const write = /^(w|wq|x|write|xit)(a?)(!?)(?:\s+(\S+))?$/.exec(body);
  const changed = state.lines !== state.saved && state.lines.join('\n') !== state.saved.join('\n');
  if (write !== null) {
    const path = write[4] ?? state.path;
    const leaving = write[1] !== 'w' && write[1] !== 'write';
    if (leaving && !changed && write[1] !== 'wq') return { ...base, exit: 0 };
    if (path === undefined) return { ...base, message: 'E32: No file name' };
    return { ...base, write: path, force: write[3] === '!', exitAfterWrite: leaving ? 0 : undefined };
  }
  if (/^(q|quit|qa)$/.test(body))
    return changed ? { ...base, message: 'E37: No write since last change (add ! to override)' } : { ...base, exit: 0 };
  if (/^(q|quit|qa)!$/.test(body)) return { ...base, exit: 0 };
  if (/^cq!?$/.test(body)) return { ...base, exit: 1 };
  if (/^e!$/.test(body)) return { ...mark(base), lines: state.saved };
  if (/^se?t?\s+(nu|number)$/.test(body)) return { ...base, numbers: true };
  if (/^se?t?\s+(nonu|nonumber)$/.test(body)) return { ...base, numbers: false };
  if (
    /^se?t?\s+(paste|nopaste|et|expandtab|ai|noai|autoindent|hlsearch|nohlsearch|ts=\d+|sw=\d+|sts=\d+)(\s.*)?$/.test(
      body,
    ) ||
    /^(noh|nohlsearch|syntax .*)$/.test(body)
  )
    return base;
  const read = /^r(?:ead)?\s+(\S+)$/.exec(body);
  if (read !== null) return { ...mark(base), read: read[1] ?? '' };
  return { ...base, message: `E492: Not an editor command: ${body}` };
}

function substitute(
  state: ViState,
  from: number,
  to: number,
  pattern: string,
  replacement: string,
  flags: string,
): ViState {
  const regex = posixRegExp(pattern === '' ? state.search : pattern, {
    extended: false,
    global: true,
    ignoreCase: flags.includes('i'),
  });
  if (regex === undefined) return { ...state, message: `E486: Pattern not found: ${pattern}` };
  let count = 0;
  let lastRow = state.row;
  const lines = state.lines.map((line, row) => {
    if (row < from || row > to) return line;
    let seen = 0;
    return line
      .replace(regex, (...args: unknown[]) => {
        seen += 1;
        if (seen > 1 && !flags.includes('g')) return String(args[0]);
        count += 1;
        lastRow = row;
        return replacement.replace(/\\(\d)|\\(.)|&/g, (whole, digit?: string, escaped?: string) =>
          digit !== undefined
            ? String(args[Number(digit)] ?? '')
            : (escaped ?? (whole === '&' ? String(args[0]) : whole)),
        );
      })
      .split('\r')
      .join('\n');
  });
  if (count === 0) return { ...state, message: `E486: Pattern not found: ${pattern}` };
  return {
    ...mark(state),
    lines: lines.flatMap((line) => line.split('\n')),
    row: lastRow,
    search: pattern === '' ? state.search : pattern,
    message: count > 2 ? `${String(count)} substitutions on ${String(to - from + 1)} lines` : '',
  };
}
