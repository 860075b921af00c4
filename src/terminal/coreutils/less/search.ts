/** Searches and the filter of less. */
import { RegexBound } from '../../posix-regex.ts';
import { regexOf } from './matches.ts';
import { lineAt, lineCount, START, type LessState } from './state.ts';
import { behindPage, moved, toLine } from './view.ts';

type Matcher = (line: string) => boolean;

/** Undefined for a malformed pattern; a `!` before it asks for lines without it. */
function matcherOf(state: LessState, typed: string): Matcher | undefined {
  const inverse = typed.startsWith('!');
  const regex = regexOf(state, inverse ? typed.slice(1) : typed);
  return regex && ((line) => regex.test(line.replace(/\x1b\[[0-9;]*m/g, '')) !== inverse);
}

/** A search stopped by its bound says so. */
function bounded(state: LessState, act: () => LessState): LessState {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof RegexBound)) throw error;
    return { ...state, message: error.message };
  }
}

/** Goes to the line of the so manyeth match behind (or before) the first row; `here` counts that row in. */
export function seek(state: LessState, forward: boolean, count: number, here = false, last?: number): LessState {
  const pattern = state.search?.pattern;
  if (pattern === undefined) return { ...state, message: 'No previous regular expression' };
  const matches = matcherOf(state, pattern);
  if (matches === undefined) return { ...state, message: 'Invalid pattern' };
  return bounded(state, () => {
    const step = forward ? 1 : -1;
    let left = count;
    for (let line = last ?? state.top.line + (here ? 0 : step); line >= 0 && line < lineCount(state); line += step) {
      if (matches(lineAt(state, line))) left -= 1;
      if (left === 0) return toLine(state, line);
    }
    return { ...state, message: 'Pattern not found' };
  });
}

export function searchFor(state: LessState, sign: '/' | '?', text: string, count: number): LessState {
  const forward = sign === '/';
  // * goes on behind the end of the file, @ begins in the first.
  const [, signs = '', rest = ''] = /^([*@]*)(.*)$/su.exec(text) ?? [];
  if (signs.includes('@') && rest !== '') return searchFor(moved(state, START), sign, rest, count);
  if (signs.includes('*') && rest !== '' && state.names.length < 2) return searchFor(state, sign, rest, count);
  const pattern = text === '' ? state.search?.pattern : text;
  const known: LessState = { ...state, search: pattern === undefined ? undefined : { pattern, forward } };
  // A new search looks at all that is in sight; the same again goes on.
  if (text === '') return seek(known, forward, count);
  const behind = behindPage(state);
  const { searchesBehind } = state.options;
  return seek(
    known,
    forward,
    count,
    true,
    forward
      ? searchesBehind
        ? behind.line
        : undefined
      : Math.min(lineCount(state), behind.line + (behind.row > 0 ? 1 : 0)) - 1,
  );
}

/** Only lines with the pattern are in sight; an empty pattern shows all again. */
export function filterBy(state: LessState, pattern: string): LessState {
  const first = state.filter?.[state.top.line] ?? state.top.line;
  const all: LessState = { ...state, filter: undefined };
  if (pattern === '') return moved(all, { ...START, line: first });
  const matches = matcherOf(state, pattern);
  if (matches === undefined) return { ...state, message: 'Invalid pattern' };
  return bounded(state, () => {
    const filter = state.file.lines.flatMap((line, at) => (matches(line) ? [at] : []));
    const from = filter.findIndex((line) => line >= first);
    return moved({ ...state, filter }, { ...START, line: Math.max(0, from) });
  });
}
