import type { CommandExpansionPart, ProcessSubstitutionPart } from 'unbash';
import { concatBytes } from '../../../protocol/bytes.ts';
import type { Result } from '../../../protocol/errno.ts';
import { failed, strerror } from '../../../protocol/errno.ts';
import type { Fd, Pid } from '../../../protocol/program.ts';
import { bytesToText } from '../../text.ts';
import { Abort } from '../machine/abort.ts';
import { forkPatiently } from '../jobs/fork-retry.ts';
import type { Task } from '../machine/saved-state.ts';
import { forkState } from '../machine/saved-state.ts';
import { expandWords } from '../expand/word.ts';
import { statusCode } from '../jobs/jobs.ts';
import type { Op } from '../machine/op.ts';
import { wait } from '../machine/op.ts';
import type { Shell } from '../shell.ts';
import { lineOf } from '../syntax/source.ts';
import { undoRedirects } from './redirect.ts';
import { readScript } from '../input/script-file.ts';
import { isInterrupted } from '../traps.ts';
import { TEXT_BOUND, tooLong } from '../machine/text-bound.ts';

/** `$(…)`: runs the text in a child and answers its output without the newlines at its end. */
export function* commandSubstitution(shell: Shell, part: CommandExpansionPart, quoted: boolean): Op<string> {
  shell.substitutions += 1;
  const file = fileOnly(part);
  if (file !== undefined) {
    const [path = ''] = yield* expandWords(shell, [file]);
    const bytes = yield* readScript(shell, path);
    if (!failed(bytes)) {
      shell.status = 0;
      return bytesToText(bytes).replace(/\n+$/, '');
    }
    shell.status = 1;
    yield* shell.complain(`${path}: ${strerror(bytes)}`);
    return '';
  }
  const { at } = shell;
  const firstLine = at === undefined ? 1 : lineOf(at.source, part.pos > at.source.text.length ? at.pos : part.pos);
  return yield* outputOfText(shell, innerText(part, quoted), firstLine);
}

/** What a text prints that a child runs, without the newlines at its end; `$?` is the child's status. */
export function* outputOfText(shell: Shell, text: string, firstLine: number): Op<string> {
  const pipe = shell.process.pipe();
  if (failed(pipe)) return shell.abort(`cannot make pipe for command substitution: ${strerror(pipe)}`);
  const [reader, writer] = pipe;
  const pid = yield* forkText(shell, {
    type: 'text',
    text,
    firstLine,
    dup: [[writer, 1]],
    close: [reader, writer],
  });
  shell.process.close(writer);
  if (failed(pid)) {
    shell.process.close(reader);
    throw new Abort('', shell.interactive ? 'line' : 'exit', shell.status);
  }
  const output = yield* readToEnd(shell, reader);
  shell.process.close(reader);
  for (;;) {
    const status = yield* wait(shell.process.wait(pid));
    if (failed(status)) {
      if (status.errno === 'EINTR') continue;
      break;
    }
    if (status !== undefined && status.type !== 'stopped' && status.type !== 'continued') {
      shell.status = statusCode(status);
      break;
    }
  }
  if (output.includes('\0')) yield* shell.complain('warning: command substitution: ignored null byte in input');
  return output.replace(/\0/g, '').replace(/\n+$/, '');
}

/** `<(…)` and `>(…)`: a child at the other end of a pipe, named through /dev/fd. */
export function* processSubstitution(shell: Shell, part: ProcessSubstitutionPart): Op<string> {
  const pipe = shell.process.pipe();
  if (failed(pipe)) return shell.abort(`cannot make pipe for process substitution: ${strerror(pipe)}`);
  const [reader, writer] = pipe;
  const ours = part.operator === '<' ? reader : writer;
  const theirs = part.operator === '<' ? writer : reader;
  const high = shell.process.dup(ours, 63);
  const fd: Fd = failed(high) ? ours : high;
  const pid = yield* forkText(shell, {
    type: 'text',
    text: part.text.slice(2, -1),
    firstLine: shell.line,
    dup: [[theirs, part.operator === '<' ? 1 : 0]],
    close: [...new Set([reader, writer, fd])],
  });
  shell.process.close(theirs);
  if (fd !== ours) shell.process.close(ours);
  if (!failed(pid)) {
    shell.lastBackground = pid;
    const processes = [{ pid, status: undefined }];
    shell.jobs.add({
      processes,
      group: undefined,
      text: part.text,
      background: true,
      notified: true,
      hidden: true,
      nohup: true,
    });
  }
  shell.substitutionFds.push(fd);
  return `/dev/fd/${String(fd)}`;
}

/** Runs what expands words, and closes the process substitutions among them when the frames that it leaves are done. */
export function* withSubstitutions<T>(shell: Shell, op: Op<T>): Op<T> {
  const { substitutionFds, stack } = shell;
  const [before, depth] = [substitutionFds.length, stack.length];
  try {
    return yield* op;
  } finally {
    if (substitutionFds.length > before) {
      const undo = substitutionFds.splice(before).map((fd) => ({ fd, saved: undefined }));
      if (shell.stack.length > depth) shell.stack.splice(depth, 0, { type: 'fds', undo });
      else undoRedirects(shell, undo);
    }
  }
}

/** A child that runs a text with a copy of the shell. */
function* forkText(shell: Shell, task: Extract<Task, { type: 'text' }>): Op<Result<Pid>> {
  const state = forkState(shell, task);
  return yield* forkPatiently(shell, () => shell.process.fork(state));
}

function* readToEnd(shell: Shell, fd: Fd): Op<string> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const bytes = yield* wait(shell.process.read(fd, 65_536));
    if (failed(bytes)) {
      if (bytes.errno === 'EINTR' && !isInterrupted(shell)) continue;
      break;
    }
    if (bytes.length === 0) break;
    parts.push(bytes);
    length += bytes.length;
    if (length <= TEXT_BOUND) continue;
    shell.process.close(fd);
    throw tooLong(shell, length);
  }
  return bytesToText(concatBytes(parts));
}

function innerText(part: CommandExpansionPart, quoted: boolean): string {
  if (part.text.startsWith('$(')) return part.text.slice(2, part.text.endsWith(')') ? -1 : undefined);
  return part.text.slice(1, -1).replace(quoted ? /\\([$`\\"])/g : /\\([$`\\])/g, '$1');
}

/** The word of `$(< file)`. */
function fileOnly(part: CommandExpansionPart) {
  if (!/^\$\(\s*</.test(part.text)) return undefined;
  const [only, ...more] = part.script?.commands ?? [];
  const command = only?.command;
  if (command?.type !== 'Command' || more.length > 0 || command.name !== undefined || command.prefix.length !== 1)
    return undefined;
  const [redirect] = command.prefix;
  return redirect?.type === 'Redirect' && redirect.operator === '<' ? redirect.target : undefined;
}
