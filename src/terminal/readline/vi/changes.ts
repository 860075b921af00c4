/** d, c and y with what they take; and `.`, which makes the last change again. */
import type { EditorEvent } from '../event.ts';
import type { EditorState } from '../state.ts';
import { remove, typeText } from '../state.ts';
import { edit, enter, lastOf, noteChange, ring, settle } from './mode.ts';
import { motion } from './motions.ts';

const RING = 10;

/** Carries out an operator on what a motion passes over, or on the whole line where it is doubled. */
export function operate(state: EditorState, operator: string, about: string, count: number, keys: string): EditorEvent {
  const { vi } = state;
  if (vi === undefined) return ring(state);
  const way =
    about === operator
      ? undefined
      : motion(state, operator === 'c' && /w/i.test(about) ? (about === 'w' ? 'e' : 'E') : about, count, vi.memory);
  if (about !== operator && way === undefined) return ring(state);
  const [from, end] =
    way === undefined
      ? [0, state.chars.length]
      : [Math.min(state.cursor, way.at), Math.max(state.cursor, way.at) + (way.inclusive ? 1 : 0)];
  const killRing = [...state.killRing, state.chars.slice(from, end).join('')].slice(-RING);
  if (operator === 'y') return edit({ ...state, killRing, cursor: from });
  const cut = noteChange({ ...remove(state, from, end), killRing, cursor: from }, keys);
  return edit(operator === 'c' ? enter(cut, state.undo.length) : { ...cut, cursor: Math.min(cut.cursor, lastOf(cut)) });
}

/** `.`: the keys of the last change, and what was typed after them. */
export function changeAgain(
  state: EditorState,
  count: number,
  run: (state: EditorState, keys: string) => EditorEvent,
): EditorEvent {
  const change = state.vi?.memory.change;
  if (change === undefined) return ring(state);
  const event = run(state, change.keys);
  if (event.type !== 'edit' || event.state.vi?.mode !== 'insert') return event;
  const isOperator = /[csSC]/.test(change.keys.charAt(0)) || /^\d*c/.test(change.keys);
  const typed = typeText(event.state, (change.text ?? '').repeat(isOperator ? 1 : count));
  const memory = { ...event.state.vi.memory, change };
  return edit(
    settle(
      {
        ...typed,
        overwrite: false,
        cursor: isOperator ? Math.min(typed.cursor, lastOf(typed)) : Math.max(0, typed.cursor - 1),
      },
      memory,
    ),
  );
}
