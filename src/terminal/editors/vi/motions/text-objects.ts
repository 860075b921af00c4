/** iw aw i" a" i( a( ip and their like. */
import { charsOf } from '../state/buffer.ts';
import { sentenceStep } from './sentences.ts';
import type { ViPlace, ViState } from '../state/state.ts';

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
export function findTextObject(state: ViState, name: string, count = 1): Stretch | undefined {
  const around = name.startsWith('a');
  const letter = name.slice(1);
  if (letter === 'w' || letter === 'W') return wordObjects(state, around, letter === 'W', count);
  if (letter === 'p') return paragraphObject(state, around);
  if (letter === 's') return sentenceObject(state, around, count);
  if (letter === 't') return tagObject(state, around);
  if ('"\'`'.includes(letter)) return quoteObject(state, letter, around);
  const pair = BRACKETS[letter];
  return pair === undefined ? undefined : bracketObject(state, pair, around, count);
}

const onLine = (row: number, from: number, to: number): Stretch => ({
  from: { row, column: from },
  to: { row, column: to },
  linewise: false,
});

/** As many words (or blanks between them) as a count says. */
function wordObjects(state: ViState, around: boolean, big: boolean, count: number): Stretch {
  const first = wordObject(state, around, big);
  let { to } = first;
  for (let turn = 1; turn < count; turn += 1) {
    if (to.column >= charsOf(state).length) break;
    to = wordObject({ ...state, column: to.column }, around, big).to;
  }
  return { ...first, to };
}

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

function bracketObject(
  state: ViState,
  [open, close]: readonly [string, string],
  around: boolean,
  count: number,
): Stretch | undefined {
  const places = state.lines.flatMap((line, row) => [...line].map((char, column) => ({ char, row, column })));
  const here = places.findIndex(({ row, column }) => row === state.row && column === state.column);
  let depth = 0;
  let start = here;
  let outer = count;
  for (; start >= 0; start -= 1) {
    const char = places[start]?.char;
    if (char === close && start !== here) depth += 1;
    else if (char === open) {
      if (depth === 0) outer -= 1;
      else depth -= 1;
      if (outer === 0) break;
    }
  }
  // Outside of any pair vim takes the next one of the line.
  if (start < 0 && count === 1)
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
  if (around) return { from, to: { row: to.row, column: to.column + 1 }, linewise: false };
  return insideOf(state, from, to);
}

/** What is between two brackets: without the ends of lines where each bracket stands on a line of its own. */
function insideOf(state: ViState, open: ViPlace, close: ViPlace): Stretch {
  const from = { row: open.row, column: open.column + 1 };
  const opensAtEnd = from.column >= charsOf(state, open.row).length;
  const closesAtStart = charsOf(state, close.row).slice(0, close.column).join('').trim() === '';
  if (opensAtEnd && closesAtStart && close.row > open.row + 1)
    return {
      from: { row: open.row + 1, column: 0 },
      to: { row: close.row - 1, column: charsOf(state, close.row - 1).length },
      linewise: true,
    };
  return {
    from: opensAtEnd && close.row > open.row ? { row: open.row + 1, column: 0 } : from,
    to: { row: close.row, column: close.column },
    linewise: false,
  };
}

function sentenceObject(state: ViState, around: boolean, count: number): Stretch | undefined {
  const here = { row: state.row, column: state.column + 1 };
  const from = sentenceStep(state, here, -1) ?? { row: state.row, column: 0 };
  let next: ViPlace | undefined = state;
  for (let turn = 0; turn < count && next !== undefined; turn += 1) next = sentenceStep(state, next, 1);
  const last = state.lines.length - 1;
  const isEnd = next === undefined || (next.row === last && next.column >= charsOf(state, last).length - 1);
  const beyond = next === undefined || isEnd ? { row: last, column: charsOf(state, last).length } : next;
  // What begins a line ends the sentence with the line before.
  const to =
    beyond.column === 0 && beyond.row > from.row
      ? { row: beyond.row - 1, column: charsOf(state, beyond.row - 1).length }
      : beyond;
  const column = from.column === 0 && to.column === charsOf(state, to.row).length && to.row > from.row;
  if (around) return { from, to, linewise: column };
  const kept = charsOf(state, to.row).slice(0, to.column).join('').trimEnd();
  return {
    from,
    to: { row: to.row, column: Math.max(to.row === from.row ? from.column : 0, [...kept].length) },
    linewise: column,
  };
}

/** The innermost pair of tags around the cursor. */
function tagObject(state: ViState, around: boolean): Stretch | undefined {
  const text = state.lines.join('\n');
  const offset = state.lines.slice(0, state.row).reduce((sum, line) => sum + line.length + 1, 0);
  const here = offset + charsOf(state).slice(0, state.column).join('').length;
  const open: { readonly name: string; readonly from: number; readonly to: number }[] = [];
  for (const tag of text.matchAll(/<(\/?)([A-Za-z][^\s>/]*)[^>]*?(\/?)>/g)) {
    const [whole, closing, name = '', single] = tag;
    const end = tag.index + whole.length;
    if (single === '/') continue;
    if (closing === '') open.push({ name, from: tag.index, to: end });
    else {
      while (open.length > 0 && open.at(-1)?.name !== name) open.pop();
      const start = open.pop();
      if (start !== undefined && start.from <= here && end > here) {
        const [from, to] = around ? [start.from, end] : [start.to, tag.index];
        return { from: placeAt(text, from), to: placeAt(text, to), linewise: false };
      }
    }
  }
  return undefined;
}

function placeAt(text: string, offset: number): ViPlace {
  const before = text.slice(0, offset).split('\n');
  return { row: before.length - 1, column: [...(before.at(-1) ?? '')].length };
}

function paragraphObject(state: ViState, around: boolean): Stretch {
  const isEmpty = (row: number): boolean => (state.lines[row] ?? '') === '';
  let from = state.row;
  let to = state.row;
  while (from > 0 && isEmpty(from - 1) === isEmpty(state.row)) from -= 1;
  while (to + 1 < state.lines.length && isEmpty(to + 1) === isEmpty(state.row)) to += 1;
  if (around) {
    const end = to;
    while (to + 1 < state.lines.length && isEmpty(to + 1) !== isEmpty(state.row)) to += 1;
    // At the end of the text the empty lines before belong to it.
    if (to === end) while (from > 0 && isEmpty(from - 1) !== isEmpty(state.row)) from -= 1;
  }
  return { from: { row: from, column: 0 }, to: { row: to, column: 0 }, linewise: true };
}
