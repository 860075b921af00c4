/** v and !: the editor and the shell on the terminal, and back. */
import { failed } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import { COOKED, RAW } from '../../editors/key-loop.ts';
import { waitFor } from '../../run-child.ts';
import { textToBytes } from '../../text.ts';
import { openLess } from './files.ts';
import { ENTER_SCREEN, LEAVE_SCREEN } from './screen-codes.ts';
import { lineCount, type LessState } from './state.ts';
import { moved } from './view.ts';

export async function runWork(
  process: Process,
  before: LessState,
  work: NonNullable<LessState['work']>,
): Promise<LessState> {
  const state: LessState = { ...before, work: undefined };
  await process.write(1, textToBytes(`\r\x1b[K${state.options.alternate ? LEAVE_SCREEN : ''}`));
  process.setTermios(state.keys, COOKED);
  const shell = process.env['SHELL'] ?? '/bin/sh';
  const pid = process.spawn(shell, work.command === '' ? [shell] : [shell, '-c', work.command]);
  if (!failed(pid)) await waitFor(process, pid);
  process.setTermios(state.keys, { ...RAW, signals: true });
  // What a command has printed stays until a key.
  if (work.type === 'shell') return { ...state, away: true };
  const file = await openLess(process, state.file.name);
  const known: LessState = typeof file === 'string' ? state : { ...state, file };
  const line = Math.min(state.top.line, Math.max(0, lineCount(known) - 1));
  return await backOnScreen(process, moved(known, { ...state.top, line }));
}

export async function backOnScreen(process: Process, state: LessState): Promise<LessState> {
  if (state.options.alternate) await process.write(1, textToBytes(ENTER_SCREEN));
  return { ...state, away: false, squished: 'no', fresh: true };
}
