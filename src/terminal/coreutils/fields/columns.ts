/** A name with the cells it takes. */
export interface Cell {
  readonly text: string;
  readonly width: number;
}

interface Layout {
  /** The screen's; 0 is without end. */
  readonly width: number;
  readonly across?: boolean;
  /** Between columns tabs are written where one reaches; 0: blanks alone. */
  readonly tab?: number;
}

const NARROWEST = 3;
const GAP = 2;

/** As many columns as fit, each as wide as its widest name and two blanks. */
export function inColumns(cells: readonly Cell[], { width, across = false, tab = 0 }: Layout): string {
  const most = width === 0 ? cells.length : Math.min(cells.length, Math.max(1, Math.ceil(width / NARROWEST)));
  for (let columns = most; columns >= 1; columns -= 1) {
    const rows = Math.ceil(cells.length / columns);
    if (!across && Math.ceil(cells.length / rows) < columns) continue;
    const at = (row: number, column: number): Cell | undefined =>
      cells[across ? row * columns + column : column * rows + row];
    const widths = Array.from({ length: columns }, (_, column) => {
      const widest = Math.max(...Array.from({ length: rows }, (__, row) => at(row, column)?.width ?? 0));
      return Math.max(NARROWEST, widest + (column === columns - 1 ? 0 : GAP));
    });
    if (columns > 1 && width > 0 && widths.reduce((sum, one) => sum + one, 0) >= width) continue;
    return Array.from({ length: rows }, (_, row) => {
      const line = widths.map((_one, column) => at(row, column)).filter((cell) => cell !== undefined);
      return `${rowText(line, widths, tab)}\n`;
    }).join('');
  }
  return '';
}

function rowText(cells: readonly Cell[], widths: readonly number[], tab: number): string {
  let out = '';
  let start = 0;
  for (const [column, cell] of cells.entries()) {
    out += cell.text;
    const end = start + (widths[column] ?? 0);
    if (column < cells.length - 1) out += gap(start + cell.width, end, tab);
    start = end;
  }
  return out;
}

/** Tabs and blanks from one cell to another. */
function gap(from: number, to: number, tab: number): string {
  let out = '';
  for (let at = from; at < to;) {
    const reaches = tab > 0 && Math.floor(to / tab) > Math.floor((at + 1) / tab);
    out += reaches ? '\t' : ' ';
    at += reaches ? tab - (at % tab) : 1;
  }
  return out;
}
