/**
 * Readline's vi mode.
 * Models: insert and command mode, h l w b e W B 0 ^ $ f F, x X D C S s r ~ p P u, d c y with a motion or doubled, i a I A, j k G, counts, #.
 * Leaves out: `.`, / and ?, marks, registers by name.
 */
import { EDIT_COMMANDS, findCharacter, toggleComment } from './edit.ts';
import type { EditorEvent } from './event.ts';
import { goTo } from './history.ts';
import type { Key } from './keys.ts';
import type { EditorState, ViLine } from './state.ts';
import { insert, lineText, remove, replaceRange, takeBack } from './state.ts';

const edit = (state: EditorState): EditorEvent => ({ type: 'edit', state });
const ring = (state: EditorState): EditorEvent => ({ type: 'edit', state, bell: true });
const to = (state: EditorState, mode: ViLine['mode'], undoAt = state.undo.length): EditorState => ({
  ...state,
  vi: { mode, pending: '', undoAt },
});

/** What a key does in vi mode; undefined where it does what it does in emacs mode. */
export function viLineKey(
  state: EditorState,
  vi: ViLine,
  key: Exclude<Key, { type: 'paste' }>,
  history: readonly string[],
): EditorEvent | undefined {
  if (state.prefix !== '') return undefined;
  const keys = key.type === 'text' ? key.text : key.sequence;
  if (vi.mode === 'insert') {
    if (!keys.startsWith('\x1b') || (key.type === 'key' && keys.length > 2)) return undefined;
    const undo = state.undo.slice(0, vi.undoAt + 1);
    const left = { ...to({ ...state, undo }, 'command'), cursor: Math.max(0, state.cursor - 1) };
    return keys === '\x1b' ? edit(left) : commandKeys(left, keys.slice(1), history);
  }
  if (key.type === 'key' && keys.length > 2) return undefined;
  if (key.type === 'key' && !/^[\x1b\x7f\b]/.test(keys)) return undefined;
  return commandKeys(state, keys.replace(/\x1b/g, '').replace(/[\x7f\b]/g, 'h'), history);
}

function commandKeys(state: EditorState, keys: string, history: readonly string[]): EditorEvent {
  let event: EditorEvent = edit(state);
  const chars = [...keys];
  for (const [at, char] of chars.entries()) {
    if (event.type !== 'edit') return event;
    const { vi } = event.state;
    if (vi?.mode === 'insert') return edit(insert(event.state, chars.slice(at).join('')));
    event = commandKey(event.state, (vi?.pending ?? '') + char, history);
  }
  return event;
}

const COMMAND = /^([1-9]\d*)?(?:([dcy])([1-9]\d*)?)?([fFtTr].|[^fFtTr\d]|0)?$/su;

function commandKey(state: EditorState, keys: string, history: readonly string[]): EditorEvent {
  const [whole, first, operator, second, about] = COMMAND.exec(keys) ?? [];
  if (about === undefined || whole === undefined) {
    const unfinished = /^\d*[dcy]?\d*[fFtTr]?$/.test(keys) && keys !== '0';
    return unfinished
      ? edit({ ...state, vi: { mode: 'command', pending: keys, undoAt: 0 } })
      : ring(to(state, 'command'));
  }
  const calm = to(state, 'command');
  const count = Number(first ?? '1') * Number(second ?? '1');
  if (operator === undefined && about === 'd') return ring(calm);
  if (operator !== undefined) return operate(calm, operator, about, count);
  const cursor = motion(calm, about, count);
  if (cursor !== undefined) return edit({ ...calm, cursor: Math.min(cursor.at, lastOf(calm)) });
  return plain(calm, about, count, history);
}
const lastOf = ({ chars }: EditorState): number => Math.max(0, chars.length - 1);

/** Where a motion leads; `inclusive`: the character there belongs to it. */
function motion(
  state: EditorState,
  name: string,
  count: number,
): { readonly at: number; readonly inclusive: boolean } | undefined {
  const { chars, cursor } = state;
  const exclusive = (at: number): { readonly at: number; readonly inclusive: boolean } => ({ at, inclusive: false });
  switch (name) {
    case 'h':
      return exclusive(Math.max(0, cursor - count));
    case 'l':
    case ' ':
      return exclusive(Math.min(chars.length, cursor + count));
    case '0':
      return exclusive(0);
    case '^':
      return exclusive(
        Math.max(
          0,
          chars.findIndex((char) => !/\s/.test(char)),
        ),
      );
    case '$':
      return exclusive(chars.length);
    case 'w':
    case 'W':
    case 'b':
    case 'B':
    case 'e':
    case 'E': {
      let at = cursor;
      for (let turn = 0; turn < count; turn += 1) at = wordStep(chars, at, name);
      return { at, inclusive: /e/i.test(name) };
    }
    default:
      return byCharacter(state, name, count);
  }
}

function byCharacter(
  state: EditorState,
  name: string,
  count: number,
): { readonly at: number; readonly inclusive: boolean } | undefined {
  const [how = '', char = ''] = [...name];
  if (!/^[fFtT]$/.test(how)) return undefined;
  const found = findCharacter(state, char, /[ft]/.test(how) ? count : -count);
  if (found === undefined) return { at: state.cursor, inclusive: false };
  const short = how === 't' ? -1 : how === 'T' ? 1 : 0;
  return { at: found.cursor + short, inclusive: /[ft]/.test(how) };
}

function wordStep(chars: readonly string[], from: number, name: string): number {
  const big = name === name.toUpperCase();
  const kind = (at: number): number => {
    const char = chars[at] ?? ' ';
    return /\s/.test(char) ? 0 : big || /[\p{L}\p{N}_]/u.test(char) ? 1 : 2;
  };
  let at = from;
  if (/w/i.test(name)) {
    const start = kind(at);
    while (at < chars.length && start !== 0 && kind(at) === start) at += 1;
    while (at < chars.length && kind(at) === 0) at += 1;
    return at;
  }
  const step = /e/i.test(name) ? 1 : -1;
  at += step;
  while (at > 0 && at < chars.length && kind(at) === 0) at += step;
  while (at + step >= 0 && at + step < chars.length && kind(at + step) === kind(at)) at += step;
  return Math.max(0, Math.min(chars.length - 1, at));
}

function operate(state: EditorState, operator: string, about: string, count: number): EditorEvent {
  const way = about === operator ? undefined : motion(state, operator === 'c' && about === 'w' ? 'e' : about, count);
  if (about !== operator && way === undefined) return ring(state);
  const [from, end] =
    way === undefined
      ? [0, state.chars.length]
      : [Math.min(state.cursor, way.at), Math.max(state.cursor, way.at + (way.inclusive ? 1 : 0))];
  const killRing = [...state.killRing, state.chars.slice(from, end).join('')].slice(-10);
  if (operator === 'y') return edit({ ...state, killRing, cursor: from });
  const cut = { ...remove(state, from, end), killRing };
  return edit(
    operator === 'c' ? to(cut, 'insert', state.undo.length) : { ...cut, cursor: Math.min(cut.cursor, lastOf(cut)) },
  );
}

function plain(state: EditorState, name: string, count: number, history: readonly string[]): EditorEvent {
  const { cursor, chars } = state;
  switch (name) {
    case 'i':
      return edit(to(state, 'insert'));
    case 'a':
      return edit({ ...to(state, 'insert'), cursor: Math.min(chars.length, cursor + 1) });
    case 'I':
      return edit({ ...to(state, 'insert'), cursor: motion(state, '^', 1)?.at ?? 0 });
    case 'A':
      return edit({ ...to(state, 'insert'), cursor: chars.length });
    case 'x':
      return operate(state, 'd', 'l', count);
    case 'X':
      return operate(state, 'd', 'h', count);
    case 's':
      return operate(state, 'c', 'l', count);
    case 'S':
      return operate(state, 'c', 'c', count);
    case 'D':
    case 'C':
      return operate(state, name.toLowerCase(), '$', 1);
    case '~': {
      const end = Math.min(chars.length, cursor + count);
      const swapped = chars
        .slice(cursor, end)
        .map((char) => (char === char.toLowerCase() ? char.toUpperCase() : char.toLowerCase()));
      const changed = replaceRange(state, cursor, end, swapped.join(''));
      return edit({ ...changed, cursor: Math.min(end, lastOf(changed)) });
    }
    case 'p':
    case 'P': {
      const at = name === 'p' ? Math.min(chars.length, cursor + 1) : cursor;
      const put = EDIT_COMMANDS['yank']?.({ ...state, cursor: at }, 1);
      return put === undefined ? ring(state) : edit({ ...put, cursor: Math.max(0, put.cursor - 1) });
    }
    case 'u':
      return edit(takeBack(state) ?? state);
    case 'k':
    case '-':
    case 'j':
    case '+': {
      const gone = goTo(state, history, state.historyAt + (name === 'k' || name === '-' ? count : -count));
      return gone === undefined ? ring(state) : edit({ ...gone, cursor: 0 });
    }
    case 'G':
      return edit({ ...(goTo(state, history, history.length) ?? state), cursor: 0 });
    case '#':
      return { type: 'accept', line: lineText(toggleComment(state, false)) };
    default:
      if (/^r./su.test(name) && cursor < chars.length)
        return edit({ ...replaceRange(state, cursor, cursor + 1, [...name].slice(1).join('')), cursor });
      return ring(state);
  }
}
