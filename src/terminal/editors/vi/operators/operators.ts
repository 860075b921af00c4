/** d y c > < and the changes of case, over lines or a stretch of text. */
import { firstText, insertAt, removeBetween, replaceRows, textBetween } from '../state/buffer.ts';
import type { ViOptions } from '../state/options.ts';
import type { ViPlace, ViState } from '../state/state.ts';
import { countMessage } from './count-message.ts';
import { canIndent, indentedRow } from '../insert/file-types.ts';
import { formatLines } from './format.ts';
import { indentation, indentWidth } from '../insert/indentation.ts';
import { fail } from '../state/state.ts';
import { remember } from '../state/undo.ts';

const ROT13 = (text: string): string =>
  text.replace(/[a-z]/gi, (letter) => {
    const base = letter <= 'Z' ? 65 : 97;
    return String.fromCharCode(((letter.charCodeAt(0) - base + 13) % 26) + base);
  });
export const CASES: Readonly<Record<string, (text: string) => string>> = {
  gu: (text) => text.toLowerCase(),
  gU: (text) => text.toUpperCase(),
  'g~': swapCase,
  'g?': ROT13,
};

export function swapCase(text: string): string {
  return [...text].map((char) => (char === char.toUpperCase() ? char.toLowerCase() : char.toUpperCase())).join('');
}

export const toInsert = (state: ViState): ViState => ({
  ...state,
  mode: 'insert',
  insertCount: 1,
  insertStart: { row: state.row, column: state.column },
});

/** Marks around what an operator was about. */
export const markChange = (state: ViState, from: ViPlace, to: ViPlace): ViState => ({
  ...state,
  marks: {
    ...state.marks,
    '[': { row: from.row, column: from.column },
    ']': { row: to.row, column: Math.max(0, to.column) },
  },
});

/** An operator over whole lines, the last included. */
export function overLines(before: ViState, operator: string, from: number, to: number, times = 1): ViState {
  const state: ViState = { ...before, visual: undefined };
  // Of a text without lines there is nothing to delete.
  if (operator === 'd' && state.blank) return state;
  const picked = state.lines.slice(from, to + 1);
  const calm = markChange(state, { row: from, column: 0 }, { row: to, column: 0 });
  const change = CASES[operator];
  if (change !== undefined) {
    const message = countMessage(picked.length, 'lines changed');
    return { ...replaceRows(remember(calm), from, to + 1, picked.map(change)), row: from, message };
  }
  if (operator === '>' || operator === '<') return shift(calm, operator, from, to, times);
  if (operator === '=') return indentLines(calm, from, to);
  if (operator === 'gq' || operator === 'gw') return formatLines(calm, from, to, operator === 'gw');
  if (operator === '!') return { ...calm, row: from, mode: 'command', command: `:${filterRange(state, from, to)}!` };
  const taken: ViState = { ...calm, register: { text: picked, kind: 'line' } };
  if (operator === 'y')
    return { ...taken, row: Math.min(from, state.row), message: countMessage(picked.length, 'lines yanked') };
  if (operator === 'c') return changeLines(taken, from, to);
  const made = replaceRows(remember(taken), from, to + 1, []);
  const row = Math.min(from, made.lines.length - 1);
  return {
    ...made,
    row,
    column: firstText(made, row),
    message: made.blank ? '--No lines in buffer--' : countMessage(picked.length, 'fewer lines'),
  };
}

/** The range that `!` writes on the command line. */
function filterRange({ row, lines }: ViState, from: number, to: number): string {
  const first = from === row ? '.' : String(from + 1);
  if (from === to) return first;
  return `${first},${to === lines.length - 1 ? '$' : to === row ? '.' : first === '.' ? `.+${String(to - row)}` : String(to + 1)}`;
}

/** =: each line as the type of the file has it after the ones before. */
function indentLines(state: ViState, from: number, to: number): ViState {
  if (!canIndent(state)) return fail(state, 'drydock: = (indentation by the language) is simulated for YAML alone');
  let made = remember({ ...state, row: from });
  for (let row = from; row <= to; row += 1)
    made = replaceRows(made, row, row + 1, [(made.lines[row] ?? '').trim() === '' ? '' : indentedRow(made, row)]);
  return { ...made, row: from, column: firstText(made, from), message: countMessage(to - from + 1, 'lines indented') };
}

function changeLines(state: ViState, from: number, to: number): ViState {
  const indent = state.options.autoindent ? (/^[ \t]*/.exec(state.lines[from] ?? '')?.[0] ?? '') : '';
  return toInsert({ ...replaceRows(remember(state), from, to + 1, [indent]), row: from, column: indent.length });
}

function shift(state: ViState, operator: string, from: number, to: number, times: number): ViState {
  const by = operator === '<' ? -times : times;
  const shifted = state.lines
    .slice(from, to + 1)
    .map((line) => (line === '' ? line : indented(state.options, line, by, state.options.shiftround)));
  const made = { ...replaceRows(remember(state), from, to + 1, shifted), row: from };
  const count = to - from + 1;
  const often = `${String(times)} time${times === 1 ? '' : 's'}`;
  return { ...made, column: firstText(made, from), message: countMessage(count, `lines ${operator}ed ${often}`) };
}

/** A line some steps further in or out, its indentation as `expandtab` says. */
export function indented(options: ViOptions, line: string, by: number, rounds = false): string {
  const text = line.replace(/^[ \t]+/, '');
  if (text === '' && !rounds) return line;
  const width = indentWidth(options, line.slice(0, line.length - text.length));
  const step = options.shiftwidth;
  const to = rounds
    ? (by > 0 ? Math.floor(width / step) + by : Math.ceil(width / step) + by) * step
    : width + by * step;
  return indentation(options, Math.max(0, to)) + text;
}

/** An operator over text between two places, the end not included. */
export function overText(before: ViState, operator: string, from: ViPlace, to: ViPlace): ViState {
  const calm = markChange({ ...before, visual: undefined }, from, { row: to.row, column: to.column - 1 });
  if (/^(?:[<>=!]|g[qw])$/.test(operator)) return overLines(calm, operator, from.row, to.row);
  const text = textBetween(calm, from, to);
  const change = CASES[operator];
  const count = text.length;
  if (change !== undefined) {
    const removed = removeBetween(remember(calm), from, to);
    const made = insertAt(removed, change(text.join('\n')));
    return { ...made, row: from.row, column: from.column, message: countMessage(count, 'lines changed') };
  }
  const taken: ViState = { ...calm, register: { text, kind: 'char' } };
  if (operator === 'y')
    return { ...taken, row: from.row, column: from.column, message: countMessage(count, 'lines yanked') };
  const removed = removeBetween(remember(taken), from, to);
  if (operator === 'c') return toInsert(removed);
  return { ...removed, mode: 'normal', message: countMessage(count - 1, 'fewer lines') };
}
