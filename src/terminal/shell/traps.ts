import { signalByName } from '../signal-names.ts';
import { signalNumber } from '../../protocol/program.ts';
import { inFunction } from './call-stack.ts';
import type { SyntaxNode } from 'unbash';
import type { Op } from './op.ts';
import { commandText, headText } from './print/command.ts';
import { popFrame } from './pop-frame.ts';
import type { Shell } from './shell.ts';
import type { Source } from './source.ts';

/** After a command that failed, but for one that `!` stands before: the ERR trap, then `set -e`. */
export function* failureCheck(shell: Shell, quiet: boolean): Op<void> {
  if (shell.status === 0 || quiet || shell.unwind !== undefined || spared(shell)) return;
  const action = shell.traps.get('ERR');
  if (action !== undefined && action !== '' && (!inFunction(shell) || shell.options.has('errtrace'))) {
    if (shell.options.has('errexit')) shell.exitAfterTrap = true;
    pushTrap(shell, action);
    return;
  }
  if (shell.options.has('errexit')) shell.unwind = { type: 'exit' };
}

/** A command after `!`, and the stage of a pipeline that a child has to itself: its parent looks at the status. */
function spared(shell: Shell): boolean {
  const around = shell.stack.findLast(({ type }) => type !== 'time' && type !== 'fds' && type !== 'scope');
  return around === undefined || around.type === 'negate';
}

/** Puts a trap's commands on the stack; `$?` is as before when they are done. */
export function pushTrap(shell: Shell, action: string, command = shell.command): void {
  const source = shell.addSource(action, shell.line);
  if (shell.exitAfterTrap) {
    shell.exitAfterTrap = false;
    const exit = shell.addSource(`exit ${String(shell.status)}`, shell.line);
    shell.stack.push({
      type: 'list',
      source: exit,
      node: exit.script,
      at: 0,
      until: exit.script.commands.length,
      quiet: true,
    });
  }
  shell.stack.push({ type: 'trap', status: shell.status, pipeStatus: shell.pipeStatus, command });
  shell.stack.push({
    type: 'list',
    source,
    node: source.script,
    at: 0,
    until: source.script.commands.length,
    quiet: true,
  });
}

/** What `$BASH_COMMAND` is inside a trap. */
export function trappedCommand(shell: Shell): string | undefined {
  const frame = shell.stack.findLast(({ type }) => type === 'trap');
  return frame?.type === 'trap' ? frame.command : undefined;
}

/** Ends the innermost function or sourced file; its RETURN trap sees the status before `return`. */
export function endCall(shell: Shell, before = shell.status): void {
  const action = shell.traps.get('RETURN');
  popFrame(shell);
  if (action === undefined || action === '' || shell.unwind !== undefined) return;
  if (shell.stack.some(({ type }) => type === 'trap')) return;
  pushTrap(shell, action);
  shell.status = before;
}

const TRAPPED = new Set(['Command', 'TestCommand', 'ArithmeticCommand', 'Case', 'Select']);

/** Before a simple command and its like the DEBUG trap runs; true where the command has to wait for it. */
export function debugTrap(shell: Shell, source: Source, node: SyntaxNode, quiet: boolean): boolean {
  const action = debugAction(shell);
  const commands = trappedIn(node);
  if (action === undefined || commands.length === 0) return false;
  if (shell.debugged === node) {
    shell.debugged = undefined;
    return false;
  }
  shell.at = { source, pos: node.pos };
  shell.stack.push({ type: 'run', source, node, quiet });
  shell.debugged = node;
  for (const command of commands.toReversed()) {
    shell.command =
      command.type === 'Case' || command.type === 'Select'
        ? headText(command, source.text)
        : commandText(command, source.text);
    pushTrap(shell, action);
  }
  return true;
}

/** The commands of a node that a DEBUG trap runs for: those of a pipeline before it starts. */
function trappedIn(node: SyntaxNode): readonly SyntaxNode[] {
  if (node.type === 'Pipeline' && node.commands.length > 1)
    return node.commands.filter(({ type }) => TRAPPED.has(type));
  return TRAPPED.has(node.type) ? [node] : [];
}

/** The DEBUG trap, where one runs here: not inside a trap, and inside functions only where they inherit it. */
function debugAction(shell: Shell): string | undefined {
  const action = shell.traps.get('DEBUG');
  if (action === undefined || action === '' || shell.stack.some(({ type }) => type === 'trap')) return undefined;
  return shell.options.has('functrace') || !inFunction(shell) ? action : undefined;
}

/** Before a turn of a loop: its DEBUG trap, with the head of the loop as the command; true where there is one. */
export function debugHead(shell: Shell, head: string): boolean {
  const action = debugAction(shell);
  if (action === undefined) return false;
  shell.command = head;
  pushTrap(shell, action);
  return true;
}

/** Signals that came since the last step. */
export function* runPendingTraps(shell: Shell): Op<void> {
  const signals = shell.pendingSignals;
  shell.pendingSignals = [];
  for (const signal of signals) {
    const action = shell.traps.get(signal);
    if (action !== undefined) {
      if (action !== '') pushTrap(shell, action);
      continue;
    }
    if (signal === 'SIGINT' && shell.interactive) {
      yield* shell.write(2, '\n');
      shell.status = 128 + signalNumber('SIGINT');
      shell.unwind = { type: 'line' };
    }
  }
}

/**
 * A child of the shell that somebody types at gives up what that one does with signals: the keyboard ends and stops it,
 * also where the key was pressed before the child had got this far.
 */
export function releaseSignals(shell: Shell): void {
  const { process } = shell;
  const early = process.takeSignals();
  // Started with `&` and without job control it ignores the keyboard.
  const aside = process.sigaction('SIGINT', 'default') === 'ignore';
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGTERM', 'SIGTSTP', 'SIGTTIN', 'SIGTTOU', 'SIGWINCH'] as const) {
    const trapped = shell.traps.get(signal);
    const kept = trapped === '' || (aside && (signal === 'SIGINT' || signal === 'SIGQUIT'));
    process.sigaction(signal, kept ? 'ignore' : 'default');
  }
  for (const signal of early) if (signal === 'SIGINT') process.kill(process.pid, signal);
}

/** `INT`, `SIGINT`, `2`, `EXIT`, `0`, `ERR` as the trap table's key; undefined where there is no such signal. */
export function trapName(text: string): string | undefined {
  if (text === '0' || text.toUpperCase() === 'EXIT') return 'EXIT';
  const name = text.toUpperCase();
  if (name === 'ERR' || name === 'DEBUG' || name === 'RETURN') return name;
  return signalByName(text);
}
