/** A name with the cells it takes. */
export interface Cell {
  readonly text: string;
  readonly width: number;
}

/** As many columns as fit, each as wide as its widest name and two blanks. */
export function inColumns(cells: readonly Cell[], width: number, across = false): string {
  if (cells.length === 0) return '';
  for (let columns = Math.min(cells.length, Math.max(1, Math.floor(width / 3))); columns >= 1; columns -= 1) {
    const rows = Math.ceil(cells.length / columns);
    if (!across && Math.ceil(cells.length / rows) < columns) continue;
    const at = (row: number, column: number): Cell | undefined =>
      cells[across ? row * columns + column : column * rows + row];
    const widths = Array.from({ length: columns }, (_, column) =>
      Math.max(...Array.from({ length: rows }, (__, row) => at(row, column)?.width ?? 0)),
    );
    if (columns > 1 && widths.reduce((sum, one) => sum + one + 2, -2) >= width) continue;
    let out = '';
    for (let row = 0; row < rows; row += 1) {
      for (let column = 0; column < columns; column += 1) {
        const cell = at(row, column);
        if (cell === undefined) continue;
        out +=
          at(row, column + 1) === undefined || column === columns - 1
            ? cell.text
            : cell.text + ' '.repeat((widths[column] ?? 0) + 2 - cell.width);
      }
      out += '\n';
    }
    return out;
  }
  return `${cells.map(({ text }) => text).join('\n')}\n`;
}
