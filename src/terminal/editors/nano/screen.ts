/** What nano shows: title, text, what it says or asks, and its keys. */
import type { WindowSize } from '../../../protocol/program.ts';
import { cellWidth, charWidth } from '../../../formats/cell-width.ts';
import { foldRows } from '../../fold-rows.ts';
import { MAIN, MENUS, type Shortcut } from './menus.ts';
import { shown } from './move.ts';
import { isChoice, questionOf } from './prompt.ts';
import { isModified, markedRegion, type NanoState } from './state.ts';

const HELP = [
  'Main nano help text',
  '',
  '^G  Display this help text',
  '^X  Close the current buffer / Exit from nano',
  '^O  Write the current buffer (or the marked region) to disk',
  '^S  Save file without prompting',
  '^R  Insert another file into current buffer',
  '',
  '^W  Search forward for a string',
  'M-W Search next occurrence forward',
  '^\\  Replace a string',
  '',
  '^K  Cut current line and store it in cutbuffer',
  '^U  Paste the contents of cutbuffer at current cursor position',
  'M-U Undo the last operation',
  'M-E Redo the last undone operation',
  '',
  '^C  Display the position of the cursor',
  '^_  Go to line and column number',
  'M-\\ Go to the first line of the file',
  'M-/ Go to the last line of the file',
  'M-N Toggle line numbers',
];

const inverse = (text: string): string => `\x1b[7m${text}\x1b[0m`;

/** The whole screen as text; scrolls so that the cursor is in sight. */
export function paintNano(before: NanoState, size: WindowSize): { readonly text: string; readonly state: NanoState } {
  const keyRows = before.options.noHelp ? 0 : 2;
  const rows = Math.max(1, size.rows - 2 - keyRows);
  const resized = before.screen.rows !== size.rows || before.screen.columns !== size.columns;
  const top = before.options.softWrap ? wrappedTop(before, rows, size.columns) : topFor(before, rows);
  const state: NanoState = {
    ...before,
    top,
    pageRows: rows,
    screen: size,
    message: resized ? '' : before.message,
  };
  const gutter = state.options.numbers ? Math.max(2, String(state.lines.length).length) + 1 : 0;
  const width = Math.max(4, size.columns - gutter);
  const cell = cellWidth(
    shown([...(state.lines[state.row] ?? '')].slice(0, state.column).join(''), state.options.tabsize),
  );
  const start = pageStart(cell, width);
  let text = `\x1b[?25l\x1b[H${resized || before.pageRows !== rows ? '\x1b[2J' : ''}${title(state, size.columns)}`;
  const softly = state.options.softWrap && !state.help ? wrappedRows(state, rows, gutter, width) : undefined;
  for (let at = 0; at < rows; at += 1)
    text += `\r\n${softly === undefined ? textRow(state, at, { gutter, width, start }) : (softly.rows[at] ?? '')}\x1b[K`;
  text += `\r\n${statusLine(state, size.columns)}\x1b[K`;
  if (keyRows > 0) for (const row of keys(state, size.columns)) text += `\r\n${row}\x1b[K`;
  const { prompt } = state;
  const asking = prompt !== undefined;
  const place = asking
    ? [
        rows + 2,
        Math.min(size.columns, cellWidth(promptText(state, [...prompt.text].slice(0, prompt.at).join(''))) + 1),
      ]
    : softly === undefined
      ? [state.row - top + 2, cell - start + gutter + 1]
      : [softly.before + Math.floor(cell / width) + 2, (cell % width) + gutter + 1];
  return { text: `${text}\x1b[${String(place[0])};${String(place[1])}H\x1b[?25h`, state };
}

const shownLine = (state: NanoState, row: number): string =>
  shown(state.lines[row] ?? '', state.options.tabsize, state.options.whitespace);

/** A line's rows. */
function wrappedLine(text: string, width: number): readonly string[] {
  const rows = foldRows(text, width, (char) => ({ text: char, width: charWidth(char) }));
  // Behind a row that is full there is room for the cursor.
  return cellWidth(rows.at(-1) ?? '') === width ? [...rows, ''] : rows;
}

/** The rows of lines that go on in the next row, and how many are before the cursor's line. */
function wrappedRows(
  state: NanoState,
  count: number,
  gutter: number,
  width: number,
): { readonly rows: readonly string[]; readonly before: number } {
  const rows: string[] = [];
  let before = 0;
  for (let row = state.top; row < state.lines.length && rows.length < count; row += 1) {
    if (row === state.row) before = rows.length;
    const parts = wrappedLine(shownLine(state, row), width);
    const number = gutter > 0 ? `${String(row + 1).padStart(gutter - 1)} ` : '';
    rows.push(...parts.map((part, at) => (at === 0 ? number : ' '.repeat(gutter)) + marked(state, row, part)));
  }
  return { rows: rows.slice(0, count), before };
}

/** The first line so that the cursor's is in sight whole, where it fits. */
function wrappedTop(state: NanoState, rows: number, columns: number): number {
  let top = Math.min(state.top, state.row);
  const heightOf = (row: number): number => wrappedLine(shownLine(state, row), columns).length;
  let used = 0;
  for (let row = top; row <= state.row; row += 1) used += heightOf(row);
  for (; used > rows && top < state.row; top += 1) used -= heightOf(top);
  return top;
}

/** A row out of sight comes into the middle; the next one scrolls by lines. */
function topFor({ row, top, lines }: NanoState, rows: number): number {
  const first = Math.min(top, lines.length - 1);
  if (row >= first && row < first + rows) return first;
  return Math.max(0, row - Math.floor(rows / 2));
}

interface Columns {
  readonly gutter: number;
  readonly width: number;
  readonly start: number;
}

function textRow(state: NanoState, at: number, { gutter, width, start }: Columns): string {
  if (state.help) return HELP[at] ?? '';
  const row = state.top + at;
  const line = state.lines[row];
  if (line === undefined) return '';
  const number = gutter > 0 ? `${String(row + 1).padStart(gutter - 1)} ` : '';
  const text = cut(shownLine(state, row), row === state.row ? start : 0, width);
  return number + marked(state, row, text);
}

/** The part of a row that is marked, inverse. */
function marked(state: NanoState, row: number, text: string): string {
  const region = markedRegion(state);
  if (region === undefined || row < region.from.row || row > region.to.row) return text;
  const cellAt = (column: number): number =>
    cellWidth(shown([...(state.lines[row] ?? '')].slice(0, column).join(''), state.options.tabsize));
  const from = row === region.from.row ? cellAt(region.from.column) : 0;
  const to = row === region.to.row ? cellAt(region.to.column) : Number.MAX_SAFE_INTEGER;
  let out = '';
  let cell = 0;
  for (const char of text) {
    out += cell >= from && cell < to ? inverse(char) : char;
    cell += charWidth(char);
  }
  return out;
}

function title(state: NanoState, columns: number): string {
  const left = '  GNU nano 7.2';
  const word = state.options.readonly ? 'View' : isModified(state) ? 'Modified' : '';
  const room = cellWidth(word === '' ? 'Modified' : word) + 2;
  const name = state.help ? 'Main nano help text' : state.path === '' ? 'New Buffer' : state.path;
  const space = Math.max(1, Math.floor((columns - left.length - room - cellWidth(name)) / 2));
  const head = left + ' '.repeat(space) + name;
  return inverse(clip(head + ' '.repeat(Math.max(1, columns - cellWidth(head) - room)) + word.padEnd(room), columns));
}

function promptText(state: NanoState, answer: string): string {
  const { prompt } = state;
  if (prompt === undefined) return '';
  return isChoice(prompt) ? `${questionOf(state, prompt)} ` : `${questionOf(state, prompt)}: ${answer}`;
}

function statusLine(state: NanoState, columns: number): string {
  if (state.prompt !== undefined) return inverse(clip(promptText(state, state.prompt.text).padEnd(columns), columns));
  if (state.message === '') return '';
  const text = `[ ${state.message} ]`;
  return ' '.repeat(Math.max(0, Math.floor((columns - cellWidth(text)) / 2))) + inverse(clip(text, columns));
}

/** As many keys as there is room for, in two rows. */
function keys(state: NanoState, columns: number): readonly string[] {
  const choosing = state.prompt !== undefined && isChoice(state.prompt);
  const all = state.prompt === undefined ? MAIN : MENUS[state.prompt.kind];
  const entries = all.slice(0, Math.floor((columns + 40) / 20) * 2);
  const across = Math.ceil(entries.length / 2);
  const width = choosing ? Math.min(16, Math.floor(columns / 2)) : Math.floor(columns / across);
  const row = (first: 0 | 1): string =>
    entries
      .filter((_, at) => at % 2 === first)
      .map((entry, at) => shortcut(entry, at === across - 1 && !choosing ? columns - width * (across - 1) : width))
      .join('')
      .trimEnd();
  return [row(0), row(1)];
}

function shortcut([key, name]: Shortcut, width: number): string {
  if (key === '') return ' '.repeat(width);
  const room = Math.max(0, width - key.length - 1);
  const label = clip(name, room);
  return `${inverse(key)} ${label}${' '.repeat(Math.max(0, room - cellWidth(label)))}`;
}

/** nano scrolls a long line by pages of the width less eight. */
function pageStart(column: number, width: number): number {
  if (column + 2 < width) return 0;
  return width > 8 ? column - 6 - ((column - 6) % (width - 8)) : column - (width - 2);
}

function cut(line: string, start: number, width: number): string {
  const total = cellWidth(line);
  if (start === 0 && total <= width) return line;
  let out = start > 0 ? inverse('<') : '';
  let at = 0;
  const from = start > 0 ? start + 1 : 0;
  const to = total > start + width ? start + width - 1 : start + width;
  for (const char of line) {
    const size = charWidth(char);
    if (at >= from && at + size <= to) out += char;
    at += size;
  }
  return total > start + width ? out + inverse('>') : out;
}

function clip(text: string, columns: number): string {
  let out = '';
  let width = 0;
  for (const char of text) {
    width += charWidth(char);
    if (width > columns) break;
    out += char;
  }
  return out;
}
