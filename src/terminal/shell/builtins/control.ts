import { failed, strerror } from '../../../protocol/errno.ts';
import { readScript, scriptText } from '../input/script-file.ts';
import { expandedArithmetic } from '../commands/arithmetic-command.ts';
import { findCommand, inPath, missingText } from '../commands/command-path.ts';
import { environmentOfExec, startProgram, tellRefusal } from '../commands/external-command.ts';
import { statusCode } from '../jobs/jobs.ts';
import { innermostCall } from '../machine/call-stack.ts';
import { isLoop } from '../machine/frames.ts';
import type { Op } from '../machine/op.ts';
import { wait } from '../machine/op.ts';
import type { Shell } from '../shell.ts';
import type { PlannedCommand } from '../commands/simple-command.ts';
import { redispatch } from '../commands/simple-command.ts';
import { pushInput } from '../machine/push-source.ts';
import { reportSyntax } from '../syntax/report-syntax.ts';
import { findProblem } from '../syntax/syntax-error.ts';
import { isPosix } from '../options/posix-mode.ts';
import { quoteForReuse } from '../quote.ts';
import { trapName } from '../traps.ts';
import type { Pid, Signal } from '../../../protocol/program.ts';
import { EVERY_SIGNAL } from '../../../protocol/program.ts';
import { signalTable } from '../../signal-names.ts';
import type { Builtin } from './builtin.ts';
import { logicalPath } from './directories.ts';
import { readLetters } from './letters.ts';
import { ashBuiltin, fault, invalidOption, print, tooMany, usage } from './message.ts';

function* loopControl(shell: Shell, type: 'break' | 'continue', args: readonly string[]): Op<number> {
  const inLoop = shell.stack.slice(shell.stack.findLastIndex((frame) => frame.type === 'function') + 1).some(isLoop);
  if (!inLoop) {
    if (isPosix(shell)) return 0;
    return yield* fault(shell, `${type}: only meaningful in a \`for', \`while', or \`until' loop`, 0);
  }
  const [count = '1'] = args;
  if (!/^[-+]?\d+$/.test(count)) {
    shell.unwind = { type: 'exit' };
    return yield* fault(shell, `${type}: ${count}: numeric argument required`, 128);
  }
  if (Number(count) < 1) {
    shell.unwind = { type: 'break', count: 1_000 };
    return yield* fault(shell, `${type}: ${count}: loop count out of range`, 1);
  }
  shell.unwind = { type, count: Number(count) };
  return 0;
}

/** strtoimax(3) skips any space before the digits, legal_number() blanks alone after them. */
const NUMBER = /^\s*[-+]?\d+[ \t]*$/;

function* exit(shell: Shell, args: readonly string[]): Op<number> {
  const [code] = args;
  let status = shell.status;
  if (
    shell.interactive &&
    shell.jobs.shown.some((job) => job.processes.some(({ status: s }) => s?.type === 'stopped')) &&
    !shell.warnedJobs
  ) {
    shell.warnedJobs = true;
    yield* shell.write(2, 'exit\nThere are stopped jobs.\n');
    return 1;
  }
  if (shell.interactive) yield* shell.write(2, shell.loginShell ? 'logout\n' : 'exit\n');
  if (code !== undefined) {
    if (!NUMBER.test(code)) {
      yield* shell.complain(
        shell.personality === 'dash' ? `exit: Illegal number: ${code}` : `exit: ${code}: numeric argument required`,
      );
      status = 2;
    } else if (args.length > 1) return yield* tooMany(shell, 'exit');
    else status = Number(BigInt(code.trim().replace('+', '')) & 255n);
  }
  shell.unwind = { type: 'exit' };
  return status;
}

/** `logout` is for login shells. */
function* logout(shell: Shell, args: readonly string[]): Op<number> {
  if (!shell.loginShell) return yield* fault(shell, "logout: not login shell: use `exit'");
  return yield* exit(shell, args);
}

function* returnBuiltin(shell: Shell, args: readonly string[]): Op<number> {
  if (innermostCall(shell) === undefined && shell.personality === 'bash') {
    if (args[0] !== undefined && !NUMBER.test(args[0]))
      yield* shell.complain(`return: ${args[0]}: numeric argument required`);
    return yield* fault(shell, "return: can only `return' from a function or sourced script", 2);
  }
  const [code] = args;
  if (args.length > 1) return yield* tooMany(shell, 'return');
  shell.unwind = { type: 'return', before: shell.status };
  if (code === undefined) return shell.status;
  if (!NUMBER.test(code)) return yield* fault(shell, `return: ${code}: numeric argument required`, 2);
  return Number(BigInt(code.trim().replace('+', '')) & 255n);
}

function* evalBuiltin(shell: Shell, args: readonly string[], command: PlannedCommand): Op<number> {
  const letters = yield* readLetters(shell, 'eval', args, '');
  if (typeof letters === 'number') return letters;
  const text = letters.operands.join(' ');
  if (text.trim() === '') return 0;
  const source = shell.addSource(text, shell.line, shell.at?.source.file);
  const problem = findProblem(source, shell.personality);
  shell.stack.push({ type: 'check', quiet: command.quiet, line: shell.line, lastArgument: undefined });
  if (problem !== undefined) {
    yield* reportSyntax(shell, source, problem, 'eval');
    if (shell.personality !== 'bash' && !shell.interactive) shell.unwind = { type: 'exit' };
    return 2;
  }
  pushInput(shell, source, command.quiet);
  return source.script.commands.length === 0 ? 0 : shell.status;
}

function* source(shell: Shell, args: readonly string[], command: PlannedCommand): Op<number> {
  const letters = yield* readLetters(shell, command.argv[0] ?? '.', args, '');
  if (typeof letters === 'number') return letters;
  const [name, ...rest] = letters.operands;
  if (name === undefined) {
    if (shell.personality === 'dash') return 0;
    yield* shell.complain(`${command.argv[0] ?? '.'}: filename argument required`);
    return yield* usage(shell, command.argv[0] ?? '.');
  }
  const path = name.includes('/') || !shell.shopts.has('sourcepath') ? name : inPath(shell, name);
  const bytes = yield* readScript(shell, path);
  if (failed(bytes)) {
    if (shell.personality === 'dash') {
      shell.unwind = { type: 'exit' };
      return yield* fault(
        shell,
        `.: ${!path.includes('/') ? `${name}: not found` : bytes.errno === 'ENOENT' ? `cannot open ${name}: No such file` : `${name}: ${strerror(bytes)}`}`,
        2,
      );
    }
    if (shell.personality === 'ash') {
      if (!shell.interactive) shell.unwind = { type: 'exit' };
      const before = ashBuiltin(shell, command.argv[0] ?? '.');
      return yield* fault(
        shell,
        `${before}${path.includes('/') ? `can't open '${name}': ${strerror(bytes)}` : `${name}: not found`}`,
        2,
      );
    }
    if (isPosix(shell) && !shell.interactive) shell.unwind = { type: 'exit' };
    return yield* fault(
      shell,
      bytes.errno === 'EISDIR' ? `${command.argv[0] ?? '.'}: ${name}: is a directory` : `${name}: ${strerror(bytes)}`,
    );
  }
  const made = shell.addSource(scriptText(bytes), 1, path);
  shell.stack.push({
    type: 'source',
    positional: rest.length > 0 ? shell.positional : undefined,
    file: path,
    line: shell.line,
    caller: shell.at?.source.file,
    called: shell.shopts.has('extdebug') ? (rest.length > 0 ? rest : [path]) : undefined,
  });
  if (rest.length > 0) shell.positional = rest;
  const problem = findProblem(made, shell.personality);
  if (problem !== undefined) shell.stack.push({ type: 'fault', source: made, quiet: command.quiet, node: made.script });
  pushInput(shell, made, command.quiet, problem?.good.length);
  return made.script.commands.length === 0 ? 0 : shell.status;
}

/** `exec` gives the kernel the whole path. */
const absolute = (shell: Shell, path: string): string =>
  path.startsWith('/') ? path : logicalPath(shell.vars.get('PWD') ?? shell.process.cwd(), path);

/** What `exec` starts takes the shell's place: a shell there adds one to SHLVL again. */
const sameLevel = (env: Record<string, string>): Record<string, string> =>
  /^\d+$/.test(env['SHLVL'] ?? '') ? { ...env, SHLVL: String(Number(env['SHLVL']) - 1) } : env;

/** The shell ends with its child, which runs in its stead: no trap is left to run. */
function* endAs(shell: Shell, pid: Pid): Op<number> {
  shell.traps.delete('EXIT');
  shell.unwind = { type: 'exit' };
  for (;;) {
    const status = yield* wait(shell.process.wait(pid));
    if (failed(status) && status.errno !== 'EINTR') return 1;
    if (!failed(status) && status !== undefined && status.type !== 'stopped' && status.type !== 'continued')
      return statusCode(status);
  }
}

function* exec(shell: Shell, args: readonly string[]): Op<number> {
  let rest = args;
  let argv0: string | undefined;
  let clean = false;
  let login = false;
  while (rest[0]?.startsWith('-') === true && rest[0].length > 1) {
    const [option = ''] = rest;
    if (option === '--') {
      rest = rest.slice(1);
      break;
    }
    if (option === '-a') {
      argv0 = rest[1];
      rest = rest.slice(2);
    } else if (option === '-c') {
      clean = true;
      rest = rest.slice(1);
    } else if (option === '-l') {
      login = true;
      rest = rest.slice(1);
    } else return yield* invalidOption(shell, 'exec', option);
  }
  const [name] = rest;
  if (name === undefined) return 0;
  const found = findCommand(shell, name);
  const path = name.includes('/') ? absolute(shell, name) : found.type === 'found' ? found.path : name;
  if (found.type === 'found') {
    for (const fd of shell.ownFds) shell.process.close(fd);
    const program = {
      path,
      argv: [(login ? '-' : '') + (argv0 ?? name), ...rest.slice(1)],
      env: clean ? {} : sameLevel(environmentOfExec(shell)),
    };
    const failure = yield* wait(shell.process.exec(program.path, program.argv, program.env));
    if (!shell.interactive) shell.unwind = { type: 'exit' };
    const script = failed(failure) && failure.errno === 'ENOEXEC' ? yield* startProgram(shell, program, {}) : failure;
    if (!failed(script)) return yield* endAs(shell, script);
    yield* tellRefusal(shell, path, script);
    return shell.status;
  }
  const { status } = missingText(shell, name, found);
  if (found.type === 'missing') yield* shell.complain(`exec: ${name}: not found`);
  else {
    yield* shell.complain(`${path}: ${strerror(found.failure)}`);
    if (found.directory) yield* shell.complain(`exec: ${path}: cannot execute: ${strerror(found.failure)}`);
  }
  if (!shell.interactive && !shell.shopts.has('execfail')) shell.unwind = { type: 'exit' };
  return status;
}

/** POSIX shells show signals without their prefix. */
const shownName = (shell: Shell, name: string): string =>
  shell.personality === 'bash' ? name : name.replace(/^SIG/, '');

function* trap(shell: Shell, args: readonly string[]): Op<number> {
  const letters = yield* readLetters(shell, 'trap', args, 'lp');
  if (typeof letters === 'number') return letters;
  const rest = letters.operands;
  if (letters.has('l')) {
    return yield* print(shell, 'trap', signalTable());
  }
  const show = letters.has('p');
  if (rest.length === 0 || show) {
    const wanted = rest.map((name) => trapName(name) ?? '');
    const order = (name: string): number =>
      name === 'EXIT' ? 0 : EVERY_SIGNAL.findIndex((signal) => signal === name) + 1 || 100;
    const lines = (shell.parentTraps ?? [...shell.traps])
      .filter(([name]) => rest.length === 0 || wanted.includes(name))
      .sort(([a], [b]) => order(a) - order(b))
      .map(([name, action]) => `trap -- ${quoteForReuse(action)} ${shownName(shell, name)}\n`);
    return yield* print(shell, 'trap', lines.join(''));
  }
  shell.parentTraps = undefined;
  const [first = '', ...names] = rest;
  const reset = first === '-' || (names.length === 0 && trapName(first) !== undefined) || /^\d+$/.test(first);
  if (names.length === 0 && (!reset || first === '-')) return yield* usage(shell, 'trap');
  let status = 0;
  for (const text of reset && first !== '-' ? rest : names) {
    const name = trapName(text);
    if (name === undefined) {
      if (shell.personality === 'dash') yield* shell.write(2, `trap: ${text}: bad trap\n`);
      else {
        const before = shell.personality === 'ash' ? ashBuiltin(shell, 'trap') : 'trap: ';
        yield* shell.complain(`${before}${text}: invalid signal specification`);
      }
      status = 1;
      continue;
    }
    if (reset) shell.traps.delete(name);
    else shell.traps.set(name, first);
    if (name.startsWith('SIG'))
      shell.process.sigaction(
        name as Signal,
        reset ? (shell.interactive && name !== 'SIGTERM' ? 'catch' : 'default') : first === '' ? 'ignore' : 'catch',
      );
  }
  return status;
}

function* letBuiltin(shell: Shell, args: readonly string[]): Op<number> {
  const expressions = args[0] === '--' ? args.slice(1) : args;
  if (expressions.length === 0) return yield* fault(shell, 'let: expression expected');
  let last: bigint | undefined = 0n;
  for (const arg of expressions) {
    last = yield* expandedArithmetic(shell, arg, 'let: ');
    if (last === undefined) return 1;
  }
  return last === 0n ? 1 : 0;
}

function* builtinBuiltin(shell: Shell, args: readonly string[], command: PlannedCommand): Op<number> {
  const letters = yield* readLetters(shell, 'builtin', args, '');
  if (typeof letters === 'number') return letters;
  const { operands } = letters;
  const [name] = operands;
  if (name === undefined) return 0;
  if (!shell.builtins.has(name)) return yield* fault(shell, `builtin: ${name}: not a shell builtin`);
  yield* redispatch(shell, { ...command, argv: operands, assignments: [], redirects: [], lookup: 'builtin-only' });
  return shell.status;
}
export const controlBuiltins: Readonly<Record<string, Builtin>> = {
  break: (shell, args) => loopControl(shell, 'break', args),
  continue: (shell, args) => loopControl(shell, 'continue', args),
  exit,
  logout,
  return: returnBuiltin,
  eval: evalBuiltin,
  source,
  '.': source,
  exec,
  trap,
  let: letBuiltin,
  builtin: builtinBuiltin,
};
