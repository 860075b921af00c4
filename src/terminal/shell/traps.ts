import { signalByName } from '../signal-names.ts';
import { signalNumber } from '../../protocol/program.ts';
import { inFunction } from './machine/call-stack.ts';
import type { SyntaxNode } from 'unbash';
import type { Op } from './machine/op.ts';
import { commandText, headText } from './print/command.ts';
import type { Frame, PlainFrame } from './machine/frames.ts';
import { popFrame } from './machine/pop-frame.ts';
import type { Shell } from './shell.ts';
import type { Source } from './syntax/source.ts';

/** After a command that failed, but for one that `!` stands before: the ERR trap, then `set -e`. */
export function* failureCheck(shell: Shell, quiet: boolean, line = shell.line): Op<void> {
  if (shell.status === 0 || quiet || shell.unwind !== undefined || spared(shell)) return;
  const trap = shell.traps.get('ERR');
  const action = trap !== undefined && inTrap(shell, 'ERR') ? undefined : trap;
  if (action !== undefined && action !== '' && (!inFunction(shell) || shell.options.has('errtrace'))) {
    if (shell.options.has('errexit')) shell.exitAfterTrap = true;
    pushTrap(shell, action, { name: 'ERR', line });
    return;
  }
  if (shell.options.has('errexit')) shell.unwind = { type: 'exit' };
}

/** A command after `!`, and the stage of a pipeline that a child has to itself: its parent looks at the status. */
function spared(shell: Shell): boolean {
  const around = shell.stack.findLast(({ type }) => type !== 'time' && type !== 'fds' && type !== 'scope');
  return around === undefined || around.type === 'negate';
}

interface TrapPlace {
  /** One that does not run for its own commands. */
  readonly name?: 'ERR' | 'DEBUG' | 'RETURN';
  /** $LINENO of its first line. */
  readonly line?: number;
  /** The frame beneath waits for its answer. */
  readonly guards?: boolean;
}

/** Puts a trap's commands on the stack; `$?` is as before when they are done. */
export function pushTrap(shell: Shell, action: string, place: TrapPlace = {}): void {
  const { name, line = shell.line, guards = false } = place;
  const source = shell.addSource(action, line);
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
  shell.stack.push({
    type: 'trap',
    status: shell.status,
    pipeStatus: shell.pipeStatus,
    command: shell.command,
    guards,
    ...(name === undefined ? {} : { name }),
  });
  shell.stack.push({
    type: 'list',
    source,
    node: source.script,
    at: 0,
    until: source.script.commands.length,
    quiet: false,
  });
}

const isTrap = (frame: Frame): frame is Extract<PlainFrame, { type: 'trap' }> => frame.type === 'trap';

/** What `$BASH_COMMAND` is inside a trap: the command that the outermost one runs for. */
export function trappedCommand(shell: Shell): string | undefined {
  const outermost = shell.stack.find(isTrap);
  if (outermost?.name !== 'DEBUG') return outermost?.command;
  // DEBUG traps of a pipeline's commands lie upon each other: the topmost runs.
  return shell.stack.filter(isTrap).findLast(({ name }) => name === 'DEBUG')?.command;
}

const inTrap = (shell: Shell, name: TrapPlace['name']): boolean =>
  shell.stack.some((frame) => frame.type === 'trap' && frame.name === name);

/**
 * Ends the innermost function or sourced file. A function's RETURN trap runs inside it, a file's after it; both see the
 * status before `return`.
 */
export function endCall(shell: Shell, before = shell.status): void {
  const call = shell.stack.at(-1);
  const action = shell.traps.get('RETURN');
  const runs =
    action !== undefined &&
    action !== '' &&
    shell.unwind === undefined &&
    !inTrap(shell, 'RETURN') &&
    !inTrap(shell, 'DEBUG');
  if (call?.type === 'function' && runs && call.ended !== true) {
    call.ended = true;
    pushTrap(shell, action, { name: 'RETURN' });
    shell.status = before;
    return;
  }
  popFrame(shell);
  if (call?.type !== 'source' || !runs) return;
  pushTrap(shell, action, { name: 'RETURN', line: call.line });
  shell.status = before;
}

/**
 * Ends a trap. Under extdebug the status of a DEBUG trap says whether the command that waits for it runs; 2 returns from
 * the function.
 */
export function endTrap(shell: Shell, { guards }: { readonly guards: boolean }): void {
  const answer = shell.status;
  popFrame(shell);
  if (!guards || answer === 0 || !shell.shopts.has('extdebug')) return;
  popFrame(shell);
  shell.debugged = undefined;
  shell.status = 0;
  if (answer !== 2 || !shell.stack.some(({ type }) => type === 'function' || type === 'source')) return;
  shell.unwind = { type: 'return', before: 0 };
  shell.status = 2;
}

const TRAPPED = new Set(['Command', 'TestCommand', 'ArithmeticCommand', 'Case', 'Select']);

/** Before a simple command and its like the DEBUG trap runs; true where the command has to wait for it. */
export function debugTrap(shell: Shell, source: Source, node: SyntaxNode, quiet: boolean): boolean {
  const action = debugAction(shell);
  const commands = trappedIn(node);
  if (node.type === 'TestCommand' || node.type === 'ArithmeticCommand') shell.command = commandText(node, source.text);
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
    pushTrap(shell, action, { name: 'DEBUG', guards: commands.length === 1 });
  }
  return true;
}

/** The commands of a node that a DEBUG trap runs for: those of a pipeline before it starts. */
function trappedIn(node: SyntaxNode): readonly SyntaxNode[] {
  if (node.type === 'Pipeline' && node.commands.length > 1)
    return node.commands.filter(({ type }) => TRAPPED.has(type));
  return TRAPPED.has(node.type) ? [node] : [];
}

/** The DEBUG trap, where one runs here: not inside itself, and inside functions and sourced files only where they inherit it. */
function debugAction(shell: Shell): string | undefined {
  const action = shell.traps.get('DEBUG');
  if (action === undefined || action === '' || inTrap(shell, 'DEBUG')) return undefined;
  if (shell.options.has('functrace')) return action;
  const inherited = shell.stack.every(
    (frame) => frame.type !== 'source' && (frame.type !== 'function' || frame.traced),
  );
  return inherited && shell.outerCalls.length === 0 ? action : undefined;
}

/** Before a turn of a loop: its DEBUG trap, with the head of the loop as the command; true where there is one. */
export function debugHead(shell: Shell, head: string, guards = false): boolean {
  const action = debugAction(shell);
  if (action === undefined) return false;
  shell.command = head;
  pushTrap(shell, action, { name: 'DEBUG', guards });
  return true;
}

/** Whether the keyboard has interrupted the line that runs; other signals leave the shell to what it reads. */
export const isInterrupted = (shell: Shell): boolean =>
  shell.pendingSignals.includes('SIGINT') && !shell.traps.has('SIGINT');

/** Signals that came since the last step. */
export function* runPendingTraps(shell: Shell): Op<void> {
  const signals = shell.pendingSignals;
  shell.pendingSignals = [];
  for (const signal of signals) {
    const action = shell.traps.get(signal);
    if (action !== undefined) {
      if (action !== '') pushTrap(shell, action, shell.personality === 'bash' ? { line: 1 } : {});
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
