/** d y c > < and the changes of case, over lines or a stretch of text; p and P. */
import { charsOf, firstText, insertAt, remember, removeBetween, replaceRows, textBetween } from './buffer.ts';
import type { ViOptions, ViPlace, ViState } from './state.ts';

const CASES: Readonly<Record<string, (text: string) => string>> = {
  gu: (text) => text.toLowerCase(),
  gU: (text) => text.toUpperCase(),
  'g~': swapCase,
};

export function swapCase(text: string): string {
  return [...text].map((char) => (char === char.toUpperCase() ? char.toLowerCase() : char.toUpperCase())).join('');
}

/** What vim says of more than two lines. */
export const countMessage = (count: number, what: string): string => (count > 2 ? `${String(count)} ${what}` : '');

/** An operator over whole lines, the last included. */
export function overLines(state: ViState, operator: string, from: number, to: number): ViState {
  const picked = state.lines.slice(from, to + 1);
  const change = CASES[operator];
  const calm: ViState = { ...state, visual: undefined };
  if (change !== undefined) return { ...replaceRows(remember(calm), from, to + 1, picked.map(change)), row: from };
  if (operator === '>' || operator === '<') return shift(calm, operator, from, to);
  const taken: ViState = { ...calm, register: { text: picked, linewise: true } };
  if (operator === 'y')
    return { ...taken, row: Math.min(from, state.row), message: countMessage(picked.length, 'lines yanked') };
  if (operator === 'c')
    return {
      ...replaceRows(remember(taken), from, to + 1, ['']),
      row: from,
      column: 0,
      mode: 'insert',
      insertCount: 1,
    };
  const made = replaceRows(remember(taken), from, to + 1, []);
  const row = Math.min(from, made.lines.length - 1);
  return {
    ...made,
    row,
    column: firstText(made, row),
    message: isEmptyText(made) ? '--No lines in buffer--' : countMessage(picked.length, 'fewer lines'),
  };
}

const isEmptyText = ({ lines }: ViState): boolean => lines.length === 1 && lines[0] === '';

function shift(state: ViState, operator: string, from: number, to: number): ViState {
  const shifted = state.lines.slice(from, to + 1).map((line) => indented(state, line, operator === '<' ? -1 : 1));
  const made = { ...replaceRows(remember(state), from, to + 1, shifted), row: from };
  const count = to - from + 1;
  return { ...made, column: firstText(made, from), message: countMessage(count, `lines ${operator}ed 1 time`) };
}

/** A line one step further in or out, its indentation as `expandtab` says. */
function indented({ options }: ViState, line: string, by: 1 | -1): string {
  const text = line.trimStart();
  if (text === '') return line;
  let width = 0;
  for (const char of line.slice(0, line.length - text.length))
    width += char === '\t' ? options.tabstop - (width % options.tabstop) : 1;
  return indentation(options, Math.max(0, width + by * options.shiftwidth)) + text;
}

function indentation({ expandtab, tabstop }: ViOptions, width: number): string {
  if (expandtab) return ' '.repeat(width);
  return '\t'.repeat(Math.floor(width / tabstop)) + ' '.repeat(width % tabstop);
}

/** An operator over text between two places, the end not included. */
export function overText(state: ViState, operator: string, from: ViPlace, to: ViPlace): ViState {
  const calm: ViState = { ...state, visual: undefined };
  if (operator === '>' || operator === '<') return overLines(calm, operator, from.row, to.row);
  const text = textBetween(calm, from, to);
  const change = CASES[operator];
  if (change !== undefined) {
    const removed = removeBetween(remember(calm), from, to);
    return { ...insertAt(removed, change(text.join('\n'))), row: from.row, column: from.column };
  }
  const taken: ViState = { ...calm, register: { text, linewise: false } };
  if (operator === 'y') return { ...taken, row: from.row, column: from.column };
  return { ...removeBetween(remember(taken), from, to), mode: operator === 'c' ? 'insert' : 'normal', insertCount: 1 };
}

/** p and P. */
export function put(state: ViState, after: boolean, count: number): ViState {
  const { text, linewise } = state.register;
  if (!linewise && text.join('') === '' && text.length < 2) return { ...state, message: 'E353: Nothing in register "' };
  const many = Array.from({ length: count }, () => text);
  if (linewise) {
    const row = state.row + (after ? 1 : 0);
    const rows = many.flat();
    const made = { ...replaceRows(remember(state), row, row, rows), row };
    return { ...made, column: firstText(made, row), message: countMessage(rows.length, 'more lines') };
  }
  const column = Math.min(charsOf(state).length, state.column + (after ? 1 : 0));
  const made = insertAt({ ...remember(state), column }, many.map((lines) => lines.join('\n')).join(''));
  return text.length === 1 ? { ...made, column: Math.max(0, made.column - 1) } : { ...made, row: state.row, column };
}
