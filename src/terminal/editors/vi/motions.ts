/** Where the cursor goes: h j k l, words, lines, pages, f and t, brackets, paragraphs. */
import { charsOf, firstText } from './buffer.ts';
import { bottomRow, marginOf } from './scroll.ts';
import { nextMatch, wordPattern } from './search.ts';
import type { ViPlace, ViState } from './state.ts';

export interface Motion extends ViPlace {
  /** Whole lines, where an operator follows. */
  readonly linewise?: boolean;
  /** The character under the cursor belongs to it. */
  readonly inclusive?: boolean;
  /** Whether it goes up or down by lines and keeps the column. */
  readonly keepsColumn?: boolean;
}

type Finder = (state: ViState, count: number, given: boolean) => Motion | undefined;

const clampRow = (state: ViState, row: number): number => Math.max(0, Math.min(state.lines.length - 1, row));
const down =
  (rows: (state: ViState, count: number) => number): Finder =>
  (state, count) => {
    const row = clampRow(state, state.row + rows(state, count));
    return row === state.row ? undefined : { row, column: state.wanted, linewise: true, keepsColumn: true };
  };
const toLine =
  (row: (state: ViState, count: number, given: boolean) => number): Finder =>
  (state, count, given) => {
    const to = clampRow(state, row(state, count, given));
    return { row: to, column: firstText(state, to), linewise: true };
  };

const left: Finder = ({ row, column }, count) => ({ row, column: Math.max(0, column - count) });
const right: Finder = (state, count) => ({
  row: state.row,
  column: Math.min(charsOf(state).length, state.column + count),
});
const lineEnd: Finder = (state, count) => {
  const row = clampRow(state, state.row + count - 1);
  return { row, column: Math.max(0, charsOf(state, row).length - 1), inclusive: true };
};

const word =
  (kind: 'w' | 'e' | 'b' | 'ge', big: boolean): Finder =>
  (state, count) => {
    let place: ViPlace = state;
    for (let turn = 0; turn < count; turn += 1) place = wordStep(state, place, kind, big);
    return { row: place.row, column: place.column, inclusive: kind === 'e' || kind === 'ge' };
  };

/** 0 for blanks, 1 for letters, 2 for other signs. */
function classOf(char: string | undefined, big: boolean): number {
  if (char === undefined || /\s/.test(char)) return 0;
  return big || /[\p{L}\p{N}_]/u.test(char) ? 1 : 2;
}

/** One word on; an empty line is a word of its own. */
function wordStep(state: ViState, from: ViPlace, kind: 'w' | 'e' | 'b' | 'ge', big: boolean): ViPlace {
  const at = ({ row, column }: ViPlace): number => classOf(charsOf(state, row)[column], big);
  const isEmpty = ({ row }: ViPlace): boolean => (state.lines[row] ?? '') === '';
  const move = (place: ViPlace): ViPlace | undefined => neighbour(state, place, kind === 'w' || kind === 'e' ? 1 : -1);
  let place = from;
  const start = at(place);
  if (kind === 'w') {
    while (start !== 0 && at(place) === start && place.row === from.row) {
      const next = move(place);
      if (next === undefined) return { row: place.row, column: charsOf(state, place.row).length };
      place = next;
    }
    while (at(place) === 0 && !(isEmpty(place) && place.row !== from.row)) {
      const next = move(place);
      if (next === undefined) return { row: place.row, column: charsOf(state, place.row).length };
      place = next;
    }
    return place;
  }
  place = move(place) ?? place;
  while (at(place) === 0 && !(kind === 'b' && isEmpty(place))) {
    const next = move(place);
    if (next === undefined) return place;
    place = next;
  }
  if (kind === 'ge') return place;
  for (;;) {
    const next = move(place);
    if (next === undefined || next.row !== place.row || at(next) !== at(place)) return place;
    place = next;
  }
}

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
    let { row } = state;
    const isEmpty = (): boolean => (state.lines[row] ?? '') === '';
    for (let turn = 0; turn < count; turn += 1) {
      while (isEmpty() && row + step >= 0 && row + step < state.lines.length) row += step;
      while (!isEmpty() && row + step >= 0 && row + step < state.lines.length) row += step;
    }
    return { row, column: isEmpty() || step < 0 ? 0 : charsOf(state, row).length };
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
    if (depth === 0) return { ...place, inclusive: true };
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
    return place === undefined ? undefined : { row: place.row, column: place.column };
  };

const MOTIONS: Readonly<Record<string, Finder>> = {
  h: left,
  left,
  backspace: left,
  l: right,
  right,
  ' ': right,
  j: down((_, count) => count),
  down: down((_, count) => count),
  '^N': down((_, count) => count),
  k: down((_, count) => -count),
  up: down((_, count) => -count),
  '^P': down((_, count) => -count),
  enter: toLine((state, count) => state.row + count),
  '+': toLine((state, count) => state.row + count),
  '-': toLine((state, count) => state.row - count),
  _: toLine((state, count) => state.row + count - 1),
  G: toLine((state, count, given) => (given ? count - 1 : state.lines.length - 1)),
  gg: toLine((_, count, given) => (given ? count - 1 : 0)),
  H: toLine((state, count) => state.top + Math.max(count - 1, state.top === 0 ? 0 : marginOf(state))),
  M: toLine((state) => state.top + Math.floor((bottomRow(state) - state.top) / 2)),
  L: toLine((state, count) => {
    const bottom = bottomRow(state);
    return bottom - Math.max(count - 1, bottom === state.lines.length - 1 ? 0 : marginOf(state));
  }),
  '0': ({ row }) => ({ row, column: 0 }),
  home: ({ row }) => ({ row, column: 0 }),
  '^': (state) => ({ row: state.row, column: firstText(state, state.row) }),
  $: lineEnd,
  end: lineEnd,
  '|': ({ row }, count) => ({ row, column: count - 1 }),
  w: word('w', false),
  W: word('w', true),
  e: word('e', false),
  E: word('e', true),
  b: word('b', false),
  B: word('b', true),
  ge: word('ge', false),
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
    const place = state.marks[mark];
    if (place === undefined || place.row >= state.lines.length) return undefined;
    return name.startsWith("'") ? { row: place.row, column: firstText(state, place.row), linewise: true } : place;
  }
  const find = /^([ftFT])(.)$/su.exec(name);
  if (find !== null) return findCharacter(state, find[1] ?? '', find[2] ?? '', count);
  return MOTIONS[name]?.(state, count, given);
}
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

/** The pattern of the word under the cursor, for `*` and `#`. */
export const wordUnderCursor = (state: ViState): string | undefined => wordPattern(charsOf(state), state.column);
