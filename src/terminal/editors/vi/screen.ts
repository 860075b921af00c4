/** What vi shows: the text, wrapped or scrolled sideways, the line at the bottom and the ruler. */
import type { WindowSize } from '../../../protocol/program.ts';
import { encodeUtf8 } from '../../../protocol/bytes.ts';
import { cellWidth, charWidth } from '../../../formats/cell-width.ts';
import { blockOf } from './block.ts';
import { cellOf, charsOf, cursorCell, isBefore, shownText } from './buffer.ts';
import { bottomRow, gutterOf, inSight, wrapped } from './scroll.ts';
import type { ViState } from './state.ts';
import { listCharsOf } from './white-space.ts';

/** The whole screen as text; scrolls so that the cursor is in sight. */
export function paintVi(before: ViState, size: WindowSize): { readonly text: string; readonly state: ViState } {
  const sized: ViState = { ...before, pageRows: Math.max(1, size.rows - 1), pageColumns: size.columns };
  const resized = before.pageColumns !== size.columns || before.pageRows !== size.rows - 1;
  const scrolled = inSight(resized ? { ...sized, message: '' } : sized);
  const state = { ...scrolled, left: leftFor(scrolled) };
  if (state.away) return { text: '', state };
  if (state.attention !== undefined) return { text: attentionText(state.attention.lines, size), state };
  if (state.output !== undefined) return { text: outputText(state, state.output, size), state };
  const { rows, cursor } = textRows(state);
  let text = `\x1b[?25l\x1b[H${resized ? '\x1b[2J' : ''}${rows.map((row) => `${row}\x1b[K\r\n`).join('')}`;
  const command = state.mode === 'command';
  const asks = state.mode === 'confirm' || state.mode === 'question';
  const status = window(command ? shownText(state.command, 8) : statusOf(state), 0, size.columns - 1);
  text += `${status}\x1b[K`;
  const ruler = rulerOf(state);
  if (!command && state.mode !== 'question' && state.options.ruler && !state.options.paste)
    text += `\x1b[${String(size.rows)};${String(Math.max(1, size.columns - 17))}H${window(ruler, 0, 18)}`;
  const typed = showCommand(state);
  if (!command && !asks && typed !== '' && size.columns >= 30)
    text += `\x1b[${String(size.rows)};${String(size.columns - 27)}H${typed.padEnd(10)}`;
  const place = command
    ? [size.rows, cellWidth(shownText(state.command, 8)) + 1]
    : asks
      ? [size.rows, cellWidth(status) + 1]
      : cursor;
  text += awaited(state, cursor);
  return { text: `${text}\x1b[${String(place[0])};${String(Math.min(size.columns, place[1] ?? 1))}H\x1b[?25h`, state };
}

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
function outputText(state: ViState, output: readonly string[], size: WindowSize): string {
  const lines = output.flatMap((line) => wrapped(shownText(line, 8), size.columns));
  const command = state.history.at(-1) ?? '';
  const all = [
    ...textRows(state).rows,
    ...(state.outputOver ? [] : [command]),
    ...lines,
    'Press ENTER or type command to continue',
  ];
  const shown = all.slice(-size.rows).map((row) => `${row}\x1b[K`);
  return `\x1b[?25l\x1b[H${shown.join('\r\n')}\x1b[?25h`;
}

const leftFor = (state: ViState): number => {
  if (state.options.wrap) return 0;
  const width = Math.max(1, state.pageColumns - gutterOf(state));
  const cell = cursorCell(state);
  if (cell >= state.left && cell < state.left + width) return state.left;
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
  const width = Math.max(1, state.pageColumns - gutter);
  const rows: string[] = [];
  let cursor: readonly [number, number] = [1, 1];
  const bottom = bottomRow(state);
  for (let row = state.top; rows.length < state.pageRows; row += 1) {
    if (state.lines[row] === undefined) rows.push('~');
    else {
      const parts = lineParts(state, row, width);
      if (row === state.row) cursor = cursorAt(state, rows.length, parts, gutter);
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
    start += cellWidth(part);
    return shown;
  });
}

function cursorAt(state: ViState, used: number, parts: readonly string[], gutter: number): readonly [number, number] {
  let cell = cursorCell(state) - state.left;
  let row = used + 1;
  for (const part of parts.slice(0, -1)) {
    const size = cellWidth(
      part.replaceAll(/\x1b\[[0-9;]*m|>$/g, (mark) =>
        mark === '>' && cellWidth(part) % 2 === 0 ? '' : mark === '>' ? mark : '',
      ),
    );
    if (cell < size) break;
    cell -= size;
    row += 1;
  }
  const width = state.pageColumns - gutter;
  return cell >= width && state.options.wrap
    ? [Math.min(state.pageRows, row + 1), gutter + 1]
    : [row, cell + gutter + 1];
}

function numberOf({ options, row: here }: ViState, row: number, gutter: number): string {
  if (gutter === 0) return '';
  const distance = Math.abs(row - here);
  if (options.relativenumber && distance === 0 && options.number) return `${String(row + 1).padEnd(gutter - 1)} `;
  const number = options.relativenumber ? distance : row + 1;
  return `${String(number).padStart(gutter - 1)} `;
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
  return `${isEmpty ? '0' : String(state.row + 1)},${column}`.padEnd(14) + partInSight(state);
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
  const bytes = encodeUtf8(
    charsOf(state)
      .slice(from, to + 1)
      .join(''),
  ).length;
  return bytes === cells ? String(cells) : `${String(cells)}-${String(bytes)}`;
}

/** What an operator looks for, as it is typed: d/text. */
const SOUGHT = /^(?:\d*"[^/?])?\d*(?:[dyc<>=!]|g[uU~?])\d*([/?].*)$/su;

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
