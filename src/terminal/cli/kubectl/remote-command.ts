/** A command in a container whose streams are this program's own business: input from memory, output into memory. */
import { concatBytes } from '../../../protocol/bytes.ts';
import { failed } from '../../../protocol/errno.ts';
import type { JsonObject } from '../../../protocol/plain.ts';
import { isJsonObject } from '../../../formats/json.ts';
import type { Context } from './context.ts';
import { Fatal } from './fatal.ts';
import { nameOf, namespaceOf, textAt } from './fields.ts';
import { podPath } from './pods.ts';
import { serverErrorText } from './server-error.ts';

/** Most bytes of one frame of standard input. */
const FRAME_BYTES = 32_768;

export interface RemoteCommand {
  readonly pod: JsonObject;
  readonly container: string;
  readonly argv: readonly string[];
  readonly stdin?: Uint8Array;
  /** What the command writes to standard error is dropped instead of shown. */
  readonly quiet?: boolean;
}

export interface RemoteOutcome {
  readonly stdout: Uint8Array;
  /** What the error channel told; undefined where the connection broke. */
  readonly status: JsonObject | undefined;
}

/** Runs it to its end; a command that cannot be started ends kubectl. */
export async function remoteCommand(context: Context, command: RemoteCommand): Promise<RemoteOutcome> {
  const { pod, container, argv, stdin } = command;
  const query = [
    ...argv.map((word) => `command=${encodeURIComponent(word)}`),
    `container=${encodeURIComponent(container)}`,
    ...(stdin === undefined ? [] : ['stdin=true']),
    'stdout=true',
    'stderr=true',
  ].join('&');
  const stream = await context.api.upgrade(podPath(namespaceOf(pod), nameOf(pod), 'exec'), query);
  if ('failure' in stream) {
    const { failure } = stream;
    throw new Fatal(failure.reason === 'InternalError' ? `error: ${failure.message}` : serverErrorText(failure));
  }
  const { connection } = stream;
  for (let at = 0; stdin !== undefined && at < stdin.length; at += FRAME_BYTES) {
    if (failed(await connection.sendFrame({ channel: 'stdin', bytes: stdin.subarray(at, at + FRAME_BYTES) }))) break;
  }
  if (stdin !== undefined) await connection.sendFrame({ channel: 'stdin', close: true });
  const parts: Uint8Array[] = [];
  let status: JsonObject | undefined;
  while (status === undefined) {
    const frame = await connection.nextFrame();
    if (frame === undefined || failed(frame)) break;
    if (frame.channel === 'error' && isJsonObject(frame.object)) status = frame.object;
    else if (frame.channel === 'stdout' && frame.bytes !== undefined) parts.push(frame.bytes);
    else if (frame.channel === 'stderr' && frame.bytes !== undefined && command.quiet !== true)
      await context.process.write(2, frame.bytes);
  }
  connection.close();
  return { stdout: concatBytes(parts), status };
}

export const succeeded = ({ status }: RemoteOutcome): boolean => textAt(status, 'status') === 'Success';
