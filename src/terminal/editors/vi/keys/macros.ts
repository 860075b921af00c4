/** q and @: keys recorded into a register, and played from one. */
import { registerNamed } from '../state/registers.ts';
import type { ViState } from '../state/state.ts';
import { fail } from '../state/state.ts';
import { keysOfText, playKeys, textOfKeys } from './typeahead.ts';

/** The last key is the q that ends it. */
export function stopRecording(state: ViState): ViState {
  const { recording } = state;
  if (recording === undefined) return state;
  const text = textOfKeys(recording.keys.slice(0, -1));
  const name = recording.letter.toLowerCase();
  const held = name === recording.letter ? '' : (state.registers[name]?.text.join('\n') ?? '');
  const register = { text: (held + text).split('\n'), kind: 'char' as const };
  return { ...state, recording: undefined, registers: { ...state.registers, [name]: register } };
}

export function playMacro(state: ViState, asked: string, count: number): ViState {
  const letter = asked === '@' ? state.lastMacro : asked;
  if (letter === '') return fail(state, 'E748: No previously used register');
  const register = registerNamed(state, letter);
  if (register === undefined) return fail({ ...state, lastMacro: letter });
  const text = register.text.join('\n') + (register.kind === 'line' ? '\n' : '');
  const keys = keysOfText(text.repeat(Math.min(count, 1_000)));
  return playKeys({ ...state, lastMacro: letter, typed: [] }, keys, true);
}
