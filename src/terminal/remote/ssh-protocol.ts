import type { WindowSize } from '../../protocol/program.ts';

/** Asks for a session: a command or a login shell, with a terminal where a size is given. */
export interface SshOpen {
  readonly type: 'open';
  readonly user: string;
  readonly command?: string;
  readonly size?: WindowSize;
  readonly term?: string;
}

/** What travels between ssh and sshd beside plain bytes. */
export type SshRequest = SshOpen | { readonly type: 'resize'; readonly size: WindowSize } | { readonly type: 'eof' };
export type SshReply =
  | { readonly type: 'ready' }
  | { readonly type: 'denied' }
  | { readonly type: 'stderr'; readonly bytes: Uint8Array }
  | { readonly type: 'exit'; readonly code: number };

const typed = (value: unknown, types: readonly string[]): boolean =>
  typeof value === 'object' &&
  value !== null &&
  'type' in value &&
  typeof value.type === 'string' &&
  types.includes(value.type);
/** A message as a request or a reply; undefined where it is neither. The shapes are checked where they come off the wire. */
export const sshRequest = (value: unknown): SshRequest | undefined =>
  typed(value, ['open', 'resize', 'eof']) ? (value as SshRequest) : undefined;
export const sshReply = (value: unknown): SshReply | undefined =>
  typed(value, ['ready', 'denied', 'stderr', 'exit']) ? (value as SshReply) : undefined;
