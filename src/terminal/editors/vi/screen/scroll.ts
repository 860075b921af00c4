/** Which rows of the text are in sight, and the keys that move them: ^E ^Y ^D ^U ^F ^B z. */
import { charWidth } from '../../../../formats/cell-width.ts';
import { foldRows } from '../../../fold-rows.ts';
import { cellOf, changedBlock, columnAt, firstText, shownText } from '../state/buffer.ts';
import { textColumns } from './gutter.ts';
import type { ViState } from '../state/state.ts';
import { listCharsOf } from './white-space.ts';

/** Rows that stay in sight above and below the cursor. */
export const marginOf = ({ pageRows, options }: ViState): number =>
  Math.min(options.scrolloff, Math.floor((pageRows - 1) / 2));

/** Rows of the screen that a line takes. */
export function heightOf(state: ViState, row: number): number {
  const line = state.lines[row] ?? '';
  const width = textColumns(state);
  // Nothing is wider than two cells, or a tab.
  if (!state.options.wrap || (line.length * 2 <= width && !line.includes('\t'))) return 1;
  return Math.max(1, wrapped(shownText(line, state.options.tabstop, listCharsOf(state.options)), width).length);
}

/** A line's rows. */
export const wrapped = (text: string, width: number): readonly string[] =>
  foldRows(text, width, (char) => ({ text: char, width: charWidth(char) }));

/** The last row that is in sight whole. */
export function bottomRow(state: ViState): number {
  let room = state.pageRows;
  let row = state.top - 1;
  while (row + 1 < state.lines.length) {
    room -= heightOf(state, row + 1);
    if (room < 0) break;
    row += 1;
  }
  return Math.max(row, state.top);
}

/** The first row of a screen whose last one is given, so that it is in sight whole. */
function topFor(state: ViState, bottom: number): number {
  let room = state.pageRows - heightOf(state, bottom);
  let top = bottom;
  while (top > 0) {
    room -= heightOf(state, top - 1);
    if (room < 0) break;
    top -= 1;
  }
  return top;
}

/** The state with its cursor in sight: vim scrolls by lines where it is near, else it puts it in the middle. */
export function inSight(state: ViState): ViState {
  const { scrolled } = state;
  if (
    scrolled !== undefined &&
    scrolled.top === state.top &&
    scrolled.row === state.row &&
    scrolled.lines === state.lines
  )
    return state;
  const { row, pageRows, lines } = state;
  const top = Math.min(state.top, lines.length - 1);
  const margin = marginOf(state);
  const last = lines.length - 1;
  // Fewer rows above where they are so high that the cursor's would go out of sight.
  const above = Math.max(row - margin, topFor(state, row));
  if (top > above) return { ...state, top: top - above > pageRows / 2 ? middleFor(state) : above };
  const reach = Math.min(last, row + margin);
  if (row - top <= 2 * pageRows) {
    const bottom = bottomRow({ ...state, top });
    if (bottom >= reach) return top === state.top ? state : { ...state, top };
  }
  const below = Math.min(row, topFor(state, reach));
  return { ...state, top: below - top > pageRows / 2 ? middleFor(state) : below };
}

/** The cursor's line in the middle, as far as the text goes. */
function middleFor(state: ViState): number {
  const { row, lines, pageRows } = state;
  const lowest = topFor(state, lines.length - 1);
  let room = Math.floor(pageRows / 2) - (heightOf(state, row) - 1);
  let top = row;
  while (top > 0 && room >= heightOf(state, top - 1)) {
    top -= 1;
    room -= heightOf(state, top);
  }
  return Math.max(0, Math.min(lowest, top));
}

/** Whether the screen moves by some of its rows; where none of them stays it is painted anew. */
export function isScrolled(before: ViState, after: ViState): boolean {
  const by = after.top - before.top;
  return by > 0 ? by < before.pageRows - 1 : by < 0 && -by < before.pageRows - 2;
}

/** Whether rows of the screen move apart or together: not where a change is at its top, or goes on to the end. */
export function movesRows(before: ViState, after: ViState): boolean {
  if (after.lines.length === before.lines.length) return false;
  const { from, before: gone, after: come } = changedBlock(before.lines, after.lines);
  // What comes in may be as what is there: it is where the cursor has gone.
  let first = from;
  while (gone === 0 && first > 0 && after.lines[first - 1] === after.lines[first - 1 + come]) first -= 1;
  const at = Math.max(first, Math.min(from, after.row));
  const toEnd = from + gone === before.lines.length || from + come === after.lines.length;
  return !toEnd && !(at === before.top && gone === 0);
}

/** Scrolls to a first row; the cursor stays where it is as far as it is in sight then. */
function scrollTo(state: ViState, to: number): ViState {
  const top = Math.max(0, Math.min(state.lines.length - 1, to));
  const margin = marginOf(state);
  const first = top === 0 ? 0 : top + margin;
  const bottom = bottomRow({ ...state, top });
  const last = bottom === state.lines.length - 1 ? bottom : bottom - margin;
  const row = Math.max(Math.min(state.row, last), Math.min(first, last));
  return { ...state, top, row, scrolled: { top, row, lines: state.lines } };
}

/** ^D and ^U: text and cursor go on together, half a screen or as many lines as a count says. */
const half =
  (way: 1 | -1) =>
  (state: ViState, count: number, given: boolean): ViState => {
    const by = given ? count : Math.floor(state.pageRows / 2);
    const lowest = Math.max(state.top, state.lines.length - state.pageRows);
    const row = Math.max(0, Math.min(state.lines.length - 1, state.row + way * by));
    const moved = scrollTo({ ...state, row }, Math.min(lowest, state.top + way * by));
    return { ...moved, column: firstText(moved, moved.row) };
  };

/** zl, zh and their like: the text moves under the cursor, which stays in sight. */
export function sideways(state: ViState, by: number): ViState {
  if (state.options.wrap) return state;
  const left = Math.max(0, state.left + by);
  const width = textColumns(state);
  const cell = cellOf(state, state.row, state.column);
  const column =
    cell < left
      ? columnAt(state, state.row, left)
      : cell >= left + width
        ? columnAt(state, state.row, left + width - 1)
        : state.column;
  return { ...state, left, column };
}

const page =
  (way: 1 | -1) =>
  (state: ViState, count: number): ViState => {
    const by = Math.max(1, state.pageRows - 2) * count;
    const highest = Math.max(0, state.lines.length - 2);
    const moved = scrollTo(state, Math.min(highest, state.top + way * by));
    return { ...moved, column: firstText(moved, moved.row) };
  };

/** zt, zz and zb: the cursor's line at the top, in the middle or at the bottom. */
const put = (place: 'top' | 'middle' | 'bottom', toText: boolean) => (state: ViState) => {
  const margin = marginOf(state);
  const offset = {
    top: margin,
    middle: Math.floor((state.pageRows - 1) / 2),
    bottom: state.pageRows - 1 - margin,
  }[place];
  const column = toText ? firstText(state, state.row) : state.column;
  return { ...state, top: Math.max(0, state.row - offset), column };
};

export const SCROLLS: Readonly<Record<string, (state: ViState, count: number, given: boolean) => ViState>> = {
  '^E': (state, count) => scrollTo(state, state.top + count),
  '^Y': (state, count) => scrollTo(state, state.top - count),
  '^D': half(1),
  '^U': half(-1),
  '^F': page(1),
  'page-down': page(1),
  '^B': page(-1),
  'page-up': page(-1),
  zt: put('top', false),
  zz: put('middle', false),
  zb: put('bottom', false),
  zenter: put('top', true),
  'z.': put('middle', true),
  'z-': put('bottom', true),
};
