/** Connections that pass through: sshd's end of a forwarded one, and the two halves of any. */
import { failed, strerror } from '../../../protocol/errno.ts';
import type { Fd, Process } from '../../../protocol/program.ts';
import { resolveHost } from '../../resolver.ts';
import { sendSsh } from '../openssh/ssh-connection.ts';
import type { SshDirect } from '../openssh/ssh-protocol.ts';
import type { Admitted } from './sshd-auth.ts';
import { logAt } from './sshd-log.ts';
import type { SshdConfig } from './sshd-config.ts';

/** Connects to where the client wants to go and passes on what comes; the exit code of the process that does so. */
export async function serveForward(
  process: Process,
  fd: Fd,
  { host, port }: SshDirect,
  config: SshdConfig,
  { key }: Admitted,
): Promise<number> {
  const refuse = async (reason: string): Promise<number> => {
    await sendSsh(process, fd, { type: 'refused', reason });
    return 0;
  };
  const target = `${host} port ${String(port)}`;
  if (!config.allowTcpForwarding || key?.portForwarding === false) {
    await logAt(process, config, 'info', `refused local port forward: originator 127.0.0.1 port 0, target ${target}`);
    return await refuse('administratively prohibited: open failed');
  }
  const lists = [config.permitOpen, key?.permitOpen].filter((list) => list !== undefined && list.length > 0);
  if (!lists.every((list) => list?.some((each) => permits(each, host, port)) === true)) {
    await logAt(process, config, 'info', `Received request to connect to host ${target}, but the request was denied.`);
    return await refuse('administratively prohibited: open failed');
  }
  const found = await resolveHost(process, host);
  const ip = found.type === 'found' ? found.addresses[0] : undefined;
  if (ip === undefined) return await refuse('connect failed: Name or service not known');
  const far = await process.connect({ family: 'inet', ip, port });
  if (failed(far)) return await refuse(`connect failed: ${strerror(far)}`);
  await sendSsh(process, fd, { type: 'connected' });
  await relay(process, fd, far);
  return 0;
}

/** `host:port` of PermitOpen, either of which may be `*`. */
function permits(allowed: string, host: string, port: number): boolean {
  const at = allowed.lastIndexOf(':');
  const [name, number] = [allowed.slice(0, at).replace(/^\[(.*)\]$/, '$1'), allowed.slice(at + 1)];
  return (name === '*' || name.toLowerCase() === host.toLowerCase()) && (number === '*' || Number(number) === port);
}

/** Passes on what comes from either end until both have ended. */
export async function relay(process: Process, one: Fd, other: Fd): Promise<void> {
  await Promise.all([pass(process, one, other), pass(process, other, one)]);
  process.close(one);
  process.close(other);
}

async function pass(process: Process, from: Fd, to: Fd): Promise<void> {
  for (;;) {
    const segment = await process.receive(from);
    if (segment === undefined || failed(segment)) break;
    if (failed(await process.send(to, segment))) break;
  }
  process.shutdown(to);
}
