/**
 * The interpreter: a machine that looks at its topmost frame and does one thing. It never recurses into a command, so that
 * between two steps the whole shell is data.
 */
import { Abort } from './abort.ts';
import type { Frame } from './frames.ts';
import { isLoop } from './frames.ts';
import type { Op } from './op.ts';
import { wait } from './op.ts';
import { saveShell } from './saved-state.ts';
import type { Shell } from '../shell.ts';
import { popFrame } from './pop-frame.ts';
import { stepFrame } from './steps.ts';
import { boundMet } from './text-bound.ts';
import { endCall, runPendingTraps } from '../traps.ts';

/** CPU time of one step of the interpreter, µs. */
const STEP_US = 5;
const STEPS_PER_YIELD = 200;
/** Frames that may stand on each other; deeper recursion is cut off as bash's own FUNCNEST would. */
const STACK_LIMIT = 20_000;
/** Blocking calls between two checkpoints: keeps the kernel's journal short. */
const WAITS_PER_CHECKPOINT = 150;

/** Runs until the stack is empty. The caller has pushed what is to be run. */
export function* runMachine(shell: Shell): Op<void> {
  for (;;) {
    if (shell.pendingSignals.length > 0) yield* runPendingTraps(shell);
    if (shell.unwind !== undefined) unwindStack(shell);
    if (shell.stack.length === 0) return;
    if (shell.stack.length > STACK_LIMIT) {
      yield* shell.complain(`maximum function nesting level exceeded (drydock bound: ${String(STACK_LIMIT)} frames)`);
      // What was one too many goes in any case, be it a text of its own that unwinding would stop at.
      popFrame(shell);
      shell.status = 1;
      shell.unwind = { type: 'line' };
      continue;
    }
    try {
      const op = stepFrame(shell);
      if (op !== undefined) yield* op;
    } catch (error) {
      const abort = boundMet(shell, error) ?? error;
      if (!(abort instanceof Abort)) throw error;
      yield* onAbort(shell, abort);
    }
    shell.steps += 1;
    if (shell.steps < STEPS_PER_YIELD) continue;
    shell.steps = 0;
    yield* wait(shell.process.cpu(STEP_US * STEPS_PER_YIELD));
    checkpointSometimes(shell);
  }
}

/** Shortens the kernel's journal when many calls have been made since the last time. */
export function checkpointSometimes(shell: Shell): void {
  if (shell.waits < WAITS_PER_CHECKPOINT || shell.nested > 0) return;
  shell.waits = 0;
  shell.process.checkpoint(saveShell(shell, { type: 'frames' }, shell.stack));
}

function* onAbort(shell: Shell, abort: Abort): Op<void> {
  if (abort.message !== '') yield* shell.complain(abort.message);
  // Only the text of -c ends with 127.
  const isText = shell.commandString && shell.subshellDepth === 0 && !shell.options.has('errexit');
  shell.status = abort.status === 127 && (abort.reach === 'line' || !isText) ? 1 : abort.status;
  if (abort.reach === 'exit') shell.unwind = { type: 'exit' };
  else if (abort.reach === 'line') shell.unwind = { type: shell.subshellDepth > 0 ? 'exit' : 'line' };
  else if (shell.options.has('errexit')) shell.unwind = { type: 'exit' };
}

/** Takes frames off until the one that the unwinding aims at. */
export function unwindStack(shell: Shell): void {
  const { unwind } = shell;
  shell.unwind = undefined;
  if (unwind === undefined) return;
  if (unwind.type === 'exit') shell.exited = true;
  if (unwind.type === 'break' || unwind.type === 'continue') {
    unwindLoop(shell, unwind.type, unwind.count);
    return;
  }
  const { status } = shell;
  for (;;) {
    const frame = shell.stack.at(-1);
    if (frame === undefined) {
      // A trap that exits says with which status; its end would have restored the one before.
      if (unwind.type === 'exit') shell.status = status;
      return;
    }
    if (unwind.type === 'line' && frame.type === 'list' && frame.node.type === 'Script') {
      skipLine(frame, shell);
      return;
    }
    if (unwind.type === 'return' && (frame.type === 'function' || frame.type === 'source')) {
      // A trap that returns says with which status; its end would have restored the one before.
      shell.status = status;
      endCall(shell, unwind.before);
      return;
    }
    popFrame(shell);
  }
}

/** After an error bash goes on with the next command line of the same text. */
function skipLine(frame: Extract<Frame, { type: 'list' }>, shell: Shell): void {
  if (shell.interactive) {
    frame.at = frame.until;
    return;
  }
  for (;;) {
    const before = frame.node.commands[frame.at - 1];
    const next = frame.node.commands[frame.at];
    if (before === undefined || next === undefined || frame.at >= frame.until) return;
    if (frame.source.text.slice(before.end, next.pos).includes('\n')) return;
    frame.at += 1;
  }
}

function unwindLoop(shell: Shell, type: 'break' | 'continue', count: number): void {
  let left = count;
  for (;;) {
    const frame = shell.stack.at(-1);
    if (frame === undefined || frame.type === 'function') return;
    if (isLoop(frame)) {
      left -= 1;
      if (left === 0 || !outerLoop(shell)) {
        if (type === 'break') popFrame(shell);
        return;
      }
    }
    popFrame(shell);
  }
}

function outerLoop(shell: Shell): boolean {
  for (let i = shell.stack.length - 2; i >= 0; i -= 1) {
    const frame = shell.stack[i];
    if (frame === undefined || frame.type === 'function') return false;
    if (isLoop(frame)) return true;
  }
  return false;
}
