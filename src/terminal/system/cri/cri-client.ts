/** Calls to containerd's socket. */
import { failed, type SysFailure } from '../../../protocol/errno.ts';
import type { Plain } from '../../../protocol/plain.ts';
import type { Fd, Process } from '../../../protocol/program.ts';
import { KernelRecord } from '../kernel/kernel-data.ts';

export const CONTAINERD_SOCKET = '/run/containerd/containerd.sock';

/** Who asks, and where containerd listens for it. */
export interface CriEndpoint {
  readonly process: Process;
  readonly socket: string;
}

export type CriReply =
  | { readonly type: 'ok'; readonly record: KernelRecord }
  | { readonly type: 'error'; readonly code: string; readonly message: string }
  | { readonly type: 'unreachable'; readonly failure: SysFailure };

/** A connection with one request sent. */
export async function call({ process, socket }: CriEndpoint, request: Plain): Promise<Fd | SysFailure> {
  const fd = await process.connect({ family: 'unix', path: socket });
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
export async function ask(endpoint: CriEndpoint, request: Plain): Promise<CriReply> {
  const { process } = endpoint;
  const fd = await call(endpoint, request);
  if (failed(fd)) return { type: 'unreachable', failure: fd };
  const record = await nextReply(process, fd);
  process.close(fd);
  if (record === undefined) return { type: 'unreachable', failure: { errno: 'ECONNRESET' } };
  return record.text('type') === 'ok'
    ? { type: 'ok', record }
    : { type: 'error', code: record.text('code'), message: record.text('message') };
}
