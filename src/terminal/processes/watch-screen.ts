/** What watch shows of a command's output: characters in rows, with the styles that -c lets through. */
import type { WindowSize } from '../../protocol/program.ts';

/** A character with what is said of its style before it; the rest of a double-width character is empty. */
export interface Cell {
  readonly text: string;
  readonly style: string;
}
export type Screen = readonly (readonly Cell[])[];

const TAB = 8;
const ESCAPE = /\x1b\[([\d;]*)([A-Za-z])|\x1b./y;

/** The output laid out in rows and cut to them; styles are SGR parameters. */
export function layOut(
  output: string,
  { columns, rows }: WindowSize,
  { color, wrap }: { readonly color: boolean; readonly wrap: boolean },
): Screen {
  const screen: Cell[][] = [[]];
  let style = '';
  let isCut = false;
  const put = (text: string): void => {
    let line = screen.at(-1) ?? [];
    if (line.length >= columns) {
      if (!wrap) isCut = true;
      else if (!isCut) screen.push((line = []));
    }
    if (!isCut && screen.length <= rows) line.push({ text, style });
  };
  for (let at = 0; at < output.length && screen.length <= rows;) {
    ESCAPE.lastIndex = at;
    const escape = color ? ESCAPE.exec(output) : null;
    if (escape !== null) {
      if (escape[2] === 'm') style = /^0?$/.test(escape[1] ?? '') ? '' : [style, escape[1]].filter(Boolean).join(';');
      at += escape[0].length;
      continue;
    }
    const character = String.fromCodePoint(output.codePointAt(at) ?? 0);
    at += character.length;
    if (character === '\n') {
      screen.push([]);
      isCut = false;
    } else if (character === '\t') {
      const line = screen.at(-1) ?? [];
      for (let blanks = TAB - (line.length % TAB); blanks > 0 && !(line.length >= columns); blanks -= 1) put(' ');
    } else if (character >= ' ' && character !== '\x7f') put(character);
  }
  return screen.slice(0, rows);
}

const cellAt = (screen: Screen, row: number, column: number): string => screen[row]?.[column]?.text ?? ' ';

/** Cells that differ from those before, as `row,column`. */
export function changedCells(before: Screen, now: Screen): ReadonlySet<string> {
  const changed = new Set<string>();
  for (let row = 0; row < Math.max(before.length, now.length); row += 1)
    for (let column = 0; column < Math.max(before[row]?.length ?? 0, now[row]?.length ?? 0); column += 1)
      if (cellAt(before, row, column) !== cellAt(now, row, column)) changed.add(`${String(row)},${String(column)}`);
  return changed;
}

/** The rows as a terminal takes them; what is marked stands out. */
export function painted(screen: Screen, marked: ReadonlySet<string>): readonly string[] {
  return screen.map((cells, row) => {
    let line = '';
    let current = '';
    // Blanks that have come in the place of text are marked as well.
    const columns = Math.max(
      cells.length,
      ...[...marked].map((key) => {
        const [at, column] = key.split(',').map(Number);
        return at === row ? (column ?? 0) + 1 : 0;
      }),
    );
    for (let column = 0; column < columns; column += 1) {
      const cell = cells[column] ?? { text: ' ', style: '' };
      const wanted = [cell.style, marked.has(`${String(row)},${String(column)}`) ? '7' : ''].filter(Boolean).join(';');
      if (wanted !== current) line += `${current === '' ? '' : '\x1b[m'}${wanted === '' ? '' : `\x1b[${wanted}m`}`;
      current = wanted;
      line += cell.text;
    }
    return current === '' ? line : `${line}\x1b[m`;
  });
}

/** Interval and command to the left, host and time to the right; what has no room is left out. */
export function headerLine(left: string, command: string, right: string, columns: number): string {
  if (columns < right.length) return '';
  if (columns < right.length + left.length + 1) return right.padStart(columns);
  const room = columns - right.length - left.length - 1;
  const shown = command.length <= room ? command : room < 3 ? '' : `${command.slice(0, room - 3)}...`;
  return `${left}${shown}${right.padStart(columns - left.length - shown.length)}`;
}
