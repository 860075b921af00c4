/** What a pattern of less matches in a line. */
import { posixRegExp, RegexBound } from '../../posix-regex.ts';
import type { LessState } from './state.ts';

export function regexOf({ options }: LessState, source: string): RegExp | undefined {
  const capital = /\p{Lu}/u.test(source);
  const ignoreCase = options.ignoreCase === 'always' || (options.ignoreCase === 'unless-capital' && !capital);
  return posixRegExp(source, { extended: true, ignoreCase });
}

/** From a character of a line, without colours, to another that is not included. */
export type Span = readonly [from: number, to: number];

/** What stands out in a line: the matches of the last search. */
export function matchesIn(state: LessState, line: string): readonly Span[] {
  const pattern = state.search?.pattern;
  if (pattern === undefined || pattern.startsWith('!') || state.behindHelp !== undefined) return [];
  const regex = regexOf(state, pattern);
  if (regex === undefined) return [];
  const text = line.replace(/\x1b\[[0-9;]*m/g, '');
  const spans: Span[] = [];
  try {
    for (let from = 0; from < text.length;) {
      const hit = regex.exec(text.slice(from));
      if (hit === null) break;
      const start = from + hit.index;
      const end = start + hit[0].length;
      if (end > start) spans.push([start, end]);
      if (pattern.startsWith('^')) break;
      from = Math.max(end, start + 1);
    }
    return spans;
  } catch (error) {
    if (error instanceof RegexBound) return [];
    throw error;
  }
}
