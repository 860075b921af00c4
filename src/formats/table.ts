/**
 * Columns of text aligned as Go's text/tabwriter does it.
 * A cell ends with a tab; what follows the last tab of a line takes part in no column. Columns reach as far as
 * consecutive lines have a cell in them.
 */

export interface TabOptions {
  readonly minWidth: number;
  readonly padding: number;
  /** Widths of earlier flushes stay as least widths (kubectl's RememberWidths, for `get -w`). */
  readonly rememberWidths?: boolean;
}

/** `kubectl get` and most tables of kubectl. */
export const KUBECTL_TABLE: TabOptions = { minWidth: 6, padding: 3, rememberWidths: true };
/** `kubectl describe`. */
export const DESCRIBE_TABLE: TabOptions = { minWidth: 0, padding: 2 };
/** `docker ps` and the other lists of docker. */
export const DOCKER_TABLE: TabOptions = { minWidth: 10, padding: 3 };

/** Collects text with tabs and gives it out aligned. */
export class TabWriter {
  private readonly options: TabOptions;
  private readonly remembered: number[];
  private pending = '';

  /** `remembered` are the widths of an earlier writer that this one goes on from. */
  constructor(options: TabOptions, remembered: readonly number[] = []) {
    this.options = options;
    this.remembered = [...remembered];
  }

  /** Widths that further lines keep to, where the options ask for that. */
  widths(): readonly number[] {
    return [...this.remembered];
  }

  write(text: string): void {
    this.pending += text;
  }

  /** Everything written since the last flush, aligned. */
  flush(): string {
    const lines = this.pending.split('\n').map((line) => line.split('\t'));
    this.pending = '';
    return this.even(lines) ?? this.uneven(lines);
  }

  /** The common case, quickly: every line has the same cells, so columns reach from the first to the last. */
  private even(lines: readonly string[][]): string | undefined {
    const count = lines[0]?.length ?? 0;
    const last = lines.length - 1;
    for (const [index, line] of lines.entries())
      if (line.length !== count && !(index === last && line.length === 1 && line[0] === '')) return undefined;
    if (count < 2) return undefined;
    const widths: number[] = [];
    for (let column = 0; column < count - 1; column += 1) {
      let widest = this.options.minWidth - this.options.padding;
      for (const line of lines) {
        const cell = line[column];
        if (cell !== undefined && cell.length > widest) widest = Math.max(widest, runeCount(cell));
      }
      widths.push(this.remember(column, widest + this.options.padding));
    }
    let out = '';
    for (const [index, line] of lines.entries()) {
      if (index > 0) out += '\n';
      if (index === last && line.length === 1) continue;
      for (let column = 0; column < count - 1; column += 1) {
        const cell = line[column] ?? '';
        out += cell.padEnd((widths[column] ?? 0) + cell.length - runeCount(cell));
      }
      out += line[count - 1] ?? '';
    }
    return out;
  }

  private uneven(lines: readonly string[][]): string {
    const out: string[] = [];
    this.block(lines, 0, lines.length, [], out);
    return out.join('\n');
  }

  private block(lines: readonly string[][], from: number, to: number, widths: readonly number[], out: string[]): void {
    const column = widths.length;
    let printed = from;
    let index = from;
    while (index < to) {
      if (!hasCell(lines[index], column)) {
        index += 1;
        continue;
      }
      for (; printed < index; printed += 1) out.push(writeLine(lines[printed] ?? [], widths));
      let width = this.options.minWidth;
      for (; index < to && hasCell(lines[index], column); index += 1) {
        width = Math.max(width, runeCount(lines[index]?.[column] ?? '') + this.options.padding);
      }
      this.block(lines, printed, index, [...widths, this.remember(column, width)], out);
      printed = index;
    }
    for (; printed < to; printed += 1) out.push(writeLine(lines[printed] ?? [], widths));
  }

  private remember(column: number, width: number): number {
    if (this.options.rememberWidths !== true) return width;
    const widest = Math.max(width, this.remembered[column] ?? 0);
    this.remembered[column] = widest;
    return widest;
  }
}

/** Rows of cells as aligned text, every row with a final newline; an empty list is empty text. */
export function formatTable(rows: readonly (readonly string[])[], options: TabOptions = KUBECTL_TABLE): string {
  if (rows.length === 0) return '';
  const writer = new TabWriter(options);
  writer.write(rows.map((row) => `${row.join('\t')}\n`).join(''));
  return writer.flush();
}

function hasCell(line: readonly string[] | undefined, column: number): boolean {
  return line !== undefined && column < line.length - 1;
}

function writeLine(cells: readonly string[], widths: readonly number[]): string {
  let out = '';
  for (const [index, cell] of cells.entries()) {
    const width = widths[index];
    out += cell;
    if (width !== undefined && index < cells.length - 1) out += ' '.repeat(Math.max(0, width - runeCount(cell)));
  }
  return out;
}

function runeCount(text: string): number {
  // Only surrogates make a text longer than its characters.
  for (let index = 0; index < text.length; index += 1) {
    if (text.charCodeAt(index) >= 0xd800) return Array.from(text).length;
  }
  return text.length;
}
