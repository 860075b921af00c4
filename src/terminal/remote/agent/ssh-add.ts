/**
 * ssh-add (OpenSSH 9.6): keys into the agent and out of it.
 * Models: files or the standard ones, -l -L -d -D -E -t -q. Leaves out: passphrases, locking, hardware keys, constraints.
 */
import { failed, strerror } from '../../../protocol/errno.ts';
import { keyBits, keyTypeName, readPublicLine, type SshPublicKey } from '../../../formats/keys/ssh-public.ts';
import { encodeBase64 } from '../../../protocol/bytes.ts';
import type { Process } from '../../../protocol/program.ts';
import type { Applet, Options } from '../../coreutils/command.ts';
import { fileText, Io } from '../../io.ts';
import { notSimulated } from '../../system/plain-program.ts';
import { agentKeyOf, askAgent, publicKeyOf, type AgentReply } from './agent-protocol.ts';
import { DEFAULT_IDENTITIES, loadIdentity } from '../ssh/identity-files.ts';
import { fingerprint } from '../keygen/keygen-fingerprint.ts';
import { readOpensshOptions } from '../openssh/openssh-options.ts';
import { homeOf } from '../ssh/ssh-config.ts';
import { SshLog } from '../ssh/ssh-log.ts';

const USAGE = `usage: ssh-add [-cDdKkLlqvXx] [-E fingerprint_hash] [-H hostkey_file]
               [-h destination_constraint] [-S provider] [-t life]
               [file ...]
       ssh-add -s pkcs11
       ssh-add -e pkcs11
       ssh-add -T pubkey ...
`;
const ABSENT = ['c', 'K', 'X', 'x', 'T', 'H', 'h', 'S', 's', 'e'];
const NO_AGENT = 'Could not open a connection to your authentication agent.\n';

async function main(process: Process, argv: readonly string[]): Promise<number> {
  const io = new Io(process, 'ssh-add');
  const options = readOpensshOptions(argv.slice(1), { name: 'ssh-add', short: 'cDdKkLlqvXxTE:H:h:S:s:e:t:' });
  if ('problem' in options) {
    await io.raw(`${options.problem}\r\n${USAGE}`);
    return 1;
  }
  const absent = ABSENT.find((letter) => options.has(letter));
  if (absent !== undefined) return await notSimulated(io, `ssh-add -${absent}`);
  const listed = await askAgent(process, { type: 'list' });
  if (listed === undefined || failed(listed)) {
    await io.raw(listed === undefined ? NO_AGENT : `Error connecting to agent: ${strerror(listed)}\n`);
    return 2;
  }
  if (options.has('l') || options.has('L')) return await list(io, options, listed);
  if (options.has('D')) {
    await askAgent(process, { type: 'remove-all' });
    if (!options.has('q')) await io.raw('All identities removed.\n');
    return 0;
  }
  return await change(process, io, options);
}

async function list(io: Io, options: Options, reply: AgentReply): Promise<number> {
  const keys = reply.type === 'keys' ? reply.keys.map(publicKeyOf) : [];
  if (keys.length === 0) {
    io.line('The agent has no identities.');
    return await io.end(1);
  }
  const hash = options.value('E')?.toLowerCase() === 'md5' ? 'md5' : 'sha256';
  for (const key of keys)
    io.line(
      options.has('L')
        ? `${key.algorithm} ${encodeBase64(key.blob)} ${key.comment}`
        : `${String(keyBits(key))} ${fingerprint(key, hash)} ${key.comment} (${keyTypeName(key.algorithm)})`,
    );
  return await io.end(0);
}

/** Adds or removes the files' keys; the standard ones where none is named, as far as they are there. */
async function change(process: Process, io: Io, options: Options): Promise<number> {
  const named = options.operands;
  const standard = DEFAULT_IDENTITIES.map((name) => `${homeOf(process)}/.ssh/${name}`);
  const paths = named.length > 0 ? named : standard.filter((path) => !failed(process.stat(path)));
  let good = paths.length > 0;
  for (const path of paths) good = (await (options.has('d') ? remove : add)(process, io, options, path)) && good;
  return await io.end(good ? 0 : 1);
}

async function add(process: Process, io: Io, options: Options, path: string): Promise<boolean> {
  const stat = process.stat(path);
  if (failed(stat)) {
    await io.raw(`${path}: ${strerror(stat)}\n`);
    return false;
  }
  const identity = await loadIdentity(process, new SshLog(process, { level: 'info' }), path, true);
  if (identity === undefined) return false;
  const { algorithm, blob, comment } = identity.public;
  const key: SshPublicKey = { algorithm, blob, comment: comment === '' ? path : comment };
  const life = options.value('t');
  const reply = await askAgent(process, {
    type: 'add',
    key: agentKeyOf(key),
    lifetimeSeconds: life === undefined ? undefined : Number(life),
  });
  if (reply === undefined || failed(reply) || reply.type !== 'success') {
    await io.raw(`Could not add identity "${path}": agent refused operation\n`);
    return false;
  }
  if (!options.has('q')) {
    await io.raw(`Identity added: ${path} (${key.comment})\n`);
    if (life !== undefined) await io.raw(`Lifetime set to ${life} seconds\n`);
  }
  return true;
}

async function remove(process: Process, io: Io, options: Options, path: string): Promise<boolean> {
  const text = fileText(process, path.endsWith('.pub') ? path : `${path}.pub`);
  const key = text === undefined ? undefined : readPublicLine(text);
  if (key === undefined) {
    await io.raw(`Bad key file ${path}: No such file or directory\n`);
    return false;
  }
  const reply = await askAgent(process, { type: 'remove', blob: encodeBase64(key.blob) });
  if (reply === undefined || failed(reply) || reply.type !== 'success') {
    await io.raw(`Could not remove identity "${path}": agent refused operation\n`);
    return false;
  }
  if (!options.has('q')) await io.raw(`Identity removed: ${path} ${keyTypeName(key.algorithm)} (${key.comment})\n`);
  return true;
}

export const sshAdd: Applet = {
  name: 'ssh-add',
  memoryBytes: 2_500_000,
  run: (process) => main(process, process.argv),
  applet: (process, _flavour, argv) => main(process, argv),
};
