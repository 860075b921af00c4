/** What travels between ssh-agent and those who ask it, over a unix socket. */
import { encodeBase64, decodeBase64 } from '../../../protocol/bytes.ts';
import { failed, type Result } from '../../../protocol/errno.ts';
import type { Plain } from '../../../protocol/plain.ts';
import type { Process } from '../../../protocol/program.ts';
import type { SshPublicKey } from '../../../formats/keys/ssh-public.ts';

/** A key that the agent holds; the secret half is what its file says and does not travel. */
export interface AgentKey {
  readonly algorithm: string;
  /** Base64. */
  readonly blob: string;
  readonly comment: string;
}

export type AgentRequest =
  | { readonly type: 'list' }
  | { readonly type: 'add'; readonly key: AgentKey; readonly lifetimeSeconds: number | undefined }
  | { readonly type: 'remove'; readonly blob: string }
  | { readonly type: 'remove-all' };
export type AgentReply =
  | { readonly type: 'keys'; readonly keys: readonly AgentKey[] }
  | { readonly type: 'success' }
  | { readonly type: 'failure' };

/** Asks the agent of SSH_AUTH_SOCK; undefined where the environment names none. */
export async function askAgent(process: Process, request: AgentRequest): Promise<Result<AgentReply> | undefined> {
  const path = process.env['SSH_AUTH_SOCK'];
  if (path === undefined || path === '') return undefined;
  const fd = await process.connect({ family: 'unix', path });
  if (failed(fd)) return fd;
  // The two are the only programs that use the socket; what is absent in JSON is left out.
  await process.send(fd, { type: 'message', value: JSON.parse(JSON.stringify(request)) as Plain });
  const segment = await process.receive(fd);
  process.close(fd);
  if (segment === undefined || failed(segment) || segment.type !== 'message') return { type: 'failure' };
  return segment.value as unknown as AgentReply;
}

/** Keys of the agent; none where there is no agent. */
export async function agentKeys(process: Process): Promise<readonly SshPublicKey[]> {
  const reply = await askAgent(process, { type: 'list' });
  return reply === undefined || failed(reply) || reply.type !== 'keys' ? [] : reply.keys.map(publicKeyOf);
}

export const publicKeyOf = ({ algorithm, blob, comment }: AgentKey): SshPublicKey => ({
  algorithm,
  blob: decodeBase64(blob) ?? new Uint8Array(),
  comment,
});
export const agentKeyOf = ({ algorithm, blob, comment }: SshPublicKey): AgentKey => ({
  algorithm,
  blob: encodeBase64(blob),
  comment,
});
