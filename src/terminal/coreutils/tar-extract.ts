/** The reading half of tar: -x and -t. */
import type { Result } from '../../protocol/errno.ts';
import { failed, strerror } from '../../protocol/errno.ts';
import { readOperand } from '../io.ts';
import { patternRegExp } from '../shell/expand/pattern.ts';
import type { Invocation } from './command.ts';
import { unpack } from './gzip.ts';
import type { TarEntry } from './tar-format.ts';
import { readMembers } from './tar-format.ts';
import { listing } from './tar-listing.ts';
import { enterDirectory } from './tar-directory.ts';

export async function extract(call: Invocation): Promise<number> {
  const { io, options } = call;
  const bytes = await archiveBytes(call);
  if (typeof bytes === 'number') return bytes;
  const archive = readMembers(bytes);
  if (archive === undefined) {
    await io.raw(
      'tar: This does not look like a tar archive\ntar: Exiting with failure status due to previous errors\n',
    );
    return 2;
  }
  if (!(await enterDirectory(call))) return 2;
  const wanted = new Map(call.operands.map((operand) => [operand.replace(/(.)\/+$/, '$1'), false]));
  const excludes = options.values('exclude').map((pattern) => patternRegExp(pattern));
  const finish: (() => void)[] = [];
  const strip = Number(options.value('strip') ?? '0');
  const state = { status: archive.truncated ? 2 : 0, stripped: false };
  for (const { entry, from } of archive.members) {
    if (!selected(call, entry.name, wanted)) continue;
    const bare = entry.name.replace(/\/$/, '');
    if (
      excludes.some((pattern) =>
        bare
          .split('/')
          .some((_, at, parts) => pattern.test(parts.slice(0, at + 1).join('/')) || pattern.test(parts[at] ?? '')),
      )
    )
      continue;
    if (options.has('t') || options.has('v')) await say(call, listing(entry, call));
    if (options.has('t')) continue;
    const body = bytes.subarray(from, from + entry.size);
    if (options.has('O')) {
      if (entry.type === 'file') await io.bytes(body);
      continue;
    }
    const name = await safeName(call, entry.name.split('/').slice(strip).join('/'), state);
    if (name === '') continue;
    const problem = place(call, { ...entry, name }, body, finish);
    if (problem !== undefined) {
      await io.warn(`${name}: ${problem}`);
      state.status = 2;
    }
  }
  // Directories get their modes and times when nothing more is written into them.
  for (const work of finish.reverse()) work();
  if (archive.truncated) await io.raw('tar: Unexpected EOF in archive\ntar: Error is not recoverable: exiting now\n');
  for (const [name, seen] of wanted) {
    if (seen) continue;
    await io.warn(`${name}: Not found in archive`);
    state.status = 2;
  }
  if (state.status !== 0 && !archive.truncated) await io.warn('Exiting with failure status due to previous errors');
  return state.status;
}

async function say(call: Invocation, text: string): Promise<void> {
  if (call.options.has('O')) await call.io.raw(`${text}\n`);
  else call.io.line(text);
  if (call.io.full) await call.io.flush();
}

async function archiveBytes(call: Invocation): Promise<Uint8Array | number> {
  const { io, options, process } = call;
  const name = options.value('f') ?? '-';
  if (name === '-' && process.isatty(0)) {
    await io.raw(
      'tar: Refusing to read archive contents from terminal (missing -f option?)\ntar: Error is not recoverable: exiting now\n',
    );
    return 2;
  }
  const bytes = await readOperand(process, name);
  if (failed(bytes)) {
    await io.raw(
      `tar: ${name}: Cannot ${bytes.errno === 'EISDIR' ? 'read' : 'open'}: ${strerror(bytes)}\n${bytes.errno === 'EISDIR' ? 'tar: At beginning of tape, quitting now\n' : ''}tar: Error is not recoverable: exiting now\n`,
    );
    return 2;
  }
  const packed = bytes[0] === 0x1f && bytes[1] === 0x8b;
  if (packed && name === '-' && !options.has('z')) {
    await io.raw('tar: Archive is compressed. Use -z option\ntar: Error is not recoverable: exiting now\n');
    return 2;
  }
  if (!packed && !options.has('z')) return bytes;
  const unpacked = unpack(bytes);
  process.account(bytes.length / 50);
  if (unpacked.type === 'data') return unpacked.bytes;
  await io.raw(
    `\ngzip: stdin: ${unpacked.type === 'foreign' ? 'not in gzip format' : unpacked.message}\ntar: Child returned status 1\ntar: Error is not recoverable: exiting now\n`,
  );
  return 2;
}

function selected(call: Invocation, name: string, wanted: Map<string, boolean>): boolean {
  if (wanted.size === 0) return true;
  const bare = name.replace(/\/$/, '');
  let found = false;
  for (const each of wanted.keys()) {
    const match = call.options.has('wildcards')
      ? patternRegExp(each).test(bare)
      : bare === each || bare.startsWith(`${each}/`);
    if (!match) continue;
    wanted.set(each, true);
    found = true;
  }
  return found;
}

/** A member never leaves the directory it is unpacked in, unless -P says so. */
async function safeName(call: Invocation, name: string, state: { stripped: boolean }): Promise<string> {
  if (call.options.has('P')) return name;
  const prefix = /^(?:.*\/)?\.\.\/|^\/+/.exec(name)?.[0];
  if (prefix === undefined) return name === '..' ? '' : name;
  if (!state.stripped) await call.io.warn(`Removing leading \`${prefix}' from member names`);
  state.stripped = true;
  return name.slice(prefix.length);
}

function place(call: Invocation, entry: TarEntry, body: Uint8Array, finish: (() => void)[]): string | undefined {
  const { process, options } = call;
  const path = entry.name.replace(/(.)\/+$/, '$1');
  const mode = options.has('p') || process.credentials().uid === 0 ? entry.mode : entry.mode & ~process.umask();
  const settle = (): void => {
    if (process.credentials().uid === 0 && !options.has('nso'))
      process.chown(path, entry.uid, entry.gid, { noFollow: true });
    if (entry.type === 'symlink') return;
    process.chmod(path, mode);
    if (!options.has('m')) process.utimes(path, process.time().realtimeUs / 1_000, entry.modified * 1_000);
  };
  for (let at = path.indexOf('/', 1); at > 0; at = path.indexOf('/', at + 1)) process.mkdir(path.slice(0, at));
  if (entry.type === 'directory') {
    const made = process.mkdir(path, 0o700 | mode);
    const stat = process.stat(path);
    if (failed(made) && (failed(stat) || stat.type !== 'directory')) return `Cannot mkdir: ${strerror(made)}`;
    finish.push(settle);
    return undefined;
  }
  const old = process.lstat(path);
  if (!failed(old)) {
    if (options.has('k')) return 'Cannot open: File exists';
    if (old.type !== 'directory') process.unlink(path);
  }
  const done = write(call, path, entry, body);
  if (failed(done))
    return `Cannot ${entry.type === 'file' ? 'open' : entry.type === 'symlink' ? `create symlink to \u2018${entry.target}\u2019` : entry.type === 'fifo' ? 'mkfifo' : `hard link to \u2018${entry.target}\u2019`}: ${strerror(done)}`;
  settle();
  return undefined;
}

function write({ process }: Invocation, path: string, entry: TarEntry, body: Uint8Array): Result<void> {
  switch (entry.type) {
    case 'symlink':
      return process.symlink(entry.target, path);
    case 'hardlink':
      return process.link(entry.target, path);
    case 'fifo':
      return process.mknod(path, 'fifo', entry.mode);
    default:
      return process.writeFile(path, body, { mode: entry.mode });
  }
}
