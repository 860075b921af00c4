/** Draws a prompt and the line after it, over as many rows as they take. */
import { charWidth } from '../../formats/cell-width.ts';
import { searchPrompt } from './search.ts';
import type { EditorState } from './state.ts';
import { lineText, setLine } from './state.ts';

/** Where the cursor of the last drawing stands, so that the next one can go back to its start. */
export interface Drawn {
  readonly row: number;
  readonly column: number;
}

/** Nothing is drawn yet: the prompt follows whatever a program has left on the line. */
export const UNDRAWN: Drawn = { row: 0, column: 0 };

/** The text that draws prompt and line; bytes between \x01 and \x02 of a prompt take no cells. */
export function draw(
  prompt: string,
  state: EditorState,
  columns: number,
  before: Drawn,
): { readonly text: string; readonly drawn: Drawn } {
  if (state.asking !== undefined) {
    const { sign, query } = state.asking;
    const lines = prompt.slice(0, prompt.lastIndexOf('\n') + 1);
    return draw(lines + sign, { ...setLine(state, query), asking: undefined, argument: '' }, columns, before);
  }
  const shown = promptOf(prompt, state);
  const visible = shown.replace(/[\x01\x02]/g, '');
  const head = plain(shown);
  const start = position(head, columns).column;
  const line = caret(lineText(state), start);
  const body = line.replace(/\n/g, '\r\n');
  // On one row the way back is counted: what stands before the prompt stays.
  let text = before.row > 0 ? `${up(before.row)}\r` : left(before.column);
  text += `\x1b[J${visible}${body}`;
  const end = position(head + line, columns);
  const at = position(head + caret(state.chars.slice(0, state.cursor).join(''), start), columns);
  if (end.row === 0) return { text: text + left(end.column - at.column), drawn: at };
  // A line that fills the last column leaves the terminal's cursor there until something follows.
  if (end.column === 0 && !lineText(state).endsWith('\n')) text += ' \r\x1b[K';
  text += `${up(end.row - at.row)}\r${at.column > 0 ? `\x1b[${String(at.column)}C` : ''}`;
  return { text, drawn: at };
}

/** A search and a numeric argument stand in place of the prompt's last line. */
function promptOf(prompt: string, { search, argument }: EditorState): string {
  const lines = prompt.slice(0, prompt.lastIndexOf('\n') + 1);
  if (search !== undefined) return lines + searchPrompt(search);
  return argument === '' ? prompt : `${lines}(arg: ${argument === '-' ? '-1' : argument.replace('*', '')}) `;
}

const up = (rows: number): string => (rows > 0 ? `\x1b[${String(rows)}A` : '');
const left = (columns: number): string => (columns > 0 ? `\x1b[${String(columns)}D` : '');

/** Control characters as ^X: what was pasted must not move the cursor or change the terminal. */
const caret = (text: string, start: number): string =>
  withoutTabs(text, start).replace(/[\x00-\x09\x0b-\x1f\x7f-\x9f]/g, (char) =>
    char === '\x7f'
      ? '^?'
      : char > '\x7f'
        ? `M-^${String.fromCharCode(char.charCodeAt(0) - 64)}`
        : `^${String.fromCharCode(char.charCodeAt(0) + 64)}`,
  );

/** Blanks up to the next eighth column in place of each tab. */
function withoutTabs(text: string, start: number): string {
  if (!text.includes('\t')) return text;
  let column = start;
  let out = '';
  for (const char of text) {
    const shown = char === '\t' ? ' '.repeat(8 - (column % 8)) : char;
    out += shown;
    column = char === '\n' ? 0 : column + (char === '\t' ? shown.length : charWidth(char));
  }
  return out;
}

const plain = (prompt: string): string =>
  prompt.replace(/\x01[^\x02]*\x02/g, '').replace(/\x1b\[[0-9;?]*[A-Za-z]|\x1b\][^\x07]*\x07/g, '');

function position(text: string, columns: number): { readonly row: number; readonly column: number } {
  let row = 0;
  let column = 0;
  for (const char of text) {
    if (char === '\n') {
      row += 1;
      column = 0;
      continue;
    }
    const width = charWidth(char);
    if (column + width > columns) {
      row += 1;
      column = 0;
    }
    column += width;
    if (column === columns) {
      row += 1;
      column = 0;
    }
  }
  return { row, column };
}
