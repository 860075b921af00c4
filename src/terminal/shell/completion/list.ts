/** Listing what could be meant: as many columns as fit, asked about first where there are many, shown a screen at a time. */
import { cellWidth } from '../../../formats/cell-width.ts';

/** Rows as readline lists matches: columns of one width, filled downwards, or row by row. */
export function listRows(labels: readonly string[], columns: number, isHorizontal = false): readonly string[] {
  const width = Math.max(...labels.map(cellWidth)) + 2;
  let across = Math.floor(columns / width);
  if (across > 1 && across * width === columns) across -= 1;
  across = Math.max(1, across);
  const rows = Math.ceil(labels.length / across);
  return Array.from({ length: rows }, (_, row) => {
    let text = '';
    for (let column = 0; column < across; column += 1) {
      const label = labels[isHorizontal ? row * across + column : column * rows + row];
      if (label === undefined) break;
      text += column + 1 < across ? label + ' '.repeat(width - cellWidth(label)) : label;
    }
    return text;
  });
}

/** What all of some texts begin with. */
export const commonStart = (texts: readonly string[]): string =>
  texts.reduce((a, b) => {
    const [left, right] = [[...a], [...b]];
    const size = left.findIndex((char, at) => char !== right[at]);
    return size < 0 ? a : left.slice(0, size).join('');
  });
