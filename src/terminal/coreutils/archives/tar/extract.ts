/** The reading half of tar: -x and -t. */
import type { Result } from '../../../../protocol/errno.ts';
import { failed, strerror } from '../../../../protocol/errno.ts';
import { archiveBytes } from './archive.ts';
import { patternRegExp } from '../../../shell/expand/pattern.ts';
import type { Invocation } from '../../command.ts';
import type { TarEntry } from './format.ts';
import { readMembers } from './format.ts';
import { listing } from './listing.ts';
import { enterDirectories } from './directory.ts';
import { excluder, fatalText, givenNames, SafeNames, transformer } from './names.ts';

export async function extract(call: Invocation): Promise<number> {
  const { io, options } = call;
  const bytes = await archiveBytes(call);
  if (bytes === undefined) return call.flavour === 'gnu' ? 2 : 1;
  const archive = readMembers(bytes);
  if (archive === undefined || bytes.length === 0) {
    await io.raw(
      `${io.name}: This does not look like a tar archive\n${io.name}: Exiting with failure status due to previous errors\n`,
    );
    return 2;
  }
  if (!(await enterDirectories(call))) return 2;
  const wanted = new Map((await givenNames(call)).map((name) => [name.replace(/(.)\/+$/, '$1'), false]));
  const [isExcluded, outName] = [excluder(call), outputNames(call)];
  const finish: (() => void)[] = [];
  let status = archive.truncated ? 2 : 0;
  for (const { entry, from } of archive.members) {
    if (!selected(call, entry.name, wanted) || isExcluded(entry.name)) continue;
    const name = await outName(entry.name);
    const shown = options.has('transformed') ? { ...entry, name } : entry;
    if (name === '' && !options.has('t')) continue;
    if (options.has('t') || options.has('v')) await say(call, listing(shown, call));
    if (options.has('t')) continue;
    const body = bytes.subarray(from, from + entry.size);
    if (options.has('O')) {
      if (entry.type === 'file') await io.bytes(body);
      continue;
    }
    const problem = await place(call, { ...entry, name }, body, finish);
    if (problem !== undefined) {
      await io.warn(`${name}: ${problem}`);
      status = 2;
    }
  }
  // Directories get their modes and times when nothing more is written into them.
  for (const work of finish.reverse()) work();
  if (archive.truncated) await io.raw(fatalText(io.name, 'Unexpected EOF in archive'));
  const missing = [...wanted].filter(([, seen]) => !seen).map(([name]) => name);
  if (missing.some((name) => /[*?[]/.test(name)) && !['wildcards', 'no-wildcards'].some((each) => options.has(each)))
    await io.raw(
      `${io.name}: Pattern matching characters used in file names\n${io.name}: Use --wildcards to enable pattern matching, or --no-wildcards to suppress this warning\n`,
    );
  for (const name of missing) await io.warn(`${name}: Not found in archive`);
  if (missing.length > 0) status = 2;
  if (status !== 0 && !archive.truncated) await io.warn('Exiting with failure status due to previous errors');
  return status;
}

/** A member's name where it is unpacked; empty where --strip-components leaves nothing. */
function outputNames(call: Invocation): (name: string) => Promise<string> {
  const { options } = call;
  const [transformed, safe] = [transformer(call), new SafeNames(call)];
  const strip = Number(options.value('strip') ?? '0');
  const archive = options.value('f') ?? '-';
  const top = options.has('top')
    ? options.value('top') || archive.replace(/^.*\//, '').replace(/\.(?:tar|tgz|taz|tar\.\w+)$/, '')
    : undefined;
  return async (name) => {
    const stripped = strip === 0 ? name : name.split('/').slice(strip).join('/');
    if (stripped === '') return '';
    const made = await safe.of(transformed(stripped));
    return top === undefined || made === top || made.startsWith(`${top}/`)
      ? made
      : `${top}/${made.replace(/^\.\//, '')}`;
  };
}

async function say(call: Invocation, text: string): Promise<void> {
  if (call.options.has('O')) await call.io.raw(`${text}\n`);
  else call.io.line(text);
  if (call.io.full) await call.io.flush();
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

async function place(
  call: Invocation,
  entry: TarEntry,
  body: Uint8Array,
  finish: (() => void)[],
): Promise<string | undefined> {
  const { io, process, options } = call;
  const path = entry.name.replace(/(.)\/+$/, '$1');
  const mode =
    options.has('p') || (!options.has('nsp') && process.credentials().uid === 0)
      ? entry.mode
      : entry.mode & ~process.umask();
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
    if (options.has('skip-old')) {
      if (options.has('v')) await io.warn(`${path}: skipping existing file`);
      return undefined;
    }
    if (options.has('keep-newer') && Math.floor(old.modifiedMs / 1_000) >= entry.modified) {
      await io.warn(`Current \u2018${path}\u2019 is newer or same age`);
      return undefined;
    }
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
