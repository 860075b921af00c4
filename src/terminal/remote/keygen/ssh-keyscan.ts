/**
 * ssh-keyscan (OpenSSH 9.6): the host keys that servers show.
 * Models: hosts and -f, -t, -p, -H, -T, -q. Leaves out: certificates, address ranges, DNS records.
 */
import { decodeBase64 } from '../../../protocol/bytes.ts';
import { failed, strerror } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import { bytesToText } from '../../text.ts';
import type { Applet, Options } from '../../coreutils/command.ts';
import { Io, readOperand } from '../../io.ts';
import { resolveErrorText, resolveHost } from '../../resolver.ts';
import { notSimulated } from '../../system/plain-program.ts';
import { keyTypeName } from '../../../formats/keys/ssh-public.ts';
import { SshReader } from '../../../formats/keys/ssh-wire.ts';
import { hashedNames, knownName } from '../openssh/known-hosts.ts';
import { readOpensshOptions } from '../openssh/openssh-options.ts';
import { exchangeBanners, nextReply } from '../openssh/ssh-connection.ts';
import { portOf } from '../ssh/ssh-setting-values.ts';
import { complain } from './keygen-log.ts';
import { SSH_BANNER } from '../openssh/ssh-protocol.ts';

const USAGE = `usage: ssh-keyscan [-46cDHqv] [-f file] [-O option] [-p port] [-T timeout]
                   [-t type] [host | addrlist namelist]
`;
/** With the types of hardware keys, which no server here has; each is asked for by a connection of its own. */
const TYPES = ['rsa', 'ecdsa', 'ed25519', 'ecdsa-sk', 'ed25519-sk'];

async function main(process: Process, argv: readonly string[]): Promise<number> {
  const io = new Io(process, 'ssh-keyscan');
  const options = readOpensshOptions(argv.slice(1), { name: 'ssh-keyscan', short: '46cDHqvf:O:p:T:t:' });
  const file = 'problem' in options ? undefined : options.value('f');
  if ('problem' in options || (options.operands.length === 0 && file === undefined)) {
    await io.raw(`${'problem' in options ? `${options.problem}\n` : ''}${USAGE}`);
    return 1;
  }
  const absent = ['c', 'D', 'O', '6'].find((letter) => options.has(letter));
  if (absent !== undefined) return await notSimulated(io, `ssh-keyscan -${absent}`);
  const port = options.value('p');
  if (port !== undefined && portOf(port) === undefined) {
    await io.raw(`Bad port '${port}'\n`);
    return 1;
  }
  const wanted = (options.value('t') ?? TYPES.join(',')).split(',');
  const unknown = wanted.find((type) => !TYPES.includes(type));
  if (unknown !== undefined) {
    await complain(io, `Unknown key type "${unknown}"`);
    return 255;
  }
  const hosts = [...options.operands];
  if (file !== undefined) {
    const bytes = await readOperand(process, file);
    if (failed(bytes)) {
      await io.raw(`${file}: ${strerror(bytes)}\n`);
      return 1;
    }
    hosts.push(
      ...bytesToText(bytes)
        .split(/\s+/)
        .filter((each) => each !== ''),
    );
  }
  let found = false;
  for (const host of hosts)
    for (const type of wanted) found = (await scan(process, io, options, { host, type })) || found;
  return await io.end(found ? 0 : 1);
}

/** Asks one host for a key of one type; whether it showed one. A host that does not answer is passed over in silence. */
async function scan(
  process: Process,
  io: Io,
  options: Options,
  { host, type }: { readonly host: string; readonly type: string },
): Promise<boolean> {
  const port = Number(options.value('p') ?? '22');
  const resolved = await resolveHost(process, host);
  const ip = resolved.type === 'found' ? resolved.addresses[0] : undefined;
  if (ip === undefined) {
    await io.raw(`getaddrinfo ${host}: ${resolved.type === 'failed' ? resolveErrorText(resolved.reason) : ''}\n`);
    return false;
  }
  const fd = await process.connect(
    { family: 'inet', ip, port },
    { timeoutUs: Number(options.value('T') ?? '5') * 1e6 },
  );
  if (failed(fd)) return false;
  const reply = (await exchangeBanners(process, fd)) === 'ssh' ? await nextReply(process, fd) : undefined;
  process.close(fd);
  if (reply?.type !== 'host-keys') return false;
  if (!options.has('q')) await io.raw(`# ${host}:${String(port)} ${SSH_BANNER.trimEnd()}\n`);
  for (const text of reply.keys) {
    const blob = decodeBase64(text);
    const algorithm = blob === undefined ? '' : new SshReader(blob).text();
    if (blob === undefined || keyTypeName(algorithm).toLowerCase() !== type) continue;
    const name = knownName(host, port);
    io.line(`${options.has('H') ? hashedNames(name, process.random(20)) : name} ${algorithm} ${text}`);
    return true;
  }
  return false;
}

export const sshKeyscan: Applet = {
  name: 'ssh-keyscan',
  memoryBytes: 2_500_000,
  run: (process) => main(process, process.argv),
  applet: (process, _flavour, argv) => main(process, argv),
};
