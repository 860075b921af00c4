/** Commands of vi mode that are one key, perhaps with a character after it. */
import { COMMANDS } from '../commands.ts';
import type { EditorContext } from '../context.ts';
import { EDIT_COMMANDS } from '../edit.ts';
import type { EditorEvent } from '../event.ts';
import { goTo, yankArgument } from '../history.ts';
import { ask, searchAgain } from '../search-by-text.ts';
import type { EditorState } from '../state.ts';
import { insert, replaceRange, takeBack } from '../state.ts';
import { operate } from './changes.ts';
import { edit, enter, lastOf, noteChange, ring } from './mode.ts';

/** What is an operator and a motion in one key. */
const SHORT: Readonly<Record<string, readonly [operator: string, about: string]>> = {
  x: ['d', 'l'],
  X: ['d', 'h'],
  s: ['c', 'l'],
  S: ['c', 'c'],
  D: ['d', '$'],
  C: ['c', '$'],
  Y: ['y', '$'],
};

/** Commands of readline under a key of vi mode. */
const NAMED: Readonly<Record<string, string>> = {
  '#': 'insert-comment',
  '&': 'tilde-expand',
  '*': 'insert-completions',
  '=': 'possible-completions',
  '\\': 'complete',
  U: 'revert-line',
  v: 'edit-and-execute-command',
};

/** `number`: the count, where one was typed. */
export function plain(
  state: EditorState,
  name: string,
  count: number,
  keys: string,
  number: number | undefined,
  context: EditorContext,
): EditorEvent {
  const short = SHORT[name];
  if (short !== undefined) return operate(state, short[0], short[1], count, keys);
  if (/^[iaIAR_]$/.test(name)) return insertMode(state, name, keys, number, context);
  if (/^[~pPr]/.test(name)) return change(state, name, count, keys);
  return NAMED[name] === undefined ? history(state, name, count, number, context) : named(state, name, count, context);
}

function insertMode(
  before: EditorState,
  name: string,
  keys: string,
  number: number | undefined,
  { history: lines }: EditorContext,
): EditorEvent {
  const state = noteChange(before, keys);
  const { cursor, chars } = state;
  switch (name) {
    case 'a':
      return edit(enter({ ...state, cursor: Math.min(chars.length, cursor + 1) }));
    case 'I':
      return edit(enter({ ...state, cursor: 0 }));
    case 'A':
      return edit(enter({ ...state, cursor: chars.length }));
    case 'R':
      return edit(enter({ ...state, overwrite: true }));
    case '_': {
      const spaced = insert({ ...state, cursor: Math.min(chars.length, cursor + 1) }, ' ');
      return edit(
        enter(yankArgument(spaced, lines, number === undefined ? -1 : number - 1) ?? spaced, before.undo.length),
      );
    }
    default:
      return edit(enter(state));
  }
}

/** In command mode the cursor stands on a character. */
function backInCommandMode(state: EditorState): EditorState {
  const back = takeBack(state) ?? state;
  return { ...back, cursor: Math.min(back.cursor, lastOf(back)) };
}

const swapCase = (char: string): string => (char === char.toLowerCase() ? char.toUpperCase() : char.toLowerCase());

function change(before: EditorState, name: string, count: number, keys: string): EditorEvent {
  const state = noteChange(before, keys);
  const { cursor, chars } = state;
  const end = Math.min(chars.length, cursor + count);
  if (name === '~') {
    const changed = replaceRange(state, cursor, end, chars.slice(cursor, end).map(swapCase).join(''));
    return edit({ ...changed, cursor: Math.min(end, lastOf(changed)) });
  }
  if (name.startsWith('r')) {
    if (cursor >= chars.length) return ring(before);
    const text = [...name]
      .slice(1)
      .join('')
      .repeat(end - cursor);
    const changed = replaceRange(state, cursor, end, text);
    return edit({ ...changed, cursor: Math.max(cursor, end - 1) });
  }
  const at = name === 'p' ? Math.min(chars.length, cursor + 1) : cursor;
  let put: EditorState | undefined = { ...state, cursor: at };
  for (let turn = 0; turn < count; turn += 1) put = put === undefined ? put : EDIT_COMMANDS['yank']?.(put, 1);
  return put === undefined ? ring(before) : edit({ ...put, cursor: Math.max(0, put.cursor - 1) });
}

function history(
  state: EditorState,
  name: string,
  count: number,
  number: number | undefined,
  { history: lines }: EditorContext,
): EditorEvent {
  const { vi } = state;
  const start = (gone: EditorState | undefined): EditorEvent =>
    gone === undefined ? ring(state) : edit({ ...gone, cursor: 0 });
  switch (name) {
    case 'u':
      return edit(backInCommandMode(state));
    case 'k':
    case '-':
      return start(goTo(state, lines, state.historyAt + count));
    case 'j':
    case '+':
      return start(goTo(state, lines, state.historyAt - count));
    case 'G':
      return start(goTo(state, lines, number === undefined ? lines.length : lines.length - number + 1) ?? state);
    case '/':
    case '?':
      return edit(ask(state, name, name === '?'));
    case 'n':
    case 'N':
      return searchAgain(state, lines, name === 'N');
    default:
      if (!name.startsWith('m') || vi === undefined) return ring(state);
      return edit({ ...state, vi: { ...vi, memory: withMark(vi.memory, name.slice(1), state.cursor) } });
  }
}

const withMark = (memory: NonNullable<EditorState['vi']>['memory'], char: string, at: number): typeof memory => ({
  ...memory,
  marks: [...memory.marks.filter(([name]) => name !== char), [char, at]],
});

function named(state: EditorState, key: string, count: number, context: EditorContext): EditorEvent {
  const name = NAMED[key] ?? '';
  const own = EDIT_COMMANDS[name];
  if (own !== undefined) return edit({ ...(own(state, count) ?? state), cursor: 0 });
  const before =
    key === '*' || key === '\\' ? enter({ ...state, cursor: Math.min(state.chars.length, state.cursor + 1) }) : state;
  return COMMANDS[name]?.(before, { ...context, before, count, sequence: key }) ?? ring(state);
}
