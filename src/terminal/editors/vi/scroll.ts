/** Which rows of the text are in sight, and the keys that move them: ^E ^Y ^D ^U ^F ^B z. */
import { firstText } from './buffer.ts';
import type { ViState } from './state.ts';

/** Rows that stay in sight above and below the cursor, as Debian's vim has it (`scrolloff`). */
const MARGIN = 5;

export const marginOf = ({ pageRows }: ViState): number => Math.min(MARGIN, Math.floor((pageRows - 1) / 2));
/** The last row in sight. */
export const bottomRow = ({ top, pageRows, lines }: ViState): number => Math.min(lines.length, top + pageRows) - 1;

/** The state with its cursor in sight: vim scrolls by lines where it is near, else it puts it in the middle. */
export function inSight(state: ViState): ViState {
  const { row, top, pageRows, lines } = state;
  const margin = marginOf(state);
  const lowest = Math.max(0, lines.length - pageRows);
  const middle = Math.max(0, Math.min(lowest, row - Math.floor(pageRows / 2)));
  const above = Math.max(0, row - margin);
  const below = Math.min(lines.length - 1, row + margin) - pageRows + 1;
  if (top > above) return { ...state, top: top - above > pageRows / 2 ? middle : above };
  if (top >= below) return state;
  return { ...state, top: below - top > pageRows / 2 ? middle : below };
}

/** Whether the screen moves by some of its rows; where none of them stays it is painted anew. */
export const isScrolled = (before: ViState, after: ViState): boolean =>
  after.top !== before.top && Math.abs(after.top - before.top) < before.pageRows - 1;

/** Scrolls to a first row; the cursor stays where it is as far as it is in sight then. */
function scrollTo(state: ViState, to: number): ViState {
  const top = Math.max(0, Math.min(state.lines.length - 1, to));
  const margin = marginOf(state);
  const first = top === 0 ? 0 : top + margin;
  const bottom = bottomRow({ ...state, top });
  const last = bottom === state.lines.length - 1 ? bottom : bottom - margin;
  const row = Math.max(Math.min(state.row, last), Math.min(first, last));
  return { ...state, top, row };
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
