/** Commands of normal mode that are neither motions nor operators with one. */
import { charsOf, fileMessage, firstText, remember, replaceRows, restoreLine, setLine, stepBack } from './buffer.ts';
import { executeEx } from './ex-commands.ts';
import { indentOf } from './insert.ts';
import { wordUnderCursor } from './motions.ts';
import { overLines, overText, put, swapCase } from './operators.ts';
import { searchFor } from './search.ts';
import type { ViState } from './state.ts';

type Command = (state: ViState, count: number) => ViState;

const insertAtColumn =
  (column: (state: ViState) => number): Command =>
  (state, count) => ({ ...remember(state), mode: 'insert', column: column(state), insertCount: count });

const openLine =
  (below: 0 | 1): Command =>
  (state, count) => {
    const row = state.row + below;
    const indent = indentOf(state);
    return {
      ...replaceRows(remember(state), row, row, [indent]),
      row,
      column: indent.length,
      mode: 'insert',
      insertCount: count,
    };
  };

const cutTo =
  (operator: 'd' | 'c', column: (state: ViState, count: number) => number): Command =>
  (state, count) => {
    const to = Math.max(0, Math.min(charsOf(state).length, column(state, count)));
    const [from, end] = to < state.column ? [to, state.column] : [state.column, to];
    if (from === end && operator === 'd') return state;
    return overText(state, operator, { row: state.row, column: from }, { row: state.row, column: end });
  };

/** J: the next lines at the end of this one, with one blank between; gJ: as they are. */
const joinLines =
  (plain: boolean): Command =>
  (state, count) => {
    const last = Math.min(state.lines.length - 1, state.row + Math.max(1, count - 1));
    if (last === state.row) return state;
    let text = state.lines[state.row] ?? '';
    let column = [...text].length;
    for (const line of state.lines.slice(state.row + 1, last + 1)) {
      const added = plain ? line : line.trimStart();
      const gap = plain || added === '' || text === '' || /\s$/.test(text) || added.startsWith(')') ? '' : ' ';
      column = [...text].length;
      text += gap + added;
    }
    return { ...replaceRows(remember(state), state.row, last + 1, [text]), column };
  };

const toggleCase: Command = (state, count) => {
  const line = charsOf(state);
  const to = Math.min(line.length, state.column + count);
  const text = line.slice(0, state.column).join('') + swapCase(line.slice(state.column, to).join(''));
  return { ...setLine(remember(state), state.row, text + line.slice(to).join('')), column: to };
};

const searchWord =
  (forward: boolean): Command =>
  (state) => {
    const pattern = wordUnderCursor(state);
    if (pattern === undefined) return { ...state, message: 'E348: No string under cursor' };
    return searchFor({ ...state, search: { pattern, forward } }, pattern, forward);
  };

const select =
  (kind: 'line' | 'char'): Command =>
  (state) => ({
    ...state,
    visual: state.visual?.kind === kind ? undefined : { row: state.row, column: state.column, kind },
  });
const ask =
  (sign: string): Command =>
  (state) => ({ ...state, mode: 'command', command: sign === ':' && state.visual !== undefined ? ":'<,'>" : sign });
const lineLength: (state: ViState) => number = (state) => charsOf(state).length;

export const COMMANDS: Readonly<Record<string, Command>> = {
  i: insertAtColumn(({ column }) => column),
  insert: insertAtColumn(({ column }) => column),
  a: insertAtColumn((state) => Math.min(lineLength(state), state.column + 1)),
  I: insertAtColumn((state) => firstText(state, state.row)),
  gI: insertAtColumn(() => 0),
  A: insertAtColumn(lineLength),
  o: openLine(1),
  O: openLine(0),
  R: (state) => ({ ...remember(state), mode: 'replace' }),
  x: cutTo('d', ({ column }, count) => column + count),
  delete: cutTo('d', ({ column }, count) => column + count),
  X: cutTo('d', ({ column }, count) => column - count),
  D: cutTo('d', lineLength),
  C: cutTo('c', lineLength),
  s: cutTo('c', ({ column }, count) => column + count),
  S: (state, count) => overLines(state, 'c', state.row, Math.min(state.lines.length, state.row + count) - 1),
  Y: (state, count) => overLines(state, 'y', state.row, Math.min(state.lines.length, state.row + count) - 1),
  J: joinLines(false),
  gJ: joinLines(true),
  '~': toggleCase,
  p: (state, count) => put(state, true, count),
  P: (state, count) => put(state, false, count),
  u: (state) => stepBack(state, 'undo'),
  U: restoreLine,
  '&': (state) => executeEx(state, 's'),
  '=': (state) => ({ ...state, message: 'drydock: = (indentation by the language) is not simulated' }),
  '!': (state) => ({ ...state, message: 'drydock: filters (!) are not simulated' }),
  '^V': (state) => ({ ...state, message: 'drydock: visual blocks are not simulated' }),
  '^G': (state) => ({ ...state, message: fileMessage(state) }),
  '^R': (state) => stepBack(state, 'redo'),
  '*': searchWord(true),
  '#': searchWord(false),
  v: select('char'),
  V: select('line'),
  ':': ask(':'),
  '/': ask('/'),
  '?': ask('?'),
  ZZ: (state) => executeEx(state, 'x'),
  ZQ: (state) => executeEx(state, 'q!'),
};

/** r: characters replaced by another. */
export function replaceCharacters(state: ViState, char: string, count: number): ViState {
  const line = charsOf(state);
  if (line.length < state.column + count) return state;
  const head = line.slice(0, state.column).join('');
  const text = head + char.repeat(count) + line.slice(state.column + count).join('');
  return { ...setLine(remember(state), state.row, text), column: state.column + count - 1 };
}
