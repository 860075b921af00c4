/** ^A and ^X: the number at or after the cursor, in decimal, hexadecimal or binary. */
import { charsOf, setLine } from '../state/buffer.ts';
import type { ViState } from '../state/state.ts';
import { remember } from '../state/undo.ts';

const NUMBER = /0[xX][0-9a-fA-F]+|0[bB][01]+|-?\d+/g;

interface Changed {
  readonly text: string;
  /** The last character of the number. */
  readonly column: number;
}

function addInLine(line: string, column: number, by: number): Changed | undefined {
  for (const { 0: number, index } of line.matchAll(NUMBER)) {
    const from = [...line.slice(0, index)].length;
    const end = from + number.length;
    if (end <= column) continue;
    const made = add(number, by);
    return { text: line.slice(0, index) + made + line.slice(index + number.length), column: from + made.length - 1 };
  }
  return undefined;
}

function add(number: string, by: number): string {
  const [, prefix = '', digits = ''] = /^(0[xXbB])(.+)$/.exec(number) ?? [];
  if (prefix === '') {
    const made = BigInt(number) + BigInt(by);
    // Leading zeros stay.
    const width = /^-?0\d/.test(number) ? number.replace('-', '').length : 0;
    const bare = (made < 0n ? -made : made).toString().padStart(width, '0');
    return made < 0n ? `-${bare}` : bare;
  }
  const base = prefix.toLowerCase() === '0x' ? 16 : 2;
  const made = BigInt.asUintN(64, BigInt(number) + BigInt(by))
    .toString(base)
    .padStart(digits.length, '0');
  return prefix + (/[A-F]/.test(digits) ? made.toUpperCase() : made);
}

export const addToNumber =
  (sign: 1 | -1) =>
  (state: ViState, count: number): ViState => {
    const changed = addInLine(state.lines[state.row] ?? '', state.column, sign * count);
    // Without a number it beeps, and a macro goes on.
    if (changed === undefined) return state;
    return { ...setLine(remember(state), state.row, changed.text), column: changed.column };
  };

/** The first number of each row; `grows`: each by as much more than the one before. */
export function addToRows(
  state: ViState,
  [from, to]: readonly [number, number],
  by: number,
  grows: boolean,
  columns: (row: number) => readonly [number, number],
): ViState {
  let made = remember({ ...state, row: from });
  let turn = 1;
  for (let row = from; row <= to; row += 1) {
    const line = charsOf(state, row);
    const [first, end] = columns(row);
    const changed = addInLine(line.slice(first, end).join(''), 0, by * turn);
    if (changed === undefined) continue;
    made = setLine(made, row, line.slice(0, first).join('') + changed.text + line.slice(end).join(''));
    if (grows) turn += 1;
  }
  return { ...made, row: from, column: columns(from)[0] };
}
