/** ssh-keygen -l: fingerprints of keys in files. */
import { encodeBase64 } from '../../../protocol/bytes.ts';
import { failed, strerror } from '../../../protocol/errno.ts';
import {
  keyBits,
  keyTypeName,
  md5FingerprintOf,
  readPublicLine,
  type SshPublicKey,
} from '../../../formats/keys/ssh-public.ts';
import { readPrivateKeyFile } from '../../../formats/keys/private-key-file.ts';
import type { Invocation } from '../../coreutils/command.ts';
import { fileText, readOperand } from '../../io.ts';
import { bytesToText } from '../../text.ts';
import { homeOf } from '../ssh/ssh-config.ts';
import { parseKnownHosts } from '../openssh/known-hosts.ts';
import { digestOf } from '../openssh/digests.ts';
import { artOf } from '../openssh/randomart.ts';
import { askLine } from './keygen-ask.ts';
import { complain } from './keygen-log.ts';

export const hashOption = ({ options }: Pick<Invocation, 'options'>): string =>
  options.value('E')?.toLowerCase() ?? 'sha256';
export const fingerprint = (key: SshPublicKey, hash: string): string =>
  hash === 'md5'
    ? md5FingerprintOf(key.blob)
    : `${hash.toUpperCase()}:${encodeBase64(digestOf(key.blob, hash)).replace(/=+$/, '')}`;

export async function listFingerprints(call: Invocation): Promise<number> {
  const { io, options, process } = call;
  const standard = `${homeOf(process)}/.ssh/id_ed25519`;
  const asked = options.value('f') ?? (await askLine(call, `Enter file in which the key is (${standard}): `));
  if (asked === undefined) return 1;
  const path = asked === '' ? standard : asked;
  const bytes = await readOperand(process, path);
  if (failed(bytes)) {
    await complain(io, `ssh-keygen: ${path}: ${strerror(bytes)}`);
    return 255;
  }
  const hash = hashOption(call);
  const keys = keysOf(bytesToText(bytes), fileText(process, `${path}.pub`));
  for (const key of keys) {
    const comment = key.comment === '' ? 'no comment' : key.comment;
    io.line(`${String(keyBits(key))} ${fingerprint(key, hash)} ${comment} (${keyTypeName(key.algorithm)})`);
    if (options.has('v')) io.line(artOf(key, hash));
  }
  if (keys.length > 0) return await io.end(0);
  await complain(io, `${path} is not a public key file.`);
  return 255;
}

/** The keys of a private key file, of .pub or authorized_keys lines, or of known_hosts. */
export function keysOf(text: string, publicText: string | undefined): readonly SshPublicKey[] {
  if (text.startsWith('-----BEGIN')) {
    const read = readPrivateKeyFile(text);
    const beside = publicText === undefined ? undefined : readPublicLine(publicText);
    if (beside !== undefined) return [beside];
    return read.type === 'invalid' ? [] : [read.public];
  }
  const hosts = parseKnownHosts(text).filter(({ names }) => !readsAsAlgorithm(names));
  if (hosts.length > 0) return hosts.map(({ key, names }) => ({ ...key, comment: names }));
  return text.split('\n').flatMap((line) => readPublicLine(line) ?? []);
}
const readsAsAlgorithm = (word: string): boolean => /^(ssh|ecdsa)-/.test(word);
