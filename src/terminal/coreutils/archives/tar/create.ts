/** -c, -r and -u: files put into an archive. */
import { EMPTY_BYTES } from '../../../../protocol/bytes.ts';
import { failed, strerror } from '../../../../protocol/errno.ts';
import type { FileStat } from '../../../../protocol/program.ts';
import { groupNameOf, userNameOf } from '../../../accounts.ts';
import type { Invocation } from '../../command.ts';
import { usageError } from '../../command.ts';
import { blocksOf, childFault, existingArchive, type Existing } from './archive.ts';
import { enterDirectories, enterDirectory, tellIdle } from './directory.ts';
import type { TarEntry } from './format.ts';
import { encodeHeader } from './format.ts';
import { listing } from './listing.ts';
import { excluder, fatalText, givenSteps, SafeNames, transformer } from './names.ts';
import { tarHint } from './options.ts';
import { givenOwnership, type Ownership } from './ownership.ts';
import { ArchiveWriter } from './writer.ts';

interface Creation {
  readonly call: Invocation;
  readonly writer: ArchiveWriter;
  readonly isExcluded: (name: string) => boolean;
  readonly transformed: (name: string) => string;
  readonly names: SafeNames;
  readonly ownership: Ownership;
  /** When a member of this name was changed, in seconds, where only newer files are wanted (-u). */
  readonly known: ReadonlyMap<string, number>;
  /** The archive itself, which is not put into itself. */
  readonly archive: number | undefined;
  /** First names of files with several links, by inode. */
  readonly links: Map<number, string>;
  status: number;
}

export async function create(call: Invocation): Promise<number> {
  const { io, options, process } = call;
  const name = options.value('f') ?? '-';
  const grows = options.has('r') || options.has('u');
  if (grows && options.has('z'))
    return await usageError(call, 'Cannot update compressed archives', 2, tarHint(io.name));
  const steps = await givenSteps(call);
  const lastName = steps.findLastIndex(({ type }) => type !== 'enter');
  if (lastName < 0 && !options.has('T') && !grows)
    return await usageError(call, 'Cowardly refusing to create an empty archive', 2, tarHint(io.name));
  const old = grows ? await existingArchive(call, name) : undefined;
  if (grows && old === undefined) return 2;
  const fd = name === '-' ? 1 : process.open(name, { write: true, create: true, truncate: true });
  if (failed(fd)) {
    const text = `${name}: Cannot open: ${strerror(fd)}`;
    await io.raw(options.has('z') ? childFault(io.name, text) : fatalText(io.name, text));
    return 2;
  }
  if (name === '-' && process.isatty(1)) {
    await io.raw(fatalText(io.name, 'Refusing to write archive contents to terminal (missing -f option?)'));
    return 2;
  }
  const stat = process.fstat(fd);
  const creation: Creation = {
    call,
    writer: new ArchiveWriter(process, fd, {
      compressed: options.has('z') || (options.has('a') && /\.t?gz$/.test(name)),
      ...(options.has('b') ? { recordBlocks: Number(options.value('b')) } : {}),
    }),
    isExcluded: excluder(call),
    transformed: transformer(call),
    names: new SafeNames(call),
    ownership: givenOwnership(call),
    known: options.has('u') ? timesOf(old) : new Map(),
    archive: failed(stat) || stat.type !== 'file' ? undefined : stat.inode,
    links: new Map(),
    status: 0,
  };
  if (old !== undefined) await creation.writer.write(blocksOf(old, old.members));
  if (call.flavour === 'busybox' && !(await enterDirectories(call))) return 1;
  for (const step of steps.slice(0, lastName + 1)) {
    if (step.type === 'name') await add(creation, step.name, true);
    else if (step.type === 'fault') throw step.error;
    else if (call.flavour === 'gnu' && !(await enterDirectory(call, step.directory))) return 2;
  }
  await creation.writer.end();
  const idle = steps.slice(lastName + 1).flatMap((step) => (step.type === 'enter' ? [step.directory] : []));
  if (idle.length > 0 && call.flavour === 'gnu') {
    await tellIdle(call, idle);
    creation.status = 2;
  }
  if (creation.status === 0) return 0;
  await io.warn(
    call.flavour === 'gnu'
      ? 'Exiting with failure status due to previous errors'
      : 'error exit delayed from previous errors',
  );
  return call.flavour === 'gnu' ? creation.status : 1;
}

const timesOf = (old: Existing | undefined): ReadonlyMap<string, number> =>
  new Map((old?.members ?? []).map(({ entry }) => [entry.name, entry.modified]));

async function add(creation: Creation, path: string, isOperand: boolean): Promise<void> {
  const { call } = creation;
  const { io, options, process } = call;
  if (creation.isExcluded(path)) return;
  const bare = await creation.names.of(path);
  const stat = options.has('h') ? process.stat(path) : process.lstat(path);
  if (failed(stat)) {
    await io.warn(`${path}: ${call.flavour === 'gnu' ? 'Cannot stat: ' : ''}${strerror(stat)}`);
    creation.status = 2;
    return;
  }
  if (stat.inode === creation.archive && stat.type === 'file') {
    await io.warn(`${path}: file is the archive; not dumped`);
    return;
  }
  if (stat.type === 'socket' || stat.type === 'char' || stat.type === 'block') {
    await io.warn(
      stat.type === 'socket'
        ? `${path}: socket ignored`
        : `drydock: device files in archives are not simulated: ${path}`,
    );
    if (stat.type !== 'socket') creation.status = 2;
    return;
  }
  const isDirectory = stat.type === 'directory';
  const { newerMs } = creation.ownership;
  if (newerMs !== undefined && !isDirectory && !isOperand && stat.modifiedMs < newerMs) return;
  const name = isDirectory ? `${bare.replace(/\/+$/, '')}/` : bare;
  if (Math.floor(stat.modifiedMs / 1_000) > (creation.known.get(name) ?? -Infinity))
    if (!(await addMember(creation, path, name, { ...stat, type: stat.type }))) return;
  if (isDirectory && !options.has('norec')) await addEntries(creation, path);
  if (options.has('remove-files')) {
    const gone = isDirectory ? process.rmdir(path) : process.unlink(path);
    if (failed(gone)) await io.warn(`${path}: Cannot ${isDirectory ? 'rmdir' : 'unlink'}: ${strerror(gone)}`);
  }
}

/** False where the file cannot be read. */
async function addMember(
  creation: Creation,
  path: string,
  stored: string,
  stat: FileStat & { readonly type: TarEntry['type'] },
): Promise<boolean> {
  const { call, writer } = creation;
  const { io, options, process } = call;
  const name = creation.transformed(stored);
  const target = stat.type === 'symlink' ? process.readlink(path) : '';
  const isLinked = stat.type === 'file' && stat.links > 1 && !options.has('hard-dereference');
  const earlier = isLinked ? creation.links.get(stat.inode) : undefined;
  if (isLinked && earlier === undefined) creation.links.set(stat.inode, name);
  const bytes = stat.type === 'file' && earlier === undefined ? process.readFile(path) : EMPTY_BYTES;
  if (failed(bytes)) {
    const mild = options.has('ignore-failed-read');
    await io.warn(`${path}: ${mild ? 'Warning: ' : ''}Cannot open: ${strerror(bytes)}`);
    if (!mild) creation.status = 2;
    return false;
  }
  const plain: TarEntry = {
    name,
    type: earlier === undefined ? stat.type : 'hardlink',
    mode: stat.mode,
    uid: stat.uid,
    gid: stat.gid,
    size: bytes.length,
    modified: Math.floor(stat.modifiedMs / 1_000),
    target: earlier ?? (failed(target) ? '' : target),
    user: options.has('numeric') ? '' : (userNameOf(process, stat.uid) ?? ''),
    group: options.has('numeric') ? '' : (groupNameOf(process, stat.gid) ?? ''),
  };
  const entry = creation.ownership.apply(plain, stat);
  if (options.has('v')) {
    const text = `${listing(options.has('transformed') ? entry : { ...entry, name: stored }, call)}\n`;
    if ((options.value('f') ?? '-') === '-') await io.raw(text);
    else io.out(text);
  }
  for (const block of encodeHeader(entry)) await writer.write(block);
  await writer.write(bytes);
  await writer.pad();
  return true;
}

async function addEntries(creation: Creation, path: string): Promise<void> {
  const { io, options, process } = creation.call;
  const entries = process.readdir(path);
  if (failed(entries)) {
    await io.warn(`${path}: Cannot open: ${strerror(entries)}`);
    creation.status = 2;
    return;
  }
  const names = entries.map((each) => each.name);
  if (options.value('sort') === 'name') names.sort();
  for (const each of names) await add(creation, `${path.replace(/\/+$/, '')}/${each}`, false);
}
