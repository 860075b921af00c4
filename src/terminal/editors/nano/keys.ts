/** nano's keys and what each does (nano 7.2). */
import { copyLine, cutLine, insertText, removeAt, undo } from './edit.ts';
import { position, vertical, wordLeft, wordRight } from './move.ts';
import { promptKey } from './prompt.ts';
import { find } from './search.ts';
import { ask, chars, type NanoKey, type NanoState } from './state.ts';

export function nanoKey(state: NanoState, key: NanoKey): NanoState {
  if (state.help) {
    const leaves = 'special' in key && ['^X', '^G', '^C', 'escape'].includes(key.special);
    return { ...state, help: !leaves };
  }
  if (state.prompt !== undefined) return promptKey(state, state.prompt, key);
  const calm: NanoState = { ...state, message: '', cutting: false };
  if ('char' in key) return insertText(calm, key.char);
  const { special } = key;
  const action = ACTIONS.get(special);
  if (action !== undefined) return action(calm, state.cutting);
  if (ABSENT.includes(special)) return { ...calm, message: `drydock: nano's ${special} is not simulated` };
  return /^(?:unknown|M-)/.test(special) || special.startsWith('^') ? { ...calm, message: 'Unbound key' } : calm;
}

/** `wasCutting`: the key before cut a line, and this one adds to it. */
type Action = (state: NanoState, wasCutting: boolean) => NanoState;

const ABSENT = [
  '^J',
  '^T',
  '^^',
  '^Z',
  'M-a',
  'M-A',
  'M-3',
  'M-j',
  'M-J',
  'M-t',
  'M-T',
  'M-d',
  'M-D',
  'M-]',
  'M-:',
  'M-;',
];

const bound = (action: Action, ...keys: readonly string[]): readonly (readonly [string, Action])[] =>
  keys.map((key) => [key, action]);
const lastRow = (state: NanoState): number => state.lines.length - 1;
const page = (state: NanoState): number => Math.max(1, state.pageRows - 2);
const searchLabel = (label: string, { search }: NanoState): string => (search === '' ? label : `${label} [${search}]`);

const ACTIONS: ReadonlyMap<string, Action> = new Map([
  // Text
  ...bound((state) => insertText(state, '\n'), 'enter', '^M'),
  ...bound((state) => insertText(state, '\t'), 'tab'),
  ...bound(backspace, 'backspace', '^H'),
  ...bound((state) => removeAt(state, state.row, state.column), 'delete', '^D'),
  ...bound(cutLine, '^K'),
  ...bound(copyLine, 'M-6'),
  ...bound((state) => (state.cut.length === 0 ? state : insertText(state, `${state.cut.join('\n')}\n`)), '^U'),
  ...bound((state) => undo(state, 'undo'), 'M-u', 'M-U'),
  ...bound((state) => undo(state, 'redo'), 'M-e', 'M-E'),
  // Cursor
  ...bound(left, 'left', '^B'),
  ...bound(right, 'right', '^F'),
  ...bound((state) => vertical(state, -1), 'up', '^P'),
  ...bound((state) => vertical(state, 1), 'down', '^N'),
  ...bound((state) => vertical(state, -page(state)), 'page-up', '^Y'),
  ...bound((state) => vertical(state, page(state)), 'page-down', '^V'),
  ...bound((state) => ({ ...state, column: 0 }), 'home', '^A'),
  ...bound((state) => ({ ...state, column: chars(state).length }), 'end', '^E'),
  ...bound((state) => ({ ...state, ...wordRight(state) }), 'word-right'),
  ...bound((state) => ({ ...state, ...wordLeft(state) }), 'word-left'),
  ...bound((state) => ({ ...state, row: 0, column: 0 }), 'M-\\', 'M-|'),
  ...bound((state) => ({ ...state, row: lastRow(state), column: chars(state, lastRow(state)).length }), 'M-/', 'M-?'),
  ...bound((state) => ask(state, 'go-to', 'Enter line number, column number', ''), '^_', 'M-g', 'M-G'),
  // Files
  ...bound((state) => ask(state, 'write', 'File Name to Write', state.path), '^O'),
  ...bound(save, '^S'),
  ...bound(leave, '^X'),
  ...bound((state) => ask(state, 'insert', 'File to insert [from ./]', ''), '^R'),
  // Search
  ...bound((state) => ask(state, 'search', searchLabel('Search', state), ''), '^W'),
  ...bound(
    (state) => (state.search === '' ? ask(state, 'search', 'Search', '') : find(state, state.search)),
    'M-w',
    'M-W',
    '^Q',
  ),
  ...bound((state) => ask(state, 'replace', searchLabel('Search (to replace)', state), ''), '^\\', 'M-r', 'M-R'),
  // Display
  ...bound((state) => ({ ...state, message: position(state) }), '^C'),
  ...bound((state) => ({ ...state, help: true }), '^G'),
  ...bound((state) => ({ ...state, numbers: !state.numbers }), 'M-n', 'M-N', 'M-#'),
  ...bound((state) => state, '^L'),
]);

function backspace(state: NanoState): NanoState {
  const { row, column } = state;
  if (column > 0) return removeAt(state, row, column - 1);
  return row > 0 ? removeAt(state, row - 1, chars(state, row - 1).length) : state;
}

function left(state: NanoState): NanoState {
  const { row, column } = state;
  if (column > 0) return { ...state, column: column - 1 };
  return row > 0 ? { ...state, row: row - 1, column: chars(state, row - 1).length } : state;
}

function right(state: NanoState): NanoState {
  const { row, column } = state;
  if (column < chars(state).length) return { ...state, column: column + 1 };
  return row < lastRow(state) ? { ...state, row: row + 1, column: 0 } : state;
}

function save(state: NanoState): NanoState {
  return state.path === ''
    ? ask(state, 'write', 'File Name to Write', '')
    : { ...state, work: { type: 'write', path: state.path, thenExit: false, overwrite: true } };
}

function leave(state: NanoState): NanoState {
  return state.modified && !state.readonly ? ask(state, 'exit', 'Save modified buffer?', '') : { ...state, exit: true };
}
