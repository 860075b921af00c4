/** nano's keys and what each does (nano 7.2). */
import {
  backspace,
  breakLine,
  comment,
  copy,
  cut,
  cutToEnd,
  deleteForward,
  deleteWord,
  indentRows,
  insertTab,
  insertText,
  paste,
  redo,
  typeCharacter,
  undo,
} from './edit.ts';
import { justify } from './justify.ts';
import {
  blockStep,
  matchingBracket,
  paragraphStep,
  position,
  rowEnd,
  scrolled,
  vertical,
  wordCount,
  wordLeft,
  wordRight,
} from './move.ts';
import { promptKey } from './prompt.ts';
import { findAgain } from './search.ts';
import { ask, chars, isModified, MESSAGE_KEYS, type NanoKey, type NanoOptions, type NanoState } from './state.ts';

export function nanoKey(before: NanoState, key: NanoKey, columns: number): NanoState {
  const state = aged(before);
  if (state.help) {
    const leaves = 'special' in key && ['^X', '^G', '^C', 'escape'].includes(key.special);
    return { ...state, help: !leaves };
  }
  if (state.prompt !== undefined) return said(state, promptKey(state, state.prompt, key));
  if (state.verbatim) return insertText({ ...state, verbatim: false, message: '' }, verbatimText(key));
  const calm: NanoState = { ...state, cutting: false };
  if ('char' in key) return typeCharacter(calm, key.char);
  return said(state, press(calm, key.special, state.cutting, columns));
}

/** What was said stays for some keys. */
const aged = (state: NanoState): NanoState => {
  const left = state.messageKeys - 1;
  return { ...state, messageKeys: left, message: left <= 0 ? '' : state.message };
};
const said = (before: NanoState, after: NanoState): NanoState =>
  after.message === before.message ? after : { ...after, messageKeys: MESSAGE_KEYS };

function press(state: NanoState, special: string, wasCutting: boolean, columns: number): NanoState {
  if (special === '^J' || /^M-j$/i.test(special)) return justify(state, columns, special !== '^J');
  const action = ACTIONS.get(special);
  if (action !== undefined) return action(state, wasCutting);
  const option = SWITCHES[special.toUpperCase()];
  if (option !== undefined) return switched(state, option);
  if (ABSENT.includes(special.toUpperCase()))
    return { ...state, message: `drydock: nano's ${special} is not simulated` };
  const control = /^M-([\x01-\x1a])$/.exec(special)?.[1];
  if (control !== undefined)
    return { ...state, message: `Unbindable key: M-^${String.fromCharCode(control.charCodeAt(0) + 64)}` };
  const shown = special.startsWith('unknown') ? undefined : special.startsWith('M-') ? special.toUpperCase() : special;
  return shown === undefined || !/^(?:M-[^\x00-\x1f\x7f]|\^)/.test(shown)
    ? state
    : { ...state, message: `Unbound key: ${shown}` };
}

const CONTROL: Readonly<Record<string, string>> = { enter: '\r', tab: '\t', escape: '\x1b', backspace: '\x7f' };
const verbatimText = (key: NanoKey): string =>
  'char' in key
    ? key.char
    : (CONTROL[key.special] ??
      (/^\^.$/.test(key.special) ? String.fromCharCode(key.special.charCodeAt(1) & 0x1f) : ''));

/** `wasCutting`: the key before cut a line, and this one adds to it. */
type Action = (state: NanoState, wasCutting: boolean) => NanoState;
type Switch = readonly [option: keyof NanoOptions, name: string, inverted?: true];

const SWITCHES: Readonly<Record<string, Switch>> = {
  'M-N': ['numbers', 'Line numbering'],
  'M-#': ['numbers', 'Line numbering'],
  'M-I': ['autoindent', 'Auto indent'],
  'M-O': ['tabsToSpaces', 'Conversion of typed tabs to spaces'],
  'M-K': ['cutToEnd', 'Cut to end'],
  'M-H': ['smartHome', 'Smart home key'],
  'M-M': ['mouse', 'Mouse support'],
  'M-C': ['constantShow', ''],
  'M-X': ['noHelp', 'Help mode', true],
  'M-S': ['softWrap', 'Soft wrapping of overlong lines'],
  'M-$': ['softWrap', 'Soft wrapping of overlong lines'],
  'M-L': ['hardWrap', 'Hard wrapping of overlong lines'],
  'M-P': ['whitespace', 'Whitespace display'],
};

function switched(state: NanoState, [option, name, inverted]: Switch): NanoState {
  const on = state.options[option] !== true;
  const options = { ...state.options, [option]: on };
  if (name === '') return { ...state, options, message: '' };
  return { ...state, options, message: `${name} ${on === (inverted !== true) ? 'enabled' : 'disabled'}` };
}

const ABSENT = ['M-Y', 'M-:', 'M-;', 'M-Z', 'M-F', '^]', 'M-B'];

const bound = (action: Action, ...keys: readonly string[]): readonly (readonly [string, Action])[] =>
  keys.map((key) => [key, action]);
const lastRow = (state: NanoState): number => state.lines.length - 1;
const page = (state: NanoState): number => Math.max(1, state.pageRows - 2);
const ENTRIES: readonly (readonly (readonly [string, Action])[])[] = [
  // Text
  bound(breakLine, 'enter', '^M'),
  bound(insertTab, 'tab', '^I'),
  bound(backspace, 'backspace', '^H'),
  bound(deleteForward, 'delete', '^D'),
  bound(cut, '^K'),
  bound(copy, 'M-6', 'M-^'),
  bound(paste, '^U'),
  bound(cutToEnd, 'M-t', 'M-T'),
  bound(undo, 'M-u', 'M-U'),
  bound(redo, 'M-e', 'M-E'),
  bound(mark, 'M-a', 'M-A', '^6', '^^'),
  bound((state) => indentRows(state, 1), 'M-}'),
  bound((state) => indentRows(state, -1), 'M-{', 'shift-tab'),
  bound(comment, 'M-3'),
  bound((state) => ({ ...state, verbatim: true, message: 'Verbatim Input' }), 'M-v', 'M-V'),
  // Cursor
  bound(left, 'left', '^B'),
  bound(right, 'right', '^F'),
  bound((state) => vertical(state, -1), 'up', '^P'),
  bound((state) => vertical(state, 1), 'down', '^N'),
  bound((state) => pageUp(state), 'page-up', '^Y'),
  bound((state) => pageDown(state), 'page-down', '^V'),
  bound(home, 'home', '^A'),
  bound(end, 'end', '^E'),
  bound((state) => ({ ...state, ...wordRight(state) }), 'word-right', '^ '),
  bound((state) => ({ ...state, ...wordLeft(state) }), 'word-left', 'M- '),
  bound((state) => blockStep(state, 1), 'ctrl-down', 'M-&'),
  bound((state) => blockStep(state, -1), 'ctrl-up', 'M-*'),
  bound((state) => scrolled(state, 1), 'M-=', 'M-+'),
  bound((state) => scrolled(state, -1), 'M--', 'M-_'),
  bound((state) => deleteWord(state, wordLeft(state)), 'M-backspace', 'M-delete'),
  bound((state) => deleteWord(state, wordRight(state)), 'ctrl-delete'),
  bound((state) => paragraphStep(state, -1), 'M-(', 'M-9'),
  bound((state) => paragraphStep(state, 1), 'M-)', 'M-0'),
  bound(matchingBracket, 'M-]'),
  bound((state) => ({ ...state, row: 0, column: 0 }), 'M-\\', 'M-|'),
  bound(toEnd, 'M-/', 'M-?'),
  bound((state) => ask(state, 'go-to'), '^_', '^/', 'M-g', 'M-G'),
  // Files
  bound((state) => askName(state), '^O'),
  bound(save, '^S'),
  bound(leave, '^X'),
  bound((state) => ask(state, 'insert'), '^R'),
  bound((state) => ask(state, 'execute'), '^T'),
  // Search
  bound((state) => ask({ ...state, search: { ...state.search, backwards: false } }, 'search'), '^W'),
  bound((state) => ask({ ...state, search: { ...state.search, backwards: true } }, 'search'), '^Q'),
  bound((state) => findAgain(state, false), 'M-w', 'M-W'),
  bound((state) => findAgain(state, true), 'M-q', 'M-Q'),
  bound((state) => ask(state, 'replace'), '^\\', 'M-r', 'M-R'),
  // Display
  bound((state) => ({ ...state, message: position(state) }), '^C'),
  bound((state) => ({ ...state, message: wordCount(state) }), 'M-d', 'M-D'),
  bound((state) => ({ ...state, help: true }), '^G'),
  bound((state) => ({ ...state, message: 'To suspend, type ^T^Z' }), '^Z'),
  bound((state) => ({ ...state, message: 'No more open file buffers' }), 'M-<', 'M->', 'M-,', 'M-.'),
  bound((state) => state, '^L'),
];
const ACTIONS: ReadonlyMap<string, Action> = new Map(ENTRIES.flat());

/** The last line, at the bottom of the screen. */
function toEnd(state: NanoState): NanoState {
  const row = lastRow(state);
  const top = Math.max(state.top, row - state.pageRows + 1);
  return { ...state, row, column: chars(state, row).length, top };
}

function mark(state: NanoState): NanoState {
  return state.mark === undefined
    ? { ...state, mark: { row: state.row, column: state.column }, message: 'Mark Set' }
    : { ...state, mark: undefined, message: 'Mark Unset' };
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

/** End goes to the last character of a row of the screen first where lines go on in the next one. */
function end(state: NanoState): NanoState {
  const { length } = chars(state);
  if (!state.options.softWrap) return { ...state, column: length };
  const column = Math.min(length, rowEnd(state));
  return { ...state, column: column === state.column ? length : column };
}

/** Home goes to the text of a line first where it is smart. */
function home(state: NanoState): NanoState {
  const text = Math.max(0, chars(state).join('').search(/\S/));
  return { ...state, column: state.options.smartHome && state.column !== text ? text : 0 };
}

/** A page on: the text moves, and the cursor keeps its row of the screen. */
function pageDown(state: NanoState): NanoState {
  const by = page(state);
  if (state.row + by >= lastRow(state)) return { ...state, row: lastRow(state), column: 0 };
  const top = Math.min(state.top + by, Math.max(0, lastRow(state)));
  return { ...vertical(state, by), top };
}
function pageUp(state: NanoState): NanoState {
  const by = page(state);
  if (state.row - by < 0) return { ...state, row: 0, column: 0, top: 0 };
  return { ...vertical(state, -by), top: Math.max(0, state.top - by) };
}

const askName = (state: NanoState): NanoState => {
  const selection = state.mark !== undefined;
  const writing = { how: 'whole', dos: state.dos, thenExit: false, selection } as const;
  return ask({ ...state, writing }, 'write', selection ? '' : state.path);
};

function save(state: NanoState): NanoState {
  if (state.path === '') return askName({ ...state, mark: undefined });
  const writing = { how: 'whole', dos: state.dos, thenExit: false, selection: false } as const;
  return { ...state, writing, work: { type: 'write', path: state.path, asked: 'all' } };
}

function leave(state: NanoState): NanoState {
  return isModified(state) && !state.options.readonly ? ask(state, 'exit') : { ...state, exit: true };
}
