/** What a key asks of the world outside of the text: files, commands of the shell, stopping. */
import { concatBytes, EMPTY_BYTES } from '../../../../protocol/bytes.ts';
import { failed } from '../../../../protocol/errno.ts';
import type { Fd, Process } from '../../../../protocol/program.ts';
import { waitFor } from '../../../run-child.ts';
import { bytesToText, textToBytes } from '../../../text.ts';
import { COOKED, RAW } from '../../key-loop.ts';
import { clamp, firstText, replaceRows } from '../state/buffer.ts';
import { followed } from '../ex/execute.ts';
import { noSuchArgument } from '../ex/files.ts';
import { countMessage } from '../operators/count-message.ts';

import { insertFile, reopen, save, saveAll, textOf } from './files.ts';
import { handleKey } from '../keys/keys.ts';
import { afterOpening, executeFirst, sourceText } from '../start/start-up.ts';
import type { ViState, ViWork } from '../state/state.ts';
import { openSwap } from './swap.ts';
import { fail, failLines } from '../state/state.ts';
import { leave } from './leave.ts';
import { aboutRows } from '../state/undo.ts';
import { addUndone } from './work-text.ts';

const OPEN_SCREEN = '\x1b[?1049h\x1b[?2004h';
const CLOSE_SCREEN = '\x1b[?2004l\x1b[?1049l';

export async function openScreen(process: Process): Promise<void> {
  process.setTermios(0, RAW);
  await process.write(1, textToBytes(OPEN_SCREEN));
}
export async function closeScreen(process: Process): Promise<void> {
  await process.write(1, textToBytes(CLOSE_SCREEN));
  process.setTermios(0, COOKED);
}

export async function doWork(process: Process, before: ViState): Promise<ViState> {
  const done = await doWorkAlone(process, before);
  const { following } = done;
  if (following === undefined || done.failed || done.exit !== undefined) return { ...done, following: undefined };
  return followed(done, following, handleKey);
}

async function doWorkAlone(process: Process, before: ViState): Promise<ViState> {
  const { work } = before;
  if (work === undefined) return before;
  const state: ViState = { ...before, work: undefined };
  switch (work.type) {
    case 'write':
      return afterWriting(process, save(process, state, work), work);
    case 'write-all': {
      const saved = saveAll(process, state, work.force);
      return work.exits && !saved.failed ? leave(saved, work.force) : saved;
    }
    case 'read':
      return insertFile(process, state, work.path, work.below);
    case 'edit':
      return edit(process, state, work);
    case 'source':
      return sourced(state, source(process, { ...state, message: '' }, work.path));
    case 'cd':
      return changeFolder(process, state, work.path);
    case 'suspend':
      return await suspend(process, state);
    case 'shell':
      return await shell(process, state, work.command);
    case 'feed':
      return await feedCommand(process, state, work.command, work.lines);
    case 'read-command': {
      const output = await outputOf(process, work.command, []);
      const { lines } = textOf(output.text.normalize('NFC'));
      if (output.text === '') return said({ ...state, undo: state.undo.slice(0, -1) }, output.code, '');
      const added = addUndone(state, lines, work.below);
      const row = work.below + lines.length;
      const message = countMessage(lines.length, 'more lines');
      return said({ ...added, row, column: firstText(added, row), message }, output.code, message);
    }
    case 'filter':
      return await filter(process, state, work);
  }
}

function afterWriting(process: Process, saved: ViState, work: Extract<ViWork, { readonly type: 'write' }>): ViState {
  if (work.exits && !saved.failed && saved.exit === undefined) {
    const left = leave(saved, work.force);
    return left.exit === undefined ? failLines(left, [saved.message, left.message]) : left;
  }
  if (work.then === undefined || saved.failed) return saved;
  const fault = noSuchArgument(saved, work.then);
  if (fault !== undefined) return failLines(saved, [saved.message, fault]);
  return opened(process, reopen(process, { ...saved, file: work.then }, saved.files[work.then] ?? ''));
}

/** Another file in the place of this one, and what is to be done there. */
function edit(process: Process, state: ViState, work: Extract<ViWork, { readonly type: 'edit' }>): ViState {
  if (work.exists === true && failed(process.stat(work.path)))
    return fail(state, `E447: Can't find file "${work.path}" in path`);
  const made = opened(process, reopen(process, state, work.path, work.force));
  const there = work.at === undefined ? made : clamp({ ...made, ...work.at });
  if (work.said !== undefined) return failLines(there, work.said);
  return work.command === undefined ? there : executeFirst(there, work.command, handleKey);
}

/** A text that was just read: its swap file, and what its type asks for. */
export const opened = (process: Process, state: ViState): ViState => afterOpening(openSwap(process, state), handleKey);

/** :source and start-up files. */
export function source(process: Process, state: ViState, path: string): ViState {
  const bytes = process.readFile(path.replace(/^~(?=\/)/, process.env['HOME'] ?? ''));
  if (failed(bytes)) return fail(state, `E484: Can't open file ${path}`);
  return sourceText(state, path, bytesToText(bytes), handleKey);
}

/** A script that says nothing leaves the command line as it was. */
const sourced = (before: ViState, after: ViState): ViState =>
  after.message === '' && after.output === undefined ? { ...after, message: before.history.at(-1) ?? '' } : after;

function changeFolder(process: Process, state: ViState, path: string): ViState {
  if (path === '.') return { ...state, message: process.cwd() };
  const to = path.replace(/^~(?=\/|$)/, process.env['HOME'] ?? '/');
  const changed = process.chdir(to === '-' ? (process.env['OLDPWD'] ?? '/') : to);
  return failed(changed)
    ? failLines(state, [`E344: Can't find directory "${path}" in cdpath`, 'E472: Command failed'])
    : { ...state, message: process.cwd() };
}

/** ^Z: the shell goes on until fg. */
async function suspend(process: Process, state: ViState): Promise<ViState> {
  await closeScreen(process);
  process.kill(process.pid, 'SIGTSTP');
  // Stopped here; what comes next is after SIGCONT.
  await process.cpu(1);
  await openScreen(process);
  return state;
}

const shellOf = ({ env }: Process): string => env['SHELL'] ?? '/bin/sh';

/** :!command on the terminal itself; the next key leads back. */
async function shell(process: Process, state: ViState, command: string | undefined): Promise<ViState> {
  await closeScreen(process);
  if (command === undefined) {
    await runOnTerminal(process, [shellOf(process)]);
    await openScreen(process);
    return { ...state, message: '' };
  }
  await process.write(1, textToBytes('\r\n'));
  const code = await runOnTerminal(process, [shellOf(process), '-c', command]);
  const ended = code === 0 ? '' : `\r\nshell returned ${String(code)}\r\n`;
  process.setTermios(0, RAW);
  await process.write(1, textToBytes(`${ended}\r\nPress ENTER or type command to continue`));
  return { ...state, message: '', away: true };
}

async function runOnTerminal(process: Process, argv: readonly string[]): Promise<number> {
  const pid = process.spawn(argv[0] ?? '/bin/sh', argv);
  return failed(pid) ? 127 : codeOf(await waitFor(process, pid));
}

const codeOf = (result: Awaited<ReturnType<typeof waitFor>>): number => result.code;

async function feed(process: Process, fd: Fd, lines: readonly string[]): Promise<void> {
  process.sigaction('SIGPIPE', 'ignore');
  if (lines.length > 0) await process.write(fd, textToBytes(`${lines.join('\n')}\n`));
  process.close(fd);
}

/** What a command prints on both its outputs, given some lines. */
async function outputOf(
  process: Process,
  command: string,
  lines: readonly string[],
): Promise<{ readonly text: string; readonly code: number }> {
  const none = { text: '', code: 127 };
  const input = process.pipe();
  const output = process.pipe();
  if (failed(input) || failed(output)) return none;
  const pid = process.spawn(shellOf(process), [shellOf(process), '-c', command], {
    fds: [
      [0, input[0]],
      [1, output[1]],
      [2, output[1]],
    ],
  });
  process.close(input[0]);
  process.close(output[1]);
  const reading = readToEnd(process, output[0]);
  await feed(process, input[1], lines);
  const text = bytesToText(await reading);
  return { text, code: failed(pid) ? 127 : codeOf(await waitFor(process, pid)) };
}

async function readToEnd(process: Process, fd: Fd): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for (;;) {
    const bytes = await process.read(fd, 65_536);
    if (failed(bytes) && bytes.errno === 'EINTR') continue;
    if (failed(bytes) || bytes.length === 0) break;
    parts.push(bytes);
  }
  process.close(fd);
  return parts.length === 0 ? EMPTY_BYTES : concatBytes(parts);
}

/** :w !command: its output below the text. */
async function feedCommand(
  process: Process,
  state: ViState,
  command: string,
  lines: readonly string[],
): Promise<ViState> {
  const output = await outputOf(process, command, lines);
  const shown = output.text === '' ? [] : textOf(output.text).lines;
  const ended = output.code === 0 ? '' : `shell returned ${String(output.code)}`;
  return { ...state, output: [...shown, ended], outputOver: false };
}

async function filter(
  process: Process,
  state: ViState,
  { command, from, to }: Extract<ViWork, { readonly type: 'filter' }>,
): Promise<ViState> {
  const output = await outputOf(process, command, state.lines.slice(from, to + 1));
  const { lines } = textOf(output.text.normalize('NFC'));
  const filtered = output.text === '' ? [] : lines;
  const made = aboutRows(replaceRows(state, from, to + 1, filtered), filtered.length);
  const row = Math.min(from, made.lines.length - 1);
  const count = to - from + 1;
  const message = count > 2 ? `${String(count)} lines filtered` : (state.history.at(-1) ?? '');
  const column = firstText(made, row);
  return said({ ...made, row, column, message }, output.code, count > 2 ? message : '');
}

const said = (after: ViState, code: number, message: string): ViState =>
  code === 0 ? after : { ...after, output: [`shell returned ${String(code)}`, message], outputOver: false };
