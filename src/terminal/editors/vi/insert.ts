/** Keys of insert and replace mode. */
import { spreadBlock } from './block.ts';
import { cellOf, charsOf, clamp, insertAt, isBefore, removeBetween, setLine, textBetween } from './buffer.ts';
import { findMotion } from './motions.ts';
import { indented } from './operators.ts';
import { registerNamed } from './registers.ts';
import type { ViKey, ViPlace, ViState } from './state.ts';
import { fail } from './state.ts';
import { nameOf } from './typeahead.ts';
import { remember } from './undo.ts';

type Key = (state: ViState) => ViState;

export function insertKey(state: ViState, key: ViKey): ViState {
  if (state.pending.startsWith('^V')) return literalKey(state, key, state.pending.slice(2));
  if (state.pending === '^R') return insertRegister({ ...state, pending: '' }, nameOf(key));
  if ('char' in key) return typed(expanded(state, key.char), key.char);
  const special = KEYS[key.special];
  if (special !== undefined) return special(state);
  const moved = findMotion({ ...state, wanted: undefined, pending: 'i' }, key.special, 1, false);
  if (moved === undefined) return state;
  const column = key.special === 'end' ? charsOf(state, moved.row).length : moved.column;
  const row = moved.row;
  const placed = { ...state, row, column: Math.min(column, charsOf(state, row).length), insertCount: 1 };
  return { ...remember(placed), insertStart: { row: placed.row, column: placed.column } };
}

const awaits =
  (pending: string): Key =>
  (state) => ({ ...state, pending });
const newLine: Key = (state) => insertAt(expanded(state, '\n'), `\n${indentOf(state)}`);
const KEYS: Readonly<Record<string, Key>> = {
  escape: (state) => leaveInsert(expanded(state, '\x1b')),
  '^[': (state) => leaveInsert(expanded(state, '\x1b')),
  '^C': (state) => leaveInsert({ ...state, insertCount: 1 }),
  '^V': awaits('^V'),
  '^Q': awaits('^V'),
  '^R': awaits('^R'),
  '^O': (state) => ({ ...state, mode: 'normal', onceFrom: state.mode === 'replace' ? 'replace' : 'insert' }),
  enter: newLine,
  '^J': newLine,
  '^M': newLine,
  tab: (state) => typed(state, tabText(state)),
  '^I': (state) => typed(state, tabText(state)),
  backspace: (state) => rubOut(state),
  '^H': (state) => rubOut(state),
  '^W': (state) => removeBack(state, wordStart(state)),
  '^U': (state) => removeBack(state, lineStart(state)),
  '^T': (state) => shiftLine(state, 1),
  '^D': (state) => shiftLine(state, -1),
  '^E': (state) => copyFrom(state, 1),
  '^Y': (state) => copyFrom(state, -1),
  '^A': (state) => insertAt(state, (state.registers['.']?.text ?? []).join('\n')),
  '^N': (state) => fail(state, 'drydock: completion in vi is not simulated'),
  '^P': (state) => fail(state, 'drydock: completion in vi is not simulated'),
  '^X': (state) => fail(state, 'drydock: completion in vi is not simulated'),
  '^K': (state) => fail(state, 'drydock: digraphs are not simulated'),
  delete: (state) => removeBetween(state, state, after(state)),
  insert: (state) => ({ ...state, mode: state.mode === 'insert' ? 'replace' : 'insert' }),
};

/** Ends insert mode: what was typed is put in again as often as a count has asked, and into the rows of a block. */
function leaveInsert(state: ViState): ViState {
  const text = insertedText(state);
  const repeated = repeatInsert(state, text);
  const spread = spreadBlock(repeated, text);
  const marks = {
    ...spread.marks,
    '^': { row: spread.row, column: spread.column },
    '.': { row: spread.row, column: Math.max(0, spread.column - 1) },
  };
  const registers =
    text === '' ? spread.registers : { ...spread.registers, '.': { text: text.split('\n'), kind: 'char' as const } };
  const back = state.blockInsert?.filled === true ? 0 : 1;
  const kept = trimIndent(state, spread);
  return clamp({
    ...kept,
    marks,
    registers,
    mode: 'normal',
    insertCount: 1,
    overwritten: [],
    column: Math.max(0, Math.min(spread.column, charsOf(kept).length) - back),
  });
}

/** With `autoindent` a line on which nothing was typed keeps no indentation. */
function trimIndent(before: ViState, state: ViState): ViState {
  const line = state.lines[state.row] ?? '';
  const opened = before.typed.some((key) => /^(?:enter|o|O|\^M|\^J)$/.test(nameOf(key)));
  if (!state.options.autoindent || !opened || line === '' || /\S/.test(line) || state.column !== line.length)
    return state;
  return { ...setLine(state, state.row, ''), column: 0 };
}

function insertedText(state: ViState): string {
  const { insertStart } = state;
  return isBefore(insertStart, state) ? textBetween(state, insertStart, state).join('\n') : '';
}

function repeatInsert(state: ViState, text: string): ViState {
  if (state.insertCount < 2 || text === '') return state;
  const opener = state.typed.find((key) => !/\d/.test(nameOf(key)));
  const opens = opener !== undefined && /^[oO]$/.test(nameOf(opener));
  let next = state;
  for (let turn = 1; turn < state.insertCount; turn += 1) {
    if (opens) next = insertAt({ ...next, column: charsOf(next).length }, `\n${text}`);
    else for (const char of text) next = overwrite(next, char);
  }
  return next;
}

function overwrite(state: ViState, char: string): ViState {
  if (state.mode === 'insert' || char === '\n' || state.column >= charsOf(state).length) return insertAt(state, char);
  const line = charsOf(state);
  const text = [...line.slice(0, state.column), char, ...line.slice(state.column + 1)].join('');
  return { ...setLine(state, state.row, text), column: state.column + 1 };
}

function typed(state: ViState, char: string): ViState {
  if (state.mode === 'insert') return insertAt(state, char);
  return { ...overwrite(state, char), overwritten: [...state.overwritten, charsOf(state)[state.column]] };
}

/** An abbreviation before the cursor becomes what it stands for when a character follows that is of no word. */
function expanded(state: ViState, next: string): ViState {
  if (/[\p{L}\p{N}_]/u.test(next) || state.options.paste) return state;
  const begin = state.insertStart.row === state.row ? state.insertStart.column : 0;
  const before = charsOf(state).slice(begin, state.column).join('');
  const word = /[\p{L}\p{N}_]+$/u.exec(before)?.[0] ?? '';
  const found = state.mappings.find(
    (mapping) => mapping.abbreviation && mapping.from === word && mapping.modes.includes('i'),
  );
  if (found === undefined || word === '') return state;
  const from = { row: state.row, column: state.column - [...word].length };
  return insertAt(removeBetween(state, from, state), found.to);
}

/** ^V: the next key as it is, or the character with a number of three digits. */
function literalKey(state: ViState, key: ViKey, digits: string): ViState {
  const calm: ViState = { ...state, pending: '' };
  if ('char' in key && digits === '' && /[xuU]/.test(key.char)) return { ...state, pending: `^V${key.char}` };
  const hex = /^[xuU]/.test(digits);
  const most = { x: 3, u: 5, U: 9 }[digits.charAt(0)] ?? 3;
  const put = (): ViState =>
    typed(calm, String.fromCodePoint(hex ? Number.parseInt(digits.slice(1), 16) : Number(digits)));
  if ('char' in key && (hex ? /[\da-fA-F]/ : /\d/).test(key.char)) {
    const number = digits + key.char;
    if (number.length < most) return { ...state, pending: `^V${number}` };
    return typed(calm, String.fromCodePoint(hex ? Number.parseInt(number.slice(1), 16) : Number(number)));
  }
  if (digits !== '') return insertKey(put(), key);
  return 'char' in key ? typed(calm, key.char) : typed(calm, LITERALS[key.special] ?? controlOf(key.special));
}
const LITERALS: Readonly<Record<string, string>> = { escape: '\x1b', enter: '\r', tab: '\t', backspace: '\x7f' };
const controlOf = (name: string): string => (/^\^.$/.test(name) ? String.fromCharCode(name.charCodeAt(1) & 0x1f) : '');

function insertRegister(state: ViState, letter: string): ViState {
  if (letter === '^W') return insertAt(state, '');
  const register = registerNamed(state, letter);
  if (register === undefined) return fail(state);
  return insertAt(state, register.text.join('\n') + (register.kind === 'line' ? '\n' : ''));
}

/** ^E and ^Y: the character below or above. */
function copyFrom(state: ViState, by: 1 | -1): ViState {
  const char = [...(state.lines[state.row + by] ?? '')][state.column];
  return char === undefined ? fail(state) : typed(state, char);
}

/** ^T and ^D: the line one step in or out, rounded to whole steps. */
function shiftLine(state: ViState, by: 1 | -1): ViState {
  const line = state.lines[state.row] ?? '';
  const made = indented(state.options, line, by, true);
  const column = Math.max(0, state.column + [...made].length - [...line].length);
  const moved = setLine(state, state.row, made);
  return {
    ...moved,
    column,
    insertStart: { ...state.insertStart, column: Math.max(0, state.insertStart.column + column - state.column) },
  };
}

/** With `autoindent` a new line begins where the one before it does. */
export const indentOf = ({ lines, row, options }: ViState): string =>
  options.autoindent ? (/^[ \t]*/.exec(lines[row] ?? '')?.[0] ?? '') : '';

function tabText(state: ViState): string {
  const { expandtab, tabstop, softtabstop } = state.options;
  const step = softtabstop === 0 ? tabstop : softtabstop;
  if (!expandtab && softtabstop === 0) return '\t';
  const cell = cellOf(state, state.row, state.column);
  const width = step - (cell % step);
  if (expandtab) return ' '.repeat(width);
  const before = /[ \t]*$/.exec(charsOf(state).slice(0, state.column).join(''))?.[0] ?? '';
  return (cell + width) % tabstop === 0 && before.length < tabstop && before === '' ? '\t' : ' '.repeat(width);
}

/** Backspace: in replace mode what was there before comes back. */
function rubOut(state: ViState): ViState {
  if (state.mode === 'replace') {
    const last = state.overwritten.at(-1);
    if (state.overwritten.length === 0) return { ...state, column: Math.max(0, state.column - 1) };
    const line = charsOf(state);
    const text = [
      ...line.slice(0, state.column - 1),
      ...(last === undefined ? [] : [last]),
      ...line.slice(state.column),
    ].join('');
    return {
      ...setLine(state, state.row, text),
      column: state.column - 1,
      overwritten: state.overwritten.slice(0, -1),
    };
  }
  const step = state.options.softtabstop;
  const head = charsOf(state).slice(0, state.column).join('');
  const blanks = / +$/.exec(head)?.[0].length ?? 0;
  const back = step > 0 && blanks > 1 ? Math.min(blanks, state.column % step || step) : 1;
  if (back > 1) return removeBack(state, { row: state.row, column: state.column - back });
  return removeBack(state, before(state));
}

function before(state: ViState): ViPlace {
  if (state.column > 0) return { row: state.row, column: state.column - 1 };
  return state.row === 0 ? state : { row: state.row - 1, column: charsOf(state, state.row - 1).length };
}
const after = (state: ViState): ViPlace =>
  state.column >= charsOf(state).length && state.row + 1 < state.lines.length
    ? { row: state.row + 1, column: 0 }
    : { row: state.row, column: Math.min(charsOf(state).length, state.column + 1) };

function wordStart(state: ViState): ViPlace {
  if (state.column === 0) return before(state);
  const head = charsOf(state).slice(0, state.column).join('');
  const column = [...head.replace(/(?:[\p{L}\p{N}_]+|[^\p{L}\p{N}_\s]+)?\s*$/u, '')].length;
  return notBefore(state, { row: state.row, column });
}
/** ^U takes what was typed on the line; then all that is before the cursor. */
function lineStart(state: ViState): ViPlace {
  if (state.column === 0) return before(state);
  const indent = state.options.autoindent ? (/^[ \t]*/.exec(charsOf(state).join(''))?.[0].length ?? 0) : 0;
  return notBefore(state, { row: state.row, column: state.column > indent ? indent : 0 });
}
/** What was there before the insertion goes only in a second turn. */
function notBefore(state: ViState, place: ViPlace): ViPlace {
  const { insertStart } = state;
  const crosses =
    insertStart.row === place.row && place.column < insertStart.column && insertStart.column < state.column;
  return crosses ? insertStart : place;
}

function removeBack(state: ViState, from: ViPlace): ViState {
  if (!isBefore(from, state)) return state;
  const made = removeBetween(state, from, state);
  return isBefore(made, state.insertStart) ? { ...made, insertStart: { row: made.row, column: made.column } } : made;
}
