import type { Assignment, Command, Redirection, Word } from 'unbash';
import { assignAll, assignmentText, isDeclaration } from './assignments.ts';
import type { AliasText } from '../syntax/alias.ts';
import { expandAlias } from '../syntax/alias.ts';
import { asksForHelp } from '../builtins/asks-for-help.ts';
import { fault } from '../builtins/message.ts';
import { expandWords } from '../expand/word.ts';
import { wordOf } from '../expand/word-of-text.ts';
import { SPECIAL_BUILTINS } from '../syntax/keywords.ts';
import { wait, type Op } from '../machine/op.ts';
import { runExternal } from './external-command.ts';
import { commandText } from '../print/command.ts';
import { popFrame } from '../machine/pop-frame.ts';
import { isPosix } from '../options/posix-mode.ts';
import { pushSource } from '../machine/push-source.ts';
import { quoteIfNeeded } from '../quote.ts';
import { redirectShell, undoRedirects } from './redirect.ts';
import { isRestricted, refusedBuiltin } from '../options/restricted.ts';
import type { Shell, ShellFunction } from '../shell.ts';
import type { Source } from '../syntax/source.ts';
import { nodeAt, parseScript } from '../syntax/source.ts';
import { withSubstitutions } from './substitution.ts';
import { tellWarnings } from '../variables/locale.ts';
import { keepAssigned, redirectInside, temporaryScope } from './temporary-scope.ts';
import { debugHead, failureCheck } from '../traps.ts';

/** Assignments, redirections and words of one command (POSIX 2.9.1). */
export function runSimple(shell: Shell, source: Source, node: Command, quiet: boolean): Op<void> {
  return withSubstitutions(shell, runWords(shell, source, node, quiet));
}

function* runWords(shell: Shell, source: Source, node: Command, quiet: boolean): Op<void> {
  const replaced = shell.aliases.size > 0 ? expandAlias(shell, source, node) : undefined;
  if (replaced !== undefined) {
    yield* runReplaced(shell, replaced, quiet);
    return;
  }
  const { substitutions } = shell;
  const text = commandText(node, source.text);
  shell.command = text;
  const before = node.prefix.filter((part): part is Assignment => part.type === 'Assignment');
  const among = shell.options.has('keyword') ? node.args.flatMap((arg) => keywordAssignment(arg.text) ?? []) : [];
  const assignments = [...before, ...among];
  const declaration = node.name !== undefined && isDeclaration(node.name.value);
  const words: Word[] = node.name === undefined ? [] : [node.name];
  const declared: Assignment[] = [];
  const argv: string[] = [];
  if (declaration && node.args.some((arg) => arg.type === 'Assignment')) {
    argv.push(...(yield* expandWords(shell, words)));
    for (const arg of node.args) {
      if (arg.type === 'Word') argv.push(...(yield* expandWords(shell, [arg])));
      else {
        argv.push(yield* assignmentText(shell, arg));
        declared.push(arg);
      }
    }
  } else {
    for (const arg of node.args) {
      if (among.length > 0 && keywordAssignment(arg.text) !== undefined) continue;
      words.push(arg.type === 'Word' ? arg : wordOf(arg.text));
    }
    argv.push(...(yield* expandWords(shell, words)));
  }
  const [name] = argv;
  if (name === undefined) {
    yield* assignOnly(shell, assignments, node.redirects, quiet, substitutions);
    return;
  }
  if (shell.options.has('xtrace')) yield* trace(shell, assignments, argv);
  const isFunction = shell.functions.has(name);
  yield* dispatch(shell, {
    argv,
    assignments,
    redirects: node.redirects,
    declared,
    quiet,
    text,
  });
  // Inside a function it is still that of the command before; its end sets it.
  if (!isFunction) shell.lastArgument = argv.at(-1) ?? '';
}

/** The assignment that a word is under `set -k`, where it counts as if it stood before the command's name. */
function keywordAssignment(text: string): Assignment | undefined {
  const command = parseScript(text).commands[0]?.command;
  const [part, ...more] = command?.type === 'Command' && command.name === undefined ? command.prefix : [];
  return part?.type === 'Assignment' && more.length === 0 ? part : undefined;
}

/** A command with its words expanded. */
export interface PlannedCommand {
  readonly argv: readonly string[];
  readonly assignments: readonly Assignment[];
  readonly redirects: readonly Redirection[];
  readonly declared: readonly Assignment[];
  readonly quiet: boolean;
  readonly text: string;
  /** `command`, `builtin`, `exec`: functions, or everything but builtins, are passed over. */
  readonly lookup?: 'no-functions' | 'builtin-only';
}

function* dispatch(shell: Shell, planned: PlannedCommand): Op<void> {
  // A job's name alone brings it to the foreground.
  const isJob = planned.argv[0]?.startsWith('%') === true && shell.personality === 'bash' && shell.subshellDepth === 0;
  const command = isJob ? { ...planned, argv: ['fg', ...planned.argv] } : planned;
  const [name = ''] = command.argv;
  const known = command.lookup === undefined ? shell.functions.get(name) : undefined;
  if (known !== undefined) {
    yield* callFunction(shell, known, command);
    return;
  }
  const named = programBehindCommand(shell, command);
  if (named !== undefined) {
    yield* runExternal(shell, named);
    return;
  }
  const builtin = command.lookup !== 'builtin-only' && shell.disabled.has(name) ? undefined : shell.builtins.get(name);
  if (builtin === undefined) {
    yield* runExternal(shell, command);
    return;
  }
  // In POSIX what is assigned before a special builtin stays.
  const special = isPosix(shell) && SPECIAL_BUILTINS.has(name) && command.lookup === undefined;
  if (special) yield* assignAll(shell, command.assignments);
  const outside = shell.stack.length;
  const scope = special ? undefined : yield* temporaryScope(shell, command.assignments);
  if (!(yield* redirectInside(shell, scope, command.redirects, name === 'exec'))) {
    shell.status = shell.personality === 'dash' ? 2 : 1;
    if (special && !shell.interactive) shell.unwind = { type: 'exit' };
    yield* failureCheck(shell, command.quiet);
    return;
  }
  const depth = shell.stack.length;
  const refused = isRestricted(shell) ? refusedBuiltin(command.argv) : undefined;
  const result =
    refused !== undefined
      ? fault(shell, refused)
      : asksForHelp(shell, command.argv)
        ? helpOf(shell, name)
        : builtin(shell, command.argv.slice(1), command);
  shell.status = typeof result === 'number' ? result : yield* result;
  yield* tellWarnings(shell);
  if (scope !== undefined) keepAssigned(shell, scope, command.argv);
  const over = shell.stack.length === depth;
  if (special && shell.status === 2 && over && !shell.interactive) shell.unwind ??= { type: 'exit' };
  if (over || shell.stack.at(-1)?.type !== 'list') shell.pipeStatus = [shell.status];
  // Traps run when its redirections and assignments are undone.
  while (over && shell.stack.length > outside) popFrame(shell);
  if (shell.status !== 0 && over) yield* failureCheck(shell, command.quiet);
}

function* helpOf(shell: Shell, name: string): Op<number> {
  const { builtinHelp } = yield* wait(shell.process.hold(import('../builtins/help-text.ts')));
  return yield* builtinHelp(shell, name);
}

/** `command program …` is the program alone: its redirections and assignments are made in the child. */
function programBehindCommand(shell: Shell, command: PlannedCommand): PlannedCommand | undefined {
  const [name, ...args] = command.argv;
  if (name !== 'command' || shell.disabled.has(name) || (args[0] === '-p' && isRestricted(shell))) return undefined;
  const argv = args.slice(args.findIndex((arg) => arg !== '-p' && arg !== '--'));
  const [program = '-'] = argv;
  if (args.length === 0 || program.startsWith('-') || shell.builtins.has(program)) return undefined;
  return { ...command, argv, lookup: 'no-functions' };
}

/** Runs `command name …`, `builtin name …` and the like as if it had been written alone. */
export const redispatch = dispatch;

function* callFunction(shell: Shell, called: ShellFunction, command: PlannedCommand): Op<void> {
  const [name = '', ...args] = command.argv;
  const node = nodeAt(called.source, called.node);
  if (node === undefined) return;
  const { line } = shell;
  const traced = called.traced || shell.options.has('functrace');
  shell.stack.push({ type: 'check', quiet: command.quiet, line, lastArgument: args.at(-1) ?? name });
  const scope = yield* temporaryScope(shell, command.assignments);
  if (!(yield* redirectInside(shell, scope, command.redirects, false))) {
    shell.status = 1;
    return;
  }
  shell.vars.push('function');
  shell.stack.push({
    type: 'function',
    name,
    positional: shell.positional,
    line,
    file: shell.at?.source.file,
    definedIn: called.source.file,
    traced,
    called: shell.shopts.has('extdebug') ? args : undefined,
    returnTrap: traced ? undefined : shell.traps.get('RETURN'),
  });
  if (!traced) shell.traps.delete('RETURN');
  shell.positional = args;
  shell.stack.push({ type: 'run', source: called.source, node, quiet: command.quiet });
  if (traced) debugHead(shell, command.text, true);
}

function* assignOnly(
  shell: Shell,
  assignments: readonly Assignment[],
  redirects: readonly Redirection[],
  quiet: boolean,
  substitutions: number,
): Op<void> {
  const undo = redirects.length === 0 ? [] : yield* redirectShell(shell, redirects, false);
  if (undo === undefined) {
    shell.status = 1;
    yield* failureCheck(shell, quiet);
    return;
  }
  undoRedirects(shell, undo);
  // The values still see the last command's status; afterwards a command substitution's stays, if there was one.
  yield* assignAll(shell, assignments);
  yield* tellWarnings(shell);
  if (shell.substitutions === substitutions) shell.status = 0;
  shell.lastArgument = '';
  shell.pipeStatus = [shell.status];
  yield* failureCheck(shell, quiet);
}

function* trace(shell: Shell, assignments: readonly Assignment[], argv: readonly string[]): Op<void> {
  let text = '';
  for (const { text: raw } of assignments) text += `${raw} `;
  yield* shell.trace(
    `${text}${argv.map((arg) => (shell.personality === 'dash' ? arg : quoteIfNeeded(arg))).join(' ')}`,
  );
}

/** Runs the text that an alias has made of a command. */
function* runReplaced(shell: Shell, { source, names }: AliasText, quiet: boolean): Op<void> {
  const [first, ...more] = source.script.commands;
  for (const name of names) shell.expandingAliases.add(name);
  if (first?.command.type === 'Command' && first.background !== true && more.length === 0)
    yield* runSimple(shell, source, first.command, quiet);
  else pushSource(shell, source, quiet);
  for (const name of names) shell.expandingAliases.delete(name);
}
