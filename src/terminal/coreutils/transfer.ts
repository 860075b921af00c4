/** What cp and mv share: which operand goes where, and the backups they keep. */
import { failed, strerror } from '../../protocol/errno.ts';
import { baseName } from '../io.ts';
import type { Invocation } from './command.ts';
import { usageError } from './command.ts';
import { isDirectory, joinPath, parentOf, trimSlash } from './paths.ts';

export const BACKUP_OPTIONS = { short: 'bS:', long: { backup: 'backup::', suffix: 'S' } } as const;

export interface Journey {
  readonly source: string;
  readonly destination: string;
}

/** The pairs of source and destination that the operands name, or the status after a complaint. */
export async function planTransfer(call: Invocation): Promise<readonly Journey[] | number> {
  const { io, options, process } = call;
  const into = options.value('t');
  const [first] = call.operands;
  if (first === undefined) return await usageError(call, 'missing file operand');
  if (into === undefined && call.operands.length === 1)
    return await usageError(call, `missing destination file operand after '${first}'`);
  const target = into ?? call.operands.at(-1) ?? '';
  const sources = into === undefined ? call.operands.slice(0, -1) : call.operands;
  const directory = isDirectory(process, target) && !options.has('T');
  if ((sources.length > 1 || into !== undefined) && !directory) {
    const stat = process.stat(target);
    const what = into === undefined ? 'target' : 'target directory';
    await io.warn(`${what} '${target}': ${failed(stat) ? strerror(stat) : 'Not a directory'}`);
    return 1;
  }
  if (options.has('parents') && !directory)
    return await usageError(call, 'with --parents, the destination must be a directory');
  return sources.map((source) => ({ source, destination: directory ? within(call, target, source) : target }));
}

const within = ({ options }: Invocation, target: string, source: string): string =>
  joinPath(target, options.has('parents') ? trimSlash(source).replace(/^\/+/, '') : baseName(trimSlash(source)));

/** Moves what is at `path` out of the way where the options ask for a backup; answers the backup's name. */
export function keepBackup({ process, options }: Invocation, path: string): string | undefined {
  if (!options.has('b') && !options.has('backup') && !options.has('S')) return undefined;
  const found = process.lstat(path);
  if (failed(found) || found.type === 'directory') return undefined;
  const control = options.value('backup') ?? '';
  if (control === 'none' || control === 'off') return undefined;
  const last = lastNumber(siblings(process, path), baseName(path));
  const numbered = /^(t|numbered)$/.test(control) || (!/^(never|simple)$/.test(control) && last > 0);
  const name = numbered ? `${path}.~${String(last + 1)}~` : `${path}${options.value('S') ?? '~'}`;
  return failed(process.rename(path, name)) ? undefined : name;
}

function siblings(process: Invocation['process'], path: string): readonly string[] {
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
