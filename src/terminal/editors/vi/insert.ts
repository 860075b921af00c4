/** Keys of insert and replace mode. */
import { cellWidth } from '../../../formats/cell-width.ts';
import { charsOf, clamp, insertAt, isBefore, removeBetween, setLine } from './buffer.ts';
import { findMotion } from './motions.ts';
import type { ViKey, ViPlace, ViState } from './state.ts';

export function insertKey(state: ViState, key: ViKey): ViState {
  const literal = /^\^V(\d*)$/.exec(state.pending);
  if (literal !== null) return literalKey(state, key, literal[1] ?? '');
  if ('char' in key) return typed(state, key.char);
  if (key.special === '^V') return { ...state, pending: '^V' };
  switch (key.special) {
    case 'escape':
    case '^[':
    case '^C':
      return clamp({ ...state, mode: 'normal', column: state.column - 1, wanted: Math.max(0, state.column - 1) });
    case 'enter':
    case '^J':
    case '^M':
      return insertAt(state, `\n${indentOf(state)}`);
    case 'tab':
      return typed(state, tabText(state));
    case 'backspace':
    case '^H':
      return removeBack(state, before(state));
    case '^W':
      return removeBack(state, wordStart(state));
    case '^U':
      return removeBack(state, { row: state.row, column: 0 });
    case 'delete':
      return removeBetween(state, state, after(state));
    default: {
      const moved = findMotion({ ...state, wanted: state.column }, key.special, 1, false);
      if (moved === undefined) return state;
      const column = key.special === 'end' ? charsOf(state, moved.row).length : moved.column;
      return { ...state, row: moved.row, column: Math.min(column, charsOf(state, moved.row).length) };
    }
  }
}

function typed(state: ViState, char: string): ViState {
  if (state.mode === 'insert' || char === '\n' || state.column >= charsOf(state).length) return insertAt(state, char);
  const line = charsOf(state);
  const text = [...line.slice(0, state.column), char, ...line.slice(state.column + 1)].join('');
  return { ...setLine(state, state.row, text), column: state.column + 1 };
}

/** ^V: the next key as it is, or the character with a number of three digits. */
function literalKey(state: ViState, key: ViKey, digits: string): ViState {
  const calm: ViState = { ...state, pending: '' };
  if ('char' in key && /\d/.test(key.char)) {
    const number = digits + key.char;
    return number.length < 3 ? { ...state, pending: `^V${number}` } : typed(calm, String.fromCodePoint(Number(number)));
  }
  if (digits !== '') return insertKey(typed(calm, String.fromCodePoint(Number(digits))), key);
  return 'char' in key ? typed(calm, key.char) : typed(calm, LITERALS[key.special] ?? controlOf(key.special));
}
const LITERALS: Readonly<Record<string, string>> = { escape: '\x1b', enter: '\r', tab: '\t', backspace: '\x7f' };
const controlOf = (name: string): string => (/^\^.$/.test(name) ? String.fromCharCode(name.charCodeAt(1) & 0x1f) : '');

/** With `autoindent` a new line begins where the one before it does. */
export const indentOf = ({ lines, row, options }: ViState): string =>
  options.autoindent ? (/^[ \t]*/.exec(lines[row] ?? '')?.[0] ?? '') : '';

function tabText(state: ViState): string {
  const { expandtab, tabstop } = state.options;
  if (!expandtab) return '\t';
  const column = cellWidth(charsOf(state).slice(0, state.column).join(''));
  return ' '.repeat(tabstop - (column % tabstop));
}

function before(state: ViState): ViPlace {
  if (state.column > 0) return { row: state.row, column: state.column - 1 };
  return state.row === 0 ? state : { row: state.row - 1, column: charsOf(state, state.row - 1).length };
}
const after = (state: ViState): ViPlace => ({
  row: state.row,
  column: Math.min(charsOf(state).length, state.column + 1),
});
function wordStart(state: ViState): ViPlace {
  if (state.column === 0) return before(state);
  const head = charsOf(state).slice(0, state.column).join('');
  return { row: state.row, column: [...head.replace(/(?:[\p{L}\p{N}_]+|[^\p{L}\p{N}_\s]+)?\s*$/u, '')].length };
}
const removeBack = (state: ViState, from: ViPlace): ViState =>
  isBefore(from, state) ? removeBetween(state, from, state) : state;
