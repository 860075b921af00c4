/** F: the end of the file stays in sight while it grows, until ^C. */
import type { Process } from '../../../protocol/program.ts';
import { openLess } from './files.ts';
import type { LessState } from './state.ts';
import { toEnd } from './view.ts';

/** How often the file is looked at. */
export const FOLLOW_US = 1_000_000;

export const follow = (state: LessState): LessState => ({ ...toEnd(state), following: true });

export async function lookAgain(process: Process, state: LessState): Promise<LessState> {
  if (state.file.name === '') return state;
  const file = await openLess(process, state.file.name);
  if (typeof file === 'string' || file.lines.join('\n') === state.file.lines.join('\n')) return state;
  return follow({ ...state, file });
}
