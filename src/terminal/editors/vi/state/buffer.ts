import { cellWidth, charWidth } from '../../../../formats/cell-width.ts';
import { textColumns } from '../screen/gutter.ts';
import { moveMarks } from './marks.ts';
import type { ViPlace, ViState } from './state.ts';
import { listCharsOf, type ListChars } from '../screen/white-space.ts';

export const charsOf = (state: ViState, row = state.row): readonly string[] => [...(state.lines[row] ?? '')];
export const firstText = (state: ViState, row: number): number => Math.max(0, (state.lines[row] ?? '').search(/\S/));

/** The state with its cursor on a character. */
export function clamp(state: ViState): ViState {
  const row = Math.max(0, Math.min(state.row, state.lines.length - 1));
  const extra = state.mode === 'normal' && state.visual === undefined && state.onceFrom === undefined ? 1 : 0;
  const last = Math.max(0, charsOf(state, row).length - extra);
  return { ...state, row, column: Math.max(0, Math.min(state.column, last)) };
}

/** Rows `from` to `to` (not included) replaced by others; a text has one line at least. */
export function replaceRows(state: ViState, from: number, to: number, rows: readonly string[]): ViState {
  const lines = [...state.lines.slice(0, from), ...rows, ...state.lines.slice(to)];
  const blank = lines.length === 0;
  const moved = moveMarks(state, from + Math.min(to - from, rows.length), rows.length - (to - from));
  return { ...moved, lines: blank ? [''] : lines, blank };
}

export const setLine = (state: ViState, row: number, text: string): ViState => replaceRows(state, row, row + 1, [text]);

/** Text between two places, the end not included, by lines. */
export function textBetween(state: ViState, from: ViPlace, to: ViPlace): readonly string[] {
  if (from.row === to.row) return [charsOf(state, from.row).slice(from.column, to.column).join('')];
  return [
    charsOf(state, from.row).slice(from.column).join(''),
    ...state.lines.slice(from.row + 1, to.row),
    charsOf(state, to.row).slice(0, to.column).join(''),
  ];
}

export function removeBetween(state: ViState, from: ViPlace, to: ViPlace): ViState {
  const head = charsOf(state, from.row).slice(0, from.column).join('');
  const tail = charsOf(state, to.row).slice(to.column).join('');
  return { ...replaceRows(state, from.row, to.row + 1, [head + tail]), row: from.row, column: from.column };
}

/** Puts text in at the cursor and goes behind it. */
export function insertAt(state: ViState, text: string): ViState {
  const line = charsOf(state);
  const parts = `${line.slice(0, state.column).join('')}${text}`.split('\n');
  const column = [...(parts.at(-1) ?? '')].length;
  parts[parts.length - 1] = (parts.at(-1) ?? '') + line.slice(state.column).join('');
  return { ...replaceRows(state, state.row, state.row + 1, parts), row: state.row + parts.length - 1, column };
}

export const isBefore = (a: ViPlace, b: ViPlace): boolean => a.row < b.row || (a.row === b.row && a.column < b.column);

export interface Block {
  /** The first row that differs. */
  readonly from: number;
  readonly before: number;
  readonly after: number;
}

/** The rows that two texts do not share at their beginning and end. */
export function changedBlock(before: readonly string[], after: readonly string[]): Block {
  const shorter = Math.min(before.length, after.length);
  let from = 0;
  while (from < shorter && before[from] === after[from]) from += 1;
  let same = 0;
  while (same < shorter - from && before.at(-1 - same) === after.at(-1 - same)) same += 1;
  return { from, before: before.length - from - same, after: after.length - from - same };
}

export const isChanged = ({ lines, saved }: ViState): boolean =>
  lines !== saved && lines.join('\n') !== saved.join('\n');

/** What ^G and :f say of the text. */
export const fileMessage = ({ path, lines, saved, row }: ViState): string =>
  `"${path ?? '[No Name]'}" ${lines === saved ? '' : '[Modified] '}${String(lines.length)} line${lines.length === 1 ? '' : 's'} --${String(Math.floor(((row + 1) * 100) / lines.length))}%--`;

/** A line as it is shown: tabs as blanks up to the next stop, control characters as ^X; white space as `list` has it. */
export function shownText(line: string, tabstop: number, list?: ListChars): string {
  return shownBody(line, tabstop, list) + (list?.eol ?? '');
}

function shownBody(line: string, tabstop: number, list: ListChars | undefined): string {
  const plain = list === undefined || (list.space === '' && list.trail === '' && list.lead === '');
  if (plain && !/[\x00-\x1f\x7f]/.test(line)) return line;
  const end = [...line.trimEnd()].length;
  const begin = line.length - line.trimStart().length;
  let out = '';
  let width = 0;
  for (const [at, char] of [...line].entries()) {
    const blank = char === ' ' && list !== undefined ? blankAs(list, at >= end, at < begin) : '';
    const shown = blank === '' ? shownCharacter(char, width, tabstop, list) : blank;
    out += shown;
    width += cellWidth(shown);
  }
  return out;
}
const blankAs = ({ trail, lead, space }: ListChars, atEnd: boolean, atStart: boolean): string =>
  (atEnd ? trail : atStart ? lead : '') || space;

function shownCharacter(char: string, cell: number, tabstop: number, list: ListChars | undefined): string {
  const width = tabstop - (cell % tabstop);
  if (char === '\t' && list === undefined) return ' '.repeat(width);
  if (char === '\t' && list !== undefined && list.tab !== '') {
    const [first = '', fill = '', last = ''] = [...list.tab];
    return last === '' ? first + fill.repeat(width - 1) : (first + fill.repeat(width)).slice(0, width - 1) + last;
  }
  if (char === '\x7f') return '^?';
  return char < ' ' ? `^${String.fromCharCode(char.charCodeAt(0) + 64)}` : char;
}

/** The first cell of a character in its line. */
export function cellOf(state: ViState, row: number, column: number): number {
  const { tabstop } = state.options;
  const chars = [...(state.lines[row] ?? '')];
  const shown = shownBody(chars.slice(0, column).join(''), tabstop, listCharsOf(state.options));
  const next = charWidth(chars[column] ?? ' ') > 1;
  if (!state.options.wrap || (!next && !hasWide(shown))) return cellWidth(shown);
  const columns = textColumns(state);
  let cell = 0;
  for (const char of shown) cell = besideEdge(cell, char, columns) + charWidth(char);
  return besideEdge(cell, chars[column] ?? ' ', columns);
}
const hasWide = (text: string): boolean => text.length !== cellWidth(text);
/** A wide character that does not fit into a row of the screen begins the next. */
const besideEdge = (cell: number, char: string, columns: number): number =>
  charWidth(char) > 1 && cell % columns === columns - 1 ? cell + 1 : cell;

/** The character that a cell belongs to; the length of the line beyond its end. */
export function columnAt(state: ViState, row: number, cell: number): number {
  const list = listCharsOf(state.options);
  const columns = state.options.wrap ? textColumns(state) : Number.MAX_SAFE_INTEGER;
  let at = 0;
  let width = 0;
  for (const char of charsOf(state, row)) {
    width = besideEdge(width, char, columns);
    width += cellWidth(shownCharacter(char, width, state.options.tabstop, list));
    if (width > cell) return at;
    at += 1;
  }
  return at;
}

/** The cursor's cell; outside insert mode it is at the end of a tab. */
export function cursorCell(state: ViState): number {
  const { row, column, mode, options } = state;
  const isTab = (state.lines[row] ?? '').includes('\t') && charsOf(state)[column] === '\t';
  if (!isTab || mode === 'insert' || mode === 'replace' || options.list) return cellOf(state, row, column);
  return cellOf(state, row, column + 1) - 1;
}
