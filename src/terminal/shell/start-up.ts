import { failed } from '../../protocol/errno.ts';
import { bytesToText } from '../text.ts';
import { runMachine } from './machine.ts';
import type { Op } from './op.ts';
import { reportSyntax } from './report-syntax.ts';
import type { Shell } from './shell.ts';
import { pushSource } from './push-source.ts';
import { findProblem } from './syntax-error.ts';
import { pushTrap } from './traps.ts';

/** The EXIT trap and the status. */
export function* finish(shell: Shell): Op<number> {
  const action = shell.traps.get('EXIT');
  if (action !== undefined) {
    shell.traps.delete('EXIT');
    shell.execLast = false;
    if (action !== '') {
      const { status } = shell;
      pushTrap(shell, action, shell.personality === 'bash' ? { line: 1 } : {});
      const exitStatus = shell.addSource('');
      shell.stack.unshift({ type: 'list', source: exitStatus, node: exitStatus.script, at: 0, until: 0, quiet: true });
      shell.status = status;
      yield* runMachine(shell);
    }
  }
  return shell.status & 255;
}

/** Runs a start-up file, if it is there. */
export function* runFile(shell: Shell, path: string): Op<void> {
  const bytes = shell.process.readFile(path);
  if (failed(bytes)) return;
  const source = shell.addSource(bytesToText(bytes), 1, path);
  const problem = findProblem(source, shell.personality);
  shell.stack.push({
    type: 'source',
    positional: undefined,
    file: path,
    line: 0,
    caller: undefined,
    called: undefined,
  });
  pushSource(shell, source, true, problem?.good.length);
  yield* runMachine(shell);
  if (problem !== undefined) yield* reportSyntax(shell, source, problem);
}
