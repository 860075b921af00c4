import { firstText, replaceRows } from '../state/buffer.ts';
import type { ViState } from '../state/state.ts';

/** Lines put below a row after the text was remembered already; the cursor goes to the first of them. */
export function addUndone(state: ViState, added: readonly string[], below: number): ViState {
  if (added.length === 0) return state;
  const made = { ...replaceRows(state, below + 1, below + 1, added), row: below + 1 };
  return { ...made, column: firstText(made, made.row) };
}
