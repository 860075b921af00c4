/** What vi shows: the text, wrapped or scrolled sideways, the line at the bottom and the ruler. */
import type { WindowSize } from '../../../../protocol/program.ts';
import { encodeUtf8 } from '../../../../protocol/bytes.ts';
import { cellWidth, charWidth } from '../../../../formats/cell-width.ts';
import { blockOf } from '../operators/block.ts';
import { cellOf, charsOf, cursorCell, isBefore, isChanged, shownText } from '../state/buffer.ts';
import { moreLine, shownRows, toldRows } from '../keys/more.ts';
import { gutterOf, signColumns, textColumns } from './gutter.ts';
import { bottomRow, inSight, wrapped } from './scroll.ts';
import type { ViState } from '../state/state.ts';
import { listCharsOf } from './white-space.ts';

/** The whole screen as text; scrolls so that the cursor is in sight. */
export function paintVi(before: ViState, size: WindowSize): { readonly text: string; readonly state: ViState } {
  const statusRows = statusRowsOf(before);
  const pageRows = Math.max(1, size.rows - 1 - statusRows);
  const sized: ViState = { ...before, statusRows, pageRows, pageColumns: size.columns };
  const resized = before.pageColumns !== size.columns || before.pageRows + before.statusRows !== size.rows - 1;
  const scrolled = inSight(resized ? { ...sized, message: '' } : sized);
  const state: ViState = { ...scrolled, left: leftFor(scrolled) };
  if (state.away) return { text: '', state };
  if (state.attention !== undefined) return { text: attentionText(state.attention.lines, size), state };
  if (state.output !== undefined) return { text: outputText(state, size), state };
  const { rows: textOnly, cursor } = textRows(state);
  const rows = statusRows === 0 ? textOnly : [...textOnly, statusLine(state)];
  let text = `\x1b[?25l\x1b[H${resized ? '\x1b[2J' : ''}${rows.map((row) => `${row}\x1b[K\r\n`).join('')}`;
  const command = state.mode === 'command';
  const asks = state.mode === 'confirm' || state.mode === 'question';
  const status = window(command ? shownText(state.command, 8) : shownText(statusOf(state), 8), 0, size.columns - 1);
  text += `${status}\x1b[K`;
  if (!command && state.mode !== 'question' && statusRows === 0 && hasRuler(state))
    text += `\x1b[${String(size.rows)};${String(rulerColumn(size.columns) + 1)}H${rulerOf(state)}`;
  const typed = showCommand(state);
  const showColumn = size.columns - (statusRows === 0 ? 27 : 10);
  if (!command && !asks && typed !== '' && size.columns >= 30)
    text += `\x1b[${String(size.rows)};${String(showColumn)}H${typed.padEnd(10)}`;
  const place = command
    ? [size.rows, cellWidth(shownText(state.command, 8)) + 1]
    : asks
      ? [size.rows, cellWidth(status) + 1]
      : cursor;
  text += awaited(state, cursor);
  return { text: `${text}\x1b[${String(place[0])};${String(Math.min(size.columns, place[1] ?? 1))}H\x1b[?25h`, state };
}

/** Whether the last line but one tells the file and the place (`laststatus`). */
const statusRowsOf = ({ options }: ViState): number => (options.laststatus === 2 ? 1 : 0);
const hasRuler = ({ options }: ViState): boolean => options.ruler && !options.paste;
/** The name of the file, [+] where it was changed, and the ruler. */
function statusLine(state: ViState): string {
  const flags = `${isChanged(state) ? '[+]' : ''}${state.readonly ? '[RO]' : ''}`;
  const name = `${state.path ?? '[No Name]'}${flags === '' ? '' : ` ${flags}`}`;
  const at = rulerColumn(state.pageColumns);
  const left = hasRuler(state)
    ? window(name, 0, at - 1).padEnd(at) + rulerOf(state)
    : window(name, 0, state.pageColumns);
  return `\x1b[1;7m${left.padEnd(state.pageColumns - (cellWidth(left) - left.length))}\x1b[0m`;
}

/** Where the ruler begins: 18 columns before the end, and never left of the middle. */
const rulerColumn = (columns: number): number => Math.max(columns - 18, Math.floor((columns + 1) / 2));

/** What is asked stands at the bottom of an empty screen. */
function attentionText(lines: readonly string[], size: WindowSize): string {
  const rows = lines.flatMap((line) => wrapped(line, size.columns));
  const above = Array.from({ length: Math.max(0, size.rows - rows.length) }, () => '');
  return `\x1b[?25l\x1b[H\x1b[2J${[...above, ...rows].slice(-size.rows).join('\r\n')}\x1b[?25h`;
}

/** What insert mode shows under the cursor while a key of ^R, ^V or ^K is awaited. */
function awaited({ mode, pending }: ViState, [row, column]: readonly [number, number]): string {
  if (mode !== 'insert' && mode !== 'replace') return '';
  const sign = { '^R': '"', '^V': '^', '^K': '?' }[pending];
  return sign === undefined ? '' : `\x1b[${String(row)};${String(column)}H${sign}`;
}

/** Lines that wait to be read, below what is left of the text. */
function outputText(state: ViState, size: WindowSize): string {
  const above = textRows({ ...state, ...state.painted }).rows;
  const waiting = shownRows(state);
  const all =
    waiting === undefined
      ? [...above, ...toldRows(state), 'Press ENTER or type command to continue']
      : [...toldRows(state).slice(0, waiting), moreLine(state)];
  const shown = all.slice(-size.rows).map((row) => `${row}\x1b[K`);
  return `\x1b[?25l\x1b[H${shown.join('\r\n')}\x1b[?25h`;
}

const leftFor = (state: ViState): number => {
  if (state.options.wrap) return 0;
  const width = textColumns(state);
  const cell = cursorCell(state);
  if (cell >= state.left && cell < state.left + width) return state.left;
  const beyond = cell < state.left ? state.left - cell : cell - (state.left + width - 1);
  const { sidescroll } = state.options;
  if (sidescroll > 0 && beyond < width / 2)
    return Math.max(0, state.left + (cell < state.left ? -1 : 1) * Math.max(beyond, sidescroll));
  // What is out of sight comes into the middle.
  return Math.max(0, cell - Math.floor(width / 2));
};

interface Painted {
  readonly rows: readonly string[];
  /** From 1,1. */
  readonly cursor: readonly [row: number, column: number];
}

function textRows(state: ViState): Painted {
  const gutter = gutterOf(state);
  const width = textColumns(state);
  const rows: string[] = [];
  let cursor: readonly [number, number] = [1, 1];
  const bottom = bottomRow(state);
  for (let row = state.top; rows.length < state.pageRows; row += 1) {
    if (state.lines[row] === undefined) rows.push('~');
    else {
      const parts = lineParts(state, row, width);
      if (row === state.row) cursor = cursorAt(state, rows.length, gutter);
      const whole = row <= bottom || parts.length <= state.pageRows - rows.length;
      const room = state.pageRows - rows.length;
      const shown = whole || row === state.row ? parts.slice(0, room) : [...parts.slice(0, room - 1), '@@@'];
      rows.push(
        ...shown.map((part, at) =>
          part === '@@@' && !whole ? part : `${at === 0 ? numberOf(state, row, gutter) : ' '.repeat(gutter)}${part}`,
        ),
      );
    }
  }
  return { rows, cursor };
}

function lineParts(state: ViState, row: number, width: number): readonly string[] {
  const { tabstop, wrap } = state.options;
  const text = shownText(state.lines[row] ?? '', tabstop, listCharsOf(state.options));
  const parts = wrap ? wrapped(text, width) : [cutLine(text, state.left, width)];
  const filled = parts.map((part, at) =>
    wrap && at < parts.length - 1 && cellWidth(part) < width ? `${part}>` : part,
  );
  const selection = selectedCells(state, row);
  if (selection === undefined) return filled;
  let start = wrap ? 0 : state.left;
  return parts.map((part) => {
    const shown = highlight(part, selection[0] - start, selection[1] - start);
    start += wrap ? width : cellWidth(part);
    return shown;
  });
}

function cursorAt(state: ViState, used: number, gutter: number): readonly [number, number] {
  const cell = cursorCell(state) - state.left;
  const width = textColumns(state);
  const down = state.options.wrap ? Math.floor(cell / width) : 0;
  return [Math.min(state.pageRows, used + down + 1), cell - down * width + gutter + 1];
}

function numberOf({ options, row: here }: ViState, row: number, gutter: number): string {
  const signs = ' '.repeat(signColumns(options));
  if (!options.number && !options.relativenumber) return signs;
  const distance = Math.abs(row - here);
  const width = gutter - 1 - signs.length;
  if (options.relativenumber && distance === 0 && options.number) return `${signs}${String(row + 1).padEnd(width)} `;
  const number = options.relativenumber ? distance : row + 1;
  return `${signs}${String(number).padStart(width)} `;
}

/** Where the cursor is and which part of the text is in sight, as vim's `ruler` has it. */
function rulerOf(state: ViState): string {
  const line = state.lines[state.row] ?? '';
  const bytes = encodeUtf8(charsOf(state).slice(0, state.column).join('')).length + 1;
  const bare = listCharsOf(state.options)?.tab === '' ? withoutList(state) : state;
  const cell = cursorCell(bare) + 1;
  const editing = state.mode === 'insert' || state.mode === 'replace';
  const column = line === '' && !editing ? '0-1' : bytes === cell ? String(cell) : `${String(bytes)}-${String(cell)}`;
  const isEmpty = !editing && state.blank;
  const place = `${isEmpty ? '0' : String(state.row + 1)},${column}`;
  const part = partInSight(state);
  // The last cell of the screen stays free.
  const width = state.pageColumns - rulerColumn(state.pageColumns) - (state.statusRows === 0 ? 1 : 0);
  return window(`${place.padEnd(Math.max(place.length + 1, width - part.length))}${part}`, 0, width);
}

/** A tab that is shown as ^I counts as wide as it is. */
const withoutList = (state: ViState): ViState => ({ ...state, options: { ...state.options, list: false } });

function partInSight(state: ViState): string {
  const below = state.lines.length - 1 - bottomRow(state);
  if (below <= 0) return state.top === 0 ? 'All' : 'Bot';
  if (state.top === 0) return 'Top';
  return `${String(Math.floor((state.top * 100) / (state.top + below))).padStart(2)}%`;
}

/** What is typed of a command, or how much is selected (`showcmd`). */
function showCommand(state: ViState): string {
  const { visual, pending } = state;
  if (!state.options.showcmd) return '';
  if (pending !== '') return pending.replaceAll('\0', '').slice(-10);
  if (visual === undefined) return '';
  const rows = Math.abs(visual.row - state.row) + 1;
  if (visual.kind === 'block') {
    const { left, right, toEnd } = blockOf(state, visual);
    return `${String(rows)}x${toEnd ? 'End' : String(right - left)}`.slice(0, 10);
  }
  if (visual.kind === 'line' || rows > 1) return String(rows);
  const cells = Math.abs(visual.column - state.column) + 1;
  const [from, to] = isBefore(visual, state) ? [visual.column, state.column] : [state.column, visual.column];
  const line = charsOf(state);
  const bytes = encodeUtf8(line.slice(from, to + 1).join('')).length + Math.max(0, to + 1 - line.length);
  return bytes === cells ? String(cells) : `${String(cells)}-${String(bytes)}`;
}

/** What an operator looks for, as it is typed: d/text. */
const SOUGHT = /^(?:\d*"[^/?])?\d*(?:[dyc<>=!]|g[uU~?qw])\d*([/?].*)$/su;

function statusOf(state: ViState): string {
  const { message, pending } = state;
  const sought = SOUGHT.exec(pending)?.[1];
  if (sought !== undefined) return sought;
  if (state.mode === 'question') return state.question?.text ?? '';
  const mode = state.options.showmode ? modeOf(state) : '';
  const recording = state.recording === undefined ? '' : `recording @${state.recording.letter}`;
  if (message !== '') return message;
  return mode + recording;
}

function modeOf({ mode, visual, onceFrom, options }: ViState): string {
  const paste = options.paste ? ' (paste)' : '';
  if (mode === 'insert') return `-- INSERT${paste} --`;
  if (mode === 'replace') return `-- REPLACE${paste} --`;
  const once = onceFrom === undefined ? '' : `(${onceFrom}) `;
  if (visual !== undefined) {
    const kind = { line: 'VISUAL LINE', char: 'VISUAL', block: 'VISUAL BLOCK' }[visual.kind];
    return `-- ${once}${kind} --`;
  }
  return onceFrom === undefined ? '' : `-- ${once.trim()}${paste} --`;
}

/** The cells of a row that are selected; undefined where none is. */
function selectedCells(state: ViState, row: number): readonly [number, number] | undefined {
  const { visual } = state;
  if (visual === undefined) return undefined;
  if (row < Math.min(visual.row, state.row) || row > Math.max(visual.row, state.row)) return undefined;
  const end = cellOf(state, row, charsOf(state, row).length) + 1;
  if (visual.kind === 'line') return [0, end];
  if (visual.kind === 'block') {
    const { left, right, toEnd } = blockOf(state, visual);
    return [left, toEnd ? end : right];
  }
  const [from, to] = isBefore(visual, state) ? [visual, state] : [state, visual];
  return [
    row === from.row ? cellOf(state, row, from.column) : 0,
    row === to.row ? cellOf(state, row, to.column + 1) : end,
  ];
}

function highlight(text: string, from: number, to: number): string {
  if (to <= 0) return text;
  const whole = text === '' ? ' ' : text;
  const before = window(whole, 0, Math.max(0, from));
  const inside = window(whole.slice(before.length), 0, Math.max(0, to - Math.max(0, from)));
  return `${before}\x1b[7m${inside}\x1b[0m${whole.slice(before.length + inside.length)}`;
}

/** A part of a line: half of a wide character is shown as < or >. */
function cutLine(line: string, left: number, width: number): string {
  let out = '';
  let at = 0;
  for (const char of line) {
    const size = charWidth(char);
    if (at < left && at + size > left) out += '<';
    else if (at < left + width && at + size > left + width) out += '>';
    else if (at >= left && at + size <= left + width) out += char;
    at += size;
  }
  return out;
}

function window(line: string, left: number, width: number): string {
  let out = '';
  let at = 0;
  for (const char of line) {
    const size = charWidth(char);
    if (at >= left && at + size <= left + width) out += char;
    at += size;
  }
  return out;
}
