/** docker cp between the host's files and a container's. */
import { failed } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import { readTar, writeTar, type TarEntry } from '../../../formats/tar.ts';
import { daemonError } from './client.ts';
import { encode, humanSize, type Context, type Verb } from './context.ts';
import { Fatal } from './fatal.ts';

/** `name:path`, or undefined for a path of the host. */
function containerPath(text: string): readonly [name: string, path: string] | undefined {
  if (text.startsWith('/') || text.startsWith('.')) return undefined;
  const at = text.indexOf(':');
  return at < 0 ? undefined : [text.slice(0, at), text.slice(at + 1)];
}

const base = (path: string): string => path.replace(/\/+$/, '').split('/').at(-1) ?? '';
const parent = (path: string): string => path.replace(/\/+$/, '').split('/').slice(0, -1).join('/') || '/';

function collect(process: Process, path: string, name: string, into: TarEntry[]): void {
  const stat = process.lstat(path);
  if (failed(stat)) throw new Fatal(`lstat ${path}: no such file or directory`);
  const entry = { name, mode: stat.mode, uid: stat.uid, gid: stat.gid, modifiedMs: stat.modifiedMs };
  if (stat.type === 'directory') {
    into.push({ ...entry, type: 'directory' });
    const entries = process.readdir(path);
    if (!failed(entries))
      for (const item of entries) collect(process, `${path}/${item.name}`, `${name}/${item.name}`, into);
  } else if (stat.type === 'symlink') {
    const target = process.readlink(path);
    into.push({ ...entry, type: 'symlink', target: failed(target) ? '' : target });
  } else {
    const bytes = process.readFile(path);
    if (!failed(bytes)) into.push({ ...entry, type: 'file', bytes });
  }
}

async function toContainer(context: Context, source: string, name: string, target: string): Promise<number> {
  const { client, process, io } = context;
  const status = await client.ask('HEAD', `/containers/${encode(name)}/archive?path=${encodeURIComponent(target)}`);
  const looksLikeDirectory = target.endsWith('/');
  let isDirectory = looksLikeDirectory;
  if (status.status < 400) {
    const probe = await client.ask('GET', `/containers/${encode(name)}/archive?path=${encodeURIComponent(target)}`);
    isDirectory = readTar(probe.bytes)?.[0]?.type === 'directory';
  } else if (looksLikeDirectory) throw new Fatal('no such directory');
  const entries: TarEntry[] = [];
  const contents = /(^|\/)\.$/.test(source);
  const stat = process.stat(source);
  if (failed(stat))
    throw new Fatal(
      `lstat ${source.startsWith('/') ? source : `${process.cwd()}/${source}`}: no such file or directory`,
    );
  collect(
    process,
    source.replace(/\/\.?$/, '') === '' ? '/' : source.replace(/\/\.?$/, ''),
    isDirectory && !contents ? base(source) : base(target),
    entries,
  );
  const into = isDirectory ? (contents ? parent(target) : target) : parent(target);
  const archive = writeTar(entries);
  const reply = await client.ask(
    'PUT',
    `/containers/${encode(name)}/archive?path=${encodeURIComponent(into)}&noOverwriteDirNonDir=true`,
    archive,
  );
  if (reply.status >= 400) throw new Fatal(daemonError(reply.json));
  if (process.isatty(2)) await io.raw(`Successfully copied ${humanSize(archive.length)} to ${name}:${target}\n`);
  return 0;
}

async function fromContainer(context: Context, name: string, source: string, target: string): Promise<number> {
  const { client, process, io } = context;
  const reply = await client.ask('GET', `/containers/${encode(name)}/archive?path=${encodeURIComponent(source)}`);
  if (reply.status >= 400) throw new Fatal(daemonError(reply.json));
  if (target === '-') {
    await io.bytes(reply.bytes);
    return 0;
  }
  const entries = readTar(reply.bytes) ?? [];
  const stat = process.stat(target);
  const into = !failed(stat) && stat.type === 'directory';
  const first = entries[0]?.name ?? '';
  for (const entry of entries) {
    const path = into ? `${target.replace(/\/+$/, '')}/${entry.name}` : `${target}${entry.name.slice(first.length)}`;
    if (entry.type === 'directory') process.mkdir(path, entry.mode);
    else if (entry.type === 'symlink') process.symlink(entry.target ?? '', path);
    else if (entry.bytes !== undefined && failed(process.writeFile(path, entry.bytes, { mode: entry.mode })))
      throw new Fatal(`open ${path}: permission denied`);
  }
  if (process.isatty(2)) await io.raw(`Successfully copied ${humanSize(reply.bytes.length)} to ${target}\n`);
  return 0;
}

export const copy: Verb = {
  use: '[OPTIONS] CONTAINER:SRC_PATH DEST_PATH|-\n\tdocker cp [OPTIONS] SRC_PATH|- CONTAINER:DEST_PATH',
  short: 'Copy files/folders between a container and the local filesystem',
  args: [2, 2],
  flags: ['archive', 'follow-link', 'quiet'],
  completes: 'containers',
  run: (context) => {
    const [from = '', to = ''] = context.flags.args;
    const source = containerPath(from);
    const target = containerPath(to);
    if (source !== undefined && target !== undefined) throw new Fatal('copying between containers is not supported');
    if (source !== undefined) return fromContainer(context, source[0], source[1], to);
    if (target !== undefined) return toContainer(context, from, target[0], target[1]);
    throw new Fatal('must specify at least one container source');
  },
};
