import { signalByName } from '../signal-names.ts';
import { signalNumber } from '../../protocol/program.ts';
import { inFunction } from './call-stack.ts';
import type { SyntaxNode } from 'unbash';
import type { Op } from './op.ts';
import type { PlainFrame } from './frames.ts';
import { commandText, headText } from './print/command.ts';
import type { Shell } from './shell.ts';
import type { Source } from './source.ts';

/** After a command that failed, but for one that `!` stands before: the ERR trap, then `set -e`. */
export function* failureCheck(shell: Shell, quiet: boolean): Op<void> {
  if (shell.status === 0 || quiet || shell.unwind !== undefined || shell.stack.at(-1)?.type === 'negate') return;
  const action = shell.traps.get('ERR');
  if (action !== undefined && action !== '' && (!inFunction(shell) || shell.options.has('errtrace'))) {
    if (shell.options.has('errexit')) shell.exitAfterTrap = true;
    pushTrap(shell, action);
    return;
  }
  if (shell.options.has('errexit')) shell.unwind = { type: 'exit' };
}

/** Puts a trap's commands on the stack; `$?` is as before when they are done. */
export function pushTrap(shell: Shell, action: string): void {
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
  shell.stack.push({ type: 'trap', status: shell.status, pipeStatus: shell.pipeStatus });
  shell.stack.push({
    type: 'list',
    source,
    node: source.script,
    at: 0,
    until: source.script.commands.length,
    quiet: true,
  });
}

/** After a function or a sourced file: the RETURN trap, where it was set inside or is inherited (`set -T`). */
export function returnTrap(shell: Shell, frame: PlainFrame): void {
  const action = shell.traps.get('RETURN');
  if (action === undefined || action === '' || shell.unwind !== undefined) return;
  if (frame.type === 'function' && frame.returnTrap === action && !shell.options.has('functrace')) return;
  if (!shell.stack.some(({ type }) => type === 'trap')) pushTrap(shell, action);
}

const TRAPPED = new Set(['Command', 'TestCommand', 'ArithmeticCommand', 'Case', 'Select']);

/** Before a simple command and its like the DEBUG trap runs; true where the command has to wait for it. */
export function debugTrap(shell: Shell, source: Source, node: SyntaxNode, quiet: boolean): boolean {
  const action = shell.traps.get('DEBUG');
  if (action === undefined || action === '' || !TRAPPED.has(node.type)) return false;
  if (shell.debugged === node) {
    shell.debugged = undefined;
    return false;
  }
  // Not inside a trap, and inside functions only where they inherit it.
  if (shell.stack.some(({ type }) => type === 'trap')) return false;
  if (!shell.options.has('functrace') && inFunction(shell)) return false;
  shell.command =
    node.type === 'Case' || node.type === 'Select' ? headText(node, source.text) : commandText(node, source.text);
  shell.at = { source, pos: node.pos };
  shell.stack.push({ type: 'run', source, node, quiet });
  shell.debugged = node;
  pushTrap(shell, action);
  return true;
}

/** Before a turn of a loop: its DEBUG trap, with the head of the loop as the command; true where there is one. */
export function debugHead(shell: Shell, head: string): boolean {
  const action = shell.traps.get('DEBUG');
  if (action === undefined || action === '' || shell.stack.some(({ type }) => type === 'trap')) return false;
  if (!shell.options.has('functrace') && inFunction(shell)) return false;
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
