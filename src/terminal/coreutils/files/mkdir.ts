import { failed, strerror } from '../../../protocol/errno.ts';
import type { SysFailure } from '../../../protocol/errno.ts';
import type { Invocation } from '../command.ts';
import { command, usageError } from '../command.ts';
import { parseMode } from './mode.ts';
import { warnOfContext } from './context.ts';
import { isDirectory, trimSlash } from '../paths/paths.ts';
import { quoteName } from '../quoting.ts';

export const mkdir = command(
  {
    name: 'mkdir',
    short: 'pvm:Z',
    long: { parents: 'p', verbose: 'v', mode: 'm', context: 'context::' },
  },
  async (call) => {
    const { process, io, options } = call;
    if (call.operands.length === 0) return await usageError(call, 'missing operand');
    await warnOfContext(call);
    const text = options.value('m');
    const mode = text === undefined ? undefined : parseMode(text, 0o777, process.umask());
    if (text !== undefined && mode === undefined) {
      await io.warn(`invalid mode \u2018${text}\u2019`);
      return 1;
    }
    let status = 0;
    for (const path of call.operands) if (!(await makeDirectory(call, path, mode))) status = 1;
    return await io.end(status);
  },
);

async function makeDirectory(call: Invocation, path: string, mode: number | undefined): Promise<boolean> {
  const { process, io, options } = call;
  const steps = options.has('p') ? pathSteps(path) : [trimSlash(path)];
  for (const step of steps) {
    const last = step === steps.at(-1);
    if (options.has('p') && isDirectory(process, step)) continue;
    const made = process.mkdir(step, last && mode !== undefined ? mode : 0o777);
    if (failed(made)) {
      // A file on the way stands where a directory has to be.
      const isOnTheWay = !last && made.errno === 'EEXIST';
      await io.warn(cannotCreate(call, isOnTheWay ? { errno: 'ENOTDIR' } : made, path, step));
      return false;
    }
    if (last && mode !== undefined) process.chmod(step, mode);
    if (options.has('v')) io.line(`${io.name}: created directory ${quoteName(step)}`);
  }
  return true;
}

const pathSteps = (path: string): readonly string[] =>
  path
    .split('/')
    .map((_, at, all) => all.slice(0, at + 1).join('/'))
    .filter((step) => step !== '');

function cannotCreate(call: Invocation, failure: SysFailure, path: string, step: string): string {
  const why = strerror(failure);
  if (call.flavour === 'busybox') return `can't create directory '${path}': ${why}`;
  const which = failure.errno === 'ENOTDIR' || failure.errno === 'EEXIST' ? step : path;
  return `cannot create directory \u2018${which}\u2019: ${why}`;
}

export const rmdir = command(
  {
    name: 'rmdir',
    short: 'pv',
    long: { parents: 'p', verbose: 'v', 'ignore-fail-on-non-empty': 'ignore' },
  },
  async (call) => {
    if (call.operands.length === 0) return await usageError(call, 'missing operand');
    let status = 0;
    for (const path of call.operands) if (!(await removeDirectories(call, path))) status = 1;
    return await call.io.end(status);
  },
);

/** Removes a directory and, with -p, the ones above it as the path names them. */
async function removeDirectories(call: Invocation, path: string): Promise<boolean> {
  const { process, io, options } = call;
  const first = trimSlash(path);
  for (let step = first; step !== '' && step !== '.' && step !== '/'; step = above(step)) {
    if (options.has('v')) io.line(`${io.name}: removing directory, ${quoteName(step)}`);
    const removed = process.rmdir(step);
    if (failed(removed)) {
      if (options.has('ignore') && removed.errno === 'ENOTEMPTY') return true;
      const what = step === first ? '' : 'directory ';
      await io.warn(
        call.flavour === 'busybox'
          ? `${quoteName(step)}: ${strerror(removed)}`
          : `failed to remove ${what}${quoteName(step)}: ${strerror(removed)}`,
      );
      return false;
    }
    if (!options.has('p')) break;
  }
  return true;
}
const above = (path: string): string => (path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '');
