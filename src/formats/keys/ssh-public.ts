/** SSH public keys: the blob, the line of .pub files and authorized_keys, and the fingerprint (RFC 4253, 5656, 8709). */
import { sha256 } from '@noble/hashes/sha2.js';
import { md5 } from '@noble/hashes/legacy.js';
import { decodeBase64, encodeBase64 } from '../../protocol/bytes.ts';
import { bitLength } from './big-integer.ts';
import type { Ed25519PublicKey } from './ed25519.ts';
import type { EcPublicKey, NistCurve } from './elliptic.ts';
import type { RsaPublicKey } from './rsa.ts';
import { SshReader, SshWriter } from './ssh-wire.ts';

export type PublicKey = RsaPublicKey | EcPublicKey | Ed25519PublicKey;

/** What a .pub file or a line of authorized_keys says. */
export interface SshPublicKey {
  /** `ssh-ed25519`, `ssh-rsa`, `ecdsa-sha2-nistp256` … */
  readonly algorithm: string;
  readonly blob: Uint8Array;
  readonly comment: string;
}

const nistName = (curve: NistCurve): string => `nistp${curve.slice(2)}`;

export function sshAlgorithm(key: PublicKey): string {
  if (key.type === 'ec') return `ecdsa-sha2-${nistName(key.curve)}`;
  return key.type === 'rsa' ? 'ssh-rsa' : 'ssh-ed25519';
}

export function sshPublicBlob(key: PublicKey): Uint8Array {
  const writer = new SshWriter().string(sshAlgorithm(key));
  if (key.type === 'rsa') return writer.integer(key.exponent).integer(key.modulus).bytes();
  return key.type === 'ec'
    ? writer.string(nistName(key.curve)).string(key.point).bytes()
    : writer.string(key.point).bytes();
}

/** The line of a .pub file, without its end of line. */
export const sshPublicLine = ({ algorithm, blob, comment }: SshPublicKey): string =>
  `${algorithm} ${encodeBase64(blob)}${comment === '' ? '' : ` ${comment}`}`;

export const ALGORITHMS: readonly string[] = [
  'ssh-ed25519',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'ssh-rsa',
];

/** The key in a line `[options] algorithm base64 [comment]`; undefined where there is none. */
export function readPublicLine(line: string): SshPublicKey | undefined {
  const words = line.trim().split(/\s+/);
  const at = words.findIndex((word) => ALGORITHMS.includes(word));
  const blob = at < 0 ? undefined : decodeBase64(words[at + 1] ?? '');
  const algorithm = words[at] ?? '';
  if (line.trim().startsWith('#') || blob === undefined || new SshReader(blob).text() !== algorithm) return undefined;
  return { algorithm, blob, comment: words.slice(at + 2).join(' ') };
}

/** `SHA256:…` without padding. */
export const fingerprintOf = (blob: Uint8Array): string => `SHA256:${encodeBase64(sha256(blob)).replace(/=+$/, '')}`;
/** `MD5:aa:bb:…`, as -E md5 shows it. */
export const md5FingerprintOf = (blob: Uint8Array): string =>
  `MD5:${Array.from(md5(blob), (byte) => byte.toString(16).padStart(2, '0')).join(':')}`;

/** The name that messages use: ED25519, ECDSA, RSA. */
export function keyTypeName(algorithm: string): string {
  if (algorithm.startsWith('ecdsa')) return 'ECDSA';
  return algorithm === 'ssh-rsa' ? 'RSA' : 'ED25519';
}

/** Size of a key in bits as ssh-keygen counts. */
export function keyBits({ algorithm, blob }: SshPublicKey): number {
  if (algorithm === 'ssh-ed25519') return 256;
  if (algorithm.startsWith('ecdsa')) return Number(algorithm.replace(/^.*nistp/, ''));
  const reader = new SshReader(blob);
  reader.string();
  reader.string();
  return bitLength(reader.integer());
}
