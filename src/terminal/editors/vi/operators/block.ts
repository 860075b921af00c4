/** Operators over a visual block: the same cells of some rows. */
import { cellWidth } from '../../../../formats/cell-width.ts';
import { cellOf, charsOf, columnAt, insertAt, replaceRows, setLine, shownText } from '../state/buffer.ts';
import { countMessage } from './count-message.ts';
import { CASES, indented, markChange, toInsert } from './operators.ts';
import type { Selection, ViState } from '../state/state.ts';
import { aboutRows, remember } from '../state/undo.ts';

export interface Block {
  readonly from: number;
  readonly to: number;
  /** Cells: the first, and the one behind the last. */
  readonly left: number;
  readonly right: number;
  readonly toEnd: boolean;
}

const cellsAt = (state: ViState, row: number, column: number): readonly [number, number] => {
  const first = cellOf(state, row, column);
  return [first, first + Math.max(1, cellWidth(shownText(charsOf(state, row)[column] ?? ' ', state.options.tabstop)))];
};

export function blockOf(state: ViState, visual: Selection): Block {
  const [a, aEnd] = cellsAt(state, visual.row, visual.column);
  const [b, bEnd] = cellsAt(state, state.row, state.column);
  return {
    from: Math.min(visual.row, state.row),
    to: Math.max(visual.row, state.row),
    left: Math.min(a, b),
    right: Math.max(aEnd, bEnd),
    toEnd: visual.toEnd === true,
  };
}

/** The characters of a row that a block covers, as columns; a tab that it cuts belongs to it whole. */
export function columnsOf(state: ViState, row: number, { left, right, toEnd }: Block): readonly [number, number] {
  const { length } = charsOf(state, row);
  const from = columnAt(state, row, left);
  const to = toEnd ? length : Math.min(length, columnAt(state, row, right - 1) + 1);
  return [from, Math.max(from, to)];
}

const rowsOf = ({ from, to }: Block): readonly number[] => Array.from({ length: to - from + 1 }, (_, at) => from + at);
const topLeft = (state: ViState, block: Block): ViState => ({
  ...state,
  row: block.from,
  column: columnAt(state, block.from, block.left),
  visual: undefined,
});

/** A row in which no tab goes beyond a side of the block: such a tab becomes blanks. */
function withoutCutTabs(state: ViState, row: number, { left, right, toEnd }: Block): ViState {
  let made = state;
  for (const cell of toEnd ? [left] : [right, left]) {
    const column = columnAt(made, row, cell);
    const line = charsOf(made, row);
    const start = cellOf(made, row, column);
    if (line[column] !== '\t' || start === cell) continue;
    const blanks = ' '.repeat(cellOf(made, row, column + 1) - start);
    made = setLine(made, row, line.slice(0, column).join('') + blanks + line.slice(column + 1).join(''));
  }
  return made;
}

/** Each row's part of a block made into something else. */
function changeParts(state: ViState, block: Block, change: (part: string) => string, cutsTabs = true): ViState {
  let made: ViState = state;
  for (const row of rowsOf(block)) {
    if (cutsTabs) made = withoutCutTabs(made, row, block);
    const [from, to] = columnsOf(made, row, block);
    const line = charsOf(made, row);
    const text = line.slice(0, from).join('') + change(line.slice(from, to).join('')) + line.slice(to).join('');
    made = setLine(made, row, text);
  }
  return made;
}

export function overBlock(state: ViState, operator: string, block: Block): ViState {
  const change = CASES[operator];
  const at = topLeft(state, block);
  const marked = markChange(at, at, { row: block.to, column: columnsOf(state, block.to, block)[1] - 1 });
  if (change !== undefined) return changeParts(remember(marked), block, change, false);
  if (operator === '>' || operator === '<') return shiftBlock(marked, operator, block);
  const text = rowsOf(block).map((row) => {
    const split = withoutCutTabs(state, row, block);
    return charsOf(split, row)
      .slice(...columnsOf(split, row, block))
      .join('');
  });
  const taken: ViState = { ...marked, register: { text, kind: 'block' } };
  const rows = block.to - block.from + 1;
  if (operator === 'y') return { ...taken, message: rows > 2 ? `block of ${String(rows)} lines yanked` : '' };
  const cut = changeParts(remember(taken), block, () => '');
  return operator === 'c'
    ? insertInBlock(aboutRows(cut, rows + 1), { ...block, right: block.left }, 'cell', false)
    : cut;
}

function shiftBlock(state: ViState, operator: string, block: Block): ViState {
  let made = remember(state);
  for (const row of rowsOf(block)) {
    const line = charsOf(state, row);
    if (line.length <= columnAt(state, row, block.left)) continue;
    const column = columnAt(state, row, block.left);
    const shifted = indented(state.options, line.slice(column).join(''), operator === '>' ? 1 : -1);
    made = replaceRows(made, row, row + 1, [line.slice(0, column).join('') + shifted]);
  }
  return { ...made, message: countMessage(block.to - block.from + 1, `lines ${operator}ed 1 time`) };
}

export const replaceBlock = (state: ViState, block: Block, char: string): ViState =>
  changeParts(remember(topLeft(state, block)), block, (part) => char.repeat([...part].length));

/** I and A of a block: what is typed into its first row comes into the others when insert mode ends. */
export function insertInBlock(
  state: ViState,
  block: Block,
  append: 'cell' | 'end' | undefined,
  remembers = true,
): ViState {
  const corner = { row: block.from, column: columnAt(state, block.from, block.left) };
  const known = remembers ? remember({ ...state, ...corner }) : state;
  const cell = append === 'cell' && remembers ? block.right : block.left;
  const rows = rowsOf(block).slice(1);
  const first: ViState = {
    ...known,
    visual: undefined,
    row: block.from,
    blockInsert: { rows, cell, append, filled: remembers, back: block.left },
  };
  const { length } = charsOf(first, block.from);
  if (append === 'end') return toInsert({ ...first, column: length });
  const gap = append === undefined ? 0 : cell - cellOf(first, block.from, length);
  if (gap > 0 && remembers) return toInsert(insertAt({ ...first, column: length }, ' '.repeat(gap)));
  return toInsert({ ...first, column: Math.min(length, columnAt(first, block.from, cell)) });
}

/** At the end of insert mode: what was typed into the first row, in the other rows of the block too. */
export function spreadBlock(state: ViState, text: string): ViState {
  const { blockInsert } = state;
  if (blockInsert === undefined) return state;
  const calm: ViState = { ...state, blockInsert: undefined };
  if (text === '' || text.includes('\n')) return calm;
  let made: ViState = calm;
  for (const row of blockInsert.rows) made = spreadInto(made, row, text, blockInsert);
  // The cursor goes back to where the block begins; behind what took its place.
  return {
    ...made,
    row: state.row,
    column:
      blockInsert.append === undefined || blockInsert.filled
        ? columnAt(made, state.row, blockInsert.back)
        : state.column,
  };
}

function spreadInto(
  state: ViState,
  row: number,
  text: string,
  { cell, append }: NonNullable<ViState['blockInsert']>,
): ViState {
  const { length } = charsOf(state, row);
  const width = cellOf(state, row, length);
  if (append === 'end') return insertAt({ ...state, row, column: length }, text);
  const split = withoutCutTabs(state, row, { from: row, to: row, left: cell, right: cell, toEnd: true });
  // A row that does not reach the block is left alone by I and c, and filled up by A.
  if (width < cell || (width === cell && append === undefined && length === 0))
    return append === 'cell' ? insertAt({ ...state, row, column: length }, ' '.repeat(cell - width) + text) : state;
  return insertAt({ ...split, row, column: columnAt(split, row, cell) }, text);
}
