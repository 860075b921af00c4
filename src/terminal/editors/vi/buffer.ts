import type { ViPlace, ViState } from './state.ts';

export const charsOf = (state: ViState, row = state.row): readonly string[] => [...(state.lines[row] ?? '')];
export const firstText = (state: ViState, row: number): number => Math.max(0, (state.lines[row] ?? '').search(/\S/));

const DEEPEST_UNDO = 200;

/** Notes the text as it is, for `u`. */
export const remember = (state: ViState): ViState => ({
  ...state,
  undo: [...state.undo.slice(-DEEPEST_UNDO), { lines: state.lines, row: state.row, column: state.column }],
  redo: [],
  lineBefore:
    state.lineBefore?.row === state.row && state.lineBefore.total === state.lines.length
      ? state.lineBefore
      : { row: state.row, total: state.lines.length, text: state.lines[state.row] ?? '' },
});

/** U: the line that was changed last as it was before its changes; a second U takes that back. */
export function restoreLine(state: ViState): ViState {
  const before = state.lineBefore;
  if (before === undefined || before.total !== state.lines.length) return state;
  const made = setLine(remember({ ...state, row: before.row }), before.row, before.text);
  return { ...made, column: 0, lineBefore: { ...before, text: state.lines[before.row] ?? '' } };
}

export function stepBack(state: ViState, way: 'undo' | 'redo'): ViState {
  const last = state[way].at(-1);
  if (last === undefined)
    return { ...state, message: way === 'undo' ? 'Already at oldest change' : 'Already at newest change' };
  const here = { lines: state.lines, row: state.row, column: state.column };
  const rest = state[way].slice(0, -1);
  return way === 'undo'
    ? { ...state, ...last, undo: rest, redo: [...state.redo, here] }
    : { ...state, ...last, redo: rest, undo: [...state.undo, here] };
}

/** The state with its cursor on a character. */
export function clamp(state: ViState): ViState {
  const row = Math.max(0, Math.min(state.row, state.lines.length - 1));
  const extra = state.mode === 'normal' && state.visual === undefined ? 1 : 0;
  const last = Math.max(0, charsOf(state, row).length - extra);
  return { ...state, row, column: Math.max(0, Math.min(state.column, last)) };
}

/** Rows `from` to `to` (not included) replaced by others; a text has one line at least. */
export function replaceRows(state: ViState, from: number, to: number, rows: readonly string[]): ViState {
  const lines = [...state.lines.slice(0, from), ...rows, ...state.lines.slice(to)];
  return { ...state, lines: lines.length === 0 ? [''] : lines };
}

export const setLine = (state: ViState, row: number, text: string): ViState => replaceRows(state, row, row + 1, [text]);

/** Text between two places, the end not included, by lines. */
export function textBetween(state: ViState, from: ViPlace, to: ViPlace): readonly string[] {
  if (from.row === to.row) return [charsOf(state, from.row).slice(from.column, to.column).join('')];
  return [
    charsOf(state, from.row).slice(from.column).join(''),
    ...state.lines.slice(from.row + 1, to.row),
    charsOf(state, to.row).slice(0, to.column).join(''),
  ];
}

export function removeBetween(state: ViState, from: ViPlace, to: ViPlace): ViState {
  const head = charsOf(state, from.row).slice(0, from.column).join('');
  const tail = charsOf(state, to.row).slice(to.column).join('');
  return { ...replaceRows(state, from.row, to.row + 1, [head + tail]), row: from.row, column: from.column };
}

/** Puts text in at the cursor and goes behind it. */
export function insertAt(state: ViState, text: string): ViState {
  const line = charsOf(state);
  const parts = `${line.slice(0, state.column).join('')}${text}`.split('\n');
  const column = [...(parts.at(-1) ?? '')].length;
  parts[parts.length - 1] = (parts.at(-1) ?? '') + line.slice(state.column).join('');
  return { ...replaceRows(state, state.row, state.row + 1, parts), row: state.row + parts.length - 1, column };
}

export const isBefore = (a: ViPlace, b: ViPlace): boolean => a.row < b.row || (a.row === b.row && a.column < b.column);

/** What ^G and :f say of the text. */
export const fileMessage = ({ path, lines, saved, row }: ViState): string =>
  `"${path ?? '[No Name]'}" ${lines === saved ? '' : '[Modified] '}${String(lines.length)} line${lines.length === 1 ? '' : 's'} --${String(Math.floor(((row + 1) * 100) / lines.length))}%--`;
