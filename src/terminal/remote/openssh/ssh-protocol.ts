/**
 * What travels between ssh and sshd. Models: version banners, host keys, authentication by public key, password and its question, questions whether the other is
 * still there, one
 * session or one forwarded connection per connection. Leaves out: encryption, and the signatures that prove who holds a key: a key is what its file says.
 */
import type { WindowSize } from '../../../protocol/program.ts';
import type { Offer } from './negotiation.ts';

export const SSH_SOFTWARE = 'OpenSSH_9.6p1 Ubuntu-3ubuntu13.14';
export const SSH_BANNER = `SSH-2.0-${SSH_SOFTWARE}\r\n`;

export type AuthMethod = 'publickey' | 'password' | 'keyboard-interactive';

export interface AuthAttempt {
  readonly type: 'auth';
  readonly user: string;
  readonly method: 'none' | AuthMethod;
  /** The public key's blob in base64. */
  readonly key?: string;
  readonly password?: string;
}

/** Asks for a session: a command, a subsystem or a login shell, with a terminal where a size is given. */
export interface SshOpen {
  readonly type: 'open';
  readonly command?: string;
  readonly subsystem?: string;
  readonly size?: WindowSize;
  readonly term?: string;
  /** Variables that the client sends (LANG, LC_*). */
  readonly env?: Readonly<Record<string, string>>;
}

/** Asks for a connection from the server's host; from then on what comes is the other end's. */
export interface SshDirect {
  readonly type: 'direct';
  readonly host: string;
  readonly port: number;
}

/** What travels between ssh and sshd beside plain bytes. */
export type SshRequest =
  | AuthAttempt
  | SshOpen
  | SshDirect
  | { readonly type: 'resize'; readonly size: WindowSize }
  | { readonly type: 'eof' }
  | KeepAlive;
/** keepalive@openssh.com: asks for an answer, which `answers` marks. */
interface KeepAlive {
  readonly type: 'keepalive';
  readonly answers?: boolean;
}
export type SshReply =
  | { readonly type: 'host-keys'; readonly keys: readonly string[]; readonly offer?: Offer }
  | { readonly type: 'auth-success' }
  | { readonly type: 'auth-failure'; readonly methods: readonly AuthMethod[]; readonly partial?: boolean }
  | { readonly type: 'banner'; readonly text: string }
  | { readonly type: 'disconnect'; readonly reason: string }
  | { readonly type: 'refused'; readonly reason: string }
  | { readonly type: 'connected' }
  | { readonly type: 'stderr'; readonly bytes: Uint8Array }
  | { readonly type: 'exit'; readonly code: number }
  | { readonly type: 'no-terminal' }
  | KeepAlive;

const typed = (value: unknown, types: readonly string[]): boolean =>
  typeof value === 'object' &&
  value !== null &&
  'type' in value &&
  typeof value.type === 'string' &&
  types.includes(value.type);
/** A message as a request or a reply; undefined where it is neither. The shapes are checked where they come off the wire. */
export const sshRequest = (value: unknown): SshRequest | undefined =>
  typed(value, ['auth', 'open', 'direct', 'resize', 'eof', 'keepalive']) ? (value as SshRequest) : undefined;
export const sshReply = (value: unknown): SshReply | undefined =>
  typed(value, [
    'host-keys',
    'auth-success',
    'auth-failure',
    'banner',
    'disconnect',
    'refused',
    'connected',
    'stderr',
    'exit',
    'no-terminal',
    'keepalive',
  ])
    ? (value as SshReply)
    : undefined;
