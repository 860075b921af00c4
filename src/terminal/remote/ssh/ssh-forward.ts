/** ssh -L, -W and jumps: connections that a server makes for its client. */
import { failed, strerror, type Result } from '../../../protocol/errno.ts';
import type { Fd, Process } from '../../../protocol/program.ts';
import { relay } from '../sshd/relay.ts';
import { nextReply, sendSsh } from '../openssh/ssh-connection.ts';
import type { SshLog } from './ssh-log.ts';

/** SSH_LISTEN_BACKLOG. */
const BACKLOG = 128;

export interface Endpoint {
  readonly host: string;
  readonly port: number;
}
export interface LocalForward {
  readonly listenIp: string;
  readonly listenPort: number;
  readonly to: Endpoint;
}

const ADDRESS = String.raw`\[[^\]]+\]|[^:/[\]]+`;
const FORWARD = new RegExp(String.raw`^(?:(${ADDRESS}|\*)?[:/])?(\d+)[:/](${ADDRESS})[:/](\d+)$`);
const bare = (address: string): string => address.replace(/^\[(.*)\]$/, '$1');

/** `[address:]port:host:port`; undefined where it is not one. */
export function readLocalForward(text: string, gateway = false): LocalForward | undefined {
  const [, address, listenPort = '', host = '', port = ''] = FORWARD.exec(text.replace(/\s+/, ':')) ?? [];
  if (host === '' || Number(listenPort) > 65_535 || Number(port) > 65_535) return undefined;
  // An empty address before the colon stands for every one.
  const everywhere = address === '*' || /^[:/]/.test(text) || (address === undefined && gateway);
  const listenIp = everywhere
    ? '0.0.0.0'
    : address === undefined || address === 'localhost'
      ? '127.0.0.1'
      : bare(address);
  return { listenIp, listenPort: Number(listenPort), to: { host: bare(host), port: Number(port) } };
}

/** `[address:]port`, as -D has it. */
export function readDynamicForward(text: string): string | undefined {
  const [, port] = new RegExp(`^(?:(?:${ADDRESS}|\\*)?[:/])?(\\d+)$`).exec(text) ?? [];
  return port === undefined || Number(port) > 65_535 ? undefined : port;
}

/** `host:port`. */
export function readEndpoint(text: string): Endpoint | undefined {
  const [, host = '', port = ''] = new RegExp(`^(${ADDRESS}):(\\d+)$`).exec(text) ?? [];
  return host === '' ? undefined : { host: bare(host), port: Number(port) };
}

/** -W: standard input and output go to a host and port. */
export async function forwardStreams(process: Process, log: SshLog, fd: Fd, text: string): Promise<number> {
  const endpoint = readEndpoint(text);
  if (endpoint === undefined) {
    await log.error(`Bad stdio forwarding specification '${text}'`);
    return 255;
  }
  const reason = await requestDirect(process, fd, endpoint);
  if (reason !== undefined) {
    await log.error(`channel 0: open failed: ${reason}\nstdio forwarding failed`);
    return 255;
  }
  const sending = sendInput(process, fd);
  for (;;) {
    const segment = await process.receive(fd);
    if (segment === undefined || failed(segment)) break;
    if (segment.type === 'bytes') await process.write(1, segment.bytes);
  }
  void sending;
  return 0;
}

async function sendInput(process: Process, fd: Fd): Promise<void> {
  for (;;) {
    const bytes = await process.read(0, 65_536);
    if (failed(bytes) || bytes.length === 0) break;
    await process.send(fd, { type: 'bytes', bytes });
  }
  process.shutdown(fd);
}

/** Asks the server for a connection; undefined where it has one now, else why not. */
export async function requestDirect(process: Process, fd: Fd, { host, port }: Endpoint): Promise<string | undefined> {
  await sendSsh(process, fd, { type: 'direct', host, port });
  const reply = await nextReply(process, fd);
  if (reply?.type === 'connected') return undefined;
  return reply?.type === 'refused' ? reply.reason : 'unknown reason';
}

/** Listens for what is to be forwarded; undefined where that failed and was said. */
export async function listenFor(
  process: Process,
  log: SshLog,
  forwards: readonly LocalForward[],
): Promise<readonly (readonly [Fd, LocalForward])[]> {
  const listening: (readonly [Fd, LocalForward])[] = [];
  for (const forward of forwards) {
    const { listenIp: ip, listenPort: port } = forward;
    const fd: Result<Fd> = process.listen({ family: 'inet', ip, port }, BACKLOG);
    if (!failed(fd)) {
      await log.debug(
        `Local connections to ${ip}:${String(port)} forwarded to remote address ${forward.to.host}:${String(forward.to.port)}`,
      );
      listening.push([fd, forward]);
    } else
      await log.error(
        `bind [${ip}]:${String(port)}: ${strerror(fd)}\nchannel_setup_fwd_listener_tcpip: cannot listen to port: ${String(port)}\nCould not request local forwarding.`,
      );
  }
  return listening;
}

/** Serves one listener: every connection goes by an authenticated connection of its own. */
export async function forwardAll(
  process: Process,
  log: SshLog,
  [listener, { to }]: readonly [Fd, LocalForward],
  channel: { next: number },
  connect: () => Promise<Fd | undefined>,
): Promise<void> {
  for (;;) {
    const near = await process.accept(listener);
    if (failed(near)) {
      if (near.errno === 'EINTR') continue;
      return;
    }
    void forwardOne(process, log, near, to, channel, connect);
  }
}

async function forwardOne(
  process: Process,
  log: SshLog,
  near: Fd,
  to: Endpoint,
  channel: { next: number },
  connect: () => Promise<Fd | undefined>,
): Promise<void> {
  const number = channel.next;
  channel.next += 1;
  const far = await connect();
  const reason = far === undefined ? 'unknown reason' : await requestDirect(process, far, to);
  if (far !== undefined && reason === undefined) {
    await relay(process, near, far);
    return;
  }
  await log.error(`channel ${String(number)}: open failed: ${reason ?? ''}`);
  process.close(near);
  if (far !== undefined) process.close(far);
}
