/** Readline's commands that move the cursor or change the text, each a function of the line and its numeric argument. */
import type { EditorState } from './state.ts';
import { insert, lineText, remember, remove, replaceRange, setLine } from './state.ts';
import { blankLeft, pathPartLeft, shellWordLeft, shellWordRight, wordLeft, wordRight } from './words.ts';

/** Answers undefined where it cannot do anything: the bell rings. */
export type EditCommand = (state: EditorState, count: number) => EditorState | undefined;

const RING = 10;

const to = (state: EditorState, cursor: number): EditorState => ({
  ...state,
  cursor: Math.max(0, Math.min(state.chars.length, cursor)),
});

/** Takes text out and keeps it; kills in a row are one text. */
function kill(state: EditorState, from: number, end: number): EditorState {
  const text = state.chars.slice(Math.min(from, end), Math.max(from, end)).join('');
  if (text === '') return state;
  const before = state.last.type === 'kill' ? (state.killRing.at(-1) ?? '') : undefined;
  const whole = before === undefined ? text : from < state.cursor ? text + before : before + text;
  return {
    ...remove(state, from, end),
    killRing: [...(before === undefined ? state.killRing : state.killRing.slice(0, -1)), whole].slice(-RING),
    last: { type: 'kill' },
  };
}

function yank(state: EditorState, at = state.killRing.length - 1, from = state.cursor): EditorState | undefined {
  const text = state.killRing[at];
  return text === undefined
    ? undefined
    : { ...replaceRange(state, from, state.cursor, text), mark: from, last: { type: 'yank', at, from } };
}

/** Alt-y: the text killed before the one that was just put in. */
function yankPop(state: EditorState): EditorState | undefined {
  if (state.last.type !== 'yank') return undefined;
  const { at, from } = state.last;
  return yank(state, at === 0 ? state.killRing.length - 1 : at - 1, from);
}

/** The character before the cursor goes `count` places on; at the end, the last two change places. */
function transposeChars(state: EditorState, count: number): EditorState | undefined {
  const { chars, cursor } = state;
  if (cursor === 0 || chars.length < 2) return undefined;
  const isEnd = cursor === chars.length;
  const at = isEnd ? cursor - 2 : cursor - 1;
  const end = Math.min(chars.length, at + 1 + (isEnd ? 1 : Math.max(0, count)));
  return replaceRange(state, at, end, chars.slice(at + 1, end).join('') + (chars[at] ?? ''));
}

type Boundary = (place: Pick<EditorState, 'chars' | 'cursor'>, count?: number) => number;

/** The word before the cursor, or the one that it is in, goes behind the next; words as the two boundaries say. */
const transpose =
  (left: Boundary, right: Boundary): EditCommand =>
  (state, count) => {
    const step = (back: boolean, from: number, times: number): number => {
      const place = { chars: state.chars, cursor: from };
      return back === times > 0 ? left(place, Math.abs(times)) : right(place, Math.abs(times));
    };
    const secondEnd = step(false, state.cursor, count);
    const second = step(true, secondEnd, 1);
    const first = step(true, second, count);
    const firstEnd = step(false, first, 1);
    if (first === second || second < firstEnd) return undefined;
    const part = (from: number, end: number): string => state.chars.slice(from, end).join('');
    const text = part(second, secondEnd) + part(firstEnd, second) + part(first, firstEnd);
    return replaceRange(state, first, secondEnd, text);
  };

const changeCase =
  (change: (text: string) => string): EditCommand =>
  (state, count) => {
    const [from, end] = count < 0 ? [wordLeft(state, -count), state.cursor] : [state.cursor, wordRight(state, count)];
    const changed = replaceRange(state, from, end, change(state.chars.slice(from, end).join('')));
    return count < 0 ? { ...changed, cursor: state.cursor } : changed;
  };
const capitals = (text: string): string =>
  text.toLowerCase().replace(/[\p{L}\p{N}]+/gu, (word) => word.charAt(0).toUpperCase() + word.slice(1));

function deleteBlanks(state: EditorState): EditorState {
  let [from, end] = [state.cursor, state.cursor];
  while (/[ \t]/.test(state.chars[from - 1] ?? '')) from -= 1;
  while (/[ \t]/.test(state.chars[end] ?? '')) end += 1;
  return remove(state, from, end);
}

/** The next `count`th place of a character; back where the count is negative. */
export function findCharacter(state: EditorState, char: string, count: number): EditorState | undefined {
  const step = count < 0 ? -1 : 1;
  let at = state.cursor;
  for (let left = Math.abs(count); left > 0; left -= 1) {
    at += step;
    while (at >= 0 && at < state.chars.length && state.chars[at] !== char) at += step;
  }
  return state.chars[at] === char ? { ...state, cursor: at } : undefined;
}

const moveBy =
  (sign: 1 | -1): EditCommand =>
  (state, count) => {
    const moved = to(state, state.cursor + sign * count);
    return moved.cursor === state.cursor ? undefined : moved;
  };
const byWord =
  (back: boolean, left: Boundary = wordLeft, right: Boundary = wordRight): EditCommand =>
  (state, count) =>
    to(state, back === count > 0 ? left(state, Math.abs(count)) : right(state, Math.abs(count)));
const killWord =
  (back: boolean, left: Boundary = wordLeft, right: Boundary = wordRight): EditCommand =>
  (state, count) =>
    back === count > 0
      ? kill(state, left(state, Math.abs(count)), state.cursor)
      : kill(state, state.cursor, right(state, Math.abs(count)));
const copyWord =
  (back: boolean): EditCommand =>
  (state, count) => {
    const { killRing, last } = killWord(back)(state, count) ?? state;
    return { ...state, killRing, last };
  };
const killLine =
  (back: boolean): EditCommand =>
  (state, count) =>
    back === count > 0 ? kill(state, 0, state.cursor) : kill(state, state.cursor, state.chars.length);
const deleteBy =
  (sign: 1 | -1): EditCommand =>
  (state, count) => {
    const end = state.cursor + sign * count;
    if (state.cursor === (end < state.cursor ? 0 : state.chars.length)) return undefined;
    // With an argument what is deleted can be put in again.
    return Math.abs(count) > 1 ? kill(state, Math.max(0, end), state.cursor) : remove(state, state.cursor, end);
  };
/** In overwrite mode what stands after it stays where it is. */
const rubOut: EditCommand = (state, count) => {
  const shorter = deleteBy(-1)(state, count);
  if (shorter === undefined || !state.overwrite || state.cursor === state.chars.length || count < 1) return shorter;
  const blanks = ' '.repeat(state.cursor - shorter.cursor);
  return { ...replaceRange(state, shorter.cursor, state.cursor, blanks), cursor: shorter.cursor };
};

export const EDIT_COMMANDS: Readonly<Record<string, EditCommand>> = {
  'beginning-of-line': (state) => to(state, 0),
  'end-of-line': (state) => to(state, state.chars.length),
  'forward-char': moveBy(1),
  'backward-char': moveBy(-1),
  'forward-word': byWord(false),
  'backward-word': byWord(true),
  'delete-char': deleteBy(1),
  'backward-delete-char': rubOut,
  'forward-backward-delete-char': (state, count) =>
    state.cursor === state.chars.length ? rubOut(state, count) : deleteBy(1)(state, count),
  'forward-byte': moveBy(1),
  'backward-byte': moveBy(-1),
  'shell-forward-word': byWord(false, shellWordLeft, shellWordRight),
  'shell-backward-word': byWord(true, shellWordLeft, shellWordRight),
  'kill-line': killLine(false),
  'backward-kill-line': killLine(true),
  'unix-line-discard': (state) => kill(state, 0, state.cursor),
  'kill-whole-line': (state) => kill(state, 0, state.chars.length),
  'kill-word': killWord(false),
  'backward-kill-word': killWord(true),
  'shell-kill-word': killWord(false, shellWordLeft, shellWordRight),
  'shell-backward-kill-word': killWord(true, shellWordLeft, shellWordRight),
  'copy-forward-word': copyWord(false),
  'copy-backward-word': copyWord(true),
  'unix-filename-rubout': (state, count) => kill(state, pathPartLeft(state, count), state.cursor),
  'unix-word-rubout': (state, count) => kill(state, blankLeft(state, count), state.cursor),
  'kill-region': (state) => kill(state, state.mark, state.cursor),
  'copy-region-as-kill': (state) => {
    const { killRing } = kill(state, state.mark, state.cursor);
    return { ...state, killRing };
  },
  'delete-horizontal-space': deleteBlanks,
  yank: (state) => yank(state),
  'yank-pop': yankPop,
  'transpose-chars': transposeChars,
  'transpose-words': transpose(wordLeft, wordRight),
  'shell-transpose-words': transpose(shellWordLeft, shellWordRight),
  'upcase-word': changeCase((text) => text.toUpperCase()),
  'downcase-word': changeCase((text) => text.toLowerCase()),
  'capitalize-word': changeCase(capitals),
  'set-mark': (state) => ({ ...state, mark: state.cursor }),
  'exchange-point-and-mark': (state) =>
    state.mark > state.chars.length ? undefined : { ...state, cursor: state.mark, mark: state.cursor },
  'tab-insert': (state, count) => insert(state, '\t'.repeat(Math.max(0, count))),
  'revert-line': (state) => {
    const [first] = state.undo;
    return first === undefined ? state : { ...setLine(state, first.text), undo: [] };
  },
};

/** Alt-#: the line as a comment; with an argument the other way round where it is one already. */
export function toggleComment(state: EditorState, argument: boolean): EditorState {
  const text = lineText(state);
  if (argument && text.startsWith('#')) return { ...setLine(remember(state), text.slice(1)) };
  return setLine(remember(state), `#${text}`);
}
