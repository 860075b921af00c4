/** :! and what goes through a command of the shell; :shell, :suspend. */
import type { ViState } from '../state/state.ts';
import { fail } from '../state/state.ts';
import { remember } from '../state/undo.ts';
import type { ExCall, ExCommand } from './command.ts';

/** % and # are the names of this file and the one before; ! is the last command. */
function expandCommand(state: ViState, text: string): string {
  const last = state.registers['!']?.text[0] ?? '';
  return text.replace(/\\([%#!])|[%#!]/g, (whole, escaped?: string) => {
    if (escaped !== undefined) return escaped;
    return whole === '%' ? (state.path ?? '') : whole === '#' ? (state.alternate ?? '') : last;
  });
}

function run(state: ViState, { range, raw }: ExCall): ViState {
  if (/(?:^|[^\\])!/.test(raw) && state.registers['!'] === undefined) return fail(state, 'E34: No previous command');
  const command = expandCommand(state, raw.trimStart());
  const known: ViState = { ...state, registers: { ...state.registers, '!': { text: [command], kind: 'char' } } };
  if (!range.given) return { ...known, work: { type: 'shell', command } };
  return { ...remember(known), work: { type: 'filter', command, from: range.from, to: range.to } };
}

export const readCommand = (state: ViState, text: string, below: number): ViState => ({
  ...remember(state),
  work: { type: 'read-command', command: expandCommand(state, text), below },
});

export const SHELL_COMMANDS: readonly ExCommand[] = [
  { name: '!', takesBars: true, run },
  { name: 'shell', shortest: 'sh', run: (state) => ({ ...state, work: { type: 'shell', command: undefined } }) },
  { name: 'suspend', shortest: 'sus', run: (state) => ({ ...state, work: { type: 'suspend' } }) },
  { name: 'stop', shortest: 'st', run: (state) => ({ ...state, work: { type: 'suspend' } }) },
];
