/** known_hosts (sshd(8), SSH_KNOWN_HOSTS FILE FORMAT): plain and hashed names, `[host]:port`, patterns. */
import { hmac } from '@noble/hashes/hmac.js';
import { sha1 } from '@noble/hashes/legacy.js';
import { decodeBase64, encodeBase64, encodeUtf8 } from '../../../protocol/bytes.ts';
import { readPublicLine, type SshPublicKey } from '../../../formats/keys/ssh-public.ts';
import { matchesList } from './config-include.ts';

export interface KnownHost {
  /** From 1. */
  readonly line: number;
  readonly text: string;
  /** The names as they stand. */
  readonly names: string;
  readonly marker: string | undefined;
  readonly key: SshPublicKey;
}

/** The name that entries have for a port: plain for 22. */
export const knownName = (host: string, port: number): string => (port === 22 ? host : `[${host}]:${String(port)}`);

export function parseKnownHosts(text: string): readonly KnownHost[] {
  return text.split('\n').flatMap((line, at) => {
    const [, marker, names = '', rest = ''] = /^\s*(?:(@\S+)\s+)?([^#\s]\S*)\s+(.*)$/.exec(line) ?? [];
    const key = readPublicLine(rest);
    return key === undefined ? [] : [{ line: at + 1, text: line, names, marker, key }];
  });
}

/** Whether an entry's names hold for this one. */
export function namesMatch(names: string, name: string): boolean {
  const [, salt, hash] = /^\|1\|([^|]+)\|(.+)$/.exec(names) ?? [];
  if (salt !== undefined) return hashName(name, decodeBase64(salt) ?? new Uint8Array(0)) === hash;
  return matchesList(name.toLowerCase(), names.toLowerCase().split(','));
}

const hashName = (name: string, salt: Uint8Array): string =>
  encodeBase64(hmac(sha1, salt, encodeUtf8(name.toLowerCase())));

/** The names column of a hashed entry; the salt is 20 random bytes. */
export const hashedNames = (name: string, salt: Uint8Array): string =>
  `|1|${encodeBase64(salt)}|${hashName(name, salt)}`;

export const isHashed = (names: string): boolean => names.startsWith('|1|');
