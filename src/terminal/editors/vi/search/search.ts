/** / ? n N * #: matches, with vim's offsets (/pat/e, /pat/+1). */
import { charsOf } from '../state/buffer.ts';
import type { ViPlace, ViState } from '../state/state.ts';
import { isWordChar, wordClass } from '../state/word-class.ts';
import { patternFault, vimRegExp } from './vim-pattern.ts';

const compile = (pattern: string, { options }: ViState): RegExp | undefined =>
  pattern === '' ? undefined : vimRegExp(pattern, { ignoreCase: options.ignorecase, smartCase: options.smartcase });

interface Match extends ViPlace {
  /** In characters. */
  readonly length: number;
}

/** The next match after a place, around the end of the text; undefined where there is none. */
export function nextMatch(state: ViState, from: ViPlace, pattern: string, forward: boolean): Match | undefined {
  const regex = compile(pattern, state);
  if (regex === undefined) return undefined;
  const total = state.lines.length;
  for (let step = 0; step <= total; step += 1) {
    const unwrapped = from.row + (forward ? step : -step);
    if (!state.options.wrapscan && (unwrapped < 0 || unwrapped >= total)) return undefined;
    const row = ((unwrapped % total) + total) % total;
    const line = state.lines[row] ?? '';
    const hits = [...line.matchAll(regex)]
      .map((hit) => ({ row, column: [...line.slice(0, hit.index)].length, length: [...hit[0]].length }))
      .filter(({ column }) => step !== 0 || (forward ? column > from.column : column < from.column));
    const hit = forward ? hits[0] : hits.at(-1);
    if (hit !== undefined) return hit;
  }
  return undefined;
}

/** The match that the cursor is on, else the next one. */
export function matchAround(state: ViState, forward: boolean): Match | undefined {
  const { pattern } = state.search;
  const here = nextMatch(state, { row: state.row, column: state.column + 1 }, pattern, false);
  if (here?.row === state.row && here.column <= state.column && state.column < here.column + here.length) return here;
  return nextMatch(state, { row: state.row, column: state.column }, pattern, forward);
}

/** Where a bracket ends in whose midst a pattern does not; the end of the text where it is not closed. */
export function bracketEnd(text: string, at: number): number {
  const end = /^\[\^?\]?(?:\\.|\[:\w+:\]|[^\]])*\]/.exec(text.slice(at))?.[0];
  return end === undefined ? text.length - 1 : at + end.length - 1;
}

/** What is typed after / or ?: a pattern and an offset. */
export function splitSearch(text: string): { readonly pattern: string; readonly offset: string } {
  const sign = text.charAt(0);
  let at = 1;
  while (at < text.length && text.charAt(at) !== sign) {
    if (text.charAt(at) === '[') at = bracketEnd(text, at);
    at += text.charAt(at) === '\\' ? 2 : 1;
  }
  const pattern = text.slice(1, at);
  return { pattern: sign === '?' ? pattern.replaceAll('\\?', '?') : pattern, offset: text.slice(at + 1) };
}

export interface Found {
  /** With what was looked for, and what there is to say. */
  readonly state: ViState;
  readonly place: ViPlace | undefined;
  readonly inclusive: boolean;
  readonly linewise: boolean;
}

/** A search as it is typed: `/pattern/offset`. */
export function findMatch(state: ViState, text: string, count: number): Found {
  const forward = text.startsWith('/');
  const typed = splitSearch(text);
  const pattern = typed.pattern === '' ? state.search.pattern : typed.pattern;
  const offset = typed.pattern === '' && !text.slice(1).includes(text.charAt(0)) ? state.search.offset : typed.offset;
  return seek({ ...state, search: { pattern, forward, offset } }, forward, count);
}

export const WRAPPED = {
  forward: 'search hit BOTTOM, continuing at TOP',
  back: 'search hit TOP, continuing at BOTTOM',
} as const;

/** n and N, and the first search: the match as often as a count says. */
export function seek(state: ViState, forward: boolean, count: number): Found {
  const { pattern, offset } = state.search;
  const none = (message: string): Found => ({
    state: { ...state, message },
    place: undefined,
    inclusive: false,
    linewise: false,
  });
  if (pattern === '') return none('E35: No previous regular expression');
  if (compile(pattern, state) === undefined)
    return none(patternFault(pattern) ?? `E486: Pattern not found: ${pattern}`);
  const byLine = /^[-+]?\d+$|^[-+]$/.test(offset);
  let from: ViPlace = beginning(state, offset, forward);
  let match: Match | undefined;
  let wrapped = false;
  for (let turn = 0; turn < count; turn += 1) {
    match = nextMatch(state, from, pattern, forward);
    if (match === undefined) {
      const [edge, number] = forward ? ['BOTTOM', 'E385'] : ['TOP', 'E384'];
      return none(
        state.options.wrapscan
          ? `E486: Pattern not found: ${pattern}`
          : `${number}: Search hit ${edge} without match for: ${pattern}`,
      );
    }
    wrapped ||= forward
      ? match.row < from.row || (match.row === from.row && match.column <= from.column)
      : match.row > from.row || (match.row === from.row && match.column >= from.column);
    from = match;
  }
  const edge = WRAPPED[forward ? 'forward' : 'back'];
  const shown = `${forward ? '/' : '?'}${pattern}${offset === '' ? '' : `${forward ? '/' : '?'}${byLine ? `+${String(lineOffset(offset))}` : offset}`}`;
  const place = match === undefined ? undefined : offsetPlace(state, match, offset);
  return {
    state: { ...state, message: wrapped ? edge : shown },
    place,
    inclusive: /^[es]/.test(offset) && offset.startsWith('e'),
    linewise: byLine,
  };
}

/** With an offset the search goes on behind the match that the cursor is of. */
function beginning(state: ViState, offset: string, forward: boolean): ViPlace {
  const shift = /^[-+]?\d*$/.test(offset) && offset !== '' ? lineOffset(offset) : 0;
  if (shift === 0) return { row: state.row, column: state.column };
  return { row: state.row, column: forward ? charsOf(state).length : 0 };
}
const lineOffset = (offset: string): number => (/^[-+]$/.test(offset) ? Number(`${offset}1`) : Number(offset));

function offsetPlace(state: ViState, match: Match, offset: string): ViPlace {
  const [, kind, shift = ''] = /^([esb]?)([-+]?\d*)$/.exec(offset) ?? [];
  if (kind === undefined || offset === '') return { row: match.row, column: match.column };
  const by = shift === '' ? 0 : lineOffset(shift);
  if (kind === '') {
    const row = Math.max(0, Math.min(state.lines.length - 1, match.row + by));
    return { row, column: 0 };
  }
  return { row: match.row, column: Math.max(0, match.column + by + (kind === 'e' ? match.length - 1 : 0)) };
}

/** Goes to a match, and says what vim says. */
export function goTo({ state, place }: Found): ViState {
  if (place === undefined) return { ...state, failed: true };
  const moves = place.row !== state.row || place.column !== state.column;
  const marks = moves ? { ...state.marks, "'": { row: state.row, column: state.column } } : state.marks;
  return { ...state, ...place, wanted: undefined, marks };
}

/** The word under a cursor, else the next one of the line; `string`: where there is none, what is no blank. */
export function wordAt(
  line: readonly string[],
  column: number,
  string = false,
): { readonly word: string; readonly column: number } | undefined {
  let from = column;
  while (from < line.length && !isWordChar(line[from])) from += 1;
  if (from >= line.length) {
    from = column;
    while (string && from < line.length && wordClass(line[from]) === 0) from += 1;
    if (!string || from >= line.length) return undefined;
  }
  const kind = wordClass(line[from]);
  while (from > 0 && wordClass(line[from - 1]) === kind) from -= 1;
  let to = from;
  while (to < line.length && wordClass(line[to]) === kind) to += 1;
  return { word: line.slice(from, to).join(''), column: from };
}

/** * # g* g#: the search for the word under the cursor; undefined where there is none. */
export function wordSearch(state: ViState, name: string): ViState | undefined {
  const found = wordAt(charsOf(state), state.column, true);
  if (found === undefined) return undefined;
  const forward = name.endsWith('*');
  const text = found.word.replace(/[\\/?.*$^~[\]]/g, (sign) => (sign === '?' && forward ? sign : `\\${sign}`));
  const pattern = name.startsWith('g') || !isWordChar(found.word[0]) ? text : `\\<${text}\\>`;
  const history = [...state.history, `${forward ? '/' : '?'}${pattern}`];
  return { ...state, search: { pattern, forward, offset: '' }, history, column: found.column };
}
