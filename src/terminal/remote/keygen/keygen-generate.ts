/** ssh-keygen -t: new key pairs. */
import { encodeUtf8 } from '../../../protocol/bytes.ts';
import { failed, strerror } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import { ed25519KeyOf } from '../../../formats/keys/ed25519.ts';
import { generateEc } from '../../../formats/keys/elliptic.ts';
import { integerOf } from '../../../formats/keys/big-integer.ts';
import { traditionalPem, pkcs8Pem } from '../../../formats/keys/key-info.ts';
import { openSshPrivateKey, type SshPrivateKey } from '../../../formats/keys/openssh-private.ts';
import { generateRsa } from '../../../formats/keys/rsa.ts';
import { fingerprintOf, sshAlgorithm, sshPublicBlob, sshPublicLine } from '../../../formats/keys/ssh-public.ts';
import { userNameOf } from '../../accounts.ts';
import type { Invocation } from '../../coreutils/command.ts';
import { notSimulated } from '../../system/plain-program.ts';
import { askLine, askPassphrase } from './keygen-ask.ts';
import { complain } from './keygen-log.ts';
import { artOf } from '../openssh/randomart.ts';
import { homeOf } from '../ssh/ssh-config.ts';

type KeyType = 'rsa' | 'ecdsa' | 'ed25519';
const DEFAULT_BITS: Readonly<Record<KeyType, number>> = { rsa: 3_072, ecdsa: 256, ed25519: 256 };

/** What is wrong with a type and size, in ssh-keygen's words. */
function problemOf(type: string, bits: number): string | undefined {
  if (type !== 'rsa' && type !== 'ecdsa' && type !== 'ed25519') return `unknown key type ${type}`;
  if (type === 'rsa' && bits < 1_024) return 'Invalid RSA key length: minimum is 1024 bits';
  if (type === 'rsa' && bits > 16_384) return 'Invalid RSA key length: maximum is 16384 bits';
  if (type === 'ecdsa' && ![256, 384, 521].includes(bits))
    return 'Invalid ECDSA key length: valid lengths are 256, 384 or 521 bits';
  return undefined;
}

/** CPU time of a key's making on a lab host, µs: RSA's grows with the fourth power of its size. */
const costUs = (type: KeyType, bits: number): number =>
  type === 'rsa' ? Math.round((bits / 2_048) * (bits / 2_048) * (bits / 2_048) * (bits / 2_048) * 90_000) : 1_500;

/** A key from the host's chance. */
async function makeKey(process: Process, type: KeyType, bits: number): Promise<SshPrivateKey> {
  const random = (count: number): Uint8Array => process.random(count);
  await process.cpu(costUs(type, bits));
  if (type === 'rsa') return generateRsa(bits, random);
  if (type === 'ed25519') return ed25519KeyOf(random(32));
  return generateEc(bits === 256 ? 'P-256' : bits === 384 ? 'P-384' : 'P-521', random);
}

const commentOf = ({ options, process }: Invocation): string =>
  options.value('C') ?? `${userNameOf(process, process.credentials().uid) ?? ''}@${process.hostname()}`;

export async function generateKey(call: Invocation): Promise<number> {
  const { io, options, process } = call;
  const type = (options.value('t') ?? 'ed25519').toLowerCase();
  if (/^(dsa|.*-sk)$/.test(type)) return await notSimulated(io, `ssh-keygen -t ${type}`);
  const bits = Number(options.value('b') ?? DEFAULT_BITS[type as KeyType]);
  const problem = problemOf(type, bits);
  if (problem !== undefined) {
    await complain(io, problem);
    return 255;
  }
  const kind = type as KeyType;
  const quiet = options.has('q');
  if (!quiet) io.line(`Generating public/private ${type} key pair.`);
  const path = options.value('f') ?? (await askPath(call, kind));
  if (!(await mayWrite(call, path))) return 1;
  const passphrase = options.value('N') ?? (await askNewPassphrase(call));
  if (passphrase !== '') return await notSimulated(io, 'ssh-keygen with a passphrase');
  const key = await makeKey(process, kind, kind === 'ed25519' ? 256 : bits);
  if (!(await saveKey(call, path, key, commentOf(call)))) return 1;
  if (!quiet) report(call, path, key);
  return await io.end(0);
}

async function askPath(call: Invocation, type: KeyType): Promise<string> {
  const home = homeOf(call.process);
  const path = `${home}/.ssh/id_${type}`;
  const answer = await askLine(call, `Enter file in which to save the key (${path}): `);
  const chosen = answer === undefined || answer === '' ? path : answer;
  if (chosen.startsWith(`${home}/.ssh/`) && !failed(call.process.mkdir(`${home}/.ssh`, 0o700)))
    call.io.line(`Created directory '${home}/.ssh'.`);
  return chosen;
}

async function mayWrite(call: Invocation, path: string): Promise<boolean> {
  if (failed(call.process.stat(path))) return true;
  call.io.line(`${path} already exists.`);
  return /^y/i.test((await askLine(call, 'Overwrite (y/n)? ')) ?? '');
}

async function askNewPassphrase(call: Invocation): Promise<string> {
  for (;;) {
    const first = await askPassphrase(call, 'Enter passphrase (empty for no passphrase): ');
    const second = await askPassphrase(call, 'Enter same passphrase again: ');
    if (first === second) return first;
    call.io.line('Passphrases do not match.  Try again.');
  }
}

/** Writes both halves; false where that failed and was said. */
async function saveKey(
  { io, options, process }: Invocation,
  path: string,
  key: SshPrivateKey,
  comment: string,
): Promise<boolean> {
  // Keys of Edwards curves have OpenSSH's own format alone.
  const format = key.type === 'ed25519' ? undefined : options.value('m')?.toUpperCase();
  const text =
    format === 'PEM'
      ? traditionalPem(key)
      : format === 'PKCS8'
        ? pkcs8Pem(key)
        : openSshPrivateKey(key, comment, Number(integerOf(process.random(4))));
  const line = sshPublicLine({ algorithm: sshAlgorithm(key), blob: sshPublicBlob(key), comment });
  for (const [file, content, mode] of [
    [path, text, 0o600],
    [`${path}.pub`, `${line}\n`, 0o644],
  ] as const) {
    const written = process.writeFile(file, encodeUtf8(content), { mode });
    if (failed(written)) {
      await complain(io, `Saving key "${path}" failed: ${strerror(written)}`);
      return false;
    }
    process.chmod(file, mode);
  }
  return true;
}

function report(call: Invocation, path: string, key: SshPrivateKey): void {
  const { io } = call;
  const blob = sshPublicBlob(key);
  io.line(`Your identification has been saved in ${path}`);
  io.line(`Your public key has been saved in ${path}.pub`);
  io.line('The key fingerprint is:');
  io.line(`${fingerprintOf(blob)} ${commentOf(call)}`);
  io.line("The key's randomart image is:");
  io.line(artOf({ algorithm: sshAlgorithm(key), blob, comment: '' }));
}

/** -A: the host keys that are missing. */
export async function generateHostKeys(call: Invocation): Promise<number> {
  const { io, options, process } = call;
  const missing = (['rsa', 'ecdsa', 'ed25519'] as const).filter((type) =>
    failed(process.stat(`${options.value('f') ?? ''}/etc/ssh/ssh_host_${type}_key`)),
  );
  if (missing.length === 0) return 0;
  io.out('ssh-keygen: generating new host keys: ');
  for (const type of missing) {
    io.out(`${type.toUpperCase()} `);
    const key = await makeKey(process, type, DEFAULT_BITS[type]);
    const comment = `root@${process.hostname()}`;
    if (!(await saveKey(call, `${options.value('f') ?? ''}/etc/ssh/ssh_host_${type}_key`, key, comment))) return 1;
  }
  io.out('\n');
  return await io.end(0);
}
