/** Commands that are program files: found, started, and what is said where the kernel refuses them. */
import type { Assignment, CommandNode, Redirection, Word } from 'unbash';
import type { Result, SysFailure } from '../../../protocol/errno.ts';
import { failed, strerror } from '../../../protocol/errno.ts';
import type { Fd, Pid, SpawnOptions } from '../../../protocol/program.ts';
import { bytesToText } from '../../text.ts';
import { Abort } from '../machine/abort.ts';
import { assignmentText } from './assignments.ts';
import { findCommand, missingText } from './command-path.ts';
import { expandWords } from '../expand/word.ts';
import { waitFor } from '../jobs/foreground.ts';
import { forkPatiently } from '../jobs/fork-retry.ts';
import type { Undo } from '../machine/frames.ts';
import type { Op } from '../machine/op.ts';
import { wait } from '../machine/op.ts';
import { exportedText } from '../print/command.ts';
import { redirectShell, undoRedirects } from './redirect.ts';
import { isRestricted } from '../options/restricted.ts';
import { forkState } from '../machine/saved-state.ts';
import { isBinary } from '../input/script-file.ts';
import type { Shell, ShellFunction } from '../shell.ts';
import type { PlannedCommand } from './simple-command.ts';
import { nodeAt } from '../syntax/source.ts';
import { failureCheck } from '../traps.ts';

export function* runExternal(shell: Shell, command: PlannedCommand): Op<void> {
  const [name = ''] = command.argv;
  if (isRestricted(shell) && name.includes('/')) {
    yield* shell.complain(`${name}: restricted: cannot specify \`/' in command names`);
    shell.status = 1;
    yield* failureCheck(shell, command.quiet);
    return;
  }
  // Only where nothing is left to do after it (`eval 'a; b'` is one command too).
  const keep = shell.execLast && shell.stack.every((frame) => frame.type === 'list' && frame.at >= frame.until);
  const env = yield* environment(shell, command.assignments);
  const undo = yield* redirectProgram(shell, command.redirects, keep);
  if (typeof undo === 'number') {
    shell.status = undo;
    yield* failureCheck(shell, command.quiet);
    return;
  }
  // An assignment before the command says where to look for it too.
  const ownPath = command.assignments.some((assignment) => assignment.name === 'PATH') ? env['PATH'] : undefined;
  const found = findCommand(shell, name, ownPath);
  if (found.type !== 'found') {
    const { text, status } = missingText(shell, name, found);
    yield* shell.write(2, text);
    shell.status = status;
  } else {
    const program = { path: found.path, argv: command.argv, env: environmentOf(shell, found.path, env) };
    const failure = keep && shell.traps.size === 0 ? yield* becomeProgram(shell, program) : undefined;
    const monitor = shell.options.has('monitor');
    const pid =
      failure === undefined || failure.errno === 'ENOEXEC'
        ? yield* startProgram(shell, program, monitor ? { processGroup: 0, foreground: true } : {})
        : failure;
    if (!failed(pid)) {
      undoRedirects(shell, undo);
      const group = monitor ? pid : undefined;
      waitFor(shell, { processes: [{ pid, status: undefined }], group, text: command.text }, command.quiet);
      return;
    }
    if (pid.errno !== 'EAGAIN') yield* tellRefusal(shell, found.path, pid);
  }
  undoRedirects(shell, undo);
  shell.pipeStatus = [shell.status];
  yield* failureCheck(shell, command.quiet);
}

/**
 * The redirections before a program. bash expands them in the child: what they assign (`${a:=x}`, `$((i++))`) is gone
 * afterwards, and a word that cannot be expanded ends the child alone. A number is the status where one failed.
 */
function* redirectProgram(
  shell: Shell,
  redirects: readonly Redirection[],
  keep: boolean,
): Op<readonly Undo[] | number> {
  if (redirects.length === 0) return [];
  const variables = shell.personality === 'bash' && redirects.some(mayAssign) ? shell.vars.save() : undefined;
  try {
    return (yield* redirectShell(shell, redirects, keep)) ?? (shell.personality === 'dash' ? 2 : 1);
  } catch (error) {
    if (!(error instanceof Abort) || shell.personality !== 'bash') throw error;
    if (error.message !== '') yield* shell.complain(error.message);
    return error.status;
  } finally {
    if (variables !== undefined) shell.vars.load(variables);
  }
}

/** Whether a redirection's words can change a variable: by `${a:=x}` or by arithmetic. */
function mayAssign(redirect: Redirection): boolean {
  const text = redirect.type === 'HereDoc' ? redirect.body.text : (redirect.target?.text ?? '');
  return /\$\{[^}]*(?:=|\+\+|--)|\$\(\(|\$\[/.test(text);
}

/** A program file with what it is given. */
export interface PlannedExternal {
  readonly path: string;
  readonly argv: readonly string[];
  readonly env: Record<string, string>;
}

/** exec(2) of the last command that the shell has to run; answers only where the kernel refuses it. */
function* becomeProgram(shell: Shell, { path, argv, env }: PlannedExternal): Op<SysFailure | undefined> {
  for (const fd of shell.ownFds) shell.process.close(fd);
  const failure = yield* wait(shell.process.exec(path, argv, env));
  return failed(failure) ? failure : undefined;
}

/** Starts a program in a child. A file that the kernel takes for no program (ENOEXEC) is a script to the shell itself. */
export function* startProgram(shell: Shell, program: PlannedExternal, how: SpawnOptions): Op<Result<Pid>> {
  const { path, argv, env } = program;
  const ignoredSignals = shell.ignoredSignals();
  const pid = yield* forkPatiently(shell, () => shell.process.spawn(path, argv, { ...how, env, ignoredSignals }));
  if (!failed(pid) || pid.errno !== 'ENOEXEC') return pid;
  const bytes = shell.process.readFile(path);
  if (!failed(bytes) && isBinary(bytes)) return pid;
  const state = forkState(shell, { type: 'script', argv: [shell.shellName, path, ...argv.slice(1)], env });
  return yield* forkPatiently(shell, () => shell.process.fork(state, { ...how, ignoredSignals }));
}

/** Says why the kernel has refused a file: a directory, no permission, an interpreter that is missing. */
export function* tellRefusal(shell: Shell, path: string, failure: SysFailure): Op<void> {
  shell.status = failure.errno === 'ENOENT' ? 127 : 126;
  const interpreter = shebang(shell, path);
  if (shell.personality !== 'bash')
    yield* shell.complain(`${path}: ${failure.errno === 'ENOENT' ? 'not found' : strerror(failure)}`);
  else if (failure.errno === 'ENOEXEC') yield* shell.complain(`${path}: cannot execute binary file: Exec format error`);
  else if (interpreter === undefined) yield* shell.complain(`${path}: ${strerror(failure)}`);
  else if (failure.errno === 'ENOENT') yield* shell.complain(`${path}: cannot execute: required file not found`);
  else {
    const own = shell.interactive ? shell.errorName : shell.arg0;
    yield* shell.write(2, `${own}: ${path}: ${interpreter}: bad interpreter: ${strerror(failure)}\n`);
  }
}

function shebang(shell: Shell, path: string): string | undefined {
  const bytes = shell.process.readFile(path);
  return failed(bytes) ? undefined : /^#!\s*(\S+)/.exec(bytesToText(bytes.subarray(0, 200)))?.[1];
}

/** Exported variables and functions. */
function exportedNames(shell: Shell): Record<string, string> {
  const env = shell.vars.exported();
  for (const [name, called] of shell.functions)
    if (called.exported) env[`BASH_FUNC_${name}%%`] = exportedFunction(called);
  return env;
}

/** The environment of what the shell turns into by `exec`, which tells no name: only one that nobody has replaced is left. */
export function environmentOfExec(shell: Shell): Record<string, string> {
  const name = shell.lastArgument === undefined ? shell.process.env['_'] : undefined;
  return { ...exportedNames(shell), ...(shell.personality === 'bash' && name !== undefined ? { _: name } : {}) };
}

/** bash tells a program by which name it was found, whatever `_` is in the shell. */
export const environmentOf = (shell: Shell, path: string, env = exportedNames(shell)): Record<string, string> =>
  shell.personality === 'bash' ? { ...env, _: path } : env;

function* environment(shell: Shell, assignments: readonly Assignment[]): Op<Record<string, string>> {
  const env = exportedNames(shell);
  for (const assignment of assignments) {
    shell.refuseReadonly(assignment.name, shell.vars.find(assignment.name));
    const text = yield* assignmentText(shell, assignment);
    env[assignment.name] =
      (assignment.append === true ? (env[assignment.name] ?? '') : '') + text.slice(text.indexOf('=') + 1);
  }
  return env;
}

function exportedFunction({ source, node, text }: ShellFunction): string {
  const body = nodeAt(source, node);
  return body === undefined ? text : exportedText(body, source.text);
}

/** A pipeline stage that is one program and whose words have no effect on the shell: it needs no copy of the shell. */
export function* planExternal(shell: Shell, node: CommandNode): Op<PlannedExternal | undefined> {
  if (
    node.type !== 'Command' ||
    node.name === undefined ||
    node.redirects.length > 0 ||
    node.prefix.length > 0 ||
    shell.aliases.size > 0
  )
    return undefined;
  if (shell.options.has('xtrace') || node.name.parts !== undefined) return undefined;
  const name = node.name.value;
  if (isRestricted(shell) && name.includes('/')) return undefined;
  if (shell.functions.has(name) || (shell.builtins.has(name) && !shell.disabled.has(name))) return undefined;
  const words: Word[] = [node.name];
  for (const arg of node.args) {
    if (
      arg.type !== 'Word' ||
      (/\$\(|`|[<>]\(|:?=|:?\?|\$\[/.test(arg.text) && arg.parts !== undefined && /\$[{([]|`|[<>]\(/.test(arg.text))
    )
      return undefined;
    words.push(arg);
  }
  const found = findCommand(shell, name);
  if (found.type !== 'found') return undefined;
  return { path: found.path, argv: yield* expandWords(shell, words), env: environmentOf(shell, found.path) };
}

export function spawnExternal(
  shell: Shell,
  external: PlannedExternal,
  options: {
    readonly dup: readonly (readonly [Fd, Fd])[];
    readonly close: readonly Fd[];
    readonly group: Pid | undefined;
    readonly foreground: boolean;
  },
): Result<Pid> {
  const fds = new Map<Fd, Fd>();
  for (const fd of shell.process.descriptors())
    if (!shell.ownFds.has(fd) && !options.close.includes(fd)) fds.set(fd, fd);
  for (const [from, to] of options.dup) fds.set(to, fds.get(from) ?? from);
  return shell.process.spawn(external.path, external.argv, {
    env: external.env,
    fds: [...fds],
    ignoredSignals: shell.ignoredSignals(),
    ...(options.group === undefined ? {} : { processGroup: options.group }),
    ...(options.foreground ? { foreground: true } : {}),
  });
}
