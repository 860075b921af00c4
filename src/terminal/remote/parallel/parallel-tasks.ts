/** Children run side by side, so many at a time, with what they print gathered. */
import { failed } from '../../../protocol/errno.ts';
import type { Fd, Process } from '../../../protocol/program.ts';
import { startChild, waitFor } from '../../run-child.ts';
import { bytesToText } from '../../text.ts';

export interface Task {
  readonly host: string;
  readonly argv: readonly string[];
}
export interface Finished {
  readonly task: Task;
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface TaskOptions {
  readonly parallel: number;
  /** What each child reads. */
  readonly input: Uint8Array | undefined;
  /** A piece as it comes. */
  readonly piece?: (task: Task, channel: 'stdout' | 'stderr', text: string) => Promise<void>;
  readonly finished: (result: Finished) => Promise<void>;
}

/** Runs all tasks; they have no terminal to ask on. */
export async function runTasks(process: Process, tasks: readonly Task[], options: TaskOptions): Promise<void> {
  const waiting = [...tasks];
  const lane = async (): Promise<void> => {
    for (let task = waiting.shift(); task !== undefined; task = waiting.shift())
      await options.finished(await runTask(process, task, options));
  };
  await Promise.all(Array.from({ length: Math.max(1, Math.min(options.parallel, tasks.length)) }, lane));
}

async function runTask(process: Process, task: Task, options: TaskOptions): Promise<Finished> {
  const [input, output, errors] = [process.pipe(), process.pipe(), process.pipe()];
  if (failed(input) || failed(output) || failed(errors)) return { task, code: 255, stdout: '', stderr: '' };
  for (const end of [input[1], output[0], errors[0]]) process.setCloseOnExec(end, true);
  const pid = startChild(process, task.argv, {
    env: process.env,
    newSession: true,
    fds: [
      [0, input[0]],
      [1, output[1]],
      [2, errors[1]],
    ],
  });
  for (const end of [input[0], output[1], errors[1]]) process.close(end);
  if (options.input !== undefined) await process.write(input[1], options.input);
  process.close(input[1]);
  const [stdout, stderr] = await Promise.all([
    gather(process, output[0], async (text) => await options.piece?.(task, 'stdout', text)),
    gather(process, errors[0], async (text) => await options.piece?.(task, 'stderr', text)),
  ]);
  const code = typeof pid === 'number' ? (await waitFor(process, pid)).code : pid.code;
  return { task, code, stdout, stderr };
}

async function gather(process: Process, fd: Fd, piece: (text: string) => Promise<unknown>): Promise<string> {
  let text = '';
  for (;;) {
    const bytes = await process.read(fd, 65_536);
    if (failed(bytes) || bytes.length === 0) break;
    const part = bytesToText(bytes);
    text += part;
    await piece(part);
  }
  process.close(fd);
  return text;
}
