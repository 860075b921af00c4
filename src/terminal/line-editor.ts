/**
 * Line editing as GNU readline's emacs mode does it. State is data; what a key does is a function of the state; drawing is
 * text for the terminal. Characters are whole code points, so one Backspace takes a whole Hangul syllable.
 */
import { charWidth } from '../formats/cell-width.ts';
import type { Key } from './line-editor-keys.ts';

export interface EditorState {
  readonly chars: readonly string[];
  readonly cursor: number;
  /** Text killed last. */
  readonly killed: string;
  /** Position in the history counted from the end; 0 is the line being written. */
  readonly historyAt: number;
  readonly draft: string;
  readonly search: { readonly query: string; readonly at: number } | undefined;
  readonly undo: readonly string[];
  readonly lastWasTab: boolean;
  readonly lastArgumentAt: number;
}

export const freshEditor: EditorState = {
  chars: [],
  cursor: 0,
  killed: '',
  historyAt: 0,
  draft: '',
  search: undefined,
  undo: [],
  lastWasTab: false,
  lastArgumentAt: 0,
};

export type EditorEvent =
  | { readonly type: 'edit'; readonly state: EditorState; readonly bell?: true; readonly clear?: true }
  | { readonly type: 'accept'; readonly line: string }
  | { readonly type: 'interrupt' }
  | { readonly type: 'end' }
  | { readonly type: 'complete'; readonly state: EditorState; readonly list: boolean }
  | { readonly type: 'edit-externally'; readonly state: EditorState };

export const lineText = (state: EditorState): string => state.chars.join('');

/** What one key does. */
export function applyKey(state: EditorState, key: Key, history: readonly string[]): EditorEvent {
  if (state.search !== undefined) return searchKey(state, key, history);
  const plain = {
    ...state,
    lastWasTab: false,
    lastArgumentAt: key.type === 'key' && key.name === 'last-argument' ? state.lastArgumentAt : 0,
  };
  if (key.type !== 'key') {
    const text = key.type === 'paste' ? key.text.replace(/\r\n?/g, '\n').replace(/\t/g, '    ') : key.text;
    return edit(insert(plain, text.normalize('NFC')));
  }
  switch (key.name) {
    case 'enter':
    case '^J':
      return { type: 'accept', line: lineText(state) };
    case '^C':
      return { type: 'interrupt' };
    case '^D':
      return state.chars.length === 0 ? { type: 'end' } : edit(remove(plain, state.cursor, state.cursor + 1));
    case 'tab':
      return { type: 'complete', state: { ...state, lastWasTab: true }, list: state.lastWasTab };
    case '^L':
      return { type: 'edit', state: plain, clear: true };
    case '^R':
      return edit({ ...plain, search: { query: '', at: history.length }, draft: lineText(state) });
    case '^X^E':
      return { type: 'edit-externally', state };
    case 'up':
    case '^P':
      return recall(plain, history, 1);
    case 'down':
    case '^N':
      return recall(plain, history, -1);
    case 'history-first':
      return recall(plain, history, history.length - state.historyAt);
    case 'history-last':
      return recall(plain, history, -state.historyAt);
    default:
      return edit(move(plain, key.name, history));
  }
}

const edit = (state: EditorState): EditorEvent => ({ type: 'edit', state });

function insert(state: EditorState, text: string): EditorState {
  const added = [...text];
  return {
    ...remember(state),
    chars: [...state.chars.slice(0, state.cursor), ...added, ...state.chars.slice(state.cursor)],
    cursor: state.cursor + added.length,
  };
}
const remember = (state: EditorState): EditorState => ({ ...state, undo: [...state.undo.slice(-50), lineText(state)] });

function remove(state: EditorState, from: number, to: number): EditorState {
  const low = Math.max(0, from);
  const high = Math.min(state.chars.length, to);
  if (low >= high) return state;
  return { ...remember(state), chars: [...state.chars.slice(0, low), ...state.chars.slice(high)], cursor: low };
}
function kill(state: EditorState, from: number, to: number): EditorState {
  const killed = state.chars.slice(from, to).join('');
  return killed === '' ? state : { ...remove(state, from, to), killed };
}

const isWord = (char: string | undefined): boolean => char !== undefined && /[\p{L}\p{N}]/u.test(char);
function wordLeft(state: EditorState): number {
  let at = state.cursor;
  while (at > 0 && !isWord(state.chars[at - 1])) at -= 1;
  while (at > 0 && isWord(state.chars[at - 1])) at -= 1;
  return at;
}
function wordRight(state: EditorState): number {
  let at = state.cursor;
  while (at < state.chars.length && !isWord(state.chars[at])) at += 1;
  while (at < state.chars.length && isWord(state.chars[at])) at += 1;
  return at;
}
function blankLeft(state: EditorState): number {
  let at = state.cursor;
  while (at > 0 && /\s/.test(state.chars[at - 1] ?? '')) at -= 1;
  while (at > 0 && !/\s/.test(state.chars[at - 1] ?? '')) at -= 1;
  return at;
}

function move(state: EditorState, name: string, history: readonly string[]): EditorState {
  const { chars, cursor } = state;
  switch (name) {
    case 'left':
    case '^B':
      return { ...state, cursor: Math.max(0, cursor - 1) };
    case 'right':
    case '^F':
      return { ...state, cursor: Math.min(chars.length, cursor + 1) };
    case 'home':
    case '^A':
      return { ...state, cursor: 0 };
    case 'end':
    case '^E':
      return { ...state, cursor: chars.length };
    case 'word-left':
      return { ...state, cursor: wordLeft(state) };
    case 'word-right':
      return { ...state, cursor: wordRight(state) };
    case 'backspace':
    case '^H':
      return remove(state, cursor - 1, cursor);
    case 'delete':
      return remove(state, cursor, cursor + 1);
    case '^K':
      return kill(state, cursor, chars.length);
    case '^U':
      return kill(state, 0, cursor);
    case '^W':
      return kill(state, blankLeft(state), cursor);
    case 'kill-word-back':
      return kill(state, wordLeft(state), cursor);
    case 'kill-word':
      return kill(state, cursor, wordRight(state));
    case '^Y':
      return insert(state, state.killed);
    case '^T':
      return transpose(state);
    case '^_': {
      const last = state.undo.at(-1);
      return last === undefined
        ? state
        : { ...state, chars: [...last], cursor: [...last].length, undo: state.undo.slice(0, -1) };
    }
    case 'last-argument':
      return lastArgument(state, history);
    case 'upcase-word':
    case 'downcase-word':
    case 'capitalize-word': {
      const to = wordRight(state);
      const text = chars.slice(cursor, to).join('');
      const changed =
        name === 'upcase-word'
          ? text.toUpperCase()
          : name === 'downcase-word'
            ? text.toLowerCase()
            : text.replace(/[\p{L}]/u, (char) => char.toUpperCase());
      return { ...remember(state), chars: [...chars.slice(0, cursor), ...changed, ...chars.slice(to)], cursor: to };
    }
    default:
      return state;
  }
}

function transpose(state: EditorState): EditorState {
  const at = state.cursor === state.chars.length ? state.cursor - 1 : state.cursor;
  if (at < 1) return state;
  const chars = [...state.chars];
  [chars[at - 1], chars[at]] = [chars[at] ?? '', chars[at - 1] ?? ''];
  return { ...remember(state), chars, cursor: Math.min(chars.length, at + 1) };
}

/** Alt-. puts in the last word of the line before, then of the one before that. */
function lastArgument(state: EditorState, history: readonly string[]): EditorState {
  const word = (back: number): string => history.at(-back)?.trim().split(/\s+/).at(-1) ?? '';
  const base =
    state.lastArgumentAt === 0
      ? state
      : remove(state, state.cursor - [...word(state.lastArgumentAt)].length, state.cursor);
  return { ...insert(base, word(state.lastArgumentAt + 1)), lastArgumentAt: state.lastArgumentAt + 1 };
}

function recall(state: EditorState, history: readonly string[], by: number): EditorEvent {
  const next = state.historyAt + by;
  if (next < 0 || next > history.length) return { type: 'edit', state, bell: true };
  const draft = state.historyAt === 0 ? lineText(state) : state.draft;
  const text = next === 0 ? draft : (history.at(-next) ?? '');
  return edit({ ...state, draft, historyAt: next, chars: [...text], cursor: [...text].length });
}

function searchKey(state: EditorState, key: Key, history: readonly string[]): EditorEvent {
  const search = state.search ?? { query: '', at: history.length };
  const found = (query: string, before: number): EditorEvent => {
    for (let at = Math.min(before, history.length) - 1; at >= 0; at -= 1) {
      const line = history[at] ?? '';
      if (line.includes(query))
        return edit({
          ...state,
          search: { query, at },
          chars: [...line],
          cursor: [...line.slice(0, line.indexOf(query))].length,
        });
    }
    return { type: 'edit', state: { ...state, search: { query, at: search.at } }, bell: true };
  };
  if (key.type !== 'key') return found(search.query + key.text, search.at + 1);
  if (key.name === '^R') return found(search.query, search.at);
  if (key.name === 'backspace' || key.name === '^H')
    return found([...search.query].slice(0, -1).join(''), history.length);
  const done: EditorState = { ...state, search: undefined };
  if (key.name === '^G') return edit({ ...done, chars: [...state.draft], cursor: [...state.draft].length });
  if (key.name === '^C') return { type: 'interrupt' };
  if (key.name === 'escape') return edit(done);
  return applyKey(done, key, history);
}

/** Puts text in place of what stands between two positions. */
export function replaceRange(state: EditorState, from: number, to: number, text: string): EditorState {
  const added = [...text];
  return {
    ...remember(state),
    chars: [...state.chars.slice(0, from), ...added, ...state.chars.slice(to)],
    cursor: from + added.length,
  };
}

/** Where the cursor of the last drawing stands, so that the next one can go back to its start. */
export interface Drawn {
  readonly row: number;
  readonly column: number;
}

/** Nothing is drawn yet: the prompt follows whatever a program has left on the line. */
export const UNDRAWN: Drawn = { row: 0, column: 0 };

/** The text that draws prompt and line; bytes between \x01 and \x02 of a prompt take no cells. */
export function draw(
  prompt: string,
  state: EditorState,
  columns: number,
  before: Drawn,
): { readonly text: string; readonly drawn: Drawn } {
  const shown = state.search === undefined ? prompt : `(reverse-i-search)\`${state.search.query}': `;
  const visible = shown.replace(/[\x01\x02]/g, '');
  const line = caret(lineText(state));
  const body = line.replace(/\n/g, '\r\n');
  // On one row the way back is counted: what stands before the prompt stays.
  let text = before.row > 0 ? `${up(before.row)}\r` : left(before.column);
  text += `\x1b[J${visible}${body}`;
  const head = plain(shown);
  const end = position(head + line, columns);
  const at = position(head + caret(state.chars.slice(0, state.cursor).join('')), columns);
  if (end.row === 0) return { text: text + left(end.column - at.column), drawn: at };
  // A line that fills the last column leaves the terminal's cursor there until something follows.
  if (end.column === 0 && !lineText(state).endsWith('\n')) text += ' \r\x1b[K';
  text += `${up(end.row - at.row)}\r${at.column > 0 ? `\x1b[${String(at.column)}C` : ''}`;
  return { text, drawn: at };
}

const up = (rows: number): string => (rows > 0 ? `\x1b[${String(rows)}A` : '');
const left = (columns: number): string => (columns > 0 ? `\x1b[${String(columns)}D` : '');

/** Control characters as ^X: what was pasted must not move the cursor or change the terminal. */
const caret = (text: string): string =>
  text.replace(/[\x00-\x09\x0b-\x1f\x7f-\x9f]/g, (char) =>
    char === '\x7f'
      ? '^?'
      : char > '\x7f'
        ? `M-^${String.fromCharCode(char.charCodeAt(0) - 64)}`
        : `^${String.fromCharCode(char.charCodeAt(0) + 64)}`,
  );

const plain = (prompt: string): string =>
  prompt.replace(/\x01[^\x02]*\x02/g, '').replace(/\x1b\[[0-9;?]*[A-Za-z]|\x1b\][^\x07]*\x07/g, '');

function position(text: string, columns: number): { readonly row: number; readonly column: number } {
  let row = 0;
  let column = 0;
  for (const char of text) {
    if (char === '\n') {
      row += 1;
      column = 0;
      continue;
    }
    const width = charWidth(char);
    if (column + width > columns) {
      row += 1;
      column = 0;
    }
    column += width;
    if (column === columns) {
      row += 1;
      column = 0;
    }
  }
  return { row, column };
}
