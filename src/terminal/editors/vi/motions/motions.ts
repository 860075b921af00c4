/** Where the cursor goes: h j k l, words, lines, pages, f and t, brackets, paragraphs. */
import { charsOf, columnAt, cursorCell, firstText } from '../state/buffer.ts';
import { textColumns } from '../screen/gutter.ts';
import { bottomRow, heightOf, marginOf } from '../screen/scroll.ts';
import { nextMatch } from '../search/search.ts';
import { sentencePlace } from './sentences.ts';
import { Walk } from './walk.ts';
import { backWord, backWordEnd, forwardWord, wordEnd } from './words.ts';
import type { ViPlace, ViState } from '../state/state.ts';

export interface Motion extends ViPlace {
  /** Whole lines, where an operator follows. */
  readonly linewise?: boolean;
  /** The character under the cursor belongs to it. */
  readonly inclusive?: boolean;
  /** Whether it goes up or down by lines and keeps the column. */
  readonly keepsColumn?: boolean;
  /** Whether it is far enough to come back from with ''. */
  readonly jumps?: boolean;
  readonly message?: string;
  /** It ends where the text does, short of what the count asked for. */
  readonly fails?: boolean;
}

type Finder = (state: ViState, count: number, given: boolean) => Motion | undefined;

const clampRow = (state: ViState, row: number): number => Math.max(0, Math.min(state.lines.length - 1, row));
const down =
  (rows: (state: ViState, count: number) => number): Finder =>
  (state, count) => {
    const row = clampRow(state, state.row + rows(state, count));
    if (row === state.row) return undefined;
    const cell = state.wanted ?? cursorCell(state);
    return { row, column: columnAt(state, row, cell), linewise: true, keepsColumn: true };
  };
const toLine =
  (row: (state: ViState, count: number, given: boolean) => number, jumps = false): Finder =>
  (state, count, given) => {
    const to = clampRow(state, row(state, count, given));
    return { row: to, column: firstText(state, to), linewise: true, jumps };
  };
/** A line that has to be there. */
const toNeighbour =
  (step: 1 | -1): Finder =>
  (state, count) => {
    const to = clampRow(state, state.row + step * count);
    return to === state.row ? undefined : { row: to, column: firstText(state, to), linewise: true };
  };

/** The first and the last cell of the row of the screen that the cursor is in. */
function screenRow(state: ViState): readonly [number, number] {
  const width = textColumns(state);
  const first = state.options.wrap ? Math.floor(cursorCell(state) / width) * width : state.left;
  return [first, first + width - 1];
}

/** gj and gk: rows of the screen, of which a wrapped line has several. */
const screenLines =
  (step: 1 | -1): Finder =>
  (state, count) => {
    const width = textColumns(state);
    let { row } = state;
    const atEnd = state.wanted === Number.MAX_SAFE_INTEGER;
    let cell = atEnd ? screenRow(state)[1] : (state.wanted ?? cursorCell(state));
    for (let turn = 0; turn < count; turn += 1) {
      const inLine = cell + step * width;
      if (inLine >= 0 && Math.floor(inLine / width) < heightOf(state, row)) cell = inLine;
      else if (state.lines[row + step] === undefined)
        return turn === 0 ? undefined : { row, column: columnAt(state, row, cell) };
      else {
        row += step;
        cell = (cell % width) + (step > 0 ? 0 : (heightOf(state, row) - 1) * width);
      }
    }
    return { row, column: columnAt(state, row, cell) };
  };

/** Whether a key goes on over the ends of lines (`whichwrap`). */
const wraps = ({ options }: ViState, key: string): boolean =>
  String(options.others['whichwrap'] ?? 'b,s')
    .split(',')
    .includes(key);

const left =
  (key: 'h' | '<'): Finder =>
  (state, count, given) => {
    if (wraps(state, key)) return across(-1)(state, count, given);
    return state.column === 0 ? undefined : { row: state.row, column: Math.max(0, state.column - count) };
  };
const right =
  (key: 'l' | '>'): Finder =>
  (state, count, given) => {
    if (wraps(state, key)) return across(1)(state, count, given);
    const { length } = charsOf(state);
    if (state.column >= length - (state.visual === undefined ? 1 : 0) && state.pending === '') return undefined;
    return { row: state.row, column: Math.min(length, state.column + count) };
  };
/** Space and backspace go on over the ends of lines. */
const across =
  (step: 1 | -1): Finder =>
  (state, count) => {
    let place: ViPlace = { row: state.row, column: state.column };
    for (let turn = 0; turn < count; turn += 1) {
      const { length } = charsOf(state, place.row);
      if (step > 0 && place.column < length - 1) place = { ...place, column: place.column + 1 };
      else if (step < 0 && place.column > 0) place = { ...place, column: place.column - 1 };
      else if (state.lines[place.row + step] === undefined) return turn === 0 ? undefined : place;
      else
        place = { row: place.row + step, column: step > 0 ? 0 : Math.max(0, charsOf(state, place.row - 1).length - 1) };
    }
    return place;
  };
const lineEnd: Finder = (state, count) => {
  const row = clampRow(state, state.row + count - 1);
  if (row === state.row && count > 1) return undefined;
  return { row, column: Math.max(0, charsOf(state, row).length - 1), inclusive: charsOf(state, row).length > 0 };
};

type WordStep = (walk: Walk, big: boolean, staysInLine: boolean) => boolean;

/** Steps by words; where one is too many, it goes as far as it can. */
const word =
  (step: WordStep, big: boolean, inclusive = false): Finder =>
  (state, count) => {
    const walk = new Walk(state, state);
    let all = true;
    for (let left = count; left > 0 && all; left -= 1) all = step(walk, big, state.pending !== '' && left === 1);
    const last = charsOf(state, walk.row).length - 1;
    // Behind the end of a line is only an operator.
    if (state.pending === '' && state.visual === undefined) walk.column = Math.min(walk.column, Math.max(0, last));
    const moved = !walk.isAt(state);
    if (!moved && !(all && state.pending !== '')) return undefined;
    return { ...walk.place, inclusive, fails: !all };
  };
const toEnd: WordStep = (walk, big) => wordEnd(walk, big, false);
const toEndBefore: WordStep = (walk, big) => backWordEnd(walk, big);
const toStartBefore: WordStep = (walk, big) => backWord(walk, big);

/** The next character, an end of line counting as a blank. */
function neighbour(state: ViState, { row, column }: ViPlace, step: 1 | -1): ViPlace | undefined {
  const next = column + step;
  if (next >= 0 && next <= charsOf(state, row).length - (step > 0 ? 0 : 1)) return { row, column: next };
  const other = row + step;
  if (other < 0 || other >= state.lines.length) return undefined;
  return { row: other, column: step > 0 ? 0 : Math.max(0, charsOf(state, other).length - 1) };
}

const paragraph =
  (step: 1 | -1): Finder =>
  (state, count) => {
    const last = state.lines.length - 1;
    let { row } = state;
    for (let left = count; left > 0; left -= 1) {
      let passed = false;
      for (let first = true; ; first = false) {
        passed ||= state.lines[row] !== '';
        if (!first && passed && (state.lines[row] === '' || state.lines[row]?.startsWith('\f') === true)) break;
        if (state.lines[row + step] !== undefined) row += step;
        else if (left > 1) return undefined;
        else break;
      }
    }
    const { length } = charsOf(state, row);
    if (step < 0 || row < last || length === 0) return { row, column: 0, jumps: true };
    return { row, column: length - 1, inclusive: true, jumps: true };
  };

const PAIRS: Readonly<Record<string, readonly [string, 1 | -1]>> = {
  '(': [')', 1],
  '[': [']', 1],
  '{': ['}', 1],
  ')': ['(', -1],
  ']': ['[', -1],
  '}': ['{', -1],
};
const bracket: Finder = (state) => {
  const line = charsOf(state);
  const start = line.findIndex((char, at) => at >= state.column && PAIRS[char] !== undefined);
  const open = line[start] ?? '';
  const pair = PAIRS[open];
  if (pair === undefined) return undefined;
  const [close, step] = pair;
  let depth = 0;
  let place: ViPlace | undefined = { row: state.row, column: start };
  for (; place !== undefined; place = neighbour(state, place, step)) {
    const char = charsOf(state, place.row)[place.column];
    if (char === open) depth += 1;
    if (char === close) depth -= 1;
    if (depth === 0) return { ...place, inclusive: true, jumps: true };
  }
  return undefined;
};

const search =
  (same: boolean): Finder =>
  (state, count) => {
    const { pattern, forward } = state.search;
    let place: ViPlace | undefined = state;
    for (let turn = 0; turn < count && place !== undefined; turn += 1)
      place = nextMatch(state, place, pattern, forward === same);
    return place === undefined ? undefined : { row: place.row, column: place.column, jumps: true };
  };

const sentence =
  (step: 1 | -1): Finder =>
  (state, count) => {
    const place = sentencePlace(state, state, step, count);
    return place === undefined ? undefined : { ...place, jumps: true };
  };

/** [( [{ ]) ]}: the bracket around that is not closed. */
const unmatched =
  (open: string, close: string, step: 1 | -1): Finder =>
  (state, count) => {
    let depth = count;
    for (let place = neighbour(state, state, step); place !== undefined; place = neighbour(state, place, step)) {
      const char = charsOf(state, place.row)[place.column];
      if (char === (step > 0 ? open : close)) depth += 1;
      if (char === (step > 0 ? close : open)) depth -= 1;
      if (depth === 0) return { ...place, inclusive: step > 0, jumps: true };
    }
    return undefined;
  };
/** [[ and ]]: a line that begins with a brace. */
const sectionEnd =
  (step: 1 | -1): Finder =>
  (state) => {
    let row = state.row + step;
    while (row > 0 && row < state.lines.length - 1 && state.lines[row]?.startsWith('}') !== true) row += step;
    return { row: clampRow(state, row), column: 0, jumps: true };
  };
const section =
  (step: 1 | -1): Finder =>
  (state, count) => {
    let { row } = state;
    for (let turn = 0; turn < count; turn += 1) {
      do row += step;
      while (row > 0 && row < state.lines.length - 1 && state.lines[row]?.startsWith('{') !== true);
    }
    return { row: clampRow(state, row), column: 0, jumps: true };
  };

const MOTIONS: Readonly<Record<string, Finder>> = {
  h: left('h'),
  left: left('<'),
  '^H': across(-1),
  backspace: across(-1),
  l: right('l'),
  right: right('>'),
  ' ': across(1),
  j: down((_, count) => count),
  down: down((_, count) => count),
  '^N': down((_, count) => count),
  k: down((_, count) => -count),
  up: down((_, count) => -count),
  '^P': down((_, count) => -count),
  '^J': down((_, count) => count),
  enter: toNeighbour(1),
  '^M': toNeighbour(1),
  '+': toNeighbour(1),
  '-': toNeighbour(-1),
  _: toLine((state, count) => state.row + count - 1),
  G: toLine((state, count, given) => (given ? count - 1 : state.lines.length - 1), true),
  gg: toLine((_, count, given) => (given ? count - 1 : 0), true),
  H: toLine((state, count) => state.top + Math.max(count - 1, state.top === 0 ? 0 : marginOf(state)), true),
  M: toLine((state) => state.top + Math.floor((bottomRow(state) - state.top) / 2), true),
  L: toLine((state, count) => {
    const bottom = bottomRow(state);
    return bottom - Math.max(count - 1, bottom === state.lines.length - 1 ? 0 : marginOf(state));
  }, true),
  '0': ({ row }) => ({ row, column: 0 }),
  home: ({ row }) => ({ row, column: 0 }),
  '^': (state) => ({ row: state.row, column: firstText(state, state.row) }),
  $: lineEnd,
  end: lineEnd,
  g_: (state, count) => {
    const row = clampRow(state, state.row + count - 1);
    return { row, column: Math.max(0, (state.lines[row] ?? '').trimEnd().length - 1), inclusive: true };
  },
  g0: (state) => ({ row: state.row, column: columnAt(state, state.row, screenRow(state)[0]) }),
  'g^': (state) => ({
    row: state.row,
    column: Math.max(firstText(state, state.row), columnAt(state, state.row, screenRow(state)[0])),
  }),
  g$: (state) => ({
    row: state.row,
    column: Math.max(0, Math.min(charsOf(state).length - 1, columnAt(state, state.row, screenRow(state)[1]))),
    inclusive: true,
  }),
  gm: (state) => ({ row: state.row, column: columnAt(state, state.row, Math.floor(state.pageColumns / 2)) }),
  gj: screenLines(1),
  gk: screenLines(-1),
  '|': (state, count) => ({ row: state.row, column: columnAt(state, state.row, count - 1) }),
  '(': sentence(-1),
  ')': sentence(1),
  '[(': unmatched('(', ')', -1),
  '[{': unmatched('{', '}', -1),
  '])': unmatched('(', ')', 1),
  ']}': unmatched('{', '}', 1),
  '[[': section(-1),
  ']]': section(1),
  '][': sectionEnd(1),
  '[]': sectionEnd(-1),
  w: word(forwardWord, false),
  W: word(forwardWord, true),
  e: word(toEnd, false, true),
  E: word(toEnd, true, true),
  b: word(toStartBefore, false),
  B: word(toStartBefore, true),
  ge: word(toEndBefore, false, true),
  gE: word(toEndBefore, true, true),
  'shift-right': word(forwardWord, false),
  'shift-left': word(toStartBefore, false),
  'word-right': word(forwardWord, true),
  'word-left': word(toStartBefore, true),
  '}': paragraph(1),
  '{': paragraph(-1),
  '%': (state, count, given) =>
    given
      ? toLine(() => Math.ceil((count * state.lines.length) / 100) - 1)(state, count, given)
      : bracket(state, count, given),
  n: search(true),
  N: search(false),
};

/** Where a motion leads; undefined where the name is none or it leads nowhere. */
export function findMotion(state: ViState, name: string, count: number, given: boolean): Motion | undefined {
  const mark = /^['`](.)$/su.exec(name)?.[1];
  if (mark !== undefined) {
    const place = markPlace(state, mark);
    if (place === undefined || place.row >= state.lines.length) return undefined;
    if (name.startsWith("'"))
      return { row: place.row, column: firstText(state, place.row), linewise: true, jumps: true };
    return { row: place.row, column: place.column, jumps: true };
  }
  const find = /^([ftFT])(.)$/su.exec(name);
  if (find !== null) return findCharacter(state, find[1] ?? '', find[2] ?? '', count);
  return MOTIONS[name]?.(state, count, given);
}
/** Where a mark is; '' is the place before the last jump. */
export const markPlace = ({ marks }: ViState, letter: string): ViPlace | undefined => {
  const name = letter === '`' ? "'" : letter;
  return marks[name] ?? (name === "'" ? { row: 0, column: 0 } : undefined);
};
export const isMotion = (name: string): boolean => /^[ftFT'`]./su.test(name) || MOTIONS[name] !== undefined;

function findCharacter(state: ViState, how: string, char: string, count: number): Motion | undefined {
  const line = charsOf(state);
  const step = how === 'f' || how === 't' ? 1 : -1;
  let at = state.column;
  for (let left = count; left > 0; left -= 1) {
    at += step;
    while (at >= 0 && at < line.length && line[at] !== char) at += step;
  }
  if (line[at] !== char) return undefined;
  const column = how === 't' ? at - 1 : how === 'T' ? at + 1 : at;
  return { row: state.row, column, inclusive: step > 0 };
}
