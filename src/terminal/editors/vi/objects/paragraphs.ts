/** ip and ap: paragraphs, and the lines without text between them. */
import type { ObjectAsked, TextObject } from './text-object.ts';

const ofLines = (from: number, to: number): TextObject => ({
  from: { row: from, column: 0 },
  to: { row: to, column: 0 },
  inclusive: true,
  lines: true,
});

export function paragraphObject(asked: ObjectAsked, isLines: boolean): TextObject | undefined {
  const { state, around, count, selected } = asked;
  const last = state.lines.length - 1;
  const isWhite = (row: number): boolean => !/[^ \t]/.test(state.lines[row] ?? '');
  if (selected !== undefined && selected.row !== state.row) return grown(asked, selected.row, isWhite);
  let from = state.row;
  const whiteFirst = isWhite(from);
  while (from > 0 && isWhite(from - 1) === whiteFirst) from -= 1;
  let to = from;
  while (to <= last && isWhite(to)) to += 1;
  to -= 1;
  for (let left = !around && whiteFirst ? count - 1 : count; left > 0; left -= 1) {
    if (to >= last) return undefined;
    const white = !around && isWhite(to + 1);
    if (!white) {
      to += 1;
      while (to < last && !isWhite(to + 1)) to += 1;
    }
    if (left === 1 && whiteFirst && around) break;
    if (around || white) while (to < last && isWhite(to + 1)) to += 1;
  }
  if (!whiteFirst && !isWhite(to) && around) while (from > 0 && isWhite(from - 1)) from -= 1;
  // A selection of one line that is a whole paragraph goes on.
  if (isLines && from === state.row) return grown(asked, from, isWhite) ?? undefined;
  return ofLines(from, to);
}

function grown(
  { state, around, count }: ObjectAsked,
  start: number,
  isWhite: (row: number) => boolean,
): TextObject | undefined {
  const by = state.row < start ? -1 : 1;
  const edge = by < 0 ? 0 : state.lines.length - 1;
  let { row } = state;
  for (let left = count; left > 0; left -= 1) {
    if (row === edge) return row === state.row ? undefined : ofLines(start, row);
    let white: boolean | undefined;
    for (let part = 0; part < (around ? 2 : 1); part += 1) {
      if (row === edge || white === isWhite(row + by)) break;
      row += by;
      white = isWhite(row);
      while (row !== edge && isWhite(row + by) === white) row += by;
    }
  }
  return ofLines(start, row);
}
