/** Keyboard macros: keys that are noted while they are typed, and typed again by call-last-kbd-macro. */
import type { EditorState } from './state.ts';

export function noteKeys(state: EditorState, keys: string): EditorState {
  const { recording } = state.macro;
  return recording === undefined ? state : { ...state, macro: { ...state.macro, recording: recording + keys } };
}

/** Begins a macro; with an argument the last one goes on. Undefined where one is being recorded, which is lost. */
export function startMacro(state: EditorState, goesOn: boolean): EditorState | undefined {
  const { recording, keys } = state.macro;
  if (recording !== undefined) return undefined;
  return { ...state, macro: { keys, recording: goesOn ? (keys ?? '') : '' } };
}

/** Ends the recording, of which the sequence that says so is no part. */
export function endMacro(state: EditorState, sequence: string): EditorState | undefined {
  const { recording } = state.macro;
  if (recording === undefined) return undefined;
  return { ...state, macro: { recording: undefined, keys: recording.slice(0, recording.length - sequence.length) } };
}
