/** u, ^R and U, and the tree of changes that g-, g+, :undo N, :earlier and :later go along. */
import { changedBlock, firstText, setLine, type Block } from './buffer.ts';
import { marksBack, moveMarks } from './marks.ts';
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
      marks: state.marks,
      number: state.changes + 1,
      at: state.now,
    },
  ],
  redo: [],
  branches: withBranch(state),
  changes: state.changes + 1,
  lineBefore:
    state.lineBefore?.row === state.row && state.lineBefore.total === state.lines.length
      ? state.lineBefore
      : { row: state.row, total: state.lines.length, text: state.lines[state.row] ?? '' },
});

/** How many rows the last change is said to be about when it is taken back. */
export function aboutRows(state: ViState, rows: number): ViState {
  const last = state.undo.at(-1);
  return last === undefined ? state : { ...state, undo: [...state.undo.slice(0, -1), { ...last, rows }] };
}

/** What was taken back stays to be gone to, beside what comes in its place. */
const withBranch = ({ branches, redo, undo }: ViState): ViState['branches'] =>
  redo.length === 0 ? branches : [...branches, { parent: undo.at(-1)?.number ?? 0, changes: redo }];

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
export function stepBack(state: ViState, way: Way, count = 1): ViState {
  let next = state;
  let touched = 0;
  let last: Change | undefined;
  for (let turn = 0; turn < count; turn += 1) {
    const stepped = step(next, way);
    if (stepped === undefined) break;
    next = stepped.state;
    touched += stepped.touched;
    last = stepped.change;
  }
  if (last === undefined) {
    const message = way === 'undo' ? 'Already at oldest change' : 'Already at newest change';
    return { ...next, message, failed: true };
  }
  return { ...next, message: changeMessage(lineTotal(next) - lineTotal(state), touched, last, way, state.now) };
}

type Way = 'undo' | 'redo';

interface Step {
  readonly state: ViState;
  readonly change: Change;
  /** Rows that it was about. */
  readonly touched: number;
}

/** One change taken back, or done again; undefined where there is none. */
function step(state: ViState, way: Way): Step | undefined {
  const change = state[way].at(-1);
  if (change === undefined) return undefined;
  const rest = state[way].slice(0, -1);
  const here: Change = { ...change, lines: state.lines, blank: state.blank, marks: state.marks };
  const shelves =
    way === 'undo' ? { undo: rest, redo: [...state.redo, here] } : { redo: rest, undo: [...state.undo, here] };
  const block = changedBlock(state.lines, change.lines);
  const touched = change.rows ?? rowsTouched(state.lines, change.lines, block);
  const moved = moveMarks(state, block.from + Math.min(block.before, block.after), block.after - block.before);
  const marks = marksBack(moved.marks, change.marks);
  const made = { ...moved, ...shelves, marks, lines: change.lines, blank: change.blank, lineBefore: undefined };
  return { state: placed(made, change, block), change, touched };
}

const lineTotal = ({ lines, blank }: Pick<ViState, 'lines' | 'blank'>): number => (blank ? 0 : lines.length);

/** How many of the rows that a change is about are not as they were. */
const rowsTouched = (before: readonly string[], after: readonly string[], { from, after: size }: Block): number =>
  after.slice(from, from + size).filter((line, at) => line !== before[from + at]).length;

/** The cursor where it was before the change if that is in what has changed, else on the first changed row. */
function placed(state: ViState, { cursor }: Change, { from, before, after }: Block): ViState {
  const last = state.lines.length - 1;
  if (before === 0 && after === 0 && cursor.row <= last) return { ...state, ...cursor };
  if (cursor.row >= from - 1 && cursor.row <= from + after && cursor.row <= last) return { ...state, ...cursor };
  const row = Math.min(from, last);
  return { ...state, row, column: firstText(state, row) };
}

function changeMessage(more: number, touched: number, { number, at }: Change, way: Way, now: number): string {
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

/** The number of the change that the text is as it was after; 0 before the first. */
const reached = ({ undo }: ViState): number => undo.at(-1)?.number ?? 0;
const allChanges = ({ undo, redo, branches }: ViState): readonly Change[] =>
  [...undo, ...redo, ...branches.flatMap(({ changes }) => changes)].sort((a, b) => a.number - b.number);

/** The way through the tree to the text after a change. */
function stepsTo(state: ViState, number: number): readonly Step[] {
  const steps: Step[] = [];
  let here = state;
  const go = (way: Way): boolean => {
    const stepped = step(here, way);
    if (stepped === undefined) return false;
    steps.push(stepped);
    here = stepped.state;
    return true;
  };
  while (reached(here) !== number) {
    const target = onBranch(here, number);
    if (here.redo.some((change) => change.number === target)) {
      if (!go('redo')) break;
    } else if (target === reached(here)) {
      const other = switched(here, number);
      if (other === here) break;
      here = other;
    } else if (!go('undo')) break;
  }
  return steps;
}

/** Where to go first on the way to a change: the change itself, or the one that its branch comes after. */
function onBranch(state: ViState, number: number): number {
  const branch = state.branches.find(({ changes }) => changes.some((change) => change.number === number));
  return branch === undefined ? number : onBranch(state, branch.parent);
}

/** The branch on the way to a change in the place of what would be done again here. */
function switched(state: ViState, number: number): ViState {
  const here = reached(state);
  const leads = (to: number): ViState['branches'][number] | undefined => {
    const branch = state.branches.find(({ changes }) => changes.some((change) => change.number === to));
    return branch === undefined || branch.parent === here ? branch : leads(branch.parent);
  };
  const branch = leads(number);
  if (branch === undefined) return state;
  const others = state.branches.filter((each) => each !== branch);
  const left = state.redo.length === 0 ? [] : [{ parent: here, changes: state.redo }];
  return { ...state, redo: branch.changes, branches: [...others, ...left] };
}

/** Goes to the text after a change; `absolute` where it was named by its number. */
function travel(state: ViState, number: number, way: Way, absolute = false): ViState {
  const steps = stepsTo(state, number);
  const last = steps.at(-1);
  if (last === undefined)
    return {
      ...state,
      message: `0 changes; ${absolute ? 'before' : way === 'undo' ? 'before' : 'after'} #${String(number)}`,
      failed: !absolute,
    };
  const touched = steps.reduce((sum, each) => sum + each.touched, 0);
  const more = lineTotal(last.state) - lineTotal(state);
  const undone = last.change.number !== reached(last.state);
  // Of a change with a number it is told that the text is as after it.
  const top = last.state.undo.at(-1);
  const [told, how] =
    undone && absolute && top !== undefined
      ? [top, 'redo' as const]
      : [last.change, undone ? ('undo' as const) : ('redo' as const)];
  return { ...last.state, message: changeMessage(more, touched, told, how, state.now) };
}

/** g- g+ :earlier :later: the text as it was so many changes ago, whatever branch that is on. */
export function inTime(state: ViState, way: Way, count: number): ViState {
  const here = reached(state);
  if (way === 'undo') return travel(state, Math.max(0, here - count), way);
  const later = allChanges(state).filter((change) => change.number > here);
  const target = later.findLast((change) => change.number <= here + count);
  return target === undefined ? stepBack({ ...state, redo: [] }, 'redo') : travel(state, target.number, way);
}

/** :earlier 10s, :later 2m: the text as it was at a time. */
export function atTime(state: ViState, seconds: number): ViState {
  const time = (state.undo.at(-1)?.at ?? state.now) + seconds;
  const target = allChanges(state).findLast((change) => change.at <= time)?.number ?? 0;
  const way = seconds < 0 ? 'undo' : 'redo';
  return target === reached(state) ? stepBack({ ...state, [way]: [] }, way) : travel(state, target, way);
}

/** :earlier 1f, :later 1f: the text as it was written to its file; what was changed since counts as one step. */
export function atWrite(state: ViState, count: number): ViState {
  const here = reached(state);
  const passed = state.writes.filter((number) => number <= here);
  const since = count < 0 && passed.at(-1) !== here ? 1 : 0;
  const at = passed.length + count + since;
  const newest = allChanges(state).at(-1)?.number ?? 0;
  const target = at <= 0 ? 0 : (state.writes[at - 1] ?? newest);
  return travel(state, target, count < 0 ? 'undo' : 'redo');
}

/** :undo N: the text after the change with a number; 0 is before the first. */
export function toChange(state: ViState, number: number): ViState {
  if (number > 0 && !allChanges(state).some((change) => change.number === number))
    return { ...state, message: `E830: Undo number ${String(number)} not found`, failed: true };
  return travel(state, number, 'undo', true);
}

/** :undolist: the ends of the tree's branches. */
export function undoLines(state: ViState): readonly string[] {
  const { undo, redo, branches } = state;
  const depth = (number: number): number => {
    if (number === 0) return 0;
    const path = [...undo, ...redo.toReversed()];
    const at = path.findIndex((change) => change.number === number);
    if (at >= 0) return at + 1;
    const branch = branches.find(({ changes }) => changes.some((change) => change.number === number));
    if (branch === undefined) return 0;
    return depth(branch.parent) + branch.changes.toReversed().findIndex((change) => change.number === number) + 1;
  };
  const ends = [redo[0] ?? undo.at(-1), ...branches.map(({ changes }) => changes[0])]
    .filter((change) => change !== undefined)
    .sort((a, b) => a.number - b.number);
  const lines = ends.map(({ number, at }) => {
    const written = state.writes.indexOf(number);
    const row = `${String(number).padStart(6)} ${String(depth(number)).padStart(7)}  ${ago(state.now - at, at)}`;
    return written < 0 ? row : `${row.padEnd(33)}  ${String(written + 1).padStart(3)}`;
  });
  return lines.length === 0 ? [] : ['number changes  when               saved', ...lines];
}
