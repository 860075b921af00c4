/** Leaving, while files of the argument list were not looked at: refused once. */
import type { ViState } from '../state/state.ts';
import { fail } from '../state/state.ts';

export function leave(state: ViState, force: boolean): ViState {
  const more = state.files.length - 1 - state.file;
  if (force || more <= 0 || state.registers['_left'] !== undefined) return { ...state, exit: 0 };
  const noted = { ...state, registers: { ...state.registers, _left: { text: [''], kind: 'char' as const } } };
  return fail(noted, `E173: ${String(more)} more file${more === 1 ? '' : 's'} to edit`);
}
