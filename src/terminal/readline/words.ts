/** Where words begin and end on a line. */
import type { EditorState } from './state.ts';

type Place = Pick<EditorState, 'chars' | 'cursor'>;
type Test = (char: string | undefined) => boolean;

const isLetter: Test = (char) => char !== undefined && /[\p{L}\p{N}]/u.test(char);
const isInPath: Test = (char) => char !== undefined && !/[\s/]/.test(char);
const isInk: Test = (char) => char !== undefined && !/\s/.test(char);

function leftOver({ chars }: Place, at: number, test: Test): number {
  let to = at;
  while (to > 0 && !test(chars[to - 1])) to -= 1;
  while (to > 0 && test(chars[to - 1])) to -= 1;
  return to;
}
function rightOver({ chars }: Place, at: number, test: Test): number {
  let to = at;
  while (to < chars.length && !test(chars[to])) to += 1;
  while (to < chars.length && test(chars[to])) to += 1;
  return to;
}

/** The beginning of the word of letters and digits before the cursor, `count` words back. */
export const wordLeft = (place: Place, count = 1): number =>
  repeat(count, place.cursor, (at) => leftOver(place, at, isLetter));
export const wordRight = (place: Place, count = 1): number =>
  repeat(count, place.cursor, (at) => rightOver(place, at, isLetter));
/** The same for words between blanks. */
export const blankLeft = (place: Place, count = 1): number =>
  repeat(count, place.cursor, (at) => leftOver(place, at, isInk));

/** The same for the parts of paths. */
export const pathPartLeft = (place: Place, count = 1): number =>
  repeat(count, place.cursor, (at) => leftOver(place, at, isInPath));

/** A word of the shell with its quotes, or one that is not closed. */
const SHELL_WORD = /(?:\\[\s\S]?|"(?:\\[\s\S]|[^"\\])*"?|'[^']*'?|[^\s;&|<>()"'\\])+/gu;

function shellWordPlaces({ chars }: Place): readonly (readonly [from: number, end: number])[] {
  const text = chars.join('');
  const count = (units: number): number => [...text.slice(0, units)].length;
  return [...text.matchAll(SHELL_WORD)].map(
    ({ index, 0: word }) => [count(index), count(index + word.length)] as const,
  );
}

/** Where words of the shell begin and end: quotes hold together what is between them. */
export const shellWordLeft = (place: Place, count = 1): number =>
  repeat(count, place.cursor, (at) => shellWordPlaces(place).findLast(([from]) => from < at)?.[0] ?? 0);
export const shellWordRight = (place: Place, count = 1): number =>
  repeat(count, place.cursor, (at) => shellWordPlaces(place).find(([, end]) => end > at)?.[1] ?? place.chars.length);

function repeat(count: number, from: number, step: (at: number) => number): number {
  let at = from;
  for (let turn = 0; turn < count; turn += 1) at = step(at);
  return at;
}

/** The words of a line of the history, as the shell splits them: quotes hold together what is between them. */
export const shellWords = (line: string): readonly string[] =>
  line.match(/(?:\\[\s\S]|"(?:\\[\s\S]|[^"\\])*"?|'[^']*'?|[^\s;&|<>()"'\\])+|[;&|<>()]+/g) ?? [];
