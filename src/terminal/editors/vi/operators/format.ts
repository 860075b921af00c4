/** gq and gw: paragraphs with lines that are as long as `textwidth` lets them be. */
import { cellWidth } from '../../../../formats/cell-width.ts';
import { firstText, replaceRows } from '../state/buffer.ts';
import { indentWidth } from '../insert/indentation.ts';
import type { ViState } from '../state/state.ts';
import { countMessage } from './count-message.ts';
import { remember } from '../state/undo.ts';

const WIDEST = 79;

const indentOf = (line: string): string => /^[ \t]*/.exec(line)?.[0] ?? '';

/** The words of a paragraph in lines; the first keeps its indentation, with `autoindent` the others that of the second. */
function filled(rows: readonly string[], { options }: ViState, width: number): readonly string[] {
  const first = indentOf(rows[0] ?? '');
  const others = options.autoindent ? indentOf(rows[1] ?? rows[0] ?? '') : '';
  const lines: string[] = [];
  let line = first;
  let used = indentWidth(options, first);
  let isStart = true;
  for (const word of rows.flatMap((row) => row.trim().split(/\s+/))) {
    const size = cellWidth(word);
    if (!isStart && used + 1 + size > width) {
      lines.push(line);
      line = others;
      used = indentWidth(options, others);
      isStart = true;
    }
    line += isStart ? word : ` ${word}`;
    used += size + (isStart ? 0 : 1);
    isStart = false;
  }
  return [...lines, line];
}

export function formatLines(state: ViState, from: number, to: number, keepsCursor: boolean): ViState {
  const width = state.options.textwidth || Math.min(WIDEST, state.pageColumns - 1);
  const made: string[] = [];
  let paragraph: string[] = [];
  const flush = (): void => {
    if (paragraph.length > 0) made.push(...filled(paragraph, state, width));
    paragraph = [];
  };
  for (const row of state.lines.slice(from, to + 1)) {
    if (row.trim() !== '') paragraph.push(row);
    else {
      flush();
      made.push(row);
    }
  }
  flush();
  const isSame = made.length === to - from + 1 && made.every((row, at) => row === state.lines[from + at]);
  const after = isSame ? state : replaceRows(remember({ ...state, row: from }), from, to + 1, made);
  const message = countMessage(to - from + 1 - made.length, 'fewer lines') || state.message;
  const last = Math.min(from + made.length - 1, after.lines.length - 1);
  return keepsCursor
    ? { ...after, message, row: Math.min(state.row, last) }
    : { ...after, message, row: last, column: firstText(after, last) };
}
