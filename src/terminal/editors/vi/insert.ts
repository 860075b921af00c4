/** Keys of insert and replace mode. */
import { cellWidth } from '../../../formats/cell-width.ts';
import { charsOf, clamp, insertAt, isBefore, removeBetween, setLine } from './buffer.ts';
import { findMotion } from './motions.ts';
import type { ViKey, ViPlace, ViState } from './state.ts';

export function insertKey(state: ViState, key: ViKey): ViState {
  if ('char' in key) return typed(state, key.char);
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
