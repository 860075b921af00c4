/** Text in rows of so many cells. */

/** What a piece of text looks like, and how many cells it takes. */
export interface Shown {
  readonly text: string;
  readonly width: number;
}

/** The rows that pieces take: one that no longer fits begins the next. `show` is told the column where a piece stands. */
export function foldRows<Piece>(
  pieces: Iterable<Piece>,
  columns: number,
  show: (piece: Piece, column: number) => Shown,
): readonly string[] {
  const rows: string[] = [];
  let row = '';
  let used = 0;
  for (const piece of pieces) {
    const { text, width } = show(piece, used);
    if (used + width > columns) {
      rows.push(row);
      row = '';
      used = 0;
    }
    row += text;
    used += width;
  }
  return [...rows, row];
}
