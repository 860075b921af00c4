/** Sentences: they end with . ! or ? and a blank, and with an empty line. */
import { charsOf } from '../state/buffer.ts';
import type { ViPlace, ViState } from '../state/state.ts';

/** The columns of a line at which a sentence begins. */
function startsIn(state: ViState, row: number): readonly number[] {
  const line = charsOf(state, row);
  if (line.length === 0) return row === 0 || (state.lines[row - 1] ?? '') !== '' ? [0] : [];
  const starts: number[] = [];
  const before = state.lines[row - 1];
  const first = line.findIndex((char) => !/\s/.test(char));
  if (first >= 0 && (before === undefined || before === '' || /[.!?][)\]"']*\s*$/.test(before))) starts.push(first);
  for (const { index, 0: gap } of line.join('').matchAll(/[.!?][)\]"']*\s+(?=\S)/g)) {
    const column = [...line.join('').slice(0, index + gap.length)].length;
    if (!starts.includes(column)) starts.push(column);
  }
  return starts;
}

/** The next place at which a sentence begins, or the one before; the ends of the text where there is none. */
export function sentenceStep(state: ViState, from: ViPlace, step: 1 | -1): ViPlace | undefined {
  for (let { row } = from; row >= 0 && row < state.lines.length; row += step) {
    const starts = startsIn(state, row);
    const found =
      step > 0
        ? starts.find((column) => row > from.row || column > from.column)
        : starts.findLast((column) => row < from.row || column < from.column);
    if (found !== undefined) return { row, column: found };
  }
  const last = state.lines.length - 1;
  const end = step > 0 ? { row: last, column: Math.max(0, charsOf(state, last).length - 1) } : { row: 0, column: 0 };
  return end.row === from.row && end.column === from.column ? undefined : end;
}
