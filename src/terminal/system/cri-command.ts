/** What crictl's commands share: failures, tables, finding an object by the head of its id. */
import { strerror } from '../../protocol/errno.ts';
import { strftime } from '../strftime.ts';
import { ask, type CriReply } from './cri-client.ts';
import type { KernelRecord } from './kernel-data.ts';
import type { PlainCall } from './plain-program.ts';

/** logrus' fatal line: short on a terminal, a record elsewhere. */
export async function fatal({ io, process }: PlainCall, message: string): Promise<number> {
  await io.raw(
    process.isatty(2)
      ? `FATA[0000] ${message} \n`
      : `time="${strftime('%Y-%m-%dT%H:%M:%SZ', process.time().realtimeUs)}" level=fatal msg=${JSON.stringify(message)}\n`,
  );
  return 1;
}

/** What the runtime refused, or why it could not be asked. */
export async function refuse(
  call: PlainCall,
  reply: Exclude<CriReply, { readonly type: 'ok' }>,
  what: string,
): Promise<number> {
  if (reply.type === 'unreachable')
    return await fatal(
      call,
      `validate service connection: validate CRI v1 runtime API for endpoint "unix:///run/containerd/containerd.sock": rpc error: code = Unavailable desc = connection error: desc = "transport: Error while dialing: dial unix /run/containerd/containerd.sock: connect: ${strerror(reply.failure).toLowerCase()}"`,
    );
  return await fatal(call, `${what}: rpc error: code = ${reply.code} desc = ${reply.message}`);
}

/** Rows as Go's tabwriter sets them: at least 20 wide, three blanks between. */
export function table({ io }: PlainCall, rows: readonly (readonly string[])[]): void {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(20, ...rows.map((row) => (row[at]?.length ?? 0) + 3)));
  for (const row of rows)
    io.line(row.map((cell, at) => (at === row.length - 1 ? cell : cell.padEnd(widths[at] ?? 0))).join(''));
}

/** The only object whose id begins so. */
export async function findById(
  call: PlainCall,
  method: 'containers' | 'sandboxes' | 'images',
  id: string,
): Promise<KernelRecord | number> {
  const reply = await ask(call.process, { method });
  if (reply.type !== 'ok') return await refuse(call, reply, 'listing');
  const plain = id.replace(/^sha256:/, '');
  const found = reply.record.records(method).find(
    (each) =>
      each
        .text('id')
        .replace(/^sha256:/, '')
        .startsWith(plain) ||
      each
        .texts('repoTags')
        .some((tag) => tag === id || tag.endsWith(`/${id}`) || tag.endsWith(`/${id}:latest`) || tag === `${id}:latest`),
  );
  const kind = method === 'containers' ? 'container' : method === 'sandboxes' ? 'sandbox' : 'image';
  if (found !== undefined) return found;
  return await fatal(
    call,
    method === 'images'
      ? `no such image "${id}" present`
      : `rpc error: code = NotFound desc = an error occurred when try to find ${kind} "${id}": not found`,
  );
}
