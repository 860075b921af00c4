/** Commands about windows, tags and faults of which there are none here: what vim says then. */
import type { ViState } from '../state/state.ts';
import { fail, failLines } from '../state/state.ts';
import type { ExCall, ExCommand } from './command.ts';

const says =
  (message: string) =>
  (state: ViState): ViState =>
    fail(state, message);

const tag = (state: ViState, { args }: ExCall): ViState =>
  args === ''
    ? fail(state, 'E73: Tag stack empty')
    : failLines(state, ['E433: No tags file', `E426: Tag not found: ${args}`]);

/** :@: the keys of a register as commands; @: is the last line again. */
function playRegister(state: ViState, { args, run }: ExCall): ViState {
  const letter = args === '' || args === '@' ? state.lastMacro : args;
  if (letter === '') return fail(state, 'E748: No previously used register');
  if (letter === ':') {
    const line = state.history.findLast((each) => each.startsWith(':') && !/^:@/.test(each))?.slice(1);
    return line === undefined ? fail(state, 'E30: No previous command line') : run.execute(state, line);
  }
  let next: ViState = { ...state, lastMacro: letter };
  for (const line of state.registers[letter]?.text ?? []) next = next.failed ? next : run.execute(next, line);
  return next;
}

export const NOTHING_COMMANDS: readonly ExCommand[] = [
  { name: 'only', shortest: 'on', run: (state) => ({ ...state, message: 'Already only one window' }) },
  { name: 'tag', shortest: 'ta', run: tag },
  { name: 'pop', shortest: 'po', run: says('E73: Tag stack empty') },
  { name: 'cnext', shortest: 'cn', run: says('E42: No Errors') },
  { name: 'cprevious', shortest: 'cp', run: says('E42: No Errors') },
  { name: 'cc', run: says('E42: No Errors') },
  { name: 'clist', shortest: 'cl', run: says('E42: No Errors') },
  { name: '@', takesBars: true, run: playRegister },
];
