/** Going from one mode of vi to the other. */
import type { EditorEvent } from '../event.ts';
import type { EditorState, ViMemory } from '../state.ts';
import { VI_INSERT } from '../state.ts';

export const edit = (state: EditorState): EditorEvent => ({ type: 'edit', state });
export const ring = (state: EditorState): EditorEvent => ({ type: 'edit', state, bell: true });

export const lastOf = ({ chars }: EditorState): number => Math.max(0, chars.length - 1);

const memoryOf = ({ vi }: EditorState): ViMemory => (vi ?? VI_INSERT).memory;

/** Command mode, with no command begun. */
export const settle = (state: EditorState, memory = memoryOf(state)): EditorState => ({
  ...state,
  vi: { mode: 'command', pending: '', undoAt: state.undo.length, from: state.cursor, memory },
});

/** Insert mode; `undoAt`: where the change began that it belongs to. */
export const enter = (state: EditorState, undoAt = state.undo.length, memory = memoryOf(state)): EditorState => ({
  ...state,
  last: { type: 'other' },
  vi: { mode: 'insert', pending: '', undoAt, from: state.cursor, memory },
});

/** Notes the keys of a change for `.`. */
export const noteChange = (state: EditorState, keys: string): EditorState =>
  state.vi === undefined
    ? state
    : { ...state, vi: { ...state.vi, memory: { ...state.vi.memory, change: { keys, text: undefined } } } };
