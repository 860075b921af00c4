/** Where nano's cursor goes. */
import { cellWidth } from '../../../formats/cell-width.ts';
import { chars, markedRegion, type NanoPlace, type NanoState } from './state.ts';

export function vertical(state: NanoState, by: number): NanoState {
  if (state.options.softWrap && Math.abs(by) === 1) return rowStep(state, by);
  const { tabsize } = state.options;
  const row = Math.max(0, Math.min(state.lines.length - 1, state.row + by));
  const wanted = cellWidth(shown(chars(state).slice(0, state.column).join(''), tabsize));
  const line = chars(state, row);
  let column = 0;
  let before = '';
  while (column < line.length && cellWidth(shown(before + (line[column] ?? ''), tabsize)) <= wanted) {
    before += line[column] ?? '';
    column += 1;
  }
  return { ...state, row, column };
}

/** The character of a line at a cell. */
function columnAt(state: NanoState, row: number, cell: number): number {
  const line = chars(state, row);
  let column = 0;
  while (column < line.length && cellWidth(shown(line.slice(0, column + 1).join(''), state.options.tabsize)) <= cell)
    column += 1;
  return column;
}

/** The last character of the row of the screen that the cursor is in. */
export function rowEnd(state: NanoState): number {
  const { columns } = state.screen;
  const cell = cellWidth(shown(chars(state).slice(0, state.column).join(''), state.options.tabsize));
  return columnAt(state, state.row, Math.floor(cell / columns) * columns + columns - 1);
}

/** A row of the screen up or down, of which a long line has several. */
function rowStep(state: NanoState, by: number): NanoState {
  const { columns } = state.screen;
  const widthOf = (row: number): number => cellWidth(shown(chars(state, row).join(''), state.options.tabsize));
  const cell = cellWidth(shown(chars(state).slice(0, state.column).join(''), state.options.tabsize));
  const within = cell % columns;
  const part = Math.floor(cell / columns) + by;
  if (part >= 0 && part * columns <= widthOf(state.row) && (by < 0 || part * columns < Math.max(1, widthOf(state.row))))
    return { ...state, column: columnAt(state, state.row, part * columns + within) };
  const row = state.row + by;
  if (row < 0 || row >= state.lines.length) return state;
  const lastPart = Math.floor(Math.max(0, widthOf(row) - 1) / columns);
  return { ...state, row, column: columnAt(state, row, (by > 0 ? 0 : lastPart * columns) + within) };
}

const isWord = (char: string | undefined): boolean => char !== undefined && /[\p{L}\p{N}_]/u.test(char);
export function wordRight(state: NanoState): NanoPlace {
  let { row, column } = state;
  const line = chars(state);
  while (isWord(line[column])) column += 1;
  for (; row < state.lines.length; row += 1, column = 0) {
    const here = chars(state, row);
    while (column < here.length && !isWord(here[column])) column += 1;
    if (column < here.length) return { row, column };
  }
  return { row: state.lines.length - 1, column: chars(state, state.lines.length - 1).length };
}
export function wordLeft(state: NanoState): NanoPlace {
  let { row, column } = state;
  for (;;) {
    const line = chars(state, row);
    while (column > 0 && !isWord(line[column - 1])) column -= 1;
    if (column > 0) {
      while (column > 0 && isWord(line[column - 1])) column -= 1;
      return { row, column };
    }
    if (row === 0) return { row: 0, column: 0 };
    row -= 1;
    column = chars(state, row).length;
  }
}

const digitsOf = (number: number): number => Math.max(2, String(number).length);

/** Where the cursor is, in lines, columns and characters. */
export function position(state: NanoState): string {
  const { lines, row, column, options } = state;
  const total = lines.reduce((sum, line) => sum + [...line].length + 1, -1);
  const before = lines.slice(0, row).reduce((sum, line) => sum + [...line].length + 1, 0) + column;
  const cell = cellWidth(shown(chars(state).slice(0, column).join(''), options.tabsize)) + 1;
  const width = cellWidth(shown(chars(state).join(''), options.tabsize)) + 1;
  const share = (part: number, whole: number, size: number): string =>
    String(whole === 0 ? 0 : Math.floor((part * 100) / whole)).padStart(size);
  const number = (value: number, whole: number): string => String(value).padStart(digitsOf(whole));
  return `line ${number(row + 1, lines.length)}/${String(lines.length)} (${share(row + 1, lines.length, 2)}%), col ${String(cell).padStart(2)}/${String(width)} (${share(cell, width, 3)}%), char ${number(before, total)}/${String(total)} (${share(before, total, 2)}%)`;
}

/** M-D: lines, words and characters, of what is marked where something is. */
export function wordCount(state: NanoState): string {
  const region = markedRegion(state);
  const text =
    region === undefined
      ? state.lines.join('\n')
      : [
          ...state.lines.slice(region.from.row, region.to.row + 1).map((line, at) => {
            const end = region.from.row + at === region.to.row ? region.to.column : undefined;
            return [...line].slice(at === 0 ? region.from.column : 0, end).join('');
          }),
        ].join('\n');
  const lines = text.split('\n').length - (text.endsWith('\n') || text === '' ? 1 : 0);
  const words = text.split(/[^\p{L}\p{N}]+/u).filter(Boolean).length;
  const count = (number: number, one: string): string => `${String(number)} ${one}${number === 1 ? '' : 's'}`;
  return `${region === undefined ? '' : 'In Selection:  '}${count(lines, 'line')},  ${count(words, 'word')},  ${count([...text].length, 'character')}`;
}

/** Whether a paragraph begins with a row: behind an empty line, or where the indentation changes a second time. */
function beginsParagraph({ lines }: NanoState, row: number): boolean {
  const indentOf = (at: number): string => /^\s*/.exec(lines[at] ?? '')?.[0] ?? '';
  let begins = true;
  let first = row;
  while (first > 0 && (lines[first - 1] ?? '').trim() !== '') first -= 1;
  for (let at = first + 1; at <= row; at += 1) begins = indentOf(at) !== indentOf(at - 1) && !begins;
  return begins;
}

/** M-( and M-): the beginning or the end of a paragraph. */
export function paragraphStep(state: NanoState, step: 1 | -1): NanoState {
  const last = state.lines.length - 1;
  const isText = (row: number): boolean => (state.lines[row] ?? '').trim() !== '';
  let { row } = state;
  if (step > 0) {
    while (row < last && !isText(row)) row += 1;
    do row += 1;
    while (row < last && isText(row) && !beginsParagraph(state, row));
    return { ...state, row: Math.min(row, last), column: 0 };
  }
  if (row > 0 && state.column === 0) row -= 1;
  while (row > 0 && !isText(row)) row -= 1;
  while (row > 0 && !beginsParagraph(state, row)) row -= 1;
  return { ...state, row, column: 0 };
}

/** Control with up and down: the next text behind empty lines, or the one before. */
export function blockStep(state: NanoState, step: 1 | -1): NanoState {
  const last = state.lines.length - 1;
  const isText = (row: number): boolean => (state.lines[row] ?? '').trim() !== '';
  let { row } = state;
  if (step > 0) {
    while (row < last && isText(row)) row += 1;
    while (row < last && !isText(row)) row += 1;
  } else {
    if (row > 0) row -= 1;
    while (row > 0 && !isText(row)) row -= 1;
    while (row > 0 && isText(row - 1)) row -= 1;
  }
  return { ...state, row, column: 0 };
}

/** The text a row up or down, the cursor as far along as it has to. */
export function scrolled(state: NanoState, by: 1 | -1): NanoState {
  const top = Math.max(0, Math.min(state.lines.length - 1, state.top + by));
  if (top === state.top) return state;
  const row = Math.max(top, Math.min(state.row, top + state.pageRows - 1));
  return row === state.row ? { ...state, top } : { ...vertical(state, row - state.row), top };
}

const PAIRS = '([{<)]}>';

/** M-]: the bracket that belongs to the one under the cursor. */
export function matchingBracket(state: NanoState): NanoState {
  const open = chars(state)[state.column] ?? '';
  const at = PAIRS.indexOf(open);
  if (open === '' || at < 0) return { ...state, message: 'Not a bracket' };
  const close = PAIRS.charAt((at + 4) % 8);
  const step = at < 4 ? 1 : -1;
  let depth = 0;
  for (let { row } = state; row >= 0 && row < state.lines.length; row += step) {
    const line = chars(state, row);
    const begin = row === state.row ? state.column : step > 0 ? 0 : line.length - 1;
    for (let column = begin; column >= 0 && column < line.length; column += step) {
      if (line[column] === open) depth += 1;
      if (line[column] === close) depth -= 1;
      if (depth === 0) return { ...state, row, column };
    }
  }
  return { ...state, message: 'No matching bracket' };
}

/** A line as it is shown: tabs as blanks, control characters as ^X, and blanks by signs where they are to be seen. */
export function shown(line: string, tabsize: number, whitespace = false): string {
  if (!whitespace && !/[\x00-\x1f\x7f]/.test(line)) return line;
  let out = '';
  for (const char of line) {
    if (char === ' ' && whitespace) out += '·';
    else if (char === '\t' && whitespace) out += `»${' '.repeat(tabsize - 1 - (cellWidth(out) % tabsize))}`;
    else if (char === '\t') out += ' '.repeat(tabsize - (cellWidth(out) % tabsize));
    else if (char === '\x7f') out += '^?';
    else out += char < ' ' ? `^${String.fromCharCode(char.charCodeAt(0) + 64)}` : char;
  }
  return out;
}
