/** Keys of insert and replace mode. */
import { spreadBlock } from '../operators/block.ts';
import {
  cellOf,
  charsOf,
  clamp,
  columnAt,
  insertAt,
  isBefore,
  removeBetween,
  replaceRows,
  setLine,
  textBetween,
} from '../state/buffer.ts';
import { digraph } from './digraphs.ts';
import { findMotion } from '../motions/motions.ts';
import { canIndent, reindented, typeIndent } from './file-types.ts';
import { indentation, indentWidth } from './indentation.ts';
import { indented } from '../operators/operators.ts';
import { registerNamed } from '../state/registers.ts';
import { SCROLLS } from '../screen/scroll.ts';
import type { ViKey, ViPlace, ViState } from '../state/state.ts';
import { fail } from '../state/state.ts';
import { nameOf } from '../keys/typeahead.ts';
import { remember } from '../state/undo.ts';
import { isWordChar, wordClass } from '../state/word-class.ts';

type Key = (state: ViState) => ViState;

export function insertKey(state: ViState, key: ViKey): ViState {
  if (state.pending.startsWith('^V')) return literalKey(state, key, state.pending.slice(2));
  if (state.pending.startsWith('^K')) return digraphKey(state, key);
  if (state.pending === '^R') return insertRegister({ ...state, pending: '' }, nameOf(key));
  if ('char' in key) return typed(expanded(state, key.char), key.char);
  const special = KEYS[key.special];
  if (special !== undefined) return special(state);
  if (key.special === '^Z') return typed(state, '\x1a');
  const scrolled = SCROLLS[key.special]?.(state, 1, false);
  if (scrolled !== undefined) return movedTo(state, scrolled);
  const moved = findMotion({ ...state, wanted: undefined, pending: 'i' }, key.special, 1, false);
  if (moved === undefined) return state;
  const column = key.special === 'end' ? charsOf(state, moved.row).length : moved.column;
  const row = moved.row;
  return movedTo(state, { ...state, row, column: Math.min(column, charsOf(state, row).length) });
}

/** What is typed elsewhere is another change. */
function movedTo(state: ViState, there: ViState): ViState {
  const placed: ViState = { ...there, insertCount: 1 };
  const isFresh = state.undo.at(-1)?.lines === state.lines;
  return { ...(isFresh ? placed : remember(placed)), insertStart: { row: placed.row, column: placed.column } };
}

const awaits =
  (pending: string): Key =>
  (state) => ({ ...state, pending });
function newLine(before: ViState): ViState {
  const state = expanded(before, '\n');
  const split = insertAt(state, '\n');
  const indent = typeIndent(split, split.row);
  if (indent === undefined) return insertAt(state, `\n${indentOf(state)}`);
  const rest = (split.lines[split.row] ?? '').trimStart();
  return { ...setLine(split, split.row, indent + rest), column: indent.length };
}
const KEYS: Readonly<Record<string, Key>> = {
  escape: (state) => leaveInsert(expanded(state, '\x1b')),
  '^[': (state) => leaveInsert(expanded(state, '\x1b')),
  '^C': (state) => leaveInsert({ ...state, insertCount: 1 }),
  '^V': awaits('^V'),
  '^Q': awaits('^V'),
  '^R': awaits('^R'),
  '^O': oneCommand,
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
  '^K': awaits('^K'),
  delete: (state) => removeBetween(state, state, after(state)),
  insert: (state) => ({ ...state, mode: state.mode === 'insert' ? 'replace' : 'insert' }),
};

/** ^O: from the end of a line the command is about its last character. */
function oneCommand(state: ViState): ViState {
  const { length } = charsOf(state);
  const onceAtEnd = length > 0 && state.column >= length;
  return {
    ...state,
    mode: 'normal',
    onceFrom: state.mode === 'replace' ? 'replace' : 'insert',
    onceAtEnd,
    column: onceAtEnd ? length - 1 : state.column,
  };
}

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
  const indents = state.options.autoindent || state.options.smartindent || canIndent(state);
  if (!indents || !opened || line === '' || /\S/.test(line) || state.column !== line.length) return state;
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
  if (state.mode === 'insert') return brokenLine(reindented(insertAt(state, char), char), char);
  return { ...overwrite(state, char), overwritten: [...state.overwritten, charsOf(state)[state.column]] };
}

/** With `textwidth` a line that has grown too wide goes on behind its last blank before that width. */
function brokenLine(state: ViState, char: string): ViState {
  const { textwidth } = state.options;
  if (textwidth === 0 || /\s/.test(char) || cellOf(state, state.row, state.column) <= textwidth) return state;
  const line = charsOf(state);
  const isGap = (at: number): boolean => at > 0 && /\s/.test(line[at] ?? '') && /\S/.test(line.slice(0, at).join(''));
  let at = state.column - 1;
  while (at > 0 && !(isGap(at) && cellOf(state, state.row, at) <= textwidth)) at -= 1;
  if (at <= 0) return state;
  const head = line.slice(0, at).join('').trimEnd();
  const tail = line.slice(at).join('').replace(/^\s+/, '');
  const indent = indentOf(state);
  const rest = [...tail].length - (line.length - state.column);
  const made = replaceRows(state, state.row, state.row + 1, [head, indent + tail]);
  return { ...made, row: state.row + 1, column: indent.length + rest };
}

/** An abbreviation before the cursor becomes what it stands for when a character follows that is of no word. */
function expanded(state: ViState, next: string): ViState {
  if (isWordChar(next) || state.options.paste) return state;
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
  if ('char' in key && digits === '' && /[xuUoO]/.test(key.char)) return { ...state, pending: `^V${key.char}` };
  const base = /^[xuU]/.test(digits) ? 16 : /^[oO]/.test(digits) ? 8 : 10;
  const most = { x: 3, u: 5, U: 9, o: 4, O: 4 }[digits.charAt(0)] ?? 3;
  const put = (number: string): ViState =>
    typed(calm, String.fromCodePoint(Number.parseInt(base === 10 ? number : number.slice(1), base) || 0));
  if ('char' in key && { 16: /[\da-fA-F]/, 8: /[0-7]/, 10: /\d/ }[base].test(key.char)) {
    const number = digits + key.char;
    return number.length < most ? { ...state, pending: `^V${number}` } : put(number);
  }
  if (digits !== '') return insertKey(put(digits), key);
  return 'char' in key ? typed(calm, key.char) : typed(calm, LITERALS[key.special] ?? controlOf(key.special));
}
const LITERALS: Readonly<Record<string, string>> = { escape: '\x1b', enter: '\r', tab: '\t', backspace: '\x7f' };
const controlOf = (name: string): string => (/^\^.$/.test(name) ? String.fromCharCode(name.charCodeAt(1) & 0x1f) : '');

/** ^K: two characters that stand for another. */
function digraphKey(state: ViState, key: ViKey): ViState {
  if (!('char' in key)) return { ...state, pending: '' };
  if (state.pending === '^K') return { ...state, pending: `^K${key.char}` };
  return typed({ ...state, pending: '' }, digraph(state.pending.slice(2), key.char));
}

function insertRegister(state: ViState, letter: string): ViState {
  if (letter === '=') return { ...state, mode: 'command', command: '=', asksFor: 'insert' };
  // ^R^R, ^R^O and ^R^P put it in as it is.
  if (/^\^[ROP]$/.test(letter)) return { ...state, pending: '^R' };
  const register = registerNamed(state, letter);
  if (register === undefined) return fail(state);
  return insertAt(state, register.text.join('\n') + (register.kind === 'line' ? '\n' : ''));
}

/** ^E and ^Y: the character below or above. */
function copyFrom(state: ViState, by: 1 | -1): ViState {
  const row = state.row + by;
  const cell = cellOf(state, state.row, state.column);
  const char = charsOf(state, row)[columnAt(state, row, cell)];
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
export function indentOf({ lines, row, options }: ViState): string {
  if (!options.autoindent && !options.smartindent) return '';
  const line = lines[row] ?? '';
  const width = indentWidth(options, /^[ \t]*/.exec(line)?.[0] ?? '');
  const opens = options.smartindent && /\{\s*$/.test(line);
  return indentation(options, width + (opens ? options.shiftwidth : 0));
}

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
  const line = charsOf(state);
  let { column } = state;
  while (column > 0 && wordClass(line[column - 1]) === 0) column -= 1;
  const kind = wordClass(line[column - 1]);
  while (column > 0 && wordClass(line[column - 1]) === kind) column -= 1;
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

/** Whether 'backspace' lets one go over the ends of lines, or before what was typed. */
function mayErase({ options }: ViState, over: 'eol' | 'start'): boolean {
  const value = String(options.others['backspace'] ?? 'indent,eol,start');
  if (/^\d$/.test(value)) return Number(value) >= (over === 'start' ? 2 : 1);
  return value.split(',').includes(over);
}

function removeBack(state: ViState, asked: ViPlace): ViState {
  if (!isBefore(asked, state)) return state;
  if (asked.row < state.row && !mayErase(state, 'eol')) return fail(state);
  const start = state.insertStart;
  const stops = !mayErase(state, 'start') && isBefore(asked, start);
  const from = stops && isBefore(start, state) ? start : asked;
  if (stops && from === asked) return fail(state);
  const made = removeBetween(state, from, state);
  return isBefore(made, state.insertStart) ? { ...made, insertStart: { row: made.row, column: made.column } } : made;
}
