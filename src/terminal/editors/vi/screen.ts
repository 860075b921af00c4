import type { WindowSize } from '../../../protocol/program.ts';
import { encodeUtf8 } from '../../../protocol/bytes.ts';
import { cellWidth } from '../../../formats/cell-width.ts';
import { isBefore } from './buffer.ts';
import { bottomRow, inSight } from './scroll.ts';
import type { ViState } from './state.ts';

/** The whole screen as text; scrolls so that the cursor is in sight. */
export function paintVi(state: ViState, size: WindowSize): { readonly text: string; readonly state: ViState } {
  const rows = Math.max(1, size.rows - 1);
  const { top } = inSight({ ...state, pageRows: rows });
  const gutter = state.numbers ? Math.max(4, String(state.lines.length).length + 1) : 0;
  const width = Math.max(1, size.columns - gutter);
  const before = cursorCell(state);
  const left = before < state.left ? before : before >= state.left + width ? before - width + 1 : state.left;
  let text = '\x1b[?25l\x1b[H';
  for (let at = 0; at < rows; at += 1) {
    const line = state.lines[top + at];
    const shown = line === undefined ? '~' : window(expand(line, state.options.tabstop), left, width);
    const selection = line === undefined ? undefined : selectedCells(state, top + at);
    const number = gutter > 0 && line !== undefined ? `${String(top + at + 1).padStart(gutter - 1)} ` : '';
    text += `${number}${selection === undefined ? shown : highlight(shown, selection[0] - left, selection[1] - left)}\x1b[K\r\n`;
  }
  const command = state.mode === 'command';
  const status = command ? state.command : statusOf(state);
  const position = rulerOf({ ...state, top, pageRows: rows });
  text += `${window(status, 0, size.columns - 20)}\x1b[K${command ? '' : `\x1b[${String(size.rows)};${String(Math.max(1, size.columns - 17))}H${position}`}`;
  text += command
    ? `\x1b[${String(size.rows)};${String(cellWidth(state.command) + 1)}H`
    : `\x1b[${String(state.row - top + 1)};${String(before - left + gutter + 1)}H`;
  return { text: `${text}\x1b[?25h`, state: { ...state, top, left, pageRows: rows } };
}

/** Where the cursor is and which part of the text is in sight, as vim's `ruler` has it. */
function rulerOf(state: ViState): string {
  const line = state.lines[state.row] ?? '';
  const bytes = encodeUtf8([...line].slice(0, state.column).join('')).length + 1;
  const cell = cursorCell(state) + 1;
  const column =
    line === '' && state.mode === 'normal' ? '0-1' : bytes === cell ? String(cell) : `${String(bytes)}-${String(cell)}`;
  const isEmpty = state.mode === 'normal' && state.lines.length === 1 && line === '';
  return `${isEmpty ? '0' : String(state.row + 1)},${column}`.padEnd(14) + partInSight(state);
}

function partInSight(state: ViState): string {
  const below = state.lines.length - 1 - bottomRow(state);
  if (below === 0) return state.top === 0 ? 'All' : 'Bot';
  if (state.top === 0) return 'Top';
  return `${String(Math.floor((state.top * 100) / (state.top + below))).padStart(2)}%`;
}

/** The cursor's cell; outside insert mode it is at the end of a tab. */
function cursorCell({ lines, row, column, mode, options }: ViState): number {
  const line = [...(lines[row] ?? '')];
  const before = cells(line.slice(0, column).join(''), options.tabstop);
  if (line[column] !== '\t' || mode === 'insert' || mode === 'replace') return before;
  return cells(line.slice(0, column + 1).join(''), options.tabstop) - 1;
}

/** What an operator looks for, as it is typed: d/text. */
const SOUGHT = /^(?:"[^/?])?\d*(?:[dyc<>]|g[uU~])\d*([/?].*)$/su;

function statusOf({ message, mode, visual, pending }: ViState): string {
  const sought = SOUGHT.exec(pending)?.[1];
  if (sought !== undefined) return sought;
  if (message !== '') return message;
  if (mode === 'insert') return '-- INSERT --';
  if (mode === 'replace') return '-- REPLACE --';
  if (visual !== undefined) return visual.kind === 'line' ? '-- VISUAL LINE --' : '-- VISUAL --';
  return '';
}

/** The columns of a row that are selected; an empty line shows one. */
function selectedCells(state: ViState, row: number): readonly [number, number] | undefined {
  const { visual } = state;
  const { tabstop } = state.options;
  if (visual === undefined) return undefined;
  const [from, to] = isBefore(visual, state) ? [visual, state] : [state, visual];
  if (row < from.row || row > to.row) return undefined;
  const line = [...(state.lines[row] ?? '')];
  const first = visual.kind === 'char' && row === from.row ? from.column : 0;
  const last = visual.kind === 'char' && row === to.row ? to.column + 1 : line.length;
  const start = cells(line.slice(0, first).join(''), tabstop);
  return [start, Math.max(start + 1, cells(line.slice(0, last).join(''), tabstop))];
}

/** Text with the cells between two columns in reverse. */
function highlight(text: string, from: number, to: number): string {
  const whole = text === '' ? ' ' : text;
  const before = window(whole, 0, Math.max(0, from));
  const inside = window(whole.slice(before.length), 0, Math.max(0, to - Math.max(0, from)));
  return `${before}\x1b[7m${inside}\x1b[0m${whole.slice(before.length + inside.length)}`;
}

function expand(line: string, tabstop: number): string {
  let out = '';
  for (const char of line)
    out +=
      char === '\t'
        ? ' '.repeat(tabstop - (cellWidth(out) % tabstop))
        : char < ' '
          ? `^${String.fromCharCode(char.charCodeAt(0) + 64)}`
          : char;
  return out;
}
const cells = (text: string, tabstop: number): number => cellWidth(expand(text, tabstop));

function window(line: string, left: number, width: number): string {
  let out = '';
  let at = 0;
  for (const char of line) {
    const size = cellWidth(char);
    if (at >= left && at + size <= left + width) out += char;
    at += size;
  }
  return out;
}
