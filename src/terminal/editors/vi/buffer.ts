import { cellWidth } from '../../../formats/cell-width.ts';
import type { ViPlace, ViState } from './state.ts';

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
  return { ...state, lines: lines.length === 0 ? [''] : lines };
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

/** What ^G and :f say of the text. */
export const fileMessage = ({ path, lines, saved, row }: ViState): string =>
  `"${path ?? '[No Name]'}" ${lines === saved ? '' : '[Modified] '}${String(lines.length)} line${lines.length === 1 ? '' : 's'} --${String(Math.floor(((row + 1) * 100) / lines.length))}%--`;

/** A line as it is shown: tabs as blanks up to the next stop, control characters as ^X. */
export function shownText(line: string, tabstop: number, list = false): string {
  if (!/[\x00-\x1f\x7f]/.test(line)) return list ? `${line}$` : line;
  let out = '';
  let width = 0;
  for (const char of line) {
    const shown = shownCharacter(char, width, tabstop, list);
    out += shown;
    width += cellWidth(shown);
  }
  return list ? `${out}$` : out;
}

function shownCharacter(char: string, cell: number, tabstop: number, list: boolean): string {
  if (char === '\t' && !list) return ' '.repeat(tabstop - (cell % tabstop));
  if (char === '\x7f') return '^?';
  return char < ' ' ? `^${String.fromCharCode(char.charCodeAt(0) + 64)}` : char;
}

/** The first cell of a character in its line. */
export function cellOf({ lines, options }: ViState, row: number, column: number): number {
  const before = [...(lines[row] ?? '')].slice(0, column).join('');
  return cellWidth(shownText(before, options.tabstop, options.list)) - (options.list ? 1 : 0);
}

/** The character that a cell belongs to; the length of the line beyond its end. */
export function columnAt(state: ViState, row: number, cell: number): number {
  let at = 0;
  let width = 0;
  for (const char of charsOf(state, row)) {
    width += cellWidth(shownCharacter(char, width, state.options.tabstop, state.options.list));
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
