/**
 * install (GNU coreutils): copies files and sets their attributes, makes directories.
 * Leaves out: -s (there are no symbols to strip); there is no SELinux.
 */
import { failed, strerror } from '../../../protocol/errno.ts';
import { groupIdOf, userIdOf } from '../../accounts.ts';
import { command, type Invocation, usageError } from '../command.ts';
import { copyContent } from './copy-data.ts';
import { warnOfContext } from './cp.ts';
import { parseMode } from '../files/mode.ts';
import { isDirectory, parentOf, trimSlash } from '../paths/paths.ts';
import { BACKUP_OPTIONS, type Backups, planTransfer, readBackups } from './transfer.ts';
import { quoteName } from '../quoting.ts';

const DEFAULT_MODE = 0o755;

interface Attributes {
  readonly mode: number;
  readonly uid: number | undefined;
  readonly gid: number | undefined;
}

export const install = command(
  {
    name: 'install',
    absent: ['s'],
    short: `Ccdg:m:o:pst:TDvZ${BACKUP_OPTIONS.short}`,
    long: {
      ...BACKUP_OPTIONS.long,
      compare: 'C',
      directory: 'd',
      group: 'g',
      mode: 'm',
      owner: 'o',
      'preserve-timestamps': 'p',
      strip: 's',
      'target-directory': 't',
      'no-target-directory': 'T',
      verbose: 'v',
      context: 'context::',
      'strip-program': 'strip-program:',
      'preserve-context': 'preserve-context',
    },
  },
  async (call) => {
    if (call.options.has('preserve-context'))
      await call.io.warn('WARNING: ignoring --preserve-context; this kernel is not SELinux-enabled');
    await warnOfContext(call);
    const backups = await readBackups(call);
    if (backups === undefined) return 1;
    const attributes = readAttributes(call);
    if (typeof attributes === 'string') {
      await call.io.warn(attributes);
      return 1;
    }
    return call.options.has('d') ? await makeAll(call, attributes) : await copyAll(call, attributes, backups);
  },
);

/** Mode and owners as the options say, or what is wrong with them. */
function readAttributes({ process, options }: Invocation): Attributes | string {
  const written = options.value('m');
  const mode = written === undefined ? DEFAULT_MODE : parseMode(written, 0, 0);
  if (mode === undefined) return `invalid mode \u2018${written ?? ''}\u2019`;
  const [owner, group] = [options.value('o'), options.value('g')];
  const uid = owner === undefined ? undefined : userIdOf(process, owner);
  if (owner !== undefined && uid === undefined) return `invalid user \u2018${owner}\u2019`;
  const gid = group === undefined ? undefined : groupIdOf(process, group);
  if (group !== undefined && gid === undefined) return `invalid group \u2018${group}\u2019`;
  return { mode, uid, gid };
}

/** Gives a path its attributes; answers what stands in the way. */
function setAttributes({ process }: Invocation, path: string, { mode, uid, gid }: Attributes): string | undefined {
  if (uid !== undefined || gid !== undefined) {
    const owned = process.chown(path, uid ?? -1, gid ?? -1);
    if (failed(owned)) return `cannot change ownership of ${quoteName(path)}: ${strerror(owned)}`;
  }
  const set = process.chmod(path, mode);
  return failed(set) ? `cannot change permissions of ${quoteName(path)}: ${strerror(set)}` : undefined;
}

async function makeAll(call: Invocation, attributes: Attributes): Promise<number> {
  if (call.operands.length === 0) return await usageError(call, 'missing file operand');
  let status = 0;
  for (const path of call.operands) {
    const problem = makeDirectories(call, path) ?? setAttributes(call, path, attributes);
    if (problem === undefined) continue;
    await call.io.warn(problem);
    status = 1;
  }
  return await call.io.end(status);
}

/** Makes a directory and what is missing above it; answers what stands in the way. */
function makeDirectories(call: Invocation, path: string): string | undefined {
  const { process, io, options } = call;
  if (isDirectory(process, path)) return undefined;
  const above = parentOf(trimSlash(path));
  const problem = above === '.' || above === '/' ? undefined : makeDirectories(call, above);
  if (problem !== undefined) return problem;
  const made = process.mkdir(trimSlash(path), DEFAULT_MODE);
  if (failed(made)) return `cannot create directory \u2018${path}\u2019: ${strerror(made)}`;
  if (options.has('v')) io.line(`${io.name}: creating directory ${quoteName(trimSlash(path))}`);
  return undefined;
}

async function copyAll(call: Invocation, attributes: Attributes, backups: Backups): Promise<number> {
  const leading = leadingDirectory(call);
  const problem = leading === undefined ? undefined : makeDirectories(call, leading);
  if (problem !== undefined) {
    await call.io.warn(problem);
    return 1;
  }
  const into = call.options.value('t');
  const target = into === undefined ? undefined : call.process.stat(into);
  if (target !== undefined && failed(target)) {
    await call.io.warn(`failed to access ${quoteName(into ?? '')}: ${strerror(target)}`);
    return 1;
  }
  const plan = await planTransfer(call);
  if (typeof plan === 'number') return plan;
  let status = 0;
  for (const { source, destination } of plan) {
    const wrong = await copyOne(call, source, destination, attributes, backups);
    if (wrong === undefined) continue;
    await call.io.warn(wrong);
    status = 1;
  }
  return await call.io.end(status);
}

/** With -D: the directory that the destination lies in. */
function leadingDirectory({ options, operands }: Invocation): string | undefined {
  if (!options.has('D')) return undefined;
  const into = options.value('t');
  if (into !== undefined) return into;
  const target = operands.length === 2 ? operands[1] : undefined;
  const above = target === undefined ? '.' : parentOf(target);
  return above === '.' || above === '/' ? undefined : above;
}

async function copyOne(
  call: Invocation,
  source: string,
  destination: string,
  attributes: Attributes,
  backups: Backups,
): Promise<string | undefined> {
  const { process, io, options } = call;
  const stat = process.stat(source);
  if (failed(stat)) return `cannot stat ${quoteName(source)}: ${strerror(stat)}`;
  if (stat.type === 'directory') return `omitting directory ${quoteName(source)}`;
  const unreadable = process.access(source, { read: true });
  if (failed(unreadable)) return `cannot open ${quoteName(source)} for reading: ${strerror(unreadable)}`;
  const old = process.stat(destination);
  if (!failed(old) && old.type === 'directory')
    return `cannot overwrite directory ${quoteName(destination)} with non-directory`;
  if (!failed(old) && old.inode === stat.inode && old.device === stat.device)
    return `${quoteName(source)} and ${quoteName(destination)} are the same file`;
  if (options.has('C') && stat.type === 'file' && isSame(call, source, destination, attributes)) return undefined;
  const backup = backups.keep(destination);
  if (!failed(old) && backup === undefined) {
    const removed = process.unlink(destination);
    if (failed(removed)) return `cannot remove ${quoteName(destination)}: ${strerror(removed)}`;
    if (options.has('v')) io.line(`removed ${quoteName(destination)}`);
  }
  if (options.has('v'))
    io.line(
      `${quoteName(source)} -> ${quoteName(destination)}${backup === undefined ? '' : ` (backup: ${quoteName(backup)})`}`,
    );
  const written = await copyContent(process, source, destination, { ...stat, mode: 0o600 });
  if (failed(written)) return `cannot create regular file ${quoteName(destination)}: ${strerror(written)}`;
  const problem = setAttributes(call, destination, attributes);
  if (problem === undefined && options.has('p')) process.utimes(destination, stat.accessedMs, stat.modifiedMs);
  return problem;
}

/** With -C: whether content and attributes are there already. */
function isSame({ process }: Invocation, source: string, path: string, { mode, uid, gid }: Attributes): boolean {
  const stat = process.lstat(path);
  if (failed(stat) || stat.type !== 'file' || (stat.mode & 0o7777) !== mode) return false;
  const own = process.credentials();
  if (stat.uid !== (uid ?? own.uid) || stat.gid !== (gid ?? own.gid)) return false;
  const [wanted, known] = [process.readFile(source), process.readFile(path)];
  if (failed(wanted) || failed(known)) return false;
  return known.length === wanted.length && known.every((byte, at) => byte === wanted[at]);
}
