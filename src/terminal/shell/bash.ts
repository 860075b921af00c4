/**
 * bash 5.2 as a program, and the same interpreter as dash and as busybox's ash.
 * Models: -c, scripts, -s, login and interactive shells, options on the command line, profile files.
 * Leaves out: translatable strings (-D, --dump-strings), the debugger, --pretty-print.
 */
import { Abort } from './machine/abort.ts';
import { failed, strerror } from '../../protocol/errno.ts';
import type { Plain } from '../../protocol/plain.ts';
import type { Process, Program, Signal } from '../../protocol/program.ts';
import { baseName } from '../io.ts';
import { builtinsOf } from './builtins/index.ts';
import { OPTIONS, SHOPTS } from './builtins/option-names.ts';
import { setBuiltin } from './builtins/options.ts';
import { shopt } from './builtins/shopt.ts';
import { HELP_TEXT, USAGE, VERSION_TEXT, parseCommandLine } from './options/command-line.ts';
import { interact, presetPrompts, startInteractive, startUpFiles, startWithCommand } from './prompt/interactive.ts';
import { runMachine } from './machine/machine.ts';
import type { Op } from './machine/op.ts';
import { drive } from './machine/op.ts';
import { OPTION_LETTERS } from './options/option-letters.ts';
import { warnOfLocale } from './variables/locale.ts';
import { showOwnTables } from './variables/own-tables.ts';
import { restrict } from './options/restricted.ts';
import { finish, profile, runBashEnv } from './input/start-up.ts';
import { inPath } from './commands/command-path.ts';
import { followPosixlyCorrect } from './options/posix-mode.ts';
import { redirectGroup } from './commands/redirect.ts';
import { reportSyntax } from './syntax/report-syntax.ts';
import type { Task } from './machine/saved-state.ts';
import { becomeSubshell, loadShell } from './machine/saved-state.ts';
import { isBinary, readScript, scriptText } from './input/script-file.ts';
import type { Personality } from './shell.ts';
import { Shell } from './shell.ts';
import { keepFunction } from './commands/define-function.ts';
import { nodeAt } from './syntax/source.ts';
import { pushInput, pushSource } from './machine/push-source.ts';
import { runNode } from './machine/steps.ts';
import { runStandardInput } from './input/standard-input.ts';
import { findProblem } from './syntax/syntax-error.ts';
import { freshVariable } from './variables/variables.ts';
import { boundMet } from './machine/text-bound.ts';

export const bash: Program = shellProgram('bash', 'bash');
export const dash: Program = shellProgram('dash', 'dash');
export const ash: Program = shellProgram('ash', 'ash');

function shellProgram(name: string, personality: Personality): Program {
  return {
    name,
    memoryBytes: 3_500_000,
    run: (process) =>
      start(
        process,
        personality === 'bash' && /^-?(sh|dash)$/.test(baseName(process.argv[0] ?? '')) ? 'dash' : personality,
      ),
    resume,
  };
}

async function start(
  process: Process,
  personality: Personality,
  { argv, env }: Pick<Process, 'argv' | 'env'> = process,
): Promise<number> {
  const shell = new Shell(process);
  shell.startUs = process.time().monotonicUs;
  shell.personality = personality;
  shell.builtins = builtinsOf(personality);
  importEnvironment(shell, env);
  return await runOp(shell, main(shell, argv));
}

/** Drives an operation and collects caught signals after every wait. */
async function runOp(shell: Shell, op: Op<number>): Promise<number> {
  return await drive(watchSignals(shell, op));
}

function* watchSignals(shell: Shell, op: Op<number>): Op<number> {
  let step = op.next();
  while (step.done !== true) {
    const answer: unknown = yield step.value;
    shell.waits += 1;
    if (shell.interactive || shell.traps.size > 0) {
      for (const signal of shell.process.takeSignals()) notePending(shell, signal);
    }
    step = op.next(answer);
  }
  return step.value;
}

/** A trap runs once for all signals of its kind that came in the meantime; that of SIGCHLD, once for each child. */
function notePending({ pendingSignals, traps }: Shell, signal: Signal): void {
  const isWanted = signal === 'SIGCHLD' ? traps.has(signal) : !pendingSignals.includes(signal);
  if (isWanted) pendingSignals.push(signal);
}

async function resume(process: Process, state: Plain): Promise<number> {
  const shell = new Shell(process);
  const task = loadShell(shell, state);
  if (task.type === 'script') {
    becomeSubshell(shell);
    return await start(process, shell.personality, task);
  }
  shell.builtins = builtinsOf(shell.personality);
  return await runOp(shell, continueTask(shell, task, state));
}

function* continueTask(shell: Shell, task: Exclude<Task, { type: 'script' }>, state: Plain): Op<number> {
  if (task.type === 'frames') {
    shell.process.checkpoint(state);
    if (shell.interactive) return yield* interact(shell);
    if (shell.input !== undefined) return yield* runStandardInput(shell);
    yield* runMachine(shell);
    return yield* finish(shell);
  }
  becomeSubshell(shell);
  for (const [from, to] of task.dup) shell.process.dup2(from, to);
  for (const fd of task.close) if (!task.dup.some(([, to]) => to === fd)) shell.process.close(fd);
  if (task.type === 'text') {
    shell.traceDepth += 1;
    const source = shell.addSource(task.text, task.firstLine, shell.at?.source.file);
    const problem = findProblem(source, shell.personality);
    if (problem !== undefined) {
      yield* reportSyntax(shell, source, problem, 'command substitution');
      return shell.personality === 'bash' ? 1 : 2;
    }
    if (!shell.shopts.has('inherit_errexit') && shell.personality === 'bash' && !shell.options.has('posix'))
      shell.options.delete('errexit');
    pushSource(shell, source, false);
    shell.execLast = onlySimple(source.script.commands);
  } else {
    if (task.noInput === true) {
      const empty = shell.process.open('/dev/null', { read: true });
      if (!failed(empty)) {
        shell.process.dup2(empty, 0);
        if (empty !== 0) shell.process.close(empty);
      }
    }
    const source = shell.sources.get(task.node.source);
    const node = source === undefined ? undefined : nodeAt(source, task.node);
    if (source === undefined || node === undefined) return 1;
    shell.execLast = node.type === 'Command';
    // Its parent has run the DEBUG trap.
    if (node.type === 'Command') shell.debugged = node;
    const outer = node.type === 'Redirected' && node.command.type === 'Subshell' ? node.command : node;
    if (node.type === 'Redirected' && outer !== node && !(yield* redirectGroup(shell, node.redirects, true)))
      return yield* finish(shell);
    const inner = outer.type === 'Subshell' ? outer.body : outer;
    if (inner.type === 'CompoundList') shell.execLast = onlySimple(inner.commands);
    const op = runNode(shell, source, inner, task.quiet === true);
    try {
      if (op !== undefined) yield* op;
    } catch (error) {
      return yield* aborted(shell, error);
    }
  }
  yield* runMachine(shell);
  return yield* finish(shell);
}

function* aborted(shell: Shell, error: unknown): Op<number> {
  const abort = boundMet(shell, error) ?? error;
  if (!(abort instanceof Abort)) throw error;
  if (abort.message !== '') yield* shell.complain(abort.message);
  return abort.status;
}

const onlySimple = (
  commands: readonly { readonly command: { readonly type: string }; readonly background: boolean | undefined }[],
): boolean => commands.length === 1 && commands[0]?.command.type === 'Command' && commands[0].background !== true;

/** A function that a parent shell has exported: `() { … }`. */
function importFunction(shell: Shell, name: string, value: string): void {
  const source = shell.addSource(`${name} ${value}\n`);
  const node = source.script.commands[0]?.command;
  if (!value.startsWith('() ') || node?.type !== 'Function' || findProblem(source, shell.personality) !== undefined)
    return;
  keepFunction(shell, name, source, node, { exported: true, traced: false });
}

function importEnvironment(shell: Shell, env: Process['env']): void {
  const { process, vars } = shell;
  for (const [name, value] of Object.entries(env)) {
    const carried = /^BASH_FUNC_(.+)%%$/.exec(name)?.[1];
    if (carried !== undefined && shell.personality === 'bash') importFunction(shell, carried, value);
    if (!/^[A-Za-z_]\w*$/.test(name) || (name === '_' && shell.personality === 'bash')) continue;
    const variable = freshVariable(value);
    variable.exported = true;
    vars.global.variables.set(name, variable);
  }
  const set = (name: string, value: string, exported = false): void => {
    const variable = freshVariable(value);
    variable.exported = exported;
    vars.global.variables.set(name, variable);
  };
  set('IFS', ' \t\n');
  set('OPTIND', '1');
  set('PS4', '+ ');
  set('PPID', String(process.ppid));
  const inherited = vars.get('PWD');
  const cwd = process.cwd();
  if (inherited === undefined || !inherited.startsWith('/') || !sameDirectory(shell, inherited)) set('PWD', cwd, true);
  if (vars.get('PATH') === undefined) set('PATH', '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin');
  if (shell.personality !== 'dash') set('SHLVL', String((Number(vars.get('SHLVL') ?? '0') || 0) + 1), true);
  if (shell.personality !== 'bash') {
    shell.options = new Set();
    return;
  }
  showOwnTables(shell);
  vars.global.variables.set('PPID', { ...freshVariable(String(process.ppid)), integer: true, readonly: true });
  set('BASH', '/usr/bin/bash');
  set('BASH_VERSION', '5.2.21(1)-release');
  if (vars.get('POSIXLY_CORRECT') !== undefined) followPosixlyCorrect(shell, true);
  set('HOSTNAME', process.hostname());
  set('HOSTTYPE', 'x86_64');
  set('MACHTYPE', 'x86_64-pc-linux-gnu');
  set('OSTYPE', 'linux-gnu');
  set('OPTERR', '1');
  if (vars.get('TERM') === undefined) set('TERM', 'dumb');
  if (vars.get('OLDPWD') === undefined) {
    const old = freshVariable();
    old.exported = true;
    vars.global.variables.set('OLDPWD', old);
  }
}

function sameDirectory(shell: Shell, path: string): boolean {
  const a = shell.process.stat(path);
  const b = shell.process.stat('.');
  return !failed(a) && !failed(b) && a.inode === b.inode && a.device === b.device;
}

function* main(shell: Shell, argv: readonly string[]): Op<number> {
  const { process } = shell;
  const line = parseCommandLine(argv);
  shell.shellName = baseName(argv[0] ?? 'bash').replace(/^-/, '');
  shell.arg0 = argv[0] ?? 'bash';
  yield* warnOfLocale(shell);
  if (line.version) {
    yield* shell.write(1, VERSION_TEXT);
    return 0;
  }
  if (line.help) {
    yield* shell.write(1, HELP_TEXT);
    return 0;
  }
  if (line.problem !== undefined) {
    const usage = line.problem.endsWith('invalid option') && shell.personality === 'bash' ? USAGE : '';
    yield* shell.write(2, `${shell.arg0}: ${line.problem}\n${usage}`);
    return 2;
  }
  const [script] = line.operands;
  shell.interactive =
    line.interactive ||
    (line.command === undefined && (script === undefined || line.stdin) && process.isatty(0) && process.isatty(2));
  shell.loginShell = line.login;
  if (line.login) shell.shopts.add('login_shell');
  const restricts = line.restricted && shell.personality === 'bash';
  if (!(yield* applyOptions(shell, line.restricted && !restricts ? ['-r', ...line.options] : line.options))) return 2;
  if (shell.interactive) presetPrompts(shell);
  if (line.login && !line.noProfile) yield* profile(shell);
  const fromInput = line.command === undefined && (script === undefined || line.stdin || shell.interactive);
  shell.positional = fromInput ? line.operands : line.operands.slice(1);
  if (!fromInput && script !== undefined) shell.arg0 = script;
  shell.commandString = line.command !== undefined;
  if (shell.interactive && line.command === undefined) yield* startInteractive(shell, startUpFiles(shell, line));
  else if (!shell.interactive) yield* runBashEnv(shell);
  else yield* startWithCommand(shell, startUpFiles(shell, line));
  if (shell.exited) return yield* finish(shell);
  if (restricts) restrict(shell);
  if (line.command !== undefined) return yield* runText(shell, line.command, undefined, true);
  if (shell.interactive) return yield* interact(shell);
  return fromInput ? yield* runStandardInput(shell) : yield* runScript(shell, script ?? '');
}

/** Options of the command line as `set` and `shopt` take them; false where there is none such. */
function* applyOptions(shell: Shell, options: readonly string[]): Op<boolean> {
  for (let at = 0; at < options.length; at += 1) {
    const option = options[at] ?? '';
    const value = option.endsWith('o') || option.endsWith('O') ? options[(at += 1)] : undefined;
    if (option.endsWith('O')) {
      if (value !== undefined && !SHOPTS.includes(value)) {
        yield* shell.write(2, `${shell.arg0}: line 0: ${value}: invalid shell option name\n`);
        return false;
      }
      const on = option.startsWith('-');
      const status = yield* shopt(shell, value === undefined ? (on ? [] : ['-p']) : [on ? '-s' : '-u', value]);
      if (status !== 0) return false;
      continue;
    }
    const lists = option.endsWith('o') && value === undefined;
    const wrong = shell.personality === 'bash' && !lists ? wrongOption(option, value) : undefined;
    if (wrong !== undefined) {
      yield* shell.write(2, `${shell.arg0}: ${wrong}`);
      return false;
    }
    const { interactive } = shell;
    shell.interactive = false;
    const status = yield* setBuiltin(shell, value === undefined ? [option] : [option, value]);
    shell.interactive = interactive;
    if (status !== 0) return false;
  }
  return true;
}

/** What is wrong with an option of bash's own command line. */
function wrongOption(option: string, value: string | undefined): string | undefined {
  if (value !== undefined) return OPTIONS.includes(value) ? undefined : `line 0: bash: ${value}: invalid option name\n`;
  const letter = [...option.slice(1)].find((each) => OPTION_LETTERS[each] === undefined);
  return letter === undefined ? undefined : `${option.charAt(0)}${letter}: invalid option\n${USAGE}`;
}

/** `bash FILE`: a name without a slash that is not here is looked for in PATH. */
function* runScript(shell: Shell, name: string): Op<number> {
  const { process, personality, shellName } = shell;
  shell.isScript = true;
  const here = name.includes('/') || personality !== 'bash' || !failed(process.stat(name));
  const script = here ? name : inPath(shell, name);
  shell.arg0 = name;
  const bytes = yield* readScript(shell, script);
  if (!failed(bytes)) {
    const stat = process.stat(script);
    const regular = !failed(stat) && stat.type === 'file';
    if (personality !== 'bash' || !regular || !isBinary(bytes))
      return yield* runText(shell, scriptText(bytes), script, false);
    yield* shell.write(2, `${script}: ${script}: cannot execute binary file\n`);
    return 126;
  }
  const not =
    personality === 'dash'
      ? `${shellName}: 0: cannot open ${script}: No such file\n`
      : bytes.errno === 'EISDIR'
        ? `${script}: ${script}: Is a directory\n`
        : `${shellName}: ${script}: ${strerror(bytes)}\n`;
  yield* shell.write(2, not);
  return personality === 'dash' ? 2 : bytes.errno === 'ENOENT' ? 127 : 126;
}

function* runText(shell: Shell, text: string, file: string | undefined, command: boolean): Op<number> {
  const source = shell.addSource(text, 1, file);
  const problem = findProblem(source, shell.personality);
  pushInput(shell, source, false, problem?.good.length);
  shell.at = { source, pos: 0 };
  shell.execLast = command && problem === undefined && onlySimple(source.script.commands) && shell.traps.size === 0;
  yield* runMachine(shell);
  if (problem !== undefined && shell.unwind === undefined && !shell.exited) {
    yield* reportSyntax(shell, source, problem);
    if (problem.keepsStatus !== true) shell.status = 2;
  }
  return yield* finish(shell);
}
