/** An operator with the motion or text object that follows it. */
import { charsOf, firstText, isBefore } from '../state/buffer.ts';
import type { Motion } from '../motions/motions.ts';
import { findMotion } from '../motions/motions.ts';
import { CASES, overLines, overText } from './operators.ts';
import { findMatch, matchAround, seek, wordSearch } from '../search/search.ts';
import type { ViPlace, ViState } from '../state/state.ts';
import { fail } from '../state/state.ts';
import { findTextObject } from '../objects/find-object.ts';
import { Walk } from '../motions/walk.ts';
import { wordEnd } from '../motions/words.ts';

export interface Asked {
  readonly about: string;
  readonly count: number;
  readonly given: boolean;
}

export function operate(state: ViState, operator: string, { about, count, given }: Asked): ViState {
  if (about === operator.slice(-1) || about === operator || (about === '_' && operator === 'y')) {
    if (state.row + count > state.lines.length && count > 1 && state.row + 1 === state.lines.length) return fail(state);
    const last = Math.min(state.lines.length, state.row + count) - 1;
    const column = last === state.row ? Math.min(state.column, firstText(state, state.row)) : state.column;
    return overLines(CASES[operator] === undefined ? state : { ...state, column }, operator, state.row, last);
  }
  if (/^[ia]./su.test(about)) return overObject(state, operator, about, count);
  if (/^[/?]/.test(about)) return overSearch(state, operator, about);
  if (/^g?[*#]$/.test(about)) return overWord(state, operator, about, count);
  if (about === 'gn' || about === 'gN') return overMatch(state, operator, about === 'gn');
  const name = about === ';' || about === ',' ? lastFind(state, about) : about;
  const changesWord = operator === 'c' && /^[wW]$/.test(name) && /[^ \t]/.test(charsOf(state)[state.column] ?? '');
  // What `l` and `h` reach is not bounded by where the cursor may stand.
  const motion = changesWord
    ? changedWord(state, name === 'W', count)
    : findMotion({ ...state, pending: operator }, name, count, given);
  if (motion === undefined) return fail(state, failure(state, name));
  if (motion.linewise === true) return lineMotion(state, operator, motion);
  // Words before the beginning of the text are not there; those behind the end are cut short.
  if (motion.fails === true && isBefore(motion, state))
    return fail({ ...state, row: motion.row, column: motion.column });
  return overMotion(noteFind(state, name), operator, motion);
}

const failure = (state: ViState, name: string): string => (/^['`]/.test(name) ? 'E20: Mark not set' : state.message);

function lineMotion(state: ViState, operator: string, motion: Motion): ViState {
  const [from, to] = [Math.min(state.row, motion.row), Math.max(state.row, motion.row)];
  const { column } = isBefore(motion, state) ? motion : state;
  return overLines({ ...state, column }, operator, from, to);
}

function overObject(state: ViState, operator: string, about: string, count: number): ViState {
  const object = findTextObject(state, about, count);
  if (object === undefined) return fail(state);
  const { from, to, inclusive, lines } = object;
  const start: ViState = { ...leave(state, about, from), row: from.row, column: from.column };
  if (lines) return overLines(start, operator, from.row, to.row);
  return overStretch(start, operator, from, { row: to.row, column: to.column + (inclusive ? 1 : 0) }, inclusive);
}

/** To brackets and tags it is a jump. */
export function leave(state: ViState, about: string, { row, column }: ViPlace): ViState {
  if (/^[ia][wWsp"'`]$/.test(about) || (row === state.row && column === state.column)) return state;
  return { ...state, marks: { ...state.marks, "'": { row: state.row, column: state.column } } };
}

export const noteFind = (state: ViState, name: string): ViState =>
  /^[ftFT]./su.test(name) ? { ...state, find: name } : state;
export function lastFind({ find }: ViState, name: string): string {
  if (name === ';') return find;
  const how = find.charAt(0);
  return (how === how.toLowerCase() ? how.toUpperCase() : how.toLowerCase()) + find.slice(1);
}

/** cw changes to the end of the word, even from its last letter. */
function changedWord(state: ViState, big: boolean, count: number): Motion {
  const walk = new Walk(state, state);
  for (let left = count; left > 0; left -= 1) if (!wordEnd(walk, big, left === count)) break;
  return { ...walk.place, inclusive: true };
}

/** d/pattern and its like. */
function overSearch(state: ViState, operator: string, text: string): ViState {
  const found = findMatch(state, text, 1);
  if (found.place === undefined) return { ...found.state, failed: true };
  if (found.linewise) return lineMotion(found.state, operator, { ...found.place, linewise: true });
  return overMotion(found.state, operator, { ...found.place, inclusive: found.inclusive });
}

/** d* and its like: to where the word under the cursor stands again. */
function overWord(state: ViState, operator: string, name: string, count: number): ViState {
  const sought = wordSearch(state, name);
  if (sought === undefined) return fail(state, 'E348: No string under cursor');
  const found = seek(sought, sought.search.forward, count);
  if (found.place === undefined) return { ...found.state, failed: true };
  const done = overMotion(found.state, operator, found.place);
  return done.message === '' ? { ...done, message: found.state.message } : done;
}

/** gn: the match that the cursor is on, or the next one. */
function overMatch(state: ViState, operator: string, forward: boolean): ViState {
  const found = matchAround(state, forward);
  if (found === undefined) return fail(state);
  return overText(state, operator, found, { row: found.row, column: found.column + found.length });
}

function overMotion(state: ViState, operator: string, motion: Motion): ViState {
  const backwards = isBefore(motion, state);
  const from = backwards ? motion : state;
  const reach = motion.inclusive === true ? 1 : 0;
  let to: ViPlace = backwards
    ? { row: state.row, column: state.column + reach }
    : { row: motion.row, column: motion.column + reach };
  if (backwards && motion.inclusive === true && !charsOf(state)[state.column]) to = { ...to, column: state.column };
  return overStretch(state, operator, { row: from.row, column: from.column }, to, motion.inclusive === true);
}

/** An operator over text between two places, the end not included. */
function overStretch(state: ViState, operator: string, from: ViPlace, end: ViPlace, inclusive: boolean): ViState {
  let to = end;
  // What ends before the first column of a line ends with the line before; from the start of a line it takes lines.
  if (!inclusive && to.column === 0 && to.row > from.row) {
    to = { row: to.row - 1, column: charsOf(state, to.row - 1).length };
    if (from.column <= indentEnd(state, from.row))
      return overLines({ ...state, row: from.row, column: from.column }, operator, from.row, to.row);
  }
  if (operator === 'd' && takesLines(state, from, to)) return overLines(state, operator, from.row, to.row);
  return overText(state, operator, from, to);
}

/** The column of the first character of a line that is no blank. */
const indentEnd = ({ lines }: ViState, row: number): number => /^[ \t]*/.exec(lines[row] ?? '')?.[0].length ?? 0;

/** d over several lines takes them whole where only blanks are before and behind. */
export const takesLines = (state: ViState, from: ViPlace, to: ViPlace): boolean =>
  from.row < to.row &&
  charsOf(state, from.row).slice(0, from.column).join('').trim() === '' &&
  charsOf(state, to.row).slice(to.column).join('').trim() === '';
