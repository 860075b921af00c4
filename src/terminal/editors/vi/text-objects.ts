/** iw aw i" a" i( a( ip and their like. */
import { charsOf } from './buffer.ts';
import type { ViPlace, ViState } from './state.ts';

/** A stretch of text, the end not included. */
export interface Stretch {
  readonly from: ViPlace;
  readonly to: ViPlace;
  readonly linewise: boolean;
}

const BRACKETS: Readonly<Record<string, readonly [string, string]>> = {
  '(': ['(', ')'],
  ')': ['(', ')'],
  b: ['(', ')'],
  '{': ['{', '}'],
  '}': ['{', '}'],
  B: ['{', '}'],
  '[': ['[', ']'],
  ']': ['[', ']'],
  '<': ['<', '>'],
  '>': ['<', '>'],
};

/** The stretch that `i` or `a` with a letter names at the cursor. */
export function findTextObject(state: ViState, name: string): Stretch | undefined {
  const around = name.startsWith('a');
  const letter = name.slice(1);
  if (letter === 'w' || letter === 'W') return wordObject(state, around, letter === 'W');
  if (letter === 'p') return paragraphObject(state, around);
  if ('"\'`'.includes(letter)) return quoteObject(state, letter, around);
  const pair = BRACKETS[letter];
  return pair === undefined ? undefined : bracketObject(state, pair, around);
}

const onLine = (row: number, from: number, to: number): Stretch => ({
  from: { row, column: from },
  to: { row, column: to },
  linewise: false,
});

function wordObject(state: ViState, around: boolean, big: boolean): Stretch {
  const line = charsOf(state);
  const kind = (at: number): number => {
    const char = line[at] ?? '';
    return /\s/.test(char) ? 0 : big || /[\p{L}\p{N}_]/u.test(char) ? 1 : 2;
  };
  let from = state.column;
  let to = state.column;
  while (from > 0 && kind(from - 1) === kind(state.column)) from -= 1;
  while (to < line.length && kind(to) === kind(state.column)) to += 1;
  if (!around) return onLine(state.row, from, to);
  if (kind(state.column) === 0) {
    const after = kind(to);
    while (to < line.length && kind(to) === after) to += 1;
    return onLine(state.row, from, to);
  }
  const end = to;
  while (to < line.length && kind(to) === 0) to += 1;
  if (to === end) while (from > 0 && kind(from - 1) === 0) from -= 1;
  return onLine(state.row, from, to);
}

function quoteObject(state: ViState, quote: string, around: boolean): Stretch | undefined {
  const line = charsOf(state);
  const marks = line.flatMap((char, at) => (char === quote && line[at - 1] !== '\\' ? [at] : []));
  for (let pair = 0; pair + 1 < marks.length; pair += 2) {
    const [open, close] = [marks[pair] ?? 0, marks[pair + 1] ?? 0];
    if (close < state.column) continue;
    if (!around) return onLine(state.row, open + 1, close);
    let [from, to] = [open, close + 1];
    while (/\s/.test(line[to] ?? '')) to += 1;
    if (to === close + 1) while (/\s/.test(line[from - 1] ?? '')) from -= 1;
    return onLine(state.row, from, to);
  }
  return undefined;
}

function bracketObject(state: ViState, [open, close]: readonly [string, string], around: boolean): Stretch | undefined {
  const places = state.lines.flatMap((line, row) => [...line].map((char, column) => ({ char, row, column })));
  const here = places.findIndex(({ row, column }) => row === state.row && column === state.column);
  let depth = 0;
  let start = here;
  for (; start >= 0; start -= 1) {
    const char = places[start]?.char;
    if (char === close && start !== here) depth += 1;
    else if (char === open) {
      if (depth === 0) break;
      depth -= 1;
    }
  }
  // Outside of any pair vim takes the next one of the line.
  if (start < 0)
    start = places.findIndex(({ char, row, column }) => char === open && row === state.row && column >= state.column);
  if (start < 0) return undefined;
  depth = 0;
  const end = places.findIndex(({ char }, at) => {
    if (at <= start) return false;
    if (char === open) depth += 1;
    else if (char === close) depth -= 1;
    return depth < 0;
  });
  const [from, to] = [places[start], places[end]];
  if (from === undefined || to === undefined) return undefined;
  return around
    ? { from, to: { row: to.row, column: to.column + 1 }, linewise: false }
    : { from: { row: from.row, column: from.column + 1 }, to, linewise: false };
}

function paragraphObject(state: ViState, around: boolean): Stretch {
  const isEmpty = (row: number): boolean => (state.lines[row] ?? '') === '';
  let from = state.row;
  let to = state.row;
  while (from > 0 && isEmpty(from - 1) === isEmpty(state.row)) from -= 1;
  while (to + 1 < state.lines.length && isEmpty(to + 1) === isEmpty(state.row)) to += 1;
  if (around) while (to + 1 < state.lines.length && isEmpty(to + 1) !== isEmpty(state.row)) to += 1;
  return { from: { row: from, column: 0 }, to: { row: to, column: 0 }, linewise: true };
}
