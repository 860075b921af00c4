import type { SysFailure } from '../../protocol/errno.ts';
import { failed, strerror } from '../../protocol/errno.ts';
import type { Process } from '../../protocol/program.ts';
import { baseName } from '../io.ts';
import type { Invocation } from './command.ts';
import { command, usageError } from './command.ts';
import { isDirectory, joinPath, parentOf, trimSlash } from './paths.ts';
import { relativePath } from './realpath.ts';
import { BACKUP_OPTIONS, keepBackup } from './transfer.ts';

export const ln = command(
  {
    name: 'ln',
    absent: ['d', 'F', 'i', 'L', 'P'],
    absentLong: 'directory interactive logical physical',
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
    },
  },
  async (call) => {
    const { process, io, options } = call;
    const [first, second] = call.operands;
    if (first === undefined) return await usageError(call, 'missing file operand');
    const into = options.value('t') ?? (second === undefined && !options.has('T') ? '.' : undefined);
    const target = into ?? call.operands.at(-1) ?? '';
    const sources = into === undefined ? call.operands.slice(0, -1) : call.operands;
    if (options.has('T') && second === undefined)
      return await usageError(call, `missing destination file operand after '${first}'`);
    const directory =
      isDirectory(process, target) && !options.has('T') && !(options.has('n') && isLink(process, target));
    if (sources.length > 1 && !directory) {
      const found = process.stat(target);
      await io.warn(`target '${target}': ${failed(found) ? strerror(found) : 'Not a directory'}`);
      return 1;
    }
    let status = 0;
    for (const source of sources) {
      const path = directory ? joinPath(target, baseName(trimSlash(source))) : target;
      const problem = linkOne(call, source, path);
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
function linkOne({ process, io, options, ...rest }: Invocation, source: string, path: string): string | undefined {
  const symbolic = options.has('s') || options.has('r');
  if (!symbolic) {
    const found = process.lstat(source);
    if (failed(found))
      return rest.flavour === 'busybox'
        ? `${source}: ${strerror(found)}`
        : `failed to access '${source}': ${strerror(found)}`;
    if (found.type === 'directory') return `${source}: hard link not allowed for directory`;
  }
  const backup = keepBackup({ process, io, options, ...rest }, path);
  if (options.has('f') && !isDirectory(process, path)) process.unlink(path);
  else if (options.has('f') && isLink(process, path)) process.unlink(path);
  const target = options.has('r') ? relativeTarget(process, source, path) : source;
  const made = symbolic ? process.symlink(target, path) : process.link(source, path);
  if (failed(made))
    return rest.flavour === 'busybox' ? `${path}: ${strerror(made)}` : cannotLink(symbolic, made, path, source);
  if (options.has('v'))
    io.line(`${backup === undefined ? '' : `'${backup}' ~ `}'${path}' ${symbolic ? '->' : '=>'} '${target}'`);
  return undefined;
}

function relativeTarget(process: Process, source: string, path: string): string {
  const [from, to] = [process.realpath(parentOf(path)), process.realpath(source)];
  return failed(from) || failed(to) ? source : relativePath(to, from);
}

function cannotLink(symbolic: boolean, failure: SysFailure, path: string, source: string): string {
  const arrow = failure.errno === 'EEXIST' || symbolic ? '' : ` => '${source}'`;
  return `failed to create ${symbolic ? 'symbolic' : 'hard'} link '${path}'${arrow}: ${strerror(failure)}`;
}
