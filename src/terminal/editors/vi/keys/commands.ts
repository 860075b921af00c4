/** Commands of normal mode that are neither motions nor operators with one. */
import { encodeUtf8 } from '../../../../protocol/bytes.ts';
import { charsOf, fileMessage, firstText, replaceRows, setLine } from '../state/buffer.ts';
import { typeIndent } from '../insert/file-types.ts';
import { indentOf } from '../insert/insert.ts';
import { joinLines } from '../operators/join.ts';
import { addToNumber } from '../operators/numbers.ts';
import { takesLines } from '../operators/operate.ts';
import { overLines, overText, swapCase, toInsert } from '../operators/operators.ts';
import { put, putIndented } from '../operators/put.ts';
import { goTo, nextMatch, seek, wordAt, wordSearch } from '../search/search.ts';
import type { ViState } from '../state/state.ts';
import { fail } from '../state/state.ts';
import { alongChanges, alongJumps } from '../motions/jumps.ts';
import { sideways } from '../screen/scroll.ts';
import { inTime, remember, restoreLine, stepBack } from '../state/undo.ts';
import { select, selectAgain } from '../operators/visual.ts';

type Command = (state: ViState, count: number, given: boolean) => ViState;

const insertAtColumn =
  (column: (state: ViState) => number): Command =>
  (state, count) => ({ ...toInsert(remember({ ...state, column: column(state) })), insertCount: count });

const openLine =
  (below: 0 | 1): Command =>
  (state, count) => {
    const row = state.row + below;
    const opened = replaceRows(remember(state), row, row, ['']);
    const indent = typeIndent(opened, row) ?? indentOf(state);
    const made = { ...replaceRows(opened, row, row + 1, [indent]), row, column: indent.length };
    return { ...toInsert(made), insertCount: count };
  };

const cutTo =
  (operator: 'd' | 'c', column: (state: ViState, count: number) => number): Command =>
  (state, count) => {
    const to = Math.max(0, Math.min(charsOf(state).length, column(state, count)));
    const [from, end] = to < state.column ? [to, state.column] : [state.column, to];
    if (from === end && operator === 'd') return fail(state);
    return overText(state, operator, { row: state.row, column: from }, { row: state.row, column: end });
  };

/** D and C with a count go on to the end of a line further down. */
const cutToEnd =
  (operator: 'd' | 'c'): Command =>
  (state, count) => {
    const row = Math.min(state.lines.length - 1, state.row + count - 1);
    if (row === state.row && count > 1) return fail(state);
    const from = { row: state.row, column: state.column };
    const { length } = charsOf(state, row);
    if (row === state.row && length === state.column && operator === 'd') return state;
    if (operator === 'd' && takesLines(state, from, { row, column: length }))
      return overLines(state, 'd', from.row, row);
    return overText(state, operator, from, { row, column: length });
  };

const toggleCase: Command = (state, count) => {
  const line = charsOf(state);
  if (line.length === 0) return fail(state);
  const to = Math.min(line.length, state.column + count);
  const text = line.slice(0, state.column).join('') + swapCase(line.slice(state.column, to).join(''));
  return { ...setLine(remember(state), state.row, text + line.slice(to).join('')), column: to };
};

/** * and #: whole words; g* and g#: parts of words too. */
const searchWord =
  (name: string): Command =>
  (state, count) => {
    const sought = wordSearch(state, name);
    if (sought === undefined) return fail(state, 'E348: No string under cursor');
    const found = goTo(seek(sought, sought.search.forward, count));
    return found.failed ? { ...found, column: state.column } : found;
  };

const ask =
  (sign: string): Command =>
  (state, count, given) => {
    const range = state.visual !== undefined ? "'<,'>" : given ? (count === 1 ? '.' : `.,.+${String(count - 1)}`) : '';
    return {
      ...state,
      mode: 'command',
      command: sign === ':' ? `:${range}` : sign,
      historyAt: undefined,
      searchCount: count,
    };
  };

/** gd and gD: where the word under the cursor stands first, in the function around or in the text. */
const toDeclaration =
  (local: boolean): Command =>
  (state) => {
    const found = wordAt(charsOf(state), state.column);
    if (found === undefined) return fail(state, 'E349: No identifier under cursor');
    const pattern = `\\<${found.word}\\>`;
    const sought: ViState = { ...state, search: { pattern, forward: true, offset: '' } };
    let row = local ? state.lines.findLastIndex((line, at) => at <= state.row && line.startsWith('{')) : 0;
    while (row > 0 && (state.lines[row] ?? '').trim() !== '') row -= 1;
    const place = nextMatch(state, { row: Math.max(0, row), column: -1 }, pattern, true);
    return place === undefined
      ? fail(sought)
      : { ...goTo({ state: sought, place, inclusive: false, linewise: false }), message: state.message };
  };

const lines =
  (operator: string): Command =>
  (state, count) =>
    overLines(state, operator, state.row, Math.min(state.lines.length, state.row + count) - 1);

/** ga: the character under the cursor by its number. */
export const describe = (state: ViState): ViState => {
  const char = charsOf(state)[state.column];
  if (char === undefined) return { ...state, message: 'NUL' };
  const code = char.codePointAt(0) ?? 0;
  const shown = code < 32 ? `^${String.fromCharCode(code + 64)}` : char;
  const hex = code.toString(16).padStart(code > 255 ? 4 : 2, '0');
  if (code >= 128) return { ...state, message: `<${shown}> ${String(code)}, Hex ${hex}, Oct ${code.toString(8)}` };
  const octal = code.toString(8).padStart(3, '0');
  const digraph = code < 32 ? CONTROL_DIGRAPHS[code] : SIGN_DIGRAPHS[char];
  const rest = digraph === undefined ? `Octal ${octal}` : `Oct ${octal}, Digr ${digraph}`;
  return { ...state, message: `<${shown}>  ${String(code)},  Hex ${hex},  ${rest}` };
};
/** RFC 1345's names of ASCII's controls and of the signs that keyboards may lack. */
const CONTROL_DIGRAPHS =
  'NU SH SX EX ET EQ AK BL BS HT LF VT FF CR SO SI DL D1 D2 D3 D4 NK SY EB CN EM SB EC FS GS RS US'.split(' ');
const SIGN_DIGRAPHS: Readonly<Record<string, string>> = {
  ' ': 'SP',
  '#': 'Nb',
  $: 'DO',
  '@': 'At',
  '[': '<(',
  '\\': '//',
  ']': ')>',
  '^': "'>",
  '`': "'!",
  '{': '(!',
  '|': '!!',
  '}': '!)',
  '~': "'?",
  '\x7f': 'DT',
};

/** g8: its bytes. */
const bytesHere: Command = (state) => ({
  ...state,
  message: [...encodeUtf8(charsOf(state)[state.column] ?? '')]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join(' '),
});

const lineLength = (state: ViState): number => charsOf(state).length;
const says =
  (message: string): Command =>
  (state) =>
    fail(state, `drydock: ${message} not simulated`);
const atMark =
  (letter: string): Command =>
  (state, count) => {
    const place = state.marks[letter] ?? { row: state.row, column: state.column };
    const row = Math.min(place.row, state.lines.length - 1);
    return insertAtColumn(() => Math.min(place.column, charsOf(state, row).length))({ ...state, row }, count, false);
  };

export const COMMANDS: Readonly<Record<string, Command>> = {
  i: insertAtColumn(({ column }) => column),
  insert: insertAtColumn(({ column }) => column),
  a: insertAtColumn((state) => Math.min(lineLength(state), state.column + 1)),
  I: insertAtColumn((state) => firstText(state, state.row)),
  gI: insertAtColumn(() => 0),
  gi: atMark('^'),
  A: insertAtColumn(lineLength),
  o: openLine(1),
  O: openLine(0),
  R: (state, count) => ({ ...toInsert(remember(state)), mode: 'replace', insertCount: count, overwritten: [] }),
  x: cutTo('d', ({ column }, count) => column + count),
  delete: cutTo('d', ({ column }, count) => column + count),
  X: cutTo('d', ({ column }, count) => column - count),
  D: cutToEnd('d'),
  C: cutToEnd('c'),
  s: cutTo('c', ({ column }, count) => column + count),
  S: lines('c'),
  Y: lines('y'),
  J: (state, count) => joinLines(state, count, false),
  gJ: (state, count) => joinLines(state, count, true),
  '~': toggleCase,
  p: (state, count) => put(state, { after: true, count }),
  P: (state, count) => put(state, { after: false, count }),
  gp: (state, count) => put(state, { after: true, count, behind: true }),
  gP: (state, count) => put(state, { after: false, count, behind: true }),
  ']p': (state, count) => putIndented(state, { after: true, count }),
  '[p': (state, count) => putIndented(state, { after: false, count }),
  ']P': (state, count) => putIndented(state, { after: false, count }),
  '[P': (state, count) => putIndented(state, { after: false, count }),
  u: (state, count) => stepBack(state, 'undo', count),
  '^R': (state, count) => stepBack(state, 'redo', count),
  U: restoreLine,
  '^A': (state, count) => addToNumber(1)(state, count),
  '^X': (state, count) => addToNumber(-1)(state, count),
  ga: describe,
  g8: bytesHere,
  gv: selectAgain,
  '^G': (state) => ({ ...state, message: fileMessage(state) }),
  '^L': (state) => ({ ...state, message: '' }),
  '^Z': (state) => ({ ...state, work: { type: 'suspend' } }),
  gd: toDeclaration(true),
  gD: toDeclaration(false),
  '*': searchWord('*'),
  '#': searchWord('#'),
  'g*': searchWord('g*'),
  'g#': searchWord('g#'),
  v: select('char'),
  V: select('line'),
  '^V': select('block'),
  '^Q': select('block'),
  ':': ask(':'),
  '/': ask('/'),
  '?': ask('?'),
  '^W': says('windows are'),
  gR: says('virtual replacing is'),
  'g-': (state, count) => inTime(state, 'undo', count),
  'g+': (state, count) => inTime(state, 'redo', count),
  'g;': (state, count) => alongChanges(state, -count),
  'g,': (state, count) => alongChanges(state, count),
  '^O': (state, count) => alongJumps(state, -count),
  '^I': (state, count) => alongJumps(state, count),
  Q: says('Ex mode is'),
  zl: (state, count) => sideways(state, count),
  zh: (state, count) => sideways(state, -count),
  zL: (state, count) => sideways(state, count * Math.floor(state.pageColumns / 2)),
  zH: (state, count) => sideways(state, -count * Math.floor(state.pageColumns / 2)),
  'q:': says('the command-line window is'),
  'q/': says('the command-line window is'),
  zf: says('folds are'),
  zd: says('folds are'),
  zR: says('folds are'),
  zM: says('folds are'),
  zo: says('folds are'),
  zc: says('folds are'),
  za: says('folds are'),
};

/** r: characters replaced by another; Enter parts the line once, whatever the count. */
export function replaceCharacters(state: ViState, char: string, count: number): ViState {
  const line = charsOf(state);
  if (line.length < state.column + count) return fail(state);
  const head = line.slice(0, state.column).join('');
  const tail = line.slice(state.column + count).join('');
  if (char === '\n') {
    const made = replaceRows(remember(state), state.row, state.row + 1, [head, indentOf(state) + tail]);
    return { ...made, row: state.row + 1, column: indentOf(state).length };
  }
  const put = char === 'tab' ? '\t' : char;
  return { ...setLine(remember(state), state.row, head + put.repeat(count) + tail), column: state.column + count - 1 };
}
