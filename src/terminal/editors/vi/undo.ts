/** u, ^R and U. */
import { changedBlock, firstText, setLine, type Block } from './buffer.ts';
import type { Change, ViState } from './state.ts';

const DEEPEST_UNDO = 1_000;

/** Notes the text as it is, for `u`. */
export const remember = (state: ViState): ViState => ({
  ...state,
  undo: [
    ...state.undo.slice(-DEEPEST_UNDO),
    {
      lines: state.lines,
      blank: state.blank,
      cursor: { row: state.row, column: state.column },
      number: state.changes + 1,
      at: state.now,
    },
  ],
  redo: [],
  branched: state.branched || state.redo.length > 0,
  changes: state.changes + 1,
  lineBefore:
    state.lineBefore?.row === state.row && state.lineBefore.total === state.lines.length
      ? state.lineBefore
      : { row: state.row, total: state.lines.length, text: state.lines[state.row] ?? '' },
});

/** What several changes did is one to take back. */
export const asOneChange = (before: ViState, after: ViState): ViState => {
  const [first] = after.undo.slice(before.undo.length);
  return first === undefined
    ? after
    : { ...after, undo: [...before.undo, { ...first, number: before.changes + 1 }], changes: before.changes + 1 };
};

/** U: the line that was changed last as it was before its changes; a second U takes that back. */
export function restoreLine(state: ViState): ViState {
  const before = state.lineBefore;
  if (before === undefined || before.total !== state.lines.length) return { ...state, failed: true };
  const made = setLine(remember({ ...state, row: before.row }), before.row, before.text);
  return { ...made, column: 0, lineBefore: { ...before, text: state.lines[before.row] ?? '' } };
}

/** u and ^R, as often as a count says. */
export function stepBack(state: ViState, way: 'undo' | 'redo', count = 1): ViState {
  let next = state;
  let touched = 0;
  for (let turn = 0; turn < count; turn += 1) {
    const last = next[way].at(-1);
    if (last === undefined) {
      if (turn > 0) break;
      const message = way === 'undo' ? 'Already at oldest change' : 'Already at newest change';
      return { ...next, message, failed: true };
    }
    const rest = next[way].slice(0, -1);
    const here: Change = { ...last, lines: next.lines, blank: next.blank };
    const shelves =
      way === 'undo' ? { undo: rest, redo: [...next.redo, here] } : { redo: rest, undo: [...next.undo, here] };
    const block = changedBlock(next.lines, last.lines);
    touched += rowsTouched(next.lines, last.lines, block);
    const placedAt = placed(
      { ...next, ...shelves, lines: last.lines, blank: last.blank, lineBefore: undefined },
      last,
      block,
    );
    const message = changeMessage(lineTotal(last) - lineTotal(state), touched, last, way, state.now);
    next = { ...placedAt, message };
  }
  return next;
}

const lineTotal = ({ lines, blank }: Pick<ViState, 'lines' | 'blank'>): number => (blank ? 0 : lines.length);

/** How many of the rows that a change is about are not as they were. */
const rowsTouched = (before: readonly string[], after: readonly string[], { from, after: size }: Block): number =>
  after.slice(from, from + size).filter((line, at) => line !== before[from + at]).length;

/** The cursor where it was before the change if that is in what has changed, else on the first changed row. */
function placed(state: ViState, { cursor }: Change, { from, after }: Block): ViState {
  const last = state.lines.length - 1;
  if (cursor.row >= from - 1 && cursor.row <= from + after && cursor.row <= last) return { ...state, ...cursor };
  const row = Math.min(from, last);
  return { ...state, row, column: firstText(state, row) };
}

function changeMessage(
  more: number,
  touched: number,
  { number, at }: Change,
  way: 'undo' | 'redo',
  now: number,
): string {
  const count = more === 0 ? Math.max(1, touched) : Math.abs(more);
  const one = count === 1;
  const what =
    more === 0
      ? one
        ? 'change'
        : 'changes'
      : more > 0
        ? one
          ? 'more line'
          : 'more lines'
        : one
          ? 'line less'
          : 'fewer lines';
  const order = way === 'undo' ? 'before' : 'after';
  return `${String(count)} ${what}; ${order} #${String(number)}  ${ago(now - at, at)}`;
}

function ago(seconds: number, at: number): string {
  if (seconds < 100) return `${String(seconds)} second${seconds === 1 ? '' : 's'} ago`;
  const two = (value: number): string => String(value % 60).padStart(2, '0');
  return `${String(Math.floor(at / 3600) % 24).padStart(2, '0')}:${two(Math.floor(at / 60))}:${two(at)}`;
}

/** g- g+ :earlier :later: the text as it was so many changes ago. */
export function inTime(state: ViState, way: 'undo' | 'redo', count: number): ViState {
  if (state.branched) return { ...state, message: 'drydock: branches of undo in vi are not simulated', failed: true };
  if (state[way].length > 0) return stepBack(state, way, count);
  const { number } = state.undo.at(-1) ?? { number: 0 };
  return { ...state, message: `0 changes; ${way === 'undo' ? 'before' : 'after'} #${String(number)}`, failed: true };
}

/** :undo N: the text after the change with a number; 0 is before the first. */
export function toChange(state: ViState, number: number): ViState {
  const gone = state.undo.filter((change) => change.number > number).length;
  const back = state.redo.filter((change) => change.number <= number).length;
  if (number > 0 && ![...state.undo, ...state.redo].some((change) => change.number === number))
    return { ...state, message: `E830: Undo number ${String(number)} not found`, failed: true };
  if (gone > 0) return stepBack(state, 'undo', gone);
  return back > 0 ? stepBack(state, 'redo', back) : { ...state, message: `0 changes; before #${String(number)}` };
}
