/**
 * Readline's vi mode: the commands of its command mode, which are told apart by their keys.
 * Models: motions h l w b e W B E 0 ^ $ | % f F t T ; , and marks, x X D C s S r R ~ p P u U . #, d c y with a motion or doubled, i a I A, history j k + - G / ? n N, _ & v * = \\, counts.
 * Leaves out: registers by name, @ (macros of aliases), patterns in searches beyond `^`.
 */
import { runBinding, sequenceKey } from '../apply.ts';
import type { Command } from '../commands.ts';
import type { EditorContext, ViMode } from '../context.ts';
import type { EditorEvent } from '../event.ts';
import type { Binding } from '../keymap.ts';
import type { Key } from '../keys.ts';
import type { EditorState, ViLine } from '../state.ts';
import { typeText } from '../state.ts';
import { changeAgain, operate } from './changes.ts';
import { VI_COMMAND_KEYS, VI_INSERT_KEYS } from './keymaps.ts';
import { edit, enter, lastOf, ring, settle } from './mode.ts';
import { motion } from './motions.ts';
import { VI_NAMES } from './names.ts';
import { plain } from './plain.ts';

/** What a key does in vi mode; undefined where the keymap alone says it. */
function viLineKey(
  state: EditorState,
  vi: ViLine,
  key: Exclude<Key, { type: 'paste' }>,
  context: EditorContext,
): EditorEvent | undefined {
  if (state.prefix !== '') return undefined;
  const keys = key.type === 'text' ? key.text : key.sequence;
  if (vi.mode === 'insert') {
    if (state.overwrite && /^[\x7f\b]$/.test(keys)) return edit(putBack(state, vi));
    if (!keys.startsWith('\x1b') || (key.type === 'key' && keys.length > 2)) return undefined;
    const left = leaveInsert(state, vi);
    return keys === '\x1b' ? edit(left) : commandKeys(left, keys.slice(1), context);
  }
  if (key.type === 'key' && keys.length > 2) return undefined;
  if (key.type === 'key' && !/^[\x1b\x7f\b]/.test(keys)) return undefined;
  return commandKeys(state, keys.replace(/\x1b/g, '').replace(/[\x7f\b]/g, 'h'), context);
}

/** Backspace after R: what was typed over comes back. */
function putBack(state: EditorState, { from, undoAt }: ViLine): EditorState {
  const cursor = Math.max(0, state.cursor - 1);
  if (cursor < from) return { ...state, cursor };
  const covered = [...(state.undo[undoAt]?.text ?? '')][cursor];
  const chars = [
    ...state.chars.slice(0, cursor),
    ...(covered === undefined ? [] : [covered]),
    ...state.chars.slice(state.cursor),
  ];
  return { ...state, chars, cursor };
}

/** Back to command mode: what was typed is one change, which `.` makes again. */
function leaveInsert(state: EditorState, vi: ViLine): EditorState {
  const undo = state.undo.slice(0, vi.undoAt + 1);
  const { change } = vi.memory;
  const text = state.chars.slice(vi.from, state.cursor).join('');
  const memory = { ...vi.memory, change: change === undefined ? undefined : { keys: change.keys, text } };
  return settle({ ...state, undo, overwrite: false, cursor: Math.max(0, state.cursor - 1) }, memory);
}

function commandKeys(state: EditorState, keys: string, context: EditorContext): EditorEvent {
  let event: EditorEvent = edit(state);
  const chars = [...keys];
  for (const [at, char] of chars.entries()) {
    const rest = (): string => chars.slice(at).join('');
    if (event.type === 'macro') return { ...event, keys: event.keys + rest() };
    if (event.type !== 'edit') return event;
    const { vi, asking } = event.state;
    if (asking !== undefined) return edit({ ...event.state, asking: { ...asking, query: rest() } });
    if (vi === undefined || vi.mode === 'insert') return edit(typeText(event.state, rest()));
    event = char < ' ' ? sequenceKey(event.state, char, context) : boundKey(event.state, vi, char, context);
  }
  return event;
}

/** A key that somebody has bound does that; any other is part of a command. */
function boundKey(state: EditorState, vi: ViLine, char: string, context: EditorContext): EditorEvent {
  const own = vi.pending === '' ? context.keymaps['vi-command'].get(char) : undefined;
  const known = own?.type === 'function' ? VI_NAMES[own.name] : undefined;
  if (own === undefined || known !== undefined) return commandKey(state, vi.pending + (known ?? char), context);
  return runBinding(state, own, char, context);
}

const COMMAND = /^([1-9]\d*)?(?:([dcy])([1-9]\d*)?)?([fFtTrm`].|[^fFtTrm`\d]|0)?$/su;

function commandKey(state: EditorState, keys: string, context: EditorContext): EditorEvent {
  const { vi } = state;
  if (vi === undefined) return ring(state);
  const [whole, first, operator, second, about] = COMMAND.exec(keys) ?? [];
  if (about === undefined || whole === undefined) {
    const unfinished = /^\d*[dcy]?\d*[fFtTrm`]?$/.test(keys) && keys !== '0';
    return unfinished ? edit({ ...state, vi: { ...vi, mode: 'command', pending: keys } }) : ring(settle(state));
  }
  const find = /^[fFtT]/.test(about) ? about : vi.memory.find;
  const calm = settle(state, { ...vi.memory, find });
  const count = Number(first ?? '1') * Number(second ?? '1');
  const memory = { ...vi.memory, find };
  if (operator !== undefined) return operate(calm, operator, about, count, keys);
  if (about === '.') return changeAgain(calm, count, (again, typed) => commandKey(again, typed, context));
  const way = motion(calm, about, count, memory);
  if (way !== undefined) return edit({ ...calm, cursor: Math.min(way.at, lastOf(calm)) });
  if (/^[fFtT;,%`]/.test(about)) return ring(calm);
  return plain(calm, about, count, keys, first === undefined ? undefined : Number(first), context);
}

/** Functions of vi mode by name, as keys of either mode are bound to them. */
const commands: Readonly<Record<string, Command>> = {
  ...Object.fromEntries(
    Object.entries(VI_NAMES).map(([name, keys]): [string, Command] => [
      name,
      (state, context) => commandKey(settle(state), keys, context),
    ]),
  ),
  'vi-movement-mode': (state) => edit(state.vi === undefined ? state : leaveInsert(state, state.vi)),
  'vi-insertion-mode': (state) => edit(enter(state)),
  'vi-eof-maybe': (state) =>
    state.chars.length === 0 ? { type: 'end' } : { type: 'accept', line: state.chars.join('') },
  'vi-editing-mode': (state) => edit(enter(state)),
};

const bindingOf = (name: string): Binding => ({ type: 'function', name });

/** Emacs' commands of a name that vi mode has for itself. */
const SAME: Readonly<Record<string, string>> = {
  'vi-unix-word-rubout': 'unix-word-rubout',
  'vi-tilde-expand': 'tilde-expand',
};

export const VI_MODE: ViMode = {
  insertKeys: VI_INSERT_KEYS,
  commandKeys: VI_COMMAND_KEYS,
  key: viLineKey,
  commands: {
    ...commands,
    ...Object.fromEntries(
      Object.entries(SAME).map(([name, same]): [string, Command] => [
        name,
        (state, context) => runBinding(state, bindingOf(same), context.sequence, context),
      ]),
    ),
  },
};
