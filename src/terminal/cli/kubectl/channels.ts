/**
 * A terminal session with a container: standard streams over the channels of an upgraded connection.
 * Models: stdin until its end, raw terminal with size changes, exit code from the error channel.
 */
import { failed } from '../../../protocol/errno.ts';
import type { JsonObject, Plain } from '../../../protocol/plain.ts';
import type { Termios } from '../../../protocol/program.ts';
import { HttpConnection } from '../../http-client.ts';
import type { ApiStream } from './api.ts';
import type { Context } from './context.ts';
import { Fatal } from './fatal.ts';
import { objectsAt, textAt } from './fields.ts';
import { isJsonObject } from '../../../formats/json.ts';

export interface SessionOptions {
  readonly stdin: boolean;
  readonly tty: boolean;
  /** Said once the terminal is ready. */
  readonly greeting?: readonly string[];
}

/** Carries the streams until the far end is done; answers the exit code. */
export async function runSession(context: Context, stream: ApiStream, options: SessionOptions): Promise<number> {
  const { process } = context;
  const { connection } = stream;
  const before = options.tty && options.stdin ? process.termios(0) : undefined;
  if (before !== undefined && !failed(before)) {
    process.setTermios(0, {
      canonical: false,
      echo: false,
      signals: false,
      mapCrToNl: false,
      outputNlToCrNl: false,
      flowControl: false,
    });
    process.sigaction('SIGWINCH', 'catch');
    await sendSize(context, connection);
  }
  for (const line of options.greeting ?? []) await context.error(line);
  const saved = before === undefined || failed(before) ? undefined : before;
  return finish(context, connection, { reading: options.stdin, ...(saved === undefined ? {} : { termios: saved }) });
}

/** What a session needs to go on after a checkpoint. */
interface Ongoing {
  readonly reading: boolean;
  /** How the terminal was before. */
  readonly termios?: Termios;
}

/** Goes on with a session from the state of a checkpoint. */
export function resumeSession(context: Context, state: Plain): Promise<number> {
  const { fd, ongoing } = state as unknown as { fd: number; ongoing: Ongoing };
  return finish(context, HttpConnection.over(context.process, fd), ongoing);
}

async function finish(context: Context, connection: HttpConnection, ongoing: Ongoing): Promise<number> {
  const { process } = context;
  try {
    return await carry(context, connection, ongoing);
  } finally {
    if (ongoing.termios !== undefined) {
      process.setTermios(0, ongoing.termios);
      process.sigaction('SIGWINCH', 'default');
    }
    connection.close();
  }
}

async function sendSize(context: Context, connection: HttpConnection): Promise<void> {
  const size = context.process.windowSize(1);
  if (failed(size)) return;
  await connection.sendFrame({ channel: 'resize', object: { width: size.columns, height: size.rows } });
}

async function carry(context: Context, connection: HttpConnection, ongoing: Ongoing): Promise<number> {
  const { process } = context;
  let { reading } = ongoing;
  let status: JsonObject | undefined;
  for (;;) {
    process.checkpoint({ fd: connection.fd, ongoing: { ...ongoing, reading } as unknown as Plain });
    const watched = reading
      ? [
          { fd: connection.fd, read: true },
          { fd: 0, read: true },
        ]
      : [{ fd: connection.fd, read: true }];
    const ready = await process.poll(watched);
    if (failed(ready)) {
      if (ready.errno !== 'EINTR') return 1;
      if (process.takeSignals().includes('SIGWINCH')) await sendSize(context, connection);
      continue;
    }
    if (ready.includes(0) && reading) {
      const bytes = await process.read(0, 65_536);
      if (failed(bytes)) {
        if (bytes.errno !== 'EINTR') reading = false;
      } else if (bytes.length === 0) {
        reading = false;
        await connection.sendFrame({ channel: 'stdin', close: true });
      } else await connection.sendFrame({ channel: 'stdin', bytes });
    }
    if (!ready.includes(connection.fd)) continue;
    const frame = await connection.nextFrame();
    if (frame === undefined || failed(frame)) break;
    if (frame.channel === 'error' && isJsonObject(frame.object)) {
      status = frame.object;
      break;
    }
    if (frame.bytes !== undefined && (frame.channel === 'stdout' || frame.channel === 'stderr')) {
      const written = await process.write(frame.channel === 'stderr' ? 2 : 1, frame.bytes);
      if (failed(written)) break;
    }
  }
  return exitCode(status);
}

/** The exit code that the error channel told; a failure of another kind ends the command. */
export function exitCode(status: JsonObject | undefined): number {
  if (status === undefined || textAt(status, 'status') === 'Success') return 0;
  if (textAt(status, 'reason') === 'NonZeroExitCode') {
    const cause = objectsAt(status, 'details', 'causes').find((item) => textAt(item, 'reason') === 'ExitCode');
    const code = Number(textAt(cause, 'message'));
    throw new Fatal(`command terminated with exit code ${String(code)}`, code);
  }
  throw new Fatal(`error: ${textAt(status, 'message')}`);
}

/** -t without a terminal on standard input is taken back with a warning. */
export async function checkTty(context: Context, stdin: boolean, tty: boolean): Promise<boolean> {
  if (!tty) return false;
  if (!stdin) return true;
  if (context.process.isatty(0)) return true;
  await context.error('Unable to use a TTY - input is not a terminal or the right kind of file');
  return false;
}
