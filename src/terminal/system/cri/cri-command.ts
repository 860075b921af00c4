/** What crictl's commands share: failures, tables, finding an object by the head of its id. */
import { strerror } from '../../../protocol/errno.ts';
import { strftime } from '../../strftime.ts';
import { ask, type CriEndpoint, type CriReply } from './cri-client.ts';
import type { KernelRecord } from '../kernel/kernel-data.ts';
import type { PlainCall } from '../plain-program.ts';

/** One call of a crictl command: which of the runtime's services it uses is told where that cannot be reached. */
export interface CrictlCall extends PlainCall, CriEndpoint {
  readonly service: 'runtime' | 'image';
}

type LogLevel = 'fatal' | 'error' | 'warning' | 'info';
const SHORT_LEVELS: Readonly<Record<LogLevel, string>> = {
  fatal: 'FATA',
  error: 'ERRO',
  warning: 'WARN',
  info: 'INFO',
};

/** A line of logrus: short on a terminal, a record elsewhere. */
export async function log({ io, process }: PlainCall, level: LogLevel, message: string): Promise<void> {
  await io.raw(
    process.isatty(2)
      ? `${SHORT_LEVELS[level]}[0000] ${message} \n`
      : `time="${strftime('%Y-%m-%dT%H:%M:%SZ', process.time().realtimeUs)}" level=${level} msg=${JSON.stringify(message)}\n`,
  );
}

/** What ends crictl. */
export async function fatal(call: PlainCall, message: string): Promise<number> {
  await call.io.flush();
  await log(call, 'fatal', message);
  return 1;
}

/** What the runtime refused, or why it could not be asked. */
export async function refuse(
  call: CrictlCall,
  reply: Exclude<CriReply, { readonly type: 'ok' }>,
  what: string,
): Promise<number> {
  if (reply.type === 'unreachable')
    return await fatal(
      call,
      `validate service connection: validate CRI v1 ${call.service} API for endpoint "unix://${call.socket}": rpc error: code = Unavailable desc = connection error: desc = "transport: Error while dialing: dial unix ${call.socket}: connect: ${strerror(reply.failure).toLowerCase()}"`,
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
  call: CrictlCall,
  method: 'containers' | 'sandboxes' | 'images',
  id: string,
): Promise<KernelRecord | number> {
  const reply = await ask(call, { method });
  if (reply.type !== 'ok') return await refuse(call, reply, 'listing');
  const found = reply.record
    .records(method)
    .find((each) => (method === 'images' ? isNamed(each, id) : each.text('id').startsWith(id)));
  const kind = method === 'containers' ? 'container' : method === 'sandboxes' ? 'sandbox' : 'image';
  if (found !== undefined) return found;
  return await fatal(
    call,
    method === 'images'
      ? `no such image "${id}" present`
      : `rpc error: code = NotFound desc = an error occurred when try to find ${kind} "${id}": not found`,
  );
}

/** Whether an image answers to a name, a digest or the head of its id. */
export function isNamed(image: KernelRecord, name: string): boolean {
  const plain = name.replace(/^sha256:/, '');
  const tags = image.texts('repoTags');
  return (
    (plain.length > 2 &&
      image
        .text('id')
        .replace(/^sha256:/, '')
        .startsWith(plain)) ||
    image.texts('repoDigests').includes(name) ||
    tags.some((tag) =>
      [tag, tag.replace(/^docker\.io\//, ''), tag.replace(/^docker\.io\/library\//, '')].some(
        (each) => each === name || each === `${name}:latest`,
      ),
    )
  );
}
