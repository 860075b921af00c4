/** ^J and M-J: paragraphs filled up to eight columns less than the terminal. */
import { cellWidth } from '../../../formats/cell-width.ts';
import { changed } from './edit.ts';
import type { NanoState } from './state.ts';

const indentOf = (line: string): string => /^[ \t]*/.exec(line)?.[0] ?? '';
const isText = (line: string | undefined): boolean => line !== undefined && line.trim() !== '';

/** Whether a paragraph begins at a row: after no text, or where the indentation changes a second time. */
function begins(lines: readonly string[], row: number): boolean {
  if (row === 0 || !isText(lines[row - 1])) return true;
  if (indentOf(lines[row] ?? '') === indentOf(lines[row - 1] ?? '')) return false;
  return !begins(lines, row - 1);
}

function paragraphAt(lines: readonly string[], row: number): readonly [number, number] | undefined {
  let from = row;
  while (from < lines.length && !isText(lines[from])) from += 1;
  if (from >= lines.length) return undefined;
  while (!begins(lines, from)) from -= 1;
  let to = from + 1;
  while (isText(lines[to]) && !begins(lines, to)) to += 1;
  return [from, to];
}

/** The words of some lines in lines of a width; the first line's indentation is the first's, the second's that of the others. */
function filled(rows: readonly string[], width: number): readonly string[] {
  const first = indentOf(rows[0] ?? '');
  const rest = rows.length > 1 ? indentOf(rows[1] ?? '') : first;
  const words = rows.flatMap((row) => row.trim().split(/[ \t]+/));
  const made: string[] = [];
  let line = first + (words[0] ?? '');
  for (const word of words.slice(1)) {
    if (cellWidth(line) + 1 + cellWidth(word) <= width) line += ` ${word}`;
    else {
      made.push(line);
      line = rest + word;
    }
  }
  return [...made, line];
}

export function justify(state: NanoState, columns: number, whole: boolean): NanoState {
  const width = columns - 8;
  let { lines } = state;
  let row = whole ? 0 : state.row;
  let found = paragraphAt(lines, row);
  if (found === undefined) return { ...state, message: whole ? 'Justified file' : 'Nothing changed' };
  while (found !== undefined) {
    const [from, to] = found;
    const made = filled(lines.slice(from, to), width);
    lines = [...lines.slice(0, from), ...made, ...lines.slice(to)];
    row = from + made.length;
    found = whole ? paragraphAt(lines, row) : undefined;
  }
  const at = whole ? 0 : Math.min(row, lines.length - 1);
  return {
    ...changed(state, { ...state, lines, row: at, column: 0 }, 'justification'),
    message: whole ? 'Justified file' : 'Justified paragraph',
  };
}
