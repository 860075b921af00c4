/**
 * ssh-keygen (OpenSSH 9.6): makes keys, shows them, and keeps known_hosts.
 * Models: -t rsa, ecdsa and ed25519, -l, -y, -R, -F, -H, -c, -p without a passphrase, -A. Leaves out: passphrases, certificates,
 * conversion, security keys, signatures.
 */
import { command, type Invocation } from '../../coreutils/command.ts';
import { notSimulated } from '../../system/plain-program.ts';
import { changeComment, changePassphrase, showPublicKey } from './keygen-files.ts';
import { generateKey, generateHostKeys } from './keygen-generate.ts';
import { findHost, hashHosts, removeHost } from './keygen-known-hosts.ts';
import { listFingerprints } from './keygen-fingerprint.ts';

const USAGE = `usage: ssh-keygen [-q] [-a rounds] [-b bits] [-C comment] [-f output_keyfile]
                  [-m format] [-N new_passphrase] [-O option]
                  [-t dsa | ecdsa | ecdsa-sk | ed25519 | ed25519-sk | rsa]
                  [-w provider] [-Z cipher]
       ssh-keygen -p [-a rounds] [-f keyfile] [-m format] [-N new_passphrase]
                   [-P old_passphrase] [-Z cipher]
       ssh-keygen -y [-f input_keyfile]
       ssh-keygen -c [-a rounds] [-C comment] [-f keyfile] [-P passphrase]
       ssh-keygen -l [-v] [-E fingerprint_hash] [-f input_keyfile]
       ssh-keygen -F hostname [-lv] [-f known_hosts_file]
       ssh-keygen -H [-f known_hosts_file]
       ssh-keygen -R hostname [-f known_hosts_file]
       ssh-keygen -A [-a rounds] [-f prefix_path]`;
/** What ssh-keygen can do beside, by letter. */
const NOT_SIMULATED = ['B', 'D', 'e', 'i', 'I', 'k', 'K', 'L', 'M', 'Q', 'r', 's', 'U', 'Y', 'Z'];

export const sshKeygen = command(
  {
    name: 'ssh-keygen',
    short: 'ABHLQUXceghiklopquvyC:D:E:F:I:K:M:N:O:P:R:V:Y:Z:a:b:f:g:j:m:n:r:s:t:w:z:',
    hint: USAGE,
    usageStatus: 1,
  },
  async (call: Invocation) => {
    const { io, options } = call;
    const absent = NOT_SIMULATED.find((letter) => options.has(letter));
    if (absent !== undefined) return await notSimulated(io, `ssh-keygen -${absent}`);
    if (options.has('R')) return await removeHost(call);
    if (options.has('F')) return await findHost(call);
    if (options.has('H')) return await hashHosts(call);
    if (options.has('l')) return await listFingerprints(call);
    if (options.has('y')) return await showPublicKey(call);
    if (options.has('c')) return await changeComment(call);
    if (options.has('p')) return await changePassphrase(call);
    if (options.has('A')) return await generateHostKeys(call);
    return await generateKey(call);
  },
);
