/** Private keys as ssh loads them: from OpenSSH's own format, with the check of their permissions. */
import { failed, strerror } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import { readPrivateKeyFile } from '../../../formats/keys/private-key-file.ts';
import { readPublicLine, type SshPublicKey } from '../../../formats/keys/ssh-public.ts';
import { fileText } from '../../io.ts';
import type { SshLog } from './ssh-log.ts';

export interface Identity {
  readonly path: string;
  readonly public: SshPublicKey;
  /** Whether the command line or a configuration names it. */
  readonly explicit: boolean;
}

const RULE = '@'.repeat(59);

/** The key of a file; undefined (and a message where one is due) where it cannot be used. */
export async function loadIdentity(
  process: Process,
  log: SshLog,
  path: string,
  explicit: boolean,
): Promise<Identity | undefined> {
  const stat = process.stat(path);
  if (failed(stat)) {
    if (explicit) await log.info(`no such identity: ${path}: ${strerror(stat)}`);
    return undefined;
  }
  const { uid } = process.credentials();
  if ((stat.uid === uid || uid === 0) && stat.uid === uid && (stat.mode & 0o077) !== 0) {
    const mode = (stat.mode & 0o777).toString(8).padStart(4, '0');
    await log.error(
      `${RULE}\n@         WARNING: UNPROTECTED PRIVATE KEY FILE!          @\n${RULE}\nPermissions ${mode} for '${path}' are too open.\nIt is required that your private key files are NOT accessible by others.\nThis private key will be ignored.\nLoad key "${path}": bad permissions`,
    );
    return undefined;
  }
  const bytes = process.readFile(path);
  if (failed(bytes)) {
    await log.error(`Load key "${path}": ${strerror(bytes)}`);
    return undefined;
  }

  const read = readPrivateKeyFile(fileText(process, path) ?? '');
  switch (read.type) {
    case 'key':
      return { path, public: read.public, explicit };
    case 'encrypted':
      await log.error(`drydock: '${path} with a passphrase' is not simulated`);
      return undefined;
    case 'invalid':
      await log.error(
        `Load key "${path}": ${readPublicLine(fileText(process, path) ?? '') === undefined ? 'error in libcrypto' : 'invalid format'}`,
      );
      return undefined;
  }
}

/** The names that ssh tries in ~/.ssh. */
export const DEFAULT_IDENTITIES: readonly string[] = [
  'id_rsa',
  'id_ecdsa',
  'id_ecdsa_sk',
  'id_ed25519',
  'id_ed25519_sk',
  'id_xmss',
  'id_dsa',
];
