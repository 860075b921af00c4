/** Commands from standard input (`… | bash`, `bash -s`). */
import { readAll } from '../../io.ts';
import { bytesToText } from '../../text.ts';
import { runMachine } from '../machine/machine.ts';
import type { Op } from '../machine/op.ts';
import { pushInput } from '../machine/push-source.ts';
import type { LineResult } from './read-line.ts';
import { readLine } from './read-line.ts';
import { reportSyntax } from '../syntax/report-syntax.ts';
import type { Shell } from '../shell.ts';
import { forgetSources } from '../syntax/source.ts';
import { finish } from './start-up.ts';
import { findProblem, missingToken, needsMore } from '../syntax/syntax-error.ts';

/** How far a shell has read its commands. */
export interface InputState {
  /** Number of the next line. */
  readonly line: number;
}

/** bash takes no more than the lines of one command: a program that it starts reads on from there. */
export function* runStandardInput(shell: Shell): Op<number> {
  if (shell.personality !== 'bash') return yield* runWhole(shell);
  shell.input ??= { line: 1 };
  for (;;) {
    yield* runMachine(shell);
    if (shell.exited) break;
    const command = yield* readCommand(shell);
    if (command === undefined) break;
    const line: number = shell.input.line;
    shell.input = { line: line + command.split('\n').length - 1 };
    forgetSources(shell);
    if (!(yield* runLines(shell, command, line))) break;
  }
  return yield* finish(shell);
}

/** dash and ash read ahead, as much as they get. */
function* runWhole(shell: Shell): Op<number> {
  const bytes: unknown = yield readAll(shell.process, 0);
  if (yield* runLines(shell, bytes instanceof Uint8Array ? bytesToText(bytes) : '', 1)) yield* runMachine(shell);
  return yield* finish(shell);
}

/** The lines of the next command; undefined at the end of the input. */
function* readCommand(shell: Shell): Op<string | undefined> {
  let text = '';
  let missing: string | undefined;
  for (;;) {
    const line: LineResult = yield* readLine(shell, 0, { delimiter: 10, raw: true });
    text += line.text;
    if (line.type !== 'line') return text === '' ? undefined : text;
    text += '\n';
    // What is missing has to come before it is worth while to parse it all again.
    if (missing !== undefined && !line.text.includes(missing)) continue;
    const source = shell.addSource(text);
    if (!needsMore(source)) return text;
    missing = missingToken(source);
  }
}

/** Puts lines on the stack; false where they are no commands. */
function* runLines(shell: Shell, text: string, firstLine: number): Op<boolean> {
  const source = shell.addSource(text, firstLine);
  shell.at = { source, pos: 0 };
  const problem = findProblem(source, shell.personality);
  pushInput(shell, source, false, problem?.good.length);
  if (problem === undefined) return true;
  yield* runMachine(shell);
  if (shell.exited || shell.unwind !== undefined) return false;
  yield* reportSyntax(shell, source, problem);
  if (problem.keepsStatus !== true) shell.status = 2;
  return false;
}
