import { pemBlocks } from '../pem.ts';
import { readPrivateBlock } from './key-info.ts';
import { readOpenSshPrivateKey, type OpenSshRead } from './openssh-private.ts';
import { sshAlgorithm, sshPublicBlob } from './ssh-public.ts';

/** A private key as ssh reads it: OpenSSH's own format or PEM. */
export function readPrivateKeyFile(text: string): OpenSshRead {
  if (text.includes('BEGIN OPENSSH PRIVATE KEY')) return readOpenSshPrivateKey(text);
  const key = pemBlocks(text).map(readPrivateBlock)[0];
  if (key === undefined) return { type: 'invalid' };
  return { type: 'key', key, public: { algorithm: sshAlgorithm(key), blob: sshPublicBlob(key), comment: '' } };
}
