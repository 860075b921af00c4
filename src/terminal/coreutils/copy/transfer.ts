/** What cp, mv and install share: which operand goes where, and the backups they keep. */
import { failed, strerror } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import { baseName } from '../../io.ts';
import { chooseArgument, type Choice } from '../argument-choice.ts';
import type { Invocation } from '../command.ts';
import { usageError } from '../command.ts';
import { isDirectory, joinPath, parentOf, trimSlash } from '../paths/paths.ts';
import { quoteName } from '../quoting.ts';

export const BACKUP_OPTIONS = { short: 'bS:', long: { backup: 'backup::', suffix: 'S' } } as const;

export interface Journey {
  readonly source: string;
  readonly destination: string;
}

/** The pairs of source and destination that the operands name, or the status after a complaint. */
export async function planTransfer(call: Invocation): Promise<readonly Journey[] | number> {
  const { io, options, process } = call;
  const into = options.value('t');
  if (into !== undefined && options.has('T')) {
    await io.warn('cannot combine --target-directory (-t) and --no-target-directory (-T)');
    return 1;
  }
  const [first] = call.operands;
  if (first === undefined) return await usageError(call, 'missing file operand');
  if (into === undefined && call.operands.length === 1)
    return await usageError(call, `missing destination file operand after ${quoteName(first)}`);
  const target = into ?? call.operands.at(-1) ?? '';
  const sources = into === undefined ? call.operands.slice(0, -1) : call.operands;
  const directory = isDirectory(process, target) && !options.has('T');
  if ((sources.length > 1 || into !== undefined) && !directory) {
    const stat = process.stat(target);
    const what = into === undefined ? 'target' : 'target directory';
    await io.warn(`${what} ${quoteName(target)}: ${failed(stat) ? strerror(stat) : 'Not a directory'}`);
    return 1;
  }
  if (options.has('parents') && !directory)
    return await usageError(call, 'with --parents, the destination must be a directory');
  // cp strips slashes on the way into a directory only.
  const strips = options.has('strip-trailing-slashes') && (directory || io.name === 'mv');
  return (strips ? sources.map(trimSlash) : sources).map((source) => ({
    source,
    destination: directory ? within(call, target, source) : target,
  }));
}

const within = ({ options }: Invocation, target: string, source: string): string =>
  joinPath(target, options.has('parents') ? trimSlash(source).replace(/^\/+/, '') : baseName(trimSlash(source)));

/** The backups that the options ask for. */
export interface Backups {
  /** What the backup of a file is called that is kept while it is copied onto itself; undefined where none is asked for. */
  nameFor(path: string): string | undefined;
  /** Moves what is at `path` out of the way; answers the backup's name. */
  keep(path: string): string | undefined;
}

type BackupKind = 'none' | 'simple' | 'existing' | 'numbered';
const BACKUP_KINDS: readonly Choice<BackupKind>[] = [
  ['none', 'none', 'off'],
  ['simple', 'simple', 'never'],
  ['existing', 'existing', 'nil'],
  ['numbered', 'numbered', 't'],
];

/** Where nothing is kept. */
export const NO_BACKUPS: Backups = { nameFor: () => undefined, keep: () => undefined };

/** What -b, --backup, -S and the environment say; undefined after a complaint. */
export async function readBackups(call: Invocation): Promise<Backups | undefined> {
  const { options, process } = call;
  if (!options.has('b') && !options.has('backup') && !options.has('S')) return NO_BACKUPS;
  const given = options.value('backup') ?? '';
  const [word, source] =
    given === '' ? [process.env['VERSION_CONTROL'] ?? '', '$VERSION_CONTROL'] : [given, 'backup type'];
  const kind = word === '' ? 'existing' : await chooseArgument(call, source, word, BACKUP_KINDS);
  if (kind === undefined) return undefined;
  const suffix = options.value('S') ?? (process.env['SIMPLE_BACKUP_SUFFIX'] || '~');
  if (kind === 'none') return NO_BACKUPS;
  const nameFor = (path: string): string => backupName(process, path, kind, suffix);
  return { nameFor, keep: (path) => keepBackup(process, path, nameFor(path)) };
}

function backupName(process: Process, path: string, kind: BackupKind, suffix: string): string {
  const last = lastNumber(siblings(process, path), baseName(path));
  const isNumbered = kind === 'numbered' || (kind === 'existing' && last > 0);
  return isNumbered ? `${path}.~${String(last + 1)}~` : `${path}${suffix}`;
}

function keepBackup(process: Process, path: string, name: string): string | undefined {
  const found = process.lstat(path);
  if (failed(found) || found.type === 'directory') return undefined;
  return failed(process.rename(path, name)) ? undefined : name;
}

function siblings(process: Process, path: string): readonly string[] {
  const entries = process.readdir(parentOf(path));
  return failed(entries) ? [] : entries.map(({ name }) => name);
}

/** The highest number among `name.~N~`. */
function lastNumber(names: readonly string[], name: string): number {
  const numbers = names
    .filter((other) => other.startsWith(`${name}.~`))
    .map((other) => Number(/^\.~(\d+)~$/.exec(other.slice(name.length))?.[1] ?? '0'));
  return Math.max(0, ...numbers);
}
