import type { Result } from '../../../protocol/errno.ts';
import { failed, strerror } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import { baseName } from '../../io.ts';
import { command, usageError } from '../command.ts';
import { joinPath, parentOf, trimSlash } from './paths.ts';

/** How much of a path has to exist: all of it, all but the last component, nothing. */
type Existing = 'all' | 'parent' | 'none';

export const realpath = command(
  {
    name: 'realpath',
    short: 'emPqszL',
    long: {
      'canonicalize-existing': 'e',
      'canonicalize-missing': 'm',
      logical: 'L',
      physical: 'P',
      quiet: 'q',
      strip: 's',
      'no-symlinks': 's',
      zero: 'z',
      'relative-to': 'to:',
      'relative-base': 'base:',
    },
  },
  async (call) => {
    const { process, io, options } = call;
    if (call.operands.length === 0) return await usageError(call, 'missing operand');
    const existing: Existing = options.has('e') ? 'all' : options.has('m') ? 'none' : 'parent';
    // -L takes `..` off the text before links are looked up; of -L and -P and -s the last counts.
    const way = options.order.findLast(([letter]) => 'LPs'.includes(letter))?.[0];
    const resolve = (path: string): Result<string> =>
      path === ''
        ? { errno: 'ENOENT' }
        : way === 's'
          ? normalised(process, path)
          : resolvePath(process, way === 'L' ? normalised(process, path) : path, existing);
    const ends: (string | undefined)[] = [];
    for (const given of [options.value('to'), options.value('base')]) {
      const found = given === undefined ? undefined : resolve(given);
      const stat = typeof found === 'string' && options.has('e') ? process.stat(found) : undefined;
      const isNoDirectory = stat !== undefined && !failed(stat) && stat.type !== 'directory';
      const failure = isNoDirectory ? ({ errno: 'ENOTDIR' } as const) : found;
      if (failure !== undefined && typeof failure !== 'string') {
        await io.warn(`${given ?? ''}: ${strerror(failure)}`);
        return 1;
      }
      ends.push(typeof found === 'string' ? found : undefined);
    }
    const [to, base] = ends;
    const isBelow = (path: string): boolean => base === undefined || base === '/' || `${path}/`.startsWith(`${base}/`);
    // --relative-base alone is also what the paths are relative to; names outside of it stay whole.
    const from = to !== undefined && !isBelow(to) ? undefined : (to ?? base);
    let status = 0;
    for (const path of call.operands) {
      const found = resolve(path);
      if (failed(found)) {
        if (!options.has('q')) await io.warn(`${path === '' ? "''" : path}: ${strerror(found)}`);
        status = 1;
      } else
        io.out(
          (from === undefined || !isBelow(found) ? found : relativePath(found, from)) +
            (options.has('z') ? '\0' : '\n'),
        );
    }
    return await io.end(status);
  },
);

export const readlink = command(
  {
    name: 'readlink',
    short: 'femnqsvz',
    long: {
      canonicalize: 'f',
      'canonicalize-existing': 'e',
      'canonicalize-missing': 'm',
      'no-newline': 'n',
      quiet: 'q',
      silent: 's',
      verbose: 'v',
      zero: 'z',
    },
  },
  async (call) => {
    const { process, io, options } = call;
    if (call.operands.length === 0) return await usageError(call, 'missing operand');
    const existing = (['e', 'f', 'm'] as const).find((letter) => options.has(letter));
    let status = 0;
    for (const path of call.operands) {
      const found =
        existing === undefined
          ? process.readlink(path)
          : resolvePath(process, path, ({ e: 'all', f: 'parent', m: 'none' } as const)[existing]);
      if (failed(found)) {
        if (options.has('v')) await io.warn(`${path}: ${strerror(found)}`);
        status = 1;
      } else io.out(found + (options.has('z') ? '\0' : options.has('n') && call.operands.length === 1 ? '' : '\n'));
    }
    return await io.end(status);
  },
);

/** The path without symbolic links, `.` and `..`. */
export function resolvePath(process: Process, path: string, existing: Existing): Result<string> {
  const found = process.realpath(path);
  if (!failed(found) || existing === 'all' || found.errno !== 'ENOENT') return found;
  const target = process.readlink(path);
  if (!failed(target)) return resolvePath(process, joinTarget(path, target), existing);
  const name = baseName(trimSlash(path));
  const above = parentOf(trimSlash(path));
  const parent = existing === 'none' ? resolvePath(process, above, 'none') : process.realpath(above);
  if (failed(parent)) return parent;
  if (name === '..') return parentOf(parent);
  return name === '.' ? parent : joinPath(parent, name);
}
const joinTarget = (link: string, target: string): string =>
  target.startsWith('/') ? target : joinPath(parentOf(link), target);

/** A path made absolute by its text alone. */
function normalised(process: Process, path: string): string {
  const parts: string[] = [];
  for (const part of (path.startsWith('/') ? path : joinPath(process.cwd(), path)).split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

/** How to say `path` seen from the directory `from`; both are absolute. */
export function relativePath(path: string, from: string): string {
  const [there, here] = [path, from].map((each) => each.split('/').filter((part) => part !== ''));
  if (there === undefined || here === undefined) return path;
  let same = 0;
  while (same < there.length && there[same] === here[same]) same += 1;
  return [...here.slice(same).map(() => '..'), ...there.slice(same)].join('/') || '.';
}
