import { encodeUtf8 } from '../../../protocol/bytes.ts';
import { failed, type Result } from '../../../protocol/errno.ts';
import type { Plain } from '../../../protocol/plain.ts';
import type { Fd, Process } from '../../../protocol/program.ts';
import { bytesToText } from '../../text.ts';
import { SSH_BANNER, sshReply, sshRequest, type SshReply, type SshRequest } from './ssh-protocol.ts';

/** Sends one message. */
export async function sendSsh(process: Process, fd: Fd, message: SshRequest | SshReply): Promise<Result<void>> {
  return await process.send(fd, { type: 'message', value: message as unknown as Plain });
}

/** The next reply; undefined where the connection is over or something else came. */
export async function nextReply(process: Process, fd: Fd): Promise<SshReply | undefined> {
  const segment = await process.receive(fd);
  return segment === undefined || failed(segment) || segment.type !== 'message' ? undefined : sshReply(segment.value);
}

export async function nextRequest(process: Process, fd: Fd): Promise<SshRequest | undefined> {
  const segment = await process.receive(fd);
  return segment === undefined || failed(segment) || segment.type !== 'message' ? undefined : sshRequest(segment.value);
}

/** Both sides say who they are; false where the peer hangs up or is no SSH. */
export async function exchangeBanners(process: Process, fd: Fd): Promise<'ssh' | 'closed' | 'invalid'> {
  if (failed(await process.send(fd, { type: 'bytes', bytes: encodeUtf8(SSH_BANNER) }))) return 'closed';
  let text = '';
  while (!text.includes('\n')) {
    const segment = await process.receive(fd);
    if (segment === undefined || failed(segment)) return 'closed';
    if (segment.type !== 'bytes') return 'invalid';
    text += bytesToText(segment.bytes);
  }
  return text.startsWith('SSH-') ? 'ssh' : 'invalid';
}
