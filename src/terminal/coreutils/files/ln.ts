import { helpHint } from '../help-hint.ts';
import type { SysFailure } from '../../../protocol/errno.ts';
import { failed, strerror } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import { baseName } from '../../io.ts';
import type { Invocation } from '../command.ts';
import { command, usageError } from '../command.ts';
import { isDirectory, joinPath, parentOf, trimSlash } from '../paths/paths.ts';
import { Questions } from '../questions.ts';
import { relativePath } from '../paths/realpath.ts';
import { BACKUP_OPTIONS, type Backups, readBackups } from '../copy/transfer.ts';
import { quoteName } from '../quoting.ts';

export const ln = command(
  {
    name: 'ln',
    short: `sfvnrTt:dFiLP${BACKUP_OPTIONS.short}`,
    long: {
      ...BACKUP_OPTIONS.long,
      symbolic: 's',
      force: 'f',
      verbose: 'v',
      'no-dereference': 'n',
      relative: 'r',
      'target-directory': 't',
      'no-target-directory': 'T',
      directory: 'd',
      interactive: 'i',
      logical: 'L',
      physical: 'P',
    },
    busybox: 'sfnbtvTS:',
  },
  async (call) => {
    const { process, io, options } = call;
    const [first, second, third] = call.operands;
    const backups = await readBackups(call);
    if (backups === undefined) return 1;
    if (first === undefined) return await usageError(call, 'missing file operand');
    if (options.has('r') && !options.has('s')) {
      await io.warn('cannot do --relative without --symbolic');
      return 1;
    }
    if (options.has('T') && third !== undefined)
      return await usageError(call, `extra operand '${third}'`, 1, helpHint(io));
    const into = options.value('t') ?? (second === undefined && !options.has('T') ? '.' : undefined);
    const target = into ?? call.operands.at(-1) ?? '';
    const sources = into === undefined ? call.operands.slice(0, -1) : call.operands;
    if (options.has('T') && second === undefined)
      return await usageError(call, `missing destination file operand after ${quoteName(first)}`);
    const directory =
      isDirectory(process, target) && !options.has('T') && !(options.has('n') && isLink(process, target));
    if (sources.length > 1 && !directory) {
      const found = process.stat(target);
      await io.warn(`target ${quoteName(target)}: ${failed(found) ? strerror(found) : 'Not a directory'}`);
      return 1;
    }
    const questions = new Questions(io);
    let status = 0;
    for (const source of sources) {
      const path = directory ? joinPath(target, baseName(trimSlash(source))) : target;
      const problem = await linkOne(call, { source, path }, backups, questions);
      if (problem === undefined) continue;
      await io.warn(problem);
      status = 1;
    }
    return await io.end(status);
  },
);

const isLink = (process: Process, path: string): boolean => {
  const found = process.lstat(path);
  return !failed(found) && found.type === 'symlink';
};

/** Makes one link; answers what stands in the way. */
async function linkOne(
  call: Invocation,
  { source, path }: { readonly source: string; readonly path: string },
  backups: Backups,
  questions: Questions,
): Promise<string | undefined> {
  const { process, io, options, flavour } = call;
  const isSymbolic = options.has('s');
  const existing = isSymbolic ? source : followed(call, source);
  const obstacle = isSymbolic ? undefined : obstacleTo(call, source);
  if (obstacle !== undefined) return obstacle;
  const asked = options.order.findLast(([letter]) => letter === 'f' || letter === 'i')?.[0];
  const isThere = !failed(process.lstat(path));
  const isReplaceable = isThere && (!isDirectory(process, path) || isLink(process, path));
  if (isThere && !isReplaceable && flavour === 'gnu' && (asked !== undefined || options.has('b')))
    return `${path}: cannot overwrite directory`;
  if (isReplaceable && asked === 'i' && !(await questions.agrees(`replace ${quoteName(path)}?`))) return undefined;
  const backup = backups.keep(path);
  if (isReplaceable && asked !== undefined && backup === undefined) process.unlink(path);
  const target = options.has('r') ? relativeTarget(process, source, path) : source;
  const made = isSymbolic ? process.symlink(target, path) : process.link(existing, path);
  if (failed(made))
    return flavour === 'busybox' ? `${path}: ${strerror(made)}` : cannotLink(isSymbolic, made, path, source);
  if (options.has('v'))
    io.line(`${backup === undefined ? '' : `'${backup}' ~ `}'${path}' ${isSymbolic ? '->' : '=>'} '${target}'`);
  return undefined;
}

/** What a hard link cannot be made to. */
function obstacleTo({ process, options, flavour }: Invocation, source: string): string | undefined {
  const found = isLogical(options) ? process.stat(source) : process.lstat(source);
  if (failed(found))
    return flavour === 'busybox'
      ? `${source}: ${strerror(found)}`
      : `failed to access ${quoteName(source)}: ${strerror(found)}`;
  const isAllowed = options.has('d') || options.has('F');
  return found.type === 'directory' && !isAllowed ? `${source}: hard link not allowed for directory` : undefined;
}

const isLogical = (options: Invocation['options']): boolean =>
  options.order.findLast(([letter]) => letter === 'L' || letter === 'P')?.[0] === 'L';

/** With -L: the file that a symbolic link leads to. */
function followed({ process, options }: Invocation, source: string): string {
  const real = isLogical(options) ? process.realpath(source) : source;
  return failed(real) ? source : real;
}

function relativeTarget(process: Process, source: string, path: string): string {
  const [from, to] = [process.realpath(parentOf(path)), process.realpath(source)];
  return failed(from) || failed(to) ? source : relativePath(to, from);
}

function cannotLink(symbolic: boolean, failure: SysFailure, path: string, source: string): string {
  const arrow =
    failure.errno === 'EEXIST' ? '' : symbolic ? (source === '' ? " -> ''" : '') : ` => ${quoteName(source)}`;
  return `failed to create ${symbolic ? 'symbolic' : 'hard'} link ${quoteName(path)}${arrow}: ${strerror(failure)}`;
}
