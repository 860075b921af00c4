import type { Plain } from '../../../protocol/plain.ts';
import type { Frame } from './frames.ts';
import type { Shell } from '../shell.ts';

/** One function call or sourced file that the shell is in. */
export interface Call {
  readonly name: string;
  /** Where it was called from. */
  readonly line: number;
  readonly file: string | undefined;
  /** The file that holds its text: an element of BASH_SOURCE. */
  readonly definedIn: string;
  /** What it was called with, where that is kept. */
  readonly called: readonly string[] | undefined;
}

/** Calls from the innermost outwards; a subshell is still inside those of its parent. */
export function callStack(shell: Shell): readonly Call[] {
  const own: Call[] = [];
  for (const frame of shell.stack) {
    const call = callOf(shell, frame);
    if (call !== undefined) own.unshift(call);
  }
  return shell.outerCalls.length === 0 ? own : [...own, ...shell.outerCalls];
}

/** The innermost call. */
export function innermostCall(shell: Shell): Call | undefined {
  for (let at = shell.stack.length - 1; at >= 0; at -= 1) {
    const frame = shell.stack[at];
    const call = frame === undefined ? undefined : callOf(shell, frame);
    if (call !== undefined) return call;
  }
  return shell.outerCalls[0];
}

function callOf(shell: Shell, frame: Frame): Call | undefined {
  if (frame.type === 'function')
    return {
      name: frame.name,
      line: frame.line,
      file: frame.file,
      definedIn: frame.definedIn ?? homeless(shell),
      called: frame.called,
    };
  if (frame.type === 'source')
    return { name: 'source', line: frame.line, file: frame.caller, definedIn: frame.file, called: frame.called };
  return undefined;
}

/** What bash calls the source of a function that stands in no file. */
export const homeless = (shell: Shell): string => (shell.commandString ? 'environment' : 'main');

/** Whether the shell is inside a function, be it its parent's. */
export const inFunction = (shell: Shell): boolean =>
  shell.stack.some(({ type }) => type === 'function') || shell.outerCalls.some(({ name }) => name !== 'source');

export const saveCalls = (shell: Shell): Plain => callStack(shell).map((call) => ({ ...call }));
