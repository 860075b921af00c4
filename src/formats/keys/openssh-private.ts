/** OpenSSH's own private key file (PROTOCOL.key of its sources): `-----BEGIN OPENSSH PRIVATE KEY-----`, unencrypted. */
import { concatBytes, decodeBase64, encodeBase64, encodeUtf8 } from '../../protocol/bytes.ts';
import { integerBytes, inverseModulo } from './big-integer.ts';
import type { Ed25519PrivateKey } from './ed25519.ts';
import type { EcPrivateKey } from './elliptic.ts';
import type { RsaPrivateKey } from './rsa.ts';
import { sshAlgorithm, sshPublicBlob, type SshPublicKey } from './ssh-public.ts';
import { SshReader, SshWriter } from './ssh-wire.ts';

const MAGIC = 'openssh-key-v1\0';
const LABEL = 'OPENSSH PRIVATE KEY';
/** Bytes that the private part is padded to. */
const BLOCK = 8;

export type SshPrivateKey = RsaPrivateKey | EcPrivateKey | Ed25519PrivateKey;

function writePrivate(writer: SshWriter, key: SshPrivateKey): SshWriter {
  writer.string(sshAlgorithm(key));
  if (key.type === 'rsa') {
    const [p, q] = key.primes;
    return writer
      .integer(key.modulus)
      .integer(key.exponent)
      .integer(key.privateExponent)
      .integer(inverseModulo(q, p))
      .integer(p)
      .integer(q);
  }
  if (key.type === 'ed25519') return writer.string(key.point).string(concatBytes([key.secret, key.point]));
  return writer
    .string(`nistp${key.curve.slice(2)}`)
    .string(key.point)
    .integer(BigInt(`0x${[...key.secret].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`));
}

/** The file of a key; `check` is the random number that a reader compares after decryption. */
export function openSshPrivateKey(key: SshPrivateKey, comment: string, check: number): string {
  const inner = writePrivate(new SshWriter().uint32(check).uint32(check), key).string(comment).bytes();
  const padding = Array.from({ length: (BLOCK - (inner.length % BLOCK)) % BLOCK }, (_, at) => at + 1);
  const bytes = new SshWriter()
    .raw(encodeUtf8(MAGIC))
    .string('none')
    .string('none')
    .string('')
    .uint32(1)
    .string(sshPublicBlob(key))
    .string(concatBytes([inner, Uint8Array.from(padding)]))
    .bytes();
  const lines = encodeBase64(bytes).match(/.{1,70}/g) ?? [];
  return `-----BEGIN ${LABEL}-----\n${lines.join('\n')}\n-----END ${LABEL}-----\n`;
}

export type OpenSshRead =
  | { readonly type: 'key'; readonly key: SshPrivateKey; readonly public: SshPublicKey }
  | { readonly type: 'encrypted'; readonly public: SshPublicKey }
  | { readonly type: 'invalid' };

/** What such a file holds. */
export function readOpenSshPrivateKey(text: string): OpenSshRead {
  const body = new RegExp(`-----BEGIN ${LABEL}-----([A-Za-z0-9+/=\\s]+)-----END ${LABEL}-----`).exec(text)?.[1];
  const bytes = body === undefined ? undefined : decodeBase64(body);
  if (bytes === undefined) return { type: 'invalid' };
  const reader = new SshReader(bytes);
  reader.take(MAGIC.length);
  const cipher = reader.text();
  reader.string();
  reader.string();
  reader.uint32();
  const blob = reader.string();
  const algorithm = new SshReader(blob).text();
  if (cipher !== 'none') return { type: 'encrypted', public: { algorithm, blob, comment: '' } };
  const inner = new SshReader(reader.string());
  inner.take(8);
  const key = readPrivate(inner);
  const comment = inner.text();
  return key === undefined || inner.broken
    ? { type: 'invalid' }
    : { type: 'key', key, public: { algorithm, blob, comment } };
}

function readPrivate(reader: SshReader): SshPrivateKey | undefined {
  const algorithm = reader.text();
  if (algorithm === 'ssh-ed25519') {
    const point = reader.string();
    return { type: 'ed25519', point, secret: reader.string().subarray(0, 32) };
  }
  if (algorithm === 'ssh-rsa') {
    const [modulus, exponent, privateExponent] = [reader.integer(), reader.integer(), reader.integer()];
    reader.integer();
    return { type: 'rsa', modulus, exponent, privateExponent, primes: [reader.integer(), reader.integer()] };
  }
  const curve = (['P-256', 'P-384', 'P-521'] as const).find((name) => algorithm.endsWith(name.slice(2)));
  if (curve === undefined) return undefined;
  reader.string();
  const point = reader.string();
  return { type: 'ec', curve, point, secret: integerBytes(reader.integer(), (point.length - 1) / 2) };
}
