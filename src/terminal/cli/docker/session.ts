/** Standard streams over a hijacked connection: run -it, attach, exec. */
import { failed } from '../../../protocol/errno.ts';
import type { Signal } from '../../../protocol/program.ts';
import type { HttpConnection } from '../../http-client.ts';
import type { Context } from './context.ts';

export interface SessionOptions {
  readonly stdin: boolean;
  readonly tty: boolean;
  /** Passes a size on; frames carry it while the connection is open. */
  readonly signal?: (signal: Signal) => Promise<void>;
}

const DETACH_KEYS = [16, 17];

/** Carries the streams until the container's have ended; `detached` after ^P^Q. */
export async function carry(
  context: Context,
  connection: HttpConnection,
  options: SessionOptions,
): Promise<'ended' | 'detached'> {
  const { process } = context;
  const before = options.tty && options.stdin ? process.termios(0) : undefined;
  if (before !== undefined && !failed(before))
    process.setTermios(0, {
      canonical: false,
      echo: false,
      signals: false,
      mapCrToNl: false,
      outputNlToCrNl: false,
      flowControl: false,
    });
  const caught: readonly Signal[] = options.tty ? ['SIGWINCH'] : ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'];
  for (const signal of caught) process.sigaction(signal, 'catch');
  if (options.tty) await sendSize(context, connection);
  try {
    return await loop(context, connection, options);
  } finally {
    if (before !== undefined && !failed(before)) process.setTermios(0, before);
    for (const signal of caught) process.sigaction(signal, 'default');
  }
}

async function sendSize(context: Context, connection: HttpConnection): Promise<void> {
  const size = context.process.windowSize(1);
  if (!failed(size))
    await connection.sendFrame({ channel: 'resize', object: { width: size.columns, height: size.rows } });
}

async function loop(
  context: Context,
  connection: HttpConnection,
  options: SessionOptions,
): Promise<'ended' | 'detached'> {
  const { process } = context;
  let reading = options.stdin;
  let held = false;
  for (;;) {
    const ready = await process.poll(
      reading
        ? [
            { fd: connection.fd, read: true },
            { fd: 0, read: true },
          ]
        : [{ fd: connection.fd, read: true }],
    );
    if (failed(ready)) {
      if (ready.errno !== 'EINTR') return 'ended';
      for (const signal of process.takeSignals()) {
        if (signal === 'SIGWINCH') await sendSize(context, connection);
        else await options.signal?.(signal);
      }
      continue;
    }
    if (reading && ready.includes(0)) {
      const bytes = await process.read(0, 65_536);
      if (failed(bytes)) reading = bytes.errno === 'EINTR';
      else if (bytes.length === 0) {
        reading = false;
        await connection.sendFrame({ channel: 'stdin', close: true });
      } else {
        const detaches =
          options.tty &&
          ((held && bytes[0] === DETACH_KEYS[1]) || (bytes[0] === DETACH_KEYS[0] && bytes[1] === DETACH_KEYS[1]));
        held = options.tty && bytes.at(-1) === DETACH_KEYS[0];
        if (detaches) return 'detached';
        if (!held) await connection.sendFrame({ channel: 'stdin', bytes });
      }
    }
    if (!ready.includes(connection.fd)) continue;
    const frame = await connection.nextFrame();
    if (frame === undefined || failed(frame)) return 'ended';
    if (frame.bytes !== undefined && failed(await process.write(frame.channel === 'stderr' ? 2 : 1, frame.bytes)))
      return 'ended';
  }
}
