/** A line as the rows it takes: folded, or chopped and moved; tabs are blanks, control characters are shown. */
import { charWidth } from '../../../formats/cell-width.ts';
import { foldRows, type Shown } from '../../fold-rows.ts';
import { matchesIn, type Span } from './matches.ts';
import { lineAt, numberOf, type LessState } from './state.ts';

const NUMBER_WIDTH = 8;
const STANDOUT = '\x1b[7m';
const NORMAL = '\x1b[27m';

export function rowsOf(state: LessState, line: number): readonly string[] {
  const { options, size, shift } = state;
  const number = options.numbers ? `${String(numberOf(state, line) + 1).padStart(NUMBER_WIDTH - 1)} ` : '';
  const width = Math.max(2, size.columns - number.length);
  const text = lineAt(state, line);
  const cells = cellsOf(text, options.raw, options.tab, options.highlight ? matchesIn(state, text) : []);
  const rows = options.chop || shift > 0 ? [chopped(cells, shift, width)] : foldRows(cells, width, (cell) => cell);
  return rows.map((row) => number + row);
}

function chopped(cells: readonly Shown[], shift: number, columns: number): string {
  let row = '';
  let skipped = 0;
  let used = 0;
  for (const [at, { text, width }] of cells.entries()) {
    if (skipped < shift && width > 0) {
      skipped += width;
      // Half of a wide character is left.
      row += ' '.repeat(Math.max(0, skipped - shift));
      used += Math.max(0, skipped - shift);
      continue;
    }
    const more = cells.slice(at + 1).some((cell) => cell.width > 0);
    if (used + width > columns - (more ? 1 : 0)) return `${row}${' '.repeat(columns - 1 - used)}${STANDOUT}>${NORMAL}`;
    row += text;
    used += width;
  }
  return row;
}

function cellsOf(line: string, raw: boolean, tab: number, marked: readonly Span[]): readonly Shown[] {
  const cells: Shown[] = [];
  let column = 0;
  let at = 0;
  for (const piece of line.match(raw ? /\x1b\[[0-9;]*m|[^]/gu : /[^]/gu) ?? []) {
    const made = piece.length > 1 && piece.startsWith('\x1b') ? [{ text: piece, width: 0 }] : shown(piece, column, tab);
    const isCode = made[0]?.width === 0 && piece.length > 1;
    const stands = !isCode && marked.some(([from, to]) => from <= at && at < to);
    cells.push(...(stands ? made.map((cell) => ({ ...cell, text: `${STANDOUT}${cell.text}${NORMAL}` })) : made));
    if (!isCode) at += piece.length;
    column += made.reduce((sum, { width }) => sum + width, 0);
  }
  return cells;
}

function shown(char: string, column: number, tab: number): readonly Shown[] {
  if (char === '\t') return Array.from({ length: tab - (column % tab) }, () => ({ text: ' ', width: 1 }));
  if (char >= ' ' && char !== '\x7f') return [{ text: char, width: charWidth(char) }];
  const name = char === '\x1b' ? 'ESC' : `^${String.fromCharCode(char.charCodeAt(0) ^ 64)}`;
  return [{ text: `${STANDOUT}${name}${NORMAL}`, width: name.length }];
}
