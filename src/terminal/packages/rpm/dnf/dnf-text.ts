/** Numbers, columns and rows as dnf (4.14) lays them out. */
import { failed } from '../../../../protocol/errno.ts';
import type { Process } from '../../../../protocol/program.ts';

/** `1.7 M`, in steps of 1024. */
export function formatNumber(given: number, isWhole = false): string {
  const symbols = [' ', 'k', 'M', 'G', 'T'];
  let value = given;
  let depth = 0;
  while (value > 999 && depth < symbols.length - 1) {
    depth += 1;
    value /= 1024;
  }
  const text = isWhole && depth === 0 ? String(value) : value < 9.95 ? value.toFixed(1) : value.toFixed(0);
  return `${text} ${symbols[depth] ?? ''}`;
}

/** `00:04` */
export function formatTime(seconds: number): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const whole = Math.floor(seconds);
  return `${two(Math.floor(whole / 60))}:${two(whole % 60)}`;
}

/** Columns of the terminal; undefined where standard output is none. */
export function terminalWidth(process: Process): number | undefined {
  if (!process.isatty(1)) return undefined;
  const size = process.windowSize(1);
  return failed(size) || size.columns === 0 ? 80 : size.columns;
}

/** A line of what was fetched: a title, how fast, how much, how long. */
export function progressLine(title: string, bytes: number, seconds: number, width: number, end = '    '): string {
  const time = Math.max(seconds, 0.001);
  const right = ` ${formatNumber(bytes / time).padStart(5)}B/s | ${formatNumber(bytes, true).padStart(5)}B ${formatTime(time).padStart(9)}${end}`;
  // The length of the end of the line counts, too.
  const left = width - right.length - (end === '    ' ? 1 : 0);
  return `${title.slice(0, left).padEnd(left)}${right}`;
}

type Lengths = readonly (readonly [length: number, count: number])[];
const lengthsOf = (column: readonly string[]): Lengths => {
  const counts = new Map<number, number>();
  for (const { length } of column) counts.set(length, (counts.get(length) ?? 0) + 1);
  return [...counts].toSorted(([a], [b]) => a - b);
};

export interface ColumnSettings {
  /** Widths to begin with. */
  readonly columns: readonly number[];
  readonly indent: number;
  readonly remainder: number;
  /** Undefined where nobody looks at a terminal. */
  readonly width: number | undefined;
}

/** Widths of columns: where room helps most rows, it goes first. Columns without texts keep what they begin with. */
export function columnWidths(texts: readonly (readonly string[])[], settings: ColumnSettings): readonly number[] {
  const data = texts.map((column) => [...lengthsOf(column)]);
  const columns = [...settings.columns];
  let count = data.length;
  if (settings.width === undefined) {
    const full = data.map((lengths, at) => lengths.at(-1)?.[0] ?? (columns[at] ?? 0) + 1);
    full[0] = (full[0] ?? 0) + settings.indent;
    if (full.reduce((sum, each) => sum + each, 0) > 80) return full;
  }
  let room = (settings.width ?? 80) - columns.reduce((sum, each) => sum + each, 0) - (count - 1) - settings.indent;
  if (columns.at(-1) === 0) room += 1;
  while (room > 0) {
    const best = mostHelped(data, columns, room);
    const next = best === undefined ? undefined : data[best]?.shift();
    if (best !== undefined && next !== undefined) {
      const more = next[0] - (columns[best] ?? 0);
      if (columns[best] === 0 && best === count - 1) room -= 1;
      columns[best] = next[0];
      room -= more;
      continue;
    }
    const overflowed = data.filter((lengths) => lengths.length > 0).length;
    if (overflowed > 0) {
      const share = Math.floor(room / overflowed);
      for (const [at, lengths] of data.entries())
        if (lengths.length > 0) {
          columns[at] = (columns[at] ?? 0) + share;
          room -= share;
        }
    }
    count -= 1;
    const share = Math.floor(room / count);
    for (let at = 0; at < count; at += 1) columns[at] = (columns[at] ?? 0) + share;
    columns[settings.remainder] = (columns[settings.remainder] ?? 0) + room - count * share;
    room = 0;
  }
  return columns;
}

function mostHelped(data: readonly Lengths[], columns: readonly number[], room: number): number | undefined {
  let helps = 0;
  let best: number | undefined;
  for (const [at, lengths] of data.entries()) {
    let here = 0;
    for (const [length, many] of lengths) {
      if (room < length - (columns[at] ?? 0)) break;
      here += many;
    }
    if (here === 0) continue;
    if (helps > 0 && at === data.length - 1 && here / 2 < helps) continue;
    if (here < helps) continue;
    helps = here;
    best = at;
  }
  return best;
}

/** A row of texts with widths; a negative width has the text on the left. What is too long pushes the rest to the next line. */
export function row(cells: readonly (readonly [text: string, width: number])[], start = ''): string {
  let out = start;
  let column = start.length;
  for (const [text, width] of cells.slice(0, -1)) {
    const size = Math.abs(width);
    if (text.length <= size) out += `${width < 0 ? text.padEnd(size) : text.padStart(size)} `;
    else out += `${text}\n${' '.repeat(column + size + 1)}`;
    column += size + 1;
  }
  const [text, width] = cells.at(-1) ?? ['', 0];
  return out + (width < 0 ? text.padEnd(-width) : text.padStart(width));
}
