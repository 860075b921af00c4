/** What changes nano's text: typing, deleting, cutting, undo. */
import { chars, type NanoState, type NanoUndo } from './state.ts';

export const remember = (state: NanoState): NanoState => ({
  ...state,
  modified: true,
  undo: [...state.undo.slice(-200), { lines: state.lines, row: state.row, column: state.column }],
  redo: [],
});
/** nano keeps an empty line at the end of what is not empty. */
export const withLines = (state: NanoState, lines: readonly string[]): NanoState => ({
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

export function removeAt(state: NanoState, row: number, column: number): NanoState {
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

export function cutLine(state: NanoState, more: boolean): NanoState {
  if (state.row === state.lines.length - 1 && (state.lines[state.row] ?? '') === '')
    return { ...state, cutting: more, message: 'Nothing was cut' };
  const next = withLines(remember(state), [...state.lines.slice(0, state.row), ...state.lines.slice(state.row + 1)]);
  return { ...next, column: 0, cut: [...(more ? state.cut : []), state.lines[state.row] ?? ''], cutting: true };
}

/** M-6: the line goes to what ^U pastes, and the cursor to the next; copies in a row add up, as cuts do. */
export function copyLine(state: NanoState, more: boolean): NanoState {
  if (state.row === state.lines.length - 1) return { ...state, cutting: more, message: 'Copied nothing' };
  const cut = [...(more ? state.cut : []), state.lines[state.row] ?? ''];
  return { ...state, row: state.row + 1, column: 0, cut, cutting: true };
}

export function undo(state: NanoState, way: 'undo' | 'redo'): NanoState {
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
