import { failed } from '../../../protocol/errno.ts';
import { bytesToText, textToBytes } from '../../text.ts';
import type { PlainFrame } from '../machine/frames.ts';
import { addToHistory } from './history.ts';
import type { Op } from '../machine/op.ts';
import { quoteForReuse } from '../quote.ts';
import type { Shell } from '../shell.ts';
import { pushInput, pushSource } from '../machine/push-source.ts';

let numbered = 0;

/** Lets a person edit a command in an editor, then runs it: `fc`, and ^X^E at the prompt. */
export function editCommand(shell: Shell, text: string, editor: string): number {
  numbered += 1;
  const file = `/tmp/bash-fc.${String(shell.process.pid)}.${String(numbered)}`;
  const written = shell.process.writeFile(file, textToBytes(`${text}\n`), { mode: 0o600 });
  if (failed(written)) return 1;
  shell.stack.push({ type: 'edited', file });
  pushSource(shell, shell.addSource(`${editor} ${quoteForReuse(file)}`, shell.line), true);
  return 0;
}

/** The editor is done: its file is run, unless it failed. */
export function* runEdited(shell: Shell, frame: Extract<PlainFrame, { type: 'edited' }>): Op<void> {
  shell.stack.pop();
  const bytes = shell.process.readFile(frame.file);
  shell.process.unlink(frame.file);
  if (shell.status !== 0 || failed(bytes)) return;
  shell.status = yield* runAgain(shell, bytesToText(bytes).replace(/\n$/, ''), false);
}

/** Shows a command, keeps it in the history and runs it. */
export function* runAgain(shell: Shell, text: string, quiet: boolean): Op<number> {
  yield* shell.write(2, `${text}\n`);
  addToHistory(shell, text);
  pushInput(shell, shell.addSource(text, shell.line), quiet);
  return shell.status;
}
