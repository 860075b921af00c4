/** Moving through the rows of a text. */
import { rowsOf } from './rows.ts';
import { lineCount, pageOf, START, type LessState, type Place } from './state.ts';

const isBefore = (a: Place, b: Place): boolean =>
  a.line !== b.line ? a.line < b.line : a.row !== b.row ? a.row < b.row : a.above > b.above;

/** The place so many rows on. */
function forwards(state: LessState, from: Place, count: number): Place {
  const total = lineCount(state);
  let left = count - from.above;
  if (left <= 0) return { ...from, above: -left };
  let { line, row } = from;
  while (left > 0 && line < total) {
    const rows = rowsOf(state, line).length - row;
    if (left < rows) return { line, row: row + left, above: 0 };
    left -= rows;
    line += 1;
    row = 0;
  }
  return { line, row, above: 0 };
}

function backwards(state: LessState, from: Place, count: number): Place {
  let { line, row } = from;
  let left = count;
  while (left > row && line > 0) {
    left -= row + 1;
    line -= 1;
    row = rowsOf(state, line).length - 1;
  }
  return left > row ? { ...START, above: left - row } : { line, row: row - left, above: 0 };
}

/** Where the last page begins; above the first line where the text is shorter. */
const lastPage = (state: LessState): Place =>
  backwards(state, { line: lineCount(state), row: 0, above: 0 }, pageOf(state));

/** Moves rows on, not past the end unless that is asked for. */
export function onward(state: LessState, count: number, past = false): LessState {
  if (past) {
    const last = { line: Math.max(0, lineCount(state) - 1), row: 0, above: 0 };
    const top = forwards(state, state.top, count);
    return moved(state, top.line >= lineCount(state) ? last : top);
  }
  const end = lastPage(state);
  if (!isBefore(state.top, end) || end.above > 0) return { ...state, fresh: false };
  const top = forwards(state, state.top, count);
  return moved(state, isBefore(end, top) ? end : top);
}

export function back(state: LessState, count: number): LessState {
  const top = backwards(state, state.top, count);
  return moved(state, { ...top, above: 0 });
}

/** To the last page. */
export const toEnd = (state: LessState): LessState => moved(marked(state), lastPage(state));
export function toLine(state: LessState, line: number): LessState {
  const place = { line: Math.min(line, Math.max(0, lineCount(state) - 1)), row: 0, above: 0 };
  return moved(marked(state), backwards(state, place, targetRow(state)));
}

/** Rows above a line that was gone to (`-j`); a negative number counts from the bottom. */
function targetRow(state: LessState): number {
  const { target } = state.options;
  const page = pageOf(state);
  const row = Math.abs(target) < 1 ? Math.floor(page * target) : target < 0 ? page + target : target - 1;
  return Math.max(0, Math.min(page - 1, row));
}

/** A jump remembers where it was made. */
const marked = (state: LessState): LessState => ({
  ...state,
  marks: { ...state.marks, "'": { ...state.top, file: state.file.name } },
});

export const moved = (state: LessState, top: Place): LessState => ({ ...state, top, fresh: false, squished: 'no' });

/** The rows in sight, without those behind the end. */
export function rowsInSight(state: LessState): readonly string[] {
  const page = pageOf(state);
  const rows: string[] = Array.from({ length: Math.min(page, state.top.above) }, () => '~');
  let from = state.top.row;
  for (let line = state.top.line; rows.length < page && line < lineCount(state); line += 1) {
    rows.push(...rowsOf(state, line).slice(from));
    from = 0;
  }
  return rows.slice(0, page);
}

/** The first line that is not wholly in sight. */
export const behindPage = (state: LessState): Place => forwards(state, state.top, pageOf(state));
export const isAtEnd = (state: LessState): boolean => behindPage(state).line >= lineCount(state);
