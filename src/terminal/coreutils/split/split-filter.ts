/** `split --filter`: each piece goes to a shell command that knows the name it would have had. */
import { failed } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';

/** The command's status. */
export async function runFilter(process: Process, command: string, name: string, piece: Uint8Array): Promise<number> {
  const pipe = process.pipe();
  if (failed(pipe)) return 1;
  const [read, write] = pipe;
  process.setCloseOnExec(write, true);
  const shell = process.env['SHELL'] ?? '/bin/sh';
  const pid = process.spawn(shell, [shell.slice(shell.lastIndexOf('/') + 1), '-c', command], {
    env: { ...process.env, FILE: name },
    fds: [
      [0, read],
      [1, 1],
      [2, 2],
    ],
  });
  process.close(read);
  if (failed(pid)) {
    process.close(write);
    return 1;
  }
  // A filter that does not want its input ends all the same.
  process.sigaction('SIGPIPE', 'ignore');
  await process.write(write, piece);
  process.close(write);
  const ended = await process.wait(pid);
  if (failed(ended) || ended === undefined) return 1;
  return ended.type === 'exited' ? ended.code : 1;
}
