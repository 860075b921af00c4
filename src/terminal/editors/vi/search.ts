import { posixRegExp } from '../../posix-regex.ts';
import type { ViPlace, ViState } from './state.ts';

const compile = (pattern: string, ignoreCase: boolean): RegExp | undefined =>
  pattern === ''
    ? undefined
    : posixRegExp(pattern, { extended: false, global: true, ignoreCase, firstAlternative: true });

/** The next match after a place, around the end of the text; undefined where there is none. */
export function nextMatch(state: ViState, from: ViPlace, pattern: string, forward: boolean): ViPlace | undefined {
  const regex = compile(pattern, state.options.ignorecase);
  if (regex === undefined) return undefined;
  const total = state.lines.length;
  for (let step = 0; step <= total; step += 1) {
    const row = (((from.row + (forward ? step : -step)) % total) + total) % total;
    const line = state.lines[row] ?? '';
    const hits = [...line.matchAll(regex)]
      .map((hit) => [...line.slice(0, hit.index)].length)
      .filter((at) => step !== 0 || (forward ? at > from.column : at < from.column));
    const column = forward ? hits[0] : hits.at(-1);
    if (column !== undefined) return { row, column };
  }
  return undefined;
}

/** Goes to the next match, and says what vim says. */
export function searchFor(state: ViState, pattern: string, forward: boolean): ViState {
  if (pattern === '') return { ...state, message: 'E35: No previous regular expression' };
  const found = nextMatch(state, state, pattern, forward);
  if (found === undefined) return { ...state, message: `E486: Pattern not found: ${pattern}` };
  const wrapped = forward
    ? found.row < state.row || (found.row === state.row && found.column <= state.column)
    : found.row > state.row || (found.row === state.row && found.column >= state.column);
  const edge = forward ? 'search hit BOTTOM, continuing at TOP' : 'search hit TOP, continuing at BOTTOM';
  return { ...state, ...found, wanted: found.column, message: wrapped ? edge : '' };
}

/** The whole word at a column as a pattern. */
export function wordPattern(line: readonly string[], column: number): string | undefined {
  const isWord = (at: number): boolean => /[\p{L}\p{N}_]/u.test(line[at] ?? '');
  let from = column;
  while (from < line.length && !isWord(from)) from += 1;
  if (from >= line.length) return undefined;
  while (from > 0 && isWord(from - 1)) from -= 1;
  let to = from;
  while (isWord(to)) to += 1;
  return `\\<${line.slice(from, to).join('')}\\>`;
}
