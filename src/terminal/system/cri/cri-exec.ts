/** A command in a container with this process's standard streams. */
import { failed, type SysFailure } from '../../../protocol/errno.ts';
import type { Fd, Process } from '../../../protocol/program.ts';
import { call, nextReply, type CriEndpoint } from './cri-client.ts';

export type ExecOutcome =
  | { readonly type: 'exit'; readonly code: number }
  | { readonly type: 'error'; readonly message: string }
  | { readonly type: 'unreachable'; readonly failure: SysFailure };

export async function execInContainer(
  endpoint: CriEndpoint,
  request: { readonly id: string; readonly argv: readonly string[]; readonly tty: boolean; readonly stdin: boolean },
): Promise<ExecOutcome> {
  const { process } = endpoint;
  const fd = await call(endpoint, { method: 'exec', ...request });
  if (failed(fd)) return { type: 'unreachable', failure: fd };
  const raw = request.tty && request.stdin && process.isatty(0);
  if (raw)
    process.setTermios(0, { canonical: false, echo: false, signals: false, mapCrToNl: false, outputNlToCrNl: false });
  if (request.stdin) void feed(process, fd);
  const outcome = await drain(process, fd);
  if (raw) process.setTermios(0, { canonical: true, echo: true, signals: true, mapCrToNl: true, outputNlToCrNl: true });
  return outcome;
}

async function feed(process: Process, fd: Fd): Promise<void> {
  for (;;) {
    const bytes = await process.read(0, 4_096);
    if (failed(bytes)) return;
    if (bytes.length === 0) {
      await process.send(fd, { type: 'end' });
      return;
    }
    await process.send(fd, { type: 'bytes', bytes });
  }
}

async function drain(process: Process, fd: Fd): Promise<ExecOutcome> {
  for (;;) {
    const reply = await nextReply(process, fd);
    if (reply === undefined) return { type: 'unreachable', failure: { errno: 'ECONNRESET' } };
    const type = reply.text('type');
    if (type === 'output') await process.write(reply.text('channel') === 'stderr' ? 2 : 1, reply.bytes('bytes'));
    else if (type === 'exit') return { type: 'exit', code: reply.number('code') };
    else return { type: 'error', message: reply.text('message') };
  }
}
