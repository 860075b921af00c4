/** Where nano's cursor goes. */
import { cellWidth } from '../../../formats/cell-width.ts';
import { chars, type NanoPlace, type NanoState } from './state.ts';

export function vertical(state: NanoState, by: number): NanoState {
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
export function wordRight(state: NanoState): NanoPlace {
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
export function wordLeft(state: NanoState): NanoPlace {
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

export function position(state: NanoState): string {
  const total = state.lines.reduce((sum, line) => sum + [...line].length + 1, -1);
  const before = state.lines.slice(0, state.row).reduce((sum, line) => sum + [...line].length + 1, 0) + state.column;
  const share = (part: number, whole: number): string =>
    String(whole === 0 ? 0 : Math.floor((part / whole) * 100)).padStart(2);
  const length = chars(state).length;
  return `line ${String(state.row + 1)}/${String(state.lines.length)} (${share(state.row + 1, state.lines.length)}%), col ${String(state.column + 1)}/${String(length + 1)} (${share(state.column + 1, length + 1)}%), char ${String(before)}/${String(total)} (${share(before, total)}%)`;
}
