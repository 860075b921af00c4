/**
 * ssh-keygen (OpenSSH 9.6): makes keys, shows them, and keeps known_hosts.
 * Models: -t rsa, ecdsa and ed25519, -l, -B, -y, -R, -F, -H, -c, -p without a passphrase, -A, -r, -e and -i by RFC 4716.
 * Leaves out: passphrases, certificates, conversion to PEM, security keys, signatures, lists of revoked keys.
 */
import type { Process } from '../../../protocol/program.ts';
import type { Applet, Flavour, Invocation, Options } from '../../coreutils/command.ts';
import { Io } from '../../io.ts';
import { notSimulated } from '../../system/plain-program.ts';
import { DIGESTS } from '../openssh/digests.ts';
import { readOpensshOptions } from '../openssh/openssh-options.ts';
import { babble, exportKey, fingerprintRecords, importKey } from './keygen-convert.ts';
import { changeComment, changePassphrase, showPublicKey } from './keygen-files.ts';
import { generateKey, generateHostKeys } from './keygen-generate.ts';
import { findHost, hashHosts, removeHost } from './keygen-known-hosts.ts';
import { listFingerprints } from './keygen-fingerprint.ts';
import { complain } from './keygen-log.ts';

const USAGE = `usage: ssh-keygen [-q] [-a rounds] [-b bits] [-C comment] [-f output_keyfile]
                  [-m format] [-N new_passphrase] [-O option]
                  [-t dsa | ecdsa | ecdsa-sk | ed25519 | ed25519-sk | rsa]
                  [-w provider] [-Z cipher]
       ssh-keygen -p [-a rounds] [-f keyfile] [-m format] [-N new_passphrase]
                   [-P old_passphrase] [-Z cipher]
       ssh-keygen -i [-f input_keyfile] [-m key_format]
       ssh-keygen -e [-f input_keyfile] [-m key_format]
       ssh-keygen -y [-f input_keyfile]
       ssh-keygen -c [-a rounds] [-C comment] [-f keyfile] [-P passphrase]
       ssh-keygen -l [-v] [-E fingerprint_hash] [-f input_keyfile]
       ssh-keygen -B [-f input_keyfile]
       ssh-keygen -D pkcs11
       ssh-keygen -F hostname [-lv] [-f known_hosts_file]
       ssh-keygen -H [-f known_hosts_file]
       ssh-keygen -K [-a rounds] [-w provider]
       ssh-keygen -R hostname [-f known_hosts_file]
       ssh-keygen -r hostname [-g] [-f input_keyfile]
       ssh-keygen -M generate [-O option] output_file
       ssh-keygen -M screen [-f input_file] [-O option] output_file
       ssh-keygen -I certificate_identity -s ca_key [-hU] [-D pkcs11_provider]
                  [-n principals] [-O option] [-V validity_interval]
                  [-z serial_number] file ...
       ssh-keygen -L [-f input_keyfile]
       ssh-keygen -A [-a rounds] [-f prefix_path]
       ssh-keygen -k -f krl_file [-u] [-s ca_public] [-z version_number]
                  file ...
       ssh-keygen -Q [-l] -f krl_file [file ...]
       ssh-keygen -Y find-principals -s signature_file -f allowed_signers_file
       ssh-keygen -Y match-principals -I signer_identity -f allowed_signers_file
       ssh-keygen -Y check-novalidate -n namespace -s signature_file
       ssh-keygen -Y sign -f key_file -n namespace file [-O option] ...
       ssh-keygen -Y verify -f allowed_signers_file -I signer_identity
                  -n namespace -s signature_file [-r krl_file] [-O option]
`;
/** What ssh-keygen can do beside, by letter. */
const NOT_SIMULATED = ['D', 'I', 'k', 'K', 'L', 'M', 'Q', 's', 'U', 'Y', 'Z'];

const SHORT = 'ABHKLQUXceghiklopquvyC:D:E:F:I:M:N:O:P:R:V:Y:Z:a:b:f:j:m:n:r:s:t:w:z:';

export const sshKeygen: Applet = {
  name: 'ssh-keygen',
  run: (process) => applet(process, 'gnu', process.argv),
  applet,
};

async function applet(process: Process, flavour: Flavour, argv: readonly string[]): Promise<number> {
  const io = new Io(process, 'ssh-keygen');
  const options = readOpensshOptions(argv.slice(1), { name: 'ssh-keygen', short: SHORT });
  if ('problem' in options) {
    await io.raw(`${options.problem}\r\n${USAGE}`);
    return 1;
  }
  const wrong = mistakeIn(options);
  if (wrong !== undefined) {
    await complain(io, wrong);
    return 255;
  }
  const absent = NOT_SIMULATED.find((letter) => options.has(letter));
  if (absent !== undefined) return await notSimulated(io, `ssh-keygen -${absent}`);
  if (options.operands.length > 0) {
    await io.raw(`Too many arguments.\r\n${USAGE}`);
    return 1;
  }
  const call: Invocation = { process, io, options, operands: options.operands, flavour, usage: USAGE };
  const act = ACTIONS.find(([letter]) => options.has(letter))?.[1] ?? generateKey;
  return await act(call);
}

const ACTIONS: readonly (readonly [letter: string, act: (call: Invocation) => Promise<number>])[] = [
  ['R', removeHost],
  ['F', findHost],
  ['H', hashHosts],
  ['l', listFingerprints],
  ['B', babble],
  ['e', exportKey],
  ['i', importKey],
  ['y', showPublicKey],
  ['c', changeComment],
  ['p', changePassphrase],
  ['r', fingerprintRecords],
  ['A', generateHostKeys],
];

/** What is wrong with a value whatever is to be done. */
function mistakeIn(options: Options): string | undefined {
  const bits = options.value('b');
  if (bits !== undefined && !/^\d+$/.test(bits)) return `Bits has bad value ${bits} (invalid)`;
  const digest = options.value('E');
  return digest === undefined || DIGESTS[digest.toLowerCase()] !== undefined
    ? undefined
    : `Invalid hash algorithm "${digest}"`;
}
