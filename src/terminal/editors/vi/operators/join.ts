import { charsOf, replaceRows } from '../state/buffer.ts';
import { marksAt } from '../state/marks.ts';
import type { ViState } from '../state/state.ts';
import { fail } from '../state/state.ts';
import { remember } from '../state/undo.ts';

/** J: the next lines at the end of this one, with one blank between; gJ: as they are. */
export function joinLines(state: ViState, count: number, plain: boolean): ViState {
  if (state.row + Math.max(2, count) > state.lines.length && state.row + 1 >= state.lines.length) return fail(state);
  const last = Math.min(state.lines.length - 1, state.row + Math.max(1, count - 1));
  let text = state.lines[state.row] ?? '';
  let column = [...text].length;
  for (const line of state.lines.slice(state.row + 1, last + 1)) {
    const added = plain ? line : line.replace(/^[ \t]+/, '');
    const gap = plain || added === '' || text === '' || /[ \t]$/.test(text) || added.startsWith(')') ? '' : ' ';
    column = [...text].length;
    text += gap + added;
  }
  const known = remember(state);
  // Marks of the lines that come in stay with the line that they come into.
  const marks = marksAt(state.marks, (row) => (row > state.row && row <= last ? state.row : row));
  const made = { ...replaceRows({ ...known, marks }, state.row, last + 1, [text]), column };
  return {
    ...made,
    column: Math.min(column, Math.max(0, charsOf(made).length - 1)),
  };
}
