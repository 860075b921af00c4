/** ssh's side of a session: what is typed goes over, what comes back is written. */
import { failed } from '../../../protocol/errno.ts';
import type { Fd, Process } from '../../../protocol/program.ts';
import { bytesToText, textToBytes } from '../../text.ts';
import { sendSsh } from '../openssh/ssh-connection.ts';
import { EscapeReader } from './escapes.ts';
import type { SshLog } from './ssh-log.ts';
import { sshReply, type SshOpen } from '../openssh/ssh-protocol.ts';
import type { SshTarget } from './ssh-target.ts';

export interface SessionOptions {
  readonly command: string | undefined;
  readonly subsystem: string | undefined;
  readonly tty: boolean;
  /** -n: standard input is not read. */
  readonly noInput: boolean;
  /** The escape character, on a terminal. */
  readonly escape: string | undefined;
  readonly env: Readonly<Record<string, string>>;
  /** ServerAliveInterval, 0 for none, and how many questions may stay unanswered. */
  readonly alive: { readonly seconds: number; readonly count: number };
}

const RAW = { canonical: false, echo: false, signals: false, mapCrToNl: false, outputNlToCrNl: false };
const COOKED = { canonical: true, echo: true, signals: true, mapCrToNl: true, outputNlToCrNl: true };

/** Runs a session on an authenticated connection; answers its exit status. */
export async function runSession(
  process: Process,
  log: SshLog,
  fd: Fd,
  target: SshTarget,
  options: SessionOptions,
): Promise<number> {
  const { tty, command, subsystem, env } = options;
  const size = tty ? process.windowSize(0) : undefined;
  const request: SshOpen = {
    type: 'open',
    env,
    ...(command === undefined ? {} : { command }),
    ...(subsystem === undefined ? {} : { subsystem }),
    ...(tty
      ? {
          size:
            size === undefined || failed(size) ? { columns: 80, rows: 24 } : { columns: size.columns, rows: size.rows },
          term: process.env['TERM'] ?? 'xterm-256color',
        }
      : {}),
  };
  await log.debug('Entering interactive session.');
  if (command !== undefined) await log.debug(`Sending command: ${command}`);
  if (subsystem !== undefined) await log.debug(`Sending subsystem: ${subsystem}`);
  await sendSsh(process, fd, request);
  const local = tty && process.isatty(0);
  if (local) process.setTermios(0, RAW);
  const escapes = tty && options.escape !== undefined ? new EscapeReader(options.escape) : undefined;
  const ended = { byEscape: false };
  if (!options.noInput) void send(process, fd, local, escapes, ended);
  else if (!tty) await sendSsh(process, fd, { type: 'eof' });
  const code = await receive(process, log, fd, target, ended, options);
  if (typeof code === 'number') await log.debug(`Exit status ${String(code)}`);
  if (local) process.setTermios(0, COOKED);
  if (tty && code !== 'lost') await log.info(`Connection to ${target.host} closed.`);
  return code === 'lost' ? 255 : code;
}

async function send(
  process: Process,
  fd: Fd,
  tty: boolean,
  escapes: EscapeReader | undefined,
  ended: { byEscape: boolean },
): Promise<void> {
  if (tty) process.sigaction('SIGWINCH', 'catch');
  for (;;) {
    const bytes = await process.read(0, 4_096);
    if (failed(bytes)) {
      if (bytes.errno !== 'EINTR') return;
      process.takeSignals();
      const size = process.windowSize(0);
      if (!failed(size))
        await sendSsh(process, fd, { type: 'resize', size: { columns: size.columns, rows: size.rows } });
      continue;
    }
    if (bytes.length === 0) {
      await sendSsh(process, fd, { type: 'eof' });
      return;
    }
    if (escapes === undefined) {
      await process.send(fd, { type: 'bytes', bytes });
      continue;
    }
    for (const action of escapes.read(bytesToText(bytes)))
      if (action.type === 'send') await process.send(fd, { type: 'bytes', bytes: textToBytes(action.text) });
      else if (action.type === 'say') await process.write(2, textToBytes(action.text));
      else {
        ended.byEscape = true;
        process.shutdown(fd);
        return;
      }
  }
}

async function receive(
  process: Process,
  log: SshLog,
  fd: Fd,
  { host, ip, port }: SshTarget,
  ended: { readonly byEscape: boolean },
  { alive }: SessionOptions,
): Promise<number | 'lost'> {
  for (;;) {
    if (!(await isAlive(process, fd, alive))) {
      await log.error(`Timeout, server ${host} not responding.`);
      return 'lost';
    }
    const segment = await process.receive(fd);
    if (ended.byEscape) return 255;
    if (segment === undefined || failed(segment)) {
      await log.error(
        segment === undefined
          ? `Connection to ${host} closed by remote host.`
          : `client_loop: send disconnect: Broken pipe\nConnection to ${ip} port ${String(port)} lost.`,
      );
      return 'lost';
    }
    if (segment.type === 'bytes') await process.write(1, segment.bytes);
    else if (segment.type === 'message') {
      const reply = sshReply(segment.value);
      if (reply?.type === 'stderr') await process.write(2, reply.bytes);
      else if (reply?.type === 'exit') return reply.code;
      else if (reply?.type === 'no-terminal') await log.error('PTY allocation request failed on channel 0');
      else if (reply?.type === 'keepalive' && reply.answers !== true)
        await sendSsh(process, fd, { type: 'keepalive', answers: true });
      else if (reply?.type === 'refused') {
        await log.error(reply.reason);
        return 'lost';
      }
    }
  }
}

/** Asks a server that says nothing; false after as many questions as it may leave unanswered. */
async function isAlive(process: Process, fd: Fd, { seconds, count }: SessionOptions['alive']): Promise<boolean> {
  if (seconds === 0) return true;
  for (let asked = 0; asked <= count; asked += 1) {
    const ready = await process.poll([{ fd, read: true }], seconds * 1e6);
    if (failed(ready) || ready.length > 0) return true;
    if (asked < count) await sendSsh(process, fd, { type: 'keepalive' });
  }
  return false;
}
