/** p P gp gP: what a register holds, put into the text. */
import { cellWidth } from '../../../../formats/cell-width.ts';
import { cellOf, charsOf, columnAt, firstText, insertAt, replaceRows, shownText } from '../state/buffer.ts';
import { indentation, indentWidth } from '../insert/indentation.ts';
import { countMessage } from './count-message.ts';
import { markChange } from './operators.ts';
import type { ViState } from '../state/state.ts';
import { fail } from '../state/state.ts';
import { remember } from '../state/undo.ts';

export interface Putting {
  readonly after: boolean;
  readonly count: number;
  /** gp: the cursor goes behind the text. */
  readonly behind?: boolean;
}

export function put(state: ViState, how: Putting): ViState {
  const { text, kind } = state.register;
  if (text.length === 0 || (kind === 'char' && text.join('') === '' && text.length < 2))
    return fail(state, 'E353: Nothing in register "');
  if (kind === 'line') return putLines(state, how);
  return kind === 'block' ? putBlock(state, how) : putText(state, how);
}

/** ]p and [p: the first line is indented as the one under the cursor, the others as they are from it. */
export function putIndented(state: ViState, how: Putting): ViState {
  const { register, options } = state;
  if (register.kind !== 'line') return put(state, how);
  const widthOf = (line: string): number => indentWidth(options, /^[ \t]*/.exec(line)?.[0] ?? '');
  const by = widthOf(state.lines[state.row] ?? '') - widthOf(register.text.find((line) => line !== '') ?? '');
  const text = register.text.map((line) =>
    line === '' ? '' : indentation(options, Math.max(0, widthOf(line) + by)) + line.replace(/^[ \t]+/, ''),
  );
  return { ...put({ ...state, register: { ...register, text } }, how), register };
}

function putLines(state: ViState, { after, count, behind }: Putting): ViState {
  const row = state.row + (after ? 1 : 0);
  const rows = Array.from({ length: count }, () => state.register.text).flat();
  const made = { ...replaceRows(remember(state), row, row, rows), row };
  const end = Math.min(made.lines.length - 1, row + rows.length);
  const place = behind === true ? { row: end, column: 0 } : { row, column: firstText(made, row) };
  const marked = markChange(
    { ...made, ...place },
    { row, column: 0 },
    { row: row + rows.length - 1, column: Math.max(0, [...(rows.at(-1) ?? '')].length - 1) },
  );
  return { ...marked, message: countMessage(rows.length, 'more lines') };
}

function putText(state: ViState, { after, count, behind }: Putting): ViState {
  const { text } = state.register;
  const column = Math.min(charsOf(state).length, state.column + (after ? 1 : 0));
  const whole = Array.from({ length: count }, () => text.join('\n')).join('');
  const made = insertAt({ ...remember(state), column }, whole);
  const last = { row: made.row, column: made.column - 1 };
  const marked = markChange(made, { row: state.row, column }, last);
  const message = countMessage((text.length - 1) * count, 'more lines');
  if (behind === true) return { ...marked, message };
  if (text.length === 1) return { ...marked, column: Math.max(0, made.column - 1), message };
  return { ...marked, row: state.row, column, message };
}

/** Each line of a block at the same cell of its row. */
function putBlock(state: ViState, { after, count, behind }: Putting): ViState {
  const { text } = state.register;
  const { tabstop } = state.options;
  const width = Math.max(...text.map((part) => cellWidth(shownText(part, tabstop))));
  const line = charsOf(state);
  const here = cellOf(state, state.row, state.column);
  const cell =
    after && line.length > 0 ? here + cellWidth(shownText(line[state.column] ?? ' ', state.options.tabstop)) : here;
  const known = remember(state);
  const grown = Array.from({ length: Math.max(0, state.row + text.length - state.lines.length) }, () => '');
  let made: ViState = { ...known, lines: [...known.lines, ...grown] };
  for (const [at, part] of text.entries())
    made = putPart(made, state.row + at, cell, padded(part, width, count, made, state.row + at, cell));
  const column = columnAt(made, state.row, cell);
  const end = {
    row: state.row + text.length - 1,
    column: columnAt(made, state.row + text.length - 1, cell) + width * count - 1,
  };
  const marked = markChange(made, { row: state.row, column }, end);
  return { ...marked, row: behind === true ? end.row : state.row, column: behind === true ? end.column + 1 : column };
}

function padded(part: string, width: number, count: number, state: ViState, row: number, cell: number): string {
  const full = part + ' '.repeat(width - cellWidth(shownText(part, state.options.tabstop)));
  const atEnd = columnAt(state, row, cell) >= charsOf(state, row).length;
  const whole = full.repeat(count);
  return atEnd ? full.repeat(count - 1) + part : whole;
}

function putPart(state: ViState, row: number, cell: number, part: string): ViState {
  const line = charsOf(state, row);
  const column = columnAt(state, row, cell);
  const gap = column >= line.length ? ' '.repeat(Math.max(0, cell - cellOf(state, row, line.length))) : '';
  const text = line.slice(0, column).join('') + gap + part + line.slice(column).join('');
  return replaceRows(state, row, row + 1, [text]);
}
