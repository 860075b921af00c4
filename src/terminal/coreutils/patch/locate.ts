/** Where a hunk fits into a file. */
import { contextOf, firstLine, type Hunk, type HunkLine, oldLines } from './hunk.ts';

export interface Place {
  readonly hunk: Hunk;
  readonly input: readonly string[];
  /** By how much earlier hunks were found away from where they said. */
  readonly offset: number;
  /** The last line that a hunk has used. */
  readonly frozen: number;
  /** How many lines of context may differ. */
  readonly fuzz: number;
  readonly same: (ours: string, theirs: string) => boolean;
}

/** The line, from 1, where the hunk's old lines begin; undefined where they are nowhere. */
export function locate(place: Place): number | undefined {
  const { hunk, input, fuzz, frozen } = place;
  const pattern = oldLines(hunk);
  const guess = firstLine(hunk) + place.offset;
  if (pattern.length === 0) return guess;
  const { prefix, suffix } = contextOf(hunk);
  const context = Math.max(prefix, suffix);
  const [before, behind] = [fuzz + prefix - context, fuzz + suffix - context];
  const down = input.length - (pattern.length - behind) + 1 - guess;
  const up = Math.min(guess - (frozen + 1), guess - 1);
  const fits = (at: number, skip: readonly [number, number]): boolean => matches(place, pattern, at, skip);
  if (before < 0 && hunk.from <= 1) {
    if (behind < 0 && (pattern.length !== input.length || prefix < frozen)) return undefined;
    return frozen <= prefix && 1 - guess <= down && fits(1, [0, Math.max(0, behind)]) ? 1 : undefined;
  }
  const skipBefore = Math.max(0, before);
  if (behind < 0) {
    const last = input.length - pattern.length + 1;
    return guess - last <= up && fits(last, [skipBefore, 0]) ? last : undefined;
  }
  for (let away = 0; away <= Math.max(down, up); away += 1) {
    if (away <= down && fits(guess + away, [skipBefore, behind])) return guess + away;
    if (away > 0 && away <= up && fits(guess - away, [skipBefore, behind])) return guess - away;
  }
  return undefined;
}

function matches(
  { input, same }: Place,
  pattern: readonly HunkLine[],
  at: number,
  [before, behind]: readonly [number, number],
): boolean {
  for (let index = before; index < pattern.length - behind; index += 1) {
    const ours = input[at - 1 + index];
    const theirs = pattern[index];
    if (ours === undefined || theirs === undefined || !same(ours, written(theirs))) return false;
  }
  return true;
}

/** A line as files hold it, with its end of line. */
export const written = ({ text, unterminated }: HunkLine): string => (unterminated ? text : `${text}\n`);
