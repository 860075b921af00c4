/** ssh-keygen -F, -R and -H: entries of known_hosts found, removed and hashed. */
import { encodeUtf8 } from '../../../protocol/bytes.ts';
import { failed, strerror } from '../../../protocol/errno.ts';
import { keyTypeName, sshPublicLine } from '../../../formats/keys/ssh-public.ts';
import type { Invocation } from '../../coreutils/command.ts';
import { bytesToText } from '../../text.ts';
import { fingerprint, hashOption } from './keygen-fingerprint.ts';
import { complain } from './keygen-log.ts';
import { artOf } from '../openssh/randomart.ts';
import { hashedNames, isHashed, namesMatch, parseKnownHosts, type KnownHost } from '../openssh/known-hosts.ts';
import { homeOf } from '../ssh/ssh-config.ts';

interface HostsFile {
  readonly path: string;
  readonly text: string;
  readonly entries: readonly KnownHost[];
}

async function load({ io, options, process }: Invocation): Promise<HostsFile | undefined> {
  const path = options.value('f') ?? `${homeOf(process)}/.ssh/known_hosts`;
  const bytes = process.readFile(path);
  if (failed(bytes)) {
    await complain(io, `Cannot stat ${path}: ${strerror(bytes)}`);
    return undefined;
  }
  const text = bytesToText(bytes);
  return { path, text, entries: parseKnownHosts(text) };
}

/** Replaces a file, keeping what it was beside it. */
function replace({ io, process }: Invocation, { path, text }: HostsFile, next: string): void {
  process.writeFile(`${path}.old`, encodeUtf8(text), { mode: 0o600 });
  process.writeFile(path, encodeUtf8(next), { mode: 0o600 });
  io.line(`${path} updated.`);
  io.line(`Original contents retained as ${path}.old`);
}

export async function findHost(call: Invocation): Promise<number> {
  const { io, options } = call;
  const file = await load(call);
  if (file === undefined) return 255;
  const name = options.value('F') ?? '';
  const found = file.entries.filter(({ names }) => namesMatch(names, name));
  const hash = hashOption(call);
  for (const { line, names, text, key } of found) {
    if (!options.has('q')) io.line(`# Host ${name} found: line ${String(line)} `);
    const shown = isHashed(names) ? text.split(' ')[0] : name;
    if (options.has('l')) io.line(`${shown ?? name} ${keyTypeName(key.algorithm)} ${fingerprint(key, hash)}`);
    else io.line(isHashed(names) ? text : `${names} ${sshPublicLine(key)}`);
    if (options.has('l') && options.has('v')) io.line(artOf(key, hash));
  }
  return await io.end(found.length > 0 ? 0 : 1);
}

export async function removeHost(call: Invocation): Promise<number> {
  const { io, options } = call;
  const file = await load(call);
  if (file === undefined) return 255;
  const name = options.value('R') ?? '';
  const found = file.entries.filter(({ names }) => namesMatch(names, name));
  for (const { line } of found) io.line(`# Host ${name} found: line ${String(line)}`);
  if (found.length === 0) {
    await complain(io, `Host ${name} not found in ${file.path}`);
    return await io.end(0);
  }
  const gone = new Set(found.map(({ line }) => line));
  const kept = file.text.split('\n').filter((_, at) => !gone.has(at + 1));
  replace(call, file, kept.join('\n'));
  return await io.end(0);
}

export async function hashHosts(call: Invocation): Promise<number> {
  const { io, process } = call;
  const file = await load(call);
  if (file === undefined) return 255;
  const byLine = new Map(file.entries.map((entry) => [entry.line, entry]));
  const lines = file.text.split('\n').flatMap((text, at) => {
    const entry = byLine.get(at + 1);
    if (entry === undefined || isHashed(entry.names) || /[*?!]/.test(entry.names)) return [text];
    return entry.names.split(',').map((name) => `${hashedNames(name, process.random(20))} ${sshPublicLine(entry.key)}`);
  });
  replace(call, file, lines.join('\n'));
  if (file.entries.some(({ names }) => !isHashed(names)))
    await complain(
      io,
      `WARNING: ${file.path}.old contains unhashed entries\nDelete this file to ensure privacy of hostnames`,
    );
  return await io.end(0);
}
