/** ssh-keygen -e, -i, -r and -B: a public key in other forms: RFC 4716, SSHFP records, a digest to be read aloud. */
import { sha1 } from '@noble/hashes/legacy.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { decodeBase64, encodeBase64 } from '../../../protocol/bytes.ts';
import { failed, strerror } from '../../../protocol/errno.ts';
import { keyBits, keyTypeName, readPublicLine, type SshPublicKey } from '../../../formats/keys/ssh-public.ts';
import { SshReader } from '../../../formats/keys/ssh-wire.ts';
import { userNameOf } from '../../accounts.ts';
import type { Invocation } from '../../coreutils/command.ts';
import { fileText } from '../../io.ts';
import { notSimulated } from '../../system/plain-program.ts';
import { homeOf } from '../ssh/ssh-config.ts';
import { askLine } from './keygen-ask.ts';
import { keysOf } from './keygen-fingerprint.ts';
import { complain } from './keygen-log.ts';

/** The file of -f, or of the answer to the question; undefined without one. */
export async function inputFile(call: Invocation): Promise<string | undefined> {
  const standard = `${homeOf(call.process)}/.ssh/id_ed25519`;
  const asked = call.options.value('f') ?? (await askLine(call, `Enter file in which the key is (${standard}): `));
  return asked === '' ? standard : asked;
}

async function publicKeys(call: Invocation): Promise<readonly SshPublicKey[] | number> {
  const { io, process } = call;
  const path = await inputFile(call);
  if (path === undefined) return 1;
  const stat = process.stat(path);
  if (failed(stat)) {
    await complain(io, `ssh-keygen: ${path}: ${strerror(stat)}`);
    return 255;
  }
  const keys = keysOf(fileText(process, path) ?? '', fileText(process, `${path}.pub`));
  if (keys.length > 0) return keys;
  await complain(io, `${path} is not a public key file.`);
  return 255;
}

/** -e */
export async function exportKey(call: Invocation): Promise<number> {
  const { io, options, process } = call;
  const format = options.value('m')?.toUpperCase() ?? 'RFC4716';
  if (!['RFC4716', 'PEM', 'PKCS8'].includes(format)) {
    await complain(io, `Unsupported conversion format "${options.value('m') ?? ''}"`);
    return 255;
  }
  const keys = await publicKeys(call);
  if (typeof keys === 'number') return keys;
  const [key] = keys;
  if (key === undefined) return 255;
  const type = keyTypeName(key.algorithm);
  if (format !== 'RFC4716' && type !== 'ED25519') return await notSimulated(io, `ssh-keygen -e -m ${format}`);
  if (format !== 'RFC4716') {
    await complain(io, `do_convert_to_${format.toLowerCase()}: unsupported key type ${type}`);
    return 255;
  }
  const user = `${userNameOf(process, process.credentials().uid) ?? ''}@${process.hostname()}`;
  const body = encodeBase64(key.blob).match(/.{1,70}/g) ?? [];
  io.line('---- BEGIN SSH2 PUBLIC KEY ----');
  io.line(`Comment: "${String(keyBits(key))}-bit ${type}, converted by ${user} from OpenSSH"`);
  for (const line of body) io.line(line);
  io.line('---- END SSH2 PUBLIC KEY ----');
  return await io.end(0);
}

/** -i */
export async function importKey(call: Invocation): Promise<number> {
  const { io, options, process } = call;
  const format = options.value('m')?.toUpperCase() ?? 'RFC4716';
  if (format !== 'RFC4716') return await notSimulated(io, `ssh-keygen -i -m ${options.value('m') ?? ''}`);
  const path = await inputFile(call);
  if (path === undefined) return 1;
  const text = fileText(process, path);
  if (text === undefined) {
    await complain(io, `ssh-keygen: ${path}: No such file or directory`);
    return 255;
  }
  // A line with a colon is a header; one that ends in a backslash goes on in the next.
  const body = text
    .replace(/\\\n/g, '')
    .split('\n')
    .filter((line) => !line.startsWith('----') && !line.includes(': '))
    .join('');
  const blob = decodeBase64(body.trim());
  if (blob === undefined || blob.length < 4) {
    await complain(io, 'do_convert_from_ssh2: base64 decode: invalid format');
    return 255;
  }
  const key = readPublicLine(`${new SshReader(blob).text()} ${encodeBase64(blob)}`);
  if (key === undefined) {
    await complain(io, 'decode blob failed: unknown or unsupported key type');
    return 255;
  }
  io.line(`${key.algorithm} ${encodeBase64(key.blob)}`);
  return await io.end(0);
}

const SSHFP_ALGORITHMS: Readonly<Record<string, number>> = { RSA: 1, DSA: 2, ECDSA: 3, ED25519: 4 };

/** -r: the records of RFC 4255, by SHA-1 and by SHA-256; of the host's own keys where no file is named. */
export async function fingerprintRecords(call: Invocation): Promise<number> {
  const { io, options, process } = call;
  const own = ['rsa', 'ecdsa', 'ed25519'].flatMap(
    (type) => readPublicLine(fileText(process, `/etc/ssh/ssh_host_${type}_key.pub`) ?? '') ?? [],
  );
  const keys = options.has('f') ? await publicKeys(call) : own;
  if (typeof keys === 'number') return keys;
  const host = options.value('r') ?? '';
  for (const { algorithm, blob } of keys) {
    const number = String(SSHFP_ALGORITHMS[keyTypeName(algorithm)] ?? 0);
    for (const [kind, digest] of [
      ['1', sha1(blob)],
      ['2', sha256(blob)],
    ] as const) {
      const hex = bytesToHex(digest);
      io.line(
        options.has('g')
          ? `${host} IN TYPE44 \\# ${String(digest.length + 2)} 0${number} 0${kind} ${hex}`
          : `${host} IN SSHFP ${number} ${kind} ${hex}`,
      );
    }
  }
  return await io.end(0);
}

/** -B */
export async function babble(call: Invocation): Promise<number> {
  const { io } = call;
  const keys = await publicKeys(call);
  if (typeof keys === 'number') return keys;
  for (const key of keys) {
    const comment = key.comment === '' ? 'no comment' : key.comment;
    io.line(`${String(keyBits(key))} ${bubbleBabble(sha1(key.blob))} ${comment} (${keyTypeName(key.algorithm)})`);
  }
  return await io.end(0);
}

const VOWELS = 'aeiouy';
const CONSONANTS = 'bcdfghklmnprstvzx';

/** The Bubble Babble encoding (A. Huima): syllables with a checksum in their vowels. */
function bubbleBabble(digest: Uint8Array): string {
  const at = (index: number): number => digest[index] ?? 0;
  const rounds = Math.floor(digest.length / 2) + 1;
  let seed = 1;
  let text = 'x';
  for (let round = 0; round < rounds; round += 1) {
    const last = round + 1 === rounds;
    if (last && digest.length % 2 === 0) {
      text += VOWELS.charAt(seed % 6) + CONSONANTS.charAt(16) + VOWELS.charAt(Math.floor(seed / 6));
      break;
    }
    const byte = at(2 * round);
    text += VOWELS.charAt((((byte >> 6) & 3) + seed) % 6) + CONSONANTS.charAt((byte >> 2) & 15);
    text += VOWELS.charAt(((byte & 3) + Math.floor(seed / 6)) % 6);
    if (last) break;
    const next = at(2 * round + 1);
    text += `${CONSONANTS.charAt((next >> 4) & 15)}-${CONSONANTS.charAt(next & 15)}`;
    seed = (seed * 5 + byte * 7 + next) % 36;
  }
  return `${text}x`;
}
