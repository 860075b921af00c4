/** Calls to containerd's socket. */
import { failed, type SysFailure } from '../../protocol/errno.ts';
import type { Plain } from '../../protocol/plain.ts';
import type { Fd, Process } from '../../protocol/program.ts';
import { KernelRecord } from './kernel-data.ts';

const SOCKET = '/run/containerd/containerd.sock';

export type CriReply =
  | { readonly type: 'ok'; readonly record: KernelRecord }
  | { readonly type: 'error'; readonly code: string; readonly message: string }
  | { readonly type: 'unreachable'; readonly failure: SysFailure };

/** A connection with one request sent. */
export async function call(process: Process, request: Plain): Promise<Fd | SysFailure> {
  const fd = await process.connect({ family: 'unix', path: SOCKET });
  if (!failed(fd)) await process.send(fd, { type: 'message', value: request });
  return fd;
}

/** The next answer on a connection. */
export async function nextReply(process: Process, fd: Fd): Promise<KernelRecord | undefined> {
  const segment = await process.receive(fd);
  return segment === undefined || failed(segment) || segment.type !== 'message'
    ? undefined
    : new KernelRecord(segment.value);
}

/** One call with one answer. */
export async function ask(process: Process, request: Plain): Promise<CriReply> {
  const fd = await call(process, request);
  if (failed(fd)) return { type: 'unreachable', failure: fd };
  const record = await nextReply(process, fd);
  process.close(fd);
  if (record === undefined) return { type: 'unreachable', failure: { errno: 'ECONNRESET' } };
  return record.text('type') === 'ok'
    ? { type: 'ok', record }
    : { type: 'error', code: record.text('code'), message: record.text('message') };
}
