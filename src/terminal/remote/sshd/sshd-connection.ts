/**
 * What sshd does for one connection: banners, host keys, who it is, then the session. It is a program of its own, run by a
 * forked sshd, so that it is loaded with the first connection.
 */
import { encodeBase64 } from '../../../protocol/bytes.ts';
import { failed } from '../../../protocol/errno.ts';
import type { Plain } from '../../../protocol/plain.ts';
import type { Fd, Process, Program } from '../../../protocol/program.ts';
import { readPublicLine, type SshPublicKey } from '../../../formats/keys/ssh-public.ts';
import { fileText } from '../../io.ts';
import { offerOf, offerWithKeys } from '../openssh/negotiation.ts';
import { exchangeBanners, sendSsh } from '../openssh/ssh-connection.ts';
import { sftpServer } from '../sftp/sftp-server.ts';
import type { Serving } from './serving.ts';
import { authenticate, type Peer } from './sshd-auth.ts';
import { configFor, type SshdConfig } from './sshd-config.ts';
import { logAt } from './sshd-log.ts';
import { serveSession, type InternalSftp } from './sshd-session.ts';

/** The public halves of the host keys that are there; the secret ones have to be, too. */
function hostKeys(process: Process, { hostKeys: paths }: SshdConfig): readonly SshPublicKey[] {
  return paths.flatMap((path) => {
    const key = failed(process.stat(path)) ? undefined : readPublicLine(fileText(process, `${path}.pub`) ?? '');
    return key === undefined ? [] : [key];
  });
}

async function serve(process: Process, { connection: fd, listeners, directives }: Serving): Promise<number> {
  for (const listener of listeners) process.close(listener);
  process.sigaction('SIGCHLD', 'default');
  process.sigaction('SIGHUP', 'default');
  const peer = peerOf(process, fd);
  const before = configFor(directives);
  const [from, at] = [
    `${peer.address} port ${String(peer.port)}`,
    `${peer.localAddress} port ${String(peer.localPort)}`,
  ];
  await logAt(process, before, 'verbose', `Connection from ${from} on ${at} rdomain ""`);
  if ((await exchangeBanners(process, fd)) !== 'ssh') return 255;
  const keys = hostKeys(process, before);
  await sendSsh(process, fd, {
    type: 'host-keys',
    keys: keys.map(({ blob }) => encodeBase64(blob)),
    offer: offerWithKeys(
      offerOf(before.algorithms),
      keys.map(({ algorithm }) => algorithm),
    ),
  });
  const entered = await authenticate(process, fd, (subject) => configFor(directives, subject), peer);
  return entered === undefined ? 255 : await serveSession(process, fd, entered.config, entered);
}

function peerOf(process: Process, fd: Fd): Peer {
  const [there, here] = [process.peerName(fd), process.socketName(fd)];
  const [address, port] = failed(there) || there.family !== 'inet' ? ['UNKNOWN', 65_535] : [there.ip, there.port];
  const [localAddress, localPort] = failed(here) || here.family !== 'inet' ? ['UNKNOWN', 65_535] : [here.ip, here.port];
  return { address, port, localAddress, localPort };
}

/** The standard streams are the client's already. */
async function internalSftp(process: Process, { credentials }: InternalSftp): Promise<number> {
  if (credentials !== undefined) process.setCredentials(credentials);
  return await sftpServer.run(process);
}

/** Nobody runs it from a file: sshd forks into it. */
export const sshdConnection: Program = {
  name: 'sshd',
  memoryBytes: 4_000_000,
  run: async () => 255,
  resume: async (process, state: Plain) => {
    const saved = state as unknown as Serving | InternalSftp;
    return saved.role === 'internal-sftp' ? await internalSftp(process, saved) : await serve(process, saved);
  },
};
