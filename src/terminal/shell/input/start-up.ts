import { failed } from '../../../protocol/errno.ts';
import { bytesToText } from '../../text.ts';
import { expandText } from '../expand/word.ts';
import { runMachine } from '../machine/machine.ts';
import type { Op } from '../machine/op.ts';
import { isPosix } from '../options/posix-mode.ts';
import { reportSyntax } from '../syntax/report-syntax.ts';
import type { Shell } from '../shell.ts';
import { pushInput } from '../machine/push-source.ts';
import { findProblem } from '../syntax/syntax-error.ts';
import { pushTrap } from '../traps.ts';

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
  pushInput(shell, source, true, problem?.good.length);
  yield* runMachine(shell);
  if (problem !== undefined) yield* reportSyntax(shell, source, problem);
}

/** /etc/profile, then the first of the user's own. */
export function* profile(shell: Shell): Op<void> {
  const home = shell.vars.get('HOME') ?? '';
  const own = shell.personality === 'bash' ? ['.bash_profile', '.bash_login', '.profile'] : ['.profile'];
  const first = own
    .map((name) => `${home}/${name}`)
    .find((path) => !failed(shell.process.access(path, { read: true })));
  for (const path of ['/etc/profile', ...(first === undefined ? [] : [first])]) yield* runFile(shell, path);
}

/** The file that BASH_ENV names, before what a shell runs that nobody types at. */
export function* runBashEnv(shell: Shell): Op<void> {
  const named = shell.vars.get('BASH_ENV') ?? '';
  if (named === '' || isPosix(shell) || shell.options.has('privileged')) return;
  const path = yield* expandText(shell, named);
  const stat = shell.process.stat(path);
  if (failed(stat) || stat.type !== 'directory') yield* runFile(shell, path);
  else yield* shell.write(2, `${shell.arg0}: ${path}: is a directory\n`);
  if (!shell.exited) shell.status = 0;
}
